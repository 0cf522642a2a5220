"""Ages in turns of phrase: as an answer, in half years, in a subordinate clause, in pairs (`als je zoon 24 is`)."""

import re
from collections.abc import Iterator

from anonymisation.gates import Joint
from anonymisation.patterns import any_of
from anonymisation.recognisers.age_numbers import ADULT, FEW, FIGURES, GROWN, SMALL_ORDINAL, AgeShapes, Shape, Spelling
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
from anonymisation.recognisers.numerals import CARDINALS, HALVES, spelled
from anonymisation.spans import Document

_HALF = rf"(?:\d{{1,2}}[,.]5(?!\d)|\d{{1,2}} en een half|{'|'.join(sorted(HALVES, key=len, reverse=True))})"
_CHILD_SUBJECT = (
    r"(?:(?:hij|ze|zij|die|ik|kind|kindje|kleintje|baby|peuter|kleuter|zoon|zoontje|dochter|dochtertje|jongste|oudste|"
    r"middelste|kleinste|broertje|zusje|kleinzoon|kleindochter|jongetje|meisje|tweeling|neefje|nichtje) "
    r"(?:is|was|wordt|werd)|(?:is|was|wordt|werd) (?:hij|ze|zij))"
)
_YOUNG = rf"(?:[1-9]|1\d|{spelled(CARDINALS, range(2, 20))})"
_SAYS = r"(?:[a-z\d.]{1,14}[.:]\s{1,2}|ik zei:? |(?:\[?\d\d:\d\d\]? )?[a-z]{2,14}: |nou,? |eh,? |bijna |net |al |pas )"
_KIND = any_of(
    "kind kindje kleintje baby peuter kleuter zoon zoontje dochter dochtertje jongen jongetje meisje meid jochie "
    "broertje zusje kleinzoon kleindochter kleinkind achterkleinkind neefje nichtje pleegkind pleegzoon pleegdochter "
    "tweeling"
)
_PAIR = "met z'n tweeën"
"""Of two people who stand just before it: without them such numbers may be anything."""
_TWO = re.compile(
    r"\b(?:ik|wij|we|zij|ze|man|vrouw|moeder|vader|zus|zussen|broer|broers|ouders|echtpaar|stel|allebei|ongehuwd|samen)\b"
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
    ((rf"\b{_CHILD_SUBJECT} (?:nog maar |pas |nu )?een jaar of ({FEW}){CLOSED}"), "jaar of", 0.8),
    ((rf"(?:^|[.!?:\n][ ]?)({FEW}) (?:was|is|werd|wordt) (?:ze|hij|zij|e|ie|ik)\b"), "was ze", 0.85),
    (
        (rf"(?:(?:^|[.:!?] )bijna|\b(?:ben|is)(?: [a-z]{{2,6}})? (?:toch al|nog gin)|, zelf) ({ADULT}){CLOSED}"),
        "bijna",
        0.75,
    ),
    ((rf"\b(?:nog gin|nog geen|noch gjin) (?!18|achttien)({ADULT}) (?:was|is|waren)\b"), "bijna", 0.75),
    (
        (rf"\b(?:is|was)(?: nu| dan)? (?:ze|hij|zij) ({FEW})(?= (?:in plaats|i\.p\.v|ipv|en niet)\b)"),
        "is",
        0.8,
    ),
    (
        (
            rf"\b(?:als|toen|dat|nu|sinds|omdat|terwijl|voordat|tot|wie|die)(?: {OWN}| de)?(?: (?:{KIN}|je|"
            rf"jij|u|iemand|allebei|beiden))? (?!18|21|65|67|achttien)({ADULT}) (?:is|was|werd|wordt|ben|bent|word)\b"
        ),
        "bijzin",
        0.72,
    ),
    ((rf"[a-z], ({GROWN}) en ({GROWN})(?=[.;!]|,(?! ?\d)|$|\n)"), _PAIR, 0.7),
    (
        (
            rf"\b(?:ik|hij|zij|ze|wij|we|man|vrouw|moeder|vader|zus|broer|opa|oma|ouders) (?:zijn|waren|worden|werden)"
            rf"(?: {ADVERB})? ({FEW}) en ({FEW}){NO_UNIT}"
        ),
        "paar",
        0.8,
    ),
    ((rf"(?:^|[.!?] )({GROWN}) en ({GROWN}), (?=[a-z])"), "paar", 0.6),
    (
        (
            rf"\bhoe oud\b[^?\n]{{0,40}}\?\s{{0,3}}{_SAYS}{{0,3}}"
            rf"({_HALF}|{FEW})(?: bijna ({FEW}))?(?![\w%]|[.,:/\-]\d)"
        ),
        "hoe oud",
        0.88,
    ),
    ((rf"\bhoe oud\b[^?\n]{{0,40}}[?\n]\s{{0,2}}{_SAYS}({_HALF}|{FEW})(?![\w%]|[.,:/\-]\d)"), "hoe oud", 0.88),
    (
        (
            rf"\b(?:op|vanaf|sinds|tot|rond|voor|na) {OWN} ({SMALL_ORDINAL}|derde|tweede)(?= (?:werd|begon|leerde|was|"
            r"kon|moest|is|wist|verloor|verhuisde|trouwde|stopte|ging|had|heeft|kwam)\b|[.,;!?)]|$)"
        ),
        "op zijn",
        0.78,
    ),
    (
        (rf"\b(?:de|al) ({ADULT}) (?:gepasseerd|voorbij|gehaald|aangetikt|bereikt|mogen halen)\b"),
        "voorbij",
        0.8,
    ),
    (
        (
            rf"\b(?:kwam|kwamen|ging|trouwde|vertrok|vluchtte|stopte|begon|stierf|overleed)"
            rf"(?: [a-z]{{2,8}})? met ({ADULT})"
            r"(?= (?:uit|naar|al|het huis|getrouwd|van school|in|aan)\b|[.,;])"
        ),
        "met",
        0.75,
    ),
    (
        (
            rf"\b(?:zwangere|tolk|stagiaire?|moeder|cliente?|patiente?|mij|jongere|kok|{SOMEBODY}),?"
            rf" van ({ADULT}){NO_UNIT}"
        ),
        "iemand van",
        0.8,
    ),
    ((r", (\d{1,2} ?jr\.?)(?=[.,;)] |$|\n)"), "jr", 0.7),
    ((r"; (\d{2})(?=; ?[a-z])|/ ?(\d{1,2} ?(?:j|jr))(?= ?/)"), "tabel", 0.6),
    ((rf"[,(] ?(?:allebei|beiden|beide|alle twee) ({FEW})(?=[),;])"), "beiden", 0.75),
    ((rf"\b{_KIND}(?: [a-z'\-]{{2,14}})?[,:] ({_YOUNG})(?=[,;](?! ?\d))"), "kind,", 0.7),
    (
        (rf"\b(?:oudste|jongste|middelste|man|vrouw|zoon|dochter|broer|zus) ({ADULT}){CLOSED}"),
        "kind",
        0.75,
    ),
    (
        (
            rf"(?:^|[.!?,] )({ADULT}) en (?:ze|hij|zij|ik|alleen|blind|doof|fit|gezond|kerngezond|kwiek|vitaal|"
            r"helder|tegen|springlevend)\b(?! (?:\d|half|van))"
        ),
        "getal eerst",
        0.6,
    ),
    (
        (
            rf"(?<!tussen de)(?<!tussen)(?<!na)(?<!over)(?<!elke)(?<!om de)"
            rf" {FIGURES} en ({FIGURES} jaar)(?=[.,;)]|$|\n)"
        ),
        "paar",
        0.65,
    ),
)
IN_FIGURES = AgeShapes.of(TURNS, Spelling.FIGURES, Joint("folded"))
IN_WORDS = AgeShapes.of(TURNS, Spelling.WORDS, Joint("folded"))
"""Read apart from the other ages: all in one would need more states than RE2 may keep."""


def ages_in_turns(doc: Document) -> Iterator[tuple[int, int, str, float]]:
    """Start, end, cue and score of every such age in a document."""
    for match, cue, score in said_of_somebody(doc, IN_FIGURES, IN_WORDS):
        if cue != _PAIR or _TWO.search(doc.folded, max(0, match.start() - 40), match.start() + 2):
            yield from every_group(match, cue, score)
