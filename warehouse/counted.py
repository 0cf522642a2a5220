"""Totals that somebody else counted, each on its own: large enough, in our steps, never added up."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import duckdb

from domain.release import Status
from domain.vocabulary import TOTAAL
from storage.duck import query
from warehouse.definitions import shipped_items
from warehouse.results import Printer, Row, printed


def counted_elsewhere(connection: duckdb.DuckDBPyConnection, printer: Printer) -> list[Row]:
    """Rows of fact_result, one per indicator, meting and area, from marts.known."""
    rows = query(
        connection,
        "select d.instrument, k.period, d.doelgroep, k.indicator, d.area, max(k.value), max(k.n) from marts.known k "
        "join marts.deliveries d using (release, delivery_no) where release = $release group by all order by all",
        release=printer.release,
    )
    return [_row(row, printer) for row in rows]


def _row(row: tuple[Any, ...], printer: Printer) -> Row:
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
    mean = item is not None and item.statistic == "mean"
    head = {**printer.key(cell), "statistic": "mean" if mean else "known"}
    if value is None or n is None or n < printer.minimum:
        return {**head, "status": Status.SUPPRESSED.value}
    total = Fraction(value) * n
    if mean and item is not None:
        found = printed(printer.rules.publish_mean(total, n, item.low or 0, item.high or 10, minimum=printer.minimum))
    else:
        found = printed(printer.rules.publish_share(total / 100, n, False, minimum=printer.minimum))
    return {**head, **found, "base": n, "n_gemeenten": 1}
