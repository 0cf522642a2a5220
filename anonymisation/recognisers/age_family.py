"""Ages said of relatives, in pairs, between commas and as an answer: who it is about stands beside the number."""

from anonymisation.patterns import any_of
from anonymisation.recognisers.age_numbers import ADULT, AGED, FIGURES, MONTHS, SAID, Shape

_RELATIVE = (
    r"(?:(?:schoon|stief|pleeg|klein|achterklein|half|over|groot)?(?:moeder|vader|ouders|zoon|dochter|kind|broer|zus|"
    r"zusje|broertje|zuster|zoontje|dochtertje)|"
    + any_of(
        "kleintje kleinste baby tweeling twins peuter kleuter puber tiener oudste jongste middelste jongen "
        "jongetje meisje jochie meid knul "
        "man vrouw partner echtgenoot echtgenote vriend vriendin nicht nichtje neef neefje oma opa tante oom zwager "
        "buurman buurvrouw buurjongen buurmeisje collega cliente client patient patiente inwoner inwoonster bewoner "
        "bewoonster dreumes student studente scholier scholiere statushouder mdr vdr dtr "
        "mevrouw meneer mw dhr mevr dame heer weduwe weduwnaar mantelzorger jongere leerling pupil ma pa "
        "mem heit moeke omaatje opaatje vrijwilliger stagiair stagiaire cl vr"
    )[3:]
)
_NEARLY = r"(?:(?:bijna|net|pas|ruim|al|inmiddels|intussen|nu|toen|destijds|nog maar|zo'n|nog geen|dik|ver over de) )"
_WHO = any_of("ik hij ze zij je u hij_zelf mijn_man mijn_vrouw mijn_zoon mijn_dochter mijn_moeder mijn_vader mn_zoon")
_THINGS = (
    r"(?![\w%]|[.,:/\-]\d|[ ]?(?:keer|uur|dagen|weken|maanden|minuten|euro|km|kilo|meter|procent|mensen|personen|maal|"
    r"punten|stuks|kinderen|kleinkinderen|jaar|jaren|jr|januari|februari|maart|april|mei|juni|juli|augustus|september|"
    r"oktober|november|december|jan|feb|mrt|apr|jun|jul|aug|sept|sep|okt|nov|dec)\b)"
)
_CLOSED = r"(?=[,.;!?)](?!\d)|$|\n| ?[/|])"

_MONTH_NAMES = any_of(
    "januari februari maart april mei juni juli augustus september oktober november december jan feb mrt apr jun jul "
    "aug sep sept okt nov dec"
)
_MONTHS_OF = any_of(
    "keer uur jaar januari februari maart april mei juni juli augustus september oktober november december"
)
_WHO_OR_WHICH = any_of(
    "hij ze zij kleinste jongste oudste kleine baby zoontje dochtertje zoon dochter kind tweeling kleintje"
)

_NUMBERED_HELPER = r"(?:vrijwilliger|cliente?|bewoner|inwoner|collega|leerling) \d\b"

FAMILY: tuple[Shape, ...] = (
    (
        (
            rf"\b(?:zijn|waren|worden|werden) {_NEARLY}?(?:allebei|beiden|beide|alle twee|allemaal|alletwee) "
            rf"{_NEARLY}?({ADULT})(?:,? en ({ADULT}))?{_THINGS}"
        ),
        "beiden",
        0.85,
    ),
    (
        (
            rf"\b(?:dat|toen|als|omdat|terwijl|nu|sinds|tot|of|voordat|nadat|vanaf) {_WHO} (?!nog geen (?:18|achttien))"
            rf"{_NEARLY}?({SAID}) "
            r"(?:was|ben|werd|is|word|wordt|bent)\b"
        ),
        "bijzin",
        0.85,
    ),
    (
        rf"(?<![\w.,:/\-€])({FIGURES}) (?:en|of) {FIGURES} (?:jaar|jr)\b(?! (?:geleden|later|lang|samen))",
        "paar",
        0.6,
    ),
    (rf"\b{_RELATIVE}[,:]? ?({FIGURES})(?: en ({FIGURES}))?{_CLOSED}", "familielid", 0.7),
    (
        rf"\b(?!(?:moeder|vader|ma|pa|oma|opa) van \d\b){_RELATIVE} van {_NEARLY}?({FIGURES}|{ADULT}){_THINGS}",
        "familielid van",
        0.85,
    ),
    (
        rf"(?:^|[.!?:,\n] ?)({ADULT}) (?:al ?weer|geworden|inmiddels|intussen|destijds|toen)\b",
        "alweer",
        0.75,
    ),
    (rf"\b{_RELATIVE}\. ({ADULT})(?=[,.!?](?!\d))", "familielid", 0.7),
    (rf"\b{_RELATIVE} (?:van|is|was) (\d[,.]5)(?![\d%])", "half", 0.8),
    (
        (
            r"\b(?:kinderen|kids|kindjes|zoons|zonen|dochters|jongens|meisjes|meiden|kleinkinderen|tweeling|pubers|knd|"
            rf"kdn|kk)(?: [a-z]{{2,12}})? ?\(({FIGURES})(?:, ?({FIGURES}))?(?:, ?({FIGURES}))?"
            rf"(?:,? ?(?:en )?({FIGURES}))?\)"
        ),
        "kinderen",
        0.8,
    ),
    (rf"(?<![\w.,:/\-€])({SAID}) (?:jaar )?geworden\b", "geworden", 0.8),
    (
        (
            r"\b(?:toen|sinds|tot|voordat|nadat|omdat|als|nu) (?!het |er |dat |dit |de |een |om )[a-z'\-]{2,14} "
            rf"(?:[a-z'\-]{{2,20}} ){{0,3}}({SAID}) (?:werd|wordt|word)\b"
        ),
        "bijzin",
        0.75,
    ),
    (
        rf"\bmet ({ADULT}) (?:ga|kan|kun|wil|hoef|moet|mag|ben|heb|loop|zit|is|word|ging|moest|kwam|kreeg|werd|was|"
        r"begon|stond|had|verliet|trouwde) (?:je|ik|men|u|hij|zij|ze)\b",
        "met",
        0.8,
    ),
    (r"(?<=[a-z]\.)[,)]? ?, (\d{2})(?=[,;)] )", "na voorletters", 0.65),
    (r"[(,] ?(?:±|\+/-|ca\.?|circa) ?(\d{2})(?=[,;)])", "ca.", 0.7),
    (
        r"\b(?:sr|jr|moe|va|mw|dhr|cl|vr|man|vrouw|zoon|dochter|moeder|vader|dtr|zn)\.? ?= ?(\d{1,3})(?=[,.;)]|$)",
        "=",
        0.75,
    ),
    (rf"(?<![\w.,:/\-€])({ADULT} ?j)(?=[.,;)]|$| (?:en|man|vrouw)\b)", "j", 0.7),
    (rf"\b(?:werd|wordt|is) (?:op )?\d{{1,2}} {_MONTH_NAMES} (\d{{1,2}})(?=[,.;!?]| en\b|$)", "werd op", 0.75),
    (rf", (?:en )?(?:ik|hij|zij|ze) ({FIGURES}(?: en een half)?)(?=[,.;\n]|$| jaar)", "en ik", 0.7),
    (rf"\b(?:en|maar|of) eigenlijk ({ADULT})(?=[,.;])", "eigenlijk", 0.7),
    (
        rf"\b(?:gr|groet|groetjes|liefs|xx?x?)[.,]? [a-z]{{2,15}},? ({ADULT})(?=[,.;]|$| (?:jaar|uit)\b)",
        "groet",
        0.7,
    ),
    (
        (
            r"\b(?:die|hij|zij|ze) (?:is|was)(?: nu| toen| pas| net)? (\d{1,2} ?(?:mnd|maanden|weken|wkn))\b"
            r"(?! (?:geleden|weg|ziek|thuis|bezig|opgenomen))"
        ),
        "maanden",
        0.75,
    ),
    (
        (
            rf"\b(?:sinds|toen|tot) [a-z'\-]{{2,14}} (?:pas |net )?"
            rf"({MONTHS} (?:maanden|weken|mnd|wkn|dagen)) (?:was|werd)\b"
        ),
        "maanden",
        0.75,
    ),
    (rf", ({ADULT}) pas\b", "pas", 0.7),
    (r"\bik ben er ([4-9]\d)(?=[,.;!?]|$| en\b)", "ik ben er", 0.75),
    (
        rf"(?<![\w])(?:man|vrouw|vr|meneer|mevrouw|mw|dhr|client|cliente) ({ADULT})(?= [a-z]){_THINGS}",
        "man",
        0.65,
    ),
    (
        rf"(?<![\w])(?:ik|zelf|man|vrouw|partner|ma|pa|oma|opa|zoon|dochter)[:=] ?({ADULT}){_CLOSED}",
        "man",
        0.75,
    ),
    (
        (
            r"\b(?:toen|sinds|tot) (?!het |er |dat |dit |de |een |om )[a-z'\-]{2,14} (?:net |pas |bijna |nog maar )?"
            rf"({SAID}) (?:was|werd)\b"
        ),
        "bijzin",
        0.75,
    ),
    (
        (
            r"\b(?:en|maar) (?:ik|hij|zij|ze|zelf|mijn man|mijn vrouw|mijn broer|mijn zus|de ander) "
            rf"({ADULT}){_CLOSED}"
        ),
        "en ik",
        0.75,
    ),
    (rf"[,(] ?{_NEARLY}({FIGURES}|{ADULT})(?=[,)](?!\d))", "tussen komma's", 0.75),
    (rf"\(({FIGURES})(?:, ?({FIGURES}))?(?:, ?({FIGURES}))?,? en ({FIGURES})\)", "haakjes", 0.75),
    (
        rf"\bleeftijd\b[^?\d]{{0,24}}\?\s{{0,3}}(?:[a-z]{{1,14}}[.:]\s{{1,2}})?({FIGURES}|{ADULT})(?![\w])",
        "leeftijd?",
        0.85,
    ),
    (rf"(?:^|[.!?\n] ?)({AGED}) (?:jaar|jr)(?=[,.]| en (?!\d))", "jaar eerst", 0.6),
    (r"(?:^|\n)(?:[a-z]{1,14}[.:] )?([5-9]\d)[.!](?= |$|\n)(?! ?(?:%|procent))", "antwoord", 0.55),
    (rf"(?<![\w.,:/\-])((?:{ADULT}|{FIGURES}) lentes)\b", "lentes", 0.8),
    (
        rf"\b(?!kind |{_NUMBERED_HELPER}){_RELATIVE},? ([4-9]|[1-9]\d|10\d)(?= (?!{_MONTHS_OF})[a-z]{{3,}}){_THINGS}",
        "familielid",
        0.65,
    ),
    (
        rf"\b{_RELATIVE}, ({MONTHS} (?:maanden|maand|mnd|weken|wkn))(?=[,.;)])",
        "maanden",
        0.75,
    ),
    (
        rf"\b{_WHO_OR_WHICH} ({MONTHS} (?:maanden|weken|mnd|wkn|dagen)) (?:oud )?(?:was|werd|is)\b",
        "maanden",
        0.75,
    ),
    (
        rf"\b(?:ik|hij|zij|ze) ({ADULT}), (?:en )?(?:ik|hij|zij|ze|mijn man|mijn vrouw) {ADULT}{_CLOSED}",
        "om beurten",
        0.75,
    ),
    (
        (
            rf"\b(?:kinderen|kids|er (?:twee|drie|vier|vijf|zes)): ({FIGURES})(?:, ({FIGURES}))?(?:, ({FIGURES}))?"
            rf" en ({FIGURES}){_THINGS}"
        ),
        "kinderen",
        0.75,
    ),
    (
        (
            r"\b(?:bin|ben|is|bun|was|wordt|word) (?:[a-z']{2,5} ){0,3}"
            r"(tachteg|negenteg|zeuventig|zestug|sechstich|santich|tachtich|njoggentich)(?!\w)"
        ),
        "streektaal",
        0.8,
    ),
)
