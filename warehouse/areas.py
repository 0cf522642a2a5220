"""Which shares and means are printed more coarsely because lines that add up stand side by side.

Lines add up over areas (gemeenten, and the lines that hold them) and over the groups of a breakdown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any, TypeVar

import duckdb

from domain.printed import AnswerLine, AreaLine, MeanLine
from domain.vocabulary import TOTAAL
from storage.duck import query
from warehouse.cells import Cell, cell_of, line_of, narrow_lines, only_unknown, standing
from warehouse.results import Printer, Row, one_each
from warehouse.trees import Tree

Line = TypeVar("Line", bound=AreaLine)


@dataclass(frozen=True)
class Above:
    """What adds up to what in a release.

    areas: per area its kind and the delivering areas in it; benchmarks may overlap, so each is a kind of its own.
    groups: per breakdown and value the breakdown, the coarser values and the value itself.
    """

    areas: Mapping[str, tuple[str, frozenset[str]]]
    groups: Mapping[tuple[str, str], tuple[str, ...]]

    def head(self, cell: Row, taking_part: frozenset[str], minimum: int) -> tuple[Any, ...]:
        """The first fields of an `AreaLine`. taking_part: the delivering areas with a line of this group."""
        own = standing(cell, minimum)
        kind, every = self.areas[cell["area"]]
        leaves = every & taking_part
        unseen = {f"{cell['area']}?"} if len(leaves) < cell["leaves"] else set()
        group = self.groups.get((cell["breakdown"], cell["breakdown_value"]))
        if group is None:
            group = () if cell["breakdown"] == TOTAAL else (cell["breakdown"], cell["breakdown_value"])
        n = own.n if own.shown else None
        return cell["area"], kind, leaves | unseen, n, cell["people"], bool(cell["sensitive"]), group


def what_adds_up(connection: duckdb.DuckDBPyConnection, release: str, tree: Tree) -> Above:
    """As the marts of a release have it; tree: the areas, also those that only earlier releases have."""
    areas: dict[str, tuple[str, set[str]]] = {}
    for kind, leaf, area in tree:
        areas.setdefault(area, (area if kind == "benchmark" else kind, set()))[1].add(leaf)
    groups = query(
        connection,
        "select breakdown, code, parent from marts.breakdown_values where release = $release order by all",
        release=release,
    )
    up = {(breakdown, code): parent for breakdown, code, parent in groups if parent != TOTAAL}
    every = {*up, *((breakdown, parent) for breakdown, _, parent in groups if parent != TOTAAL)}
    return Above(
        {area: (kind, frozenset(leaves)) for area, (kind, leaves) in areas.items()},
        {own: (own[0], *_path(*own, up)) for own in every},
    )


def _path(breakdown: str, code: str, up: Mapping[tuple[str, str], str]) -> tuple[str, ...]:
    parent = up.get((breakdown, code))
    return (code,) if parent is None else (*_path(breakdown, parent, up), code)


def steps_together(answered: Sequence[Row], measured: Sequence[Row], above: Above, printer: Printer) -> dict[Cell, int]:
    """Per cell (`cell_of`) the finest step for its shares, only where it is not the usual one.

    answered: the rows of distribution.sql. measured: those of results.sql.
    """
    lines = [_answer_line(list(group)) for _, group in groupby(answered, key=line_of)]
    groups = [cell for cell in measured if cell["statistic"] == "share" and cell["breakdown"] != TOTAAL]
    lines += [_group_line(cell) for cell in groups]
    return _steps(lines, above, printer, _made(measured, answered), printer.rules.finest_steps, AnswerLine)


def mean_steps_together(measured: Sequence[Row], above: Above, printer: Printer) -> dict[Cell, int]:
    """Per cell the finest step, in tenths, for the means of results.sql; only where it is not the usual one."""
    means = [cell for cell in measured if cell["statistic"] == "mean"]
    lines = [(cell, (Decimal(cell["total"] or 0), cell["low"] or 0, cell["high"] or 10)) for cell in means]
    return _steps(lines, above, printer, _made(measured), printer.rules.finest_mean_steps, MeanLine)


def _made(*cells: Sequence[Row]) -> Callable[[Row], bool]:
    """Whether a cell gets a row at all."""
    narrow = set().union(*(narrow_lines(some) for some in cells))
    unknown = only_unknown(cells[0])
    return lambda cell: line_of(cell) not in narrow and (*line_of(cell), cell["breakdown"]) not in unknown


def _steps(
    lines: Iterable[tuple[Row, tuple[Any, ...]]],
    above: Above,
    printer: Printer,
    made: Callable[[Row], bool],
    rules: Callable[..., Sequence[int]],
    kind: Callable[..., Line],
) -> dict[Cell, int]:
    """lines: a cell, and the fields of its line after those of `AreaLine`."""
    questions: dict[Cell, list[tuple[Row, tuple[Any, ...]]]] = {}
    for line in lines:
        if made(line[0]):
            questions.setdefault(line_of(line[0])[:4], []).append(line)
    found: dict[Cell, int] = {}
    for mine in questions.values():
        cells = [cell for cell, _ in mine]
        if len(cells) > 1:
            of_group = _taking_part(cells)
            heads = (
                above.head(cell, of_group[cell["breakdown_value"], cell["breakdown"]], printer.minimum)
                for cell in cells
            )
            steps = rules(
                [kind(*head, *rest) for head, (_, rest) in zip(heads, mine, strict=True)], minimum=printer.minimum
            )
            found |= {cell_of(cell): step for cell, step in zip(cells, steps, strict=True) if step > 1}
    return found


def _taking_part(cells: Sequence[Row]) -> dict[tuple[str, str], frozenset[str]]:
    """Per group the delivering areas with a line of it."""
    found: dict[tuple[str, str], set[str]] = {}
    for cell in cells:
        found.setdefault((cell["breakdown_value"], cell["breakdown"]), set()).update(
            () if cell["pooled"] else [cell["area"]]
        )
    return {group: frozenset(areas) for group, areas in found.items()}


def _answer_line(answers: Sequence[Row]) -> tuple[Row, tuple[Any, ...]]:
    counts = tuple(answer["chosen"] for answer in answers)
    return answers[0], (
        counts,
        one_each(answers, answers[0]["people"]),
        tuple(bool(answer["positive"]) for answer in answers),
    )


def _group_line(cell: Row) -> tuple[Row, tuple[Any, ...]]:
    good = cell["positive"] or 0
    return cell, ((good, cell["people"] - good), True, (True, False))
