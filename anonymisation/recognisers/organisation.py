"""Care providers, schools, employers, clubs, churches: by the word before the name, or by a word inside it."""

from collections.abc import Iterable

from anonymisation.cues import KIN, TITLES
from anonymisation.names import Lists, own, split_phrases
from anonymisation.reading import Reading, words_of
from anonymisation.recognisers.organisation_headed import headed
from anonymisation.recognisers.organisation_name import Stretch, onward
from anonymisation.recognisers.organisation_typed import typed
from anonymisation.recognisers.organisation_words import AT, EVERYDAY, JOINED, PARTNERS, TYPES
from anonymisation.spans import NOBODY, Awaited, Document, Found, Recogniser
from anonymisation.view import fold

_TYPES = Awaited(TYPES)


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
        self.sayings = _by_word(own("sayings"))
        self.begins = set().union(self.single, self.phrases, self.firms, self.brands)

    def find(self, doc: Document) -> Iterable[Found]:
        """Organisations in view offsets."""
        reading, of_type = doc.reading, _TYPES.of(doc)
        done = -1
        for index in doc.seeds:
            if reading.words[index] in self.sayings and (saying := self._saying(reading, index)):
                first, last = saying
                yield Found(doc.places[first][0], doc.places[last][1], "ORGANISATION", 0.96, NOBODY)
            if index <= done or len(reading.words[index]) > 40:
                continue
            capital, listed = reading.capital[index], reading.words[index] in self.begins
            span = (
                (self._compound(reading, index) if capital else None)
                or (self._listed(reading, index) if listed else None)
                or (typed(reading, index, self.lists) if of_type else None)
                or (headed(reading, index, self.lists) if capital else None)
            )
            if span:
                first, last, score, cue = span
                done = last
                yield Found(doc.places[first][0], doc.places[last][1], "ORGANISATION", score, cue)

    def _compound(self, reading: Reading, index: int) -> Stretch | None:
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

    def _saying(self, reading: Reading, index: int) -> tuple[int, int] | None:
        """First and last word of the saying that the word at `index` belongs to."""
        for phrase, before in self.sayings[reading.words[index]]:
            first = index - before
            if first >= 0 and tuple(reading.words[first : first + len(phrase)]) == phrase:
                return None if _titled(reading, first) else (first, first + len(phrase) - 1)
        return None

    def _listed(self, reading: Reading, index: int) -> Stretch | None:
        word = reading.words[index]
        brands = self.brands.get(word, ()) if reading.capital[index] else ()
        for phrase in brands:
            if tuple(reading.words[index : index + len(phrase)]) == phrase and not _titled(reading, index):
                return index, index + len(phrase) - 1, 0.96, NOBODY
        for phrase in self.firms.get(word, ()) if reading.known_capital[index] else ():
            if tuple(reading.words[index : index + len(phrase)]) == phrase:
                return index, index + len(phrase) - 1, 0.96, "bekende naam"
        for phrase in self.phrases.get(word, ()):
            end = index + len(phrase)
            if tuple(reading.words[index:end]) == phrase and self._written_as_name(reading, index, end):
                return index, onward(reading, end - 1, self.lists), 0.85, "lijst"
        if word in self.single and (
            reading.known_capital[index]
            or word not in self.lists.lexicon
            or (word not in EVERYDAY and index and reading.words[index - 1] in AT)
        ):
            return index, onward(reading, index, self.lists), 0.8, "lijst"
        return None

    def _written_as_name(self, reading: Reading, index: int, end: int) -> bool:
        """A phrase of everyday words (`de hoop`) is an organisation only with a capital."""
        if any(word not in self.lists.lexicon for word in reading.words[index:end]):
            return True
        return any(reading.known_capital[at] and not reading.first[at] for at in range(index, end))


def _by_word(sayings: Iterable[str]) -> dict[str, list[tuple[tuple[str, ...], int]]]:
    """The sayings that hold a word, longest first, each with the number of words before it.

    By every word, because a text is looked at where a word may be a name: that is seldom the first one.
    """
    by_word: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for phrase in sorted((tuple(words_of(fold(saying))) for saying in sayings), key=lambda one: (-len(one), one)):
        for before, word in enumerate(phrase):
            by_word.setdefault(word, []).append((phrase, before))
    return by_word


def _plain_number(name: str, lists: Lists) -> bool:
    """`centrum 45`: what is left without its number is an everyday word."""
    letters, _, number = name.partition(" ")
    return number.isdigit() and letters in lists.lexicon


def _titled(reading: Reading, index: int) -> bool:
    return index > 0 and (reading.words[index - 1] in TITLES or reading.words[index - 1] in KIN)
