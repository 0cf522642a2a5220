"""What a release prints of a question, line by line: a line is an area, or a group of a breakdown there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from domain.printed import PrintedFigure, PrintedLine
from domain.vocabulary import TOTAAL
from warehouse import schema
from warehouse.areas import Above
from warehouse.cells import Cell, cell_of
from warehouse.results import BOUNDS, Row

COUNTED = (schema.FACT_DISTRIBUTION, schema.FACT_RESULT, schema.FACT_IMPROVEMENT)
"""The tables with counts of people, or sums of answers, that lines side by side may tell."""
MEAN = "mean"
TOGETHER = ""
"""Stands for all positive answers together, and for a mean."""
Question = tuple[Any, ...]
"""Instrument, meting, doelgroep, question (of all wishes the name of their table), and `MEAN` or nothing."""
Place = tuple[str, str, str]
"""Area, breakdown and group."""
_BOUND = {label: bound for bound, label in BOUNDS.items()}


@dataclass
class Lines:
    """What a release prints of one question: per area and group its rows, by answer."""

    rows: dict[Place, dict[str, Row]] = field(default_factory=dict)
    positive: set[str] = field(default_factory=set)

    def printed(
        self, answers: Sequence[str], above: Above, *, sensitive: bool, people: Mapping[Cell, int] | None = None
    ) -> list[PrintedLine]:
        """Its lines, of areas that are known, in the order of `known`; who takes part has a row of its own.

        people: how many there really are, also where it is closed; without it the printed number or nobody.
        """
        places = self.known(above)
        alone = {place for place in places if above.areas[place[0]][1] == {place[0]}}
        found = [self._line(place, answers, above, alone, sensitive=sensitive) for place in places]
        if people is None:
            return found
        cells = (cell_of(next(iter(self.rows[place].values()))) for place in places)
        return [replace(one, people=people.get(cell, one.people)) for one, cell in zip(found, cells, strict=True)]

    def known(self, above: Above) -> list[Place]:
        """Its lines of areas that are known."""
        return [place for place in self.rows if place[0] in above.areas]

    def _line(
        self, place: Place, answers: Sequence[str], above: Above, alone: set[Place], *, sensitive: bool
    ) -> PrintedLine:
        area, *group = place
        (kind, every), mine = above.areas[area], self.rows[place]
        figures = [figure_of(mine.get(answer)) for answer in answers]
        seen = {leaf for leaf in every if (leaf, *group) in alone}
        leaves = seen | ({f"{area}?"} if len(seen) < (next(iter(mine.values()))["n_gemeenten"] or 0) else set())
        n = next((row["base"] for row in mine.values() if row["base"] is not None), None)
        path = above.groups.get((group[0], group[1]), tuple(group)) if group[0] != TOTAAL else ()
        return PrintedLine(area, kind, frozenset(leaves), n, n or 0, sensitive, path, tuple(figures))


def figure_of(row: Row | None) -> PrintedFigure | None:
    """What is printed, None where nothing is."""
    if row is None or row["base"] is None or (row["value"] is None and row["label"] not in _BOUND):
        return None
    return PrintedFigure(row["base"], row["value"], row["step"], _BOUND.get(row["label"]))


def questions_of(rows: Mapping[schema.Table, Iterable[Row]], people: Mapping[Cell, int]) -> dict[Question, Lines]:
    """Per question, apart for shares and means, its lines. people: how many are in groups that are printed as a band.

    Readers may know these, so a group counts as if its number were printed.
    """
    found: dict[Question, Lines] = {}
    for table in COUNTED:
        for row in rows[table]:
            if (told := _answer_of(table, row)) is not None:
                question, answer = told
                lines = found.setdefault(question, Lines())
                group = (row.get("breakdown", TOTAAL), row.get("breakdown_value", TOTAAL))
                own = row if group[0] == TOTAAL else {**row, "base": people.get(cell_of(row))}
                lines.rows.setdefault((row["area"], *group), {})[answer] = own
                lines.positive |= {answer} if row.get("positive") else set()
    return found


def real_answers(answered: Iterable[Row], measured: Iterable[Row]) -> dict[Question, dict[Place, dict[str, float]]]:
    """Per question and line how many really gave each answer; of a mean the sum above the low end of its scale.

    answered: cells of distribution.sql. measured: those of results.sql.
    """
    found: dict[Question, dict[Place, dict[str, float]]] = {}

    def add(cell: Row, question: str, statistic: str, answer: str, total: float) -> None:
        place = (cell["area"], cell["breakdown"], cell["breakdown_value"])
        key = (cell["instrument"], cell["meting"], cell["doelgroep"], question, statistic)
        found.setdefault(key, {}).setdefault(place, {})[answer] = total

    for cell in answered:
        wish = cell["statistic"] == "improvement"
        add(cell, schema.FACT_IMPROVEMENT.name if wish else cell["question"], "", cell["answer"], float(cell["chosen"]))
    for cell in measured:
        if cell["statistic"] == "share":
            add(cell, cell["question"], "", TOGETHER, float(cell["positive"] or 0))
        elif cell["statistic"] == MEAN:
            add(
                cell,
                cell["question"],
                MEAN,
                TOGETHER,
                float((cell["total"] or 0) - (cell["low"] or 0) * cell["people"]),
            )
    return found


def _answer_of(table: schema.Table, row: Row) -> tuple[Question, str] | None:
    """The question and the answer of a row; None for rows that stand for no count of people or sum of answers."""
    who = (row["instrument"], row["meting"], row["doelgroep"])
    if table is schema.FACT_IMPROVEMENT:
        return (*who, table.name, ""), row["uitgangspunt"]
    if table is schema.FACT_DISTRIBUTION:
        return (*who, row["question"], ""), row["answer"]
    if row["statistic"] not in ("share_positive", MEAN):
        return None
    return (*who, row["question"], MEAN if row["statistic"] == MEAN else ""), TOGETHER
