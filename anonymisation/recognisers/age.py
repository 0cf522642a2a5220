"""Ages in figures and words; durations, legal ages and age bands stay."""

import re
from collections.abc import Iterable

from anonymisation.names import Lists
from anonymisation.recognisers.numerals import CARDINALS, ORDINALS
from anonymisation.spans import Document, Found, Recogniser

_BY_LENGTH = sorted((w for w, v in CARDINALS.items() if (v > 1 and w != "acht") or w == "acht"), key=len, reverse=True)
_WORD = "|".join(w for w in _BY_LENGTH if CARDINALS[w] > 1)
_ORDINAL = "|".join(sorted((w for w, v in ORDINALS.items() if v > 5), key=len, reverse=True))
_N = rf"(?:1[01]\d|[1-9]?\d|{_WORD})"
NUMBER_WORDS = frozenset(w for t in (CARDINALS, ORDINALS) for w, v in t.items() if v > 1)
_UNIT = r"(?:[ ]?(?:jaar|jaren|jr|jier|jaor|joar|jair|jarige?)\b\.?)"
WITH_UNIT = re.compile(rf"(?<![\w.,\-/€])({_N})(?:[ \-]?(?:jaar|jaren|jr|jier|jaor|joar|jarige?)(?![a-z])(?:\.(?=[ ][a-z,]))?)")
MONTHS_OLD = re.compile(rf"(?<![\w.,\-/])({_N}) (?:maanden|weken|mnd) (?:oud|jong)(?![a-z])")
_KIN = (
    r"(?:zoon|zoontje|dochter|dochtertje|kind|kindje|jongen|jongetje|meisje|kleinzoon|kleindochter|moeder|vader|man|vrouw|partner|"
    r"broer|broertje|zus|zusje|zuster|oma|opa|tante|oom|nicht|neef|buurman|buurvrouw|client|clienten|clientes?|mevrouw|meneer|heer|dame|"
    r"jochie|meid|baby|peuter|kleuter|puber|tiener|jongste|oudste|middelste|echtgenoot|echtgenote|moe|pa|ma|mem|heit|kleinkind|"
    r"pleegkind|pleegzoon|pleegdochter|stiefzoon|inwoner|bewoner|bewoonster|inwoonster|weduwe|weduwnaar|mantelzorger|tweeling|kinderen|jongens|meiden)"
)
I_AM = re.compile(
    rf"\b(?:ik (?:ben|bin|was|word|werd|wordt)|ben ik|was ik|word ik|(?:hij|zij|ze|die|wie|dat|u|je|jij) (?:is|was|wordt|werd|word|bent)|(?:is|was|wordt|werd) (?:hij|zij|ze)|"
    rf"ben|bin|word|{_KIN} (?:is|was|wordt|werd))"
    rf"(?: (?:nu|al|net|pas|inmiddels|bijna|zelf|toen|ook|dan|nog maar|nog|maar|intussen|ondertussen|volgende (?:maand|week)|ruim|ongeveer|rond de|zowat|dik|immers|vandaag|gisteren|morgen|straks|dit jaar|van de week|al wel|echter|ruim|over de|en)){{0,3}} "
    rf"({_N})(?![\d\w,.:]\w|[\w%]|[ ]?(?:keer|x |uur|dagen|weken|maanden|minuten|kinderen|euro|km|kilo|meter|procent|van de|mensen|personen|geworden uur|cm|kg|maal|op de|in de))"
)
KIN_OF = re.compile(
    rf"\b{_KIN}(?:tje|s)?(?: [a-z'\-]{{2,20}}){{0,3}} (?:van|fan|vaan) ({_N})(?: en ({_N}))?(?! (?:uur|euro|mensen|dagen|weken|kinderen|km|stuks|de|het|juni|juli)\b|\w|[.,:]\d|[-/]\d|[ ](?:jan|feb|maart|apr|mei|jun|jul|aug|sep|okt|nov|dec))"
)
BRACKETED = re.compile(rf"(?<=[a-z.\"'] )\(((?:m|v|man|vrouw|d)?[,/ ]{{0,2}})?({_N})(?:{_UNIT})?(?=[),;/])(?!\)?[ ]?(?:%|euro))")
SEX = re.compile(rf"(?<![a-z])(?:man|vrouw|m|v|jongen|meisje|dame|heer)[ ]?[,/(][ ]?({_N})(?![\w%:]|[.,]\d|[ ]?(?:uur|keer))")
APPOSED = re.compile(rf"(?<=[a-z], )((?:[2-9]\d|10\d|1[0-9]|[2-9]|{_WORD}))(?:{_UNIT})?(?=,(?!\d)|\.(?:\s|$)|;|\))")
ORDINAL = re.compile(
    rf"\b(?:haar|zijn|mijn|m'n|z'n|d'r|hun|onze|je|uw|de|tot|syn|myn)[ ]((?:1[01]\d|[1-9]?\d)[ ]?(?:e|ste|de|ste)|{_ORDINAL})(?![a-z])(?= ?(?:verjaardag|levensjaar|jaar|viel|kreeg|nog|is|was|werd|al|kan|moet|heb|niet|ben|toen|en|woon|de|alles|weer|zelf|fietste|rijd|reed|,|\.|\?|!|$))"
)
WHEN = re.compile(rf"\b(?:was|waren|is|werd) ({_N}) toen\b")
ASKED = re.compile(rf"\boud\b[^?]{{0,40}}\?\s{{0,3}}(?:[a-z]{{1,14}}[.:]\s{{1,2}})?(?:nou |ja |ik ben |bijna |al |net |ik word |even denken |eh |tja |oh )?[,.]?[ ]?({_N})(?![\w])")
UNTIL = re.compile(rf"\b(?:tot|toen|vanaf|sinds) (?:ik|hij|ze|zij|mijn man|mijn vrouw|mijn zoon|mijn dochter) ({_N}) (?:was|werd|ben|is)\b")
AT_AGE = re.compile(rf"\b(?:op|vanaf) (?:mijn|z'n|zijn|haar|d'r|m'n|hun) ({_N})(?![\w])(?! (?:kamer|fiets|werk|adres))")
STILL = re.compile(rf"\b(?:is|ben|was) (?:al|ook al|inmiddels|nu al|dik|ver over|net|pas) ({_N})(?= (?:maar|en|nog|dus|geworden|hoor|nu|,)|[,.;!?)]|$)")
KIN_NUMBER = re.compile(rf"\b(?:man|vrouw|moeder|vader|zoon|dochter|partner|broer|zus|oma|opa|kleinzoon|kleindochter|mevrouw|mw|dhr|meneer|client|cl)[.,:]? (?:is )?({_N})(?=[,.;)!?]|$)(?![.,]\d)")
SMALL = re.compile(r"\((\d{1,2}(?:[,.]5)?[ ]?(?:jaar|jr|mnd|maanden|maand|wkn|weken|dagen|wk)\.?)\)|\((\d[,.]5)\)|\b(?:is|van|wordt) (\d{1,2}[,.]5 jaar)\b")
AFTER_NAME = re.compile(r"(?<![\w.])[A-Z][a-zà-ÿ'\-]{2,15}(?: [A-Z][a-zà-ÿ'\-]{2,15})?,? (\d{2})(?=[.,;)]\s|$)")
ALONE = re.compile(rf"(?:^|[.!?:\n]\s{{0,2}})((?:{'|'.join(w for w in _BY_LENGTH if CARDINALS[w] > 20 and CARDINALS[w] % 10)}))(?=[.!,]|$| (?:en|ben|al|inmiddels|jaar|is|was))")
AGED = re.compile(rf"\b(?:leeftijd|lft|leeft|oud)[.:]?[ ]{{0,2}}(?:is |van |was |:|=|ca\.? )?[ ]?({_N})(?:{_UNIT})?(?![\w%]|[.,]\d)")
OUR = re.compile(rf"\b(?:onze|mijn|m'n|met|op (?:mijn|zijn|haar|onze|z'n|d'r|je|hun)|toen ik|toen hij|toen ze|rond mijn) ({_N})(?: en ({_N}))?(?=[.,!?]|$| (?:nog|al|kan|wil|ben|is|was|moet|niet|weer|zelf|heb|werd|kwam|kreeg))(?<!een)")
_DURATION_BEFORE = re.compile(
    r"(?:\b(?:na|over|binnen|sinds|per|elke|ieder|iedere|om de|afgelopen|laatste|komende|eerste|vorige|voor|gedurende|minstens|ongeveer|ruim|"
    r"zo'n|bijna|al|zeker|meer dan|ooit|de|vanaf|tot|onder|boven|in de|min|jonger dan|ouder dan|vanaf de|maximaal|minimaal|en|of|in|"
    r"wel|toch|hele|duurde|duurt|heb|heeft|werk|werkte|werken|woon|woonde|woont|zit|zat|getrouwd|samen|18-|18\+|zes|half|nog|niet|weer|om|daarvan|twee|drie|hier|er|"
    r"tussen|tien|jeugd|kinderen vanaf|dik|goed|krap|totaal|steeds|wacht|wachten|wachtte|keer in)) $"
)
_AGE_BEFORE = re.compile(
    r"(?:\b(?:ben|bin|is|was|word|wordt|werd|worden|geworden|zijn|waren|bent|van|fan|een|als|oud|mevrouw|meneer|man|vrouw|zoon|dochter|moeder|vader|die|leeftijd|m|v|toen|met|onze|mijn|haar|zijn|deze|"
    r"nu|inmiddels|net|pas|ik)(?: (?:al|nu|inmiddels|net|pas|bijna|nog maar|zelf|toen|immers|intussen|ruim))?|[,(;:/]) ?$"
)
_DURATION_AFTER = re.compile(
    r"^[ ]?(?:geleden|lang|getrouwd|samen|gewerkt|gewoond|ervaring|later|daarvoor|eerder|bezig|gewacht|wachten|clean|nuchter|bij|in dienst|"
    r"in de|in het|aan|werk|verder|achter|gehad|geduurd|getraind|gestreden|garantie|zorg voor|voor de|op de|naar|onderweg|sinds|vooruit|gehuwd|alleen|weduwe|gezorgd|ziek|thuis|mantelzorg)"
)
_LEGAL_BEFORE = re.compile(r"(?:vanaf|tot|boven de|onder de|jonger dan|ouder dan|boven|onder|minimaal|tussen de|voor) $")


class AgeRecogniser(Recogniser):
    """What stands before and after the number decides."""

    name = "age"
    labels = ("AGE",)

    def __init__(self, lists: Lists) -> None:
        self.lists = lists

    def find(self, doc: Document) -> Iterable[Found]:
        """Ages in view offsets."""
        text = doc.folded
        if not doc.has_digit and NUMBER_WORDS.isdisjoint(doc.words):
            return
        for match in WITH_UNIT.finditer(text):
            score = _unit_score(text, match)
            if score:
                yield Found(*match.span(), "AGE", score, "jaar")
        for match in MONTHS_OLD.finditer(text):
            yield Found(*match.span(), "AGE", 0.85, "oud")
        for pattern, cue, score in (
            (I_AM, "ik ben", 0.88), (KIN_OF, "kind van", 0.88), (WHEN, "toen", 0.8), (ASKED, "hoe oud", 0.9), (UNTIL, "toen", 0.85), (AT_AGE, "op mijn", 0.75),
            (STILL, "is al", 0.8), (KIN_NUMBER, "man", 0.7), (SMALL, "maanden", 0.8), (ALONE, "getal alleen", 0.6), (SEX, "m/v", 0.85), (APPOSED, "tussen komma's", 0.72),
            (ORDINAL, "verjaardag", 0.85), (AGED, "leeftijd", 0.9), (OUR, "onze", 0.6),
        ):
            for match in pattern.finditer(text):
                for group in range(1, (match.lastindex or 0) + 1):
                    if match.group(group) and _not_a_pronoun(match.group(group), cue):
                        yield Found(*match.span(group), "AGE", score, cue)
        for match in AFTER_NAME.finditer(doc.text):
            first = doc.folded[match.start():match.start(1)].split()[0].strip(",")
            if first in self.lists.first or first in self.lists.last:
                yield Found(*match.span(1), "AGE", 0.7, "na naam")
        for match in BRACKETED.finditer(text):
            yield Found(*match.span(2), "AGE", 0.85, "haakjes")


def _not_a_pronoun(value: str, cue: str) -> bool:
    """`mijn twee` and `ik was een` are no ages: small number words need a firm cue."""
    number = CARDINALS.get(value)
    return number is None or number > 12 or cue in ("kind van", "leeftijd", "verjaardag", "m/v", "hoe oud", "toen") or (cue == "ik ben" and number > 3)


def _unit_score(text: str, match: re.Match[str]) -> float:
    """How likely `N jaar` is an age and not a duration; 0 when it is not."""
    value = match.group(1)
    number = CARDINALS[value] if value in CARDINALS else int(value)
    before, after = text[max(0, match.start() - 28):match.start()], text[match.end():match.end() + 22]
    if re.match(r"^[ ](?:oud|jong)\b", after):
        return 0.0 if _LEGAL_BEFORE.search(before) or re.search(r"\b(?:het|een|de) [a-z]{2,12} van $", before) else 0.95
    if "jarig" in match.group():
        return 0.9 if number < 115 else 0.0
    if _LEGAL_BEFORE.search(before) or re.match(r"^[ ]?(?:en ouder|en jonger|of ouder|of jonger|geleden|plus|\+)", after):
        return 0.0
    if _DURATION_AFTER.match(after) and not re.search(r"\b(?:ben|is|was|werd|wordt|van) (?:al |nu |inmiddels )?$", before):
        return 0.0
    if number >= 60:
        return 0.85 if not re.search(r"\b(?:na|over|sinds|in|afgelopen|laatste) $", before) else 0.0
    if _AGE_BEFORE.search(before) and not re.search(r"\b(?:na|over|met|al|de|zijn) $", before):
        return 0.85
    if _DURATION_BEFORE.search(before):
        return 0.0
    return 0.6 if number >= 30 and re.match(r"^[,;)]", after) else 0.0
