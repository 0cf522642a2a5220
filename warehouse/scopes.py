"""How protect and its history name what a row counts: a scope is a question, a group is a cell of it."""

from __future__ import annotations

import pyarrow as pa

from domain.release import EarlierCell, History
from domain.vocabulary import TOTAAL
from warehouse.cells import Cell, cell_of
from warehouse.leaves import AREA, BY
from warehouse.results import Row
from warehouse.sources import LAND

RESPONSE = "respons"
"""Stands for the question of a scope that counts everybody who took part."""


def group_of(row: Row, question: str) -> Cell:
    """The protected cell behind a row: as `cell_of`, under the question that protect knows it by."""
    breakdown = (row.get("breakdown", TOTAAL), row.get("breakdown_value", TOTAAL))
    return (*(row[name] for name in BY[:-1]), question, row["area"], *breakdown)


def shown_groups(cells: pa.Table) -> frozenset[Cell]:
    """The cells that protect shows."""
    return frozenset(cell_of(row) for row in cells.to_pylist() if row["n"] is not None)


def scope_of(row: Row, question: str) -> str:
    """How protect names the scope of a row: `doelgroep=…|instrument=…|meting=…|question=…`."""
    return "|".join(
        f"{name}={value}" for name, value in sorted({**{n: row[n] for n in BY[:-1]}, BY[-1]: question}.items())
    )


def people_then(history: History) -> dict[str, dict[Cell, int]]:
    """Per earlier release how many people were in every cell that was printed by then."""
    found: dict[str, dict[Cell, int]] = {}
    now: dict[Cell, int] = {}
    for cell in history.cells:
        if cell.release not in found:
            now = found[cell.release] = dict(now)
        if cell.n is not None:
            now[cell_then(cell)] = cell.n
    return found


def cell_then(cell: EarlierCell) -> Cell:
    """A cell of an earlier release as `cell_of` names it."""
    scope, key = dict(pair.split("=", 1) for pair in cell.scope.split("|")), dict(cell.key)
    area = key.pop(AREA, LAND)
    return (*(scope[name] for name in BY), area, *next(iter(key.items()), (TOTAAL, TOTAAL)))
