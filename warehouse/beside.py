"""Figures that must be printed more coarsely because an earlier release printed the same line (T10)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from domain.printed import PrintedFigure
from domain.vocabulary import TOTAAL
from warehouse import schema
from warehouse.before import Before
from warehouse.cells import Cell, cell_of
from warehouse.results import BOUNDS, Printer, Row

Rows = Mapping[schema.Table, Sequence[Row]]
_BOUND = {label: bound for bound, label in BOUNDS.items()}
_SHARES, _TENTHS = (1, 5, 10, 20, 21), (1, 5, 10, 11)
"""Steps from fine to coarse; in the last one nothing is printed."""


def settled_beside(
    printer: Printer, rows_of: Callable[[Printer], Rows], measured: Sequence[Row], before: Before
) -> tuple[Printer, Rows]:
    """The rows, with lines in coarser steps that would tell too much beside what was printed before.

    measured: the cells of results.sql, for the ends of their scales.
    """
    scales = {cell_of(cell): (cell["low"] or 0, cell["high"] or 10) for cell in measured if cell["statistic"] == "mean"}
    rows = rows_of(printer)
    while before.tables and (told := _telling(rows, scales, before, printer)):
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
                was, now = _figure(before.row(table, row)), _figure(row)
                if was and now and printer.rules.tells_apart(was, now, scales.get(cell_of(row))):
                    found.add(cell_of(row))
    return found


def _figure(row: Row | None) -> PrintedFigure | None:
    """What is printed, None where nothing is."""
    if row is None or row["base"] is None or (row["value"] is None and row["label"] not in _BOUND):
        return None
    return PrintedFigure(row["base"], row["value"], row["step"], _BOUND.get(row["label"]))
