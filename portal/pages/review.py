"""Nakijken: doubtful places of the detector, a sample to read, and findings that wait; decided by privacy officers."""

from collections import Counter

from fastapi import APIRouter
from fastapi.responses import Response

from anonymisation.review import MASK_FROM
from portal import ruling
from portal.estimate import Reading, counted
from portal.navigation import sees
from portal.snippets import Snippet, snippet_of
from portal.visit import SignedIn, Visit
from portal.visit_errors import Missing
from portal.words import ENTITIES
from register import deliveries, findings, review
from register.findings import FindingState
from register.permissions import Act
from register.review import SAMPLE, Decision, Doubt

router = APIRouter(prefix="/nakijken")
DECISIONS = {one.value: one for one in Decision}
MOST = 5000


@router.get("")
def overview(visit: SignedIn) -> Response:
    """How much there is to look at, what reading says so far, and the findings."""
    visit.areas(Act.SEE_FINDINGS)
    may_review = sees(visit.by, Act.SEE_REVIEW)
    doubts = doubts_of(visit, sampled=False) if may_review else []
    counts = Counter((one.key.area, str(one.label)) for one in doubts)
    rows = findings.list_findings(visit.house.register, by=visit.by)
    return visit.page(
        "review.html",
        counts=sorted(
            (visit.house.name_of(area), ENTITIES.get(label, label), n) for (area, label), n in counts.items()
        ),
        total=len(doubts),
        to_read=len(doubts_of(visit, sampled=True)) if may_review else 0,
        readings=readings_of(visit) if may_review else [],
        findings=[one for one in rows if one.state is not FindingState.APPROVED],
        approved=[one for one in rows if one.state is FindingState.APPROVED],
        may_review=may_review,
        may_write=sees(visit.by, Act.FINDING_WRITE),
    )


@router.get("/lijst")
def next_one(visit: SignedIn) -> Response:
    """The most doubtful open place, with as few words around it as needed."""
    return first_of(visit, sampled=False)


@router.get("/steekproef")
def next_text(visit: SignedIn) -> Response:
    """The next cleaned text that was drawn to be read."""
    return first_of(visit, sampled=True)


@router.post("/lijst/{number:int}")
def decide(number: int, visit: SignedIn) -> Response:
    """One decision; then the next place of the same list."""
    visit.areas(Act.SEE_REVIEW)
    decision = DECISIONS.get(visit.text("beslissing"))
    found = {one.id: one for one in doubts_of(visit)}.get(number)
    if decision is None or found is None:
        raise Missing
    same = same_places(visit, found, doubts_of(visit, sampled=False))
    review.decide(visit.house.register, number, decision, by=visit.by, also=[one.id for one, _around in same])
    ruling.propose(visit.house, found, decision, by=visit.by)
    return visit.go(f"{list_of(found)}?vorige={number}")


@router.post("/lijst/{number:int}/terug")
def take_back(number: int, visit: SignedIn) -> Response:
    """Undo a decision of one's own; the place comes first again."""
    visit.areas(Act.SEE_REVIEW)
    found = own_decision(visit, number)
    if found is None:
        raise Missing
    ruling.take_back(visit.house, found, by=visit.by)
    return visit.go(f"{list_of(found)}?eerst={number}")


def first_of(visit: Visit, *, sampled: bool) -> Response:
    """The page of the first open place of a list."""
    visit.areas(Act.SEE_REVIEW)
    doubts = doubts_of(visit, sampled=sampled)
    asked = visit.request.query_params
    last = own_decision(visit, number_in(asked.get("vorige", "")))
    if not doubts:
        return visit.page("review_done.html", sampled=sampled, last=last)
    again = number_in(asked.get("eerst", ""))
    first = next((one for one in doubts if one.id == again), doubts[0])
    template = "review_text.html" if sampled else "review_one.html"
    return visit.page(
        template,
        one=first,
        snippet=shown(visit, first),
        left=len(doubts),
        what=ENTITIES,
        masked=first.score >= MASK_FROM,
        same=same_places(visit, first, doubts),
        last=last,
    )


def same_places(visit: Visit, one: Doubt, doubts: list[Doubt]) -> list[tuple[Doubt, Snippet]]:
    """The other open places of the same words in the same gemeente: the decision on one is that on all."""
    word = ruling.word_at(visit.house, one)
    return [pair for pair in ruling.same_words(visit.house, one.key.area, word, doubts) if pair[0].id != one.id]


def own_decision(visit: Visit, number: int) -> Doubt | None:
    """A place that this officer decided on herself; None for every other."""
    return next((one for one in ruling.decided_by(visit.house, visit.by) if one.id == number), None)


def list_of(one: Doubt) -> str:
    """Where the next place of the same list is."""
    return "/nakijken/steekproef" if one.recogniser == SAMPLE else "/nakijken/lijst"


def number_in(typed: str) -> int:
    """A number in an address; 0, which nothing has, for anything else."""
    return int(typed) if typed.isdecimal() and len(typed) < 12 else 0


def readings_of(visit: Visit) -> list[tuple[str, Reading]]:
    """What reading the sample says, per gemeente; of the deliveries that stand."""
    standing = deliveries.standing(visit.house.register)
    read: dict[str, list[Doubt]] = {}
    for one in review.read_sample(visit.house.register, by=visit.by):
        if standing.get(one.key) == one.version:
            read.setdefault(one.key.area, []).append(one)
    return [(visit.house.name_of(area), counted(read[area])) for area in sorted(read, key=visit.house.name_of)]


def doubts_of(visit: Visit, *, sampled: bool | None = None) -> list[Doubt]:
    """Open places for who may see them."""
    return review.list_open(visit.house.register, by=visit.by, limit=MOST, sampled=sampled)


def shown(visit: Visit, one: Doubt) -> Snippet | None:
    """The words of a place; None when they were erased."""
    return snippet_of(visit.house, one.key.area, one.snippet)
