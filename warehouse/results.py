"""Shares, means and majorities: from protected cells to what is printed. All rounding is done by the answer rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Any, cast

from domain.protocols import AnswerRules, Design, MeanLike, ShareLike
from domain.release import Status
from domain.vocabulary import TOTAAL
from warehouse.cells import KEYS, Cell, Standing, cell_of, line_of, narrow_lines, only_unknown, standing

BOUNDS = {
    ">90": "meer dan 90 %",
    "<10": "minder dan 10 %",
    "near_max": "bijna iedereen gaf de hoogste score",
    "near_min": "bijna iedereen gaf de laagste score",
}
CLOSED = Standing(Status.SUPPRESSED, None)
Row = dict[str, Any]
NOTHING: Row = {"value": None, "label": None, "step": None, "status": Status.SUPPRESSED.value}


@dataclass(frozen=True)
class Printer:
    """The answer rules with the thresholds of one release.

    finest, finest_means: per cell (`cell_of`) the finest step for shares (and for means, in tenths), because of what
        stands beside it.
    """

    rules: AnswerRules
    release: str
    minimum: int
    rule_version: str
    finest: Mapping[Cell, int] = field(default_factory=dict)
    finest_means: Mapping[Cell, int] = field(default_factory=dict)

    def key(self, cell: Row) -> Row:
        """The key columns of a cell and what is the same everywhere."""
        return {"release": self.release, **{name: cell[name] for name in KEYS}, "rule_version": self.rule_version}

    def base(self, cell: Row, own: Standing) -> Row:
        """The number of people as it may be printed: exact for totals, a band for breakdowns and talks."""
        if not own.shown or own.n is None:
            return {"base": None, "base_band": None, "n_gemeenten": None}
        gemeenten = {"n_gemeenten": cell["leaves"] if cell["pooled"] else 1}
        if cell["interviews"]:
            return {"base": None, "base_band": self.rules.journeys_band(own.n, pooled=cell["pooled"]), **gemeenten}
        if cell["breakdown"] != TOTAAL:
            return {"base": None, "base_band": self.rules.base_band(own.n), **gemeenten}
        return {"base": own.n, "base_band": None, **gemeenten}

    def share(self, count: int, n: int, cell: Row) -> ShareLike:
        """A share as it may be printed."""
        finest = self.finest.get(cell_of(cell), 1)
        return self.rules.publish_share(count, n, cell["sensitive"], minimum=self.minimum, finest=finest)

    def weighted_share(self, positive: Fraction, plain: ShareLike, n: int, cell: Row) -> ShareLike:
        """A weighted share as it may stand beside the plain one. positive: their weights, of n in all."""
        finest = self.finest.get(cell_of(cell), 1)
        return self.rules.publish_weighted_share(
            positive,
            plain,
            n,
            _weights(cell),
            cell["sensitive"],
            minimum=self.minimum,
            finest=finest,
            among=_among(cell),
        )

    def mean(self, total: Decimal, n: int, cell: Row) -> MeanLike:
        """A mean as it may be printed."""
        return self.rules.publish_mean(total, n, *_scale(cell), **self._of_mean(cell))

    def weighted_mean(self, total: Fraction, plain: MeanLike, n: int, cell: Row) -> MeanLike:
        """A weighted mean as it may stand beside the plain one. total: of their answers, by weights of n in all."""
        ends, weights = _scale(cell), _weights(cell)
        return self.rules.publish_weighted_mean(
            total, plain, n, *ends, weights, **self._of_mean(cell), among=_among(cell)
        )

    def _of_mean(self, cell: Row) -> Any:
        finest = self.finest_means.get(cell_of(cell), 1)
        return {"sensitive": cell["sensitive"], "minimum": self.minimum, "finest": finest}

    def printed_n(self, row: Row) -> int | None:
        """The n a reader knows: intervals may not tell more."""
        if row["base"] is not None:
            return int(row["base"])
        band = row["base_band"]
        return self.rules.band_floor(band) if band in ("10-29", "30-99", "100+") else None


def _scale(cell: Row) -> tuple[int, int]:
    return cell["low"] or 0, cell["high"] or 10


def _weights(cell: Row) -> list[tuple[Decimal, int]]:
    """Weights with a mean of 1 per delivery, and how many people have them; the rest weigh 1."""
    return [(pair["weight"], pair["n"]) for pair in cell["weights"] or ()]


def _among(cell: Row) -> bool:
    """Whether a weighted figure is of everybody in an area: other areas add up with it."""
    return bool(cell["breakdown"] == TOTAAL)


def fact_results(cells: Sequence[Row], printer: Printer) -> Iterator[Row]:
    """Rows of fact_result for the cells of results.sql."""
    narrow, unknown = narrow_lines(cells), only_unknown(cells)
    for cell in cells:
        if line_of(cell) in narrow or (*line_of(cell), cell["breakdown"]) in unknown:
            continue
        own = standing(cell, printer.minimum)
        for statistic, outcome in _statistics(cell, own, printer):
            seen = CLOSED if outcome["status"] == Status.SUPPRESSED.value else own
            row = {**printer.key(cell), "statistic": statistic, **printer.base(cell, seen)}
            yield {**row, **outcome, **_interval(cell, row, outcome, printer)}


def _statistics(cell: Row, own: Standing, printer: Printer) -> Iterator[tuple[str, Row]]:
    name = {"share": "share_positive", "mean": "mean", "majority": "majority"}[cell["statistic"]]
    weighted = bool(cell["weighted"]) and name != "majority"
    if not own.shown or own.n is None:
        yield name, NOTHING
        if weighted:
            yield f"{name}_weighted", NOTHING
    elif name == "majority":
        yield name, _majority(cell, own, printer)
    else:
        yield from _figures(cell, own.n, printer, name, weighted=weighted)


def _figures(cell: Row, n: int, printer: Printer, name: str, *, weighted: bool) -> Iterator[tuple[str, Row]]:
    """A share or mean as it is printed, and the weighted one beside it; that is rounded once, from the weights.

    No weighted one of a pooled line: beside those of its areas it would tell.
    """
    pooled = weighted and cell["pooled"]
    weighted = weighted and not pooled
    if name == "mean":
        mean = printer.mean(cell["total"], n, cell)
        yield name, printed(mean)
        if weighted and cell["mean_w"]:
            total = Fraction(cell["mean_total_w"]) / Fraction(cell["mean_w"]) * n
            yield f"{name}_weighted", printed(printer.weighted_mean(total, mean, n, cell))
    else:
        share = printer.share(cell["positive"], n, cell)
        yield name, printed(share)
        if weighted and cell["share_w"]:
            positive = Fraction(cell["positive_w"]) / Fraction(cell["share_w"]) * n
            yield f"{name}_weighted", printed(printer.weighted_share(positive, share, n, cell))
    if pooled:
        yield f"{name}_weighted", NOTHING


def _majority(cell: Row, own: Standing, printer: Printer) -> Row:
    label = printer.rules.panel_label(cell["positive"] or 0, cell["negative"] or 0)
    return {"value": None, "label": label, "step": None, "status": own.status.value}


def printed(answer: ShareLike | MeanLike) -> Row:
    """value, label, step, status of one answer."""
    return {
        "value": None if answer.value is None else float(answer.value),
        "label": BOUNDS[answer.bound] if answer.bound else None,
        "step": None if answer.step is None or answer.value is None else float(answer.step),
        "status": answer.status.value,
    }


def _interval(cell: Row, row: Row, outcome: Row, printer: Printer) -> Row:
    n = printer.printed_n(row)
    bare = outcome["value"] is None or n is None or not cell["random"] or cell["interviews"]
    if bare or n is None or row["statistic"].endswith("_weighted"):
        return {"ci_low": None, "ci_high": None}
    design: Design = "aselect" if cell["steekproef"] == "gemengd" else cast(Design, cell["steekproef"])
    scale = _scale(cell) if row["statistic"] == "mean" else None
    found = printer.rules.interval(Decimal(str(outcome["value"])), n, design, scale=scale)
    low, high = found if found is not None else (None, None)
    return {"ci_low": None if low is None else float(low), "ci_high": None if high is None else float(high)}


def distributions(cells: Sequence[Row], printer: Printer) -> Iterator[tuple[str, Row]]:
    """(statistic, row) per answer of distribution.sql; shares of one question are printed together."""
    narrow = narrow_lines(cells)
    for line, group in groupby(cells, key=line_of):
        answers = list(group)
        if line in narrow:
            continue
        own = standing(answers[0], printer.minimum)
        for cell, outcome in zip(answers, _shares(answers, own, printer), strict=True):
            row = {**printer.key(cell), **printer.base(cell, own), **outcome}
            yield (
                cell["statistic"],
                {**row, "answer": cell["answer"], "place": cell["place"], "positive": cell["positive"]},
            )


def _shares(answers: Sequence[Row], own: Standing, printer: Printer) -> list[Row]:
    if not own.shown or own.n is None:
        return [NOTHING] * len(answers)
    counts, cell = [answer["chosen"] for answer in answers], answers[0]
    if not one_each(answers, own.n):
        return [printed(printer.share(count, own.n, cell)) for count in counts]
    shown = printer.rules.publish_distribution(
        counts,
        cell["sensitive"],
        minimum=printer.minimum,
        finest=printer.finest.get(cell_of(cell), 1),
        positive=[answer["positive"] for answer in answers],
    )
    return [printed(share) for share in shown]


def one_each(answers: Sequence[Row], n: int | None) -> bool:
    """Whether everybody gave one answer, also where more were allowed: readers may know or guess it."""
    return bool(sum(answer["chosen"] for answer in answers) == n)
