"""Phone numbers: ten digits from 0, +31 or 0031, foreign numbers from + or 00, and those that are oddly written."""

import re
from collections.abc import Iterable

from anonymisation.gates import DIGITS
from anonymisation.spans import Document, Found, Recogniser

_GAP = r"[ .=\-/()]{0,3}"
NATIONAL = re.compile(rf"(?<![\w+])(?<!\d[.\-/])\(?0{_GAP}[1-9](?:{_GAP}\d){{8}}(?!\d)")
DUTCH = re.compile(rf"(?<!\w)(?:\+|00|plus ){_GAP}31{_GAP}(?:\(0\))?{_GAP}0?[1-9](?:{_GAP}\d){{8}}(?!\d)")
FOREIGN = re.compile(r"(?<!\w)(?:\+|00)[1-9]\d{0,2}(?:[ .\-/()]{0,2}\d){7,11}(?!\d)")
CUED = re.compile(
    r"\b(?:tel(?:efoon)?|telnr|telefoonnummer|mobiel|mob|06|nul[ -]?zes|doorkiesnummer|nummer is|"
    r"bel(?:len)?(?: naar| op)?|"
    r"bereikbaar op|"
    r"whatsapp|app)(?:\.|nr|nummer)?[ :.]{1,3}(?:is |op |nr\.? )?((?:\d[ .\-]{0,2}){5,9}\d)(?!\d)"
)
MISCOUNTED = re.compile(r"(?<![\w+.\-/])0[1-9]\d{1,2}[ \-]\d{3}[ \-]\d{3,4}(?![\d]|[.\-]\d)")
"""A figure too few or too many, in the groups of a number: `0118 660 4521`."""
_ODD = r" ?(?:[,;:|*·_=]|\.{2,3}|…) ?"
_BETWEEN = rf"(?:{_ODD}|[ .\-/]{{1,2}})?"
_EIGHT = rf"\d(?:{_BETWEEN}[\do]){{5,7}}{_BETWEEN}\d(?!\w)"
ODD = re.compile(
    rf"(?<![\w+.\-/])(?:(?:nul[ \-]?zes|o6)(?:{_ODD}|[ .\-/(\"']{{0,3}})|"
    rf"(?:06|nul[ \-]?zes)(?:{_ODD}|\n|[ \-]?nummer(?: is)?:? |,? en dan |[ ]?[\"'] ?)){_EIGHT}"
)
"""`06, 12 34 56 78`, `nul zes 12345678`, `o6-12345678`, `06-nummer is 12345678`."""
ODD_AREA = re.compile(rf"(?<![\w+.\-/])0[1-9]\d{{1,2}}{_ODD}(?:\d[ .\-]?){{5,6}}\d(?!\d)")
UNEVEN = re.compile(r"(?<![\w+.\-/])06[ \-](?:\d{2}[ \-]){2}(?:\d{3}|\d{2}[ \-]\d{3})(?!\d|[.\-/]\d)")
"""A figure too few or too many behind 06: `06 12 34 567`, `06-12-34-56-789`."""
WITHOUT_ZERO = re.compile(
    r"(?<![\w+.,:\-/])(?:31[ .\-]?(?:\(0\) ?)?6[ .\-]?(?:\d[ .\-]?){7}\d|"
    r"6[ .\-](?:\d{2}(?:[ .\-]\d{2}){3}|\d{4}[ .\-]\d{4}))(?!\d|[.,\-/]\d)"
)
"""`31 6 12345678`, `6 12 34 56 78`."""
INTERNAL = re.compile(r"\b(?:toestel|tst|doorkies|intern)(?:nummer|nr)?[.: ]{1,3}(\d{3,5})(?!\d|[.,]\d)")
PATTERNS = (
    (DUTCH, 0.97, "+31"),
    (NATIONAL, 0.92, "0"),
    (FOREIGN, 0.85, "+"),
    (CUED, 0.75, "tel"),
    (MISCOUNTED, 0.7, "0"),
    (ODD, 0.8, "06"),
    (ODD_AREA, 0.7, "0"),
    (UNEVEN, 0.7, "06"),
    (WITHOUT_ZERO, 0.7, "6"),
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
