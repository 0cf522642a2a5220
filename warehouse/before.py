"""Answers that an earlier release printed: where protect keeps a question as it was, its figures stay as they were.

One person more or less behind an unchanged number of people would move a share, and so tell what she answered (T10).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import pyarrow as pa

from domain.release import Status
from domain.vocabulary import TOTAAL
from warehouse import schema
from warehouse.leaves import BY
from warehouse.results import Row

RESPONSE, MAJORITY = "respons", "majority"
FIGURES = (
    schema.FACT_RESULT, schema.FACT_DISTRIBUTION, schema.FACT_IMPROVEMENT, schema.FACT_RESPONSE, schema.FACT_THEME,
    schema.FACT_KLANTREIS_PHASE, schema.FACT_KLANTREIS_ASPECT,
)  # fmt: skip
"""Every table with what people answered: all of it is kept with the release history."""
COUNTED = (schema.FACT_DISTRIBUTION, schema.FACT_RESULT, schema.FACT_IMPROVEMENT)
"""Those with counts of people, or sums of answers, that lines side by side may tell."""
Place = tuple[Any, ...]
"""Of what a row is: instrument, meting, doelgroep, and where its table has them the question."""
_NAMED = frozenset(("release", "rule_version"))


@dataclass(frozen=True)
class Before:
    """Published tables of earlier releases, the last one last, and the scopes (of protect) that stay as printed."""

    tables: Sequence[Mapping[str, pa.Table]] = field(default=(), repr=False)
    scopes: frozenset[str] = frozenset()
    release: str = ""

    def stays(self, row: Row, question: str | None = None) -> bool:
        """Whether the question of a row stays as it was printed."""
        return bool(self.scopes) and scope_of(row, question or row["question"]) in self.scopes

    def closed(self, cells: Iterable[Row]) -> list[Row]:
        """Cells of which nothing may be computed any more are closed."""
        shut = {"status": Status.SUPPRESSED.value, "n": None}
        return [{**cell, **shut} if self.stays(cell) else cell for cell in cells]

    def as_printed(self, table: schema.Table, rows: Sequence[Row], shown: frozenset[tuple[Any, ...]]) -> list[Row]:
        """Rows with the figures they had, where the question stays and protect still shows the group (`shown`)."""
        if not any(self.stays(row, row.get("question", RESPONSE)) or _is_vote(row) for row in rows):
            return list(rows)
        return [self._row(row, table, shown) for row in rows]

    def row(self, table: schema.Table, row: Row) -> Row | None:
        """What was printed last with the key of a row."""
        place = tuple(row[name] for name in BY if name in table.keys)
        return self._page(table.name, place).get(key_of(table, row))

    def about(self, question: Place) -> Iterator[dict[schema.Table, list[Row]]]:
        """Per release what it printed about one question; all wishes of a doelgroep are one, named by their table."""
        wishes = question[-1] == schema.FACT_IMPROVEMENT.name
        for pages in self._pages:
            yield {table: pages[table.name].rows(question[:-1] if wishes else question) for table in COUNTED}

    def _row(self, row: Row, table: schema.Table, shown: frozenset[tuple[Any, ...]]) -> Row:
        question, vote = row.get("question", RESPONSE), _is_vote(row)
        if not (vote or self.stays(row, question)) or group_of(row, question) not in shown:
            return row
        was = self.row(table, row)
        if was is None or (vote and was["label"] is None and not self.stays(row, question)):
            return row
        return as_printed_then(table, row, was)

    def printed(self, table: schema.Table) -> Iterator[Row]:
        """What was printed last in a table, a row per key."""
        for place in dict.fromkeys(place for pages in self._pages for place in pages[table.name].places):
            yield from self._page(table.name, place).values()

    @cached_property
    def _pages(self) -> list[dict[str, Pages]]:
        return [{table.name: Pages(release[table.name]) for table in FIGURES} for release in self.tables]

    @cached_property
    def _page(self) -> Callable[[str, Place], dict[tuple[Any, ...], Row]]:
        """What was printed last on one page of a table, by key without the release."""
        tables = {table.name: table for table in FIGURES}

        @lru_cache(maxsize=len(FIGURES))
        def read(name: str, place: Place) -> dict[tuple[Any, ...], Row]:
            rows = (row for pages in self._pages for row in pages[name].rows(place))
            return {key_of(tables[name], row): row for row in rows}

        return read


class Pages:
    """A published table, taken apart by what it is about: rows are made only of the page that is asked for."""

    def __init__(self, table: pa.Table) -> None:
        names = [name for name in BY if name in table.column_names]
        at = pa.array(np.arange(table.num_rows))
        found = table.select(names).append_column("at", at).group_by(names, use_threads=False)
        pages = found.aggregate([("at", "list")]).combine_chunks()
        self._table, self._rows = table, pages.column("at_list")
        self.places = {
            place: page for page, place in enumerate(zip(*(pages[name].to_pylist() for name in names), strict=True))
        }

    def rows(self, place: Place) -> list[Row]:
        """The rows of one page, in the order of the table; none when there is no such page."""
        page = self.places.get(place)
        return [] if page is None else list(self._table.take(self._rows[page].values).to_pylist())


def _is_vote(row: Row) -> bool:
    """Whether a row says how a panel voted: that is said once, as words of talks are (`spoken.py`)."""
    return bool(row.get("statistic") == MAJORITY)


def group_of(row: Row, question: str) -> tuple[Any, ...]:
    """The protected cell behind a row."""
    breakdown = (row.get("breakdown", TOTAAL), row.get("breakdown_value", TOTAAL))
    return (*(row[name] for name in BY[:-1]), question, row["area"], *breakdown)


def shown_groups(cells: pa.Table) -> frozenset[tuple[Any, ...]]:
    """The cells that protect shows."""
    return frozenset(group_of(row, row["question"]) for row in cells.to_pylist() if row["n"] is not None)


def scope_of(row: Row, question: str) -> str:
    """How protect names a scope."""
    return "|".join(
        f"{name}={value}" for name, value in sorted({**{n: row[n] for n in BY[:-1]}, BY[-1]: question}.items())
    )


def as_printed_then(table: schema.Table, row: Row, was: Row) -> Row:
    """A row with the figures that an earlier release printed."""
    return {**row, **{name: value for name, value in was.items() if name not in _NAMED and name not in table.keys}}


def key_of(table: schema.Table, row: Row) -> tuple[Any, ...]:
    """The key of a row without its release."""
    return tuple(row[name] for name in table.keys if name != "release")
