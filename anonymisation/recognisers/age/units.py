"""Numbers of years: `N jaar` is an age or a stretch of time, and what stands around it decides."""

import re

from anonymisation.patterns import any_of, compiled
from anonymisation.recognisers.age.doubts import LEGAL_BEFORE, of_thing, said_of_thing
from anonymisation.recognisers.age.numbers import HALF, NUMBER, Shape
from anonymisation.recognisers.age.words import ADVERB, BROOD, KIN, STRETCH
from anonymisation.recognisers.numerals import CARDINALS

UNIT_CUE = "jaar"
YEARS: Shape = (
    rf"(?<![\w.,\-/€])({NUMBER})(?:[ \-]?(?:jaar|jaren|jr|jier|jaor|joar|jarige?n?)(?![a-z])(?:\.(?=[ ][a-z,]))?)",
    UNIT_CUE,
    0.0,
)
"""The whole match is an age, with the score that `years_score` gives."""
UNITS: tuple[Shape, ...] = (
    YEARS,
    (rf"(?<![\w.,\-/])({NUMBER} (?:maanden|weken|wkn|dagen|mnd)) (?:oud|jong)(?![a-z])", "oud", 0.85),
    (
        rf"\b(?:van|(?:jongen|jongetje|meisje|meid|baby|dreumes|peuter)s?,?)(?: {ADVERB})? ({HALF} ?(?:jaar|jr))"
        r"(?!\w)(?! (?:op|thuis|wacht|lang|geleden|in|bij)\b)",
        "half",
        0.8,
    ),
)
SMALL = re.compile(
    r"\((\d{1,2}(?:[,.]5|;\d{1,2}|[ ]?½|[ ]1/2)?[ ]?(?:jaar|jr|mnd|maanden|maand|wkn|weken|dagen|wk|j)?\.?"
    r"(?:[ ]?\d{1,2}[ ]?(?:mnd|maanden|m))?)\)"
)
"""`(6)`, `(2,5 jr)`, `(1 jr 3 mnd)`."""
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
    r"(?:\b(?:",
    any_of(
        "ben bin is was word wordt werd worden geworden zijn waren bent van fan een als oud mevrouw meneer man "
        "vrouw die mw dhr cl leeftijd m v toen met onze mijn haar deze nu inmiddels net pas ik"
    ),
    rf"|{KIN}|{BROOD})",
    r"(?: (?:al|nu|inmiddels|net|pas|bijna|nog maar|zelf|toen|immers|intussen|ruim))?\.?|[,(;:/]) ?$",
)
_DURATION_AFTER = compiled(
    r"^[ ]?",
    any_of(
        "geleden lang getrouwd samen gewerkt gewoond ervaring later daarvoor eerder bezig gewacht wachten clean "
        "nuchter bij in_dienst in_de in_het aan "
        "werk verder achter gehad geduurd getraind gestreden garantie zorg_voor voor_de op_de op_het naar onderweg "
        "sinds vooruit gehuwd alleen weduwe gezorgd "
        "voor niet ziek thuis mantelzorg op_een terug van_het wonen lid vrijwilliger gestopt mantelzorger ingeschreven"
    ),
    r"\b",
)
_NEVER_AGE = re.compile(
    r"^[ ]?(?:geleden|terug|verder|lang|later|bezig|samen|getrouwd|huwelijk|dood|weg|overleden|binnen|ruzie|"
    r"jonger|ouder|geldig|(?:mantel)?zorgen|wachten (?!op je)|werken|wonen (?:in|op|bij)|"
    r"(?:[a-z]{2,20}(?:maker|chauffeur|werker|monteur|bouwer|meester|portier|houder|verpleegster|knecht|ist|eur|leraar|docent|kok|schilder|timmerman|"
    r"bakker|verkoper|agent))\b|"
    r"(?!en |oud |jong |maar |nu |al |en, )(?:[a-z]{2,20} ){1,2}(?:geweest|gewerkt|gevaren|gereden|betaald|bestaan|"
    r"gehuurd|gespaard|gezorgd|gewoond)|"
    r"(?!geworden|geboren)ge[a-z]{3,14}(?:en|d|t))\b"
)
_AT_WORK = re.compile(
    r"(?:\b(?:leraar|lerares|docente?|onderwijzer(?:es)?|geweest|gewoond|werk|werkte|gewerkt|werkzaam|"
    r"in dienst|vrijwilliger|lid|[a-z]{2,20}(?:koopman|chauffeur|werker|"
    r"monteur|bouwer|meester|visser|boer|timmerman|verpleegster|verpleegkundige|schilder|metselaar|kok|zuster))\b"
    r"[^.!?\n]{0,40},|\n[a-z]{1,14}[.:](?: ja,| nee,| nou,| eh,)?) $"
)
_STRETCH = re.compile(STRETCH)
_WIDOWED = re.compile(r"[ ]?(?:jaar|jr) (?:weduwe|weduwnaar|alleen|bij|onder)\b")
"""Under sixty years that is how long; from then on it is what somebody is."""
_JUBILEE = re.compile(r"[ ](?:bestaan|huwelijk|jubileum|lustrum|contract)\b")
_STAYS = re.compile(
    r"\b(?:woon|woont|wonen|woonde|woonden|zit|zat|zitten|zaten|leef|leven|loop|loopt|lopen|liep|sta|staat|stond|lig|"
    r"ligt|bleef|bleven|wacht|wachten|wachtte|werk|werkt|huur|huren|ken|kent|kende|kennen|kom|rij|slaap|slapen|doe|doen|zorg|zorgen)"
    r"(?: (?:ik|hij|ze|zij|we|wij|haar|hem|hen|elkaar|jullie|er|daar|hier|nu|toen|dus|toch|al|alweer|inmiddels|"
    r"bijna|ruim|meer dan)){1,4} $|"
    r"\b(?:ben|bent|is|zijn|was|waren|bin)(?: (?:ik|u|je|hij|ze|zij|we|wij))? (?:hier|daar|ermee|hiermee)"
    r"(?: (?:nu|al|ook|toen|pas|nog maar|inmiddels|alweer|dus)){0,2} $|"
    r"(?<!\bben )(?<!\bbin )(?<!\bben nu )(?<!\bis )(?<!\bis nu )(?<!\bwas )(?<!\bwas toen )"
    r"(?<!\bword )(?<!\bwordt )\bal $"
)
"""`ik woon hier nu twee jaar`, `al zestig jaar`: how long somebody stays or does a thing."""
_IT_IS = re.compile(
    r"\b(?:dat|het|dit) (?:is|was|duurt|duurde)(?: [a-z]{2,10}){0,2} $|"
    r"\b(?:wacht[a-z]*|termijn|looptijd|duur|afspraak|contract|indicatie|beschikking)\b[^.!?\n]{0,30} (?:is|was|van) $|"
    r"\b[a-z]{0,12}(?:(?<!leef)(?<!al)tijd|termijn|duur|lijst|periode):? $"
)
_LASTS = re.compile(r"(?:tijd|tijden|termijn|termijnen|duur|lijst|lijsten|traject|periode|opname|proef|verlof) $")
"""`de wachttijd (11 weken)`."""


def lasts(text: str, start: int) -> bool:
    """Is what stands in brackets from `start` how long something takes?"""
    return _LASTS.search(text, max(0, start - 24), start) is not None


def stays(text: str, start: int) -> bool:
    """`wij wonen hier een jaar of twintig`."""
    return _STAYS.search(text, max(0, start - 60), start) is not None


def at_work(text: str, start: int) -> bool:
    """`ik was marktkoopman, veertig jaar`, and a stretch of time as an answer."""
    return _AT_WORK.search(text, max(0, start - 70), start) is not None


def years_score(text: str, match: re.Match[str]) -> float:
    """How likely `N jaar` is an age and not a duration; 0 when it is not."""
    value = match.group(1)
    number = CARDINALS[value] if value in CARDINALS else int(value)
    before, after = text[max(0, match.start() - 60) : match.start()], text[match.end() : match.end() + 22]
    if re.match(r"^[ ](?:oud|jong)\b", after):
        thing = of_thing(before) or said_of_thing(text, match.start(), number)
        return 0.0 if LEGAL_BEFORE.search(before) or thing else 0.95
    if "jarig" in match.group() or "-j" in match.group():
        return 0.9 if number < 115 and not _JUBILEE.match(after) else 0.0
    if _STRETCH.match(text, match.end(1)) or (number < 60 and _WIDOWED.match(text, match.end(1))):
        return 0.0
    if LEGAL_BEFORE.search(before) or re.match(
        r"^[ ]?(?:en ouder|en jonger|of ouder|of jonger|geleden|plus|\+)", after
    ):
        return 0.0
    is_somebody = number > 17 and re.search(r"\b(?:ben|is|was|werd|wordt|van) (?:al |nu |inmiddels )?$", before)
    if (number < 60 and at_work(text, match.start())) or _STAYS.search(before):
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
