"""Vergelijken: what was published, side by side."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response
from markupsafe import Markup

from portal.attachments import attachment
from portal.behind_country import behind_country
from portal.comparing import Catalogue, Compared, View, as_csv, compare
from portal.drawing import Pictures, as_png, as_svg, grid_svg
from portal.grids import KINDS, Grid, shade
from portal.grids import as_csv as grid_csv
from portal.published import Library, chosen, readable
from portal.speech import _
from portal.trend import BESIDE, Trend, trend
from portal.trend import svg as trend_svg
from portal.visit import SignedIn, Visit
from portal.visit_errors import Missing
from register.permissions import Act
from warehouse.reports.away import with_before
from warehouse.reports.book import Book

router = APIRouter()
WISHES, YEARS = "prioriteiten", "jaren"
CSV, SVG, PNG = "text/csv; charset=utf-8", "image/svg+xml", "image/png"


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
        lines=lines_of(visit, "compare_lines.html", compared),
        studies=catalogue.studies(),
        questions=catalogue.questions(compared.view.study),
        measures=catalogue.measures(compared.view.study, compared.view.question),
        releases=readable(visit.house.register, visit.by),
        own=own_areas(visit),
        kinds=kinds_of(""),
    )


@router.get("/vergelijken.csv")
def table(visit: SignedIn) -> Response:
    """Exactly what the page shows, as CSV."""
    return attachment(as_csv(compared_or_missing(visit), visit.house.together), CSV, "vergelijken.csv")


@router.get("/vergelijken.svg")
def picture(visit: SignedIn) -> Response:
    """The chart as SVG."""
    return attachment(drawn(visit, compared_or_missing(visit)), SVG, "vergelijken.svg")


@router.get("/vergelijken.png")
def bitmap(visit: SignedIn) -> Response:
    """The chart as PNG."""
    return attachment(drawn(visit, compared_or_missing(visit), png=True), PNG, "vergelijken.png")


@router.get("/vergelijken/{kind}.csv")
def grid_table(kind: str, visit: SignedIn) -> Response:
    """A grid as CSV."""
    return attachment(grid_csv(grid_or_missing(visit, kind), visit.house.together), CSV, f"vergelijken-{kind}.csv")


@router.get("/vergelijken/{kind}.svg")
def grid_picture(kind: str, visit: SignedIn) -> Response:
    """A grid as SVG."""
    return attachment(drawn(visit, grid_or_missing(visit, kind)), SVG, f"vergelijken-{kind}.svg")


@router.get("/vergelijken/{kind}.png")
def grid_bitmap(kind: str, visit: SignedIn) -> Response:
    """A grid as PNG."""
    return attachment(drawn(visit, grid_or_missing(visit, kind), png=True), PNG, f"vergelijken-{kind}.png")


@router.get("/vergelijken/{kind}")
def grid_page(kind: str, visit: SignedIn) -> Response:
    """All questions, years, wishes or response of one study."""
    if kind not in KINDS:
        raise Missing
    found = filled(visit)
    if found is None:
        return visit.page("nothing_published.html", title="Vergelijken")
    book, catalogue, compared = found
    view = of_kind(catalogue, compared.view, kind)
    grid = grid_of(visit, book, view, kind)
    return visit.page(
        "grid.html",
        one=grid,
        lines=lines_of(visit, "grid_lines.html", grid),
        picture=years_picture(visit, grid),
        behind=behind_country(grid) if kind == YEARS else "",
        beside=beside_of(visit, grid),
        kinds=kinds_of(kind),
        view=view,
        studies=catalogue.studies(wishes=kind == WISHES),
        questions=catalogue.questions(view.study) if kind == YEARS else [],
        releases=readable(visit.house.register, visit.by),
        own=own_areas(visit),
    )


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
    if view is None:
        return None
    own = own_areas(visit)
    compared = pictures(visit).of(key_of(visit, view.query, ""), lambda: compare(book, view, own))
    return book, catalogue, compared


def compared_or_missing(visit: Visit) -> Compared:
    """The comparison for a download."""
    found = filled(visit)
    if found is None:
        raise Missing
    return found[2]


def grid_or_missing(visit: Visit, kind: str) -> Grid:
    """A grid for a download."""
    found = filled(visit)
    if found is None or kind not in KINDS:
        raise Missing
    return grid_of(visit, found[0], of_kind(found[1], found[2].view, kind), kind)


def grid_of(visit: Visit, book: Book, view: View, kind: str) -> Grid:
    """A grid, made once per file of a release, view and reader."""
    own = own_areas(visit)
    return pictures(visit).of(key_of(visit, view.query, kind), lambda: KINDS[kind][1](book, view, own))


def pictures(visit: Visit) -> Pictures:
    """What was made before."""
    found: Pictures = visit.request.app.state.pictures
    return found


def key_of(visit: Visit, query: dict[str, str], kind: str) -> tuple[object, ...]:
    """One release file, one view, one reader: what is kept under it is the same for all of them."""
    library: Library = visit.request.app.state.library
    return (library.mark(query["uitgave"]), kind, *query.values(), own_areas(visit))


def key_of_made(visit: Visit, one: Compared | Grid) -> tuple[object, ...]:
    """The same key, of a comparison or grid that is ready."""
    return key_of(visit, one.query, one.kind) if isinstance(one, Grid) else key_of(visit, one.view.query, "")


def of_kind(catalogue: Catalogue, view: View, kind: str) -> View:
    """The view, or for wishes the first study that asked for them."""
    asked = [study for study, _ in catalogue.studies(wishes=True)]
    if kind != WISHES or not asked or view.study in asked:
        return view
    return catalogue.view(view.release, {"onderzoek": asked[0]}) or view


def kinds_of(now: str) -> list[tuple[str, str, bool]]:
    """The pictures one can choose from: path, words, and whether it is this one."""
    every = [("", _("Eén vraag")), *((name, words) for name, (words, _) in KINDS.items())]
    return [(f"/vergelijken/{name}".rstrip("/"), words, name == now) for name, words in every]


def lines_of(visit: Visit, template: str, one: Compared | Grid) -> Markup:
    """The table of a page, which is most of its length: filled in once per file of a release, view and reader."""
    own = own_areas(visit)
    made = visit.request.app.state.templates.get_template(template)
    key = (*key_of_made(visit, one), template)
    given = {"one": one, "own": own, "shade": shade, "together": visit.house.together}
    return pictures(visit).of(key, lambda: Markup(made.render(**given)))  # noqa: S704 - escaped


def beside_of(visit: Visit, grid: Grid) -> str:
    """The gemeente that was chosen to stand beside the own one in the lines of the years; '' for none."""
    asked = visit.request.query_params.get(BESIDE, "")
    return asked if asked in {line.area for line in grid.lines} else ""


def years_picture(visit: Visit, grid: Grid) -> Markup | None:
    """The lines of the years for on the page, drawn once; None for another grid, or when there is nothing to draw."""

    def made() -> Markup | None:
        lines = trend_of(visit, grid)
        templates = visit.request.app.state.templates
        return None if lines is None else Markup(trend_svg(templates, lines))  # noqa: S704 - escaped

    return pictures(visit).of((*key_of_made(visit, grid), beside_of(visit, grid), "page"), made)


def trend_of(visit: Visit, grid: Grid) -> Trend | None:
    """A grid of years as lines."""
    if grid.kind != YEARS:
        return None
    mark = grid.query["maat"].startswith("mean")
    own = with_before(visit.request.app.state.library.book(grid.query["uitgave"]), own_areas(visit))
    return trend(grid, own, beside_of(visit, grid), mark=mark)


def drawn(visit: Visit, one: Compared | Grid, *, png: bool = False) -> bytes:
    """A picture, drawn once per file of a release, view and reader."""
    templates = visit.request.app.state.templates
    key = (*key_of_made(visit, one), beside_of(visit, one) if isinstance(one, Grid) else "")

    def svg() -> bytes:
        if not isinstance(one, Grid):
            return as_svg(templates, one).encode()
        lines = trend_of(visit, one)
        behind = " ".join([behind_country(one), *one.notes]).strip() if one.kind == YEARS else ""
        if lines:
            return trend_svg(templates, lines, one.query["uitgave"], behind).encode()
        return grid_svg(templates, one, behind).encode()

    kept = pictures(visit)
    if not png:
        return kept.of((*key, "svg"), svg)
    return kept.of((*key, "png"), lambda: as_png(kept.of((*key, "svg"), svg).decode()))
