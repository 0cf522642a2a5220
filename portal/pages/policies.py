"""Regels: a policy in words, what it changes, a try-out on made-up text; approve or return."""

from collections import Counter
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from anonymisation.text import Mode, clean
from domain.errors import PolicyRefused
from domain.policy import Policy
from portal.visit import SignedIn, Visit
from portal.visit_errors import Missing
from portal.words import ENTITIES
from register import policies
from register.moves import CAREFUL
from register.permissions import Act
from register.policies import PolicyState, PolicyVersion
from register.strictness import Change

router = APIRouter(prefix="/regels")
EXAMPLE = (
    "Mevrouw Verzonnen van Voorbeeldstraat 12 in Denkstad belde op 3 maart met consulent Piet Proef. "
    "Ze is 84 jaar, heeft reuma en haar nummer is 06-00000000. Het gesprek was fijn."
)
LONGEST = 2000


@router.get("")
def overview(visit: SignedIn) -> Response:
    """Versions in the areas of this person, and the try-out."""
    areas = visit.areas(Act.SEE_POLICY)
    rows = [one for one in policies.versions(visit.house.register) if in_sight(one, areas)]
    return visit.page("policies.html", rows=rows[::-1], example=EXAMPLE, tried=None)


@router.post("/proberen")
def try_out(visit: SignedIn) -> Response:
    """Clean one made-up text and say what was found; nothing of it is kept."""
    areas = visit.areas(Act.SEE_POLICY)
    text = visit.text("tekst")[:LONGEST]
    rows = [one for one in policies.versions(visit.house.register) if in_sight(one, areas)]
    return visit.page("policies.html", rows=rows[::-1], example=text, tried=tried(visit, text))


@router.get("/{number:int}")
def show(number: int, visit: SignedIn) -> Response:
    """One version in words."""
    found = seen(visit, number)
    policy = found.policy
    return visit.page(
        "policy.html",
        one=found,
        policy=policy,
        columns=columns_of(policy),
        entities=[(ENTITIES[name], does) for name, does in policy.entities.items()],
        changes=changes_of(visit, found),
        may_decide=found.state is PolicyState.SUBMITTED and visit.may(Act.POLICY_DECIDE, policy.gemeente),
        own_work=visit.by.name in found.authors,
        may_submit=found.state is PolicyState.DRAFT and visit.may(Act.POLICY_SUBMIT, policy.gemeente),
        careful=CAREFUL,
    )


@router.post("/{number:int}/goedkeuren")
def approve(number: int, visit: SignedIn) -> Response:
    """Approve exactly what was on the screen."""
    seen(visit, number)
    policies.approve(visit.house.register, number, seen=visit.text("gezien"), by=visit.by)
    return visit.go(f"/regels/{number}", "goedgekeurd")


@router.post("/{number:int}/terugsturen")
def send_back(number: int, visit: SignedIn) -> Response:
    """Back to the author, with a comment."""
    seen(visit, number)
    policies.send_back(visit.house.register, number, comment=visit.text("uitleg"), by=visit.by)
    return visit.go(f"/regels/{number}", "teruggestuurd")


@router.post("/{number:int}/indienen")
def submit(number: int, visit: SignedIn) -> Response:
    """Offer a draft for approval."""
    seen(visit, number)
    policies.submit(visit.house.register, number, by=visit.by)
    return visit.go(f"/regels/{number}", "ingediend")


def in_sight(one: PolicyVersion, areas: frozenset[str] | None) -> bool:
    """Base rules are for everybody who sees rules; an overlay only for its own gemeente."""
    return areas is None or one.policy.gemeente is None or one.policy.gemeente in areas


def seen(visit: Visit, number: int) -> PolicyVersion:
    """A version in sight; else it is not there."""
    areas = visit.areas(Act.SEE_POLICY)
    try:
        found = policies.version(visit.house.register, number)
    except PolicyRefused:
        raise Missing from None
    if not in_sight(found, areas):
        raise Missing
    return found


def changes_of(visit: Visit, found: PolicyVersion) -> list[Change]:
    """Against what is in force for the same codebook; nothing when these are its first rules."""
    before = [
        one
        for one in policies.versions(visit.house.register, states=(PolicyState.APPROVED,))
        if one.id != found.id
        and one.policy.codebook == found.policy.codebook
        and one.policy.gemeente in (None, found.policy.gemeente)
    ]
    return policies.changes(visit.house.register, found.id) if before else []


def columns_of(policy: Policy) -> list[dict[str, Any]]:
    """Columns with their treatment."""
    return [
        {"table": table, "name": name, "do": rule.do.value, "bands": rule.bands}
        for table, rules in policy.columns.items()
        for name, rule in rules.items()
    ]


def tried(visit: Visit, text: str) -> dict[str, Any]:
    """A cleaned text and what was found in it, in words."""
    with visit.house.detector_lock:
        cleaned = clean([text], visit.house.detector, mode=Mode.LABEL)
        spans = visit.house.detector.detect(text)
    found = [{"words": text[span.start : span.end], "what": ENTITIES[span.label], "why": span.cue} for span in spans]
    return {"text": cleaned.texts[0] or "", "found": found, "tally": Counter(span.label for span in spans)}
