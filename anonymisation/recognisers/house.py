"""Houses whose street no ending gives away: `op achter de kerk 56`, `laan van meerdervoort 103`, `kluut 54 hs`."""

import re
from collections.abc import Iterable, Sequence

from anonymisation.cues import KIN, STOP
from anonymisation.names import Lists
from anonymisation.recognisers.house_number import NOT_HOUSE, NUMBER, NUMBERS_THINGS, STOPNUM
from anonymisation.recognisers.numerals import CARDINALS, ORDINALS
from anonymisation.recognisers.street import NO_LEAD
from anonymisation.spans import Document, Found
from anonymisation.wordset import words

THEN = (
    r"(?=[ ]?(?:$|[.,;:)\n?!])|[ ](?:en|of|met|want|maar|is|was|al|te|in|voor|sinds|staat|ligt|woont|zit|waar|dat|die|"
    r"naast|bij|omdat|heeft|toen|graag|klaagt|klagen|komt|kwam)\b)"
)
"""What stands behind an address: nothing that is counted."""
_SMALL = r"(?:op|aan|in|van|naar|bij|over|om|vanaf|an|oan|voor|langs|tegenover)"
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
    rf"(?<![\w-])(?P<where>{_SMALL}) (?:(?:de|het|'t|den) )?({_HEAD}[a-z'\-]{{4,28}}) (?P<number>\d{{1,3}}[a-h]?)"
    rf"{STOPNUM}(?!\w|[/-]\d){THEN}"
)
ANY_STREET = (OF, BEHIND_TWO, LETTERED, STRANGE)
_NAME = {LETTERED: 1, STRANGE: 2}
"""The group that holds the name."""
_NEVER = words(
    "station centrum stelling moeders vaders zusters jeugdzorg gezondheidszorg informatie spoed werken zaken namen "
    "afslag anderen jongeren ouderen bestuur commissie instituut inspectie stichting partij regering kennis hoger "
    "lager meer krap extra index records database contant laatste vier four statistiek"
)
"""Names too, but oftener what people talk of."""


def houses(doc: Document, lists: Lists, may_match: Sequence[re.Pattern[str]]) -> Iterable[Found]:
    """Addresses that what surrounds the name tells: two prepositions in a row, `van`, or how the number is written."""
    for pattern in may_match:
        for match in pattern.finditer(doc.folded):
            if pattern is BEHIND_TWO:
                yield Found(*match.span(1), "ADDRESS", 0.8, "voorzetsel + nummer")
            elif pattern is OF:
                yield Found(*match.span(), "ADDRESS", 0.8, "laan van")
            elif _may_be_street(match, lists):
                start = match.start(_NAME[pattern])
                yield Found(start, match.end(), "ADDRESS", 0.58, "naam + nummer")


def _may_be_street(match: re.Match[str], lists: Lists) -> bool:
    """A word that numbers nothing; an everyday one before `bis` or `hs`, or behind where somebody may live."""
    word = match.group(_NAME[match.re]).rpartition(" ")[2].strip("'-")
    if numbers_no_house(word, lists):
        return False
    if match.re is LETTERED and match["sure"]:
        return True
    if word in lists.first or word in lists.last:
        return False
    if match.re is STRANGE and len(match["number"]) > 1 and match["where"] not in ("in", "om", "over"):
        return streets_may_be_called(word, lists) and word not in lists.places
    return not (lists.is_word(word) or word in lists.places)


def streets_may_be_called(word: str, lists: Lists) -> bool:
    """No Dutch word, or one that is a name too, as birds, plants and trades are (`kluut`, `zilverschoon`)."""
    if word in NO_LEAD or word in _NEVER:
        return False
    return not lists.is_word(word) or (word in lists.lexicon and word in lists.proper)


def numbers_no_house(word: str, lists: Lists) -> bool:
    """Does this word number, count or measure something, so that the number behind it is no house?"""
    if any(word in some for some in (STOP, KIN, NOT_HOUSE, CARDINALS, ORDINALS, lists.public)):
        return True
    last = word.rpartition("-")[2]
    return word.endswith(NUMBERS_THINGS) or (last != word and (last in NOT_HOUSE or last in lists.lexicon))
