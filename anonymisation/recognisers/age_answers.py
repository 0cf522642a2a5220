"""Ages as people give them: as an answer, at the head of a line, with a year of birth, about, and in dialect."""

from anonymisation.patterns import any_of
from anonymisation.recognisers.age_numbers import ADULT, FEW, FIGURES, MONTHS, Shape
from anonymisation.recognisers.numerals import DIALECT

_CLOSED = r"(?=[.,;!?)](?!\d)|$|\n)"
_STATE = any_of(
    "weduwe weduwnaar gescheiden alleenstaand alleenstaande alleenwonend gehuwd getrouwd ongehuwd samenwonend "
    "hardhorend slechthorend slechtziend zwanger gepensioneerd met_pensioen net_met_pensioen slecht_ter_been "
    "werkloos dakloos afgekeurd bijstand in_de_bijstand kinderloos vitaal kwetsbaar"
)
_ASKED = any_of(
    "u uzelf zelf hij hijzelf zij zijzelf ze ik je_man je_vrouw je_zoon je_dochter je_moeder je_vader uw_man uw_vrouw "
    "uw_zoon uw_dochter uw_moeder uw_vader uw_partner je_partner de_baby de_kleine de_jongste de_oudste uw_kind je_kind"
)
_SAYS = r"(?:[a-z\d.]{1,14}[.:]\s{1,2})?(?:nou,? |ja,? |eh,? |bijna |net |pas |al ){0,2}"
_UNITS = "(?: (?:jaar|jr|maanden|maand|mnd|weken|wkn|dagen))?"
_IS = r"(?:is|ben|was|wordt|word|bin|bun)"
_DIALECT = any_of(" ".join(sorted(DIALECT)))
_ABOUT = any_of("schatting geschat schat_ik leeftijd ergens een_jaar_of")
_LITTLE = any_of("liep zei kon sprak praatte las at sliep kroop zat was had kreeg ging fietste zwom")
_CHILD = any_of("hij zij ze die ik jongste oudste zoon zoontje dochter dochtertje kleine baby kind")
_NO_AMOUNT = "(?! (?:keer|uur|dag|dagen|week|weken|maand|joar|jaar|cm|kg|meter|km|graden|euro|minuten))"

ANSWERS: tuple[Shape, ...] = (
    (
        r"(?:'\d\d|\b19\d\d|\boorlog|\bgeboren [^.!?\n]{3,30}),? (?:en )?dus (?:al |nu |inmiddels |bijna |net )?"
        rf"({ADULT})(?: of ({ADULT}))?(?:{_CLOSED}|(?= (?:en|nu|inmiddels|jaar)\b))",
        "dus",
        0.8,
    ),
    (
        rf"(?:^|[.:!?\n] ?)(?:en |en met |met )?{_ASKED}\?\s{{1,3}}{_SAYS}({FEW}{_UNITS})"
        rf"(?:{_CLOSED}|(?= en (?!een half)))",
        "antwoord",
        0.75,
    ),
    (
        rf"\b(?:mijn|uw|je|jouw) leeftijd(?: weten| zeggen| noemen)?\?\s{{1,3}}{_SAYS}({FEW}{_UNITS}){_CLOSED}",
        "leeftijd?",
        0.85,
    ),
    (rf"(?<![\w.,:/\-€])({ADULT})(?: (?:en|of) ({ADULT}))? om precies te zijn\b", "precies", 0.8),
    (rf"(?:^|[.!?\n(;|] ?)({ADULT})(?:, | en ){_STATE}\b", "hoofd van een regel", 0.75),
    (rf"\b{_STATE} en ({ADULT}){_CLOSED}", "en", 0.75),
    (
        rf"\b(?:oudste|jongste|middelste|kleinste) (?:is |wordt |was )?({FEW})(?:{_CLOSED}|(?= en (?:de|\d)))",
        "oudste",
        0.75,
    ),
    (
        rf"\b(?:wordt|word|worden) over (?:\d{{1,2}}|een|twee|drie|vier|vijf|zes|een paar) "
        rf"(?:mnd|maanden|maand|weken|wkn|week|dagen) ({FEW})(?![\w%]|[.,:/\-]\d| ?(?:keer|uur|jaar|euro))",
        "wordt over",
        0.8,
    ),
    (
        rf"\b(?:hij|zij|ze|die|mw|dhr|mevr|mevrouw|meneer|zoon|dochter|kleintje|moeder|vader)\.? (?:{_IS} )"
        rf"(?:nu |al |bijna |net |pas )?(\d{{1,3}}[.,]5)(?![\d%]){_NO_AMOUNT}",
        "half",
        0.75,
    ),
    (
        rf"\b{_CHILD} (?:is|was|wordt|werd)(?: nu| al| net| pas| toen)? "
        rf"((?:{FIGURES}|twee|drie|vier|vijf|zes) en een half)(?![\w]){_NO_AMOUNT}",
        "en een half",
        0.8,
    ),
    (
        rf"(?:^|[.,;(\n] ?)(?:beide|beiden|allebei|alle twee|alletwee) (?:al |bijna |nu |ruim )?({ADULT})"
        rf"(?:{_CLOSED}|(?=\.\.))",
        "beide",
        0.75,
    ),
    (
        r"\b(?:heb|heeft|had) (?:er|d'r|ze|der) (?:nu |al |bijna |ruim )?([6-9]\d|10\d) (?:op ?zitten|achter de rug)\b",
        "opzitten",
        0.8,
    ),
    (
        rf"(?:^|[.!?\n] ?|, )met ({MONTHS} (?:maanden|mnd|weken)) {_LITTLE} (?:hij|ze|zij|ik)\b",
        "met maanden",
        0.75,
    ),
    (
        rf"\bmet ({FEW}) (?:liep|zei|sprak|praatte|las|fietste|zwom|kroop) (?:hij|ze|zij|ik|die)\b",
        "met",
        0.75,
    ),
    (
        rf"\b{_ABOUT} ({ADULT})(?: (?:a|tot|of|-) ({ADULT}))?(?= jaar[,.;)]|[,.;)]|$| (?:en|kwam|die|dus|oud)\b)",
        "ongeveer",
        0.7,
    ),
    (rf"\b(?:man|vrouw|heer|dame|mevrouw|meneer),? ({ADULT}) (?:a|of|-) ({ADULT})(?: jaar)?{_CLOSED}", "ongeveer", 0.7),
    (
        rf"\b(?:kinderen|kids|kdn|knd|jongens|meisjes)[ :(]{{1,2}}({FIGURES})[-/]({FIGURES})[-/]({FIGURES})(?![\d/\-])",
        "kinderen",
        0.75,
    ),
    (
        rf"\b(?:ben|bin|bun|bon|is|ies|was|wor|wordt|word|wurdt|wodt)(?: [a-z']{{1,6}}){{0,3}} "
        rf"({_DIALECT})(?!\w){_NO_AMOUNT}",
        "streektaal",
        0.8,
    ),
    (r"\b(?:ik|hij|zij|ze) (?:ben|bin|is|was) (?:al |nu |bijna )?([1-9] ?en ?[2-9]0)(?!\w)", "en", 0.8),
)
"""Source with marks, cue and score."""
