"""What earlier releases said of talks: every word and every share of all talks is said once per meting (T10).

A label that changed would tell what those who came or left had said, and so would a share of other talks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from domain.release import History
from domain.vocabulary import TOTAAL
from warehouse import schema
from warehouse.before import Before
from warehouse.leaves import AREA, BY, Leaf
from warehouse.results import Row
from warehouse.scopes import RESPONSE, group_of, scope_of
from warehouse.sources import LAND

NOT_SHOWN = "niet getoond"


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
                own = since(row) if row["area"] == LAND else row
                yield {**own, "release": self.before.release}

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

    def pooled(self, table: schema.Table, row: Row) -> Row | None:
        """What was printed of all talks together, with the release of then; None where no pool was made before.

        row: with the key of a line of the table, of any area. Empty where it was withheld, and where somebody came or
        left since: those who stayed could be reckoned from words of then.
        """
        line = {**row, "area": LAND}
        if line_of_talks(line) in self._pools:
            was = self.before.row(table, line)
            return {} if was is None or was["base_band"] is None else since(was)
        same = [same for areas in self._talks.get(scope_of(row, RESPONSE), {}).values() for same in areas.values()]
        unknown = not same and self.before.row(schema.FACT_RESPONSE, line) is not None
        return {} if unknown or not all(same) else None

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
    def _pools(self) -> set[tuple[Any, ...]]:
        """Lines of which an earlier release pooled the talks."""
        return {
            line_of_talks(row)
            for table in (schema.FACT_THEME, schema.FACT_KLANTREIS_PHASE, schema.FACT_KLANTREIS_ASPECT)
            for row in self.before.printed(table)
            if row["area"] == LAND and row["base_band"] is not None
        }


def line_of_talks(row: Row) -> tuple[Any, ...]:
    """Instrument, meting and doelgroep."""
    return tuple(row[name] for name in BY[:-1])


def since(row: Row) -> Row:
    """A printed line of all talks, with the release that said it first."""
    return {**row, "share_since": row.get("share_since") or row["release"]}
