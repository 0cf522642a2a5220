"""Ages said of a subject: `ik ben 37`, `wij zijn 78 en 81`, `toen ze twaalf was`, `met zijn 79`."""

from anonymisation.patterns import any_of
from anonymisation.recognisers.age.numbers import ADULT, HALF, MANY, NUMBER, SAID, Shape
from anonymisation.recognisers.age.words import (
    ADVERB,
    BROOD,
    CLOSED,
    COMPOUND,
    HOURS,
    IS,
    KIN,
    NO_THING,
    OWN,
    PRONOUN,
    SHORT_ADVERBS,
    SOME_PRONOUN,
)
from anonymisation.recognisers.numerals import DIALECT

_SUBJECT = (
    r"(?:ik (?:ben|bin|bun|bon|bän|was|word|werd|wordt)|(?:ben|bin|bun|was|word) (?:ik|'k|ich)|ich (?:bin|bön|ben)|"
    rf"{PRONOUN} (?:is|was|wordt|werd|word|bent)|(?:is|was|wordt|werd|ben|bent) (?:hij|zij|ze|je|u)|ben|bin|word|"
    rf"{KIN} (?:is|was|wordt|werd))"
)
_ADVERB = any_of(
    f"{SHORT_ADVERBS} ongeveer rond_de tegen_de dan nog maar immers vandaag gisteren morgen overmorgen van_de_week "
    "vorige_week vorige_maand vorig_jaar volgende_week volgende_maand afgelopen_week afgelopen_maand deze_maand "
    "deze_week laatst onlangs van_het_weekend van_de_zomer maandag dinsdag woensdag donderdag vrijdag zaterdag zondag "
    "binnenkort zeker eigenlijk misschien al_wel echter over_de en ook_al zelf_al zelf_ook no nou noe ok zolf zulf "
    "sels noch"
)
_NO_AGE_BEHIND = any_of(
    "keer uur dagen weken maanden minuten kinderen euro km kilo meter procent van_de mensen personen cm kg "
    "maal op_de in_de x_ jaar_verder jaar_bezig jaar_lid jaar_samen jaar_getrouwd jaar_clean jaar_nuchter jaar_weg "
    "jaar_terug jaar_geleden jaar_gescheiden jaar_vrijwilliger jaar_mantelzorger jaar_lang jaar_zo jaar_ziek "
    "jaar_jonger jaar_ouder jaar_geweest jaar_thuis jaar_gestopt jaar_later jaar_onderweg"
)
_GOES_ON = r"(?= (?:en|maar|dus|geworden|inmiddels|toen|nog|hoor|nu)\b(?! (?:een half|half|twee|drie)))"
_BOTH = any_of("allebei beiden beide alle_twee alletwee allemaal")
_WHEN = any_of("toen als dat omdat terwijl nu sinds tot of voordat nadat vanaf")
_DOES = any_of(
    "ga kan kun wil hoef moet mag ben heb loop zit is word ging moest kwam kreeg werd was begon stond had verliet "
    "trouwde liep zei sprak praatte las fietste zwom kroop"
)
_NO_NAME = "(?!het |er |dat |dit |de |een |om )"
_DIALECT = any_of(" ".join(sorted(DIALECT)))
_NO_AMOUNT = "(?! (?:keer|uur|dag|dagen|week|weken|maand|joar|jaar|cm|kg|meter|km|graden|euro|minuten))"

SUBJECTS: tuple[Shape, ...] = (
    (
        rf"\b{_SUBJECT}(?: {_ADVERB}){{0,3}} ({SAID})"
        rf"(?![\d\w,.:]\w|[\w%]|[ ]?(?:{_NO_AGE_BEHIND}|{COMPOUND}\b)|{HOURS})",
        "ik ben",
        0.88,
    ),
    (
        rf"\b(?:(?:{PRONOUN}|{KIN}\.?) {IS}|{IS} {SOME_PRONOUN})(?: {ADVERB}){{0,2}} "
        rf"(?:({HALF}){NO_THING}|(twee|drie)(?:{CLOSED}|{_GOES_ON}))",
        "is",
        0.8,
    ),
    (rf"\b{IS}(?: {ADVERB}){{0,2}} ({ADULT})(?:{CLOSED}|{_GOES_ON})", "is", 0.72),
    (
        rf"\b(?:wij|we|zij|ze|jullie|beiden|ouders|allebei|{BROOD}) (?:zijn|waren|worden|werden)(?: {ADVERB}){{0,2}} "
        rf"({ADULT})(?:,? en ({ADULT}))?{NO_THING}",
        "wij zijn",
        0.85,
    ),
    (
        rf"\b(?:{PRONOUN}|wij|we|ouders|{KIN}|{BROOD}) (?:zijn|waren|worden|werden)(?: {ADVERB})? "
        rf"({NUMBER}) en ({NUMBER}){NO_THING}",
        "paar",
        0.8,
    ),
    (
        rf"\b(?:zijn|waren|worden|werden)(?: {ADVERB})? {_BOTH}(?: {ADVERB})? ({ADULT})(?:,? en ({ADULT}))?{NO_THING}",
        "beiden",
        0.85,
    ),
    (rf"(?:^|[.,;(\n] ?){_BOTH}(?: man)?,?(?: {ADVERB})? ({ADULT})(?:{CLOSED}|(?=\.\.))", "beiden", 0.75),
    (rf"\b{ADVERB} ({ADULT}) {IS}\b", "al", 0.8),
    (rf"(?:(?:^|[.!?:\n] ?)({NUMBER})|(?<![\w.,'’])({ADULT})) {IS} {SOME_PRONOUN}\b", "ben ik", 0.85),
    (
        rf"\b{_WHEN} (?:{PRONOUN}|hij zelf|(?:{OWN} |de |een )?{KIN}) (?:{ADVERB} )?"
        rf"({HALF}|{SAID}) {IS}\b",
        "bijzin",
        0.85,
    ),
    (
        rf"\b{_WHEN} {_NO_NAME}[a-z'\-]{{2,14}} (?:(?:[a-z'\-]{{2,20}} ){{0,3}}({SAID}) (?:werd|wordt|word)|"
        rf"(?:{ADVERB} )?({SAID}) was)\b",
        "bijzin",
        0.75,
    ),
    (rf"\b(?:als|toen|wie|die)(?: {_BOTH}| iemand)? (?!18|21|65|67|achttien)({ADULT}) {IS}\b", "bijzin", 0.72),
    (rf"\b(?:was|waren|is|werd) ({NUMBER}) toen\b", "toen", 0.8),
    (rf"\b(?:had|zou) ({NUMBER}) (?:moeten |mogen |zijn )?(?:worden|geworden)\b", "worden", 0.8),
    (rf"(?<![\w.,:/\-€])({SAID}) (?:jaar )?geworden\b", "geworden", 0.8),
    (rf"\bmet ({NUMBER}) {_DOES} (?:je|ik|men|u|hij|zij|ze|die)\b", "met", 0.8),
    (
        rf"\b(?:(?:op|vanaf|sinds|tot|rond) {OWN} ({MANY})|met {OWN} ({ADULT})){NO_THING}"
        r"(?! (?:kamer|fiets|werk|adres))",
        "op mijn",
        0.75,
    ),
    (
        r"\b(?:heb|heeft|had) (?:er|d'r|ze|der) (?:nu |al |bijna |ruim )?([6-9]\d|10\d) (?:op ?zitten|achter de rug)\b",
        "opzitten",
        0.8,
    ),
    (
        rf"\b(?:ben|bin|bun|bon|is|ies|was|wor|wordt|word|wurdt|wodt)(?: [a-z']{{1,6}}){{0,3}} "
        rf"({_DIALECT})(?!\w){_NO_AMOUNT}",
        "streektaal",
        0.8,
    ),
    (rf"\b{SOME_PRONOUN} (?:ben|bin|is|was) (?:al |nu |bijna )?([1-9] ?en ?[2-9]0)(?!\w)", "en", 0.8),
)
"""Source with marks, cue and score."""
