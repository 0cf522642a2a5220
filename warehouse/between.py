"""All areas of a question in several releases, as disclosure control lays them side by side (T5, T10)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from domain.printed import PrintedFigure, PrintedLine
from domain.vocabulary import TOTAAL
from warehouse import schema
from warehouse.areas import Above
from warehouse.before import COUNTED
from warehouse.cells import Cell, cell_of, line_of
from warehouse.results import BOUNDS, Row, one_each

Question = tuple[Any, ...]
Scale = tuple[int, int]
_BOUND = {label: bound for bound, label in BOUNDS.items()}
_MEAN = "mean"
TOGETHER = ""
"""Stands for all positive answers together, and for a mean."""


@dataclass
class Lines:
    """What a release prints of one question: per area its rows, by answer."""

    rows: dict[str, dict[str, Row]] = field(default_factory=dict)
    positive: set[str] = field(default_factory=set)

    def printed(self, answers: Sequence[str], above: Above, *, sensitive: bool) -> list[PrintedLine]:
        """Its lines, of areas that are known; who takes part has a row of its own."""
        alone = {area for area in self.rows if area in above.areas and above.areas[area][1] == {area}}
        return [
            self._line(area, answers, above, alone, sensitive=sensitive) for area in self.rows if area in above.areas
        ]

    def _line(
        self, area: str, answers: Sequence[str], above: Above, alone: set[str], *, sensitive: bool
    ) -> PrintedLine:
        kind, every = above.areas[area]
        figures = [figure_of(self.rows[area].get(answer)) for answer in answers]
        first = next(iter(self.rows[area].values()))
        leaves = (every & alone) | ({f"{area}?"} if len(every & alone) < (first["n_gemeenten"] or 0) else set())
        n = next((row["base"] for row in self.rows[area].values() if row["base"] is not None), None)
        return PrintedLine(area, kind, frozenset(leaves), n, n or 0, sensitive, (), tuple(figures))


def figure_of(row: Row | None) -> PrintedFigure | None:
    """What is printed, None where nothing is."""
    if row is None or row["base"] is None or (row["value"] is None and row["label"] not in _BOUND):
        return None
    return PrintedFigure(row["base"], row["value"], row["step"], _BOUND.get(row["label"]))


def questions_of(rows: Mapping[schema.Table, Iterable[Row]]) -> dict[Question, Lines]:
    """Per question, apart for shares and means, the lines of everybody."""
    found: dict[Question, Lines] = {}
    for table in COUNTED:
        for row in rows[table]:
            if (place := _place(table, row)) is not None:
                lines = found.setdefault(place[0], Lines())
                lines.rows.setdefault(row["area"], {})[place[1]] = row
                lines.positive |= {place[1]} if row.get("positive") else set()
    return found


def _place(table: schema.Table, row: Row) -> tuple[Question, str] | None:
    """The question and the answer of a row; None for rows that stand for no count of people or sum of answers."""
    who = (row["instrument"], row["meting"], row["doelgroep"])
    if table is schema.FACT_IMPROVEMENT:
        return (*who, table.name, ""), row["uitgangspunt"]
    if table is schema.FACT_DISTRIBUTION:
        return (*who, row["question"], ""), row["answer"]
    if row["breakdown"] != TOTAAL or row["statistic"] not in ("share_positive", _MEAN):
        return None
    return (*who, row["question"], _MEAN if row["statistic"] == _MEAN else ""), TOGETHER


@dataclass(frozen=True)
class Beside:
    """What does not change while lines become coarser.

    several: questions to which somebody gave more answers than one. sensitive: those of which nothing may follow.
    scales: per cell with a mean the ends of its scale.
    """

    above: Above
    several: frozenset[Question]
    sensitive: frozenset[Question]
    scales: Mapping[Cell, Scale]

    @classmethod
    def of(cls, above: Above, answered: Sequence[Row], measured: Sequence[Row]) -> Beside:
        """answered, measured: cells of distribution.sql and results.sql."""
        lines = ((line, list(group)) for line, group in groupby(answered, key=line_of))
        return cls(
            above,
            frozenset(line[:4] for line, group in lines if not one_each(group, group[0]["people"])),
            frozenset(line_of(cell)[:4] for cell in measured if cell["sensitive"]),
            {cell_of(cell): (cell["low"] or 0, cell["high"] or 10) for cell in measured if cell["statistic"] == _MEAN},
        )

    def telling(
        self, earlier: Sequence[Mapping[Question, Lines]], rows: Mapping[schema.Table, Sequence[Row]], rules: Any
    ) -> set[Cell]:
        """Cells to print more coarsely because all areas of a question tell too much beside earlier releases.

        earlier: per release what it printed of these questions.
        """
        found = ((question, lines, [one[question] for one in earlier if question in one])
                 for question, lines in questions_of(rows).items())  # fmt: skip
        return {cell for question, lines, was in found if was for cell in self._of(question, lines, was, rules)}

    def _of(self, question: Question, lines: Lines, earlier: Sequence[Lines], rules: Any) -> Iterator[Cell]:
        answers = sorted({answer for one in (lines, *earlier) for row in one.rows.values() for answer in row})
        answers = [answer for answer in answers if answer != TOGETHER] + [TOGETHER] * (TOGETHER in answers)
        every = [
            one.printed(answers, self.above, sensitive=question[:4] in self.sensitive) for one in (*earlier, lines)
        ]
        different = [one for at, one in enumerate(every[:-1]) if one not in every[:at]]
        told = rules.tells_together(
            different,
            every[-1],
            self._scale(lines) if question[-1] == _MEAN else None,
            positive=[at for at, answer in enumerate(answers) if answer in lines.positive],
            single=question[-1] == "" and question[3] not in (schema.FACT_IMPROVEMENT.name,)
            and question[:4] not in self.several and len(answers) > 1,
        )  # fmt: skip
        yield from (cell_of(next(iter(lines.rows[every[-1][at].area].values()))) for at in told)

    def _scale(self, lines: Lines) -> Scale:
        return next(self.scales[cell_of(row)] for rows in lines.rows.values() for row in rows.values())
