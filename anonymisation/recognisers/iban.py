"""Bank account numbers: whole IBANs in any spacing and case, and old Dutch account numbers after a cue."""

import re
from collections.abc import Iterable

from anonymisation.gates import DIGITS
from anonymisation.spans import Document, Found, Recogniser

DUTCH = re.compile(r"(?<![a-z0-9])nl[ .\-]{0,2}\d[ .\-]?\d[ .\-]{0,2}[a-z]{4}(?:[ .\-]{0,2}\d){10}(?!\d)")
_LENGTHS = {
    "ad": 24, "ae": 23, "al": 28, "at": 20, "ba": 20, "be": 16, "bg": 22, "ch": 21, "cy": 28, "cz": 24, "de": 22,
    "dk": 18, "ee": 20, "es": 24, "fi": 18, "fr": 27, "gb": 22, "gr": 27, "hr": 21, "hu": 28, "ie": 22, "is": 26,
    "it": 27, "lt": 20, "lu": 20, "lv": 21, "ma": 28, "mk": 19, "mt": 31, "no": 15, "pl": 28, "pt": 25, "ro": 24,
    "rs": 22, "se": 24, "si": 19, "sk": 24, "tn": 24, "tr": 26, "ua": 29, "xk": 20,
}  # fmt: skip
"""Characters of an IBAN per country. Source: SWIFT, IBAN Registry."""
FOREIGN = re.compile(rf"(?<![a-z0-9])(?:{'|'.join(_LENGTHS)})[ ]?\d{{2}}(?:[ .\-]?[a-z0-9]){{11,27}}")
OLD = re.compile(r"\b(?:bankrekening|rekening|giro|rek)(?:nummer|nr)?\.?[ :]{1,3}(?:is )?(\d(?:[ .]?\d){6,9})(?!\d)")
_GATE = DIGITS.gate([DUTCH, OLD, FOREIGN])


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
        for match in _GATE.finditer(doc):
            if match.re is DUTCH:
                yield Found(*match.span(), "IBAN", 0.99 if passes_mod97(match.group()) else 0.9, "iban")
            elif match.re is OLD:
                yield Found(*match.span(1), "IBAN", 0.8, "rekeningnummer")
            elif end := _end_of_foreign(match):
                yield Found(match.start(), end, "IBAN", 0.97, "iban")


def _end_of_foreign(match: re.Match[str]) -> int:
    """Where the number ends that has the length of its country and passes the check; 0 when none does."""
    counted = [match.start() + at for at, character in enumerate(match.group()) if character.isalnum()]
    length = _LENGTHS[match.group()[:2]]
    if len(counted) < length:
        return 0
    end = counted[length - 1] + 1
    if sum(match.string[at].isdigit() for at in counted[:length]) * 2 < length:
        return 0  # `is 10 juni door ...`: a sentence, of which one in 97 passes the check
    return end if passes_mod97(match.string[match.start() : end]) else 0
