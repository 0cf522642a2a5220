"""Totals that somebody else counted: large enough, in our steps, never added up by us.

Readers may add them up: a verband beside its gemeenten, and each beside what earlier releases printed of it. What was
printed of one stays, until the prints themselves show that at least the minimum came, or left, or both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import Any

import duckdb
import pyarrow as pa

from domain.printed import PrintedFigure
from domain.release import Status
from domain.vocabulary import TOTAAL, Kind
from storage.duck import query
from warehouse import schema
from warehouse.before import Before, as_printed_then
from warehouse.definitions import shipped_items
from warehouse.lines import figure_of
from warehouse.results import Printer, Row, printed

_SHARES, _TENTHS = (1, 5, 10, 20), (1, 5, 10)
"""Steps from fine to coarse."""
Scale = tuple[int, int] | None
Releases = Sequence[Mapping[str, Row]]
"""Per earlier release, the last one last, what it printed of a question by area."""


@dataclass(frozen=True)
class Counted:
    """A figure of one area as delivered, and the rows that may be printed of it by itself: the first that may, wins.

    The last one tells nothing new: what was printed before, or that it is closed.
    """

    area: str
    n: int | None
    rows: Sequence[Row]


def counted_elsewhere(
    connection: duckdb.DuckDBPyConnection, printer: Printer, before: Before, verband_of: Mapping[str, str]
) -> list[Row]:
    """Rows of fact_result, one per indicator, meting and area, from marts.known.

    verband_of: per gemeente the verband that it is a member of.
    """
    rows: list[Row] = []
    for question, own in groupby(delivered(connection, printer.release), key=lambda row: row[:4]):
        scale = scale_of(question[3])
        earlier = _earlier(question, "mean" if scale else "known", before)
        lines = [_line(row, scale, earlier, printer) for row in own]
        rows += _beside_verbanden(lines, earlier, verband_of, scale, printer)
    return rows


def scale_of(indicator: str) -> Scale:
    """The ends of the scale of a figure that is a mean; None for a share."""
    item = shipped_items().get(indicator)
    return (item.low or 0, item.high or 10) if item is not None and item.statistic == "mean" else None


def delivered(connection: duckdb.DuckDBPyConnection, release: str) -> Sequence[tuple[Any, ...]]:
    """(instrument, meting, doelgroep, indicator, area, value, n) of every figure, in this order."""
    return query(
        connection,
        "select d.instrument, k.period, d.doelgroep, k.indicator, d.area, max(k.value), max(k.n) from marts.known k "
        "join marts.deliveries d using (release, delivery_no) where release = $release group by all order by all",
        release=release,
    )


def instruments_elsewhere(tables: Mapping[str, pa.Table]) -> frozenset[str]:
    """Instruments of which somebody else counted the figures: a row of these is a figure, not a person."""
    rows = tables["dim_instrument"].to_pylist()
    return frozenset(row["instrument"] for row in rows if row["kind"] == Kind.AGGREGATE)


def people_elsewhere(tables: Mapping[str, pa.Table]) -> int:
    """How many people are at least behind the counted figures of published tables: per area those of its largest.

    Two figures may be of the same people, so they are not added up. 0 when no such figure is shown.
    """
    counted = instruments_elsewhere(tables)
    largest: dict[str, int] = {}
    for row in tables["fact_result"].select(["instrument", "area", "base"]).to_pylist():
        if row["instrument"] in counted and row["base"] is not None:
            largest[row["area"]] = max(row["base"], largest.get(row["area"], 0))
    return sum(largest.values())


def _line(row: tuple[Any, ...], scale: Scale, earlier: Releases, printer: Printer) -> Counted:
    instrument, meting, doelgroep, indicator, area, value, n = row
    cell = {
        "instrument": instrument,
        "meting": meting,
        "doelgroep": doelgroep,
        "question": indicator,
        "area": area,
        "breakdown": TOTAAL,
        "breakdown_value": TOTAAL,
    }
    head = {**printer.key(cell), "statistic": "mean" if scale else "known"}
    closed = {**head, "status": Status.SUPPRESSED.value}
    if value is None or n is None or n < printer.minimum:
        return Counted(area, n, [closed])

    def in_steps(finest: int) -> Row:
        return {**head, **figure_in_steps(Fraction(value), n, scale, finest, printer), "base": n, "n_gemeenten": 1}

    was = [release[area] for release in earlier if area in release]
    rows = [in_steps(step) for step in (_TENTHS if scale else _SHARES)]
    fresh = [one for one in rows if one["status"] != closed["status"] and not _tells(was, one, scale, printer)]
    last = as_printed_then(schema.FACT_RESULT, closed, was[-1]) if was else closed
    return Counted(area, n, [*fresh, last])


def figure_in_steps(value: Fraction, n: int, scale: Scale, finest: int, printer: Printer) -> Row:
    """value, label, step and status of a share in per cent, or of a mean, of n people."""
    if scale:
        return printed(printer.rules.publish_mean(value * n, n, *scale, minimum=printer.minimum, finest=finest))
    return printed(printer.rules.publish_share(value * n / 100, n, False, minimum=printer.minimum, finest=finest))


def _earlier(question: tuple[Any, ...], statistic: str, before: Before) -> Releases:
    every = (rows[schema.FACT_RESULT] for rows in before.about(question))
    return [
        {row["area"]: row for row in rows if row["statistic"] == statistic and row["base"] is not None}
        for rows in every
    ]


def _tells(earlier: Sequence[Row], row: Row, scale: Scale, printer: Printer) -> bool:
    """Whether a figure beside its earlier prints tells of a small group, or of what those who came or left answered.

    As many people may be others: one came and one went. A few more or less are a group that is too small.
    """
    now, minimum = figure_of(row), printer.minimum
    return any(
        (abs(now.n - was.n) < minimum or printer.rules.tells_apart(was, now, scale))
        and not printer.rules.many_swapped(was, now, scale, minimum=minimum)
        for was in map(figure_of, earlier)
        if now and was
    )


def _beside_verbanden(
    lines: Sequence[Counted], earlier: Releases, verband_of: Mapping[str, str], scale: Scale, printer: Printer
) -> list[Row]:
    """What is printed of each line when every verband stands beside its gemeenten."""
    chosen = {line.area: 0 for line in lines}
    then = [_figures(release) for release in earlier]
    for verband in sorted({verband_of.get(area, area) for area in chosen} & {*verband_of.values()}):
        own = {verband, *(area for area, up in verband_of.items() if up == verband)}
        mine = [line for line in lines if line.area in own]
        before = [{area: one for area, one in release.items() if area in own} for release in then]
        if verband in chosen or any(verband in release for release in before):
            chosen |= _settled(verband, mine, before, scale, printer)
    return [line.rows[chosen[line.area]] for line in lines]


def _settled(
    verband: str,
    lines: Sequence[Counted],
    before: Sequence[Mapping[str, PrintedFigure]],
    scale: Scale,
    printer: Printer,
) -> dict[str, int]:
    """Per area which of its rows, so that together they tell no more than earlier releases did: the verband gives way
    first, then gemeenten, small ones first.
    """

    def told(chosen: Mapping[str, int]) -> set[tuple[Any, ...]]:
        now = _figures({line.area: line.rows[chosen[line.area]] for line in lines})
        closed = [line.n for line in lines if line.n and line.area != verband and line.area not in now]
        return printer.rules.told_by_parts(verband, [*before, now], closed, scale, minimum=printer.minimum)

    last = {line.area: len(line.rows) - 1 for line in lines}
    known = told(last)
    chosen = dict.fromkeys(last, 0)
    order = sorted(lines, key=lambda line: (line.area != verband, line.n or 0, line.area))
    for area in (line.area for line in order):
        while chosen[area] < last[area] and told(chosen) - known:
            chosen[area] += 1
    for area in (line.area for line in reversed(order)):
        tried = ({**chosen, area: finer} for finer in range(chosen[area]))
        chosen = next((one for one in tried if not told(one) - known), chosen)
    return chosen


def _figures(rows: Mapping[str, Row]) -> dict[str, PrintedFigure]:
    found = {area: figure_of(row) for area, row in rows.items() if row.get("base") is not None}
    return {area: figure for area, figure in found.items() if figure is not None}
