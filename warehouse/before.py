"""Answers that an earlier release printed: where protect keeps a question as it was, its figures stay as they were.

One person more or less behind an unchanged number of people would move a share, and so tell what she answered (T10).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

import pyarrow as pa

from domain.release import Status
from warehouse import schema
from warehouse.cells import Cell
from warehouse.leaves import BY
from warehouse.lines import COUNTED
from warehouse.pages import Pages, Subject
from warehouse.results import UNSEEN, Row
from warehouse.scopes import RESPONSE, group_of, scope_of

FIGURES = (
    schema.FACT_RESULT, schema.FACT_DISTRIBUTION, schema.FACT_IMPROVEMENT, schema.FACT_RESPONSE, schema.FACT_THEME,
    schema.FACT_KLANTREIS_PHASE, schema.FACT_KLANTREIS_ASPECT,
)  # fmt: skip
"""Every table with what people answered: all of it is kept with the release history."""
_MAJORITY = "majority"
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

    def as_printed(self, table: schema.Table, rows: Sequence[Row], shown: frozenset[Cell]) -> list[Row]:
        """Rows with the figures they had, where the question stays and protect still shows the group (`shown`).

        Groups in which nobody is left have their rows too, and groups in which nobody was have none: a row that goes
        or comes would tell who left or came.
        """
        if not any(self.stays(row, row.get("question", RESPONSE)) or _is_vote(row) for row in rows):
            return list(rows)
        kept = self._without_new(table, rows)
        return [*(self._row(row, table, shown) for row in kept), *self._emptied(table, rows, shown)]

    def _without_new(self, table: schema.Table, rows: Sequence[Row]) -> list[Row]:
        """Not the groups that were in no earlier print, of areas that were in it with the same question."""
        then = [(was, was.get("question", RESPONSE)) for was in self.printed(table)]
        groups = {group_of(was, question) for was, question in then}
        places = {(_area_of(was), question) for was, question in then}
        now = [(row, row.get("question", RESPONSE)) for row in rows]
        return [row for row, question in now if not self.stays(row, question)
                or group_of(row, question) in groups or (_area_of(row), question) not in places]  # fmt: skip

    def _emptied(self, table: schema.Table, rows: Sequence[Row], shown: frozenset[Cell]) -> Iterator[Row]:
        """Earlier rows of groups that have none by now, of areas that take part in the same meting."""
        groups = {group_of(row, row.get("question", RESPONSE)) for row in rows}
        here = {_area_of(row) for row in rows}
        now = {name: rows[0][name] for name in _NAMED}
        for was in self.printed(table):
            question = was.get("question", RESPONSE)
            group = group_of(was, question)
            if group not in groups and _area_of(was) in here and self.stays(was, question):
                yield {**was, **now, **({} if group in shown else UNSEEN)}

    def row(self, table: schema.Table, row: Row) -> Row | None:
        """What was printed last with the key of a row."""
        subject = tuple(row[name] for name in BY if name in table.keys)
        return self._page(table.name, subject).get(key_of(table, row))

    def about(self, question: Subject) -> Iterator[dict[schema.Table, list[Row]]]:
        """Per release what it printed about one question; all wishes of a doelgroep are one, named by their table."""
        wishes = question[-1] == schema.FACT_IMPROVEMENT.name
        yield from self._read(COUNTED, question[:-1] if wishes else question)

    def questions(self, study: Subject) -> list[str]:
        """The questions that some release printed, named as `about` wants them."""
        every = ((table.name, subject) for pages in self._pages for table in COUNTED
                 for subject in pages[table.name].subjects if subject[:3] == study)  # fmt: skip
        return list(dict.fromkeys(subject[3] if len(subject) > 3 else name for name, subject in every))

    def took_part(self, study: Subject) -> Iterator[list[Row]]:
        """Per release its lines of who took part."""
        yield from (found[schema.FACT_RESPONSE] for found in self._read((schema.FACT_RESPONSE,), study))

    def _read(self, tables: Iterable[schema.Table], subject: Subject) -> Iterator[dict[schema.Table, list[Row]]]:
        for pages in self._pages:
            yield {table: pages[table.name].rows(subject) for table in tables}

    def _row(self, row: Row, table: schema.Table, shown: frozenset[Cell]) -> Row:
        question, vote = row.get("question", RESPONSE), _is_vote(row)
        if not (vote or self.stays(row, question)) or group_of(row, question) not in shown:
            return row
        was = self.row(table, row)
        if was is None or (vote and was["label"] is None and not self.stays(row, question)):
            return row
        return as_printed_then(table, row, was)

    def printed(self, table: schema.Table) -> Iterator[Row]:
        """What was printed last in a table, a row per key."""
        for subject in dict.fromkeys(subject for pages in self._pages for subject in pages[table.name].subjects):
            yield from self._page(table.name, subject).values()

    @cached_property
    def _pages(self) -> list[dict[str, Pages]]:
        return [{table.name: Pages(release[table.name]) for table in FIGURES} for release in self.tables]

    @cached_property
    def _page(self) -> Callable[[str, Subject], dict[tuple[Any, ...], Row]]:
        """What was printed last on one page of a table, by key without the release."""
        tables = {table.name: table for table in FIGURES}

        @lru_cache(maxsize=len(FIGURES))
        def read(name: str, subject: Subject) -> dict[tuple[Any, ...], Row]:
            rows = (row for pages in self._pages for row in pages[name].rows(subject))
            return {key_of(tables[name], row): row for row in rows}

        return read


def _is_vote(row: Row) -> bool:
    """Whether a row says how a panel voted: that is said once, as words of talks are (`spoken.py`)."""
    return bool(row.get("statistic") == _MAJORITY)


def _area_of(row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in (*BY[:-1], "area"))


def as_printed_then(table: schema.Table, row: Row, was: Row) -> Row:
    """A row with the figures that an earlier release printed."""
    return {**row, **{name: value for name, value in was.items() if name not in _NAMED and name not in table.keys}}


def key_of(table: schema.Table, row: Row) -> tuple[Any, ...]:
    """The key of a row without its release."""
    return tuple(row[name] for name in table.keys if name != "release")
