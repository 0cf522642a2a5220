"""Aanleveringen: what came in and what became of it; and an upload into the inbox."""

from fastapi import APIRouter
from fastapi.responses import Response

from domain.errors import NotAllowed
from domain.vocabulary import Art9Ground, DeliveryState, LegalBasis, Steekproef
from portal.uploads import Upload, put_in_inbox
from portal.visit import SignedIn, Visit
from register import deliveries, verdicts, work
from register.deliveries import Delivery
from register.permissions import Act, seen_areas
from storage.codebooks import Codebooks

router = APIRouter(prefix="/aanleveringen")
LEGAL = {
    LegalBasis.WMO: "wettelijk onderzoek, Wmo 2015 artikel 2.5.1",
    LegalBasis.JEUGDWET: "wettelijk onderzoek, Jeugdwet artikel 2.10",
    LegalBasis.PUBLIC_TASK: "taak van algemeen belang (AVG 6, lid 1, onder e)",
    LegalBasis.CONSENT: "toestemming (AVG 6, lid 1, onder a)",
}
HEALTH = {
    Art9Ground.WMO_5_1_1: "Wmo 2015 artikel 5.1.1",
    Art9Ground.JEUGDWET_7_4_0: "Jeugdwet artikel 7.4.0",
    Art9Ground.STATISTICS: "onderzoek of statistiek (UAVG artikel 24)",
    Art9Ground.EXPLICIT_CONSENT: "uitdrukkelijke toestemming",
}
ASKED = {
    Steekproef.ALLEN: "iedereen is gevraagd", Steekproef.ASELECT: "een aselecte steekproef",
    Steekproef.OPEN_LINK: "wie wilde (open link)", Steekproef.GERICHT: "gericht gekozen mensen",
}  # fmt: skip


@router.get("")
def overview(visit: SignedIn) -> Response:
    """Everything delivered in the areas of this person, newest first."""
    visit.areas(Act.SEE_DELIVERIES)
    judged = verdicts.latest_many(visit.house.register)
    rows = [outcome(one, judged.get(one.key) if one.key else None) for one in all_of(visit)]
    waiting = [
        task for task in work.tasks(visit.house.register, by=visit.by) if task.state in (work.WAITING, work.RUNNING)
    ]
    return visit.page("deliveries.html", rows=rows[::-1], waiting=waiting, may_add=bool(own(visit)))


@router.get("/nieuw")
def ask(visit: SignedIn) -> Response:
    """The upload form."""
    return form(visit)


@router.post("/nieuw")
def add(visit: SignedIn) -> Response:
    """Files to the inbox, whole or not at all, and a line in the work queue."""
    allowed = own(visit)
    if not allowed:
        raise NotAllowed("bestanden aanleveren is niet voor uw rol")
    put_in_inbox(visit.house, Upload.of(visit), allowed, by=visit.by)
    return visit.go("/aanleveringen", "aangeleverd")


def form(visit: Visit) -> Response:
    """The upload form with what can be chosen."""
    allowed = own(visit)
    if not allowed:
        raise NotAllowed("bestanden aanleveren is niet voor uw rol")
    return visit.page(
        "delivery_new.html",
        areas=[(code, visit.house.name_of(code)) for code in sorted(allowed)],
        books=books(visit.house.codebooks),
        legal=[(one.value, text) for one, text in LEGAL.items()],
        health=[("", "er zijn geen gegevens over gezondheid")] + [(one.value, text) for one, text in HEALTH.items()],
        asked=[(one.value, text) for one, text in ASKED.items()],
    )


def books(codebooks: Codebooks) -> list[tuple[str, str]]:
    """Codebooks with their titles."""
    found = [codebooks.get(reference) for reference in codebooks.references()]
    return sorted(((one.reference, f"{one.title} ({one.version})") for one in found), key=lambda pair: pair[1])


def own(visit: Visit) -> frozenset[str]:
    """Areas this person may deliver for; somebody national: every known gemeente and verband."""
    areas = seen_areas(visit.by, Act.WORK_ADD)
    return frozenset(visit.house.gemeenten) if areas is None else areas


def all_of(visit: Visit) -> list[Delivery]:
    """Outcome rows in the areas of this person."""
    return deliveries.list_all(visit.house.register, by=visit.by)


def outcome(one: Delivery, verdict: verdicts.Verdict | None) -> dict[str, object]:
    """A row with its state and reason in plain words; a stopped check counts as refused."""
    state, reason = one.state.value, one.reason
    accepted = one.state is DeliveryState.ACCEPTED
    if accepted and verdict is not None and verdict.version == one.version and not verdict.passed:
        state, reason = "stopped", "; ".join(verdict.failed)
    elif accepted and verdict is None:
        state = "checking"
    return {"one": one, "state": state, "reason": reason}
