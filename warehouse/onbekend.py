"""How an earlier release counted a sensitive breakdown of a gemeente, by group or all as 'onbekend': it stays so.

Counted otherwise its numbers would contradict what was printed of it. Where everybody is in one group by now and the
groups were counted then, what is printed of these questions stays as it was.
"""

from __future__ import annotations

import duckdb
import pyarrow as pa

from domain.release import EarlierCell, History
from domain.vocabulary import ONBEKEND
from storage.duck import query
from warehouse.cells import Cell
from warehouse.scopes import cell_then

_COLUMNS = ("instrument", "meting", "doelgroep", "area", "breakdown")


def counted_then(history: History) -> pa.Table:
    """One row per study, doelgroep, area and breakdown of earlier releases; grouped: not all were 'onbekend'."""
    grouped: dict[tuple[str, ...], bool] = {}
    for cell in map(cell_then, history.cells):
        grouped[_place(cell)] = grouped.get(_place(cell), False) or cell[-1] != ONBEKEND
    columns = {name: pa.array([place[at] for place in grouped], pa.string()) for at, name in enumerate(_COLUMNS)}
    return pa.table({**columns, "grouped": pa.array(list(grouped.values()), pa.bool_())})


def stays_as_printed(connection: duckdb.DuckDBPyConnection, release: str, history: History) -> History:
    """The history of a release, with the groups of which nothing new may be said as if one person came and one left.

    connection: where build_marts ran, with the same history.
    """
    rows = query(
        connection,
        "select instrument, meting, doelgroep, area, breakdown from marts.kept_groups where release = $release",
        release=release,
    )
    kept = set(rows)

    def standing(cell: EarlierCell) -> EarlierCell:
        return cell.standing() if _place(cell_then(cell)) in kept else cell

    return History(tuple(map(standing, history.cells))) if kept else history


def _place(cell: Cell) -> tuple[str, ...]:
    return (*cell[:3], *cell[4:6])
