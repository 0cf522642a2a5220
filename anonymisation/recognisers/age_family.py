"""Ages said of relatives, in pairs, between commas and as an answer: who it is about stands beside the number."""

import re

from anonymisation.patterns import any_of, compiled
from anonymisation.recognisers.age_patterns import FIGURES
from anonymisation.recognisers.numerals import CARDINALS

_RELATIVE = (
    r"(?:(?:schoon|stief|pleeg|klein|achterklein|half|over|groot)?(?:moeder|vader|ouders|zoon|dochter|kind|broer|zus|"
    r"zusje|broertje|zuster|zoontje|dochtertje)|"
    + any_of(
        "kleintje kleinste baby tweeling twins peuter kleuter puber tiener oudste jongste middelste jongen "
        "jongetje meisje jochie meid knul "
        "man vrouw partner echtgenoot echtgenote vriend vriendin nicht nichtje neef neefje oma opa tante oom zwager "
        "buurman buurvrouw buurjongen buurmeisje collega cliente client patient patiente inwoner inwoonster bewoner "
        "bewoonster mevrouw meneer mw dhr mevr dame heer weduwe weduwnaar mantelzorger jongere leerling pupil ma pa "
        "mem heit moeke omaatje opaatje vrijwilliger stagiair stagiaire cl vr"
    )[3:]
)
_NEARLY = r"(?:(?:bijna|net|pas|ruim|al|inmiddels|intussen|nu|toen|destijds|nog maar|zo'n|nog geen|dik|ver over de) )"
_ADULT = (
    rf"(?:1[3-9]|[2-9]\d|10\d|{'|'.join(sorted((w for w, v in CARDINALS.items() if 12 < v < 112), key=len)[::-1])})"
)
_AGED = rf"(?:[5-9]\d|10\d|{'|'.join(sorted((w for w, v in CARDINALS.items() if 50 < v < 112), key=len)[::-1])})"
"""So many years are somebody's age where fewer are a stretch of time."""
_SAID = rf"(?:{FIGURES}|anderhalf|{'|'.join(sorted((w for w, v in CARDINALS.items() if 3 < v < 112), key=len)[::-1])})"
_WHO = any_of("ik hij ze zij je u hij_zelf mijn_man mijn_vrouw mijn_zoon mijn_dochter mijn_moeder mijn_vader mn_zoon")
_THINGS = (
    r"(?![\w%]|[.,:/\-]\d|[ ]?(?:keer|uur|dagen|weken|maanden|minuten|euro|km|kilo|meter|procent|mensen|personen|maal|"
    r"punten|stuks|kinderen|kleinkinderen|jaar|jaren|jr|januari|februari|maart|april|mei|juni|juli|augustus|september|"
    r"oktober|november|december|jan|feb|mrt|apr|jun|jul|aug|sept|sep|okt|nov|dec)\b)"
)
_CLOSED = r"(?=[,.;!?)](?!\d)|$|\n)"

_ANY_MONTHS = rf"(?:\d{{1,2}}|{'|'.join(sorted((w for w, v in CARDINALS.items() if 1 < v < 40), key=len)[::-1])})"

_MONTHS_OF = any_of(
    "keer uur jaar januari februari maart april mei juni juli augustus september oktober november december"
)
_WHO_OR_WHICH = any_of(
    "hij ze zij kleinste jongste oudste kleine baby zoontje dochtertje zoon dochter kind tweeling kleintje"
)

FAMILY: tuple[tuple[re.Pattern[str], str, float], ...] = (
    (
        compiled(
            rf"\b(?:zijn|waren|worden|werden) {_NEARLY}?(?:allebei|beiden|beide|alle twee|allemaal|alletwee) "
            rf"{_NEARLY}?({_ADULT})(?:,? en ({_ADULT}))?{_THINGS}"
        ),
        "beiden",
        0.85,
    ),
    (
        compiled(
            rf"\b(?:dat|toen|als|omdat|terwijl|nu|sinds|tot|of|voordat|nadat|vanaf) {_WHO} (?!nog geen (?:18|achttien))"
            rf"{_NEARLY}?({_SAID}) "
            r"(?:was|ben|werd|is|word|wordt|bent)\b"
        ),
        "bijzin",
        0.85,
    ),
    (
        compiled(rf"(?<![\w.,:/\-€])({FIGURES}) (?:en|of) {FIGURES} (?:jaar|jr)\b(?! (?:geleden|later|lang|samen))"),
        "paar",
        0.6,
    ),
    (compiled(rf"\b{_RELATIVE}[,:]? ?({FIGURES})(?: en ({FIGURES}))?{_CLOSED}"), "familielid", 0.7),
    (
        compiled(
            rf"\b(?!(?:moeder|vader|ma|pa|oma|opa) van \d\b){_RELATIVE} van {_NEARLY}?({FIGURES}|{_ADULT}){_THINGS}"
        ),
        "familielid van",
        0.85,
    ),
    (
        compiled(rf"(?:^|[.!?:,\n] ?)({_ADULT}) (?:al ?weer|geworden|inmiddels|intussen|destijds|toen)\b"),
        "alweer",
        0.75,
    ),
    (compiled(rf"\b{_RELATIVE}\. ({_ADULT})(?=[,.!?](?!\d))"), "familielid", 0.7),
    (compiled(rf"\b{_RELATIVE} (?:van|is|was) (\d[,.]5)(?![\d%])"), "half", 0.8),
    (
        compiled(
            r"\b(?:kinderen|kids|kindjes|zoons|zonen|dochters|jongens|meisjes|meiden|kleinkinderen|tweeling|pubers|knd|"
            rf"kdn|kk)(?: [a-z]{{2,12}})? ?\(({FIGURES})(?:, ?({FIGURES}))?(?:, ?({FIGURES}))?"
            rf"(?:,? ?(?:en )?({FIGURES}))?\)"
        ),
        "kinderen",
        0.8,
    ),
    (compiled(rf"(?<![\w.,:/\-€])({_SAID}) (?:jaar )?geworden\b"), "geworden", 0.8),
    (
        compiled(
            r"\b(?:toen|sinds|tot|voordat|nadat|omdat|als|nu) (?!het |er |dat |dit |de |een |om )[a-z'\-]{2,14} "
            rf"(?:[a-z'\-]{{2,20}} ){{0,3}}({_SAID}) (?:werd|wordt|word)\b"
        ),
        "bijzin",
        0.75,
    ),
    (
        compiled(rf"\bmet ({_ADULT}) (?:ga|kan|kun|wil|hoef|moet|mag|ben|heb|loop|zit|is|word) (?:je|ik|men|u)\b"),
        "met",
        0.8,
    ),
    (compiled(r"(?<=[a-z]\.)[,)]? ?, (\d{2})(?=[,;)] )"), "na voorletters", 0.65),
    (compiled(r"[(,] ?(?:±|\+/-|ca\.?|circa) ?(\d{2})(?=[,;)])"), "ca.", 0.7),
    (compiled(r"\b(?:sr|jr|moe|va|mw|dhr|cl|vr|man|vrouw|zoon|dtr|zn)\.? ?= ?(\d{1,3})(?=[,.;)]|$)"), "=", 0.75),
    (compiled(rf"(?<![\w.,:/\-€])({_ADULT} ?j)(?=[.,;)]|$| (?:en|man|vrouw)\b)"), "j", 0.7),
    (compiled(r"\b(?:werd|wordt|is) (?:op )?\d{1,2} [a-z]{3,9} (\d{1,2})(?=[,.;!?]| en\b|$)"), "werd op", 0.75),
    (compiled(rf", (?:en )?(?:ik|hij|zij|ze) ({FIGURES}(?: en een half)?)(?=[,.;\n]|$| jaar)"), "en ik", 0.7),
    (compiled(rf"\b(?:en|maar|of) eigenlijk ({_ADULT})(?=[,.;])"), "eigenlijk", 0.7),
    (
        compiled(rf"\b(?:gr|groet|groetjes|liefs|xx?x?)[.,]? [a-z]{{2,15}},? ({_ADULT})(?=[,.;]|$| (?:jaar|uit)\b)"),
        "groet",
        0.7,
    ),
    (
        compiled(
            r"\b(?:die|hij|zij|ze) (?:is|was)(?: nu| toen| pas| net)? (\d{1,2} ?(?:mnd|maanden|weken|wkn))\b"
            r"(?! (?:geleden|weg|ziek|thuis|bezig|opgenomen))"
        ),
        "maanden",
        0.75,
    ),
    (
        compiled(
            rf"\b(?:sinds|toen|tot) [a-z'\-]{{2,14}} (?:pas |net )?"
            rf"({_ANY_MONTHS} (?:maanden|weken|mnd|wkn|dagen)) (?:was|werd)\b"
        ),
        "maanden",
        0.75,
    ),
    (compiled(rf", ({_ADULT}) pas\b"), "pas", 0.7),
    (compiled(r"\bik ben er ([4-9]\d)(?=[,.;!?]|$| en\b)"), "ik ben er", 0.75),
    (
        compiled(rf"(?<![\w])(?:man|vrouw|vr|meneer|mevrouw|mw|dhr|client|cliente) ({_ADULT})(?= [a-z]){_THINGS}"),
        "man",
        0.65,
    ),
    (
        compiled(rf"(?<![\w])(?:ik|zelf|man|vrouw|partner|ma|pa|oma|opa|zoon|dochter)[:=] ?({_ADULT}){_CLOSED}"),
        "man",
        0.75,
    ),
    (
        compiled(
            r"\b(?:toen|sinds|tot) (?!het |er |dat |dit |de |een |om )[a-z'\-]{2,14} (?:net |pas |bijna |nog maar )?"
            rf"({_SAID}) (?:was|werd)\b"
        ),
        "bijzin",
        0.75,
    ),
    (
        compiled(
            r"\b(?:en|maar) (?:ik|hij|zij|ze|zelf|mijn man|mijn vrouw|mijn broer|mijn zus|de ander) "
            rf"({_ADULT}){_CLOSED}"
        ),
        "en ik",
        0.75,
    ),
    (compiled(rf"[,(] ?{_NEARLY}({FIGURES}|{_ADULT})(?=[,)](?!\d))"), "tussen komma's", 0.75),
    (compiled(rf"\(({FIGURES})(?:, ?({FIGURES}))?(?:, ?({FIGURES}))?,? en ({FIGURES})\)"), "haakjes", 0.75),
    (
        compiled(rf"\bleeftijd\b[^?\d]{{0,24}}\?\s{{0,3}}(?:[a-z]{{1,14}}[.:]\s{{1,2}})?({FIGURES}|{_ADULT})(?![\w])"),
        "leeftijd?",
        0.85,
    ),
    (compiled(rf"(?:^|[.!?\n] ?)({_AGED}) (?:jaar|jr)(?=[,.]| en (?!\d))"), "jaar eerst", 0.6),
    (compiled(r"(?:^|\n)(?:[a-z]{1,14}[.:] )?([5-9]\d)[.!](?= |$|\n)(?! ?(?:%|procent))"), "antwoord", 0.55),
    (compiled(rf"(?<![\w.,:/\-])({FIGURES}) lentes\b"), "lentes", 0.8),
    (
        compiled(rf"\b(?!kind ){_RELATIVE},? ([4-9]|[1-9]\d|10\d)(?= (?!{_MONTHS_OF})[a-z]{{3,}}){_THINGS}"),
        "familielid",
        0.65,
    ),
    (
        compiled(rf"\b{_RELATIVE}, ({_ANY_MONTHS} (?:maanden|maand|mnd|weken|wkn))(?=[,.;)])"),
        "maanden",
        0.75,
    ),
    (
        compiled(rf"\b{_WHO_OR_WHICH} ({_ANY_MONTHS} (?:maanden|weken|mnd|wkn|dagen)) (?:oud )?(?:was|werd|is)\b"),
        "maanden",
        0.75,
    ),
    (
        compiled(rf"\b(?:ik|hij|zij|ze) ({_ADULT}), (?:en )?(?:ik|hij|zij|ze|mijn man|mijn vrouw) {_ADULT}{_CLOSED}"),
        "om beurten",
        0.75,
    ),
    (
        compiled(
            rf"\b(?:kinderen|kids|er (?:twee|drie|vier|vijf|zes)): ({FIGURES})(?:, ({FIGURES}))?(?:, ({FIGURES}))?"
            rf" en ({FIGURES}){_THINGS}"
        ),
        "kinderen",
        0.75,
    ),
    (
        compiled(
            r"\b(?:bin|ben|is|bun|was|wordt|word) (?:[a-z']{2,5} ){0,3}"
            r"(tachteg|negenteg|zeuventig|zestug|sechstich|santich|tachtich|njoggentich)(?!\w)"
        ),
        "streektaal",
        0.8,
    ),
)
NAME_OF = re.compile(
    r"(?<![\w.])([A-Z][a-zà-ÿ'\-]{1,15}),? (?:van |nu |toen |is |wordt |bijna |al )(?:bijna |net |pas |nu )?"
    rf"(\d{{1,2}}|{'|'.join(sorted((w for w, v in CARDINALS.items() if 2 < v < 100), key=len)[::-1])})"
    r"(?=[.,;!?)]|$|\n| (?:en|nu|die|doet|gaat|zit|is|heeft|om|moet|mag|kan|wil|woont|slaapt)\b)(?![.,]\d)"
)
"""`Iris van 9`: a name that the lists know, with its age."""
