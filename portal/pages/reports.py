"""Rapporten: per gemeente and for the country, as HTML and as tagged PDF."""

import shutil
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import Response

from portal.comparing import ordered_areas
from portal.pages.data import note_taken
from portal.published import Library, PublishedFile, chosen
from portal.security import REPORT_CSP
from portal.visit import SignedIn, Visit
from portal.visit_errors import Missing
from register.permissions import Act
from register.releases import Release
from storage.lock import file_lock
from warehouse.reports import write_pdf
from warehouse.reports.write import RESIDENTS

router = APIRouter(prefix="/rapporten")
_COUNTRY = "landelijk"


@router.get("/{release}")
def overview(release: str, visit: SignedIn) -> Response:
    """Which reports there are."""
    found = readable_release(visit, release)
    book = library(visit).book(found.name)
    own = frozenset(grant.area for grant in visit.by.grants if grant.area)
    names = [(area, book.name(area)) for area in ordered_areas(book, own)[:-1]]
    return visit.page(
        "reports.html", release=found, residents=RESIDENTS, names=[*names, (_COUNTRY, "Landelijk (voor Movisie)")]
    )


@router.get("/{release}/{area}.html")
def page(release: str, area: str, visit: SignedIn) -> Response:
    """One report: a whole page with its style inside, so it has a policy of its own."""
    path = file_of(visit, release, area)
    return PublishedFile(path, media_type="text/html", headers={"content-security-policy": REPORT_CSP})


@router.get("/{release}/{area}.pdf")
def print_(release: str, area: str, visit: SignedIn) -> Response:
    """The same as PDF/UA, made once; the download log is written before it is handed over."""
    path = file_of(visit, release, area)
    made = path.with_suffix(".pdf")
    with file_lock(visit.house.places.home / ".pdf.lock"):
        if not made.exists():
            _draw(path, library(visit).folder(release))
    note_taken(visit, release, f"rapporten/{area}.pdf")
    return PublishedFile(made, media_type="application/pdf", filename=f"toegangspeil-{release}-{area}.pdf")


def _draw(path: Path, folder: Path) -> None:
    """The PDF beside its report. Raises Missing, and leaves nothing, when the release is withdrawn meanwhile."""
    try:
        write_pdf(path)
    except FileNotFoundError:
        raise Missing from None
    if not path.exists():
        shutil.rmtree(folder, ignore_errors=True)
        raise Missing


def readable_release(visit: Visit, name: str) -> Release:
    """A published release this person may read."""
    visit.areas(Act.SEE_RELEASE)
    found = chosen(visit.house.register, visit.by, name)
    if found is None:
        raise Missing
    return found


def file_of(visit: Visit, release: str, area: str) -> Path:
    """The file of a report, by a name that we know."""
    found = readable_release(visit, release)
    plain = area.removesuffix(RESIDENTS)
    if plain != _COUNTRY and plain not in library(visit).book(found.name).own_areas:
        raise Missing
    path = library(visit).folder(found.name) / "rapporten" / f"{area}.html"
    if not path.is_file():
        raise Missing
    return path


def library(visit: Visit) -> Library:
    """The published files."""
    found: Library = visit.request.app.state.library
    return found
