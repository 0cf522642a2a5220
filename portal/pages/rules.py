"""Herkenningsregels: proposals that follow from decisions, approved or returned by another officer."""

from fastapi import APIRouter
from fastapi.responses import Response

from portal.ruling import Shown, against, shown, withdraw
from portal.visit import SignedIn, Visit
from portal.visit_errors import Missing
from portal.words import ENTITIES
from register import review
from register.permissions import Act
from register.review import RuleState

router = APIRouter(prefix="/nakijken/regels")


@router.get("")
def overview(visit: SignedIn) -> Response:
    """Every proposal in the areas of this officer."""
    return visit.page("rules.html", rows=shown(visit.house, visit.areas(Act.SEE_REVIEW)), what=ENTITIES)


@router.get("/{number:int}")
def show(number: int, visit: SignedIn) -> Response:
    """One proposal."""
    one = seen(visit, number)
    return visit.page(
        "rule.html",
        one=one,
        what=ENTITIES,
        against=against(one, shown(visit.house, frozenset({one.rule.area or ""}))),
        may_decide=one.rule.state is RuleState.PROPOSED and visit.may(Act.RULE_APPROVE, one.rule.area),
        may_end=one.rule.state is RuleState.APPROVED and visit.may(Act.RULE_APPROVE, one.rule.area),
        own_work=one.rule.author == visit.by.name,
    )


@router.post("/{number:int}/goedkeuren")
def approve(number: int, visit: SignedIn) -> Response:
    """Approve exactly this rule."""
    seen(visit, number)
    review.decide_rule(visit.house.register, number, approve=True, seen=visit.text("gezien"), by=visit.by)
    return visit.go(f"/nakijken/regels/{number}", "goedgekeurd")


@router.post("/{number:int}/terugsturen")
def send_back(number: int, visit: SignedIn) -> Response:
    """Return it with a comment."""
    one = seen(visit, number)
    review.decide_rule(
        visit.house.register, number, approve=False, seen=one.rule.fingerprint, by=visit.by,
        comment=visit.text("uitleg"),
    )  # fmt: skip
    return visit.go(f"/nakijken/regels/{number}", "teruggestuurd")


@router.post("/{number:int}/beeindigen")
def end(number: int, visit: SignedIn) -> Response:
    """End an approved rule of somebody else, with a comment."""
    one = seen(visit, number)
    review.end_rule(visit.house.register, number, seen=one.rule.fingerprint, by=visit.by, comment=visit.text("uitleg"))
    return visit.go(f"/nakijken/regels/{number}", "beeindigd")


@router.post("/{number:int}/terugnemen")
def take_back(number: int, visit: SignedIn) -> Response:
    """One's own proposal, while nobody decided on it; the places it came from are open again."""
    one = seen(visit, number)
    if one.rule.author != visit.by.name or one.rule.state is not RuleState.PROPOSED:
        raise Missing
    withdraw(visit.house, one, by=visit.by)
    return visit.go(f"/nakijken/regels/{number}", "teruggenomen")


def seen(visit: Visit, number: int) -> Shown:
    """A proposal in sight; else it is not there."""
    for one in shown(visit.house, visit.areas(Act.SEE_REVIEW)):
        if one.rule.id == number:
            return one
    raise Missing
