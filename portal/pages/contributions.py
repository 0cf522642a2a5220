"""Vrijgavebesluit: contributions of the own gemeente, five measured sentences, two different signatures."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from domain.errors import ReleaseRefused
from domain.vocabulary import Kind
from portal import approving
from portal.before_after import outside
from portal.estimate import reading_of
from portal.evidence import EvidenceDesk
from portal.navigation import sees
from portal.paging import leaf_of
from portal.sentences import all_true
from portal.taking_part import metingen_of
from portal.trail import Step, steps
from portal.visit import SignedIn, Visit, station_of
from portal.visit_errors import Missing
from portal.words import REASONS
from register import contributions, findings, verdicts
from register.contributions import RELEASE, RULES, Contribution, ContributionState
from register.findings import WrittenFinding
from register.permissions import Act, seen_areas

router = APIRouter(prefix="/bijdragen")
ACTS = {"regels": RULES, "vrijgeven": RELEASE}


@router.get("")
def overview(visit: SignedIn) -> Response:
    """All contributions this person may see or prepare; of one meting when it is asked."""
    every = [
        one
        for one in contributions.list_contributions(visit.house.register)
        if visit.may(Act.SEE_PREVIEW, one.area) or visit.may(Act.CONTRIBUTION_PREPARE, one.area)
    ]
    if not sees(visit.by, Act.CONTRIBUTION_PREPARE):
        visit.areas(Act.SEE_PREVIEW)
    ready = ready_in(visit)
    meting = visit.request.query_params.get("meting", "")
    metingen = sorted({part.key.meting for one in every for part in one.content.parts}, reverse=True)
    rows = [one for one in reversed(every) if meting not in metingen or meting in metingen_of(one)]
    return visit.page(
        "contributions.html",
        leaf=leaf_of(visit, rows, lambda one: one.area),
        metingen=metingen,
        meting=meting if meting in metingen else "",
        ready=[(area, visit.house.name_of(area)) for area in ready],
        ready_metingen=[(one, one) for one in sorted(set().union(*ready.values()), reverse=True)],
        only_prepares=not sees(visit.by, Act.SEE_PREVIEW),
        may_open=lambda one: visit.may(Act.SEE_PREVIEW, one.area),
    )


@router.post("")
def prepare(visit: SignedIn) -> Response:
    """Freeze what passed the checks (of one meting); the same deliveries after a return keep their own number."""
    area = visit.text("gemeente")
    visit.only(Act.CONTRIBUTION_PREPARE, [area])
    made = station_of(visit).prepare(area, visit.text("meting") or None, by=visit.by)
    return visit.go(f"/bijdragen/{made.id}" if visit.may(Act.SEE_PREVIEW, area) else "/bijdragen", "klaargezet")


@router.get("/{number:int}")
def decide(number: int, visit: SignedIn) -> Response:
    """The page on which two people decide."""
    found = seen(visit, number)
    evidence = desk(visit).of(found.content)
    if evidence is None:
        return visit.page("contribution_wait.html", one=found)
    sentences = approving.sentences_of_contribution(visit.house.register, found, evidence, visit.house.name_of)
    may_counts = visit.may(Act.SEE_COUNTS, found.area)
    return visit.page(
        "contribution.html",
        one=found,
        sentences=sentences,
        ready=all_true(sentences),
        evidence=evidence,
        reasons=[(REASONS.get(name, name), count) for name, count in sorted(evidence.reasons.items())],
        studies=evidence.studies if may_counts else (),
        tables=() if may_counts else outside(evidence.tables),
        reading=reading_of(visit.house.register, found.content.parts, evidence.texts),
        parts=parts_of(visit, found),
        words_along=findings_of(visit, found),
        steps=trail_of(visit, found),
        may_counts=may_counts,
        may_rules=visit.may(RULES, found.area),
        may_release=visit.may(RELEASE, found.area),
        may_return=visit.may(Act.CONTRIBUTION_RETURN, found.area),
        may_withdraw=visit.may(Act.CONTRIBUTION_WITHDRAW, found.area),
        may_prepare=found.state is ContributionState.RETURNED and visit.may(Act.CONTRIBUTION_PREPARE, found.area),
        metingen=metingen_of(found),
        open=found.state in (ContributionState.PREPARED, ContributionState.SIGNED),
    )


@router.post("/{number:int}/tekenen")
def sign(number: int, visit: SignedIn) -> Response:
    """One signature, over exactly what was on the screen, and only when all five sentences are true."""
    found = seen(visit, number)
    act = ACTS.get(visit.text("handeling"))
    if act is None:
        raise Missing
    evidence = desk(visit).of(found.content)
    approving.sign(visit.house.register, number, act, seen=visit.text("gezien"), by=visit.by, evidence=evidence)
    return visit.go(f"/bijdragen/{number}", "getekend")


@router.post("/{number:int}/terugsturen")
def send_back(number: int, visit: SignedIn) -> Response:
    """Back to who prepared it, with an explanation; its signatures go."""
    found = seen(visit, number)
    contributions.send_back(visit.house.register, found.id, comment=visit.text("uitleg"), by=visit.by)
    return visit.go(f"/bijdragen/{number}", "teruggestuurd")


@router.post("/{number:int}/intrekken")
def withdraw(number: int, visit: SignedIn) -> Response:
    """Take the contribution back."""
    found = seen(visit, number)
    contributions.withdraw(visit.house.register, found.id, by=visit.by)
    return visit.go(f"/bijdragen/{number}", "ingetrokken")


def seen(visit: Visit, number: int) -> Contribution:
    """The contribution, for who may see its preview; else it is not there."""
    try:
        found = contributions.get(visit.house.register, number)
    except ReleaseRefused:
        raise Missing from None
    visit.only(Act.SEE_PREVIEW, [found.area])
    return found


def ready_in(visit: Visit) -> dict[str, set[str]]:
    """Areas of which this person may prepare what passed the checks, by name, with their metingen."""
    areas = seen_areas(visit.by, Act.CONTRIBUTION_PREPARE)
    found: dict[str, set[str]] = {}
    for key, verdict in verdicts.latest_many(visit.house.register).items():
        if verdict.passed and (areas is None or key.area in areas):
            found.setdefault(key.area, set()).add(key.meting)
    return {area: found[area] for area in sorted(found, key=visit.house.name_of)}


def trail_of(visit: Visit, found: Contribution) -> list[Step]:
    """Who did what with this contribution and with the deliveries in it."""
    keys = {str(part.key) for part in found.content.parts}
    return steps(visit.house.register, contribution=found.id, deliveries=keys)


def desk(visit: Visit) -> EvidenceDesk:
    """Where evidence is made."""
    found: EvidenceDesk = visit.request.app.state.desk
    return found


def findings_of(visit: Visit, found: Contribution) -> list[WrittenFinding]:
    """Approved findings and quotes that would go along now."""
    return findings.along(visit.house.register, found.content.parts)


def parts_of(visit: Visit, found: Contribution) -> list[dict[str, Any]]:
    """Deliveries of a contribution with what the checks counted; no people of figures that somebody else counted."""
    elsewhere = {book.instrument for book in visit.house.codebooks.readable() if book.kind is Kind.AGGREGATE}
    judged = verdicts.latest_many(visit.house.register)
    rows = []
    for part in found.content.parts:
        verdict = judged.get(part.key)
        counts = dict(verdict.counts) if verdict else {}
        if part.key.instrument in elsewhere:
            counts.pop("persons", None)
        rows.append({"key": part.key, "version": part.version, "passed": bool(verdict and verdict.passed)} | counts)
    return rows
