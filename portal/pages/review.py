"""Nakijken: doubtful places of the detector, and findings that wait; decisions by the privacy officer."""

from collections import Counter

from fastapi import APIRouter
from fastapi.responses import Response

from domain.errors import NotAllowed
from portal.snippets import Snippet, snippet_of
from portal.visit import SignedIn, Visit
from portal.visit_errors import Missing
from portal.words import ENTITIES
from register import findings, review
from register.findings import FindingState
from register.permissions import Act
from register.review import Decision, Doubt

router = APIRouter(prefix="/nakijken")
DECISIONS = {one.value: one for one in Decision}


@router.get("")
def overview(visit: SignedIn) -> Response:
    """How much there is to look at, and the findings."""
    visit.areas(Act.SEE_FINDINGS)
    doubts = doubts_of(visit)
    counts = Counter((one.key.area, str(one.label)) for one in doubts)
    rows = findings.list_findings(visit.house.register, by=visit.by)
    return visit.page(
        "review.html",
        counts=[
            (visit.house.name_of(area), ENTITIES.get(label, label), n) for (area, label), n in sorted(counts.items())
        ],
        total=len(doubts),
        findings=[one for one in rows if one.state is not FindingState.APPROVED],
        approved=sum(one.state is FindingState.APPROVED for one in rows),
        may_review=visit.may(Act.SEE_REVIEW) or bool(doubts),
    )


@router.get("/lijst")
def next_one(visit: SignedIn) -> Response:
    """The most doubtful open place, with as few words around it as needed."""
    visit.areas(Act.SEE_REVIEW)
    doubts = doubts_of(visit)
    if not doubts:
        return visit.page("review_done.html")
    first = doubts[0]
    return visit.page("review_one.html", one=first, snippet=shown(visit, first), left=len(doubts), what=ENTITIES)


@router.post("/lijst/{number:int}")
def decide(number: int, visit: SignedIn) -> Response:
    """One decision; then the next place."""
    visit.areas(Act.SEE_REVIEW)
    decision = DECISIONS.get(visit.text("beslissing"))
    if decision is None or number not in [one.id for one in doubts_of(visit)]:
        raise Missing
    review.decide(visit.house.register, number, decision, by=visit.by)
    return visit.go("/nakijken/lijst")


def doubts_of(visit: Visit) -> list[Doubt]:
    """Open places for who may see them; nothing for anybody else."""
    try:
        visit.areas(Act.SEE_REVIEW)
    except NotAllowed:
        return []
    return review.list_open(visit.house.register, by=visit.by)


def shown(visit: Visit, one: Doubt) -> Snippet | None:
    """The words of a place; None when they were erased."""
    return snippet_of(visit.house, one.key.area, one.snippet)
