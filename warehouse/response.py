"""How many people took part, beside how many answered each question: of both the same areas are added up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from domain.release import Status
from domain.vocabulary import TOTAAL
from warehouse import schema
from warehouse.areas import Above
from warehouse.cells import standing
from warehouse.results import Printer, Row

_STUDY = itemgetter("instrument", "meting", "doelgroep")
_ASKED = itemgetter("instrument", "meting", "doelgroep", "question")
Place = tuple[str, tuple[str, ...]]
_CLOSED = {**dict.fromkeys(("invited", "responded", "responded_band", "rate", "n_gemeenten")),
           "status": Status.SUPPRESSED.value}  # fmt: skip


def beside_questions(
    responses: Sequence[Row],
    rows: Mapping[schema.Table, Sequence[Row]],
    measured: Sequence[Row],
    above: Above,
    printer: Printer,
) -> list[Row]:
    """The lines of the response, without those from which a closed gemeente or group would follow as too small.

    rows: what is printed of the questions; of everybody, for their numbers of people. measured: cells of results.sql.
    """
    groups: dict[tuple[Any, ...], list[dict[Place, int | None]]] = {}
    for line, cells in groupby(measured, key=_ASKED):
        groups.setdefault(line[:3], []).append(_groups(cells, printer))
    asked: dict[tuple[Any, ...], list[dict[str, int | None]]] = {}
    for line, bases in _bases(rows):
        asked.setdefault(line[:3], []).append(bases)
    found: list[Row] = []
    for study, group in groupby(responses, key=_STUDY):
        lines = list(group)
        holds = {row["area"]: above.areas[row["area"]][1] - {row["area"]} for row in lines}
        sums = {area: leaves for area, leaves in holds.items() if leaves}
        took_part = {row["area"]: row["responded"] for row in lines}
        gone = printer.rules.told_by_questions(took_part, asked.get(study, ()), sums, minimum=printer.minimum)
        took_part |= dict.fromkeys(gone, None)
        gone += printer.rules.told_of_groups(took_part, groups.get(study, ()), sums, minimum=printer.minimum)
        found += [{**row, **_CLOSED} if row["area"] in gone else row for row in lines]
    return found


def _groups(cells: Iterable[Row], printer: Printer) -> dict[Place, int | None]:
    """How many people are shown in every area and group of a question."""
    found: dict[Place, int | None] = {}
    for cell in cells:
        own = standing(cell, printer.minimum)
        found[cell["area"], printer.group(cell)] = own.n if own.shown else None
    return found


def _bases(rows: Mapping[schema.Table, Sequence[Row]]) -> Iterator[tuple[tuple[Any, ...], dict[str, int | None]]]:
    """Per question and per area how many people are printed."""
    every = [row for row in rows[schema.FACT_RESULT] if row["breakdown"] == TOTAAL]
    every += [*rows[schema.FACT_DISTRIBUTION]]
    for line, group in groupby(sorted(every, key=_ASKED), key=_ASKED):
        bases: dict[str, int | None] = {}
        for row in group:
            bases[row["area"]] = bases.get(row["area"]) or row["base"]
        yield line, bases
