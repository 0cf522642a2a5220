"""How an age is written: patterns hold marks such as `<adult>`, read as figures only, or as words too."""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from anonymisation.gates import Joint, Part
from anonymisation.patterns import Later
from anonymisation.recognisers.numerals import CARDINALS, ORDINALS, spelled
from anonymisation.spans import Document

Shape = tuple[str, str, float]
"""Source with marks, cue and score; of one without a unit every group is an age."""
FIGURES = r"(?:1[01]\d|[1-9]?\d)"
GROWN = r"(?:1[3-9]|[2-9]\d|10\d)"
COMPOUND = r"[a-z]{2,12}(?:dagen|weken|maanden|uren|minuten|plaatsen)"
"""Things counted in one word: `dertig werkdagen`."""
NUMBER, ORDINAL, ALONE = "<number>", "<ordinal>", "<alone>"
FEW, ADULT, AGED, SAID, MONTHS = "<few>", "<adult>", "<aged>", "<said>", "<months>"
GROWN_ORDINAL, SMALL_ORDINAL = "<grown ordinal>", "<small ordinal>"
_MARK = re.compile(r"<[a-z ]+>")
_COUNTED = r"[ ]?(?:e|ste|de)"
_MARKS = {
    NUMBER: (FIGURES, CARDINALS, range(2, 120)),
    ORDINAL: (FIGURES + _COUNTED, ORDINALS, range(6, 120)),
    FEW: (FIGURES, CARDINALS, range(2, 112)),
    ADULT: (GROWN, CARDINALS, range(13, 112)),
    AGED: (r"[5-9]\d|10\d", CARDINALS, range(51, 112)),
    SAID: (FIGURES + "|anderhalf", CARDINALS, range(4, 112)),
    MONTHS: (r"\d{1,2}", CARDINALS, range(2, 40)),
    GROWN_ORDINAL: (GROWN + _COUNTED, ORDINALS, range(13, 112)),
    SMALL_ORDINAL: (FIGURES + _COUNTED, ORDINALS, range(4, 112)),
    ALONE: ("", CARDINALS, [value for value in range(21, 120) if value % 10]),
}
"""In figures, and the number words and values beside them; `<alone>` may be a whole sentence, in words only."""


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
