"""Answers that an earlier release printed: where protect keeps a question as it was, its figures stay as they were.

One person more or less behind an unchanged number of people would move a share, and so tell what she answered (T10).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

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
        earlier = self._rows[table.name]
        return [self._row(row, earlier.get(key_of(table, row)), table, shown) for row in rows]

    def row(self, table: schema.Table, row: Row) -> Row | None:
        """What was printed last with the key of a row."""
        return self._rows[table.name].get(key_of(table, row))

    def _row(self, row: Row, was: Row | None, table: schema.Table, shown: frozenset[tuple[Any, ...]]) -> Row:
        question = row.get("question", RESPONSE)
        voted = _is_vote(row) and was is not None and was["label"] is not None
        if was is None or not (voted or self.stays(row, question)) or group_of(row, question) not in shown:
            return row
        return {**row, **{name: value for name, value in was.items() if name not in _NAMED and name not in table.keys}}

    def printed(self, table: schema.Table) -> Iterable[Row]:
        """What was printed last in a table, a row per key."""
        return self._rows[table.name].values()

    @cached_property
    def _rows(self) -> dict[str, dict[tuple[Any, ...], Row]]:
        """Per table what was printed last, by key without the release."""
        found: dict[str, dict[tuple[Any, ...], Row]] = {table.name: {} for table in FIGURES}
        for release in self.tables:
            for table in FIGURES:
                rows = release[table.name].to_pylist()
                found[table.name] |= {key_of(table, row): row for row in rows}
        return found


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


def key_of(table: schema.Table, row: Row) -> tuple[Any, ...]:
    """The key of a row without its release."""
    return tuple(row[name] for name in table.keys if name != "release")
