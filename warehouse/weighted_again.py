"""Weighted figures of a meting published again: said once, beside the groups that they were judged with (T10)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cache

from domain.vocabulary import TOTAAL
from warehouse import schema
from warehouse.before import Before, as_printed_then
from warehouse.between import Beside
from warehouse.cells import Cell, cell_of, line_of
from warehouse.results import UNSEEN, WEIGHTED, Printer, Row


def weighted_once(rows: Sequence[Row], beside: Beside, before: Before) -> list[Row]:
    """Weighted figures of a line that was printed before: as they were, of as many people; none where others came.

    Two weighted sums and two counts of nearly the same people would tell what those between them answered.
    """
    shown = {cell_of(row) for row in rows if _is_shown(row)}
    once = {row["statistic"] for row in rows if row["statistic"].endswith(WEIGHTED)}
    return [_as_then(row, shown, beside, before) if row["statistic"] in once else row for row in rows]


def _as_then(row: Row, shown: Collection[Cell], beside: Beside, before: Before) -> Row:
    cell = cell_of(row)
    everybody = {"statistic": row["statistic"].removesuffix(WEIGHTED), "breakdown": TOTAAL, "breakdown_value": TOTAAL}
    if before.stays(row) or before.row(schema.FACT_RESULT, {**row, **everybody}) is None:
        return row
    was = before.row(schema.FACT_RESULT, row)
    if was and cell in shown and beside.then.get(was["release"], {}).get(cell) == beside.people.get(cell):
        return as_printed_then(schema.FACT_RESULT, row, was)
    return {**row, **UNSEEN}


def groups_of_then(rows: Sequence[Row], printer: Printer, before: Before) -> list[Row]:
    """The rows without groups that an earlier release did not reckon with where it printed weighted figures.

    Who knows the weights lays a weighted figure of then beside a group of now.
    """

    @cache
    def weighted_then(question: Cell) -> list[dict[str, set[tuple[str, ...]]]]:
        return [_shown_beside_weighted(pages[schema.FACT_RESULT], printer) for pages in before.about(question)]

    def stands(row: Row) -> bool:
        then = (release.get(row["area"]) for release in weighted_then(line_of(row)[:4]))
        group = printer.group(row)
        return not group or all(groups is None or printer.rules.judged_with(group, groups) for groups in then)

    return [row if stands(row) else {**row, **UNSEEN} for row in rows]


def _shown_beside_weighted(rows: Iterable[Row], printer: Printer) -> dict[str, set[tuple[str, ...]]]:
    """Per gemeente of which weighted figures were looked at, printed or withheld, its groups with a plain figure."""
    found: dict[str, set[tuple[str, ...]]] = {}
    plain: dict[str, set[tuple[str, ...]]] = {}
    for row in rows:
        if row["statistic"].endswith(WEIGHTED):
            found.setdefault(row["area"], set())
        elif _is_shown(row) and row["n_gemeenten"] == 1:
            plain.setdefault(row["area"], set()).add(printer.group(row))
    return {area: plain[area] - {()} for area in found if area in plain}


def _is_shown(row: Row) -> bool:
    return row["value"] is not None or row["label"] is not None
