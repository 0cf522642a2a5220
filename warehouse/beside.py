"""Figures that must be printed more coarsely because an earlier release printed the same line (T10)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from domain.vocabulary import TOTAAL
from warehouse import schema
from warehouse.before import Before
from warehouse.between import Beside, figure_of
from warehouse.cells import Cell, cell_of
from warehouse.results import Printer, Row

Rows = Mapping[schema.Table, Sequence[Row]]
_SHARES, _TENTHS = (1, 5, 10, 20, 21), (1, 5, 10, 11)
"""Steps from fine to coarse; in the last one nothing is printed."""


def settled_beside(
    printer: Printer, rows_of: Callable[[Printer], Rows], beside: Beside, before: Before
) -> tuple[Printer, Rows]:
    """The rows, with lines in coarser steps that would tell too much beside what was printed before.

    First line by line, then all areas of a question in both releases.
    """
    scales, rows = beside.scales, rows_of(printer)
    while before.tables and (
        told := _telling(rows, scales, before, printer) or _together(rows, beside, before, printer)
    ):
        shares = {line: _next(printer.finest, line, _SHARES) for line in told - scales.keys()}
        means = {line: _next(printer.finest_means, line, _TENTHS) for line in told & scales.keys()}
        printer = replace(printer, finest={**printer.finest, **shares}, finest_means={**printer.finest_means, **means})
        rows = rows_of(printer)
    return printer, rows


def _next(finest: Mapping[Cell, int], cell: Cell, steps: Sequence[int]) -> int:
    return next(step for step in steps if step > finest.get(cell, steps[0]))


def _telling(rows: Rows, scales: Mapping[Cell, tuple[int, int]], before: Before, printer: Printer) -> set[Cell]:
    found = set()
    for table, mine in rows.items():
        for row in mine:
            if row.get("breakdown", TOTAAL) == TOTAAL and not before.stays(row):
                was, now = figure_of(before.row(table, row)), figure_of(row)
                if was and now and printer.rules.tells_apart(was, now, scales.get(cell_of(row))):
                    found.add(cell_of(row))
    return found


def _together(rows: Rows, beside: Beside, before: Before, printer: Printer) -> set[Cell]:
    fresh = {table: [row for row in mine if not before.stays(row)] for table, mine in rows.items()}
    return beside.telling(fresh, printer.rules)
