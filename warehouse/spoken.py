"""What earlier releases said of talks: of a gemeente every word is said once, and a pool only grows (T10).

A label that changed would tell what those who came or left had said, and so would a share of other talks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from domain.protocols import Pools
from domain.release import History
from domain.vocabulary import TOTAAL
from warehouse import schema
from warehouse.before import RESPONSE, Before, group_of, key_of, scope_of
from warehouse.leaves import AREA, Leaf
from warehouse.results import Row
from warehouse.sources import LAND

NOT_SHOWN = "niet getoond"
TENTHS = 10
"""The step of a pooled share of a theme."""


@dataclass(frozen=True)
class Spoken:
    """Words of earlier releases, and the history behind them: whose talks they counted, and who came or left since."""

    before: Before
    history: History = field(repr=False)

    def words(self, table: schema.Table, rows: Iterable[Row], shown: frozenset[tuple[Any, ...]]) -> Iterator[Row]:
        """Rows of talks. Of a gemeente that took part before, and of a line that stays, what was printed and no more.

        shown: the groups that protect still shows.
        """
        yield from (row for row in rows if not self._stays(row))
        for row in self.before.printed(table):
            if self._stays(row) and group_of(row, RESPONSE) in shown:
                yield {**row, "release": self.before.release}

    def _stays(self, row: Row) -> bool:
        return self.took_part(row) or self.before.stays(row, RESPONSE)

    def took_part(self, row: Row) -> bool:
        """Whether an earlier release counted talks of this very area."""
        return any(row["area"] in areas for areas in self._talks.get(scope_of(row, RESPONSE), {}).values())

    def theme_label(self, row: Row) -> str | None:
        """What an area that took part showed of a theme; None where it had no labels."""
        if self.before.row(schema.FACT_THEME, {**row, "phase": TOTAAL}) is None:
            return None
        was = self.before.row(schema.FACT_THEME, row)
        return was["label"] if was else NOT_SHOWN

    def pools(self, table: schema.Table, row: Row) -> Pools | None:
        """Per earlier release who held talks, and the step of the pooled line; None where somebody came or left since.

        row: with the key of a line of the table, of any area.
        """
        releases, line = self._talks.get(scope_of(row, RESPONSE), {}), {**row, "area": LAND}
        if not releases and self.before.row(schema.FACT_RESPONSE, line) is not None:
            return None  # published before, and the history does not say of whom
        if any(not same for areas in releases.values() for same in areas.values()):
            return None
        return [(frozenset(areas), self._step(release, table, line)) for release, areas in releases.items()]

    def _step(self, release: str, table: schema.Table, line: Row) -> int | None:
        was = self._pooled.get((table.name, release, *key_of(table, line)), {})
        shares = (was.get("share"), was.get("share_positive"), was.get("step"), was.get("label"))
        return None if shares == (None,) * 4 else int(was.get("step") or TENTHS)

    @cached_property
    def _talks(self) -> dict[str, dict[str, dict[str, bool]]]:
        """Per scope and earlier release the delivering areas, and whether nobody of them came or left since."""
        found: dict[str, dict[str, dict[str, bool]]] = {}
        for cell in self.history.cells:
            if cell.table == Leaf().name and cell.key and cell.scope.endswith(f"question={RESPONSE}"):
                areas = found.setdefault(cell.scope, {}).setdefault(cell.release, {})
                areas[dict(cell.key)[AREA]] = cell.unchanged
        return found

    @cached_property
    def _pooled(self) -> dict[tuple[Any, ...], Row]:
        """The lines of the country, by table and key with the release."""
        tables = (schema.FACT_THEME, schema.FACT_KLANTREIS_PHASE, schema.FACT_KLANTREIS_ASPECT)
        return {
            (table.name, row["release"], *key_of(table, row)): row
            for release in self.before.tables
            for table in tables
            for row in release[table.name].to_pylist()
            if row["area"] == LAND
        }
