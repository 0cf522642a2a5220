"""Ages said of a subject: `ik ben 37`, `wij zijn 78 en 81`, `toen ze twaalf was`, `met zijn 79`."""

from anonymisation.patterns import any_of
from anonymisation.recognisers.age.numbers import ADULT, AGED, HALF, MANY, NUMBER, SAID, Shape
from anonymisation.recognisers.age.words import (
    ADVERB,
    BROOD,
    CHILD,
    CLOSED,
    GOES_ON,
    IS,
    KIN,
    NO_AMOUNT,
    NO_THING,
    OWN,
    PRONOUN,
    SHORT_ADVERBS,
    SOME_PRONOUN,
    SOON,
    STRETCH,
)
from anonymisation.recognisers.numerals import DIALECT

_IN_ENGLISH = (
    r"(?:(?:i am|i'm|im|he is|he's|she is|she's|i was|(?:he|she) was|my (?:son|daughter|mother|father|mom|dad|husband|"
    r"wife|brother|sister|kid|child|baby|grandmother|grandfather) (?:is|was))(?: (?:now|only|almost|already|just))?)"
)
_SUBJECT = (
    r"(?:ik (?:ben|bin|bun|bon|bän|bn|zen|zijn|was|word|werd|wordt)|(?:ben|bin|bun|was|word|werd) (?:ik|'k|ich)|"
    r"ich (?:bin|bön|ben)|"
    rf"{PRONOUN} (?:is|was|wordt|werd|word|bent)|(?:is|was|wordt|werd|word|ben|bent) (?:hij|zij|ze|je|u)|ben|bin|word|"
    rf"{KIN}\.? (?:is|was|wordt|werd|wurdt|wodt|ies)|ik (?:bne|ebn|benn|bem|b|been|bennn)|{_IN_ENGLISH}|kben|kbn|kword)"
)
_ADVERB = any_of(
    f"{SHORT_ADVERBS} ongeveer rond_de tegen_de dan nog maar immers vandaag gisteren morgen overmorgen van_de_week "
    "vorige_week vorige_maand vorig_jaar volgende_week volgende_maand afgelopen_week afgelopen_maand deze_maand "
    "deze_week laatst onlangs van_het_weekend van_de_zomer maandag dinsdag woensdag donderdag vrijdag zaterdag zondag "
    "komende aanstaande sinds_kort sinds_gisteren sinds_vorige_week sinds_deze_week sinds_vorige_maand dus "
    "binnenkort zeker eigenlijk misschien dan_wel iets_van om_en_nabij_de ± ca. circa plm. al_wel echter over_de "
    "en ook_al zelf_al zelf_ook no nou noe ok zolf zulf sels noch"
)
_BOTH = any_of("allebei beiden beide alle_twee alletwee allemaal")
_WHEN = any_of("toen als dat omdat doordat terwijl hoewel zodra nu sinds tot of voordat nadat vanaf ondanks_dat")
_DOES = any_of(
    "ga kan kun wil hoef moet mag ben heb loop zit is word ging moest kwam kreeg werd was begon stond had verliet "
    "trouwde liep zei sprak praatte las fietste zwom kroop"
)
_OF_AGE = "(?:18|21|65|67|achttien)"
"""The law says it of everybody."""
_TENS = "(?:twin|der|veer|vijf|zes|zeven|tach|negen)tig"
_NOT_IT = r"(?<!\bhet )(?<!\bdat )(?<!\bdit )(?<!\ber )(?<!\bwat )"
_NO_NAME = "(?!het |er |dat |dit |de |een |om )"
_DIALECT = any_of(" ".join(sorted(DIALECT)))

SUBJECTS: tuple[Shape, ...] = (
    (
        rf"\b{_SUBJECT}(?: {_ADVERB}){{0,3}} ({SAID})"
        rf"{NO_AMOUNT}(?!{STRETCH})(?! (?:van de|op de|in de|verder|kwijt)\b)",
        "ik ben",
        0.88,
    ),
    (
        rf"\b(?:(?:{PRONOUN}|{KIN}\.?) {IS}|{IS} {SOME_PRONOUN})(?: {ADVERB}){{0,2}} "
        rf"(?:({HALF}){NO_THING}|({HALF} ?(?:jaar|jr)|twee|drie)(?:{CLOSED}|{GOES_ON}|(?= oud\b)))",
        "is",
        0.8,
    ),
    (rf"{_NOT_IT}\b{IS}(?: {ADVERB}){{0,2}} ({ADULT})(?:{CLOSED}|{GOES_ON})", "is", 0.72),
    (
        rf"\b(?:leek|lijkt|oogt|oogde)(?: me| mij| ons)?(?: {ADVERB})? ({ADULT})(?:{CLOSED}|{GOES_ON})",
        "is",
        0.7,
    ),
    (rf"\b{CHILD},? (?:dat|die|van) [^.!?,\n]{{2,30}} (?:is|was)(?: {ADVERB})? ({SAID}){CLOSED}", "is", 0.72),
    (rf"\b{KIN},? die(?: {ADVERB}| {SOON}){{0,2}} ({SAID}) {IS}\b", "bijzin", 0.8),
    (
        rf"{_NOT_IT}\b(?:had|zou|zouden|zal|moet|moeten|moest|moesten|mag|kan)"
        rf"(?: (?:{SOME_PRONOUN}|{_BOTH}|{ADVERB}|{SOON}|nog|dan|wel|maar|slechts|zo'n|een jaar of|vandaag)){{0,3}} "
        rf"({SAID})(?: of ({SAID}))? "
        r"(?:zijn|worden|geworden|geweest|(?:moeten|mogen|zijn) (?:worden|geworden|geweest))\b",
        "mag zijn",
        0.75,
    ),
    (
        rf"\b(?:de (?!\d0\b|{_TENS}\b)({ADULT}) (?:(?:al|net|nog|ruim|niet) ){{0,2}}"
        r"(?:gepasseerd|voorbij|gehaald|te halen|halen|aangetikt)\b|"
        rf"haalde de ({ADULT}){NO_THING})",
        "de gehaald",
        0.75,
    ),
    (
        rf"\b(?:(?:loop|loopt|lopen|liep|ga|gaat|gaan|ging|hik|hikt|kruip|kruipt)(?: [a-z]{{2,8}}){{0,2}} "
        rf"(?:tegen|richting) (?:de )?({ADULT})(?: aan)?{NO_THING}|\b(?:tegen|richting) de ({AGED}) aan{NO_THING})",
        "tegen de",
        0.7,
    ),
    (rf"\b(?:{SOME_PRONOUN}|{KIN}) (?:is|ben|was) [a-z]{{4,16}} en ({SAID})(?: jaar)?{CLOSED}", "is en", 0.75),
    (rf"\b{_SUBJECT} (?:er|d'r|der) ({ADULT})(?:{CLOSED}|{GOES_ON}|(?= {SOON}| van de| straks\b))", "ik ben", 0.8),
    (
        rf"\b(?:{SOME_PRONOUN}|{KIN}) (?:is|was|ben) een (?:jaar|maand|week) of ({SAID})(?:{CLOSED}|{GOES_ON})",
        "ongeveer",
        0.75,
    ),
    (
        rf"\b(?:wij|we|zij|ze|jullie|beiden|ouders|allebei|{BROOD}) (?:zijn|waren|worden|werden)(?: {ADVERB}){{0,2}} "
        rf"(?:resp\.? |respectievelijk )?({ADULT})(?:,? en ({ADULT}))?{NO_THING}",
        "wij zijn",
        0.85,
    ),
    (
        rf"\b(?:(?:{PRONOUN}|wij|we|ouders|{KIN}|{BROOD}) (?:zijn|waren|worden|werden)|"
        rf"(?:zijn|waren) (?:ze|zij|we|wij)|{BROOD} van [^.!?,\n]{{2,20}} (?:zijn|waren))(?: {ADVERB})? "
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
    (
        rf"\b(?:zegt|zei|zeggen|blijkt|bleek|beweert|denkt|dacht|schijnt|hoort|blijken)"
        rf"(?: {ADVERB})? ({SAID}) te (?:zijn|worden)\b",
        "te zijn",
        0.75,
    ),
    (rf"(?:(?:^|[.!?:\n] ?)(?:{ADVERB} )?({NUMBER})|(?<![\w.,'’])({ADULT})) {IS} {SOME_PRONOUN}\b", "ben ik", 0.85),
    (rf"(?:^|[.!?\n] ?)({ADULT}) (?:ben|bent|word|wordt) (?:je|u)\b", "ben ik", 0.75),
    (
        rf"(?:\b({AGED}) is (?:een|geen) (?:[a-z]{{3,9}} )?leeftijd\b|"
        rf"\bleeftijd (?:zit|kom|ben|zat) {SOME_PRONOUN} op ({ADULT}){NO_THING}|"
        rf"(?:^|[.!?\n] ?)voor ({AGED}) (?:doe|doet|ben|is|ziet|loop|loopt|red|kan|mag|was) (?:{SOME_PRONOUN}|je|u)\b|"
        rf"\b(?:goed|jong|fit|kras|kwiek|helder|mooi)(?: uitzie| uitziet| uitzag)? voor ({AGED}){CLOSED}|"
        r"\b(?:reken|tel)(?: [a-z]{2,8}){0,3} uit[:,;.]?(?: dus| dan ben ik| dan is (?:hij|ze|zij))? "
        rf"({ADULT}){CLOSED})",
        "leeftijd",
        0.7,
    ),
    (
        rf"\b{_WHEN} (?:{PRONOUN}|hij zelf|(?:{OWN} |de |een )?{KIN}) (?:{ADVERB} )?"
        rf"({HALF}|{SAID}) (?:{IS}|(?:zou|zal|mag|mocht|moet|kan|ga|gaat) (?:worden|zijn))\b",
        "bijzin",
        0.85,
    ),
    (
        rf"\b{_WHEN} {_NO_NAME}[a-z'\-]{{2,14}} (?:(?:[a-z'\-]{{2,20}} ){{0,3}}({SAID}) (?:werd|wordt|word)|"
        rf"(?:{ADVERB} )?({SAID}) was)\b",
        "bijzin",
        0.75,
    ),
    (
        rf"(?<!\bvan )\b(?:als|toen|wie|die)(?: {_BOTH}| iemand)? (?!{_OF_AGE})({ADULT}) {IS}\b",
        "bijzin",
        0.72,
    ),
    (
        rf"(?:\b(?:was|waren|is|werd) ({NUMBER}) toen|\ben ({ADULT}) toen (?:{SOME_PRONOUN}|we|wij|{OWN}|de))\b",
        "toen",
        0.8,
    ),
    (rf"(?<![\w.,:/\-€])(?<!\been )({SAID}) (?:jaar )?(?:geworden|(?:te|mogen|moeten) worden)\b", "geworden", 0.8),
    (
        rf"\b(?:schat|schatte|schatten|geschat) (?:zichzelf|hem|haar|mij|me|ze|hen|ons)(?: [a-z]{{2,8}})?"
        rf"(?: op)?(?: een jaar of| zo'n)? ({ADULT}){NO_AMOUNT}",
        "geschat",
        0.75,
    ),
    (
        rf"\b(?:(?:overleed|stierf|overleden|gestorven|trouwde)(?: {SOME_PRONOUN})?(?: (?:al|pas))? met ({ADULT})"
        rf"(?:{CLOSED}|{GOES_ON})|"
        rf"(?:afgekeurd|overleden|gestorven|weduwe|weduwnaar|moeder|vader|bevallen)(?: geworden)? op ({ADULT}){CLOSED}|"
        rf"(?:kwam|vertrok|verhuisde)(?: {SOME_PRONOUN})? met ({ADULT}) naar\b|"
        rf"(?:ging|begon|moest|trouwde|stopte|verliet|stond|werkte|woonde|zat|moet|mag|wil|wilde)(?: {SOME_PRONOUN})?"
        rf"(?: al| pas)? met ({ADULT})(?: al| pas)? (?:werken|trouwen|stoppen|weg|uit huis|van school|het huis uit|op "
        r"mezelf|op zichzelf|op kamers|op straat|in dienst|aan het werk)\b|"
        rf"(?:^|[.!?,;\n] ?)(?:en |al |pas )?met ({ADULT}) (?:van school|uit huis|het huis uit|op straat|op kamers|"
        r"in dienst|de (?:bouw|zorg|fabriek|haven|bijstand|ziektewet|wao|wia|ww) in)\b|"
        rf"(?:^|[.!?,;\n] ?)met ({ADULT}) (?:stopte|stopt|begon|begint|eindigde|hield) "
        r"(?:alles|de|het|mijn|zijn|haar|die)\b|"
        rf"(?:ouder|oud) geworden dan ({ADULT}){CLOSED})",
        "met",
        0.75,
    ),
    (
        rf"(?:^|[.!?,;\n] ?|\b(?:en|want|omdat|maar) )ik heb ({ADULT}) jaar"
        r"(?=[.!]|$| ik\b| en (?:ik|ben|snap|woon|kom|kan|wil|weet|heb|leef)\b)",
        "ik heb jaar",
        0.7,
    ),
    (
        rf"\bmet (?!{_OF_AGE} [a-z]+ (?:je|men|u)\b)({HALF}|{NUMBER}) {_DOES} (?:je|ik|men|u|hij|zij|ze|die)\b",
        "met",
        0.8,
    ),
    (
        rf"\b(?:(?:op|vanaf|sinds|tot|rond) {OWN} ({MANY})|met {OWN} ({ADULT})){NO_THING}"
        r"(?! (?:kamer|fiets|werk|adres))",
        "op mijn",
        0.75,
    ),
    (
        rf"\bmet {OWN} ({ADULT} (?:jaar|jaren|jr))(?!\w)"
        r"(?! (?:ervaring|dienst|werk|trouwe|lang|huwelijk|garantie|inzet|bij|in|mantelzorg)\b)",
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
        rf"({_DIALECT})(?!\w)(?! (?:keer|uur|dag|dagen|week|weken|maand|joar|jaar|cm|kg|meter|km|graden|euro|minuten))",
        "streektaal",
        0.8,
    ),
    (
        rf"\b(?:ik|ick|hij|zij|ze) (?:ben|bin|bun|zen|is|word|wordt)(?: al| nu| pas)? "
        rf"({_DIALECT})(?: (?:jaar|joar|jaor|jr))(?!\w)(?!{STRETCH})",
        "streektaal",
        0.8,
    ),
    (rf"\b{SOME_PRONOUN} (?:ben|bin|is|was) (?:al |nu |bijna )?([1-9] ?en ?[2-9]0)(?!\w)", "en", 0.8),
)
"""Source with marks, cue and score."""
