"""Dutch words on the screens for the closed word lists of the product, and how dates are written."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from register.exports.activities import TREATMENT_WORDS

ROLES = {
    "data_steward": "data steward", "privacy_officer": "privacy officer", "proceseigenaar": "proceseigenaar",
    "fg": "functionaris gegevensbescherming", "ciso": "CISO", "analyst": "analist", "movisie": "Movisie",
    "operator": "beheerder van de verwerking", "administrator": "beheerder van gebruikers", "system": "het programma",
}  # fmt: skip
STATES = {
    "waiting": "wacht", "accepted": "aangenomen", "quarantined": "geweigerd", "superseded": "vervangen",
    "running": "bezig",
    "checking": "wordt gecontroleerd", "stopped": "gestopt bij de controle",
    "done": "klaar", "failed": "niet gelukt",
    "prepared": "wacht op handtekening", "signed": "getekend", "published": "gepubliceerd", "withdrawn": "ingetrokken",
    "draft": "concept", "submitted": "wacht op beslissing", "approved": "goedgekeurd", "returned": "teruggestuurd",
    "rejected": "afgewezen", "replaced": "vervangen", "lapsed": "verlopen", "proposed": "voorgesteld",
    "ontvangen": "wacht op beslissing", "toegewezen": "toegewezen", "afgewezen": "afgewezen",
    "uitgevoerd": "uitgevoerd",
    "requested": "wacht op beslissing", "made": "gemaakt",
}  # fmt: skip
GOOD = {"accepted", "done", "signed", "published", "approved", "uitgevoerd", "toegewezen"}
BAD = {"quarantined", "stopped", "failed", "rejected", "returned", "withdrawn", "afgewezen", "lapsed"}
ENTITIES = {
    "PERSON": "naam van een persoon", "ADDRESS": "adres", "POSTCODE": "postcode", "PLACE": "plaats",
    "ORGANISATION": "organisatie", "PHONE": "telefoonnummer", "EMAIL": "e-mailadres",
    "USERNAME_URL": "gebruikersnaam of website", "BSN": "burgerservicenummer", "IBAN": "rekeningnummer",
    "DATE": "datum", "AGE": "leeftijd", "LICENSE_PLATE": "kenteken", "CASE_NUMBER": "zaaknummer",
    "HEALTH": "gezondheid",
}  # fmt: skip
ENTITY_DOES = {
    "label": "vervangen door een woord tussen haken, zoals [PERSOON 1]", "mask": "helemaal zwart maken",
    "generalise": "grover maken, bijvoorbeeld [leeftijd 80-89]", "pseudonym": "vervangen door een vaste code",
}  # fmt: skip
TREATMENTS = TREATMENT_WORDS
AUDIENCES = {
    "eigen": "alleen de eigen gemeente", "movisie": "de gemeente en Movisie",
    "deelnemers": "alle deelnemers en de genoemde ontvangers", "openbaar": "iedereen (alleen opgetelde cijfers)",
}  # fmt: skip
REASONS = {
    "T1": "de groep is te klein", "T5": "bijna iedereen gaf hetzelfde gevoelige antwoord",
    "T7": "één gemeente is meer dan de helft van de groep", "T8": "er zijn te weinig gemeenten in de groep",
    "T10": "er kwamen of gingen te weinig mensen sinds de vorige vrijgave",
    "T15": "dit cijfer was eerder al afgeschermd", "T16": "de groep die de vraag oversloeg is te klein",
    "merged": "samengevoegd met een grotere groep", "secondary": "anders kan iemand een kleine groep uitrekenen",
    "withheld": "deze tabel was naast de andere niet veilig te maken",
}  # fmt: skip
_MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip
_ZONE = ZoneInfo("Europe/Amsterdam")


def day(text: str | date | None) -> str:
    """'2026-11-22T…Z' or a date -> '22 november 2026'; '' for nothing."""
    if not text:
        return ""
    found = text if isinstance(text, date) else date.fromisoformat(text[:10])
    return f"{found.day} {_MONTHS[found.month - 1]} {found.year}"


def month(text: str) -> str:
    """'2027-03' -> 'maart 2027'."""
    return f"{_MONTHS[int(text[5:7]) - 1]} {text[:4]}"


def moment(text: str | None) -> str:
    """A stored moment in Dutch time: '22 november 2026, 09:30'."""
    if not text:
        return ""
    found = datetime.fromisoformat(text).astimezone(_ZONE)
    return f"{day(found.date())}, {found:%H:%M}"


def state(name: str) -> str:
    """The word for a state."""
    return STATES.get(str(name), str(name))


def mood(name: str) -> str:
    """How a state looks: good, bad or plain."""
    return "good" if name in GOOD else "bad" if name in BAD else "plain"


def role(name: str) -> str:
    """The word for a role."""
    return ROLES.get(str(name), str(name))


def number(value: int | None) -> str:
    """12345 -> '12.345'."""
    return "–" if value is None else f"{value:,}".replace(",", ".")


def listed(names: list[str] | tuple[str, ...]) -> str:
    """'a, b en c'."""
    items = list(names)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} en {items[-1]}" if items else "niemand"
