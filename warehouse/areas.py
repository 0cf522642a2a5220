"""Which shares must be printed more coarsely because gemeenten and the lines that add them up stand side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import duckdb

from domain.release import AnswerLine
from storage.duck import query
from warehouse.cells import line_of, narrow_lines, standing
from warehouse.results import Printer, Row, one_each

Members = Mapping[str, tuple[str, frozenset[str]]]


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


def _lines(areas: Mapping[tuple[Any, ...], Sequence[Row]], members: Members, printer: Printer) -> Iterator[AnswerLine]:
    taking_part = {line[4] for line, answers in areas.items() if not answers[0]["pooled"]}
    for line, answers in areas.items():
        area, cell, own = line[4], answers[0], standing(answers[0], printer.minimum)
        kind, every = members[area]
        leaves = every & taking_part
        unseen = {f"{area}?"} if len(leaves) < cell["leaves"] else set()
        yield AnswerLine(
            area,
            kind,
            leaves | unseen,
            own.n if own.shown else None,
            tuple(answer["chosen"] for answer in answers),
            one_each(answers, own.n),
            tuple(bool(answer["positive"]) for answer in answers),
            bool(cell["sensitive"]),
        )
