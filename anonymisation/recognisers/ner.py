"""The trained name finder, asked only where lists and cues leave a doubt, and believed only where they allow it."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Protocol

from anonymisation.cues import KIN, NAMING, STOP, TITLES, TUSSEN
from anonymisation.names import Lists
from anonymisation.recognisers.person_words import is_typo
from anonymisation.spans import Document, Found, Recogniser
from anonymisation.wordset import words

_FEASTS = words("sint maarten nicolaas sinterklaas klaas piet")
_NEAR = words("van met door bij aan voor en of ene dankzij zegt zei dat toen")
CERTAIN = 0.75
DOUBT = 0.55


class NameFinder(Protocol):
    """What `anonymisation.models.load_ner` gives."""

    def find(self, texts: Sequence[str]) -> list[list[tuple[int, int, str, float]]]:
        """Per text: start, end, label, score."""
        ...


class NerRecogniser(Recogniser):
    """Finds of the model that hold at least one word a list does not call an everyday word."""

    name = "ner"
    labels = ("PERSON", "PLACE", "ORGANISATION", "ADDRESS", "HEALTH")

    def __init__(self, lists: Lists, finder: NameFinder) -> None:
        self.lists = lists
        self.finder = finder
        self._names = lists.first | lists.last

    def find(self, doc: Document) -> Iterable[Found]:
        """Finds of the model in view offsets, whether or not there is a doubt."""
        return self.ask([doc])[0]

    def ask(self, documents: Sequence[Document]) -> list[list[Found]]:
        """Finds per document; the model reads them together."""
        answers = self.finder.find([doc.text for doc in documents])
        return [list(self._believed(doc, answer)) for doc, answer in zip(documents, answers, strict=True)]

    def doubts(self, doc: Document, finds: Sequence[Found]) -> bool:
        """Is there a word that neither the lists nor a find of the rules explains?"""
        reading, lists = doc.reading, self.lists
        spans = iter(finds)
        span = next(spans, None)
        for index in doc.seeds:
            start, end = doc.places[index]
            while span is not None and span.end <= start:
                span = next(spans, None)
            if (span is not None and span.start < end) or end - start < 2:
                continue
            word = reading.words[index]
            if word[0].isdigit() or len(word) > 40 or word in lists.public or word in STOP or word in TITLES:
                continue
            if reading.known_capital(index) and not reading.first[index]:
                return True
            if word not in lists.lexicon and not lists.is_word(word):
                return True
            if word in self._names and (
                index == 0
                or reading.first[index]
                or reading.words[index - 1] in KIN
                or reading.words[index - 1] in _NEAR
            ):
                return True
        return False

    def _believed(self, doc: Document, answer: Sequence[tuple[int, int, str, float]]) -> Iterable[Found]:
        for start, end, label, score in answer:
            start, end = self._trimmed(doc, start, end)
            weight = self._weight(doc, start, end, label)
            if weight:
                yield Found(start, end, label, min(score, weight) if score < DOUBT else weight, "model", self.name)

    def _trimmed(self, doc: Document, start: int, end: int) -> tuple[int, int]:
        """Without everyday and public words at either end, which the model takes along now and then."""
        first = bisect_left(doc.places, (start, 0))
        last = first
        while last < len(doc.places) and doc.places[last][1] <= end:
            last += 1
        last -= 1
        while first < last and self._idle(doc, last):
            last -= 1
        while first < last and (self._idle(doc, first) or doc.words[first] in KIN or doc.words[first] in TITLES):
            first += 1
        return (doc.places[first][0], doc.places[last][1]) if first <= last else (start, end)

    def _idle(self, doc: Document, index: int) -> bool:
        """A word that is part of no name: public, a stop word, or an everyday word in lower case."""
        word, lists = doc.words[index], self.lists
        if word in lists.public or word in NAMING or (word in STOP and word not in TUSSEN):
            return True
        return (
            word in lists.lexicon and not doc.reading.capital[index] and word not in TUSSEN and word not in self._names
        )

    def _weight(self, doc: Document, start: int, end: int, label: str) -> float:
        """How much a find of the model counts; 0 when the lists speak against it."""
        inside = [i for i in range(bisect_left(doc.places, (start, 0)), len(doc.places)) if doc.places[i][1] <= end][
            :12
        ]
        words = [
            i
            for i in inside
            if doc.words[i] not in TUSSEN and doc.words[i] not in STOP and not doc.words[i][0].isdigit()
        ]
        if (
            not inside
            or not words
            or {doc.words[i] for i in words} <= _FEASTS
            or all(doc.words[i] in self.lists.public for i in words)
        ):
            return 0.0
        if inside[0] and doc.words[inside[0] - 1] == "gemeente" and label in ("PLACE", "ORGANISATION"):
            return 0.0
        reading, lists = doc.reading, self.lists
        strange = any(doc.words[i] not in lists.lexicon for i in words)
        if label == "HEALTH":
            return DOUBT if strange and not any(lists.is_word(doc.words[i]) for i in words) else 0.4
        capital = any(reading.known_capital(i) and not reading.first[i] for i in words)
        if strange and capital and any(doc.words[i] not in lists.lexicon and reading.capital[i] for i in words):
            return CERTAIN
        if (
            strange
            and any(not lists.is_word(doc.words[i]) for i in words)
            and (
                any(reading.known_capital(i) for i in words)
                or any(doc.words[i] in self._names for i in words)
                or not any(is_typo(doc.words[i], lists.lexicon, lists.first) for i in words)
            )
        ):
            return DOUBT
        return DOUBT if capital and (len(words) > 1 or doc.words[words[0]] in self._names) else 0.4
