"""Bank account numbers: whole IBANs in any spacing and case, and old Dutch account numbers after a cue."""

import re
from collections.abc import Iterable

from anonymisation.spans import Document, Found, Recogniser

DUTCH = re.compile(r"(?<![a-z0-9])nl[ .\-]{0,2}\d[ .\-]?\d[ .\-]{0,2}[a-z]{4}(?:[ .\-]{0,2}\d){10}(?!\d)")
FOREIGN = re.compile(
    r"(?<![a-z0-9])(?:be|de|fr|es|pl|ro|bg|tr|gb|it|pt|"
    r"lt)\d{2}(?:[ ]?[a-z0-9]{4}){2,7}(?:[ ]?[a-z0-9]{1,3})?(?![a-z0-9])"
)
_DUTCH_FIGURES = 7
OLD = re.compile(r"\b(?:bankrekening|rekening|giro|rek)(?:nummer|nr)?\.?[ :]{1,3}(?:is )?(\d(?:[ .]?\d){6,9})(?!\d)")


def passes_mod97(iban: str) -> bool:
    """Remainder 1 of the rearranged number modulo 97. Source: ISO 13616-1, ISO/IEC 7064."""
    plain = "".join(c for c in iban.upper() if c.isalnum())
    if not (15 <= len(plain) <= 34 and plain.isascii()):
        return False
    return int("".join(str(int(c, 36)) for c in plain[4:] + plain[:4])) % 97 == 1


class IbanRecogniser(Recogniser):
    """Dutch shape is enough to mask (people mistype a digit); other countries must pass the check."""

    name = "iban"
    least_figures = 2
    labels = ("IBAN",)

    def find(self, doc: Document) -> Iterable[Found]:
        """IBANs and account numbers."""
        text = doc.folded
        if doc.figures >= _DUTCH_FIGURES:
            yield from _dutch(text)
        for match in FOREIGN.finditer(text):
            if passes_mod97(match.group()):
                yield Found(*match.span(), "IBAN", 0.97, "iban")


def _dutch(text: str) -> Iterable[Found]:
    for match in DUTCH.finditer(text):
        yield Found(*match.span(), "IBAN", 0.99 if passes_mod97(match.group()) else 0.9, "iban")
    for match in OLD.finditer(text):
        yield Found(*match.span(1), "IBAN", 0.8, "rekeningnummer")
