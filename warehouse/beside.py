"""Figures that must be printed more coarsely because an earlier release printed the same line (T10)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from domain.vocabulary import TOTAAL
from warehouse import schema
from warehouse.before import Before
from warehouse.between import Beside
from warehouse.cells import Cell, cell_of, line_of
from warehouse.lines import figure_of
from warehouse.results import WEIGHTED, Printer, Row
from warehouse.weighted_again import groups_of_then, said_in, weighted_once

Rows = Mapping[schema.Table, Sequence[Row]]
Line = tuple[Any, ...]
Figures = Callable[[Sequence[Row], Sequence[Row], Printer], Rows]
"""What is printed of cells of results.sql and of distribution.sql."""
_SHARES, _TENTHS = (1, 5, 10, 20, 21), (1, 5, 10, 11)
"""Steps from fine to coarse; in the last one nothing is printed."""


def settled_beside(
    printer: Printer,
    figures: Figures,
    measured: Sequence[Row],
    answered: Sequence[Row],
    beside: Beside,
    before: Before,
) -> tuple[Printer, Rows]:
    """The rows, with lines in coarser steps that would tell too much beside what was printed before.

    Question by question: first line by line, then all areas in both releases. Only lines that become coarser are
    printed again.
    """
    if not before.tables:
        return printer, figures(measured, answered, printer)
    found = [figures((), (), printer)]
    for question, lines in _questions(measured, answered).items():
        printer, rows = _settled(question, lines, printer, figures, beside, before)
        found.append(rows)
    return printer, _joined(found)


Cells = tuple[list[Row], list[Row]]


def _questions(measured: Iterable[Row], answered: Iterable[Row]) -> dict[Line, dict[Line, Cells]]:
    """Per question its lines, with the cells of each; all wishes of a doelgroep are one question."""
    found: dict[Line, dict[Line, Cells]] = {}
    for at, cells in enumerate((measured, answered)):
        for cell in cells:
            line = line_of(cell)
            wish = at == 1 and cell["statistic"] == "improvement"
            question = (*line[:3], schema.FACT_IMPROVEMENT.name) if wish else line[:4]
            found.setdefault(question, {}).setdefault(line, ([], []))[at].append(cell)
    return found


def _settled(
    question: Line, lines: Mapping[Line, Cells], printer: Printer, figures: Figures, beside: Beside, before: Before
) -> tuple[Printer, Rows]:
    prints = list(before.about(question))
    printer = replace(printer, said=said_in(prints))
    printed = {line: figures(*cells, printer) for line, cells in lines.items()}
    earlier = [beside.earlier(rows) for rows in prints]
    fresh: Collection[Line] = lines
    while told := (
        _telling([printed[line] for line in fresh], beside, before, printer)
        or beside.telling(earlier, _open(_joined(printed.values()), before), printer.rules)
    ):
        shares = {cell: _next(printer.finest, cell, _SHARES) for cell in told - beside.scales.keys()}
        means = {cell: _next(printer.finest_means, cell, _TENTHS) for cell in told & beside.scales.keys()}
        printer = replace(printer, finest={**printer.finest, **shares}, finest_means={**printer.finest_means, **means})
        fresh = {cell[:5] for cell in told}
        printed |= {line: figures(*lines[line], printer) for line in fresh}
    rows = _joined(printed.values())
    results = weighted_once(rows[schema.FACT_RESULT], printer.said, beside, before)
    return printer, {**rows, schema.FACT_RESULT: groups_of_then(results, prints, printer)}


def _joined(parts: Iterable[Rows]) -> dict[schema.Table, list[Row]]:
    rows: dict[schema.Table, list[Row]] = {}
    for part in parts:
        for table, mine in part.items():
            rows.setdefault(table, []).extend(mine)
    return rows


def _open(rows: Rows, before: Before) -> Rows:
    """Without those that stay as they were printed."""
    return {table: [row for row in mine if not before.stays(row)] for table, mine in rows.items()}


def _next(finest: Mapping[Cell, int], cell: Cell, steps: Sequence[int]) -> int:
    return next(step for step in steps if step > finest.get(cell, steps[0]))


def _telling(parts: Iterable[Rows], beside: Beside, before: Before, printer: Printer) -> set[Cell]:
    found = set()
    for rows in parts:
        for table, mine in _open(rows, before).items():
            for row in mine:
                if row.get("breakdown", TOTAAL) == TOTAAL and not row.get("statistic", "").endswith(WEIGHTED):
                    was, now = figure_of(before.row(table, row)), figure_of(row)
                    if was and now and printer.rules.tells_apart(was, now, beside.scales.get(cell_of(row))):
                        found.add(cell_of(row))
    return found
