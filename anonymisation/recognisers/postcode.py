"""Postcodes: four digits and two letters; in lower case the letters may not be a small word."""

import re
from collections.abc import Iterable

from anonymisation.gates import DIGITS
from anonymisation.spans import Document, Found, Recogniser
from anonymisation.wordset import words

POSTCODE = re.compile(r"(?<![\w])(?<!\d[.,\-/])[1-9]\d{3}(?:[ ]{0,2}|-|\.)[a-z]{2}(?!\w)")
WITH_NUMBER = re.compile(
    r"(?<![\w])([1-9]\d{3}[ ]{0,2}[a-z]{2})(?:[ ]?,?[ ]?(?:nummer|huisnummer|nr\.?|huisnr\.?|no\.?)[ ]?|"
    r"[ ]?[,\-/]?[ ]?)\d{1,4}"
    r"(?:[ ]?-?(?:[a-h]|bis|hs|rd|zw)\b)?(?![\d:,.]\d|\w|[ ]?(?:uur|euro|jaar|keer|x\b|%|weken|dagen|maanden))"
)
_GATE = DIGITS.gate([WITH_NUMBER, POSTCODE])
_WORDS = words(
    "gr kg mg ml cl km cm mm kw cc st pk mb gb "
    "in en op de is of al om te we ze ik he je zo na af ja er nu uw me ha oh ok et um du wo di ma do vr za dd ca eu jr"
)
_CUE = re.compile(r"postcode|\bpc\b|\b[a-z.]{3,30} \d{1,4}[ ]?[a-h]?,?[ ]$")
"""What says that `5931 GB` is no amount: the word itself, or a street with its number right before it."""


class PostcodeRecogniser(Recogniser):
    """`1234 AB`; together with a house number it points at one front door and is an ADDRESS."""

    name = "postcode"
    least_figures = 4
    labels = ("POSTCODE", "ADDRESS")

    def find(self, doc: Document) -> Iterable[Found]:
        """Postcodes, and postcode with house number as one find."""
        for match in _GATE.finditer(doc):
            if not self._fits(doc, *match.span(match.re.groups)):
                continue
            if match.re is WITH_NUMBER:
                yield Found(*match.span(), "ADDRESS", 0.9, "postcode + nummer")
            else:
                yield Found(*match.span(), "POSTCODE", 0.9, "1234 AB")

    def _fits(self, doc: Document, start: int, end: int) -> bool:
        letters = doc.text[end - 2 : end]
        if letters.lower() not in _WORDS:
            return True
        return (letters.isupper() and not doc.text.isupper()) or bool(
            _CUE.search(doc.folded, max(0, start - 40), start)
        )
