"""Dutch words on the screens for the closed word lists of the product, and how dates are written."""

from collections.abc import Sequence
from datetime import date, datetime

from domain.dutch import DOELGROEP_WORDS, LOCAL, PURPOSE_WORDS, grouped
from domain.vocabulary import Role
from portal.speech import _, _n, spoken
from register.actors import SYSTEM
from register.exports.activities import TREATMENT_WORDS

ROLES = {
    "data_steward": _("data steward"), "privacy_officer": _("privacy officer"), "proceseigenaar": _("proceseigenaar"),
    "fg": _("functionaris gegevensbescherming"), "ciso": _("CISO"), "analyst": _("analist"), "movisie": _("Movisie"),
    "operator": _("beheerder van de verwerking"), "administrator": _("beheerder van gebruikers"),
    "system": _("het programma"),
}  # fmt: skip
STATES = {
    "waiting": _("wacht"), "accepted": _("aangenomen"), "quarantined": _("geweigerd"), "superseded": _("vervangen"),
    "running": _("bezig"),
    "checking": _("wordt gecontroleerd"), "stopped": _("gestopt bij de controle"),
    "done": _("klaar"), "failed": _("niet gelukt"),
    "prepared": _("wacht op handtekening"), "signed": _("getekend"), "published": _("gepubliceerd"),
    "withdrawn": _("ingetrokken"),
    "draft": _("concept"), "submitted": _("wacht op beslissing"), "approved": _("goedgekeurd"),
    "returned": _("teruggestuurd"),
    "rejected": _("afgewezen"), "replaced": _("vervangen"), "lapsed": _("verlopen"), "ended": _("beëindigd"),
    "proposed": _("voorgesteld"), "taken_back": _("teruggenomen"),
    "ontvangen": _("wacht op beslissing"), "toegewezen": _("toegewezen"), "afgewezen": _("afgewezen"),
    "uitgevoerd": _("uitgevoerd"),
    "requested": _("wacht op beslissing"), "made": _("gemaakt"), "valid": _("geldig"),
}  # fmt: skip
GOOD = {"accepted", "done", "signed", "published", "approved", "uitgevoerd", "toegewezen", "valid"}
BAD = {"quarantined", "stopped", "failed", "rejected", "returned", "withdrawn", "afgewezen", "lapsed"}
ENTITIES = {
    "PERSON": _("naam van een persoon"), "ADDRESS": _("adres"), "POSTCODE": _("postcode"), "PLACE": _("plaats"),
    "ORGANISATION": _("organisatie"), "PHONE": _("telefoonnummer"), "EMAIL": _("e-mailadres"),
    "USERNAME_URL": _("gebruikersnaam of website"), "BSN": _("burgerservicenummer"), "IBAN": _("rekeningnummer"),
    "DATE": _("datum"), "AGE": _("leeftijd"), "LICENSE_PLATE": _("kenteken"), "CASE_NUMBER": _("zaaknummer"),
    "HEALTH": _("gezondheid"),
}  # fmt: skip
ENTITY_DOES = {
    "label": _("vervangen door een woord tussen haken, zoals [PERSOON 1]"), "mask": _("helemaal zwart maken"),
    "generalise": _("grover maken, bijvoorbeeld [leeftijd 80-89]"), "pseudonym": _("vervangen door een vaste code"),
}  # fmt: skip
DOELGROEPEN, PURPOSES, TREATMENTS = spoken(DOELGROEP_WORDS), spoken(PURPOSE_WORDS), spoken(TREATMENT_WORDS)
SHARED = (DOELGROEPEN, PURPOSES, TREATMENTS)
AUDIENCES = {
    "eigen": _("alleen de eigen gemeente"), "movisie": _("de gemeente en Movisie"),
    "deelnemers": _("alle deelnemers en de genoemde ontvangers"), "openbaar": _("iedereen (alleen opgetelde cijfers)"),
}  # fmt: skip
REASONS = {
    "T1": _("de groep is te klein"), "T5": _("bijna iedereen gaf hetzelfde gevoelige antwoord"),
    "T7": _("één gemeente is meer dan de helft van de groep"), "T8": _("er zijn te weinig gemeenten in de groep"),
    "T10": _("sinds de vorige vrijgave kwamen of gingen te weinig mensen, of werd de kleinste groep hoger"),
    "T15": _("dit cijfer was eerder al afgeschermd"), "T16": _("de groep die de vraag oversloeg is te klein"),
    "merged": _("samengevoegd met een grotere groep"), "secondary": _("anders kan iemand een kleine groep uitrekenen"),
    "withheld": _("deze tabel was naast de andere niet veilig te maken"),
}  # fmt: skip
_MONTHS = (
    _("januari"), _("februari"), _("maart"), _("april"), _("mei"), _("juni"), _("juli"), _("augustus"),
    _("september"), _("oktober"), _("november"), _("december"),
)  # fmt: skip


def day(text: str | date | None) -> str:
    """'2026-11-22T…Z' or a date -> '22 november 2026'; '' for nothing."""
    if not text:
        return ""
    found = text if isinstance(text, date) else date.fromisoformat(text[:10])
    return _("{day} {month} {year}", day=found.day, month=_MONTHS[found.month - 1], year=found.year)


def month(text: str) -> str:
    """'2027-03' -> 'maart 2027'."""
    return _("{month} {year}", month=_MONTHS[int(text[5:7]) - 1], year=text[:4])


def moment(text: str | None) -> str:
    """A stored moment in Dutch time: '22 november 2026, 09:30'."""
    if not text:
        return ""
    found = datetime.fromisoformat(text).astimezone(LOCAL)
    return _("{day}, {time}", day=day(found.date()), time=f"{found:%H:%M}")


def span(days: int) -> str:
    """180 -> 'ongeveer 6 maanden'; 730 -> 'ongeveer 2 jaar'."""
    if days < 60:
        return _n("{n} dag", "{n} dagen", days)
    if days < 700:
        return _("ongeveer {months} maanden", months=round(days / 30.4))
    return _("ongeveer {years} jaar", years=round(days / 365))


def size(many: int) -> str:
    """How large a file is: '51 kB', '9,0 MB'."""
    if many < 1_000_000:
        return _("{n} kB", n=-(-many // 1000))
    return _("{n} MB", n=f"{many / 1_000_000:.1f}".replace(".", ","))


def state(name: str) -> str:
    """The word for a state."""
    return STATES.get(str(name), str(name))


def mood(name: str) -> str:
    """How a state looks: good, bad or plain."""
    return "good" if name in GOOD else "bad" if name in BAD else "plain"


def audience(name: str) -> str:
    """The words for who may see something."""
    return AUDIENCES.get(str(name), str(name))


def role(name: str) -> str:
    """The word for a role."""
    return ROLES.get(str(name), str(name))


def doelgroep(name: str) -> str:
    """The word for who was asked."""
    return DOELGROEPEN.get(str(name), str(name))


def user(name: str) -> str:
    """Who did something: a user, or the program itself."""
    return _("het programma") if name == SYSTEM.name else name


def number(value: int | None) -> str:
    """12345 -> '12.345'."""
    return "–" if value is None else grouped(value)


DOES = {
    Role.DATA_STEWARD: _("U levert bestanden aan, ziet wat ermee gebeurt en schrijft bevindingen."),
    Role.PRIVACY_OFFICER: _("U keurt regels goed en let erop dat niemand te herkennen is."),
    Role.PROCESEIGENAAR: _("U beslist namens het college of de cijfers van uw gemeente vrij mogen."),
    Role.FG: _("U kijkt mee en geeft advies. U keurt zelf niets goed."),
    Role.CISO: _("U kijkt mee en geeft advies. U keurt zelf niets goed."),
    Role.ANALYST: _("U vergelijkt gepubliceerde cijfers en haalt bestanden op."),
    Role.MOVISIE: _("U vergelijkt gepubliceerde cijfers. Antwoorden van mensen ziet u nooit."),
    Role.OPERATOR: _("U houdt de verwerking gaande en zet bijdragen en uitgaven klaar."),
    Role.ADMINISTRATOR: _("U beheert gebruikers en sleutels. U keurt niets goed."),
}
"""What somebody in a role comes to do here, in one sentence."""


def listed(names: Sequence[str]) -> str:
    """'a, b en c'."""
    items = list(names)
    if len(items) < 2:
        return items[0] if items else _("niemand")
    return _("{names} en {last}", names=", ".join(items[:-1]), last=items[-1])
