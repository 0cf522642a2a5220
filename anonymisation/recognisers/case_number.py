"""Numbers of clients, cases, files, policies, orders and rides: after a cue, by shape, or long and unexplained."""

import re
from collections.abc import Iterable

from anonymisation.spans import Document, Found, Recogniser

_KIND = (
    r"clienten?|klant|zaak|dossier|polis|order|bestel|rit|relatie|pas|kenmerk|beschikkings?|referentie|ref|meldings?|"
    r"aanvraag|factuur|registratie|patienten?|lidmaatschaps?|lid|inschrijf|ticket|debiteuren?|ritten|indicatie|"
    r"besluit|contract|"
    r"klacht(?:en)?|abonnements?|verzekerings?|reserverings?|deelnemers?|toewijzings?|casus|document|"
    r"administratie|persoons|"
    r"incident|bezwaar|opdracht|offerte|zorg|identificatie|dossierkenmerk|betalings|paspoort|rijbewijs|"
    r"personeels|lidnr|kvk"
)
_VALUE = (
    r"((?=[a-z/.\- ]{0,8}\d)[a-z]{0,5}(?:[ ]?[-/.]|[ ](?=\d))?[a-z0-9]{1,14}(?:[-/.][a-z0-9]{1,12}){0,5}"
    r"(?:[ ]\d{1,6}(?!\d|[.,]\d|[ ]?(?:keer|uur|jaar|euro|weken|maanden|dagen|juni|juli)\b)){0,4})"
)
CUED = re.compile(
    rf"(?<![a-z])(?:uw |ons |mijn |o\.v\.v\. )?(?:{_KIND})(?:[- ]?(?:nummer|nr|num|no|code|id|kenmerk))?\b[.]?"
    rf"(?:[ ](?:erbij|van (?:mijn|de|het|onze) [a-z]+|met nummer|onder nummer|nummer|nr\.?|is|was|luidt|"
    rf"hier))?[ ]{{0,2}}[:=#(,]?[ ]{{0,2}}[#]?{_VALUE}(?![a-z0-9])"
)
SHAPE = re.compile(
    r"(?<![\w./\-@])(?:[a-z]{1,4}[/\-]\d{2,4}[/\-]\d{3,9}|\d{4}-[a-z]{2,5}-\d{2,7}|"
    r"[a-z]{1,4}-\d{4,9}(?:-\d{1,6})?|[a-z]{2,4}[.]\d{4,9}|"
    r"[a-z]{1,3}\d{6,10})(?![\w/]|-\w)"
)
MIXED = re.compile(
    r"(?<![\w./\-@+€])(?=[a-z0-9\-/.]{0,40}\d{3})(?=[a-z0-9]{0,40}[\-/.a-z])[a-z0-9]{1,12}(?:[\-/.][a-z0-9]{1,12}){0,4}(?![\w/@]|"
    r"[\-.]\w)"
)
LONG = re.compile(r"(?<![\w.,/\-+@€])(?<!€ )\d{6,12}(?![\w@]|[.,/\-]\d|[ ]?(?:euro|km|inwoners|mensen|keer))")
_NOT = re.compile(r"^(?:wmo|artikel|art|hb|tv|top|covid|corona|windows|a|b|c)[ -]?\d{1,4}$")


class CaseNumberRecogniser(Recogniser):
    """The number only, never the word before it."""

    name = "case_number"
    least_figures = 3
    labels = ("CASE_NUMBER",)

    def find(self, doc: Document) -> Iterable[Found]:
        """Cued numbers are near certain, shapes likely, bare long numbers masked and reviewed."""
        text = doc.folded
        for match in CUED.finditer(text):
            start, end = match.span(1)
            value = text[start:end]
            if sum(c.isdigit() for c in value) >= 3 and not _is_year(value) and not _NOT.match(value):
                yield Found(start, end, "CASE_NUMBER", 0.95, "nummer")
        for match in SHAPE.finditer(text):
            if not _NOT.match(match.group()):
                yield Found(*match.span(), "CASE_NUMBER", 0.8, "vorm")
        for match in MIXED.finditer(text):
            if _reference(match.group()):
                yield Found(*match.span(), "CASE_NUMBER", 0.6, "gemengd")
        for match in LONG.finditer(text):
            yield Found(*match.span(), "CASE_NUMBER", 0.55, "lang getal")


def _reference(value: str) -> bool:
    """Five digits or more with letters, dashes or slashes between: a reference, unless it reads as a date or amount."""
    digits = sum(c.isdigit() for c in value)
    if digits < 5 or re.fullmatch(
        r"\d{1,3}(?:\.\d{3})+|[\d]{1,2}[\-/.]\d{1,2}[\-/.]\d{2,4}|\d{4}-\d\d-\d\d|\d{4}[a-z]{2}|(?:19|"
        r"20)\d\d[-/](?:19|20)?\d\d",
        value,
    ):
        return False
    return any(c.isalpha() or c in "-/" for c in value) or value.count(".") > 0


def _is_year(value: str) -> bool:
    return len(value) == 4 and value.isdigit() and value.startswith(("19", "20"))
