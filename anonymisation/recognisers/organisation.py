"""Care providers, schools, employers, clubs, churches: by the word before the name, or by a word inside it."""

from collections.abc import Iterable

from anonymisation.cues import KIN, PERSON_VERBS, STOP, TITLES
from anonymisation.names import Lists, own, split_phrases
from anonymisation.reading import Reading
from anonymisation.recognisers.organisation_words import (
    AFTER,
    ARTICLES,
    AT,
    EVERYDAY,
    FIRMS,
    GENERIC_CAP,
    GENERIC_PAIR,
    INSIDE,
    JOIN,
    JOINED,
    KINDS,
    PAIRED_WITH,
    PARTNERS,
    REGIONS,
    SCHOOLS,
    TYPES,
    WEAK_TYPES,
    WINDS,
)
from anonymisation.spans import NOBODY, Document, Found, Recogniser
from anonymisation.view import fold


class OrganisationRecogniser(Recogniser):
    """Lower-case type words and articles in front stay visible."""

    name = "organisation"
    labels = ("ORGANISATION",)

    def __init__(self, lists: Lists) -> None:
        self.lists = lists
        names = {fold(n) for n in own("organisations")}
        self.single, self.phrases = split_phrases(name for name in names if not _plain_number(name, lists))
        _, self.firms = split_phrases(fold(name) for name in own("firms"))
        _, self.brands = split_phrases(fold(name) for name in own("brands"))
        self.begins = self.single | self.phrases.keys() | self.firms.keys() | self.brands.keys()

    def find(self, doc: Document) -> Iterable[Found]:
        """Organisations in view offsets."""
        reading = doc.reading
        done = -1
        for index in doc.seeds:
            if index <= done or len(reading.words[index]) > 40:
                continue
            capital, listed = reading.capital[index], reading.words[index] in self.begins
            span = (
                (self._compound(reading, index) if capital else None)
                or (self._listed(reading, index) if listed else None)
                or self._by_type(reading, index)
                or (self._inside(reading, index) if capital else None)
            )
            if span:
                first, last, score, cue = span
                done = last
                yield Found(doc.places[first][0], doc.places[last][1], "ORGANISATION", score, cue)

    def _compound(self, reading: Reading, index: int) -> tuple[int, int, float, str] | None:
        """`Fatih-moskee`, `Pius X-kerk`, `Sint Jozefkerk`: a name joined to what it is."""
        after = index + 1
        if reading.shouting or after >= len(reading.words):
            return None
        if (
            reading.gaps[after] == "-"
            and reading.words[after] in JOINED
            and reading.words[index] not in self.lists.public
        ):
            return index, after, 0.9, "naam-soort"
        if reading.gaps[after] == " & " and reading.capital[after] and not reading.upper[index]:
            return (index, after, 0.75, "& co") if reading.words[after] in PARTNERS else None
        return None

    def _listed(self, reading: Reading, index: int) -> tuple[int, int, float, str] | None:
        word = reading.words[index]
        for phrase in self.brands.get(word, ()) if reading.capital[index] else ():
            if tuple(reading.words[index : index + len(phrase)]) == phrase and not _titled(reading, index):
                return index, index + len(phrase) - 1, 0.96, NOBODY
        for phrase in self.firms.get(word, ()) if reading.known_capital(index) else ():
            if tuple(reading.words[index : index + len(phrase)]) == phrase:
                return index, index + len(phrase) - 1, 0.96, "bekende naam"
        for phrase in self.phrases.get(word, ()):
            end = index + len(phrase)
            if tuple(reading.words[index:end]) == phrase and self._written_as_name(reading, index, end):
                return index, self._onward(reading, end - 1), 0.85, "lijst"
        if word in self.single and (
            reading.known_capital(index)
            or word not in self.lists.lexicon
            or (word not in EVERYDAY and index and reading.words[index - 1] in AT)
        ):
            return index, self._onward(reading, index), 0.8, "lijst"
        return None

    def _written_as_name(self, reading: Reading, index: int, end: int) -> bool:
        """A phrase of everyday words (`de hoop`) is an organisation only with a capital."""
        if any(word not in self.lists.lexicon for word in reading.words[index:end]):
            return True
        return any(reading.known_capital(at) and not reading.first[at] for at in range(index, end))

    def _by_type(self, reading: Reading, index: int) -> tuple[int, int, float, str] | None:
        """A type word here, or one or two words before this one with an article between."""
        if TYPES.isdisjoint(reading.words[max(0, index - 3) : index + 1]):
            return None
        for back in (0, 1, 2, 3):
            if index >= back and reading.words[index - back] in TYPES:
                span = self._typed(reading, index - back)
                if span and span[1] >= index:
                    return span
        return None

    def _typed(self, reading: Reading, index: int) -> tuple[int, int, float, str] | None:
        """`basisschool De Regenboog`, `stichting de brug`."""
        word = reading.words[index]
        if word not in TYPES or (
            word in GENERIC_CAP
            and reading.known_capital(index)
            and (not reading.first[index] or reading.gaps[index].endswith("(") or word in FIRMS)
        ):
            last = self._onward(reading, index)
            return (index, last, 0.88, "soortnaam") if last > index else None
        name = index + 1
        article = name
        while (
            name < len(reading.words)
            and name - article < 2
            and reading.words[name] in ARTICLES
            and (
                reading.gaps[name] in (" ", " '")
                or (name == article and reading.gaps[name] in (": ", " (", " = ", ", "))
            )
        ):
            name += 1
        if name >= len(reading.words) or reading.gaps[name] not in (
            " ",
            " '",
            ' "',
            " “",
            " ‘",
            "-",
            ": ",
            ". ",
            " = ",
            ", ",
            " (",
            ": (",
            ": '",
            ': "',
        ):
            return None
        start = name
        if name > article and not reading.shouting and (reading.capital[article] or reading.words[article] == "t"):
            start = article
        token = reading.words[name]
        named = reading.known_capital(name) and (
            start < name or (word not in WEAK_TYPES and reading.gaps[name] == " " and len(token) > 3)
        )
        if (
            len(token) < 2
            or (token in STOP and not named)
            or token in PERSON_VERBS
            or token in self.lists.public
            or (token in TYPES and not named)
            or token[0].isdigit()
        ):
            return None
        if reading.known_capital(name) or (reading.gaps[name] in (" ", ": ", " = ") and start < name):
            if reading.gaps[name] in (". ", ", ") and (
                (word in WEAK_TYPES and token in self.lists.lexicon) or token in self.lists.lexicon
            ):
                return None
            return start, self._onward(reading, name), 0.86, word
        if reading.gaps[name] in (". ", ", ", ": ", " = ", "-"):
            return None
        if name > article and (
            word not in WEAK_TYPES or (token not in self.lists.lexicon and _set_apart(reading, article, name))
        ):
            return start, name, 0.72, word
        if (name > article and token in self.lists.lexicon) or (name == article and self.lists.is_word(token)):
            return None
        if token not in self.lists.places or word not in WEAK_TYPES:
            return start, name, 0.62, word
        return None

    def _inside(self, reading: Reading, index: int) -> tuple[int, int, float, str] | None:
        """Capitalised `Zorgplus Twente`, `KBO Horst`, in mid-sentence or followed by another capital."""
        word = reading.words[index]
        if not reading.known_capital(index) or word in STOP or len(word) < 2:
            return None
        after = index + 1
        if pair := self._headed(reading, index):
            return pair
        followed = (
            after < len(reading.words)
            and reading.gaps[after] == " "
            and reading.known_capital(after)
            and (reading.words[after] not in STOP or word in GENERIC_CAP)
            and (reading.words[after] not in self.lists.public or word in GENERIC_CAP)
        )
        if followed and (word in GENERIC_CAP or word.endswith(KINDS)):
            return self._with_people(reading, index), self._onward(reading, index), 0.88, "soortnaam"
        if word in TYPES and not reading.first[index] and (last := self._onward(reading, index)) > index + 1:
            return index, last, 0.75, "soort van"
        if word in ("sint", "st", "sinte") and followed_name(reading, after, self.lists):
            return index, self._onward(reading, after), 0.7, "sint"
        if followed and reading.words[after] in AFTER and not reading.first[index] and word not in self.lists.public:
            return index, self._onward(reading, after), 0.65, "soortnaam erachter"
        if (
            word in self.lists.public
            or word in self.lists.lexicon
            or word in self.lists.first
            or public_head(word, self.lists)
        ):
            return None
        if INSIDE.search(word) and len(word) > 5 and followed and word not in self.lists.last:
            return index, self._onward(reading, index), 0.7, "woord in naam"
        if followed and reading.words[after] in AFTER and word not in KIN:
            return index, self._onward(reading, after), 0.72, "soortnaam erachter"
        if (
            reading.upper[index]
            and followed
            and 2 < len(word) < 6
            and reading.words[after] not in self.lists.first
            and (reading.words[after] in self.lists.places or reading.words[after] in WINDS)
        ):
            return index, self._onward(reading, index), 0.7, "afkorting + plaats"
        return None

    def _with_people(self, reading: Reading, index: int) -> int:
        """`Hindoestaanse Ouderenvereniging Ananda`: a capitalised adjective of a people or faith belongs to it."""
        before = index - 1
        adjective = index and reading.known_capital(before) and reading.words[before].endswith(("se", "ke", "de"))
        return before if adjective and len(reading.words[before]) > 4 and reading.gaps[index] == " " else index

    def _headed(self, reading: Reading, index: int) -> tuple[int, int, float, str] | None:
        """`Medisch Centrum De Linie`, `Stedelijk Gymnasium`: two words that together head a name."""
        after = index + 1
        if (
            reading.words[index] not in GENERIC_PAIR
            or after >= len(reading.words)
            or reading.words[after] not in PAIRED_WITH
            or not reading.known_capital(after)
            or reading.gaps[after] != " "
        ):
            return None
        last = self._onward(reading, after)
        return (index, last, 0.8, "soortnaam") if last > after or reading.words[after] in SCHOOLS else None

    def _onward(self, reading: Reading, last: int) -> int:
        """Take the capitalised words that follow, with small words between them."""
        while last + 1 < len(reading.words):
            after = last + 1
            while (
                after < len(reading.words)
                and after - last < 4
                and reading.words[after] in JOIN
                and reading.gaps[after] in (" ", " '", " & ")
            ):
                after += 1
            if (
                after >= len(reading.words)
                or reading.gaps[after]
                not in (
                    " ",
                    "-",
                    " & ",
                    " '",
                    "'",
                    *((". ",) if reading.words[last] in ("gebr", "st", "mr", "dr") else ()),
                )
                or not reading.known_capital(after)
            ):
                return last
            if (
                (
                    reading.words[after] in STOP
                    and after == last + 1
                    and reading.words[after] not in ("zonder", "samen", "goed", "thuis")
                )
                or (
                    (reading.words[after] in self.lists.public and reading.words[after] not in self.lists.lexicon)
                    and reading.words[after] not in WINDS
                    and reading.words[after] not in REGIONS
                )
                or reading.words[after][0].isdigit()
            ):
                return last
            last = after
        return last


def _set_apart(reading: Reading, article: int, name: int) -> bool:
    """`school (de klimop)`, `mijn school, de wegwijzer, belt`: what stands between marks is its name."""
    after = reading.gaps[name + 1] if name + 1 < len(reading.words) else "."
    return (reading.gaps[article] == " (" and after.startswith(")")) or (
        reading.gaps[article] == ", " and after.startswith(",")
    )


def _plain_number(name: str, lists: Lists) -> bool:
    """`centrum 45`: what is left without its number is an everyday word."""
    letters, _, number = name.partition(" ")
    return number.isdigit() and letters in lists.lexicon


def _titled(reading: Reading, index: int) -> bool:
    return index > 0 and (reading.words[index - 1] in TITLES or reading.words[index - 1] in KIN)


def followed_name(reading: Reading, after: int, lists: Lists) -> bool:
    """A capitalised saint that is no feast."""
    return (
        after < len(reading.words)
        and reading.gaps[after] in (" ", "-", ". ")
        and reading.known_capital(after)
        and reading.words[after] not in ("maarten", "nicolaas", "juttemis", "pieter")
    )


def public_head(word: str, lists: Lists) -> bool:
    """`Facebookgroep`, `Wmoloket`: a public name and a Dutch word."""
    return any(word[:cut] in lists.public and word[cut:] in lists.lexicon for cut in range(3, len(word) - 2))
