"""A new finding from its form: which talks it rests on become pseudonyms at once; the numbers are kept nowhere."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime

from domain.delivery import DeliveryKey
from domain.errors import InputRejected, WrongUsage
from domain.vocabulary import Kind
from portal.house import House
from portal.speech import _
from portal.station import Station
from portal.visit import Visit
from portal.words import doelgroep, listed
from register import deliveries
from register.findings import TICKS, FindingKind, NewFinding

TALKS = (Kind.JOURNEYS, Kind.STORIES, Kind.CARDS, Kind.TRANSCRIPTS, Kind.PANEL)
TICK_WORDS = {
    "geen_leeftijd": _("Er staat geen leeftijd in."), "geen_wijk": _("Er staat geen wijk of straat in."),
    "geen_diagnose": _("Er staat geen ziekte of beperking in."),
    "geen_gezin": _("Er staat niets over gezin of familie in."),
    "geen_zeldzame_gebeurtenis": _("Er staat geen gebeurtenis in die bijna nooit voorkomt."),
    "geen_derde": _("Het gaat niet over iemand anders dan de verteller."),
}  # fmt: skip
_SEPARATORS = re.compile(r"[,;\s]+")
_MOST = 50


def studies(house: House, areas: frozenset[str] | None) -> list[tuple[str, str]]:
    """Deliveries with talks or stories about which somebody may write, with their words."""
    kinds = {house.codebooks.get(reference).instrument: house.codebooks.get(reference).kind
             for reference in house.codebooks.references()}  # fmt: skip
    keys = sorted(
        key for key in deliveries.standing(house.register)
        if (areas is None or key.area in areas) and kinds.get(key.instrument) in TALKS
    )  # fmt: skip
    return [
        (
            str(key),
            f"{house.name_of(key.area)}: {house.title_of(key.instrument)}, {key.meting}, {doelgroep(key.doelgroep)}",
        )
        for key in keys
    ]


def phases(house: House) -> list[tuple[str, str]]:
    """Phases of a klantreis, and none."""
    named = house.codebooks.get("klantreis@1.0").rows["phase"].values
    return [("", _("de hele reis")), *named.items()]


def check_filled(visit: Visit) -> None:
    """Raises InputRejected with every field of the form that is still empty and every tick that is not there."""
    fields = {"tekst": _("de tekst"), "gesprekken": _("de nummers van de gesprekken")}
    if visit.text("soort") == FindingKind.QUOTE.value:
        fields["tot"] = _("tot wanneer de toestemming geldt")
    empty = [words for name, words in fields.items() if not visit.text(name).strip()]
    unticked = [words.rstrip(".") for tick, words in TICK_WORDS.items() if not visit.text(f"vink_{tick}")]
    told = [_("vul nog in: {fields}", fields=listed(empty))] if empty else []
    told += [_("kijk na en vink aan: {ticks}", ticks="; ".join(unticked))] if unticked else []
    if told:
        raise InputRejected("; ".join(told))


def new_finding(visit: Visit, station: Station | None, key: DeliveryKey) -> NewFinding:
    """What the form says; raises InputRejected or DisclosureRefused in plain Dutch, never with a number in it."""
    check_filled(visit)
    kind = FindingKind.QUOTE if visit.text("soort") == FindingKind.QUOTE.value else FindingKind.FINDING
    who = pseudonyms(station, key, visit.text("gesprekken"))
    ticks = [tick for tick in TICKS if visit.text(f"vink_{tick}")]
    return NewFinding(
        key.area, key.instrument, key.meting, key.doelgroep, visit.text("tekst"), who, ticks, kind,
        visit.text("fase") if visit.text("fase") in dict(phases(visit.house)) else "",
        who[0] if kind is FindingKind.QUOTE and who else None,
        last_day(visit.text("tot")) if kind is FindingKind.QUOTE else None,
    )  # fmt: skip


def pseudonyms(station: Station | None, key: DeliveryKey, typed: str) -> list[str]:
    """Who the typed numbers are; raises InputRejected when one is not in the data."""
    if station is None:
        raise InputRejected(_("dit portaal kan de gecontroleerde aanleveringen niet openen"))
    numbers: Iterable[str] = dict.fromkeys(one for one in _SEPARATORS.split(typed) if one)
    tried = [station.find(key, one) for one in list(numbers)[:_MOST]]
    if missing := sum(who is None for who in tried):
        raise InputRejected(
            _(
                "{missing} van de {tried} gesprekken staan niet in de gegevens; controleer de nummers",
                missing=missing,
                tried=len(tried),
            )
        )
    return sorted({who for who in tried if who is not None})


def last_day(text: str) -> datetime | None:
    """A day of the form as the moment it ends; None for nothing."""
    if not text:
        return None
    try:
        return datetime.fromisoformat(f"{text}T23:59:59").replace(tzinfo=UTC)
    except ValueError:
        raise WrongUsage(_("schrijf de datum als dag, maand en jaar")) from None
