"""Ages by the day they are reached, as an ordinal or with a date: `op haar 31e`, `wordt in maart 84`."""

from anonymisation.patterns import any_of
from anonymisation.recognisers.age.numbers import ADULT, GROWN_ORDINAL, NUMBER, ORDINAL, SAID, Shape
from anonymisation.recognisers.age.words import ADVERB, CLOSED, NO_THING, OWN, SOON

_NO_BIRTHDAY = any_of(
    "keer aanvraag gesprek kind brief verdieping etage trouwdag kleinkind huwelijk kamer fiets werk adres poging "
    "operatie baan huis afspraak consulent consulente hulp begeleider begeleidster bevalling zwangerschap opname val "
    "beroerte verhuizing week maand dag bezwaar melding man vrouw chemo kuur bezoek rit "
    "huisbezoek verzoek verhaal overleg gebouw gezin consult gemeente"
)
_WITHOUT_NOUN = (
    r"(?! (?!(?:in|al|heb|heeft|had|ben|was|is|werd|kreeg|ging|zat|woon|werk|naar|bij|van|kwam|begon|leerde|kon|moest|"
    r"wist|zit|zitten|loop|loopt|liep|ga|gaat|doet|deed|krijg|krijgt|woont|woonde|leefde|fietste|rookte|dronk|stond|sliep|raakte|mocht|wilde|slikt|rook|rookt|werkt|werkte|verloor|verhuisde|trouwde|stopte|en|tot|dus|maar|verjaardag|levensjaar|uit|thuis|nog|pas|alleen|ziek|weduwe|"
    r"weduwnaar|wees|(?:ge|ver|over)[a-z]+)\b)[a-z])"
)
_BECOMES = any_of("wordt word worden wort werd werden wurdt")

BIRTHDAYS: tuple[Shape, ...] = (
    (rf"\b{OWN} ({GROWN_ORDINAL})(?![a-z])(?! {_NO_BIRTHDAY}\b)", "op zijn", 0.82),
    (
        rf"\b{OWN} ({ORDINAL}|derde|tweede),? (?:en|tot|of|tot en met) (?:{OWN} )?({ORDINAL})(?![a-z]){_WITHOUT_NOUN}",
        "op zijn",
        0.78,
    ),
    (
        rf"\b(?:op|sinds|vanaf|van|tussen|tot|rond|na|voor|in|vier|vierde|vieren|vierden|vier straks) {OWN} "
        rf"({ORDINAL}|derde|tweede)(?![a-z])(?! {_NO_BIRTHDAY}\b){_WITHOUT_NOUN}",
        "op zijn",
        0.78,
    ),
    (rf"\b(?:vanaf|sinds|tot|op|voor|na) {OWN} ({ORDINAL}|derde|tweede)(?= jaar\b)", "op zijn", 0.8),
    (rf"\bsinds {OWN} ({ORDINAL})(?![a-z])(?! {_NO_BIRTHDAY}\b)", "op zijn", 0.7),
    (rf"\b(?:{OWN}|(?:de|tot)(?! (?:18|achttien))) ({ORDINAL})(?= ?(?:verjaardag|levensjaar)\b)", "verjaardag", 0.85),
    (rf"\btot ({ORDINAL})(?=[,.?!]|$)", "verjaardag", 0.85),
    (rf"\b{_BECOMES}(?: ik| hij| zij| ze)?(?: {SOON}){{1,2}}(?: {ADVERB})? ({NUMBER}){NO_THING}", "wordt", 0.8),
    (rf"\b{_BECOMES} ({NUMBER}) {SOON}\b", "wordt", 0.85),
    (
        r"(?:^|[.!?,\n] ?)(?:over (?:\d|een|twee|drie|vier|vijf|zes|een paar) (?:jaar|maanden|weken|dagen)|over een "
        r"(?:jaar|maand|week)|volgend jaar|volgende (?:maand|week)|dit jaar) "
        rf"(?:al |alweer )?({ADULT})(?=[.!](?! ?\d)|$| en (?:nog|al|dan|niet|nooit|ik)\b)",
        "straks",
        0.65,
    ),
    (
        r"\b(?:nog geen|nog maar net|net|pas|amper|al) (?:(?:een|een paar|twee|drie|vier) )?(?:dag|dagen|week|weken|"
        rf"maand|maanden|jaar) ({SAID})(?= (?:en|toen|maar|geworden)|[,.;!?)]|$)",
        "is al",
        0.8,
    ),
    (
        r"(?:'\d\d|\b19\d\d|\boorlog|\bgeboren [^.!?\n]{3,30}|\b(?:jonger|ouder)(?: dan [^.!?,\n]{2,20})?),? (?:en )?"
        r"dus (?:al |nu |inmiddels |bijna |net )?"
        rf"({ADULT})(?: of ({ADULT}))?(?:{CLOSED}|(?= (?:en|nu|inmiddels|jaar)\b))",
        "dus",
        0.8,
    ),
)
"""Source with marks, cue and score."""
