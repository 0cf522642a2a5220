"""Rijen voor een onderzoeker: what was asked, for whom and why; a privacy officer decides, as seen."""

from fastapi import APIRouter
from fastapi.responses import Response

from domain.errors import ReleaseRefused
from portal.navigation import sees
from portal.visit import SignedIn, Visit
from portal.visit_errors import Missing
from register import microdata
from register.microdata import MicrodataRequest, MicrodataState
from register.permissions import Act

router = APIRouter(prefix="/microdata")


@router.get("/{number:int}")
def show(number: int, visit: SignedIn) -> Response:
    """One request."""
    one = seen(visit, number)
    may_decide = one.state is MicrodataState.REQUESTED and visit.may(Act.MICRODATA_DECIDE, one.content.area)
    return visit.page("microdata.html", one=one, may_decide=may_decide, own_work=one.asked_by == visit.by.name)


@router.post("/{number:int}/goedkeuren")
def approve(number: int, visit: SignedIn) -> Response:
    """Approve exactly what was on the screen."""
    seen(visit, number)
    microdata.approve(visit.house.register, number, seen=visit.text("gezien"), by=visit.by)
    return visit.go(f"/microdata/{number}", "goedgekeurd")


@router.post("/{number:int}/terugsturen")
def send_back(number: int, visit: SignedIn) -> Response:
    """Return it with a comment."""
    seen(visit, number)
    microdata.send_back(visit.house.register, number, comment=visit.text("uitleg"), by=visit.by)
    return visit.go(f"/microdata/{number}", "teruggestuurd")


def seen(visit: Visit, number: int) -> MicrodataRequest:
    """A request of one's own, or one to decide on; else it is not there."""
    try:
        found = microdata.get(visit.house.register, number)
    except ReleaseRefused:
        raise Missing from None
    mine = found.asked_by == visit.by.name
    if not mine and not (sees(visit.by, Act.MICRODATA_DECIDE) and visit.may(Act.MICRODATA_DECIDE, found.content.area)):
        raise Missing
    return found
