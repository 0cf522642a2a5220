"""Numbers of clients, cases, files, policies, orders and rides: after a cue, by shape, or long and unexplained."""

import re
from collections.abc import Callable, Iterable

from anonymisation.cues import STOP
from anonymisation.gates import DIGITS, Sought
from anonymisation.patterns import Pattern
from anonymisation.spans import Document, Found, Recogniser
from anonymisation.wordset import words

_KIND = (
    r"client(?:en?)?|clt|klant|zaak|[a-z]{0,14}dossier|dosier|polis|order|bestel|rit|relatie|[a-z]{0,10}pas|[a-z]{0,14}kenmerk|beschikkings?|referentie|ref|"
    r"meldings?|aanvraag|factuur|registratie|patienten?|lidmaatschaps?|lid|inschrijf|inschrijvings?|ticket|debiteuren?|ritten|indicatie|"
    r"besluit|contract|debiteur|zorgovereenkomst|cjib|ean|epd|"
    r"klacht(?:en)?|abonnements?|verzekerings?|reserverings?|deelnemers?|toewijzings?|casus|document|"
    r"administratie|persoons|"
    r"incident|bezwaar|opdracht|offerte|zorg|identificatie|dossierkenmerk|betalings|paspoort|rijbewijs|"
    r"personeels|lidnr|kvk|o\.?v\.?v\.?|onder vermelding van|kenm|zk|dos|pv|proces-verbaal|aangifte|vergunning|"
    r"parkeerkaart|traject|brief|werkorder|case|call|leerling|student|cl(?=[.: ]{1,2}\d{4})"
)
_NUMBER = r"(?:nu+m+b?e?r|numemr|nummre|nm+e?r|nr|num)"
"""`nummer`, also as it is mistyped: `numer`, `nummr`, `nmr`."""
_VALUE = (
    r"((?=[a-z/.\- ]{0,8}\d)[a-z]{0,5}(?:[ ]?[-/.]|[ ](?=\d))?[a-z0-9]{1,18}(?:[-/.][a-z0-9]{1,12}){0,5}"
    r"(?:[ ]\d{1,6}(?!\d|[.,]\d|[ ]?(?:keer|uur|jaar|euro|weken|maanden|dagen|juni|juli)\b)){0,4})"
)
CUED = Sought(
    rf"(?<![a-z])(?:uw |ons |mijn |o\.v\.v\. )?(?:{_KIND})(?:[- ]?(?:{_NUMBER}s?|no|code|id|kenmerk))?"
    rf"(?:\b|(?:(?<=er)|(?<=nr))(?=[a-z]?\d))[.]?"
    rf"(?:[ ](?:erbij|van (?:mijn|de|het|onze) [a-z]+|met nummer|onder nummer|nummer|nr\.?|is|was|luidt|staat|stond|"
    rf"hier))?[ ]{{0,2}}[:=#(,\-/;>\['\"]{{0,2}}[ ]{{0,2}}[#]?{_VALUE}(?![a-z0-9])"
)
NUMBERED = re.compile(
    rf"(?<!\w)((?:[a-z]{{1,12}}-)?[a-z]{{0,24}})(?:nummer|nr|num)\b[.]?(?: is| was| luidt| van [a-z]{{2,12}})?"
    rf"[ ]{{0,2}}[:=#(,\-]{{0,2}}[ ]{{0,2}}#?{_VALUE}(?![a-z0-9])"
)
"""Any word that ends in *nummer*: what it numbers is somebody's, unless it is a thing of everybody."""
CODED = Sought(
    rf"(?<![a-z])(?:{_KIND}|(?:{_KIND}|inlog|toegangs|activerings|koppel|persoonlijke |unieke |mijn |uw )code|"
    r"reserverings?|boekings?|bestelling|id-?kaart|identiteits(?:kaart|bewijs))"
    rf"(?:[- ]?(?:{_NUMBER}|no|id|code))?[.]?(?: is| was| luidt)?[ ]{{0,2}}[:=#(]?[ ]{{0,2}}#?"
    r"([a-z0-9]{1,9}(?:[\-/.][a-z0-9]{1,6}){0,3})(?![a-z0-9])"
)
"""Letters and figures by turns: `boekingsnummer XK3P9Q`, `code K7-331-QP`."""
FAR = re.compile(
    rf"(?<!\w)(?:((?:[a-z]{{1,12}}-)?[a-z]{{2,24}})|(?:mijn|uw|zijn|haar|ons) ){_NUMBER}s?\b[.]?([^\d\n.;!€]{{2,45}}?)"
    r"((?<![a-z\-/])(?:[a-z]{1,4}[\-/.]?)?(?:\d[\d.\-/]{2,16}(?: \d{2,6}){0,3}|\d{1,4}(?: \d{2,6}){1,4}))(?![\w€%])"
)
"""`clientnummer bij de gemeente is volgens mij 40021`: words stand between."""
ANOTHER = re.compile(r"(?:, ?(?:en )?| ?[/&+] ?| en | of )#?([a-z]{0,4}[-/. ]?\d[a-z0-9.\-/]{1,16})(?!\w)")
"""`zaaknummers 8812, 8813 en 8890`."""
_EVERYBODY = words(
    "huis telefoon tel mobiel mob nood alarm fax kamer toestel artikel pagina maat week school buslijn lijn rug "
    "postbus spoed bus perron tafel vraag volg hoofdstuk formulier versie stap rang afdelings zaal giro doorkies "
    "service informatie info"
)
SHAPE = re.compile(
    r"(?<![\w./\-@])(?:[a-z]{1,4}[/\-]\d{2,4}[/\-]\d{3,9}|\d{4}-[a-z]{2,5}-\d{2,7}|"
    r"[a-z]{1,4}-\d{4,9}(?:-\d{1,6})?|[a-z]{2,4}[.]\d{4,9}|"
    r"[a-z]{1,4}/\d{3,6}/[a-z]{1,4}|[a-z]{1,4}-\d{4,6}[/\-][a-z]{1,4}|"
    r"\d{4}(?: \d{4}){3}|[a-z]{1,3}\d{6,10}|\d{2}-\d{2}-[a-z]{2,4}-\d{2,4}|[a-z]\d{4} \d{4}|"
    r"(?!nr|no|tm|en)[a-z]{2} \d{4} \d{4}|\d{4} \d{4} \d{2})(?![\w/]|-\w)"
)
MIXED = re.compile(
    r"(?<![\w./\-@+€])(?=[a-z0-9\-/.]{0,40}\d{3})(?=[a-z0-9]{0,40}[\-/.a-z])[a-z0-9]{1,12}(?:[\-/.][a-z0-9]{1,12}){0,4}(?![\w/@]|"
    r"[\-.]\w)"
)
_IN_MIXED = re.compile(r"\d{3}[\-/.a-z]|[\-/.a-z]\d{3}")
"""Part of every reference that MIXED finds and that has more than figures."""
LETTERED = re.compile(r"(?<![\w./\-])\d{3,6}-[a-z]{1,2}(?![\w\-])")
_FILES = re.compile(r"dossier|zaak|casus|client|polis")
LONG = re.compile(r"(?<![\w.,/\-+@€])(?<!€ )\d{6,20}(?![\w@]|[.,/\-]\d|[ ]?(?:euro|km|inwoners|mensen|keer))")
_WORD_IN_FRONT = re.compile(r"([a-z]{1,12}) ")
_LONG_WORD = 4
_SMALL = words("van uit in op te is of en bij per tot nog al na dus nu om")
"""Shorter words than that may be the letters of the number (`wz 771-905`), but for these."""
_SIGN_IN_FRONT = re.compile(r"(?<![\w.])(?:[A-Z]{1,4} ){1,2}$")
"""`BB 3318/24`, `FA RK 24-331`: capitals that belong to a reference."""
REGISTERED = re.compile(
    r"\b(?:sta|staat|stond|bekend|geregistreerd|ingeschreven|genoteerd|geboekt)(?: [a-z]{1,12}){0,4} (?:als|onder|met)"
    r"(?: nummer| nr\.?)? (\d{4,12})(?!\d|[.,]\d| ?[a-z]{4,}en\b| euro)"
)
"""`ik sta bij jullie bekend onder 40021`."""
ABOUT = re.compile(
    r"\b(?:betreft|betr|inzake|onderwerp|kenmerk|re|zaak|casus)[.:]?:? ([a-z]{1,5}[-/.]\d{3,6})(?![\w-]|[./]\w)"
)
"""`Betreft K-118`."""
KNOWN_AS = re.compile(
    r"\b(?:als|onder)(?: nummer| nr\.?)? (\d{1,3}(?:\.\d{3}){1,3})"
    r"(?!\d|[.,]\d|[ ]?(?:euro|km|inwoners|mensen|keer|gevallen|huishoudens))"
)
"""`bij de gemeente sta ik als 1.804.226`."""
_YEAR_OR_DATE = re.compile(r"(?:19|20)\d\d|\d{1,2}[-/.]\d{1,2}(?:[-/.]\d{2,4})?")
"""`besluit kwam 3-8-23`, `aanvraag lente 2023`: behind a word in front of the number, this is no reference."""
_AMOUNT = re.compile(
    r" (?:minuten|uur|uren|euro|weken|dagen|maanden|keer|km|meter|procent|mensen|personen|bladzijden|pagina's|woorden|"
    r"vragen|regels|plekken|punten|huishoudens|gevallen)\b"
)
"""`in de beschikking staat 105 minuten`."""
_OF_SO_MANY = re.compile(r"(?:van|met|voor|over|in) \d{1,4}")
"""`een dossier van 300 stuks`."""
_CALLED = re.compile(rf"{_NUMBER}s?\b[.]?(?: is| was)?[ :=#]{{0,4}}$")
"""`dossiernummer 44`: behind its number as a word two figures are enough."""
_TURNS = re.compile(r"[a-z]\d+[a-z]|\d[a-z]+\d")
_PUBLIC = re.compile(r"^14[ ]?0\d\d|^0[89]00")
_NOT = re.compile(r"^(?:(?:wmo|artikel|art|hb|tv|top|covid|corona|windows)[ -]?\d{1,4}|[abc][ -]?\d{1,2})$")


class CaseNumberRecogniser(Recogniser):
    """The number only, never the word before it."""

    name = "case_number"
    least_figures = 2
    labels = ("CASE_NUMBER",)

    def find(self, doc: Document) -> Iterable[Found]:
        """Cued numbers are near certain, shapes likely, bare long numbers masked and reviewed."""
        for number in _GATE.open(doc):
            pattern, score, cue, counts = PATTERNS[number]
            for match in pattern.finditer(doc.folded):
                if counts(match) and (place := _place(doc, match)):
                    yield Found(*place, "CASE_NUMBER", score, cue)
                    if pattern in _ANNOUNCED:
                        yield from _others(doc, *place, score)


def _place(doc: Document, match: re.Match[str]) -> tuple[int, int] | None:
    """Where the number stands, without a word in front of it; None where such a word makes it a year, day or amount."""
    start, end = match.span(match.re.groups)
    lead = _WORD_IN_FRONT.match(doc.folded, start, end)
    if lead is None or doc.text[start : lead.end()].isupper():
        letters = _SIGN_IN_FRONT.search(doc.text, max(0, start - 10), start) if match.re in _SHAPED else None
        belong = letters and not doc.reading.shouting and STOP.isdisjoint(letters.group().lower().split())
        return (letters.start() if letters and belong else start), end
    if len(lead.group(1)) >= _LONG_WORD or lead.group(1) in _SMALL:
        start = lead.end()
        if end - start == 3 and _AMOUNT.match(doc.folded, end):
            return None
    return None if _YEAR_OR_DATE.fullmatch(doc.folded, lead.end(), end) else (start, end)


def _others(doc: Document, start: int, end: int, score: float) -> Iterable[Found]:
    """Numbers of the same shape that stand beside one in a row."""
    shape = _shape(doc.folded[start:end])
    while match := ANOTHER.match(doc.folded, end):
        value = match.group(1)
        if _shape(value) != shape or _is_year(value) or _AMOUNT.match(doc.folded, match.end()):
            return
        yield Found(*match.span(1), "CASE_NUMBER", score, "rij")
        end = match.end()


def _shape(value: str) -> str:
    """`D-8812` as `a-9999`."""
    return "".join("9" if c.isdigit() else "a" if c.isalpha() else c for c in value)


def _behind_cue(match: re.Match[str]) -> bool:
    value = match.group(1)
    if _OF_SO_MANY.fullmatch(value) or (
        value.rpartition(" ")[2].replace(".", "").isdigit() and _AMOUNT.match(match.string, match.end())
    ):
        return False
    called = _CALLED.search(match.string, match.start(), match.start(1)) is not None
    enough = sum(c.isdigit() for c in value) >= (2 if called else 3)
    return enough and not _is_year(value) and not _NOT.match(value)


def _by_turns(match: re.Match[str]) -> bool:
    """Five signs or more, all figures, or letters between figures or figures between letters."""
    signs = "".join(filter(str.isalnum, match.group(1)))
    if len(signs) < 5 or (match.group(1).isdigit() and _AMOUNT.match(match.string, match.end())):
        return False
    return match.group(1).isdigit() or (sum(map(str.isdigit, signs)) > 1 and _TURNS.search(signs) is not None)


def _numbers_somebody(match: re.Match[str]) -> bool:
    """`routenummer 4411-2`, `nr 88213`; not `huisnummer 112`, `nummer 14` or `nummer 14 040`."""
    kind, value = match.groups()
    enough = sum(c.isdigit() for c in value) >= (3 if kind else 4)
    return enough and kind.strip("-") not in _EVERYBODY and not (_is_year(value) or _PUBLIC.match(value))


def _far_behind(match: re.Match[str]) -> bool:
    """Four figures or more behind a word that ends in *nummer*, five behind `mijn nummer`: no year, day or amount."""
    kind, _, value = match.groups()
    enough = sum(c.isdigit() for c in value) >= (4 if kind else 5)
    counts = enough and (kind or "").strip("-") not in _EVERYBODY and not _YEAR_OR_DATE.fullmatch(value)
    return counts and not _AMOUNT.match(match.string, match.end())


def _has_shape(match: re.Match[str]) -> bool:
    parts = match.group().split()
    return parts[0] not in STOP and not _NOT.match(match.group()) and not all(map(_is_year, parts))


def _reference(match: re.Match[str]) -> bool:
    """Five digits or more with letters, dashes or slashes between: a reference, unless it reads as a date or amount."""
    value = match.group()
    if _PUBLIC.match(value):
        return False
    digits = sum(c.isdigit() for c in value)
    if digits < 5 or re.fullmatch(
        r"\d{1,3}(?:\.\d{3})+|[\d]{1,2}[\-/.]\d{1,2}[\-/.]\d{2,4}|\d{4}-\d\d-\d\d|\d{4}[a-z]{2}|(?:19|"
        r"20)\d\d[-/](?:19|20)?\d\d",
        value,
    ):
        return False
    return any(c.isalpha() or c in "-/" for c in value) or value.count(".") > 0


def _among_files(match: re.Match[str]) -> bool:
    """`883-A, 891-A`: three figures and a letter, in a text about files."""
    return _FILES.search(match.string) is not None


def _is_year(value: str) -> bool:
    return len(value) == 4 and value.isdigit() and value.startswith(("19", "20"))


PATTERNS: tuple[tuple[Pattern, float, str, Callable[[re.Match[str]], bool]], ...] = (
    (CUED, 0.95, "nummer", _behind_cue),
    (NUMBERED, 0.7, "nummer", _numbers_somebody),
    (SHAPE, 0.8, "vorm", _has_shape),
    (MIXED, 0.6, "gemengd", _reference),
    (LONG, 0.55, "lang getal", bool),
    (LETTERED, 0.6, "nummer en letter", _among_files),
    (KNOWN_AS, 0.6, "bekend als", bool),
    (REGISTERED, 0.6, "bekend als", bool),
    (FAR, 0.6, "nummer", _far_behind),
    (CODED, 0.7, "code", _by_turns),
    (ABOUT, 0.7, "betreft", bool),
)
"""Pattern (its last group is the number), score, cue, and what tells a number of somebody from another."""
_GATE = DIGITS.gate([CUED, NUMBERED, SHAPE, _IN_MIXED, LONG, LETTERED, KNOWN_AS, REGISTERED, FAR, CODED, ABOUT])
_ANNOUNCED = (CUED, NUMBERED, FAR)
_SHAPED = (SHAPE, MIXED, FAR)
