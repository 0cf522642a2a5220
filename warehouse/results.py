"""Shares, means and majorities: from protected cells to what is printed. All rounding is done by the answer rules."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from typing import Any, cast

from domain.protocols import AnswerRules, Design, MeanLike, ShareLike
from domain.release import Status
from domain.vocabulary import TOTAAL
from warehouse.cells import KEYS, Cell, Standing, cell_of, line_of, narrow_lines, only_unknown, standing
from warehouse.weighted import weighted_figures

BOUNDS = {
    ">90": "meer dan 90 %",
    "<10": "minder dan 10 %",
    "near_max": "bijna iedereen gaf de hoogste score",
    "near_min": "bijna iedereen gaf de laagste score",
}
CLOSED = Standing(Status.SUPPRESSED, None)
Row = dict[str, Any]
NOTHING: Row = {"value": None, "label": None, "step": None, "status": Status.SUPPRESSED.value}
UNSEEN: Row = {**NOTHING, **dict.fromkeys(("base", "base_band", "n_gemeenten", "ci_low", "ci_high"))}
"""What a closed row has beside its key."""
WEIGHTED = "_weighted"
"""Ends the statistic of a weighted figure."""
_STATISTIC = {"share": "share_positive", "mean": "mean", "majority": "majority"}
"""What is printed of a cell, by its statistic."""


@dataclass(frozen=True)
class Printer:
    """The answer rules with the thresholds of one release.

    finest, finest_means: per cell (`cell_of`) the finest step for shares (and for means, in tenths), because of what
        stands beside it.
    groups: per breakdown and value the breakdown, the coarser values and the value itself.
    said: lines (and statistic) of which an earlier release said the weighted figures, or that there are none.
    """

    rules: AnswerRules
    release: str
    minimum: int
    rule_version: str
    finest: Mapping[Cell, int] = field(default_factory=dict)
    finest_means: Mapping[Cell, int] = field(default_factory=dict)
    groups: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    said: Collection[Cell] = frozenset()

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
        return self.rules.publish_share(count, n, cell["sensitive"], **self.coarse(cell))

    def mean(self, total: Decimal, n: int, cell: Row) -> MeanLike:
        """A mean as it may be printed."""
        return self.rules.publish_mean(total, n, *scale_of(cell), sensitive=cell["sensitive"], **self.coarse(cell))

    def coarse(self, cell: Row) -> Any:
        """The thresholds for what a cell prints, as arguments."""
        finest = self.finest_means if cell["statistic"] == "mean" else self.finest
        return {"minimum": self.minimum, "finest": finest.get(cell_of(cell), 1)}

    def group(self, cell: Row) -> tuple[str, ...]:
        """The group of a cell as of an `AreaLine`."""
        own = (cell["breakdown"], cell["breakdown_value"])
        return () if own[0] == TOTAAL else self.groups.get(own, own)

    def weighs(self, cell: Row) -> bool:
        """Whether a cell may get a weighted figure of its own: no pooled line, and no line of which one was said."""
        said = (*line_of(cell), _STATISTIC[cell["statistic"]]) in self.said
        return bool(cell["weighted"]) and not cell["pooled"] and not said

    def printed_n(self, row: Row) -> int | None:
        """The n a reader knows: intervals may not tell more."""
        if row["base"] is not None:
            return int(row["base"])
        band = row["base_band"]
        return self.rules.band_floor(band) if band in ("10-29", "30-99", "100+") else None


def scale_of(cell: Row) -> tuple[int, int]:
    """The ends of the scale of a question with a mean."""
    return cell["low"] or 0, cell["high"] or 10


def fact_results(cells: Sequence[Row], printer: Printer) -> Iterator[Row]:
    """Rows of fact_result for the cells of results.sql."""
    narrow, unknown = narrow_lines(cells), only_unknown(cells)
    for line, group in groupby(cells, key=line_of):
        mine = [cell for cell in group if line not in narrow and (*line, cell["breakdown"]) not in unknown]
        plain = [_figure(cell, printer) for cell in mine]
        for cell, found, heavy in zip(mine, plain, weighted_figures(mine, plain, printer), strict=True):
            own = standing(cell, printer.minimum)
            for statistic, outcome in _statistics(cell, own, found, heavy, printer):
                seen = CLOSED if outcome["status"] == Status.SUPPRESSED.value else own
                row = {**printer.key(cell), "statistic": statistic, **printer.base(cell, seen)}
                yield {**row, **outcome, **_interval(cell, row, outcome, printer)}


def _figure(cell: Row, printer: Printer) -> ShareLike | MeanLike | None:
    """The share or mean of a cell that is shown."""
    own = standing(cell, printer.minimum)
    if not own.shown or own.n is None or cell["statistic"] == "majority":
        return None
    if cell["statistic"] == "mean":
        return printer.mean(cell["total"], own.n, cell)
    return printer.share(cell["positive"], own.n, cell)


def _statistics(
    cell: Row, own: Standing, plain: ShareLike | MeanLike | None, heavy: ShareLike | MeanLike | None, printer: Printer
) -> Iterator[tuple[str, Row]]:
    name = _STATISTIC[cell["statistic"]]
    if name == "majority" and own.shown:
        yield name, _majority(cell, own, printer)
    else:
        yield name, printed(plain)
    if cell["weighted"] and name != "majority":
        yield f"{name}{WEIGHTED}", printed(heavy)


def _majority(cell: Row, own: Standing, printer: Printer) -> Row:
    label = printer.rules.panel_label(cell["positive"] or 0, cell["negative"] or 0)
    return {"value": None, "label": label, "step": None, "status": own.status.value}


def printed(answer: ShareLike | MeanLike | None) -> Row:
    """value, label, step, status of one answer; of None that nothing is printed."""
    if answer is None:
        return NOTHING
    return {
        "value": None if answer.value is None else float(answer.value),
        "label": BOUNDS[answer.bound] if answer.bound else None,
        "step": None if answer.step is None or answer.value is None else float(answer.step),
        "status": answer.status.value,
    }


def _interval(cell: Row, row: Row, outcome: Row, printer: Printer) -> Row:
    n = printer.printed_n(row)
    bare = outcome["value"] is None or n is None or not cell["random"] or cell["interviews"]
    if bare or n is None or row["statistic"].endswith(WEIGHTED):
        return {"ci_low": None, "ci_high": None}
    design: Design = "aselect" if cell["steekproef"] == "gemengd" else cast(Design, cell["steekproef"])
    scale = scale_of(cell) if row["statistic"] == "mean" else None
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
