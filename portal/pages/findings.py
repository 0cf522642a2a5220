"""Bevindingen en citaten: written by the steward, approved as seen or returned with a comment."""

from fastapi import APIRouter
from fastapi.responses import Response

from domain.delivery import DeliveryKey
from domain.errors import ConsentRefused, DisclosureRefused, InputRejected, WrongUsage
from portal.visit import SignedIn, Visit
from portal.visit_errors import Missing
from portal.writing import TICK_WORDS, new_finding, phases, studies
from register import findings
from register.findings import FindingState, WrittenFinding
from register.permissions import Act

router = APIRouter(prefix="/bevindingen")
FIELDS = ("onderzoek", "soort", "tekst", "fase", "gesprekken", "tot", *(f"vink_{tick}" for tick in TICK_WORDS))


@router.get("/nieuw")
def ask(visit: SignedIn) -> Response:
    """The form for a new finding or quote."""
    return form(visit, {})


@router.post("/nieuw")
def write(visit: SignedIn) -> Response:
    """Offer it to the privacy officer; what is not right comes back with the form."""
    key = chosen(visit)
    try:
        new = new_finding(visit, visit.request.app.state.station, key)
        made = findings.add(visit.house.register, new, by=visit.by)
    except (InputRejected, DisclosureRefused, ConsentRefused, WrongUsage) as refusal:
        given = {name: visit.text(name) for name in FIELDS}
        return form(visit, given, problem=refusal.on_screen)
    return visit.go(f"/bevindingen/{made.id}", "opgeschreven")


@router.get("/{number:int}")
def show(number: int, visit: SignedIn) -> Response:
    """One finding."""
    one = seen(visit, number)
    decides = visit.may(Act.FINDING_DECIDE, one.area) and one.state is FindingState.SUBMITTED
    return visit.page(
        "finding.html", one=one, may_decide=decides, own_work=one.author == visit.by.name, ticks=TICK_WORDS.values(),
        may_write=visit.may(Act.FINDING_WRITE, one.area),
    )  # fmt: skip


@router.post("/{number:int}/goedkeuren")
def approve(number: int, visit: SignedIn) -> Response:
    """Approve exactly this text."""
    seen(visit, number)
    findings.approve(visit.house.register, number, seen=visit.text("gezien"), by=visit.by)
    return visit.go(f"/bevindingen/{number}", "goedgekeurd")


@router.post("/{number:int}/terugsturen")
def send_back(number: int, visit: SignedIn) -> Response:
    """Return it with a comment."""
    seen(visit, number)
    findings.send_back(visit.house.register, number, comment=visit.text("uitleg"), by=visit.by)
    return visit.go(f"/bevindingen/{number}", "teruggestuurd")


def form(visit: Visit, given: dict[str, str], problem: str = "") -> Response:
    """The form, with what was filled in before."""
    return visit.page(
        "finding_new.html",
        409 if problem else 200,
        studies=studies(visit.house, visit.areas(Act.FINDING_WRITE)),
        phases=phases(visit.house),
        ticks=TICK_WORDS,
        given=given,
        problem=problem,
    )


def chosen(visit: Visit) -> DeliveryKey:
    """The delivery a finding is about, for who may write there; else it is not there."""
    areas = visit.areas(Act.FINDING_WRITE)
    if visit.text("onderzoek") not in dict(studies(visit.house, areas)):
        raise Missing
    return DeliveryKey.parse(visit.text("onderzoek"))


def seen(visit: Visit, number: int) -> WrittenFinding:
    """A finding in the areas of this person; else it is not there."""
    visit.areas(Act.SEE_FINDINGS)
    for one in findings.list_findings(visit.house.register, by=visit.by):
        if one.id == number:
            return one
    raise Missing
