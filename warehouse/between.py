"""All areas and groups of a question in several releases, as disclosure control lays them side by side (T5, T10)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import nan
from typing import Any

from domain.release import History
from domain.vocabulary import TOTAAL
from warehouse import schema
from warehouse.areas import Above
from warehouse.cells import Cell, cell_of, line_of
from warehouse.lines import MEAN, TOGETHER, Lines, Place, Question, questions_of, real_answers
from warehouse.results import Row, one_each
from warehouse.scopes import people_then

Scale = tuple[int, int]
"""The ends of the scale of a mean."""


@dataclass(frozen=True)
class Beside:
    """What does not change while lines become coarser.

    several: questions to which somebody gave more answers than one. sensitive: those of which nothing may follow.
    scales: per cell with a mean the ends of its scale. people: how many are in every cell now.
    then: per earlier release how many were in every printed cell. said: what they really answer, as `real_answers`.
    """

    above: Above
    several: frozenset[Question]
    sensitive: frozenset[Question]
    scales: Mapping[Cell, Scale]
    people: Mapping[Cell, int] = field(repr=False)
    then: Mapping[str, Mapping[Cell, int]] = field(repr=False)
    said: Mapping[Question, Mapping[Place, Mapping[str, float]]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, history: History, above: Above, answered: Sequence[Row], measured: Sequence[Row]) -> Beside:
        """history: of the earlier releases. answered, measured: cells of distribution.sql and results.sql."""
        lines = ((line, list(group)) for line, group in groupby(answered, key=line_of))
        return cls(
            above,
            frozenset(line[:4] for line, group in lines if not one_each(group, group[0]["people"])),
            frozenset(line_of(cell)[:4] for cell in measured if cell["sensitive"]),
            {cell_of(cell): (cell["low"] or 0, cell["high"] or 10) for cell in measured if cell["statistic"] == MEAN},
            {cell_of(cell): cell["people"] for cell in (*answered, *measured)},
            people_then(history),
            real_answers(answered, measured),
        )

    def earlier(self, rows: Mapping[schema.Table, Sequence[Row]]) -> dict[Question, Lines]:
        """What one earlier release printed of some questions."""
        release = next((row["release"] for mine in rows.values() for row in mine), "")
        return questions_of(rows, self.then.get(release, {}))

    def telling(
        self, earlier: Sequence[Mapping[Question, Lines]], rows: Mapping[schema.Table, Sequence[Row]], rules: Any
    ) -> set[Cell]:
        """Cells to print more coarsely because all areas of a question tell too much beside earlier releases.

        earlier: per release what it printed of these questions.
        """
        found = ((question, lines, [one[question] for one in earlier if question in one])
                 for question, lines in questions_of(rows, self.people).items())  # fmt: skip
        return {cell for question, lines, was in found if was for cell in self._of(question, lines, was, rules)}

    def _of(self, question: Question, lines: Lines, earlier: Sequence[Lines], rules: Any) -> Iterator[Cell]:
        answers = sorted({answer for one in (lines, *earlier) for row in one.rows.values() for answer in row})
        answers = [answer for answer in answers if answer != TOGETHER] + [TOGETHER] * (TOGETHER in answers)
        sensitive = question[:4] in self.sensitive
        then = [one.printed(answers, self.above, sensitive=sensitive) for one in earlier]
        now = lines.printed(answers, self.above, sensitive=sensitive)
        different = [one for at, one in enumerate(then) if one not in (*then[:at], now)]
        places = lines.known(self.above)
        said = self.said.get(question, {})
        told = rules.tells_together(
            different,
            lines.printed(answers, self.above, sensitive=sensitive, people=self.people),
            self._scale(lines) if question[-1] == MEAN else None,
            positive=[at for at, answer in enumerate(answers) if answer in lines.positive],
            single=question[-1] == "" and question[3] != schema.FACT_IMPROVEMENT.name
            and question[:4] not in self.several and len(answers) > 1,
            said=[[_said(said.get(place, {}), answer, place) for answer in answers] for place in places],
        )  # fmt: skip
        yield from (cell_of(next(iter(lines.rows[places[at]].values()))) for at in told)

    def _scale(self, lines: Lines) -> Scale:
        return next(self.scales[cell_of(row)] for rows in lines.rows.values() for row in rows.values())


def _said(said: Mapping[str, float], answer: str, place: Place) -> float:
    """How many gave an answer; of a group of a breakdown only what is printed of it."""
    return said.get(answer, 0.0 if place[1] == TOTAAL else nan)
