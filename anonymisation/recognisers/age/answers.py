"""Ages as people answer: to `hoe oud?`, as a field of a form, at the head of a line, as a sentence by themselves."""

from anonymisation.patterns import any_of
from anonymisation.recognisers.age.numbers import ADULT, AGED, ALONE, HALF, NUMBER, Shape
from anonymisation.recognisers.age.words import BROOD, CLOSED, KIN, MONTHS_UNIT, SHORT_ADVERB, UNIT

_STATE = any_of(
    "weduwe weduwnaar gescheiden alleenstaand alleenstaande alleenwonend gehuwd getrouwd ongehuwd samenwonend "
    "hardhorend slechthorend slechtziend zwanger gepensioneerd met_pensioen net_met_pensioen slecht_ter_been "
    "werkloos dakloos afgekeurd bijstand in_de_bijstand kinderloos vitaal kwetsbaar geen_werk geen_baan zonder_werk "
    "zonder_baan vmbo mbo havo vwo hbo student studente op_mezelf op_zichzelf vrijgezel single ziek zwakbegaafd "
    "ongeschoold arbeidsongeschikt in_de_ziektewet in_de_schulden moeder_van vader_van geen_kinderen geen_diploma"
)
_ASKED = any_of(
    "u uzelf zelf hij hijzelf zij zijzelf ze ik je_man je_vrouw je_zoon je_dochter je_moeder je_vader uw_man uw_vrouw "
    "uw_zoon uw_dochter uw_moeder uw_vader uw_partner je_partner de_baby de_kleine de_jongste de_oudste uw_kind je_kind"
)
_TURN = r"(?:(?:\[?\d\d:\d\d\]? )?[a-z\d.]{1,14}:\s{1,2}|[a-z]\d?\.\s{1,2}|\[[a-z_]{1,14}\d{0,2}\]:? )"
_SAYS = (
    rf"(?:{_TURN}|ik zei:? |ik ben |ik word |even (?:denken|kijken|rekenen)[,. ]{{1,4}}|"
    r"(?:nou|ja|jazeker|eh|ehm|tja|oh|poeh)[,.]{0,3} |"
    r"(?:schrijf|doe|zeg|zet) maar (?:op )?|de (?:ene|een|oudste|jongste) (?:is )?|"
    r"(?:bijna|net|pas|al|weer|alweer) |[-–—] ?)"
)
_SIGH = r"(?:pf+|tja+|ach|zucht|nou|ja|jeetje|poe+h?|sjonge|jemig|tjonge|oef)"
_AGE = rf"({HALF}|{NUMBER}(?: (?:jaar|jr|{MONTHS_UNIT}))?)"

ANSWERS: tuple[Shape, ...] = (
    (rf"\boud\b[^?\n]{{0,40}}[?\n]\s{{0,3}}{_SAYS}{{0,3}}[,.]?[ ]?{_AGE}(?![\w%]|[.,:/\-]\d)", "hoe oud", 0.9),
    (rf"\bleeftijd\b[^?\d]{{0,24}}\?\s{{0,3}}{_SAYS}{{0,3}}{_AGE}(?!\w)", "leeftijd?", 0.85),
    (
        rf"(?:^|[.:!?\n] ?)(?:[-–—] )?(?:en |en met |met )?{_ASKED}\?\s{{1,3}}{_SAYS}{{0,3}}{_AGE}"
        rf"(?:{CLOSED}|(?= en (?!een half)))",
        "antwoord",
        0.75,
    ),
    (
        rf"\b(?:kalender)?(?:leeftijd|lftd|lft|leeft|oud)[.:]?(?: (?:{KIN}|{BROOD})\b:?)?[ ]{{0,2}}"
        rf"(?:is |van |was |:|=|ca\.? )?[ ]?({NUMBER}(?: {MONTHS_UNIT}\b)?)(?:{UNIT})?"
        r"(?![\w%]|[.,]\d| (?:tot|en ouder|of ouder)\b)",
        "leeftijd",
        0.9,
    ),
    (
        rf"(?:^|[.!?:\n]\s{{0,2}})(?:{SHORT_ADVERB} )?({ALONE})"
        r"(?=[.!,]|$| (?:en|ben|al|inmiddels|is|was|he)| jaar(?:[.!,]|$| oud| jong))",
        "getal alleen",
        0.6,
    ),
    (rf"(?:^|[.!?\n] ?)({AGED}) (?:(?:jaar|jr)(?=[,.]| en (?!\d))|(?=he[.!?,]))", "jaar eerst", 0.6),
    (r"(?:^|\n)(?:[a-z]{1,14}[.:] )?([5-9]\d)[.!](?= |$|\n)(?! ?(?:%|procent))", "antwoord", 0.55),
    (
        rf"(?:^|[.!?:,\n] ?)({ADULT}) (?:al ?weer|geworden|inmiddels|intussen|destijds|toen|pas|nog maar(?! te))\b",
        "alweer",
        0.75,
    ),
    (
        rf"\b(?:ik|hij|zij|ze|{KIN})\b[^.!?\n\d]{{0,60}}[.!] ({ADULT}(?: jaar)?)[.](?= |$|\n)(?! (?:zo|keer)[ a-z])",
        "zin na iemand",
        0.6,
    ),
    (
        rf"(?:^|[.!?:\n]\s{{0,2}})(?:{_SIGH}[,.]{{0,3}} )?"
        rf"(?:(?:bijna|net|al|pas|nog geen|nog maar|amper|ruim|krap) )?({ADULT}) en "
        r"(?:nog|niet|nooit|al|nu|steeds|toch|dan|geen|ik|hij|ze|zij|hup|hop|klaar|op)\b",
        "getal eerst",
        0.6,
    ),
    (
        r"(?:^|\n)(?:r|respondente?|bewoner|bewoonster|deelne(?:mer|emster)|client|inwoner|mevrouw|meneer): "
        r"([1-9]\d)(?=, [a-z])",
        "wie",
        0.7,
    ),
    (
        rf"(?:^|[.!?\n(;:|] ?)({ADULT})(?: jaar| jr)?(?:, | en )(?:(?:volledig|nu|al|weer|net) )?{_STATE}\b",
        "hoofd van een regel",
        0.75,
    ),
    (rf"\b{_STATE} en ({ADULT}){CLOSED}", "en", 0.75),
    (rf"\b(?:zei|zegt|riep|vroeg|antwoordde)(?: ze| zij| hij| ik)?: ['\"‘“]?({AGED})(?=[,.!?](?! ?\d))", "zei", 0.6),
    (rf"(?<![\w.,:/\-€])({ADULT})(?: (?:en|of) ({ADULT}))? om precies te zijn\b", "precies", 0.8),
)
"""Source with marks, cue and score."""
