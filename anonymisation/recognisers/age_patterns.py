"""The shapes in which people write an age; built once for figures only and once with number words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from anonymisation.gates import AGES, Joint, Part
from anonymisation.patterns import any_of, compiled
from anonymisation.recognisers.numerals import CARDINALS, ORDINALS
from anonymisation.spans import Document


def _by_length(known: list[str]) -> str:
    return "|".join(sorted(known, key=lambda word: (-len(word), word)))


AGED_WORDS = frozenset(
    word + "jarig" + end for word, value in CARDINALS.items() if value > 1 for end in ("", "e", "en")
)
NUMBER_WORDS = frozenset(w for table in (CARDINALS, ORDINALS) for w, v in table.items() if v > 1) | AGED_WORDS
FIGURES = r"(?:1[01]\d|[1-9]?\d)"
KIN = any_of(
    "zoon zoontje dochter dochtertje kind kindje jongen jongetje meisje kleinzoon kleindochter moeder vader "
    "man vrouw partner broer "
    "broertje zus zusje zuster oma opa tante oom nicht neef buurman buurvrouw client clienten cliente clientes "
    "mevrouw meneer heer dame "
    "jochie meid baby peuter kleuter puber tiener jongste oudste middelste kleinste echtgenoot echtgenote moe "
    "pa ma mem heit kleinkind pleegkind "
    "pleegzoon pleegdochter stiefzoon inwoner bewoner bewoonster inwoonster weduwe weduwnaar mantelzorger "
    "tweeling kinderen jongens meiden"
)
_SUBJECT = (
    r"(?:ik (?:ben|bin|bun|bon|bän|was|word|werd|wordt)|(?:ben|bin|bun|was|word) (?:ik|'k|ich)|ich (?:bin|bön|ben)|"
    r"(?:hij|zij|ze|die|wie|dat|u|je|jij) (?:is|"
    r"was|wordt|werd|word|bent)|"
    rf"(?:is|was|wordt|werd|ben|bent) (?:hij|zij|ze|je|u)|ben|bin|word|{KIN} (?:is|was|wordt|werd))"
)
_ADVERB = any_of(
    "nu al net pas inmiddels bijna zelf toen ook dan nog_maar nog maar intussen ondertussen volgende_maand "
    "volgende_week ruim ongeveer rond_de "
    "zowat dik immers vandaag gisteren morgen straks dit_jaar van_de_week al_wel echter over_de en vorige_maand "
    "vorige_week vorig_jaar afgelopen_week afgelopen_maand deze_maand deze_week laatst onlangs van_het_weekend "
    "van_de_zomer binnenkort zeker eigenlijk misschien no nou noe ok ook_al zolf zulf zelf_ok sels noch al_weer alweer"
)
_NO_AGE_AFTER = any_of(
    "keer uur dagen weken maanden minuten kinderen euro km kilo meter procent van_de mensen personen cm kg "
    "maal op_de in_de x_ jaar_verder jaar_bezig jaar_lid jaar_samen jaar_getrouwd jaar_clean jaar_nuchter jaar_weg "
    "jaar_terug jaar_geleden jaar_gescheiden jaar_vrijwilliger jaar_mantelzorger jaar_lang jaar_zo jaar_ziek "
    "jaar_geweest jaar_thuis jaar_gestopt jaar_later jaar_onderweg"
)
_MONTHS = any_of("jan feb maart apr mei jun jul aug sep okt nov dec")
_AFTER_ORDINAL = any_of(
    "verjaardag levensjaar jaar viel kreeg nog is was werd al kan moet heb niet ben toen en woon de alles weer "
    "zelf fietste rijd reed"
)
_AFTER_OUR = any_of("nog al kan wil ben is was moet niet weer zelf heb werd kwam kreeg")
_PERSON = any_of(
    "man vrouw moeder vader zoon dochter partner broer zus oma opa kleinzoon kleindochter mevrouw mw dhr "
    "meneer client cl sr jr"
)
_LEADIN = any_of("nou_ ja_ ik_ben_ bijna_ al_ net_ ik_word_ even_denken_ eh_ tja_ oh_")
UNIT = r"(?:[ ]?(?:jaar|jaren|jr|jier|jaor|joar|jair|jarige?)\b\.?)"
SMALL = re.compile(
    r"\((\d{1,2}(?:[,.]5|;\d{1,2})?[ ]?(?:jaar|jr|mnd|maanden|maand|wkn|weken|dagen|wk|j)?\.?"
    r"(?:[ ]?\d{1,2}[ ]?(?:mnd|maanden|m))?)\)|\((\d[,.]5)\)|\b(?:is|van|"
    r"wordt) (\d{1,2}[,.]5 jaar)\b"
)
NAME_IS = re.compile(
    r"(?<![\w.])([A-Z][a-zà-ÿ'\-]{2,15}) (?:is|was|wordt|werd)"
    r"(?: nu| al| net| pas| toen| bijna| zelf| ook| inmiddels| in [a-z]{3,9}){0,3} "
    rf"(\d{{1,2}}|{_by_length([w for w, v in CARDINALS.items() if 2 < v < 100])})"
    r"(?=[.,;!?]|$| (?:en|nu|geworden|toen|maar))(?![.,]\d)"
)
LOWER_IS = re.compile(
    r"(?<![\w.])([a-z][a-z'\-]{1,15}),? (?:is|was|wordt|word|werd|van|fan)(?: nu| al| net| pas| toen| bijna|"
    r" in [a-z]{3,9}| dan)? (\d{1,2})(?=[.,;!?)]|$|\n| (?:en|nu|geworden|toen|maar|man|hoor|om|die|uit|gaat|zit|"
    r"heeft)\b)(?![.,]\d)"
)
"""`truida is 79 man`: a first name of the lists in lower case, with its age."""
NAME_WITH = re.compile(
    r"(?<![\w.])([A-Z][a-zà-ÿ'\-]{2,15}),? "
    r"(\d{1,2} ?(?:mnd|maanden|maand|weken|wkn|jr|j)\b|\d{2}(?=, (?:ik|en|hij|zij|mijn)\b))"
)
_NUMBER = rf"(?:\d{{1,2}}|{_by_length([w for w, v in CARDINALS.items() if 2 < v < 100])})"
NAME_SECOND = re.compile(
    r"(?<![\w.])([A-Z][a-zà-ÿ'\-]{1,15}) (?:(?:is|was|wordt|werd|van) )?"
    + _NUMBER
    + r"(?: (?:is|was|wordt|werd))?,? en "
    rf"[A-Z][a-zà-ÿ'\-]{{1,15}} (?:(?:is|was|wordt|werd|van) )?({_NUMBER})(?=[.,;!?)]|$| (?!\d))(?![.,]\d)"
)
"""`Sam was 6 en Noor 3`, `Toen Bram 4 was en Fien 2`: the age of the second of two."""
NAME_DOT = re.compile(r"(?<![\w.])([A-Z][a-zà-ÿ'\-]{2,15})\. (\d{2})(?=[,.] )")
"""`De eerste was Micha. 17, drie scholen gehad.`"""
NAME_PAIR = re.compile(
    r"(?<![\w.])([A-Z][a-zà-ÿ'\-]{1,15}) en [A-Z][a-zà-ÿ'\-]{1,15} (?:waren|zijn|worden|werden)"
    r"(?: nu| toen| pas| net)? (\d{1,2})(?=[.,;]| en\b)"
)
AFTER_NAME = re.compile(r"(?<![\w.])[A-Z][a-zà-ÿ'\-]{2,15}(?: [A-Z][a-zà-ÿ'\-]{2,15})?,? (\d{2})(?=[.,;:)]\s|$)")

UNIT_CUE = "jaar"
BRACKETS_CUE = "haakjes"


@dataclass(frozen=True)
class AgePatterns:
    """(pattern, cue, score): one with a unit needs its surroundings weighed; of the cued ones every group is an age."""

    every: tuple[tuple[re.Pattern[str], str, float], ...]
    gate: Part

    def that_may_match(self, doc: Document) -> Iterator[tuple[re.Pattern[str], str, float]]:
        """Those that the gate does not close."""
        return (self.every[number] for number in self.gate.open(doc))


def build(joint: Joint, number: str, ordinal: str, alone: str) -> AgePatterns:
    """Patterns for a way of writing numbers.

    joint: what they are read with. number, ordinal: what matches an age; alone: number words that may be a whole
        sentence, "" for none.
    """
    ordinals = rf"(?:(?:1[01]\d|[1-9]?\d)[ ]?(?:e|ste|de){'|' + ordinal if ordinal else ''})"
    cued = [
        (compiled(rf"(?<![\w.,\-/])({number}) (?:maanden|weken|mnd) (?:oud|jong)(?![a-z])"), "oud", 0.85),
        (
            compiled(rf"\b{_SUBJECT}(?: {_ADVERB}){{0,3}} ({number})", rf"(?![\d\w,.:]\w|[\w%]|[ ]?{_NO_AGE_AFTER})"),
            "ik ben",
            0.88,
        ),
        (
            compiled(
                r"\b(?!(?:moeder|vader|ma|pa|oma|opa) van (?:\d|twee|drie|vier|vijf|zes|zeven|acht|negen|tien)\b)",
                rf"{KIN}(?:tje|s)?(?: [a-z'\-]{{2,20}}){{0,3}} (?:van|fan|vaan) ({number})(?: en ({number}))?",
                r"(?! (?:uur|euro|mensen|dagen|weken|kinderen|km|stuks|de|het|tot|juni|juli|",
                r"jaar terug|jaar geleden|jaar lang)\b|\w|[.,:]\d|[-/]\d|[ ]",
                _MONTHS,
                ")",
            ),
            "kind van",
            0.88,
        ),
        (compiled(rf"\b(?:was|waren|is|werd) ({number}) toen\b"), "toen", 0.8),
        (
            compiled(
                rf"\boud\b[^?]{{0,40}}\?\s{{0,3}}(?:[a-z]{{1,14}}[.:]\s{{1,2}})?{_LEADIN}?[,.]?[ "
                rf"]?({number})(?![\w])"
            ),
            "hoe oud",
            0.9,
        ),
        (
            compiled(
                r"\b(?:tot|toen|vanaf|sinds) (?:ik|hij|ze|zij|mijn man|mijn vrouw|mijn zoon|mijn dochter) ",
                rf"({number}) (?:was|werd|ben|is)\b",
            ),
            "toen",
            0.85,
        ),
        (
            compiled(
                rf"\b(?:op|vanaf) (?:mijn|z'n|zn|zijn|haar|d'r|m'n|mn|me|hun) ({number})(?![\w])(?! (?:kamer|"
                rf"fiets|werk|adres))"
            ),
            "op mijn",
            0.75,
        ),
        (
            compiled(
                rf"\b(?:is|ben|was) (?:al|ook al|inmiddels|nu al|dik|ver over|net|pas) ({number})",
                r"(?= (?:maar|en|nog|dus|geworden|hoor|nu|,)|[,.;!?)]|$)",
            ),
            "is al",
            0.8,
        ),
        (
            compiled(
                r"\b(?:nog geen|nog maar net|net|pas|amper|al) (?:een|een paar|twee|drie|vier) (?:dag|dagen|week|",
                rf"weken|maand|maanden) ({number})(?= (?:en|toen|maar|geworden)|[,.;!?)]|$)",
            ),
            "is al",
            0.8,
        ),
        (compiled(rf"\bnog geen (?:dag|week|maand|jaar) ({number})(?= (?:en|toen|maar)|[,.;!?)]|$)"), "is al", 0.8),
        (compiled(rf"\b{_PERSON}[.,:]? (?:is )?({number})(?=[,.;)!?]|$)(?![.,]\d)"), "man", 0.7),
        (
            compiled(
                rf"(?<![a-z])(?:man|vrouw|m|v|jongen|meisje|dame|heer)[ ]?[,/(][ ]?({number})(?![\w%:]|[.,]\d|"
                rf"[ ]?(?:uur|keer))"
            ),
            "m/v",
            0.85,
        ),
        (compiled(rf"(?<=[a-z], )({number})(?:{UNIT})?(?=,(?!\d)|\.(?:\s|$)|;|\))"), "tussen komma's", 0.72),
        (
            compiled(
                rf"\b(?:haar|zijn|mijn|m'n|mn|me|z'n|zn|d'r|hun|onze|je|uw|de|tot|syn|myn)[ ]({ordinals})(?![a-z])",
                rf"(?= ?(?:{_AFTER_ORDINAL}|[,.?!]|$))",
            ),
            "verjaardag",
            0.85,
        ),
        (
            compiled(
                rf"\b(?:leeftijd|lft|leeft|oud)[.:]?[ ]{{0,2}}(?:is |van |was |:|=|"
                rf"ca\.? )?[ ]?({number})(?:{UNIT})?(?![\w%]|[.,]\d)"
            ),
            "leeftijd",
            0.9,
        ),
        (
            compiled(
                r"\b(?:onze|mijn|m'n|(?<!tot en )met(?! \d(?!\d))|op (?:mijn|zijn|haar|onze|z'n|d'r|je|hun)|toen ik|"
                r"toen hij|toen ze|rond mijn) ",
                rf"({number})(?: en ({number}))?(?=[.,!?]|$| {_AFTER_OUR})(?<!een)",
            ),
            "onze",
            0.6,
        ),
    ]
    if alone:
        cued.append(
            (
                compiled(
                    rf"(?:^|[.!?:\n]\s{{0,2}})({alone})(?=[.!,]|$| (?:en|ben|al|inmiddels|is|was)|",
                    r" jaar(?:[.!,]|$| oud| jong))",
                ),
                "getal alleen",
                0.6,
            )
        )
    with_unit = compiled(
        rf"(?<![\w.,\-/€])({number})(?:[ \-]?(?:jaar|jaren|jr|jier|jaor|joar|"
        rf"jarige?n?)(?![a-z])(?:\.(?=[ ][a-z,]))?)"
    )
    bracketed = compiled(
        rf"(?<=[a-z.\"'] )\((?:(?:m|v|man|vrouw|"
        rf"d)?[,/ ]{{0,2}})?({number})(?:{UNIT})?(?=[),;/])(?!\)?[ ]?(?:%|euro))"
    )
    every = ((with_unit, UNIT_CUE, 0.0), *cued, (bracketed, BRACKETS_CUE, 0.85))
    return AgePatterns(every, joint.gate(pattern for pattern, _, _ in every))


IN_FIGURES = build(AGES, FIGURES, "", "")
IN_WORDS = build(
    Joint("folded"),
    f"(?:{FIGURES}|{_by_length([w for w, v in CARDINALS.items() if v > 1])})",
    _by_length([w for w, v in ORDINALS.items() if v > 5]),
    f"(?:{_by_length([w for w, v in CARDINALS.items() if v > 20 and v % 10])})",
)
