"""Burgerservicenummers: nine digits that pass the eleven-test, with or without separators."""

import re
from collections.abc import Iterable

from anonymisation.gates import DIGITS
from anonymisation.spans import Document, Found, Recogniser

NINE = re.compile(r"(?<![\d,])(?<!\d[.\-/])\d(?:[ .\-]{0,2}\d){7,8}(?![\d])")
_NINE = DIGITS.gate([NINE])
CUE = re.compile(r"\b(?:bsn|burgerservice|sofi|burger service)")


def passes_elfproef(digits: str) -> bool:
    """Eleven-test of the BSN: 9..2 and -1 times the digits, sum divisible by 11.

    Source: Logisch Ontwerp BSN (RvIG).
    """
    if len(digits) != 9 or not digits.isdigit() or digits == "000000000":
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(w * int(d) for w, d in zip(weights, digits, strict=True)) % 11 == 0


class BsnRecogniser(Recogniser):
    """A pass without context is masked; a cue makes it certain; a cue with a typing error is masked too."""

    name = "bsn"
    least_figures = 8
    labels = ("BSN",)

    def find(self, doc: Document) -> Iterable[Found]:
        """Nine digits (eight when the leading zero was left out and a cue stands in front)."""
        text = doc.folded
        for match in _NINE.finditer(doc):
            digits = "".join(c for c in match.group() if c.isdigit())
            cue = bool(CUE.search(text, max(0, match.start() - 60), match.start()))
            passes = passes_elfproef(digits.zfill(9)) and (len(digits) == 9 or cue)
            if passes:
                yield Found(*match.span(), "BSN", 0.97 if cue else 0.82, "bsn" if cue else "elfproef")
            elif cue and len(digits) in (8, 9):
                yield Found(*match.span(), "BSN", 0.85, "bsn, elfproef fails")
