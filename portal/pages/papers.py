"""Stukken: the register of art. 30, the annexes to a DPIA and an agreement; filled from what is configured."""

import json
from collections.abc import Callable, Set

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from portal.attachments import attachment
from portal.paging import leaf_of
from portal.security import REPORT_CSP
from portal.speech import _
from portal.visit import SignedIn, Visit
from portal.visit_errors import Missing
from register import advising, deliveries, releases
from register.exports import papers, processing
from register.exports.activities import Activity, activities
from register.exports.dpia import dpia_annex
from register.exports.page import Page
from register.permissions import Act

router = APIRouter(prefix="/stukken")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {
    "dpia": _("Bijlage bij de DPIA"), "eruit": _("Wat gaat eruit (één A4)"),
    "overeenkomst": _("Bijlage bij de verwerkersovereenkomst"),
}  # fmt: skip


@router.get("")
def overview(visit: SignedIn) -> Response:
    """The register of processing, with a link to the papers of each."""
    areas = visit.areas(Act.SEE_DELIVERIES)
    known = [one for one in deliveries.studies(visit.house.register) if areas is None or one[0] in areas]
    known.sort(key=lambda one: (visit.house.name_of(one[0]).casefold(), *one))
    leaf = leaf_of(visit, known, lambda one: one[0])
    found = {(one.area, one.instrument): one for one in in_sight(visit, {area for area, _ in leaf.rows})}
    rows = [found[one] for one in leaf.rows]
    return visit.page("papers.html", leaf=leaf, rows=rows, kinds=KINDS, retention=processing.retention_words)


@router.get("/register.json")
def register_json(visit: SignedIn) -> Response:
    """The register of art. 30, to read in by a program."""
    text = json.dumps(processing.as_json(in_sight(visit)), ensure_ascii=False, indent=2) + "\n"
    return attachment(text.encode(), "application/json", "verwerkingsregister.json")


@router.get("/register.xlsx")
def register_xlsx(visit: SignedIn) -> Response:
    """The register of art. 30, for Excel."""
    return attachment(processing.as_xlsx(in_sight(visit)), XLSX, "verwerkingsregister.xlsx")


@router.get("/maatregelen.html")
def measures(visit: SignedIn) -> Response:
    """What an installation can point to for BIO2 and ENSIA."""
    visit.areas(Act.SEE_DELIVERIES)
    return shown(papers.measures())


@router.get("/{kind}/{area}/{instrument}.html")
def page(kind: str, area: str, instrument: str, visit: SignedIn) -> Response:
    """One paper to read."""
    return shown(paper(visit, kind, area, instrument))


@router.get("/{kind}/{area}/{instrument}.pdf")
def print_(kind: str, area: str, instrument: str, visit: SignedIn) -> Response:
    """The same as tagged PDF."""
    made = paper(visit, kind, area, instrument)
    return attachment(made.pdf(), "application/pdf", f"{kind}-{area}-{instrument}.pdf")


def paper(visit: Visit, kind: str, area: str, instrument: str) -> Page:
    """A paper about a processing in sight; else it is not there."""
    found = next((one for one in in_sight(visit, {area}) if one.instrument == instrument), None)
    if found is None or kind not in KINDS:
        raise Missing
    makers: dict[str, Callable[[Visit, Activity], Page]] = {
        "dpia": _dpia, "eruit": _goes_out, "overeenkomst": lambda _, one: papers.agreement_annex(one),
    }  # fmt: skip
    return makers[kind](visit, found)


def in_sight(visit: Visit, among: Set[str] | None = None) -> list[Activity]:
    """Every processing in the areas of this person; `among`: only of these."""
    areas = visit.areas(Act.SEE_DELIVERIES)
    wanted = among if areas is None else areas if among is None else areas & among
    return activities(visit.house.register, visit.house.codebooks.get, among=wanted, name_of=visit.house.name_of)


def shown(one: Page) -> Response:
    """A whole page with its style inside, so it has a policy of its own."""
    return HTMLResponse(one.html(), headers={"content-security-policy": REPORT_CSP})


def _dpia(visit: Visit, one: Activity) -> Page:
    register = visit.house.register
    advice = [row for row in advising.advice_on(register) if row.area in (None, one.area)]
    return dpia_annex(one, releases=releases.list_releases(register), advice=advice)


def _goes_out(visit: Visit, one: Activity) -> Page:
    """With the newest contribution that holds this study."""
    return papers.what_goes_out(one, papers.standing_contribution(visit.house.register, one))
