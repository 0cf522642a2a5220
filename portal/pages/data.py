"""Gegevens: the files of a release, written in the download log before they are handed over; and the dictionary."""

from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import Response

from domain.vocabulary import Role
from portal.navigation import sees
from portal.pages.compare import own_areas
from portal.published import Library, PublishedFile, chosen, readable
from portal.speech import _
from portal.visit import SignedIn, Visit
from portal.visit_errors import Missing
from register.downloads import log_download
from register.permissions import Act
from register.releases import Release
from warehouse.schema import FACT_RESULT, TABLES
from warehouse.views import VIEWS

router = APIRouter(prefix="/gegevens")
_FIRST = "tabellenboek.xlsx"
_WHOLE = {
    _FIRST: _("Tabellenboek voor Excel, met leesbare namen"),
    "datapackage.json": _("Beschrijving van alle tabellen, voor programma's"),
    "certificate.json": _("Certificaat: hoe de cijfers zijn beschermd"),
}


@dataclass(frozen=True)
class Offered:
    """One file that may be taken."""

    name: str
    what: str
    path: Path
    size: int
    kept_as: str
    """What a browser calls it, as the page does."""


@router.get("")
def overview(visit: SignedIn) -> Response:
    """What can be taken, and how to open it."""
    visit.areas(Act.SEE_RELEASE)
    release = chosen(visit.house.register, visit.by, visit.request.query_params.get("uitgave", ""))
    if release is None:
        return visit.page("nothing_published.html", title="Gegevens")
    return visit.page(
        "data.html",
        release=release,
        releases=readable(visit.house.register, visit.by),
        files=offered(visit, release),
        columns=FACT_RESULT.columns,
        rows_too=sees(visit.by, Act.MICRODATA_ASK) or sees(visit.by, Act.MICRODATA_DECIDE),
    )


@router.get("/woordenboek")
def dictionary(visit: SignedIn) -> Response:
    """Every table and column in words."""
    visit.areas(Act.SEE_RELEASE)
    return visit.page("dictionary.html", tables=TABLES, views=VIEWS)


@router.get("/{release}/{name:path}")
def take(release: str, name: str, visit: SignedIn) -> Response:
    """One file; the log is written first."""
    found = chosen(visit.house.register, visit.by, release)
    wanted = {one.name: one for one in offered(visit, found)} if found else {}
    if name not in wanted:
        raise Missing
    note_taken(visit, release, name)
    return PublishedFile(wanted[name].path, filename=wanted[name].kept_as)


def offered(visit: Visit, release: Release) -> list[Offered]:
    """The files of a release: only names that we know."""
    library: Library = visit.request.app.state.library
    folder = library.folder(release.name)
    known: dict[str, tuple[str, Path]] = {name: (what, folder / name) for name, what in _WHOLE.items()}
    whole = f"{release.name}.duckdb"
    known = {_FIRST: known.pop(_FIRST), whole: (_("Alles in één bestand (DuckDB)"), folder.with_name(whole)), **known}
    for table in TABLES:
        known[f"csv/{table.name}.csv"] = (table.comment.split(".")[0], folder / "csv" / f"{table.name}.csv")
        known[f"parquet/{table.name}.parquet"] = (
            table.comment.split(".")[0],
            folder / "parquet" / f"{table.name}.parquet",
        )
    return [
        Offered(name, what, path, path.stat().st_size, name if name == whole else f"{release.name}-{path.name}")
        for name, (what, path) in known.items()
        if path.is_file()
    ]


def note_taken(visit: Visit, release: str, name: str) -> None:
    """Write down who takes a file, before it is handed over; she hears of it when the release is withdrawn."""
    log_download(visit.house.register, release, name, organisation(visit), by=visit.by)


def organisation(visit: Visit) -> str:
    """For whom somebody takes a file: the own gemeente, Movisie, or the processor."""
    areas = sorted(own_areas(visit))
    if areas:
        return ", ".join(visit.house.name_of(area) for area in areas)
    return "Movisie" if any(grant.role is Role.MOVISIE for grant in visit.by.grants) else "verwerker"
