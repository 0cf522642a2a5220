"""Ages in figures and words; durations, legal ages and age bands stay."""

import re
from collections.abc import Iterable, Iterator, Sequence

from anonymisation.gates import AGES, SPOKEN_AGES
from anonymisation.names import Lists
from anonymisation.recognisers.age.answers import ANSWERS
from anonymisation.recognisers.age.asides import ABOUT_CUE, ASIDES, BRACKETS_CUE
from anonymisation.recognisers.age.birthdays import BIRTHDAYS
from anonymisation.recognisers.age.doubts import no_age, numbers_thing
from anonymisation.recognisers.age.family import FAMILY
from anonymisation.recognisers.age.names import ages_of_named
from anonymisation.recognisers.age.numbers import AgeShapes, Spelling, says_number
from anonymisation.recognisers.age.subjects import SUBJECTS
from anonymisation.recognisers.age.units import SMALL, UNIT_CUE, UNITS, at_work, lasts, stays, years_score
from anonymisation.spans import Document, Found, Recogniser

EVERY = UNITS + SUBJECTS + BIRTHDAYS + FAMILY + ASIDES + ANSWERS
IN_FIGURES = AgeShapes.of(EVERY, Spelling.FIGURES, AGES)
IN_WORDS = AgeShapes.of(EVERY, Spelling.WORDS, SPOKEN_AGES)
_SMALL = AGES.gate([SMALL])
_AROUND = 1500
"""So far apart are the points of a list at most."""
_SHORT_NUMBER = re.compile(r"(?<!\d)\d{1,3}(?!\d)")


class AgeRecogniser(Recogniser):
    """What stands before and after the number decides."""

    name = "age"
    labels = ("AGE",)

    def __init__(self, lists: Lists) -> None:
        self.lists = lists

    def find(self, doc: Document) -> Iterable[Found]:
        """Ages in view offsets."""
        return next(iter(self.find_each([doc])))

    def find_each(self, documents: Sequence[Document]) -> Iterable[Iterable[Found]]:
        """`find` for each document."""
        shapes = [*map(_shapes, documents)]
        AGES.read([doc for doc, some in zip(documents, shapes, strict=True) if some])
        SPOKEN_AGES.read([doc for doc, some in zip(documents, shapes, strict=True) if some is IN_WORDS])
        return (self._sure(doc, some) if some else () for doc, some in zip(documents, shapes, strict=True))

    def _sure(self, doc: Document, shapes: AgeShapes) -> Iterable[Found]:
        text = doc.folded
        return (found for found in self._all(doc, shapes) if not no_age(text, found.start, found.end, self.lists))

    def _all(self, doc: Document, shapes: AgeShapes) -> Iterator[Found]:
        text = doc.folded
        for pattern, cue, score in shapes.that_may_match(doc):
            for match in pattern.finditer(text):
                yield from _ages(text, match, cue, score)
        for match in _SMALL.finditer(doc):
            if not (_enumerates(text, match) or lasts(text, match.start())):
                yield Found(*match.span(1), "AGE", 0.8, "maanden")
        yield from ages_of_named(doc, self.lists)


def _shapes(doc: Document) -> AgeShapes | None:
    """How an age may be written in a document; None when it holds no number that may be one."""
    if says_number(doc):
        return IN_WORDS
    return IN_FIGURES if doc.figures and _SHORT_NUMBER.search(doc.folded) else None


def _ages(text: str, match: re.Match[str], cue: str, score: float) -> Iterator[Found]:
    if cue == UNIT_CUE:
        if score := years_score(text, match):
            yield Found(*match.span(), "AGE", score, cue)
    elif not (
        (match.end() > match.end(match.lastindex or 0) and at_work(text, match.start()))
        or (cue == BRACKETS_CUE and _enumerates(text, match))
        or (cue == ABOUT_CUE and stays(text, match.start()))
    ):
        for group in range(1, (match.lastindex or 0) + 1):
            if match.group(group) and not numbers_thing(text, match.start(group)):
                yield Found(*match.span(group), "AGE", score, cue)


def _enumerates(text: str, match: re.Match[str]) -> bool:
    """`(1) niet meer vragen om … (2) stuur …`: the points of a list."""
    if len(match.group().strip(" ()")) != 1:
        return False
    near = slice(max(0, match.start() - _AROUND), match.end() + _AROUND)
    return "(1)" in text[near] and "(2)" in text[near]
