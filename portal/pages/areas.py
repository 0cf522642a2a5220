"""Perspectieven and Klantreis: what was published about one area, beside the country."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import jinja2
from fastapi import APIRouter
from fastapi.responses import Response

from portal import curves, dots
from portal.attachments import attachment
from portal.drawing import PLACE, as_png
from portal.journeys import findings_by_phase, told
from portal.pages.compare import CSV, PNG, SVG, own_areas, pictures
from portal.published import Library, chosen, readable
from portal.speech import _
from portal.visit import SignedIn, Visit
from portal.visit_errors import Missing
from register.permissions import Act
from warehouse.reports.book import Book
from warehouse.reports.pages import Page
from warehouse.sources import LAND

router = APIRouter()
KINDS = {"csv": CSV, "svg": SVG, "png": PNG}


@router.get("/perspectieven")
def perspectives(visit: SignedIn) -> Response:
    """Residents and professionals side by side."""
    return area_page(visit, "perspectives.html", "Perspectieven")


@router.get("/perspectieven.{kind}")
def dots_along(kind: str, visit: SignedIn) -> Response:
    """One chart of the page as a picture or table: `tabel` says which, from 0."""
    return taken_along(visit, "perspectieven", kind, "tabel", _dots)


@router.get("/klantreis.{kind}")
def curve_along(kind: str, visit: SignedIn) -> Response:
    """One curve of the page as a picture or table: `grafiek` says which, from 0."""
    return taken_along(visit, "klantreis", kind, "grafiek", _curves)


@dataclass(frozen=True)
class Along:
    """One chart to take along."""

    csv: Callable[[], bytes]
    svg: Callable[[], str]


def taken_along(
    visit: Visit,
    name: str,
    kind: str,
    which: str,
    of: Callable[[jinja2.Environment, Page, Mapping[str, str]], list[Along]],
) -> Response:
    """A chart of an area's page, chosen by its number under `which`; pictures are made once per release."""
    visit.areas(Act.SEE_RELEASE)
    release = chosen(visit.house.register, visit.by, visit.request.query_params.get("uitgave", ""))
    if release is None or kind not in KINDS:
        raise Missing
    library: Library = visit.request.app.state.library
    area = area_of(visit, library.book(release.name))
    page = library.page(release.name, area)
    told_of = (release.name, area, page.own, visit.house.together(area))
    charts = of(visit.request.app.state.templates, page, dict(zip(PLACE, told_of, strict=True)))
    asked = visit.request.query_params.get(which, "0")
    if not (asked.isascii() and asked.isdigit()) or int(asked) >= len(charts):
        raise Missing
    chart, file = charts[int(asked)], f"{name}-{area}-{asked}.{kind}"
    if kind == "csv":
        return attachment(chart.csv(), KINDS[kind], file)
    key = (*library.mark(release.name), name, area, asked)
    picture = pictures(visit).of((*key, "svg"), chart.svg)
    if kind == "svg":
        return attachment(picture.encode(), KINDS[kind], file)
    return attachment(pictures(visit).of((*key, "png"), lambda: as_png(picture)), KINDS[kind], file)


def _dots(templates: jinja2.Environment, page: Page, place: Mapping[str, str]) -> list[Along]:
    return [
        Along(partial(dots.as_csv, one, place), partial(dots.as_svg, templates, one, place["uitgave"]))
        for one in dots.tables_of(page)
    ]


def _curves(templates: jinja2.Environment, page: Page, place: Mapping[str, str]) -> list[Along]:
    return [
        Along(
            partial(curves.as_csv, one, place, country=page.area == LAND),
            partial(curves.as_svg, templates, one, page.own, place["uitgave"]),
        )
        for one in curves.curves_of(page)
    ]


@router.get("/klantreis")
def journeys(visit: SignedIn) -> Response:
    """What talks and stories tell, own beside all."""
    return area_page(visit, "journeys.html", _("Klantreis en verhalen"))


def area_page(visit: Visit, template: str, title: str) -> Response:
    """A page about one area of a release, beside the country."""
    visit.areas(Act.SEE_RELEASE)
    release = chosen(visit.house.register, visit.by, visit.request.query_params.get("uitgave", ""))
    if release is None:
        return visit.page("nothing_published.html", title=title)
    library: Library = visit.request.app.state.library
    book = library.book(release.name)
    area = area_of(visit, book)
    page, country = library.page(release.name, area), library.page(release.name, LAND) if area != LAND else None
    return visit.page(
        template,
        title=title,
        release=release,
        releases=readable(visit.house.register, visit.by),
        areas=[(code, book.name(code)) for code in book.own_areas] + [(LAND, "Landelijk")],
        area=area,
        page=page,
        told=told(page, country),
        phases=findings_by_phase(page),
        book=book,
    )


def area_of(visit: Visit, book: Book) -> str:
    """The area that was asked for, else the own one, else the country."""
    asked = visit.request.query_params.get("gebied", "")
    if asked:
        if asked != LAND and asked not in book.own_areas:
            raise Missing
        return asked
    own = [area for area in book.own_areas if area in own_areas(visit)]
    return own[0] if own else LAND
