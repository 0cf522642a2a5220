"""Verantwoording: the ledger and its check, downloads, retention, possible datalekken."""

import json
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from domain.errors import WrongUsage
from portal.pages.keeping import in_areas
from portal.trail import act_words
from portal.visit import Open, SignedIn, Visit
from portal.visit_errors import Missing
from register import ledger, releases, retention
from register.downloads import close_leak, downloads_of, list_leaks, note_leak
from register.permissions import PERMISSIONS, Act, may

router = APIRouter()
PER_PAGE = 25


@router.get("/verantwoording")
def overview(visit: SignedIn) -> Response:
    """The newest lines of the ledger that are about the areas of this person."""
    areas = visit.areas(Act.SEE_LEDGER)
    asked = visit.request.query_params
    page = max(1, int(asked["blad"])) if asked.get("blad", "").isdigit() else 1
    lines, total = lines_of(visit, areas, asked.get("wie", "")[:100], asked.get("wat", "")[:100], page)
    return visit.page(
        "accountability.html",
        lines=lines,
        total=total,
        page=page,
        per_page=PER_PAGE,
        who=asked.get("wie", ""),
        what=asked.get("wat", ""),
        downloads=downloads(visit, areas),
        due=in_areas(retention.due(visit.house.register, visit.house.register.clock()), areas),
        act_words=act_words,
        leaks=[one for one in list_leaks(visit.house.register) if areas is None or one.area in areas],
        may_close=lambda area: visit.may(Act.LEAK_CLOSE, area),
        checked=None,
    )


@router.post("/verantwoording/controleren")
def verify(visit: SignedIn) -> Response:
    """Walk the whole chain and say whether it holds."""
    visit.areas(Act.SEE_LEDGER)
    signer = visit.house.register.signer
    found = ledger.verify(visit.house.register, public_key=signer.public_key if signer else None)
    return visit.page("ledger_checked.html", found=found)


@router.get("/verantwoording/rollen")
def roles(visit: SignedIn) -> Response:
    """Who may do what: the table that the server itself uses."""
    visit.areas(Act.SEE_LEDGER)
    rows = [(one.what, sorted(role.value for role in one.roles)) for one in PERMISSIONS.values()]
    return visit.page("roles.html", rows=rows)


@router.get("/datalek")
def ask_leak(visit: SignedIn) -> Response:
    """The form for a possible datalek."""
    if not may(visit.by, Act.LEAK_NOTE):
        visit.areas(Act.LEAK_NOTE)
    return visit.page(
        "leak.html", releases=[row.name for row in releases.list_releases(visit.house.register, by=visit.by)]
    )


@router.post("/datalek")
def note(visit: SignedIn) -> Response:
    """The clock of 72 hours starts."""
    what = visit.text("wat")
    if not what:
        raise WrongUsage("schrijf op wat er gebeurde, zonder namen")
    release = visit.text("uitgave")
    known = {row.name for row in releases.list_releases(visit.house.register, by=visit.by)}
    areas = sorted({grant.area for grant in visit.by.grants if grant.area})
    note_leak(
        visit.house.register, what, discovered_at=datetime.now(UTC), by=visit.by,
        release=release if release in known else None, area=areas[0] if len(areas) == 1 else None,
    )  # fmt: skip
    return visit.go("/", "gemeld")


@router.post("/datalek/{number:int}")
def close(number: int, visit: SignedIn) -> Response:
    """What was decided about a possible datalek."""
    areas = visit.areas(Act.SEE_LEDGER)
    if number not in [one.id for one in list_leaks(visit.house.register) if areas is None or one.area in areas]:
        raise Missing
    close_leak(visit.house.register, number, visit.text("uitkomst"), by=visit.by)
    return visit.go("/verantwoording", "beslist")


@router.get("/datalek/{number:int}")
def leak(number: int, visit: Open) -> Response:
    """Where `Vandaag` points for a leak: the page that holds them."""
    return visit.go("/verantwoording")


def downloads(visit: Visit, areas: frozenset[str] | None) -> list[Any]:
    """Who took which file, of releases that this person works on."""
    mine = {row.name for row in releases.list_releases(visit.house.register, by=visit.by)}
    return [one for one in downloads_of(visit.house.register) if areas is None or one.release in mine][-100:][::-1]


def lines_of(
    visit: Visit, areas: frozenset[str] | None, who: str, what: str, page: int
) -> tuple[list[dict[str, Any]], int]:
    """Newest lines first, filtered; a person of one gemeente sees lines that name her own areas only."""
    found = []
    since = 0
    while batch := ledger.read_lines(visit.house.register, since=since, limit=1000):
        for body in batch:
            line = json.loads(body)
            since = line["seq"]
            if fits(line, areas, who, what):
                found.append(line)
    found.reverse()
    return found[(page - 1) * PER_PAGE : page * PER_PAGE], len(found)


def fits(line: dict[str, Any], areas: frozenset[str] | None, who: str, what: str) -> bool:
    """Whether a line is in sight and answers the filter."""
    if areas is not None and not named(line["what"], areas):
        return False
    return (not who or who.casefold() in line["who"].casefold()) and (
        not what or what.casefold() in line["act"].casefold()
    )


def named(content: dict[str, Any], areas: frozenset[str]) -> bool:
    """Whether a line names one of these areas, by itself or in the key of a delivery."""
    area = content.get("area")
    delivery = str(content.get("delivery") or "").partition(".")[0]
    return area in areas or delivery in areas
