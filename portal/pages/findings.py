"""Bevindingen en citaten: one text, approved as seen or returned with a comment."""

from fastapi import APIRouter
from fastapi.responses import Response

from portal.visit import SignedIn, Visit
from portal.visit_errors import Missing
from register import findings
from register.findings import Finding, FindingState
from register.permissions import Act

router = APIRouter(prefix="/bevindingen")


@router.get("/{number:int}")
def show(number: int, visit: SignedIn) -> Response:
    """One finding."""
    one = seen(visit, number)
    decides = visit.may(Act.FINDING_DECIDE, one.area) and one.state is FindingState.SUBMITTED
    return visit.page("finding.html", one=one, may_decide=decides, own_work=one.author == visit.by.name)


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


def seen(visit: Visit, number: int) -> Finding:
    """A finding in the areas of this person; else it is not there."""
    visit.areas(Act.SEE_FINDINGS)
    for one in findings.list_findings(visit.house.register, by=visit.by):
        if one.id == number:
            return one
    raise Missing
