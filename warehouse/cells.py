"""Protected cells in one shape, and the test that a line over several gemeenten must pass."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from domain.errors import DisclosureRefused
from domain.release import Protected, Status
from domain.vocabulary import ONBEKEND, TOTAAL
from warehouse.leaves import AREA, BY, Leaf
from warehouse.sources import LAND
from warehouse.trees import MIN_CONTRIBUTORS

KEYS = ("instrument", "meting", "doelgroep", "question", "area", "breakdown", "breakdown_value")
Cell = tuple[Any, ...]
_LINE: Callable[[dict[str, Any]], Cell] = itemgetter(*KEYS[:5])
_CELL: Callable[[dict[str, Any]], Cell] = itemgetter(*KEYS)


def protected_cells(protected: Protected, leaves: Sequence[Leaf]) -> pa.Table:
    """instrument, meting, doelgroep, question, area, breakdown, breakdown_value, n, status; a row per cell.

    The total of the area dimension is the country; totals of a breakdown come from the table without one.
    Raises DisclosureRefused when the tables are not the ones that were sent to protect.
    """
    if len(protected.tables) != len(leaves):
        raise DisclosureRefused("beveiligde tabellen horen niet bij deze uitgave; beveilig de uitgave opnieuw")
    parts = [_canonical(table, leaf) for table, leaf in zip(protected.tables, leaves, strict=True)]
    return pa.concat_tables(parts)


def _canonical(table: pa.Table, leaf: Leaf) -> pa.Table:
    if missing := {AREA, *BY, "n", "status"} - set(table.column_names):
        raise DisclosureRefused(f"beveiligde tabel {leaf.name}: kolom {sorted(missing)[0]} ontbreekt; beveilig opnieuw")
    size = table.num_rows
    area = table.column(AREA).cast(pa.string())
    values = (
        pa.array([TOTAAL] * size, pa.string())
        if leaf.breakdown == TOTAAL
        else table.column(leaf.breakdown).cast(pa.string())
    )
    cells = pa.table(
        {
            **{name: table.column(name).cast(pa.string()) for name in BY},
            "area": pc.if_else(pc.equal(area, TOTAAL), LAND, area),
            "breakdown": pa.array([leaf.breakdown] * size, pa.string()),
            "breakdown_value": values,
            "n": table.column("n").cast(pa.int64()),
            "status": table.column("status").cast(pa.string()),
        }
    )
    return cells.filter(_wanted(cells, leaf))


def _wanted(cells: pa.Table, leaf: Leaf) -> pa.Array:
    if leaf.groups:
        return pc.is_in(cells.column("area"), pa.array(leaf.groups))
    if leaf.breakdown == TOTAAL:
        return pc.is_valid(cells.column("area"))
    return pc.not_equal(cells.column("breakdown_value"), TOTAAL)


@dataclass(frozen=True)
class Standing:
    """Whether a cell may be shown, and in which words."""

    status: Status
    n: int | None

    @property
    def shown(self) -> bool:
        """The number of people is known to the reader, exactly or as a band."""
        return self.status in (Status.PUBLISHED, Status.INDICATIVE) and self.n is not None


def standing(cell: dict[str, Any], minimum: int) -> Standing:
    """What protect decided, and on top the rule for lines over several gemeenten (T7, T8): closing more is safe.

    At least 3 contributors, none above half, and large enough without any one of them.
    """
    status = Status(cell["status"])
    if status is Status.SUPPRESSED or cell["n"] is None:
        return Standing(Status.SUPPRESSED, None)
    if cell["pooled"] and not pool_is_broad(cell["n"], cell["leaves"], cell["largest"], minimum):
        return Standing(Status.SUPPRESSED, None)
    return Standing(status, int(cell["n"]))


def pool_is_broad(n: int, leaves: int, largest: int, minimum: int) -> bool:
    """A line over several gemeenten rests on at least 3, none above half, and survives without the largest."""
    return leaves >= MIN_CONTRIBUTORS and 2 * largest <= n and n - largest >= minimum


def narrow_lines(cells: Sequence[dict[str, Any]]) -> set[tuple[Any, ...]]:
    """(instrument, meting, doelgroep, question, area) of pooled lines on fewer than 3 contributors: not made at all."""
    return {
        line_of(cell)
        for cell in cells
        if cell["pooled"] and cell["breakdown"] == TOTAAL and cell["leaves"] < MIN_CONTRIBUTORS
    }


def line_of(cell: dict[str, Any]) -> tuple[Any, ...]:
    """The line of a report that a cell stands on."""
    return _LINE(cell)


def cell_of(cell: dict[str, Any]) -> Cell:
    """What a cell counts: its line, breakdown and value."""
    return _CELL(cell)


def only_unknown(cells: Sequence[dict[str, Any]]) -> set[tuple[Any, ...]]:
    """(line, breakdown) where nobody's group is known: that breakdown was not asked there and gets no rows."""
    seen: dict[tuple[Any, ...], bool] = {}
    for cell in cells:
        if cell["breakdown"] != TOTAAL:
            key = (*line_of(cell), cell["breakdown"])
            seen[key] = seen.get(key, False) or cell["breakdown_value"] != ONBEKEND
    return {key for key, known in seen.items() if not known}
