"""Weighted figures of the lines of an area: rounded once, from the weights, beside the plain ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from domain.printed import PrintedFigure, WeightedLine
from domain.protocols import MeanLike, ShareLike
from domain.release import Status

if TYPE_CHECKING:
    from warehouse.results import Printer, Row

Figure = ShareLike | MeanLike | None


def weighted_figures(cells: Sequence[Row], plain: Sequence[Figure], printer: Printer) -> list[Figure]:
    """Per cell of one area and question the weighted figure that may stand beside the plain one.

    Finer groups come first, because of what they print, and everybody last. Of a pooled line there is none: beside
    those of its areas it would tell. What an earlier release said is not reckoned again (`weighted_again.py`).
    """
    lines = [
        WeightedLine(printer.group(cell), cell["people"], _weights(cell), _printed(cell["people"], found))
        for cell, found in zip(cells, plain, strict=True)
    ]
    figures: list[Figure] = [None] * len(cells)
    for at in sorted(range(len(cells)), key=lambda at: -len(lines[at].group)):
        if printer.weighs(cells[at]) and lines[at].plain is not None:
            figures[at] = _weighted(cells[at], lines[at], [line for line in lines if line.group], printer)
            lines[at] = replace(lines[at], weighted=_printed(lines[at].n, figures[at]))
    return figures


def _weighted(cell: Row, line: WeightedLine, parts: Sequence[WeightedLine], printer: Printer) -> Figure:
    rules, thresholds = printer.rules, {"sensitive": cell["sensitive"], **printer.coarse(cell), "parts": parts}
    if cell["statistic"] == "mean":
        total = Fraction(cell["mean_total_w"]) / Fraction(cell["mean_w"]) * line.n
        return rules.publish_weighted_mean(total, line, cell["low"] or 0, cell["high"] or 10, **thresholds)
    positive = Fraction(cell["positive_w"]) / Fraction(cell["share_w"]) * line.n
    return rules.publish_weighted_share(positive, line, **thresholds)


def _weights(cell: Row) -> tuple[tuple[Decimal, int], ...]:
    """Weights with a mean of 1 per delivery, and how many people have them; the rest weigh 1."""
    return tuple((pair["weight"], pair["n"]) for pair in cell["weights"] or ())


def _printed(n: int, found: Figure) -> PrintedFigure | None:
    if found is None or found.status is Status.SUPPRESSED:
        return None
    value, step = (None if one is None else float(one) for one in (found.value, found.step))
    return PrintedFigure(n, value, step, found.bound)
