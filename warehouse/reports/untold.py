"""Talks that were held and are not shown, and why, as far as the release itself says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from domain.release import Status
from domain.vocabulary import Kind
from warehouse.reports.book import Book
from warehouse.sources import LAND

_TALKS = {Kind.JOURNEYS.value, Kind.STORIES.value, Kind.CONTRIBUTIONS.value}
_TOLD_IN = ("fact_theme", "fact_klantreis_phase")


class Why(StrEnum):
    """Why talks are not shown. Which small group is protected, or how many talks there were, is never a reason."""

    FEW = "few"  # too few of its own, or another small group could be worked out
    SILENT = "silent"  # enough talks, and nothing that enough people said
    POOL = "pool"  # gemeenten have talks; together they are too few, or one is too large a part
    NONE = "none"  # no talks in this release


@dataclass(frozen=True)
class Untold:
    """An instrument and meting without labels; title is '' where there were no talks at all."""

    title: str
    why: Why


def untold(book: Book, area: str) -> tuple[Untold, ...]:
    """What an area did not get to tell, in the order of the titles."""
    found = list(_pool(book) if area == LAND else _own(book, area))
    talked = any(row["kind"] in _TALKS for row in map(book.instruments.get, _told(book, area)) if row)
    if not found and not talked:
        return (Untold("", Why.NONE),)
    return tuple(sorted(found, key=lambda one: one.title))


def _own(book: Book, area: str) -> Iterator[Untold]:
    told = _told(book, area)
    for row in book.rows("fact_response", area):
        instrument, meting = str(row["instrument"]), str(row["meting"])
        if _is_talk(book, instrument) and instrument not in told and meting == book.latest(instrument, area):
            few = row["status"] == Status.SUPPRESSED.value
            yield Untold(_title(book, instrument, meting), Why.FEW if few else Why.SILENT)


def _pool(book: Book) -> Iterator[Untold]:
    told = _told(book, LAND)
    asked = {
        str(row["instrument"]) for area in book.own_areas for row in book.rows("fact_response", area)
        if _is_talk(book, str(row["instrument"]))
    }  # fmt: skip
    return (Untold(book.title(instrument), Why.POOL) for instrument in asked - told)


def _told(book: Book, area: str) -> set[str]:
    return {str(row["instrument"]) for table in _TOLD_IN for row in book.rows(table, area)}


def _is_talk(book: Book, instrument: str) -> bool:
    return book.instruments.get(instrument, {}).get("kind") in _TALKS


def _title(book: Book, instrument: str, meting: str) -> str:
    return f"{book.title(instrument)}, meting {meting}"
