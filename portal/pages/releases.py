"""Uitgaven: what the second person approves, and withdrawal of what was published."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from domain.errors import ReleaseRefused, WrongUsage
from domain.vocabulary import TOTAAL
from portal import approving
from portal.approving import sentences_of
from portal.closed_groups import areas_of, closed_in
from portal.navigation import sees
from portal.release_steps import refusal_of, steps_of
from portal.sentences import all_true
from portal.speech import _
from portal.visit import SignedIn, Visit, station_of
from portal.visit_errors import Missing
from portal.words import REASONS
from register import releases, work
from register.downloads import downloads_of
from register.permissions import Act
from register.releases import Release, ReleaseState
from storage.lock import file_lock
from warehouse.published import withdraw_release

router = APIRouter(prefix="/uitgaven")


@router.get("")
def overview(visit: SignedIn) -> Response:
    """Releases this person may read or works on."""
    visit.areas(Act.SEE_RELEASE)
    rows = releases.list_releases(visit.house.register, by=visit.by)
    return visit.page("releases.html", rows=rows, may_prepare=sees(visit.by, Act.RELEASE_PREPARE))


@router.get("/{name}")
def show(name: str, visit: SignedIn) -> Response:
    """One release: what it is, its certificate in words, and what may be decided."""
    found = seen(visit, name)
    evidence = visit.may(Act.SEE_EVIDENCE, *found.areas)
    own_work = visit.by.name in found.preparers
    asked = work.of_release(visit.house.register, name)
    may_decide = visit.may(Act.RELEASE_DECIDE, *found.areas) and found.state is ReleaseState.SUBMITTED
    sentences = sentences_of(visit.house.register, found, visit.house.name_of) if may_decide else []
    return visit.page(
        "release.html",
        one=found,
        names=sorted(map(visit.house.name_of, found.areas)),
        evidence=proof(found) if evidence else None,
        may_decide=may_decide,
        sentences=sentences,
        ready=all_true(sentences),
        own_work=own_work,
        may_groups=found.content_hash is not None and visit.may(Act.SEE_COUNTS, *found.areas),
        refusal=refusal_of(found, asked),
        busy=asked is not None and asked.open,
        steps=steps_of(found, asked),
        may_prepare=visit.may(Act.RELEASE_PREPARE, *found.areas),
        may_publish=visit.may(Act.RELEASE_PUBLISH, *found.areas) and found.state is ReleaseState.APPROVED,
        may_withdraw=visit.may(Act.RELEASE_WITHDRAW, *found.areas) and found.state is ReleaseState.PUBLISHED,
        taken=len(downloads_of(visit.house.register, name)) if evidence else 0,
    )


@router.get("/{name}/groepen")
def groups(name: str, visit: SignedIn) -> Response:
    """Which groups are not shown and why, of one area; for who may see real numbers."""
    found = seen(visit, name)
    visit.only(Act.SEE_COUNTS, found.areas)
    cells = station_of(visit).closed(name)
    areas = [
        (code, _("alle gemeenten samen") if code == TOTAAL else visit.house.name_of(code)) for code in areas_of(cells)
    ]
    asked = visit.request.query_params.get("gebied", "")
    area = asked if asked in dict(areas) else next((code for code, _words in areas), "")
    return visit.page(
        "release_groups.html", one=found, areas=areas, area=area, rows=closed_in(visit.house, cells, area)
    )


@router.post("/{name}/goedkeuren")
def approve(name: str, visit: SignedIn) -> Response:
    """The second person approves what she saw, and only when all five sentences are true."""
    seen(visit, name)
    approving.approve(visit.house.register, name, seen=visit.text("gezien"), by=visit.by)
    return visit.go(f"/uitgaven/{name}", "goedgekeurd")


@router.post("/{name}/terugsturen")
def send_back(name: str, visit: SignedIn) -> Response:
    """Back to who prepared it, with a comment."""
    seen(visit, name)
    releases.send_back(visit.house.register, name, comment=visit.text("uitleg"), by=visit.by)
    return visit.go(f"/uitgaven/{name}", "teruggestuurd")


@router.post("/{name}/afwijzen")
def reject(name: str, visit: SignedIn) -> Response:
    """For good, by who had no hand in it; only when she says that she knows it is final."""
    seen(visit, name)
    if not visit.text("zeker"):
        raise WrongUsage(_("kruis aan dat u zeker weet dat deze uitgave niet doorgaat"))
    releases.reject(visit.house.register, name, comment=visit.text("uitleg"), by=visit.by)
    return visit.go(f"/uitgaven/{name}", "afgewezen")


@router.post("/{name}/intrekken")
def withdraw(name: str, visit: SignedIn) -> Response:
    """First the register, then the files: they are gone at once."""
    seen(visit, name)
    done = releases.withdraw(visit.house.register, name, comment=visit.text("uitleg"), by=visit.by)
    places = visit.house.places
    with file_lock(places.writer_lock):
        withdraw_release(places.published, done.name, on=(done.withdrawn_at or "")[:10])
    return visit.go(f"/uitgaven/{name}", "stopgezet")


def seen(visit: Visit, name: str) -> Release:
    """A release that is on this person's list; else it is not there."""
    try:
        found = releases.get(visit.house.register, name)
    except ReleaseRefused:
        raise Missing from None
    if name not in [one.name for one in releases.list_releases(visit.house.register, by=visit.by)]:
        raise Missing
    return found


def proof(found: Release) -> Mapping[str, Any]:
    """The certificate and the officer's evidence in words."""
    certificate = found.evidence.get("certificate") or {}
    audit = found.evidence.get("audit") or {}
    tables = list(certificate.get("tables") or [])
    summary = str(found.evidence.get("summary") or certificate.get("summary") or "")
    return {
        "summary": [line for line in summary.split("\n") if line.strip()],
        "minimum": certificate.get("minimum"),
        "minimum_now": certificate.get("minimum_now"),
        "cells": sum(int(row["cells"]) for row in tables) if tables else None,
        "suppressed": sum(int(row["suppressed"]) for row in tables),
        "attacks": list(audit.get("attacks") or []),
        "tables": tables,
        "reasons": [(REASONS.get(k, k), v) for k, v in sorted((found.evidence.get("reasons") or {}).items())],
        "advice": list(found.evidence.get("advice") or []),
    }
