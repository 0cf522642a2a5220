"""Ages in turns of phrase: as an answer, in half years, in a subordinate clause, in pairs (`als je zoon 24 is`).

Only forms that come again in texts of several writers; what one writer wrote once is left to the name finder.
"""

from collections.abc import Iterator

from anonymisation.gates import AGES, SPOKEN_AGES
from anonymisation.patterns import any_of
from anonymisation.recognisers.age_answers import ANSWERS
from anonymisation.recognisers.age_numbers import ADULT, FEW, SMALL_ORDINAL, AgeShapes, Shape, Spelling
from anonymisation.recognisers.age_patterns import KIN
from anonymisation.recognisers.age_sentences import (
    ADVERB,
    CLOSED,
    NO_UNIT,
    OWN,
    SOMEBODY,
    every_group,
    said_of_somebody,
)
from anonymisation.recognisers.numerals import HALVES
from anonymisation.spans import Document

_HALF = rf"(?:\d{{1,2}}[,.]5(?!\d)|\d{{1,2}} en een half|{'|'.join(sorted(HALVES, key=len, reverse=True))})"
_CHILD_SUBJECT = (
    r"(?:(?:hij|ze|zij|die|ik|kind|kindje|kleintje|baby|peuter|kleuter|zoon|zoontje|dochter|dochtertje|jongste|oudste|"
    r"middelste|kleinste|broertje|zusje|kleinzoon|kleindochter|jongetje|meisje|tweeling|neefje|nichtje) "
    r"(?:is|was|wordt|werd)|(?:is|was|wordt|werd) (?:hij|ze|zij))"
)
_SAYS = r"(?:[a-z\d.]{1,14}[.:]\s{1,2}|ik zei:? |(?:\[?\d\d:\d\d\]? )?[a-z]{2,14}: |nou,? |eh,? |bijna |net |al |pas )"
_SHORT_UNIT = "(?: (?:maanden|mnd|weken|wkn|dagen))?"
_KIND = any_of(
    "kind kindje kleintje baby peuter kleuter zoon zoontje dochter dochtertje jongen jongetje meisje meid jochie "
    "broertje zusje kleinzoon kleindochter kleinkind achterkleinkind neefje nichtje pleegkind pleegzoon pleegdochter "
    "tweeling"
)

TURNS: tuple[Shape, ...] = (
    (
        (
            rf"\b{_CHILD_SUBJECT}(?: {ADVERB}){{0,2}} (twee|drie|{_HALF})(?:{CLOSED}|(?= (?:en|toen|geworden|maar)\b"
            r"(?! (?:een half|half|twee|drie))))"
        ),
        "is",
        0.8,
    ),
    ((rf"\b{_KIND}(?: [a-z'\-]{{2,14}})? van ({_HALF})(?:{CLOSED}|(?= (?:jaar|en|die|dat)\b))"), "van", 0.8),
    (rf"(?:^|[.!?:\n][ ]?)({FEW}) (?:was|is|werd|wordt) (?:ze|hij|zij|ik)\b", "was ze", 0.85),
    (
        (
            rf"\b(?:als|toen|dat|nu|sinds|omdat|terwijl|voordat|tot|wie|die)(?: {OWN}| de)?(?: (?:{KIN}|je|"
            rf"jij|u|iemand|allebei|beiden))? (?!18|21|65|67|achttien)({ADULT}) (?:is|was|werd|wordt|ben|bent|word)\b"
        ),
        "bijzin",
        0.72,
    ),
    (
        (
            rf"\b(?:ik|hij|zij|ze|wij|we|man|vrouw|moeder|vader|zus|broer|opa|oma|ouders) (?:zijn|waren|worden|werden)"
            rf"(?: {ADVERB})? ({FEW}) en ({FEW}){NO_UNIT}"
        ),
        "paar",
        0.8,
    ),
    (
        rf"\bhoe oud\b[^?\n]{{0,40}}[?\n]\s{{0,3}}{_SAYS}{{0,3}}({_HALF}|{FEW}{_SHORT_UNIT})(?![\w%]|[.,:/\-]\d)",
        "hoe oud",
        0.88,
    ),
    (
        (
            rf"\b(?:op|vanaf|sinds|tot|rond|voor|na) {OWN} ({SMALL_ORDINAL}|derde|tweede)(?= (?:werd|begon|leerde|was|"
            r"kon|moest|is|wist|verloor|verhuisde|trouwde|stopte|ging|had|heeft|kwam)\b|[.,;!?)]|$)"
        ),
        "op zijn",
        0.78,
    ),
    (
        (rf"\b(?:moeder|cliente?|patiente?|jongere|stagiaire?|{SOMEBODY}),? van ({ADULT}){NO_UNIT}"),
        "iemand van",
        0.8,
    ),
)
EVERY = TURNS + ANSWERS
IN_FIGURES = AgeShapes.of(EVERY, Spelling.FIGURES, AGES)
IN_WORDS = AgeShapes.of(EVERY, Spelling.WORDS, SPOKEN_AGES)


def ages_in_turns(doc: Document) -> Iterator[tuple[int, int, str, float]]:
    """Start, end, cue and score of every such age in a document."""
    for match, cue, score in said_of_somebody(doc, IN_FIGURES, IN_WORDS):
        yield from every_group(match, cue, score)
