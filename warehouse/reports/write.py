"""Renders the report pages to self-contained HTML files; PDF where the system libraries are there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import jinja2
import pyarrow as pa

from domain.dutch import day
from domain.errors import CannotCheck
from domain.reading_order import isolated
from domain.vocabulary import Audience
from storage.atomic import write_atomic
from warehouse.published import ReleaseMeta, for_audience
from warehouse.reports.book import Book
from warehouse.reports.pages import Page, country_page, gemeente_page
from warehouse.reports.residents import for_residents
from warehouse.reports.shown import FILTERS
from warehouse.sources import LAND

COUNTRY_FILE = "landelijk.html"
RESIDENTS = "-inwoners"


def write_reports(
    tables: Mapping[str, pa.Table], meta: ReleaseMeta, folder: Path, together: Mapping[str, Sequence[str]] = {}
) -> list[Path]:
    """One page per gemeente or verband (`<code>.html`) and one for Movisie (`landelijk.html`), for councils.

    Beside each, the same for residents (`<code>-inwoners.html`).
    tables: the published tables; `openbaar` gives the pages of the country only. together: of a verband the names of
    the gemeenten that deliver in it, and so have no page of their own. Returns the paths, country last.
    """
    book = Book(for_audience(tables, meta.audience))
    written = []
    for name, page in _pages(book, meta):
        pages = (
            (name, render(page, book, meta, together)),
            (residents_file(name), render_residents(page, meta, together)),
        )
        for file, html in pages:
            path = folder / file
            write_atomic(path, html.encode(), mode=0o644)
            written.append(path)
    return written


def _pages(book: Book, meta: ReleaseMeta) -> Iterator[tuple[str, Page]]:
    if meta.audience is not Audience.OPENBAAR:
        for area in book.own_areas:
            yield f"{area}.html", gemeente_page(book, area)
    yield COUNTRY_FILE, country_page(book)


def render(page: Page, book: Book, meta: ReleaseMeta, together: Mapping[str, Sequence[str]] = {}) -> str:
    """One page as HTML: styles and charts inside, nothing is fetched from anywhere."""
    template = _templates().get_template("landelijk.html" if page.area == LAND else "gemeente.html")
    return template.render(page=page, book=book, meta=meta, together=together)


def render_residents(page: Page, meta: ReleaseMeta, together: Mapping[str, Sequence[str]] = {}) -> str:
    """What residents read: "wat is er met uw inbreng gedaan"."""
    return _templates().get_template("inwoners.html").render(one=for_residents(page), meta=meta, together=together)


def residents_file(name: str) -> str:
    """`GM9001.html` -> `GM9001-inwoners.html`."""
    return name.replace(".html", f"{RESIDENTS}.html")


def write_pdf(html: Path) -> Path:
    """The same report as PDF/UA beside it; raises CannotCheck where WeasyPrint's system libraries are missing."""
    try:
        from weasyprint import HTML
    except OSError:
        raise CannotCheck(
            "PDF: de bibliotheken pango en harfbuzz ontbreken op deze computer; installeer libpango-1.0-0 en "
            "libharfbuzz-subset0, of druk het rapport af vanuit de browser"
        ) from None
    path = html.with_suffix(".pdf")
    content = HTML(string=html.read_text(encoding="utf-8"), url_fetcher=_no_fetch).write_pdf(pdf_variant="pdf/ua-1")
    write_atomic(path, content, mode=0o644)
    return path


def _no_fetch(url: str, **_: object) -> dict[str, object]:
    raise CannotCheck("PDF: een rapport mag niets van buiten ophalen")


@cache
def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("warehouse.reports"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_apart,
    )
    environment.filters |= {**FILTERS, "day": day}
    return environment


def _apart(value: object) -> object:
    """Names from right to left stand apart in a sentence; markup of our own stays as it is."""
    return isolated(value) if type(value) is str else value
