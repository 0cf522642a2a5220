"""Ages that only the sentence around them gives away: no unit, no brackets (`wij zijn 78 en 81`, `met zijn 79`)."""

import re
from collections.abc import Iterator

from anonymisation.gates import AGES, SPOKEN_AGES
from anonymisation.patterns import any_of
from anonymisation.recognisers.age_family import FAMILY
from anonymisation.recognisers.age_numbers import (
    ADULT,
    COMPOUND,
    FEW,
    FIGURES,
    GROWN,
    GROWN_ORDINAL,
    SMALL_ORDINAL,
    AgeShapes,
    Shape,
    Spelling,
)
from anonymisation.recognisers.age_patterns import KIN, NUMBER_WORDS
from anonymisation.spans import Document

_MONTH = any_of(
    "januari februari maart april mei juni juli augustus september oktober november december jan feb mrt apr jun jul "
    "aug sep sept okt nov dec"
)
OWN = any_of("mijn m'n mn me zijn z'n zn haar d'r dr hun je uw onze")
ADVERB = any_of("nu al net pas bijna ook inmiddels intussen zelf toen straks dan dit_jaar volgend_jaar ondertussen")
_COUNTED = any_of(
    "keer uur dagen weken maanden minuten euro km kilo meter procent mensen personen cm kg maal jaar jaren jr punten "
    "stuks vierkante huizen woningen graden treden januari februari maart april mei juni juli augustus september "
    "oktober november december"
)
THINGS = re.compile(
    r"\b(?:cijfer|score|huisnummer|nummer|nr|kamer|bus|buslijn|lijn|tarief|prijs|bedrag|aantal|temperatuur|bloeddruk|"
    r"totaal|uitslag|postbus|artikel|vraag|stap|route|pagina|maximum|minimum|stand|hoogte|breedte|maat|limiet|budget|[a-z]{0,10}lijst|formulier|bijlage|punt|bladzijde|blz)"
    r"\b[^.!?]{0,24}$"
)
CLOSED = r"(?=[,.;!?)](?!\d)|$|\n)"


NO_UNIT = rf"(?![\w%]|[.,:/\-]\d|[ ]?(?:{_COUNTED}|{COMPOUND})\b)"
_NO_AMOUNT = r"(?![\w%]|[.,:/\-]\d|[ ]?(?:keer|uur|dagen|weken|euro|procent|mensen)\b)"
SOMEBODY = any_of(
    "iemand mens mensen lui persoon patient patiente vent kerel knul dame types ouders oudere stel bejaarde "
    "student studente scholier scholiere mbo'er hbo'er vmbo'er vluchteling statushouder nieuwkomer dreumes "
    "echtpaar gast meiske jongedame jongeman"
)
_WITHOUT_NOUN = r"(?! (?!(?:in|al|heb|ben|was|kreeg|ging|zat|woon|werk|naar|bij|van|kwam|en|dus|maar)\b)[a-z])"
_BROOD = any_of(
    "kinderen kids jongens meiden meisjes dochters zoons zonen tweeling zoontjes dochtertjes kleinkinderen pubers "
    "kindjes pleegkinderen kleintjes"
)

PATTERNS: tuple[Shape, ...] = (
    (
        (
            rf"\b(?:is|was|wordt|werd|worden)(?: {ADVERB}){{0,2}} ({ADULT})"
            rf"(?:{CLOSED}|(?= (?:en|maar|dus|geworden|inmiddels|toen)\b))"
        ),
        "is",
        0.72,
    ),
    (rf"\b(?:wordt|werd|word|wort) ({FEW}) in {_MONTH}\b", "wordt", 0.85),
    (rf"\b(?:werd|werden)(?: ik| hij| zij| ze)? in {_MONTH} ({ADULT}){NO_UNIT}", "wordt", 0.8),
    (
        (
            r"\b(?:wordt|word|worden|wort) (?:(?:in|dit|volgen[dt]|volgende|straks|binnenkort|over|een|paar) ?){1,3}"
            rf"(?:{_MONTH}|jaar|maand|week|weken|zomer|winter)? ?(?:alweer |al )?({ADULT}){NO_UNIT}"
        ),
        "wordt",
        0.8,
    ),
    (
        (
            rf"\b(?:wij|we|zij|ze|beiden|ouders|allebei) (?:zijn|waren|worden|werden)(?: {ADVERB}){{0,2}} "
            rf"({ADULT})(?:,? en ({ADULT}))?{NO_UNIT}"
        ),
        "wij zijn",
        0.85,
    ),
    (
        (
            rf"\b{_BROOD}(?: (?:van|zijn|zijn nu|waren|nu))?[ :(]{{1,2}}({FIGURES})(?:, ({FIGURES}))?(?:, ({FIGURES}))?"
            rf"(?:,? en ({FIGURES})){_NO_AMOUNT}"
        ),
        "kinderen",
        0.8,
    ),
    (rf"\bmet {OWN} ({ADULT}){NO_UNIT}", "met zijn", 0.75),
    (rf"\b(?:al|nu|pas|net|inmiddels|bijna|toen) ({ADULT}) (?:is|ben|was|wordt|werd|bent)\b", "al", 0.8),
    (
        rf"(?<![\w.,'’])({ADULT}) (?:(?:ben|word) ik|(?:is|wordt|was|werd) (?:ik|hij|zij|ze))\b",
        "ben ik",
        0.85,
    ),
    (rf"\b(?:had|zou) ({FEW}) (?:moeten |mogen |zijn )?(?:worden|geworden)\b", "worden", 0.8),
    (
        (
            rf"\b{OWN} ({GROWN_ORDINAL})(?![a-z])(?! (?:keer|aanvraag|gesprek|kind|brief|verdieping|etage|trouwdag|"
            rf"kleinkind|huwelijk|kamer|fiets|werk|adres|poging|operatie|baan|huis|afspraak))"
        ),
        "op zijn",
        0.82,
    ),
    (
        rf"\b(?:op|sinds|vanaf|tot|rond|na|voor) {OWN} ({SMALL_ORDINAL})(?![a-z]){_WITHOUT_NOUN}",
        "op zijn",
        0.75,
    ),
    (
        rf"(?:^|[.!?:\n]\s{{0,2}})({ADULT}) (?:en (?:nog|niet|nooit|al|nu|steeds|toch|dan|geen)\b)",
        "getal eerst",
        0.6,
    ),
    (rf"\b{SOMEBODY} van (?:al |bijna |ver over de )?({ADULT}){NO_UNIT}", "iemand van", 0.85),
    (rf"(?:^|[.,;:(\n/]\s{{0,2}})({GROWN} ?jr\.?){CLOSED}", "jr", 0.75),
    (
        (
            rf"\b{KIN}(?:tje|s)?(?: [a-z'\-]{{2,20}})? (?:van|is|was)(?: {ADVERB})? "
            rf"({FEW} (?:maanden|weken|mnd|wkn|dagen|maand))(?! (?:geleden|dood|thuis|weg|ziek|opgenomen|bij|in))"
        ),
        "kind van",
        0.8,
    ),
    (
        r"\b(?:is|wordt|was|van)(?: nu| al| pas| net| bijna)? (\d{1,2}[,.]5 ?(?:jaar|jr))(?![\d\w%])",
        "half",
        0.8,
    ),
    (rf"\b(?:ik|man|vrouw|partner|moeder|vader) ({GROWN}), (?:mijn|m'n|en|de) ", "opsomming", 0.7),
)


EVERY = PATTERNS + FAMILY
IN_FIGURES = AgeShapes.of(EVERY, Spelling.FIGURES, AGES)
IN_WORDS = AgeShapes.of(EVERY, Spelling.WORDS, SPOKEN_AGES)


def ages_in_sentences(doc: Document) -> Iterator[tuple[int, int, str, float]]:
    """Start, end, cue and score of every such age in a document."""
    for match, cue, score in said_of_somebody(doc, IN_FIGURES, IN_WORDS):
        yield from every_group(match, cue, score)


def said_of_somebody(
    doc: Document, figures: AgeShapes, in_words: AgeShapes
) -> Iterator[tuple[re.Match[str], str, float]]:
    """Match, cue and score wherever no word before it says that a thing is numbered (`kamer 12`)."""
    shapes = figures if NUMBER_WORDS.isdisjoint(doc.vocabulary) else in_words
    for pattern, cue, score in shapes.that_may_match(doc):
        for match in pattern.finditer(doc.folded):
            if not THINGS.search(doc.folded[max(0, match.start() - 40) : match.start()]):
                yield match, cue, score


def every_group(match: re.Match[str], cue: str, score: float) -> Iterator[tuple[int, int, str, float]]:
    """The groups that took part, each an age."""
    for group in range(1, (match.lastindex or 0) + 1):
        if match.group(group):
            yield *match.span(group), cue, score
