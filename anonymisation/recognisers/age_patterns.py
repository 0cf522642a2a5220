"""The shapes in which people write an age; built once for figures only and once with number words."""

import re

from anonymisation.gates import AGES, SPOKEN_AGES
from anonymisation.patterns import any_of
from anonymisation.recognisers.age_numbers import ALONE, COMPOUND, MONTHS, NUMBER, ORDINAL, AgeShapes, Shape, Spelling
from anonymisation.recognisers.numerals import CARDINALS, DIALECT, HALVES, ORDINALS, spelled

AGED_WORDS = frozenset(
    word + "jarig" + end for word, value in CARDINALS.items() if value > 1 for end in ("", "e", "en")
)
NUMBER_WORDS = (
    frozenset(w for table in (CARDINALS, ORDINALS) for w, v in table.items() if v > 1)
    | AGED_WORDS
    | HALVES.keys()
    | DIALECT
)
KIN = any_of(
    "zoon zoontje dochter dochtertje kind kindje jongen jongetje meisje kleinzoon kleindochter moeder vader "
    "man vrouw partner broer "
    "broertje zus zusje zuster oma opa tante oom nicht neef buurman buurvrouw client clienten cliente clientes "
    "mevrouw meneer heer dame "
    "jochie meid baby peuter kleuter puber tiener jongste oudste middelste kleinste echtgenoot echtgenote moe "
    "pa ma mam mama pap papa moeke mem heit kleinkind pleegkind "
    "kleine pleegzoon pleegdochter stiefzoon inwoner bewoner bewoonster inwoonster weduwe weduwnaar mantelzorger "
    "tweeling kinderen jongens meiden dreumes"
)
_SUBJECT = (
    r"(?:ik (?:ben|bin|bun|bon|bän|was|word|werd|wordt)|(?:ben|bin|bun|was|word) (?:ik|'k|ich)|ich (?:bin|bön|ben)|"
    r"(?:hij|zij|ze|die|wie|u|je|jij) (?:is|"
    r"was|wordt|werd|word|bent)|"
    rf"(?:is|was|wordt|werd|ben|bent) (?:hij|zij|ze|je|u)|ben|bin|word|{KIN} (?:is|was|wordt|werd))"
)
_ADVERB = any_of(
    "nu al net pas inmiddels bijna zelf toen ook dan nog_maar nog maar intussen ondertussen volgende_maand "
    "volgende_week ruim ongeveer rond_de "
    "zowat dik immers vandaag gisteren morgen straks dit_jaar van_de_week al_wel echter over_de en vorige_maand "
    "vorige_week vorig_jaar afgelopen_week afgelopen_maand deze_maand deze_week laatst onlangs van_het_weekend "
    "van_de_zomer overmorgen maandag dinsdag woensdag donderdag vrijdag zaterdag zondag "
    "binnenkort zeker eigenlijk misschien no nou noe ok ook_al zolf zulf zelf_ok sels noch al_weer alweer"
)
_NO_AGE_AFTER = any_of(
    "keer uur dagen weken maanden minuten kinderen euro km kilo meter procent van_de mensen personen cm kg "
    "maal op_de in_de x_ jaar_verder jaar_bezig jaar_lid jaar_samen jaar_getrouwd jaar_clean jaar_nuchter jaar_weg "
    "jaar_terug jaar_geleden jaar_gescheiden jaar_vrijwilliger jaar_mantelzorger jaar_lang jaar_zo jaar_ziek "
    "jaar_jonger jaar_ouder jaar_geweest jaar_thuis jaar_gestopt jaar_later jaar_onderweg"
)
_HOURS = r"[ ]?u(?![a-z])(?! (?:kunt|kan|mag|bent|hebt|heeft|moet))"
_MONTHS = any_of("jan feb maart apr mei jun jul aug sep okt nov dec")
_AFTER_ORDINAL = any_of(
    "verjaardag levensjaar jaar viel kreeg nog is was werd al kan moet heb niet ben toen en woon de alles weer "
    "zelf fietste rijd reed"
)
_AFTER_OUR = any_of("nog al kan wil ben is was moet niet weer zelf heb werd kwam kreeg")
_PERSON = any_of(
    "man vrouw moeder vader mama papa zoon dochter partner broer zus oma opa kleinzoon kleindochter mevrouw mw dhr "
    "meneer client cl sr jr zorgvrager zorgvraagster hulpvrager inwoner inwoonster bewoner bewoonster"
)
_LEADIN = any_of("nou_ ja_ ik_ben_ bijna_ al_ net_ ik_word_ even_denken_ eh_ tja_ oh_")
UNIT = r"(?:[ ]?(?:jaar|jaren|jr|jier|jaor|joar|jair|jarige?)\b\.?)"
SMALL = re.compile(
    r"\((\d{1,2}(?:[,.]5|;\d{1,2})?[ ]?(?:jaar|jr|mnd|maanden|maand|wkn|weken|dagen|wk|j)?\.?"
    r"(?:[ ]?\d{1,2}[ ]?(?:mnd|maanden|m))?)\)|\((\d[,.]5)\)|\b(?:is|van|"
    r"wordt) (\d{1,2}[,.]5 jaar)\b"
)
_NUMBER = rf"(?:\d{{1,2}}|{spelled(CARDINALS, range(3, 100))})"
NAME_IS = re.compile(
    r"(?<![\w.])([A-Z][a-zà-ÿ'\-]{2,15}) (?:is|was|wordt|werd)"
    r"(?: nu| al| net| pas| toen| bijna| zelf| ook| inmiddels| in [a-z]{3,9}){0,3} "
    rf"({_NUMBER})"
    r"(?=[.,;!?]|$| (?:en|nu|geworden|toen|maar))(?![.,]\d)"
)
LOWER_IS = re.compile(
    r"(?<![\w.])([a-z][a-z'\-]{1,15}),? (?:is|was|wordt|word|werd|van|fan)(?: nu| al| net| pas| toen| bijna|"
    r" in [a-z]{3,9}| dan)? (\d{1,2})(?=[.,;!?)]|$|\n| (?:en|nu|geworden|toen|maar|man|hoor|om|die|uit|gaat|zit|"
    r"heeft)\b)(?![.,]\d)"
)
"""`truida is 79 man`: a first name of the lists in lower case, with its age."""
NAME_WITH = re.compile(
    r"(?<![\w.])(?!Dik |Ruim |Krap )([A-Z][a-zà-ÿ'\-]{2,15}),? "
    r"(\d{1,2} ?(?:mnd|maanden|maand|weken|wkn|jr|j)\b|\d{2}(?=, (?:ik|en|hij|zij|mijn)\b))"
)
NAME_SECOND = re.compile(
    r"(?<![\w.])([A-Z][a-zà-ÿ'\-]{1,15}) (?:(?:is|was|wordt|werd|van) )?"
    + _NUMBER
    + r"(?: (?:is|was|wordt|werd))?,? en "
    rf"[A-Z][a-zà-ÿ'\-]{{1,15}} (?:(?:is|was|wordt|werd|van) )?({_NUMBER})(?=[.,;!?)]|$| (?!\d))(?![.,]\d)"
)
"""`Sam was 6 en Noor 3`, `Toen Bram 4 was en Fien 2`: the age of the second of two."""
NAME_PAIR = re.compile(
    r"(?<![\w.])([A-Z][a-zà-ÿ'\-]{1,15}) en [A-Z][a-zà-ÿ'\-]{1,15} (?:waren|zijn|worden|werden)"
    r"(?: nu| toen| pas| net)? (\d{1,2})(?=[.,;]| en\b)"
)
UNIT_CUE = "jaar"
BRACKETS_CUE = "haakjes"


EVERY: tuple[Shape, ...] = (
    (
        (
            rf"(?<![\w.,\-/€])({NUMBER})(?:[ \-]?(?:jaar|jaren|jr|jier|jaor|joar|"
            rf"jarige?n?)(?![a-z])(?:\.(?=[ ][a-z,]))?)"
        ),
        UNIT_CUE,
        0.0,
    ),
    (rf"(?<![\w.,\-/])({NUMBER}) (?:maanden|weken|wkn|dagen|mnd) (?:oud|jong)(?![a-z])", "oud", 0.85),
    (
        (
            rf"\b{_SUBJECT}(?: {_ADVERB}){{0,3}} ({NUMBER})"
            rf"(?![\d\w,.:]\w|[\w%]|[ ]?(?:{_NO_AGE_AFTER}|{COMPOUND}\b)|{_HOURS})"
        ),
        "ik ben",
        0.88,
    ),
    (
        (
            r"\b(?!(?:moeder|vader|ma|pa|oma|opa) van (?:\d|twee|drie|vier|vijf|zes|zeven|acht|negen|tien)\b)"
            rf"{KIN}(?:tje|s)?(?: [a-z'\-]{{2,20}}){{0,3}} (?:van|fan|vaan) "
            rf"({NUMBER}(?: (?:maanden|mnd)\b)?)(?: en ({NUMBER}))?"
            r"(?! (?:uur|euro|mensen|dagen|weken|kinderen|km|stuks|de|het|tot|hoog|juni|juli|"
            r"jaar terug|jaar geleden|jaar lang)\b|\w|[.,:]\d|[-/]\d|[ ]"
            rf"{_MONTHS})"
        ),
        "kind van",
        0.88,
    ),
    (rf"\b(?:was|waren|is|werd) ({NUMBER}) toen\b", "toen", 0.8),
    (
        (
            rf"\boud\b[^?]{{0,40}}\?\s{{0,3}}(?:[a-z]{{1,14}}[.:]\s{{1,2}})?{_LEADIN}?[,.]?[ "
            rf"]?({NUMBER}(?: (?:maanden|maand|mnd|weken|wkn|dagen))?)(?![\w])"
        ),
        "hoe oud",
        0.9,
    ),
    (
        (
            r"\b(?:tot|toen|vanaf|sinds) (?:ik|hij|ze|zij|mijn man|mijn vrouw|mijn zoon|mijn dochter) "
            rf"({NUMBER}) (?:was|werd|ben|is)\b"
        ),
        "toen",
        0.85,
    ),
    (
        (
            rf"\b(?:op|vanaf) (?:mijn|z'n|zn|zijn|haar|d'r|m'n|mn|me|hun) ({NUMBER})(?![\w])(?! (?:kamer|"
            rf"fiets|werk|adres))"
        ),
        "op mijn",
        0.75,
    ),
    (
        (
            rf"\b(?:is|ben|was) (?:al|ook al|inmiddels|nu al|dik|ver over|net|pas) ({NUMBER})"
            r"(?= (?:maar|en|nog|dus|geworden|hoor|nu|,)|[,.;!?)]|$)"
        ),
        "is al",
        0.8,
    ),
    (
        (
            r"\b(?:nog geen|nog maar net|net|pas|amper|al) (?:een|een paar|twee|drie|vier) (?:dag|dagen|week|"
            rf"weken|maand|maanden) ({NUMBER})(?= (?:en|toen|maar|geworden)|[,.;!?)]|$)"
        ),
        "is al",
        0.8,
    ),
    (rf"\bnog geen (?:dag|week|maand|jaar) ({NUMBER})(?= (?:en|toen|maar)|[,.;!?)]|$)", "is al", 0.8),
    (rf"\b{_PERSON}[.,:]? (?:is )?({NUMBER})(?=[,.;)!?]|$)(?![.,]\d)", "man", 0.7),
    (
        (
            rf"(?<![a-z])(?:man|vrouw|m|v|jongen|meisje|dame|heer)[ ]?[,/(][ ]?({NUMBER})(?![\w%:]|[.,]\d|"
            r"[ ]?(?:uur|keer|kinderen|jongens|meisjes|meiden|dochters|zonen|zoons|honden|katten|"
            r"jaar (?:getrouwd|samen|lang|later|geleden)))"
        ),
        "m/v",
        0.85,
    ),
    (r"\b(?:echtpaar|echtp\.?|stel|ouders|partners)[,:]? ?[(]?([1-9]\d)[/+&]([1-9]\d)(?![\d/.-])", "paar", 0.85),
    (
        r"(?:^|\n)(?:r|respondente?|bewoner|bewoonster|deelne(?:mer|emster)|client|inwoner|mevrouw|meneer): "
        r"([1-9]\d)(?=, [a-z])",
        "wie",
        0.7,
    ),
    (r"(?:^|[.\n;] ?)[mv] ([1-9]\d)(?=[,;]|$|\n)", "m/v", 0.8),
    (
        rf"\b(?:baby|tweeling|zoon|zoontje|dochter|dochtertje|kind|kindje|kleinkind|jongen|jongetje|meisje|peuter)"
        rf"[ ,:(]{{1,2}}({MONTHS} (?:mnd|maanden|weken|wkn))(?![a-z])"
        r"(?! (?:geleden|lang|later|wacht|op|in|bij|dood|weg|en))",
        "kind van",
        0.8,
    ),
    (r"(?<![\w;,.:])(?<!artikel )(?<!art )(\d{1,2};\d{1,2} ?(?:jr|jaar)?)(?![\w;]|[.,:]\d)", "jaren;maanden", 0.8),
    (
        rf"(?<=[a-z], )(?:hooguit |amper |pas |net )?({NUMBER})(?:{UNIT})?"
        r"(?=,(?!\d)|\.(?:\s|$)|;|\))",
        "tussen komma's",
        0.72,
    ),
    (
        (
            rf"\b(?:haar|zijn|mijn|m'n|mn|me|z'n|zn|d'r|hun|onze|je|uw|de|tot|syn|myn)[ ]({ORDINAL})(?![a-z])"
            rf"(?= ?(?:{_AFTER_ORDINAL}|[,.?!]|$))"
        ),
        "verjaardag",
        0.85,
    ),
    (
        (
            rf"\b(?:leeftijd|lftd|lft|leeft|oud)[.:]?[ ]{{0,2}}(?:is |van |was |:|=|"
            rf"ca\.? )?[ ]?({NUMBER})(?:{UNIT})?(?![\w%]|[.,]\d)"
        ),
        "leeftijd",
        0.9,
    ),
    (
        (
            r"\b(?:onze|mijn|m'n|(?<!tot en )met(?! \d(?!\d))|op (?:mijn|zijn|haar|onze|z'n|d'r|je|hun)|toen ik|"
            r"toen hij|toen ze|rond mijn) "
            rf"({NUMBER})(?: en ({NUMBER}))?(?=[.,!?]|$| {_AFTER_OUR})(?<!een)"
        ),
        "onze",
        0.6,
    ),
    (
        (
            rf"(?:^|[.!?:\n]\s{{0,2}})({ALONE})(?=[.!,]|$| (?:en|ben|al|inmiddels|is|was)|"
            r" jaar(?:[.!,]|$| oud| jong))"
        ),
        "getal alleen",
        0.6,
    ),
    (
        (
            rf"(?<=[a-z.\"'] )\((?:ik meen |ik denk |denk ik |volgens mij |nu |inmiddels )?(?:(?:m|v|man|vrouw|"
            rf"d)?[,/ ]{{0,2}})?({NUMBER})(?:{UNIT})?(?=[),;/])(?!\)?[ ]?(?:%|euro))"
        ),
        BRACKETS_CUE,
        0.85,
    ),
)
IN_FIGURES = AgeShapes.of(EVERY, Spelling.FIGURES, AGES)
IN_WORDS = AgeShapes.of(EVERY, Spelling.WORDS, SPOKEN_AGES)
