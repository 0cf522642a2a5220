"""How an age is written: patterns hold marks such as `<adult>`, read as figures only, or as words too."""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from anonymisation.gates import Joint, Part
from anonymisation.patterns import Later
from anonymisation.reading import words_of
from anonymisation.recognisers.counted import around_counts
from anonymisation.recognisers.numerals import CARDINALS, DIALECT, HALVES, ORDINALS, spelled
from anonymisation.spans import Awaited, Document

Shape = tuple[str, str, float]
"""Source with marks, cue and score; every group is an age."""
FIGURES = r"(?:1[01]\d|[1-9]?\d)"
GROWN = r"(?:1[3-9]|[2-9]\d|10\d)"
NUMBER, MANY, SAID, ADULT, AGED = "<number>", "<many>", "<said>", "<adult>", "<aged>"
MONTHS, ALONE = "<months>", "<alone>"
ORDINAL, GROWN_ORDINAL = "<ordinal>", "<grown ordinal>"
HALF = (
    rf"(?:\d{{1,2}}[,.]5(?!\d)|\d{{1,2}}(?: ?½| 1/2)|{NUMBER}[ -]en[ -]een[ -]half|"
    rf"{'|'.join(sorted(HALVES, key=len, reverse=True))})"
)
_MARK = re.compile(r"<[a-z ]+>")
_COUNTED = r"[ ]?(?:e|ste|de)"
_MARKS = {
    NUMBER: (FIGURES, CARDINALS, range(2, 120)),
    MANY: (FIGURES, CARDINALS, range(13, 120)),
    SAID: (FIGURES, CARDINALS, range(4, 112)),
    ADULT: (GROWN, CARDINALS, range(13, 112)),
    AGED: (r"[5-9]\d|10\d", CARDINALS, range(51, 112)),
    MONTHS: (r"\d{1,2}", CARDINALS, range(2, 40)),
    ORDINAL: (FIGURES + _COUNTED, ORDINALS, range(4, 112)),
    GROWN_ORDINAL: (GROWN + _COUNTED, ORDINALS, range(13, 112)),
    ALONE: ("", CARDINALS, [value for value in range(21, 120) if value % 10]),
}
"""In figures, and the number words and values beside them.

Small words by themselves (`mijn twee`) are seldom an age: `<many>` leaves them out, `<said>` the smallest.
`<alone>` may be a whole sentence, in words only.
"""
AGED_WORDS = frozenset(
    word + "jarig" + end for word, value in CARDINALS.items() if value > 1 for end in ("", "e", "en")
)
NUMBER_WORDS = (
    frozenset(w for table in (CARDINALS, ORDINALS) for w, v in table.items() if v > 1)
    | AGED_WORDS
    | HALVES.keys()
    | DIALECT
)
"""A text without any of these and without figures holds no age."""
_SAID = Awaited(NUMBER_WORDS)


def number_words(doc: Document) -> frozenset[str]:
    """Those that a document holds."""
    return _SAID.of(doc)


def says_number(doc: Document) -> bool:
    """Is there a number in words that does not merely count things (`drie keer`)?"""
    numbers = number_words(doc)
    if not numbers:
        return False
    kept = around_counts(doc.folded, numbers)
    return not NUMBER_WORDS.isdisjoint(words_of(" ".join(doc.folded[start:end] for start, end in kept)))


class Spelling(Enum):
    """What stands in the place of a mark."""

    FIGURES = "figures"
    WORDS = "words"

    def write(self, source: str) -> str:
        """A pattern without marks."""
        return _MARK.sub(lambda mark: self._of(*_MARKS[mark.group()]), source)

    def _of(self, figures: str, table: dict[str, int], values: Container[int]) -> str:
        words = spelled(table, values) if self is Spelling.WORDS else ""
        return f"(?:{'|'.join(filter(None, (figures, words)))})"


@dataclass(frozen=True)
class AgeShapes:
    """(pattern, cue, score) in one spelling; a pattern is compiled when its gate first opens."""

    every: tuple[tuple[Later, str, float], ...]
    gate: Part

    @classmethod
    def of(cls, table: Sequence[Shape], spelling: Spelling, joint: Joint) -> "AgeShapes":
        """joint: what they are read with."""
        if spelling is Spelling.FIGURES:
            table = [shape for shape in table if ALONE not in shape[0]]
        every = tuple((Later(spelling.write(source)), cue, score) for source, cue, score in table)
        return cls(every, joint.gate(pattern for pattern, _, _ in every))

    def that_may_match(self, doc: Document) -> Iterator[tuple[Later, str, float]]:
        """Those that the gate does not close."""
        return (self.every[number] for number in self.gate.open(doc))
