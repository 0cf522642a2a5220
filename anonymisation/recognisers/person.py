"""Names of people: lists say what can be a name, cues and writing decide whether it is one here."""

import re
from bisect import bisect_left
from collections.abc import Iterable

from anonymisation.conflicts import ANNOUNCED, ARTICLE, SMALL, STRANGE, STRANGER, UNLISTED, WORD
from anonymisation.cues import ACTS, KIN, MIDDLE, NAMING, PERSON_VERBS, STOP, TUSSEN, WEAK_TUSSEN
from anonymisation.gates import WRITTEN
from anonymisation.names import LONGEST, Lists
from anonymisation.reading import Reading
from anonymisation.recognisers.organisation_words import PUBLIC_HEAD, TYPES, WINDS
from anonymisation.recognisers.person_cue import cue_before
from anonymisation.recognisers.person_weight import LEAST, LEAST_ANNOUNCED, LEAST_LISTED, PersonWeigher
from anonymisation.recognisers.person_words import (
    AGED,
    INITIAL_GAPS,
    INITIALS,
    LISTED,
    NAME_GAPS,
    SEVERAL,
    SHORTENED,
    STOP_NAMES,
    TWOFOLD,
    abbreviates,
    is_initial,
    letter_word,
    short_title,
    sure_tussen,
    unknown,
    without_genitive,
)
from anonymisation.recognisers.stranger import announced
from anonymisation.recognisers.surname import PEOPLE
from anonymisation.spans import Document, Found, Recogniser
from anonymisation.view import fold
from anonymisation.wordset import words

SURNAMES_LIKE_STOP = words("haar goede groot jong zelf laat")
"""Small words that end a surname: `Ter Haar`, `Lansink op de Haar`."""
_FAMILIAR = words("juf meester tante oom oma opa zuster broeder")
"""Behind these a small word with its capital is a call name: `juf Do`."""
_ABBREVIATED = words("th ch ph ij tj fr st cl")
_LETTERS = WRITTEN.gate([INITIALS, TWOFOLD, SHORTENED, SEVERAL, LISTED])


class PersonRecogniser(PersonWeigher, Recogniser):
    """Finds seeds (a word that is a name here) and grows them over initials, tussenvoegsels and surnames."""

    name = "person"
    labels = ("PERSON",)

    def __init__(self, lists: Lists) -> None:
        self.lists = lists
        self._names = lists.first | lists.last

    def find(self, doc: Document) -> Iterable[Found]:
        """Names in view offsets."""
        reading = doc.reading
        done = -1
        for index in doc.seeds:
            if index <= done or not self._may_be_seed(doc, index):
                continue
            begin, cue = self._lead(reading, index, done)
            score = self._score(reading, index, cue)
            if score:
                last = self._grow(reading, index, begin)
                done = last
                start, end = doc.places[begin][0], doc.places[last][1]
                end = without_genitive(self.lists, reading, last, start, end)
                if cue in ANNOUNCED and not reading.capital[index] and self._strange(reading, index):
                    cue = STRANGER
                yield Found(start, end, "PERSON", score, cue or self._unannounced(reading, begin, last, score))
                other = self._paired(reading, last)
                if other:
                    yield Found(*doc.places[other], "PERSON", 0.7, "en/of")
        yield from self._initials_only(doc, reading)
        if "." in doc.text or "-" in doc.text:
            for match in _LETTERS.finditer(doc):
                yield from self._by_letters(doc, match)

    def _may_be_seed(self, doc: Document, index: int) -> bool:
        """A word that is no small word, abbreviation or beginning of a surname, and that something makes a name."""
        reading, word = doc.reading, doc.words[index]
        if not 1 < len(word) <= LONGEST or word[0].isdigit():
            return False
        if word in STOP and not (word in STOP_NAMES or self._after_capital_tussen(reading, index)):
            return False
        if word in _ABBREVIATED and reading.behind(index, 1) == ".":
            return False
        if word in TUSSEN and not self._first_name_like_tussen(reading, index):
            return False
        named = reading.capital[index] or word in self._names or word not in self.lists.lexicon
        return named or short_title(reading, index) or sure_tussen(reading, index)

    def _first_name_like_tussen(self, reading: Reading, index: int) -> bool:
        """`Al`, `Ben`, `juf Do`: a small word with a capital that begins no surname."""
        word = reading.words[index]
        titled = index > 0 and reading.words[index - 1] in _FAMILIAR and reading.gaps[index] == " " and word not in STOP
        listed = titled or word in self.lists.first or word in STOP_NAMES
        return listed and reading.known_capital[index] and not self._continues_tussen(reading, index)

    def _by_letters(self, doc: Document, match: re.Match[str]) -> Iterable[Found]:
        """`J.v.D.`, `A.B.` after a cue, `Jansen, P.`"""
        if match.re in (INITIALS, SEVERAL):
            first = bisect_left(doc.places, (match.start(), 0))
            if abbreviates(fold(match.group()).replace(".", "").replace(" ", ""), doc.reading, first):
                return
        if match.re is INITIALS:
            yield Found(*match.span(), "PERSON", 0.75, "voorletters")
        elif match.re is TWOFOLD:
            parts = fold(match.group()).split("-")
            if not any(part in self.lists.public or part in self.lists.places or part in WINDS for part in parts):
                yield Found(*match.span(), "PERSON", 0.7, "dubbele voornaam")
        elif match.re is SHORTENED:
            yield Found(*match.span(), "PERSON", 0.8, "afgekorte voornaam")
        elif match.re is SEVERAL:
            index = bisect_left(doc.places, (match.start(), 0))
            aged = AGED.match(doc.text, match.end()) is not None
            if cue := cue_before(doc.reading, index - 1, index) or ("leeftijd" if aged else ""):
                yield Found(*match.span(), "PERSON", 0.75, cue)
        elif fold(match.group(1)) not in self.lists.public and fold(match.group(1)) not in STOP:
            yield Found(*match.span(), "PERSON", 0.93, "achternaam, voorletters")

    def _continues_tussen(self, reading: Reading, index: int) -> bool:
        """Is this capitalised small word the beginning of a surname (`El Amrani`) rather than a first name (`Al`)?"""
        after = index + 1
        return (
            after < len(reading.words)
            and reading.gaps[after] == " "
            and reading.known_capital[after]
            and reading.words[after] not in STOP
        )

    def _after_capital_tussen(self, reading: Reading, index: int) -> bool:
        """`Ter Haar`, `De Goede`: a stop word that a capital tussenvoegsel makes a surname."""
        return (
            index > 0
            and reading.known_capital[index]
            and reading.words[index - 1] in ("ter", "ten", "de", "den", "van", "der", "in")
            and reading.known_capital[index - 1]
            and (reading.words[index] in self.lists.last or reading.words[index] in SURNAMES_LIKE_STOP)
        )

    def _paired(self, reading: Reading, last: int) -> int:
        """`Jansen of Janssens`: index of a capitalised word that stands beside a name, or 0."""
        other = last + 2
        if (
            other < len(reading.words)
            and reading.words[last + 1] in ("en", "of")
            and reading.gaps[last + 1] == reading.gaps[other] == " "
        ):
            word = reading.words[other]
            if word in STOP or word in self.lists.public:
                return 0
            if len(word) < 3 and not (word in self.lists.first and not reading.known_capital[last]):
                return other if reading.upper[other] and reading.upper[last] and not reading.shouting else 0
            if reading.known_capital[other]:
                return other
            lower = not reading.shouting and not reading.known_capital[last]
            if lower and (word in self.lists.first or (word not in self.lists.lexicon and unknown(word, self.lists))):
                return other
        return 0

    def _lead(self, reading: Reading, index: int, done: int) -> tuple[int, str]:
        """Where the name begins (initials and tussenvoegsels included) and which cue stands before it."""
        begin = self._before_tussen(reading, index, done)
        initials = self._before_initials(reading, begin, done, index)
        before = initials - 1
        cue = cue_before(reading, before, initials) if before > done or before >= 0 else ""
        if initials < begin:
            if abbreviates("".join(reading.words[initials:index]), reading, initials):
                return index, ""
            return initials, cue if cue == "titel" else "initialen"
        if begin < index and not cue and not reading.known_capital[index]:
            return (begin if reading.words[index] in self.lists.last else index), cue
        if (
            cue in ("naam", "functie")
            and begin == index - 1
            and reading.words[begin] in ("van", "aan", "bij", "voor")
            and (reading.words[index] in self.lists.first and not reading.capital[begin])
        ):
            return index, cue
        if (
            begin < index
            and any(w in ("v", "vd", "vdr") for w in reading.words[begin:index])
            and reading.known_capital[index]
        ):
            return begin, cue or "tussenvoegsel"
        if begin < index and not cue and not self._tussen_belongs(reading, begin, index):
            return index, cue
        return begin, cue

    def _tussen_belongs(self, reading: Reading, begin: int, index: int) -> bool:
        """`De Wit` in mid-sentence, or `van den Berg`; a lower-case `van Jan` is just a preposition."""
        if reading.known_capital[begin] and not reading.first[begin]:
            return True
        word = reading.words[index]
        if begin == index - 1:
            return (
                word in self.lists.last
                and word not in self.lists.first
                and reading.words[begin] in ("van", "de", "ter", "ten")
            )
        return word in self.lists.last

    def _before_initials(self, reading: Reading, begin: int, done: int, index: int) -> int:
        """Single letters with dots (or capitals without) directly before the name."""
        start = begin
        while start - 1 > done and begin - start < 6 and len(reading.words[start - 1]) <= 2:
            letter, gap = reading.words[start - 1], reading.gaps[start]
            single = len(letter) == 1 or letter in ("th", "ch", "ph", "ij", "tj", "fr", "st")
            if not single or not letter.isalpha() or gap not in INITIAL_GAPS:
                break
            same = reading.capital[start - 1] in (reading.capital[begin], reading.capital[index])
            if letter.isalpha() and gap != " " and not same:
                break
            if gap == " " and (not reading.known_capital[start - 1] or reading.first[start - 1]):
                break
            counted = start > 1 and reading.gaps[start - 1] == " " and reading.words[start - 2].isdigit()
            if counted and reading.capital[start - 1]:
                break  # `XD 274 L. Allebei`
            start -= 1
        if start and start < begin and reading.gaps[start] in ("-", "/"):
            return begin
        if start < begin:
            if abbreviates("".join(reading.words[start:begin]), reading, start):
                return begin
            if start > 0 and not reading.gaps[start]:
                return begin
        return start

    def _grow(self, reading: Reading, index: int, begin: int) -> int:
        """Index of the last word of the name."""
        last, parts = index, 0
        lower = not reading.known_capital[index]
        while last + 1 < len(reading.words) and parts < 5:
            after = last + 1
            while (
                after < len(reading.words)
                and after - last < 4
                and self._joined(reading, after)
                and not is_initial(reading, after)
                and (reading.words[after] in TUSSEN or (reading.words[after] in MIDDLE and lower))
            ):
                after += 1
            if (
                lower
                and after - last > 1
                and reading.words[after - 1] in ("fat", "san", "kon", "hung", "sang", "fa")
                and (reading.words[last + 1] in MIDDLE or reading.words[last + 1] in TUSSEN)
            ):
                last = after - 1
                break
            if after >= len(reading.words) or not self._joined(reading, after):
                break
            if not self._surname(reading, after, after - last - 1, lower):
                break
            last, parts = after, parts + 1
        return last

    def _joined(self, reading: Reading, index: int) -> bool:
        """A gap inside a name, or the dot or stroke of `v.d.` and `v/d`."""
        gap = reading.gaps[index]
        return gap in NAME_GAPS or (gap in (".", ". ", "/") and reading.words[index - 1] in ("v", "d", "vd", "vdr"))

    def _surname(self, reading: Reading, after: int, between: int, lower: bool) -> bool:
        """Is the word at `after` part of the name that stands before it?"""
        word, lists = reading.words[after], self.lists
        only_weak = between > 0 and all(w in WEAK_TUSSEN for w in reading.words[after - between : after])
        if (
            (word in STOP and not (between and reading.known_capital[after] and word in SURNAMES_LIKE_STOP))
            or word[0].isdigit()
            or (
                word in lists.public
                and not (reading.known_capital[after] and (word in lists.last or word in lists.first))
                and not (between and reading.words[after - 1] == "de" and word in PEOPLE)
            )
        ):
            return False
        if len(word) == 1:
            return is_initial(reading, after) and not between
        if reading.known_capital[after]:
            if between:
                return (
                    word in lists.last
                    or word in SURNAMES_LIKE_STOP
                    or not (only_weak or word in TYPES or PUBLIC_HEAD.fullmatch(word))
                )
            before = reading.words[after - 1]
            known = before in lists.first or (before in lists.last and before not in lists.lexicon)
            after_name = known and reading.gaps[after] == " "
            return word in lists.last or word in lists.first or word not in lists.lexicon or after_name
        if reading.gaps[after] == "-":
            return word in lists.first or word in lists.last or (lower and word not in lists.lexicon)
        if only_weak or not lower:
            return False
        if between and reading.words[after - 1] in ("den", "der", "vd", "vdr", "vander", "vanden"):
            return True
        if between > 1 and reading.words[after - 2 : after] == ["v", "d"]:
            return True
        if reading.shouting and self._shouted_surname(reading, after, between):
            return True
        if word in lists.last or word in lists.first:
            strong = word not in lists.lexicon or word in lists.lower_ok
            return strong or (word in lists.last and word not in PERSON_VERBS and (between > 0 or len(word) > 3))
        return len(word) > 3 and unknown(word, self.lists)

    def _shouted_surname(self, reading: Reading, after: int, between: int) -> bool:
        """`ANNEMIEKE BIERSTEKER MAAR`: an everyday noun between a first name and a small word; no verb form."""
        word = reading.words[after]
        if between or len(word) < 5 or word.endswith(("t", "de", "te", "en")) or reading.gaps[after] != " ":
            return False
        if reading.words[after - 1] not in self.lists.first or word in KIN or word in PERSON_VERBS or word in NAMING:
            return False
        return after + 1 >= len(reading.words) or reading.first[after + 1] or reading.words[after + 1] in STOP

    def _acts(self, reading: Reading, index: int) -> bool:
        """`JW pakt de casus op`: letters that open a line and do what only a colleague does."""
        word, after = reading.words[index], index + 1
        return (
            (reading.first[index] or (index > 0 and reading.gaps[index] in (", ", "; ", " - ", "\n- ")))
            and not reading.shouting
            and word not in self.lists.public
            and after < len(reading.words)
            and reading.gaps[after] == " "
            and reading.words[after] in ACTS
        )

    def _small_word(self, reading: Reading, index: int) -> bool:
        """`meneer W. Mijn rug`: a small word that is no surname begins the next sentence."""
        word = reading.words[index]
        return word in STOP and word not in self.lists.last and word not in SURNAMES_LIKE_STOP

    def _initials_only(self, doc: Document, reading: Reading) -> Iterable[Found]:
        """`K.` after a cue, and letter words such as BvD."""
        for index in doc.seeds:
            if not reading.capital[index]:
                continue
            word = reading.words[index]
            start, end = doc.places[index]
            if len(word) == 1 and index and doc.text[end : end + 1] == ".":
                cue = cue_before(reading, index - 1, index)
                follows = doc.text[end + 1 : end + 3]
                goes_on = follows[:1].isalpha() or (follows[1:2].isupper() and not self._small_word(reading, index + 1))
                if cue and not goes_on and word != "u":  # `DANK U.`
                    yield Found(start, end + 1, "PERSON", 0.75, cue)
            elif 1 < len(word) < 4 and reading.upper[index] and self._acts(reading, index):
                yield Found(start, end, "PERSON", 0.6, "paraaf")
            elif (
                2 < len(word) < 7
                and not reading.upper[index]
                and word not in self.lists.public
                and letter_word(doc.text[start:end])
            ):
                yield Found(start, end, "PERSON", 0.8, "paraaf")

    def _unannounced(self, reading: Reading, begin: int, last: int, score: float) -> str:
        """What speaks for a name without a cue, where it is so little that the model must see it too; else nothing."""
        if score < LEAST:
            return UNLISTED
        if reading.shouting:
            return ""
        behind, word = reading.behind(last, 2), reading.words[last]
        if begin == last:
            if not reading.capital[begin]:
                if score == LEAST_ANNOUNCED or (word not in self.lists.lexicon and announced(reading, begin, last)):
                    return STRANGER
                return SMALL if score > LEAST and not (behind[:1] == "." and behind[1:].isalnum()) else ""
            if word in self.lists.lexicon and word not in STOP_NAMES and not _set_apart(reading, begin):
                return WORD
            goes_on = behind[:1] == " " and reading.first[begin]
            return STRANGE if goes_on and score < LEAST_LISTED else ""
        everyday = begin == last - 1 and reading.words[begin] == "de" and not reading.capital[begin]
        return ARTICLE if everyday and reading.capital[last] and (word in PEOPLE or reading.upper[last]) else ""


def _set_apart(reading: Reading, index: int) -> bool:
    """`De Linde: Arend voor Tygo`, `een Kuiper`, `op de Dam`: where a capital is hardly anything but a name."""
    before = reading.words[index - 1] if index else ""
    return reading.gaps[index].strip(" ") not in ("", ".", "-") or before in ("een", "geen", "de")
