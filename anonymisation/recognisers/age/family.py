"""Ages said of relatives and others by what they are, alone or in a row: `dochter van 12`, `kinderen (4, 7 en 9)`."""

from anonymisation.patterns import any_of
from anonymisation.recognisers.age.numbers import ADULT, FIGURES, GROWN, HALF, MANY, MONTHS, NUMBER, SAID, Shape
from anonymisation.recognisers.age.words import (
    ADVERB,
    BROOD,
    CHILD,
    CLOSED,
    IS,
    KIN,
    MONTHS_UNIT,
    NO_AMOUNT,
    NO_STRETCH,
    NO_THING,
    SOME_PRONOUN,
    SOMEBODY,
    SOON,
)

_NUMBERED_HELPER = r"(?!kind |(?:vrijwilliger|cliente?|bewoner|inwoner|collega|leerling) \d\b)"
_SHORT = any_of("sr jr moe va mw dhr cl vr man vrouw zoon dochter moeder vader dtr zn")
_LIST = rf"({NUMBER})(?:, ?({NUMBER}))?(?:, ?({NUMBER}))?"

FAMILY: tuple[Shape, ...] = (
    (
        rf"\b(?!pas\b){KIN}(?:tje|s|\.)?(?: [a-z'\-]{{2,20}}){{0,3}} "
        rf"(?:van|fan|vaan|v)(?: {ADVERB}| ver over de| een jaar of)? "
        rf"({HALF}|{NUMBER}(?: (?:maanden|mnd)\b)?)(?: en ({NUMBER}))?{NO_AMOUNT}"
        r"(?! (?:tot|hoog|jaar terug|jaar geleden|jaar lang)\b)",
        "kind van",
        0.88,
    ),
    (rf"\b{SOMEBODY},? van (?:{ADVERB} |ver over de )?({ADULT}){NO_THING}", "iemand van", 0.85),
    (rf"\b{KIN}[.,:=]? ?(?:= ?|is )?({MANY})(?: en ({MANY}))?(?:{CLOSED}|(?= en {KIN}\b))", "familielid", 0.7),
    (rf"\b{_NUMBERED_HELPER}{KIN},? (?![0-3]\b)({MANY})(?= [a-z]{{3,}}){NO_THING}", "familielid", 0.65),
    (rf"\b{KIN},? {ADVERB} ({SAID}){CLOSED}", "familielid", 0.7),
    (
        rf"\b(?:oudste|jongste|middelste|kleinste),? (?:is |wordt |was )?({NUMBER})(?:{CLOSED}|(?= en (?:de|\d)))",
        "oudste",
        0.75,
    ),
    (
        rf"(?<![a-z])(?:man|vrouw|m|v|jongen|meisje|dame|heer)[ ]?[,/(][ ]?({NUMBER})(?![\w%:]|[.,]\d|"
        r"[ ]?(?:uur|keer|kinderen|jongens|meisjes|meiden|dochters|zonen|zoons|honden|katten|"
        r"jaar (?:getrouwd|samen|lang|later|geleden)))",
        "m/v",
        0.85,
    ),
    (r"(?:^|[.\n;] ?)[mv] ?([1-9]\d)(?=[,;]|$|\n)", "m/v", 0.8),
    (rf"\b(?:echtpaar|echtp\.?|stel|ouders|partners)[,:]? ?[(]?({ADULT})[/+&]({ADULT})(?![\w/.-])", "paar", 0.85),
    (rf"\b{KIN},? ({ADULT}) (?:a|of|-) ({ADULT})(?: jaar)?{CLOSED}", "ongeveer", 0.7),
    (rf"\b{BROOD}(?: [a-z]{{2,12}})? ?\({_LIST}(?:,? ?(?:en )?({NUMBER}))?\)", "kinderen", 0.8),
    (
        rf"\b(?:{BROOD}|er (?:twee|drie|vier|vijf|zes))(?: (?:van|zijn|zijn nu|waren|nu|plm|ca|ongeveer)\.?)?"
        rf"[ :(.,]{{1,2}}{_LIST},? en ({NUMBER}){NO_AMOUNT}",
        "kinderen",
        0.8,
    ),
    (rf"\b{BROOD}[ :(]{{1,2}}({NUMBER})[-/]({NUMBER})[-/]({NUMBER})(?![\w/\-])", "kinderen", 0.75),
    (rf"\b{BROOD}: ({NUMBER}), ?({NUMBER})(?:, ?({NUMBER}))?{CLOSED}", "kinderen", 0.75),
    (rf"\bleeftijden(?: van)?[ :(]{{1,2}}{_LIST},? en ({NUMBER}){NO_AMOUNT}", "leeftijden", 0.85),
    (
        rf"\b{CHILD}(?: [a-z'\-]{{2,20}})?(?: (?:van|fan|is|was)(?: {ADVERB})? ({MONTHS} {MONTHS_UNIT})|"
        rf"[ ,:(]{{1,2}}({MONTHS} {MONTHS_UNIT})(?! (?:op|en)\b))(?![a-z]){NO_STRETCH}",
        "maanden",
        0.8,
    ),
    (
        rf"\b(?:die|hij|zij|ze) (?:is|was|werd|wordt)(?: {ADVERB}| gisteren| morgen| {SOON})? "
        rf"({MONTHS} {MONTHS_UNIT})(?![a-z]){NO_STRETCH}",
        "maanden",
        0.75,
    ),
    (
        rf"\b(?:(?:sinds|toen|tot) [a-z'\-]{{2,14}}|{CHILD}) (?:{ADVERB} )?({MONTHS} {MONTHS_UNIT}) (?:oud )?{IS}\b",
        "maanden",
        0.75,
    ),
    (
        rf"(?:^|[.!?\n] ?|, )met ({MONTHS} {MONTHS_UNIT}) (?:liep|zei|kon|sprak|praatte|las|at|sliep|kroop|zat|was|had|"
        rf"kreeg|ging|fietste|zwom) {SOME_PRONOUN}\b",
        "met maanden",
        0.75,
    ),
    (rf"\b(?:ik|man|vrouw|partner|moeder|vader) ({GROWN}), (?:mijn|m'n|en|de) ", "opsomming", 0.7),
    (
        rf"\b{SOME_PRONOUN} ({ADULT}), (?:en )?(?:{SOME_PRONOUN}|mijn man|mijn vrouw) ({ADULT}){CLOSED}",
        "om beurten",
        0.75,
    ),
    (
        rf"(?:(?:^|[.!?\n] ?)(?:{SOME_PRONOUN}|zelf) ({ADULT}){CLOSED}|"
        rf", (?:en )?{SOME_PRONOUN} ({FIGURES}(?: en een half)?)(?=[,.;\n]|$| jaar)|"
        rf"\b(?:en|maar) (?:{SOME_PRONOUN}|zelf|mijn man|mijn vrouw|mijn broer|mijn zus|de ander) ({ADULT}){CLOSED})",
        "en ik",
        0.75,
    ),
    (rf"(?<!\w)(?:ik|zelf|{_SHORT})\.? ?[:=] ?({ADULT}){CLOSED}", "man", 0.75),
)
"""Source with marks, cue and score."""
