"""Ages in figures and words; durations, legal ages and age bands stay."""

import re
from collections.abc import Iterable

from anonymisation.gates import AGES, WRITTEN
from anonymisation.names import Lists
from anonymisation.patterns import any_of, compiled
from anonymisation.reading import words_of
from anonymisation.recognisers.age_doubts import no_age, of_thing, said_of_thing
from anonymisation.recognisers.age_patterns import (
    BRACKETS_CUE,
    IN_FIGURES,
    IN_WORDS,
    LOWER_IS,
    NAME_IS,
    NAME_PAIR,
    NAME_SECOND,
    NAME_WITH,
    NUMBER_WORDS,
    SMALL,
    UNIT_CUE,
)
from anonymisation.recognisers.age_sentences import ages_in_sentences
from anonymisation.recognisers.age_turns import ages_in_turns
from anonymisation.recognisers.counted import around_counts
from anonymisation.recognisers.numerals import CARDINALS
from anonymisation.spans import Document, Found, Recogniser

_DURATION_BEFORE = compiled(
    r"\b",
    any_of(
        "na over binnen sinds per elke ieder iedere om_de afgelopen laatste komende eerste vorige voor gedurende "
        "minstens ongeveer ruim zo'n bijna al "
        "zeker meer_dan ooit de vanaf tot onder boven in_de min jonger_dan ouder_dan vanaf_de maximaal minimaal en "
        "of in wel toch hele duurde duurt heb "
        "heeft werk werkte werken woon woonde woont zit zat getrouwd samen zes half nog niet weer om daarvan twee "
        "drie hier er tussen tien jeugd "
        "dik goed krap totaal steeds wacht wachten wachtte"
    ),
    r" $",
)
_AGE_BEFORE = compiled(
    r"(?:\b",
    any_of(
        "ben bin is was word wordt werd worden geworden zijn waren bent van fan een als oud mevrouw meneer man "
        "vrouw zoon dochter moeder vader die "
        "mw dhr cl client jongen meisje kind baby leeftijd m v toen met onze mijn haar deze nu inmiddels net pas ik"
    ),
    r"(?: (?:al|nu|inmiddels|net|pas|bijna|nog maar|zelf|toen|immers|intussen|ruim))?\.?|[,(;:/]) ?$",
)
_DURATION_AFTER = compiled(
    r"^[ ]?",
    any_of(
        "geleden lang getrouwd samen gewerkt gewoond ervaring later daarvoor eerder bezig gewacht wachten clean "
        "nuchter bij in_dienst in_de in_het aan "
        "werk verder achter gehad geduurd getraind gestreden garantie zorg_voor voor_de op_de op_het naar onderweg "
        "sinds vooruit gehuwd alleen weduwe gezorgd "
        "voor ziek thuis mantelzorg op_een terug van_het wonen lid vrijwilliger gestopt mantelzorger ingeschreven"
    ),
    r"\b",
)
LEGAL_BEFORE = re.compile(
    r"(?:vanaf|(?<!\d )(?:t/m|tot en met)|tot|boven de|onder de|jonger dan|ouder dan|boven|onder|minimaal|tussen de|"
    r"voor) $"
)
_NEVER_AGE = re.compile(
    r"^[ ]?(?:geleden|terug|verder|lang|later|bezig|samen|getrouwd|dood|weg|overleden|binnen|ruzie|jonger|ouder|"
    r"(?:[a-z]{2,20}(?:maker|chauffeur|werker|monteur|bouwer|meester|portier|houder|verpleegster|knecht))\b|"
    r"(?!en |oud |jong |maar |nu |al |en, )(?:[a-z]{2,20} ){1,2}(?:geweest|gewerkt|gevaren|gereden|betaald|bestaan|"
    r"gehuurd|gespaard|gezorgd|gewoond)|"
    r"(?!geworden|geboren)ge[a-z]{3,14}(?:en|d|t))\b"
)
_AT_WORK = re.compile(
    r"(?:\b(?:werk|werkte|gewerkt|werkzaam|in dienst|vrijwilliger|lid|[a-z]{2,20}(?:koopman|chauffeur|werker|"
    r"monteur|bouwer|meester|visser|boer|timmerman|verpleegster|verpleegkundige|schilder|metselaar|kok|zuster))\b"
    r"[^.!?\n]{0,40},|\n[a-z]{1,14}[.:](?: ja,| nee,| nou,| eh,)?) $"
)
"""`ik was marktkoopman, veertig jaar`, and a stretch of time as an answer."""
_STAYS = re.compile(
    r"\b(?:woon|woont|wonen|woonde|woonden|zit|zat|zitten|zaten|leef|leven|loop|loopt|lopen|liep|sta|staat|stond|lig|"
    r"ligt|bleef|bleven|wacht|wachten|wachtte|werk|werkt|huur|huren|ken|kennen|kom|rij|slaap|slapen|doe|doen|zorg|zorgen)"
    r"(?: (?:ik|hij|ze|zij|we|wij|er|daar|hier|nu|toen|dus|toch|al|alweer|inmiddels|bijna|ruim|meer dan)){1,4} $|"
    r"(?<!\bben )(?<!\bbin )(?<!\bben nu )(?<!\bis )(?<!\bis nu )(?<!\bwas )(?<!\bwas toen )"
    r"(?<!\bword )(?<!\bwordt )\bal $"
)
"""`ik woon hier nu twee jaar`, `al zestig jaar`: how long somebody stays or does a thing."""
_LASTS = re.compile(r"(?:tijd|tijden|termijn|termijnen|duur|lijst|lijsten|traject|periode|opname|proef|verlof) $")
"""`de wachttijd (11 weken)`."""
_IT_IS = re.compile(
    r"\b(?:dat|het|dit) (?:is|was|duurt|duurde)(?: [a-z]{2,10}){0,2} $|"
    r"\b(?:wacht[a-z]*|termijn|looptijd|duur|afspraak|contract|indicatie|beschikking)\b[^.!?\n]{0,30} (?:is|was|van) $"
)
_DETERMINERS = ("de ", "het ", "een ", "deze ", "die ")
_FIRM_CUES = ("kind van", "leeftijd", "verjaardag", "m/v", "hoe oud", "toen")


_AROUND = 1500
"""So far apart are the points of a list at most."""
_SHORT_NUMBER = re.compile(r"(?<!\d)\d{1,3}(?!\d)")
_SMALL = AGES.gate([SMALL])
_LOWER = AGES.gate([LOWER_IS])
_NAMED = WRITTEN.gate([NAME_IS, NAME_WITH, NAME_PAIR, NAME_SECOND])


def _spoken(text: str, vocabulary: frozenset[str]) -> bool:
    """Is there a number in words that does not merely count things (`drie keer`)?"""
    if NUMBER_WORDS.isdisjoint(vocabulary):
        return False
    rest = " ".join(text[start:end] for start, end in around_counts(text, NUMBER_WORDS & vocabulary))
    return not NUMBER_WORDS.isdisjoint(words_of(rest))


class AgeRecogniser(Recogniser):
    """What stands before and after the number decides."""

    name = "age"
    labels = ("AGE",)

    def __init__(self, lists: Lists) -> None:
        self.lists = lists

    def find(self, doc: Document) -> Iterable[Found]:
        """Ages in view offsets."""
        return (found for found in self._all(doc) if not no_age(doc.folded, found.start, found.end, self.lists))

    def _all(self, doc: Document) -> Iterable[Found]:
        text = doc.folded
        in_words = _spoken(text, doc.vocabulary)
        if not (in_words or (doc.figures and _SHORT_NUMBER.search(text))):
            return
        patterns = IN_WORDS if in_words else IN_FIGURES
        for pattern, cue, score in patterns.that_may_match(doc):
            for match in pattern.finditer(text):
                yield from _ages(text, match, cue, score)
        for start, end, cue, score in (*ages_in_sentences(doc), *ages_in_turns(doc)):
            yield Found(start, end, "AGE", score, cue)
        if doc.figures or in_words:
            yield from self._figures(doc, text)

    def _figures(self, doc: Document, text: str) -> Iterable[Found]:
        for match in _SMALL.finditer(doc):
            if _enumerates(text, match) or _LASTS.search(text, max(0, match.start() - 24), match.start()):
                continue
            yield from _groups(match, "maanden", 0.8)
        for match in _LOWER.finditer(doc):
            lower = doc.text[match.start()].islower()
            if lower and match.group(1) in self.lists.first and not text.endswith(_DETERMINERS, 0, match.start()):
                yield Found(*match.span(2), "AGE", 0.7, "naam is")
        for match in _NAMED.finditer(doc):
            if doc.folded[match.start() : match.end()].split()[0].strip(",") in self.lists.first:
                yield Found(*match.span(match.re.groups), "AGE", 0.8, "naam is")


def _ages(text: str, match: re.Match[str], cue: str, score: float) -> Iterable[Found]:
    if cue == UNIT_CUE:
        if score := _unit_score(text, match):
            yield Found(*match.span(), "AGE", score, cue)
    elif (match.end() > match.end(1) and _AT_WORK.search(text, max(0, match.start() - 70), match.start())) or (
        cue == BRACKETS_CUE and _enumerates(text, match)
    ):
        return
    elif cue == BRACKETS_CUE:
        yield Found(*match.span(1), "AGE", score, cue)
    else:
        yield from _groups(match, cue, score)


def _enumerates(text: str, match: re.Match[str]) -> bool:
    """`(1) niet meer vragen om … (2) stuur …`: the points of a list."""
    if len(match.group().strip(" ()")) != 1:
        return False
    near = slice(max(0, match.start() - _AROUND), match.end() + _AROUND)
    return "(1)" in text[near] and "(2)" in text[near]


def _groups(match: re.Match[str], cue: str, score: float) -> Iterable[Found]:
    for group in range(1, (match.lastindex or 0) + 1):
        if match.group(group) and _not_a_pronoun(match.group(group), cue):
            yield Found(*match.span(group), "AGE", score, cue)


def _not_a_pronoun(value: str, cue: str) -> bool:
    """`mijn twee` and `ik was een` are no ages: small number words need a firm cue."""
    number = CARDINALS.get(value)
    return number is None or number > 12 or cue in _FIRM_CUES or (cue == "ik ben" and number > 3)


def _unit_score(text: str, match: re.Match[str]) -> float:
    """How likely `N jaar` is an age and not a duration; 0 when it is not."""
    value = match.group(1)
    number = CARDINALS[value] if value in CARDINALS else int(value)
    before, after = text[max(0, match.start() - 60) : match.start()], text[match.end() : match.end() + 22]
    if re.match(r"^[ ](?:oud|jong)\b", after):
        thing = of_thing(before) or said_of_thing(text, match.start(), number)
        return 0.0 if LEGAL_BEFORE.search(before) or thing else 0.95
    if "jarig" in match.group():
        return 0.9 if number < 115 else 0.0
    if LEGAL_BEFORE.search(before) or re.match(
        r"^[ ]?(?:en ouder|en jonger|of ouder|of jonger|geleden|plus|\+)", after
    ):
        return 0.0
    is_somebody = number > 17 and re.search(r"\b(?:ben|is|was|werd|wordt|van) (?:al |nu |inmiddels )?$", before)
    if number < 60 and _AT_WORK.search(text, max(0, match.start() - 70), match.start()):
        return 0.0
    if _STAYS.search(before) and not after.startswith((" oud", " jong")):
        return 0.0
    if _IT_IS.search(before) or _NEVER_AGE.match(after) or (_DURATION_AFTER.match(after) and not is_somebody):
        return 0.0
    if number >= 60:
        return 0.0 if re.search(r"\b(?:na|over|sinds|in|afgelopen|laatste) $", before) else 0.85
    if _AGE_BEFORE.search(before) and not re.search(r"\b(?:na|over|met|al|de|zijn) $", before):
        return 0.85
    if _DURATION_BEFORE.search(before):
        return 0.0
    return 0.6 if number >= 30 and re.match(r"^[,;)]", after) else 0.0
