"""Totals that somebody else counted, each on its own: large enough, in our steps, never added up.

What was printed of one stays: a later figure stands beside it only where at least the minimum came or left.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import duckdb
import pyarrow as pa

from domain.release import Status
from domain.vocabulary import TOTAAL, Kind
from storage.duck import query
from warehouse import schema
from warehouse.before import Before, as_printed_then
from warehouse.definitions import shipped_items
from warehouse.leaves import BY
from warehouse.lines import figure_of
from warehouse.results import Printer, Row, printed

_SHARES, _TENTHS = (1, 5, 10, 20), (1, 5, 10)
"""Steps from fine to coarse."""
Scale = tuple[int, int] | None


def counted_elsewhere(connection: duckdb.DuckDBPyConnection, printer: Printer, before: Before) -> list[Row]:
    """Rows of fact_result, one per indicator, meting and area, from marts.known."""
    rows = query(
        connection,
        "select d.instrument, k.period, d.doelgroep, k.indicator, d.area, max(k.value), max(k.n) from marts.known k "
        "join marts.deliveries d using (release, delivery_no) where release = $release group by all order by all",
        release=printer.release,
    )
    return [_row(row, printer, before) for row in rows]


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


def _row(row: tuple[Any, ...], printer: Printer, before: Before) -> Row:
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
    item = shipped_items().get(indicator)
    scale: Scale = (item.low or 0, item.high or 10) if item is not None and item.statistic == "mean" else None
    head = {**printer.key(cell), "statistic": "mean" if scale else "known"}
    if value is None or n is None or n < printer.minimum:
        return {**head, "status": Status.SUPPRESSED.value}

    def in_steps(finest: int) -> Row:
        return {**head, **_figure(Fraction(value), n, scale, finest, printer), "base": n, "n_gemeenten": 1}

    return _beside_earlier(in_steps, _earlier(head, before), scale, printer)


def _figure(value: Fraction, n: int, scale: Scale, finest: int, printer: Printer) -> Row:
    if scale:
        return printed(printer.rules.publish_mean(value * n, n, *scale, minimum=printer.minimum, finest=finest))
    return printed(printer.rules.publish_share(value * n / 100, n, False, minimum=printer.minimum, finest=finest))


def _earlier(head: Row, before: Before) -> list[Row]:
    """What earlier releases printed of a figure, the last one last."""
    every = (row for rows in before.about(tuple(head[name] for name in BY)) for row in rows[schema.FACT_RESULT])
    same = [row for row in every if all(row[name] == head[name] for name in ("area", "statistic"))]
    return [row for row in same if row["base"] is not None]


def _beside_earlier(in_steps: Callable[[int], Row], earlier: Sequence[Row], scale: Scale, printer: Printer) -> Row:
    """The figure in the finest step that tells nothing beside what was printed; what was printed where none does.

    As many people may be others: one came and one went. A few more or less are a group that is too small.
    """
    finest = in_steps(1)
    if any(abs(finest["base"] - was["base"]) < printer.minimum for was in earlier):
        return as_printed_then(schema.FACT_RESULT, finest, earlier[-1])
    for step in _TENTHS if scale else _SHARES:
        row = in_steps(step)
        if not any(_told(was, row, scale, printer) for was in earlier):
            return row
    return as_printed_then(schema.FACT_RESULT, finest, earlier[-1])


def _told(was: Row, row: Row, scale: Scale, printer: Printer) -> bool:
    then, now = figure_of(was), figure_of(row)
    return bool(then and now and printer.rules.tells_apart(then, now, scale))
