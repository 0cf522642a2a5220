"""Which shares and means are printed more coarsely because gemeenten and the lines that add them up stand together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

import duckdb

from domain.release import AnswerLine, MeanLine
from domain.vocabulary import TOTAAL
from storage.duck import query
from warehouse.cells import line_of, narrow_lines, standing
from warehouse.results import Printer, Row, one_each

Members = Mapping[str, tuple[str, frozenset[str]]]
_Head = tuple[str, str, frozenset[str], int | None, bool]


def members_of(connection: duckdb.DuckDBPyConnection, release: str) -> Members:
    """Per area its kind and the delivering areas it adds up; benchmarks may overlap, so each is a kind of its own."""
    rows = query(
        connection,
        "select area, if(kind = 'benchmark', area, kind) as kind, list(leaf order by leaf) from marts.area_tree "
        "where release = $release group by all order by all",
        release=release,
    )
    return {area: (kind, frozenset(leaves)) for area, kind, leaves in rows}


def steps_over_areas(cells: Sequence[Row], members: Members, printer: Printer) -> dict[tuple[Any, ...], int]:
    """Per line (`line_of`) the finest step for the answers of distribution.sql; only where it is not the usual one."""
    narrow = narrow_lines(cells)
    found: dict[tuple[Any, ...], int] = {}
    for _, group in groupby(cells, key=lambda cell: line_of(cell)[:4]):
        areas = {line: list(answers) for line, answers in groupby(group, key=line_of) if line not in narrow}
        if not any(answers[0]["pooled"] for answers in areas.values()):
            continue
        steps = printer.rules.finest_steps(list(_lines(areas, members, printer)), minimum=printer.minimum)
        found |= {line: step for line, step in zip(areas, steps, strict=True) if step > 1}
    return found


def mean_steps_over_areas(cells: Sequence[Row], members: Members, printer: Printer) -> dict[tuple[Any, ...], int]:
    """Per line the finest step, in tenths, for the means of everybody of results.sql; only where not the usual one."""
    narrow = narrow_lines(cells)
    means = [cell for cell in cells if cell["statistic"] == "mean" and cell["breakdown"] == TOTAAL]
    found: dict[tuple[Any, ...], int] = {}
    for _, group in groupby(means, key=lambda cell: line_of(cell)[:4]):
        areas = {line_of(cell): [cell] for cell in group if line_of(cell) not in narrow}
        if not any(cells[0]["pooled"] for cells in areas.values()):
            continue
        lines = [_mean_line(head, cells[0]) for head, cells in _heads(areas, members, printer)]
        steps = printer.rules.finest_mean_steps(lines, minimum=printer.minimum)
        found |= {line: step for line, step in zip(areas, steps, strict=True) if step > 1}
    return found


def _lines(areas: Mapping[tuple[Any, ...], Sequence[Row]], members: Members, printer: Printer) -> Iterator[AnswerLine]:
    for head, answers in _heads(areas, members, printer):
        own = standing(answers[0], printer.minimum)
        yield AnswerLine(
            *head,
            tuple(answer["chosen"] for answer in answers),
            one_each(answers, own.n),
            tuple(bool(answer["positive"]) for answer in answers),
        )


def _mean_line(head: _Head, cell: Row) -> MeanLine:
    return MeanLine(*head, Decimal(cell["total"] or 0), cell["low"] or 0, cell["high"] or 10)


def _heads(
    areas: Mapping[tuple[Any, ...], Sequence[Row]], members: Members, printer: Printer
) -> Iterator[tuple[_Head, Sequence[Row]]]:
    """area, kind, leaves, n and sensitive of every line, with its rows."""
    taking_part = {line[4] for line, rows in areas.items() if not rows[0]["pooled"]}
    for line, rows in areas.items():
        area, cell, own = line[4], rows[0], standing(rows[0], printer.minimum)
        kind, every = members[area]
        leaves = every & taking_part
        unseen = {f"{area}?"} if len(leaves) < cell["leaves"] else set()
        yield (area, kind, leaves | unseen, own.n if own.shown else None, bool(cell["sensitive"])), rows
