"""What was published, for pages: opened read-only through the analysts' door, indexed, kept while it stays."""

from pathlib import Path
from threading import Lock

import pyarrow as pa
from starlette.responses import FileResponse
from starlette.types import Receive, Scope, Send

from portal.comparing import Catalogue
from portal.visit_errors import Missing, OldRelease
from register.actors import Actor
from register.releases import Release, list_releases, may_read
from register.store import Register
from storage.duck import analyst, query
from warehouse.reports.book import Book
from warehouse.reports.pages import Page, country_page, gemeente_page
from warehouse.schema import TABLES
from warehouse.sources import LAND

_KEPT_PAGES = 400


def readable(register: Register, by: Actor) -> list[Release]:
    """Published releases this person is in the audience of, newest first."""
    found = [one for one in list_releases(register, by=by) if may_read(one, by)]
    return sorted(found, key=lambda one: one.published_at or "", reverse=True)


def chosen(register: Register, by: Actor, name: str) -> Release | None:
    """The release of this name, or the newest; None when there is nothing to read. Raises Missing for another name."""
    found = readable(register, by)
    if not name:
        return found[0] if found else None
    for one in found:
        if one.name == name:
            return one
    raise Missing


class PublishedFile(FileResponse):
    """A file of a release, whole or not at all: withdrawn since we looked, it is not there."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The answer; a download that began goes on to its end."""
        try:
            await super().__call__(scope, receive, send)
        except (RuntimeError, FileNotFoundError):  # starlette's word for a file that is gone
            if Path(self.path).exists():
                raise
            raise Missing from None


class Library:
    """Published files as books. One file, one book, as long as the file does not change."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._books: dict[str, tuple[int, Book]] = {}
        self._pages: dict[tuple[str, str, int], Page] = {}
        self._catalogues: dict[tuple[str, int], Catalogue] = {}
        self._lock = Lock()

    def book(self, release: str) -> Book:
        """The tables of a release; raises Missing when its file is gone, OldRelease when we cannot read all of it."""
        path = self._folder / f"{release}.duckdb"
        try:
            mark = path.stat().st_mtime_ns
        except FileNotFoundError:
            raise Missing from None
        with self._lock:
            known = self._books.get(release)
            if known is None or known[0] != mark:
                known = (mark, Book(_tables(path)))
                self._books[release] = known
        return known[1]

    def mark(self, release: str) -> tuple[str, int]:
        """The file of a release as it is now: pictures drawn from an older one are not used again."""
        self.book(release)
        return release, self._books[release][0]

    def page(self, release: str, area: str) -> Page:
        """What a report says of an area, put together once."""
        book = self.book(release)
        key = (release, area, self._books[release][0])
        if key not in self._pages:
            if len(self._pages) >= _KEPT_PAGES:
                self._pages.clear()
            self._pages[key] = country_page(book) if area == LAND else gemeente_page(book, area)
        return self._pages[key]

    def catalogue(self, release: str) -> Catalogue:
        """What can be compared in a release."""
        book = self.book(release)
        key = (release, self._books[release][0])
        if key not in self._catalogues:
            self._catalogues = {key: Catalogue(book)}
        return self._catalogues[key]

    def folder(self, release: str) -> Path:
        """Where the files of a release are."""
        return self._folder / release


def _tables(path: Path) -> dict[str, pa.Table]:
    with analyst(path) as connection:
        there = set(query(connection, "select table_name, column_name from duckdb_columns() where not internal"))
        if not there.issuperset((table.name, column.name) for table in TABLES for column in table.columns):
            raise OldRelease(path.stem)
        return {table.name: connection.sql(f"from {table.name}").to_arrow_table() for table in TABLES}
