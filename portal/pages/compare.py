"""Vergelijken, Perspectieven and Klantreis: what was published, side by side."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from portal.comparing import Catalogue, Compared, as_csv, compare
from portal.drawing import as_png, as_svg
from portal.published import Library, chosen, readable
from portal.visit import SignedIn, Visit
from portal.visit_errors import Missing
from register.permissions import Act
from warehouse.reports.book import Book
from warehouse.sources import LAND

router = APIRouter()


@router.get("/vergelijken")
def comparing(visit: SignedIn) -> Response:
    """One question, every gemeente."""
    found = filled(visit)
    if found is None:
        return visit.page("nothing_published.html", title="Vergelijken")
    _, catalogue, compared = found
    return visit.page(
        "compare.html",
        one=compared,
        studies=catalogue.studies(),
        questions=catalogue.questions(compared.view.study),
        measures=catalogue.measures(compared.view.study, compared.view.question),
        releases=readable(visit.house.register, visit.by),
        own=own_areas(visit),
    )


@router.get("/vergelijken.csv")
def table(visit: SignedIn) -> Response:
    """Exactly what the page shows, as CSV."""
    return attachment(as_csv(compared_or_missing(visit)), "text/csv; charset=utf-8", "vergelijken.csv")


@router.get("/vergelijken.svg")
def picture(visit: SignedIn) -> Response:
    """The chart as SVG."""
    svg = as_svg(visit.request.app.state.templates, compared_or_missing(visit))
    return attachment(svg.encode(), "image/svg+xml", "vergelijken.svg")


@router.get("/vergelijken.png")
def bitmap(visit: SignedIn) -> Response:
    """The chart as PNG."""
    svg = as_svg(visit.request.app.state.templates, compared_or_missing(visit))
    return attachment(as_png(svg), "image/png", "vergelijken.png")


@router.get("/perspectieven")
def perspectives(visit: SignedIn) -> Response:
    """Residents and professionals side by side."""
    return area_page(visit, "perspectives.html", "Perspectieven")


@router.get("/klantreis")
def journeys(visit: SignedIn) -> Response:
    """What talks and stories tell, own beside all."""
    return area_page(visit, "journeys.html", "Klantreis en verhalen")


def area_page(visit: Visit, template: str, title: str) -> Response:
    """A page about one area of a release, beside the country."""
    visit.areas(Act.SEE_RELEASE)
    release = chosen(visit.house.register, visit.by, visit.request.query_params.get("uitgave", ""))
    if release is None:
        return visit.page("nothing_published.html", title=title)
    library: Library = visit.request.app.state.library
    book = library.book(release.name)
    area = area_of(visit, book)
    return visit.page(
        template,
        title=title,
        release=release,
        releases=readable(visit.house.register, visit.by),
        areas=[(code, book.name(code)) for code in book.own_areas] + [(LAND, "Landelijk")],
        area=area,
        page=library.page(release.name, area),
        country=library.page(release.name, LAND) if area != LAND else None,
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


def own_areas(visit: Visit) -> frozenset[str]:
    """Gemeenten of this person: they stand first, nothing else is different."""
    return frozenset(grant.area for grant in visit.by.grants if grant.area)


def filled(visit: Visit) -> tuple[Book, Catalogue, Compared] | None:
    """The view in the address, filled in; None when nothing is published for this person."""
    visit.areas(Act.SEE_RELEASE)
    asked: dict[str, Any] = dict(visit.request.query_params)
    release = chosen(visit.house.register, visit.by, asked.get("uitgave", ""))
    if release is None:
        return None
    library: Library = visit.request.app.state.library
    book = library.book(release.name)
    catalogue = library.catalogue(release.name)
    view = catalogue.view(release.name, asked)
    return None if view is None else (book, catalogue, compare(book, view, own_areas(visit)))


def compared_or_missing(visit: Visit) -> Compared:
    """The comparison for a download."""
    found = filled(visit)
    if found is None:
        raise Missing
    return found[2]


def attachment(content: bytes, kind: str, name: str) -> Response:
    """A file to keep; `name` is one of ours."""
    return Response(content, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})
