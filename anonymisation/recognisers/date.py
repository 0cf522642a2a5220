"""Dates with a day and a month, in figures or words, and years of birth."""

import re
from collections.abc import Iterable

from anonymisation.gates import DIGITS, WRITTEN
from anonymisation.recognisers.age.doubts import said_of_thing
from anonymisation.recognisers.numerals import CARDINALS, ORDINALS, spelled
from anonymisation.spans import Awaited, Document, Found, Recogniser

_MONTH = (
    r"(?:januari|jannewaris|january|jan|februari|febrewaris|february|feb|febr|maart|mrt|mar|march|april|apr|"
    r"mei|maaie|meie|"
    r"juni|jun|juny|juli|jul|july|augustus|aug|august|september|sept|sep|oktober|okt|october|oct|november|nov|"
    r"december|dec|"
    r"febuari|febrari|jannuari|janurai|augstus|agustus|septmber|setember|okober|oktobr|novenber|decemer|decemeber|"
    r"marz|mai|dezember)"
)
_WORD_DAY = "|".join(
    sorted([w for t in (CARDINALS, ORDINALS) for w, v in t.items() if 0 < v < 32 and w != "een"], key=len, reverse=True)
)
_MONTH_WORDS = Awaited(_MONTH[3:-1].split("|"))
_IN_WORDS = spelled(CARDINALS, range(1, 100))
_YEAR = (
    r"(?:[ ,]{1,2}(?:in )?(?:19|20)\d\d(?!\d)|[ ]?'\d\d(?!\d)|"
    rf"[ ](?:negentien|tweeduizend)(?:honderd)?[ ]?{_IN_WORDS}\b)"
)
WORDED = re.compile(
    rf"(?<![\w,])(?<!\d[.\-/])(?:[0-3]?\d(?:e|ste|de|en)?|{_WORD_DAY})[.]?[ \-/]{{0,2}}(?:van |"
    rf"of )?{_MONTH}(?![a-z])[.]?(?:{_YEAR}|-\d\d(?:\d\d)?(?!\d))?"
)
REVERSED = re.compile(rf"(?<!\w){_MONTH}[ ](?:[0-3]?\d(?:e|st|th)?)(?:,[ ]?(?:19|20)\d\d)(?!\d)")
RANGE = re.compile(
    rf"(?<![\w,.\-/])[0-3]?\d(?: t/m(?= [0-3]?\d {_MONTH}(?![a-z]))|"
    rf"(?=(?:[ ]?(?:-|,|en|op|t/m|tot|tot en met|of)[ ]?[0-3]?\d){{1,3}} {_MONTH}(?![a-z])))"
)
FROM_TO = re.compile(rf"(?<![\w,.\-/])[0-3]?\d[\-/][0-3]?\d[ ]{_MONTH}(?![a-z])[.]?(?:{_YEAR})?")
"""`23-25 mei`."""
ORDINALS_ONLY = re.compile(
    rf"\b(?:{'|'.join(sorted((w for w, v in ORDINALS.items() if v < 32), key=len)[::-1])}) van de "
    rf"(?:{'|'.join(sorted((w for w, v in ORDINALS.items() if v < 13), key=len)[::-1])})"
    r"(?:,? (?:19|20)\d\d(?!\d)|(?=[,.;:!?)]|$|\n))"
)
"""`de eerste van de tiende`: a day and a month by their numbers."""
FIGURES = re.compile(
    r"(?<![\w.,/\-€])(?:(?:0?[1-9]|[12]\d|3[01])([ ]?[\-/.][ ]?)(?:0?[1-9]|1[0-2])\1(?:18|19|20)?\d\d|"
    r"(?:19|20)\d\d([\-/.])(?:0[1-9]|1[0-2])\2(?:0[1-9]|[12]\d|3[01])|"
    r"(?:0?[1-9]|[12]\d|3[01])[ ](?:0?[1-9]|1[0-2])[ ](?:19|20)\d\d)(?![\d\w]|[\-/.,]\d)"
)
APOSTROPHE = re.compile(r"(?<![\w.,/\-])(?:0?[1-9]|[12]\d|3[01])[\-/.](?:0?[1-9]|1[0-2])[\-/.]'\d\d(?!\d)")
DOTTED = re.compile(
    r"(?<=[a-z,] )((?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2]))(?![\d\w%]|\.\d|[ ]?(?:uur|u\b|euro|%|km|meter|jaar))"
)
_BEFORE_DOTTED = re.compile(
    r"\b(?:op|dd|datum|per|sinds|vanaf|do|ma|di|wo|vr|za|zo|gemeld|afspraak|intake|evaluatie|gesprek|huisbezoek|hb|"
    r"volgende|start|eval|gereed|klaar|uiterlijk|ontv|deadline|einde|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|getekend|ontslag|opname|mdo)"
    r"[:,]? (?:[\d.]{1,6},? (?:en )?){0,3}$"
)
SHORT = re.compile(
    r"(?<![\w.,/\-€])((?:0?[1-9]|[12]\d|3[01])([\-/])(0?[1-9]|1[0-2]))(?![\d\w%]|[\-/,.]\d)(?![ ]?(?:uur|u\b|"
    r"u\.|euro|keer|x\b|jaar|inwoners|personen|weken|dagen|van de|mensen|punten|dagen))"
)
BORN = re.compile(
    r"(?:geboren|geboortejaar|geboorte|geb|gebore|berne|born)[.,:]?(?: in| anno| is| yn| omstreeks| het jaar| rond|"
    r" was){0,3}[ (:]{1,2}((?:18|19|20)\d\d|'?\d\d(?=[ .,;)]|$))(?!\d|[-/.]\d)"
)
YEAR_BORN = re.compile(
    r"\b(?:in|uit|anno|jaar|sinds) ((?:18|19|20)\d\d|'\d\d)(?: [a-z]{2,10}){0,4} (?:geboren|gebore|berne|"
    r"ter wereld|op de wereld)\b"
)
YEAR_BESIDE = re.compile(
    r"(?<!\w)[A-ZÀ-Þ][a-zà-ÿ'\-]{0,24}\.? \((19[1-9]\d|200\d|'\d\d)\)|"
    r"(?<!\w)(?:[A-Z]\. ?|[Mm]w\.? |[Dd]hr\.? |[Mm]evr\.? )(?:(?:van|de|der|den|ter|ten|el) ){0,2}"
    r"[A-ZÀ-Þ][a-zà-ÿ'\-]{1,24}, (19[1-9]\d|20[01]\d)(?=[,;)])"
)
BORN_SHORT = re.compile(
    r"\b(?:ik ben|ik bin|ben ik|hij is|zij is|ze is) (?:nog |er een |er eentje |eentje )?van ([2-9]\d)(?=[,.;)]|$| en )"
)
BUILT = re.compile(
    r"(?:(?:^|[.!?\n] ?)van(?= 19[1-6]\d[,.])|allebei van|beiden van|beide van|"
    r"bouwjaar|jaargang|lichting|ben van|is van|kom uit|ben ik van|zijn van|"
    r"was van|bin fan|ben uit|ben ik uit|ben nog van|ben er een van|ben er eentje van|ben eentje van|bent van)"
    r"[ :]{1,2}((?:19[1-9]\d|200\d)|'\d\d)(?!\d|-\d)|"
    r"\b(?:en|,) (?:ik|hij|zij|ze) (?:is |ben )?van (19[1-9]\d)(?!\d|-\d)"
)
BORN_TWICE = re.compile(
    r"geboortejaar[^.!?\n]{0,30}?\b((?:19|20)\d\d)\b"
    r"(?:[^.!?\n]{1,20}?\b((?:19|20)\d\d)\b)?"
)
ROMAN = re.compile(
    r"(?<![\w.,/\-])(?:0?[1-9]|[12]\d|3[01])[ ]?[\-/.][ ]?(?:i{1,3}|iv|vi{0,3}|ix|xi{0,2})"
    r"(?:[ ]?[\-/.][ ]?(?:19|20)?\d\d)?(?![\w\-])"
)
COMPACT = re.compile(
    r"(?:geb(?:oren|oortedatum)?|geb\.?dat(?:um)?|gebdat)[.: ]{1,3}((?:0[1-9]|[12]\d|3[01])(?:0[1-9]|"
    r"1[0-2])(?:19|20)\d\d)(?!\d)"
)
_DAY_CUE = re.compile(
    r"(?:\b(?:op|p|dd|d\.d|[a-z]{0,10}datum|vanaf|tot|per|sinds|t/m|voor|na|ma|di|wo|do|vr|za|zo|maandag|dinsdag|woensdag|"
    r"donderdag|vrijdag|"
    r"zaterdag|zondag|gesprek|hb|huisbezoek|tc|afspraak|gebeld|mail|brief|reis|overleg|verslag|tafel|notitie|"
    r"geb|geboren|getekend|spreekuur|intake|start|aanmelding|volgende|verzet naar|naar|tussen|of|en|"
    r"gespr|contact|afspr|gespreksverslag|overl|overleden|gemeld|melding|ontvangen|verstuurd|gesproken|opname|"
    r"opn|ontslag|start|telefoontje|aanvraag|aangevraagd|ingediend|controle|evaluatie|mdo|belafspraak|vervolg|"
    r"belnotitie|klaar|gereed|uiterlijk|eval|ontv|beschikking|ingang|verloopt|retour|levering|geleverd|"
    r"aantekening|deadline|reminder|terugbellen|besluit|sessie|bijeenkomst|tot en met|"
    r"van)[.:,]?[ ]{0,2}[(]?)$|^[ \-*(]*$|[\])]\s?$"
)


IN_FIGURES = (
    (FIGURES, 0.95, "cijfers"),
    (APOSTROPHE, 0.95, "cijfers"),
    (ROMAN, 0.8, "romeinse maand"),
    (COMPACT, 0.9, "geboren"),
    (BORN_TWICE, 0.85, "geboortejaar"),
    (BORN, 0.9, "geboren"),
    (YEAR_BORN, 0.9, "geboren"),
    (BORN_SHORT, 0.9, "geboren"),
    (BUILT, 0.9, "geboren"),
    (DOTTED, 0.7, "dag.maand"),
    (SHORT, 0.0, "dag-maand"),
)
"""With score and cue; that of the last is weighed."""
_BESIDE = WRITTEN.gate([YEAR_BESIDE])
_GATE = DIGITS.gate(pattern for pattern, _, _ in IN_FIGURES)
_ORDINALS = frozenset(ORDINALS)
_PARTS = frozenset(f"{part}/{whole}" for whole in (2, 3, 4, 5, 8, 10) for part in range(1, whole + 1))
_LINKED = re.compile(r"\b(?:van|tot|en|of|tussen|naar|voor) $")
_HOURS = re.compile(
    r"\b(?:ma|di|wo|do|vr|za|zo)[a-z]{0,6} ?(?:-|/|t/m|tot en met|en) ?(?:ma|di|wo|do|vr|za|zo)[a-z]{0,6}[: ]{1,2}$"
)
"""`ma-do 9-12`, `maandag t/m vrijdag 9-12`: hours."""
_MOVED = re.compile(r"\b(?:(?:verzet|verplaatst|verschoven) naar|(?:is|was|brief|mail|bericht|besluit) van) $")
_GRADE_BEHIND = re.compile(r" ?(?:[.!]* ?$|[.!] ?\n|\n|(?:zou|van|voor|geef|geven|is|was|dus|punten)\b)")
"""`9/10!`, `8/10 zou ik geven`: a mark, when it is all there is or opens a line."""
_MARK = re.compile(r"\b(?:cijfer|score|tafel|verhouding|sv|stand|wint|gelijk)[a-z]*[: ]{1,2}$")


class DateRecogniser(Recogniser):
    """Month alone, month and year, other years, weeks and holidays stay."""

    name = "date"
    labels = ("DATE",)

    def find(self, doc: Document) -> Iterable[Found]:
        """Dates in view offsets."""
        text = doc.folded
        if _MONTH_WORDS.of(doc):
            yield from _with_month(text)
        if " van de " in text and not _ORDINALS.isdisjoint(doc.vocabulary):
            for match in ORDINALS_ONLY.finditer(text):
                yield Found(*match.span(), "DATE", 0.9, "dag en maand in woorden")
        if doc.figures > 1:
            for number in _GATE.open(doc):
                pattern, score, cue = IN_FIGURES[number]
                for match in pattern.finditer(text):
                    yield from _in_figures(text, match, score, cue)
            for match in _BESIDE.finditer(doc):
                yield Found(*match.span(match.lastindex or 0), "DATE", 0.6, "jaar achter naam")


def _in_figures(text: str, match: re.Match[str], score: float, cue: str) -> Iterable[Found]:
    if match.re is DOTTED:
        score *= bool(_BEFORE_DOTTED.search(text[max(0, match.start() - 30) : match.start()]))
    elif match.re is SHORT:
        score = _short_score(text, match)
    if match.re is BUILT and said_of_thing(text, match.start() + max(0, match.group().find("van"))):
        return
    groups: tuple[int, ...] = (match.lastindex or 0,) if match.re is BUILT else (1,)
    if match.re in (FIGURES, APOSTROPHE, ROMAN):
        groups = (0,)
    elif match.re is BORN_TWICE:
        groups = (1, 2)
    for group in groups if score else ():
        if match.group(group):
            yield Found(*match.span(group), "DATE", score, cue)


def _with_month(text: str) -> Iterable[Found]:
    for pattern in (WORDED, REVERSED):
        for match in pattern.finditer(text):
            yield Found(*_trim(text, *match.span()), "DATE", 0.95, "maand")
    for match in FROM_TO.finditer(text):
        yield Found(*_trim(text, *match.span()), "DATE", 0.97, "maand")
    for match in RANGE.finditer(text):
        yield Found(*match.span(), "DATE", 0.8, "maand")


def _short_score(text: str, match: re.Match[str]) -> float:
    """`16-05`, `12/2` and `20-8` are dates; `24/7`, `2/3` and `8/10` only behind a cue, and `10-12` is a range."""
    value, sign = match.group(1), match.group(2)
    line = text.rfind("\n", 0, match.start()) + 1
    before = text[max(line, match.start() - 16) : match.start()]
    if value == "24/7" or _MARK.search(before):
        return 0.0
    day, month = (int(part) for part in value.replace("/", "-").split("-"))
    may_be_range = value in _PARTS or (sign == "-" and day < month)
    if _HOURS.search(before):
        return 0.0
    if _MOVED.search(before):
        return 0.8
    if value.endswith("/10") and not before.strip() and _GRADE_BEHIND.match(text, match.end()):
        return 0.0
    if _DAY_CUE.search(before) and not (may_be_range and _LINKED.search(before)):
        return 0.85 if value not in _PARTS else 0.6
    if match.group(3).startswith("0") or (day > 12 and sign == "/"):
        return 0.8
    if sign == "/":
        return 0.0 if value in _PARTS or month in (5, 10) else 0.6
    return 0.6 if day > month and day > 4 else 0.0


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The dot of an abbreviated month belongs to the date, the full stop of a sentence does not."""
    if text[end - 1] == "." and re.search(
        r"(?:januari|februari|maart|april|mei|juni|juli|augustus|[a-z]{4}ber)\.$", text[start:end]
    ):
        end -= 1
    return start, end
