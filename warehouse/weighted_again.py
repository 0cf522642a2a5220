"""Weighted figures of a meting published again: said once, beside the groups that they were judged with (T10)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from domain.vocabulary import TOTAAL
from warehouse import schema
from warehouse.before import Before, as_printed_then
from warehouse.between import Beside
from warehouse.cells import Cell, cell_of, line_of
from warehouse.results import UNSEEN, WEIGHTED, Printer, Row

Prints = Sequence[Mapping[schema.Table, Sequence[Row]]]
"""What every earlier release printed about one question, by table."""


def said_in(prints: Prints) -> frozenset[Cell]:
    """Lines with a row for everybody there, each with its statistic: their weighted figures are those of then."""
    return frozenset(
        (*line_of(row), row["statistic"])
        for tables in prints
        for row in tables[schema.FACT_RESULT]
        if row["breakdown"] == TOTAAL
    )


def weighted_once(rows: Sequence[Row], said: Collection[Cell], beside: Beside, before: Before) -> list[Row]:
    """Weighted figures of a line that was printed before: as they were, of as many people; none where others came.

    said: as of `said_in`. Two weighted sums and two counts of nearly the same people would tell what those between them
    answered.
    """
    shown = {cell_of(row) for row in rows if _is_shown(row)}

    def once(row: Row) -> Row:
        mine = _is_said(row, said) and not before.stays(row)
        return _as_then(row, shown, beside, before) if mine else row

    return [once(row) for row in rows]


def _is_said(row: Row, said: Collection[Cell]) -> bool:
    plain = row["statistic"].removesuffix(WEIGHTED)
    return plain != row["statistic"] and (*line_of(row), plain) in said


def _as_then(row: Row, shown: Collection[Cell], beside: Beside, before: Before) -> Row:
    cell, was = cell_of(row), before.row(schema.FACT_RESULT, row)
    if was and cell in shown and beside.then.get(was["release"], {}).get(cell) == beside.people.get(cell):
        return as_printed_then(schema.FACT_RESULT, row, was)
    return {**row, **UNSEEN}


def groups_of_then(rows: Sequence[Row], prints: Prints, printer: Printer) -> list[Row]:
    """The rows of a question without groups that an earlier release did not reckon with where it printed weighted
    figures.

    Who knows the weights lays a weighted figure of then beside a group of now.
    """
    weighted_then = [_shown_beside_weighted(tables[schema.FACT_RESULT], printer) for tables in prints]

    def stands(row: Row) -> bool:
        group, then = printer.group(row), (release.get(row["area"]) for release in weighted_then)
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
