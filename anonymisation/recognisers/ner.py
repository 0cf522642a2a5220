"""The trained name finder: asked about every text that the prefilter did not pass, believed where lists allow it."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, pairwise, takewhile
from typing import Protocol

from anonymisation.company import Company
from anonymisation.cues import KIN, NAMING, SPEAKERS, STOP, TITLES, TUSSEN
from anonymisation.names import Lists
from anonymisation.reading import words_of
from anonymisation.recognisers.age.believed import may_be_age
from anonymisation.recognisers.organisation_words import ARTICLES, KINDS, TYPES
from anonymisation.recognisers.person_plain import plain_in_small
from anonymisation.recognisers.person_words import ABBREVIATIONS, is_typo, shortened
from anonymisation.recognisers.stranger import is_stranger, likely_announced
from anonymisation.recognisers.surname import PEOPLE
from anonymisation.spans import Document, Found, Recogniser
from anonymisation.wordset import words

_TIMES = words(
    "sint maarten nicolaas sinterklaas klaas piet lente zomer herfst winter ramadan suikerfeest offerfeest divali "
    "diwali holi pesach chanoeka newroz"
)
"""Feasts and seasons, which the model takes for persons."""
_TITLES_ONLY = words("imam pastoor dominee kapelaan pater dokter professor")
_BEING = words(
    "was is ben word wordt werd gewoon vroeger geweest ooit man vrouw vader moeder opa zoon dochter broer nu"
)
"""Behind these a trade is a trade: `mijn vader was kuiper`, `mijn man bakker`."""
_DETERMINERS = words("de het een")
_BODIES = words("gemeente provincie")
"""Behind these a place is a body that everybody knows, not where somebody lives."""
CERTAIN = 0.75
DOUBT = 0.55
MASKED = 0.5
REVIEWED = 0.45
PLAIN = 0.4
"""What everyday words weigh, unless the model is sure."""
NEVER = 2.0
LIKELY = {"PERSON": 0.9, "AGE": 0.98, "ORGANISATION": 0.5}
LIKELY_ELSE = 0.6
"""Below this a find is for the review list only: most such persons are abbreviations and dialect."""
LIKELY_AMONG = {"PERSON": 0.7, "AGE": 0.7}
"""The same in a text that surely tells of somebody: there most such doubts are right, elsewhere few."""
LIKELY_TIMED = 0.95
"""The same for an age with its unit, which may be how long something takes; by itself it never is one."""
LIKELY_SMALL = 0.97
"""The same for a person in small letters of whom no list knows a word: typing errors and compounds look like that."""
LIKELY_ANNOUNCED = 0.5
"""The same when nothing of it looks like any word, and what surrounds it announces somebody."""
SURE = {"PERSON": 0.9, "PLACE": 0.9, "ADDRESS": 0.9, "ORGANISATION": 0.9, "HEALTH": 0.99}
"""From this probability the model is believed, also where the lists only know everyday words."""
TRUSTED = 0.98
"""From here on a person is one as the model has it, also where the lists take words of it for grammar (`Door`), and an
organisation in small letters, which with its kind before it (`kdv het kwetternest`) is believed when sure."""
_SHORTEST_ALONE = 4
"""A shorter word in small letters, in a text that tells of nobody else, is a small word of some dialect."""
_OPENINGS = words("LS NB PS")
_UNITS = words("jaar jaren jr j maand maanden mnd week weken wkn dag dagen")
_OF_MORE_WORDS = ("ORGANISATION", "ADDRESS")


Told = tuple[int, int, str, float]
"""What the model says: start, end, label, probability."""


class NameFinder(Protocol):
    """What `anonymisation.models.load_ner` gives."""

    def find(self, texts: Sequence[str]) -> list[list[Told]]:
        """Per text: start, end, label, score."""
        ...


def _nothing(text: str, folded: str) -> bool:
    """No sentence is known to be plain."""
    return False


def _parts(doc: Document, passes: Callable[[str, str], bool]) -> Iterator[tuple[int, str]]:
    """Runs of sentences that are not plain, with their offsets."""
    starts = [place[0] for place, first in zip(doc.places, doc.reading.first, strict=True) if first]
    begin: int | None = None
    for start, end in pairwise([*starts, len(doc.text)]):
        if passes(doc.text[start:end], doc.folded[start:end]):
            if begin is not None:
                yield begin, doc.text[begin:start]
            begin = None
        elif begin is None:
            begin = start
    if begin is not None:
        yield begin, doc.text[begin:]


def _counts(word: str) -> bool:
    """Does the word say anything of the name it stands in?"""
    return word not in TUSSEN and word not in STOP and not word[0].isdigit()


def _leads(word: str) -> bool:
    """A word that goes before somebody's name and is no part of it."""
    return word in KIN or word in TITLES


def _is_initials(doc: Document, inside: Sequence[int], end: int) -> bool:
    """`T.`, `v.d.V.`: one capital with its dot, perhaps behind small words, stands for somebody."""
    behind = doc.text[end - 1 : end + 2]
    if not inside or "." not in behind[:2] or behind.endswith(":"):  # `R.:` is whose turn it is
        return False
    *small, last = (doc.words[i] for i in inside)
    return len(last) == 1 and doc.reading.capital[inside[-1]] and all(len(w) == 1 or w in TUSSEN for w in small)


def _abbreviates(doc: Document, start: int, end: int) -> bool:
    """`p.j.`, `m.b.t.`: small letters that stand for words, or capitals that open a letter (`L.S.,`)."""
    piece = doc.text[start:end]
    letters = piece.replace(".", "")
    return "." in piece and (letters in ABBREVIATIONS or (not start and letters in _OPENINGS))


def _is_code(piece: str) -> bool:
    """`HH1`, `VG3`, `A12`: capitals and a figure."""
    return len(piece) < 6 and piece.isupper() and piece.isalnum() and piece[-1].isdigit()


def _joined_letter(doc: Document, start: int, end: int) -> bool:
    """`B&W`, `P & O`: a letter at a sign that joins it to another is half an abbreviation."""
    around = doc.text[max(0, start - 2) : start] + doc.text[end : end + 2]
    return len(doc.text[start:end].rstrip(".")) == 1 and "&" in around


def _is_initial(doc: Document, index: int) -> bool:
    """`Rita k`, `Rita K.`: what somebody calls a person whose name may not be told."""
    return len(doc.words[index]) == 1 and doc.words[index].isalpha() and not doc.reading.joined(index)


class NerRecogniser(Recogniser):
    """Finds of the model that hold at least one word a list does not call an everyday word."""

    name = "ner"
    labels = ("PERSON", "PLACE", "ORGANISATION", "ADDRESS", "HEALTH", "AGE")

    def __init__(self, lists: Lists, finder: NameFinder) -> None:
        self.lists = lists
        self.finder = finder
        self._names = lists.first | lists.last
        self._nobody = lists.public | _TIMES | NAMING | ((KIN | TITLES) - self._names) | _TITLES_ONLY

    def find(self, doc: Document) -> Iterable[Found]:
        """Finds of the model in view offsets."""
        return self.ask([doc], [()])[0]

    def ask(
        self,
        documents: Sequence[Document],
        by_rule: Sequence[Sequence[Found]],
        passes: Callable[[str, str], bool] = _nothing,
    ) -> list[list[Found]]:
        """Finds per document; the model reads them together, without the sentences that `passes` knows to be plain.

        by_rule: what was found in each of them already; beside it the model needs to be less sure.
        Whole texts would take longer, and hardly keep another name.
        """
        parts = [(number, *part) for number, doc in enumerate(documents) for part in _parts(doc, passes)]
        answers = self.finder.find([text for _, _, text in parts])
        told: list[list[Told]] = [[] for _ in documents]
        for (number, offset, _), answer in zip(parts, answers, strict=True):
            told[number] += [(start + offset, end + offset, label, score) for start, end, label, score in answer]
        return [[*self._believed(*one)] for one in zip(documents, told, by_rule, strict=True)]

    def _believed(self, doc: Document, told: Sequence[Told], by_rule: Sequence[Found]) -> Iterable[Found]:
        """What is masked by itself, and beside that or a sure find of the rules what is likely too."""
        alone = [(one, found) for one in told if (found := self._weighed(doc, one, among=False))]
        company = Company(doc, by_rule, [found for _, found in alone])
        for one, found in alone:
            likelier = found.score < MASKED and company.of(found)
            yield (likelier and self._weighed(doc, one, among=True)) or found

    def _weighed(self, doc: Document, told: Told, *, among: bool) -> Found | None:
        start, end, label, score = told
        if _abbreviates(doc, start, end) or _joined_letter(doc, start, end):
            return None
        likely, sure, trusted = self._bounds(doc, start, end, label, among)
        if label == "ORGANISATION" and doc.text[start:end].islower():
            start = self._behind_kind(doc, start, end)
        certain = score >= trusted and self._may_be_anybody(doc, start, end) and not self._shortened(doc, start, end)
        if label != "AGE" and not certain:
            start, end = self._trimmed(doc, start, end, label)
        weight = self._weight(doc, start, end, label) or (MASKED if certain else 0.0)
        if score < likely:
            weight = min(weight, REVIEWED)
        elif weight and score >= sure and not self._everyday(doc, start, end, label):
            weight = max(weight, MASKED)
        return Found(start, end, label, weight, "model", self.name) if weight else None

    def _bounds(self, doc: Document, start: int, end: int, label: str, among: bool) -> tuple[float, float, float]:
        """From which probability a find is likely, sure, and trusted whatever the lists say.

        among: the text tells of somebody else.
        """
        likely, sure = LIKELY.get(label, LIKELY_ELSE), SURE.get(label, NEVER)
        likely = LIKELY_AMONG.get(label, likely) if among else likely
        if label == "AGE" and not _UNITS.isdisjoint(words_of(doc.folded[start:end])):
            return LIKELY_TIMED if among else NEVER, sure, NEVER
        trusted = TRUSTED if label == "PERSON" else NEVER
        small = doc.text[start:end].islower()
        if not small:
            return likely, sure, trusted
        if not among and self._plain_alone(doc.folded[start:end], label):
            return NEVER, sure, trusted
        if label == "PERSON" and self._names.isdisjoint(words_of(doc.folded[start:end])):
            return self._likely_unlisted(doc, start, end, likely), sure, trusted
        if label == "ORGANISATION":
            sure = sure if self._behind_kind(doc, start, end) > start else TRUSTED
            return likely, sure, sure
        return likely, sure, trusted

    def _likely_unlisted(self, doc: Document, start: int, end: int, likely: float) -> float:
        """The bound for a person in small letters of whom no list knows a word: who is a stranger needs less."""
        inside = range(bisect_left(doc.places, (start, 0)), bisect_left(doc.places, (end, 0)))
        counted = [doc.words[i] for i in inside if len(doc.words[i]) > 1 and _counts(doc.words[i])]
        if (
            not counted
            or doc.words[inside[0]] in _DETERMINERS
            or not all(is_stranger(word, self.lists) for word in counted)
        ):
            return LIKELY_SMALL
        return LIKELY_ANNOUNCED if likely_announced(doc.reading, inside[0], inside[-1]) else likely

    def _plain_alone(self, word: str, label: str) -> bool:
        """One word in small letters that is no name by itself, where the text tells of nothing else.

        A street or an age always may be one; a person when it is a listed name, or neither short, a compound nor a
        typing error (`mô`, `topservice`, `steedts`).
        """
        if label in ("ADDRESS", "AGE") or not word.isalpha():
            return False
        if label != "PERSON" or len(word) < _SHORTEST_ALONE:
            return True
        lists = self.lists
        return word not in self._names and (lists.is_word(word) or is_typo(word, lists.lexicon, self._names))

    def _may_be_anybody(self, doc: Document, start: int, end: int) -> bool:
        """More than a letter, and not only words that are public and in no list of names."""
        words, public = doc.folded[start:end].split(), self.lists.public
        return end - start > 1 and any(word not in public or word in self._names for word in words)

    def _behind_kind(self, doc: Document, start: int, end: int) -> int:
        """Where the name begins behind what it is: `sbo de vlieger`, `jeugdpraktijk zonnedauw`."""
        inside = range(bisect_left(doc.places, (start, 0)), bisect_left(doc.places, (end, 0)))
        for index in inside[:-1]:
            word = doc.words[index]
            kind = word in TYPES or (word.endswith(KINDS) and word in self.lists.lexicon) or word in ARTICLES
            if not kind or doc.reading.known_capital[index]:
                return doc.places[index][0]
        return doc.places[inside[-1]][0]

    def _trimmed(self, doc: Document, start: int, end: int, label: str) -> tuple[int, int]:
        """Without everyday and public words at either end, which the model takes along now and then."""
        first = bisect_left(doc.places, (start, 0))
        last = first
        while last < len(doc.places) and doc.places[last][1] <= end:
            last += 1
        last -= 1
        while first < last and self._idle(doc, last, label) and not (label == "PERSON" and _is_initial(doc, last)):
            last -= 1
        while first < last and (self._idle(doc, first, label) or (label == "PERSON" and _leads(doc.words[first]))):
            first += 1
        return (doc.places[first][0], doc.places[last][1]) if first <= last else (start, end)

    def _idle(self, doc: Document, index: int, label: str) -> bool:
        """A word that is part of no name: public, a stop word, or an everyday word in lower case.

        A word with a capital belongs to the organisation or street it is in (`Stichting …`, `Burgemeester …laan`).
        """
        word, lists, reading = doc.words[index], self.lists, doc.reading
        if word in self._names and reading.known_capital[index] and not reading.first[index]:
            return False
        if label in _OF_MORE_WORDS and reading.capital[index] and word not in STOP:
            return False
        if word in lists.public or word in NAMING or (word in STOP and word not in TUSSEN):
            return True
        return word in lists.lexicon and not reading.capital[index] and word not in TUSSEN and word not in self._names

    def _cut_off(self, doc: Document, start: int, end: int) -> bool:
        """`afgew. mw`, `Termijnbew. 30/06`: an abbreviation of notes, with its dot in the middle of a sentence."""
        word = doc.folded[start:end]
        if not word.isalpha() or doc.text[end : end + 1] != "." or word in self._names:
            return False
        behind = doc.text[end + 1 : end + 3].strip()[:1]
        if doc.text.islower() and is_stranger(word, self.lists):
            return False
        return (behind.islower() or behind.isdigit()) and (
            doc.text[start].islower() or doc.reading.first[bisect_left(doc.places, (start, 0))]
        )

    def _shortened(self, doc: Document, start: int, end: int) -> bool:
        """`Dossier bijgew.`: one word that is cut off wherever it stands."""
        at = bisect_left(doc.places, (start, 0))
        return doc.places[at] == (start, end) and shortened(doc.reading, at, self.lists)

    def _everyday(self, doc: Document, start: int, end: int, label: str) -> bool:
        """One small word: a trade (`hij is kuiper`), a noun with its article, a compound for a place."""
        at = bisect_left(doc.places, (start, 0))
        if doc.places[at] != (start, end) or doc.reading.capital[at]:
            return False
        word = doc.words[at]
        if label == "PLACE":
            return word not in self.lists.lexicon and self.lists.is_word(word)
        if word in self.lists.lexicon and at > 0 and doc.words[at - 1] in _DETERMINERS:
            return True
        if label == "PERSON" and plain_in_small(doc.reading, at, self.lists):
            return True
        return word in PEOPLE and at > 0 and doc.words[at - 1] in _BEING

    def _weight(self, doc: Document, start: int, end: int, label: str) -> float:
        """How much the lists make of a find; 0 when they speak against it."""
        onward = range(bisect_left(doc.places, (start, 0)), len(doc.places))
        inside = list(islice(takewhile(lambda i: doc.places[i][1] <= end, onward), 12))
        if label == "AGE":
            return DOUBT if may_be_age(doc.folded, start, end, self.lists) else 0.0
        if label == "PERSON" and _is_initials(doc, inside, end):
            return DOUBT
        if label in ("PERSON", "ORGANISATION") and _is_code(doc.text[start:end]):
            return 0.0
        if (end - start < 2 and doc.text[end : end + 1] != ".") or self._cut_off(doc, start, end):
            return 0.0
        if label == "PERSON" and self._shortened(doc, start, end):
            return 0.0
        words = [i for i in inside if _counts(doc.words[i])]
        if (
            not words
            or {doc.words[i] for i in words} <= self._nobody
            or not set("".join(doc.words[i] for i in words)) - {"x"}
        ):
            return 0.0
        if inside[0] and doc.words[inside[0] - 1] in _BODIES and label in ("PLACE", "ORGANISATION"):
            return 0.0
        if label == "ADDRESS" and {doc.words[i] for i in words} <= SPEAKERS:
            return 0.0  # `Spreker 2:`
        return self._by_lists(doc, words, label)

    def _by_lists(self, doc: Document, words: Sequence[int], label: str) -> float:
        reading, lists = doc.reading, self.lists
        strange = [i for i in words if doc.words[i] not in lists.lexicon]
        if label == "HEALTH":
            return DOUBT if strange and not any(lists.is_word(doc.words[i]) for i in words) else PLAIN
        capital = any(reading.known_capital[i] and not reading.first[i] for i in words)
        if capital and any(reading.capital[i] for i in strange):
            return CERTAIN
        if any(not lists.is_word(doc.words[i]) for i in strange):
            return DOUBT
        return DOUBT if capital and (len(words) > 1 or doc.words[words[0]] in self._names) else PLAIN
