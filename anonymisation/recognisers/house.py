"""Houses whose street no ending gives away: `op achter de kerk 56`, `laan van meerdervoort 103`, `kluut 54 hs`."""

import re
from collections.abc import Iterable, Sequence

from anonymisation.cues import KIN, STOP
from anonymisation.names import Lists
from anonymisation.recognisers.house_number import NOT_HOUSE, NUMBER, STOPNUM
from anonymisation.recognisers.numerals import CARDINALS, ORDINALS
from anonymisation.spans import Document, Found

THEN = (
    r"(?=[ ]?(?:$|[.,;:)\n?!])|[ ](?:en|of|met|want|maar|is|was|al|te|in|voor|sinds|staat|ligt|woont|zit|waar|dat|die|"
    r"naast|bij|omdat|heeft|toen|graag|klaagt|klagen|komt|kwam)\b)"
)
"""What stands behind an address: nothing that is counted."""
_SMALL = r"(?:op|aan|in|van|naar|bij|over|om|vanaf|an|oan)"
OF = re.compile(
    rf"(?<![\w-])(?:laan|hof|plein|park|singel|kade|pad|brink) van (?:de |het |den |'t )?[a-z'\-]{{3,24}}"
    rf"(?: [a-z'\-]{{3,24}})? {NUMBER}{STOPNUM}{THEN}"
)
BEHIND_TWO = re.compile(
    rf"(?<![\w-])(?:{_SMALL}|adres:?) ((?:achter|aan|op|onder|tussen|in|langs|over|voor|boven|buiten) "
    rf"(?:de|het|'t|den) [a-z'\-]{{3,24}} {NUMBER}){STOPNUM}{THEN}"
)
_HEAD = r"(?:(?:oude|nieuwe|lange|korte|hoge|lage|grote|kleine|kromme|brede|smalle|binnen|buiten) )?"
LETTERED = re.compile(
    rf"(?<![\w-])({_HEAD}[a-z'\-]{{4,28}}) (?:nr\.? )?\d{{1,3}}(?:[ -]?(?P<sure>bis|hs)|[a-g]| i{{2,3}})"
    r"(?![\w/])(?!\.\d)"
)
STRANGE = re.compile(
    rf"(?<![\w-]){_SMALL} (?:(?:de|het|'t|den) )?({_HEAD}[a-z'\-]{{4,28}}) \d{{1,3}}{STOPNUM}(?!\w|[/-]\d){THEN}"
)
ANY_STREET = (OF, BEHIND_TWO, LETTERED, STRANGE)


def houses(doc: Document, lists: Lists, may_match: Sequence[re.Pattern[str]]) -> Iterable[Found]:
    """Addresses that what surrounds the name tells: two prepositions in a row, `van`, or how the number is written."""
    for pattern in may_match:
        for match in pattern.finditer(doc.folded):
            if pattern is BEHIND_TWO:
                yield Found(*match.span(1), "ADDRESS", 0.8, "voorzetsel + nummer")
            elif pattern is OF:
                yield Found(*match.span(), "ADDRESS", 0.8, "laan van")
            elif _may_be_street(match, lists):
                start = match.start(1)
                yield Found(start, match.end(), "ADDRESS", 0.58, "naam + nummer")


def _may_be_street(match: re.Match[str], lists: Lists) -> bool:
    """A word that numbers nothing; an everyday one only before `bis` or `hs`."""
    word = match.group(1).rpartition(" ")[2]
    if any(word in some for some in (STOP, KIN, NOT_HOUSE, CARDINALS, ORDINALS, lists.public)):
        return False
    if "-" in word and (word.rpartition("-")[2] in NOT_HOUSE or word.rpartition("-")[2] in lists.lexicon):
        return False
    if match.re is LETTERED and match["sure"]:
        return True
    return not (lists.is_word(word) or word in lists.places or word in lists.first or word in lists.last)
