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
    KIN_JOINED,
    MONTHS_UNIT,
    NO_AMOUNT,
    NO_STRETCH,
    NO_THING,
    OWN,
    SOME_PRONOUN,
    SOMEBODY,
    SOON,
)

_NUMBERED_HELPER = r"(?!kind |(?:vrijwilliger|cliente?|bewoner|inwoner|collega|leerling) \d\b)"
_SHORT = any_of("sr jr moe va mw dhr cl vr man vrouw zoon dochter moeder vader dtr zn")
_LIST = rf"({NUMBER})(?:, ?({NUMBER}))?(?:, ?({NUMBER}))?"
_OF_BROOD = rf"\b{BROOD}(?: van| v)?[ :(]{{1,3}}"
_EACH = r"(?:respectievelijk|resp\.?|nu|plm\.?|ca\.?|ongeveer)"

FAMILY: tuple[Shape, ...] = (
    (
        rf"\b(?!pas\b)(?:{KIN}|{KIN_JOINED})(?:tje|s|\.)?(?: [a-z'\-]{{2,20}}){{0,3}} "
        rf"(?:van|fan|vaan|v)(?: {ADVERB}| ver over de| een jaar of)? "
        rf"({HALF}|{NUMBER}(?: (?:maanden|mnd)\b)?)(?: en ({NUMBER}))?{NO_AMOUNT}"
        r"(?! (?:tot|hoog|jaar terug|jaar geleden|jaar lang)\b)",
        "kind van",
        0.88,
    ),
    (rf"\b(?:{SOMEBODY}|{KIN_JOINED}),? van (?:{ADVERB} |ver over de )?({ADULT}){NO_THING}", "iemand van", 0.85),
    (rf"\b{KIN}[.,:=]? ?(?:= ?|is )?({MANY})(?: en ({MANY}))?(?:{CLOSED}|(?= en {KIN}\b))", "familielid", 0.7),
    (rf"\b{_NUMBERED_HELPER}{KIN},? (?![0-3]\b)({MANY})(?= [a-z]{{3,}}){NO_THING}", "familielid", 0.65),
    (rf"\b{KIN},? {ADVERB} ({SAID}){CLOSED}", "familielid", 0.7),
    (rf"\b{CHILD}(?: ?[-–/] ?| ?\[)({NUMBER})(?=[.,;)\]]|$|\n)(?![.,]\d)", "familielid", 0.65),
    (
        rf"\b(?:oudste|jongste|middelste|kleinste),? (?:is |wordt |was )?({NUMBER})"
        rf"(?:{CLOSED}|(?= en (?:de|\d))|(?= (?:is|was|wordt|werd)\b))",
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
    (r"(?<![a-z\d])[mv] ?([1-9]\d)[ ,/;&+]{1,3}(?:en )?[mv] ?([1-9]\d)(?!\w)", "m/v", 0.8),
    (
        rf"(?<![a-z])(?:k|knd|kdn|kids|kinderen)[ :(]{{1,2}}({FIGURES})[/ ]({FIGURES})(?:[/ ]({FIGURES}))?{CLOSED}",
        "kinderen",
        0.75,
    ),
    (r"(?:^|[.\n;:,(] ?)[mv] ?([1-9]\d)(?=[,;)]|$|\n| (?:met|en|woont|alleenstaand|weduwe|weduwnaar)\b)", "m/v", 0.8),
    (rf"\b(?:echtpaar|echtp\.?|stel|ouders|partners)[,:]? ?[(]?({ADULT}) ?[/+&] ?({ADULT})(?![\w/.-])", "paar", 0.85),
    (rf"\b{KIN},? ({ADULT}) (?:a|of|-) ({ADULT})(?: jaar)?{CLOSED}", "ongeveer", 0.7),
    (rf"\b{BROOD}(?: [a-z]{{2,12}})? ?\({_LIST}(?:,? ?(?:(?:en|&) )?({NUMBER}))?\)", "kinderen", 0.8),
    (
        rf"\b(?:{BROOD}|(?:er|{OWN}) (?:twee|drie|vier|vijf|zes))(?: (?:van|zijn|waren))?(?: {_EACH})?"
        rf"[ :(.,]{{1,2}}{_LIST},? (?:en|&) ({NUMBER}){NO_AMOUNT}",
        "kinderen",
        0.8,
    ),
    (rf"\b{BROOD}[ :(]{{1,2}}({NUMBER})[-/]({NUMBER})[-/]({NUMBER})(?![\w/\-])", "kinderen", 0.75),
    (rf"\b{BROOD}[ :(]{{1,2}}({NUMBER}) ({NUMBER})(?: ({NUMBER}))? en ({NUMBER}){NO_AMOUNT}", "kinderen", 0.75),
    (
        rf"\b(?:een|eentje|1) van ({NUMBER})(?: jaar)?(?:,| en|, en) "
        rf"(?:een|eentje|1) van ({NUMBER}){NO_AMOUNT}",
        "een van",
        0.75,
    ),
    (rf"\b{BROOD}: ({NUMBER}), ?({NUMBER})(?:, ?({NUMBER}))?{CLOSED}", "kinderen", 0.75),
    (rf"\b(?:heb|heeft|hebben|had) er (?:een|eentje|1) van ({NUMBER}){NO_THING}", "een van", 0.7),
    (
        rf"{_OF_BROOD}({FIGURES}) ?[+&] ?({FIGURES})(?: ?[+&] ?({FIGURES}))?(?![\w/]|[.,]\d)",
        "kinderen",
        0.75,
    ),
    (
        rf"{_OF_BROOD}({FIGURES})[,-]({FIGURES})[,-]({FIGURES})(?:[,-]({FIGURES}))?(?![\w/]|[.,-]\d)",
        "kinderen",
        0.75,
    ),
    (rf"\bkind \d: ({FIGURES})(?:{CLOSED}| jaar\b)", "kinderen", 0.75),
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
    (rf"(?<![\w.,:/\-€])({NUMBER}) \({KIN}\)", "familielid", 0.8),
    (rf"\b(?:een|mijn|onze|m'n) (?:[a-z]+ )?{CHILD}, (?:{ADVERB} )?({SAID}){CLOSED}", "familielid", 0.7),
    (
        rf"(?<![a-z])(?:die|degene) van ({NUMBER}) "
        r"(?=(?:kan|wil|snapt|begrijpt|slaapt|huilt|praat|loopt|moet|mag|heeft|speelt|gaat naar school|woont|"
        r"helpt)\b)",
        "die van",
        0.65,
    ),
    (rf"\b{KIN},? ({HALF})(?: nu| inmiddels)?{CLOSED}", "half", 0.75),
    (
        rf"(?:^|[.!?\n] ?)({MONTHS} {MONTHS_UNIT}) (?:is|was) (?:hij|ze|zij|ie)(?: nu| toen| pas)?{CLOSED}",
        "maanden",
        0.75,
    ),
    (
        rf"\b(?:de|mijn|onze) (?:ene|een|eerste|grote|grootste|oudste|{BROOD}|{CHILD})(?: is| was| van)? ({NUMBER}),? "
        rf"(?:en )?(?:de|mijn|onze) (?:ander|andere|tweede|kleine|kleinste|jongste|{BROOD}|{CHILD})(?: is| was| van)? "
        rf"({NUMBER}){NO_THING}",
        "om beurten",
        0.75,
    ),
    (rf"\b(?:ik|man|vrouw|partner|moeder|vader) ({GROWN}), (?:mijn|m'n|en|de) ", "opsomming", 0.7),
    (
        rf"\b(?:{SOME_PRONOUN}|{KIN}) ({SAID}),? (?:en )?(?:{SOME_PRONOUN}|mijn man|mijn vrouw|{KIN}) ({SAID}){CLOSED}",
        "om beurten",
        0.75,
    ),
    (
        rf"(?:(?:^|[.!?\n] ?)(?:{SOME_PRONOUN}|(?:ik)?zelf) ({ADULT}){CLOSED}|"
        rf", (?:en )?{SOME_PRONOUN} ({FIGURES}(?: en een half)?)(?=[,.;\n]|$| jaar)|"
        rf"\b(?:en|maar) (?:{SOME_PRONOUN}|(?:ik)?zelf|mijn man|mijn vrouw|mijn broer|mijn zus|de ander) "
        rf"({ADULT}){CLOSED})",
        "en ik",
        0.75,
    ),
    (rf"(?<!\w)(?:ik|zelf|{_SHORT})\.? ?[:=] ?({ADULT}){CLOSED}", "man", 0.75),
)
"""Source with marks, cue and score."""
