"""Phone numbers: ten digits from 0, +31 or 0031, foreign numbers from + or 00, and shorter ones after a cue."""

import re
from collections.abc import Iterable

from anonymisation.gates import DIGITS
from anonymisation.spans import Document, Found, Recogniser

_GAP = r"[ .=\-/()]{0,3}"
NATIONAL = re.compile(rf"(?<![\w+])(?<!\d[.\-/])\(?0{_GAP}[1-9](?:{_GAP}\d){{8}}(?!\d)")
DUTCH = re.compile(rf"(?<!\w)(?:\+|00){_GAP}31{_GAP}(?:\(0\))?{_GAP}0?[1-9](?:{_GAP}\d){{8}}(?!\d)")
FOREIGN = re.compile(r"(?<!\w)(?:\+|00)[1-9]\d{0,2}(?:[ .\-/()]{0,2}\d){7,11}(?!\d)")
CUED = re.compile(
    r"\b(?:tel(?:efoon)?|telnr|telefoonnummer|mobiel|mob|06|nul[ -]?zes|doorkiesnummer|nummer is|"
    r"bel(?:len)?(?: naar| op)?|"
    r"bereikbaar op|"
    r"whatsapp|app)(?:\.|nr|nummer)?[ :.]{1,3}(?:is |op |nr\.? )?((?:\d[ .\-]{0,2}){5,9}\d)(?!\d)"
)
MISCOUNTED = re.compile(r"(?<![\w+.\-/])0[1-9]\d{1,2}[ \-]\d{3}[ \-]\d{3,4}(?![\d]|[.\-]\d)")
"""A figure too few or too many, in the groups of a number: `0118 660 4521`."""
INTERNAL = re.compile(r"\b(?:toestel|tst|doorkies|intern)(?:nummer|nr)?[.: ]{1,3}(\d{3,5})(?!\d|[.,]\d)")
PATTERNS = (
    (DUTCH, 0.97, "+31"),
    (NATIONAL, 0.92, "0"),
    (FOREIGN, 0.85, "+"),
    (CUED, 0.75, "tel"),
    (MISCOUNTED, 0.7, "0"),
    (INTERNAL, 0.75, "toestel"),
)
_GATE = DIGITS.gate(pattern for pattern, _, _ in PATTERNS)


class PhoneRecogniser(Recogniser):
    """Private and work numbers of people; 112, 14 040 and 0800/0900 lines are no person's."""

    name = "phone"
    least_figures = 3
    labels = ("PHONE",)

    def find(self, doc: Document) -> Iterable[Found]:
        """Numbers with an opening bracket keep it only when it closes."""
        text = doc.folded
        for number in _GATE.open(doc):
            pattern, score, cue = PATTERNS[number]
            for match in pattern.finditer(text):
                if pattern.groups:
                    yield Found(*match.span(1), "PHONE", score, cue)
                    continue
                start, end = match.span()
                if text[start] == "(" and ")" not in text[start:end]:
                    start += 1
                digits = "".join(c for c in text[start:end] if c.isdigit())
                if not (pattern is NATIONAL and digits.startswith(("0800", "0900", "0906", "0909"))):
                    yield Found(start, end, "PHONE", score, cue)
