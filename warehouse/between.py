"""All areas and groups of a question in several releases, as disclosure control lays them side by side (T5, T10)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from domain.printed import PrintedFigure, PrintedLine
from domain.release import EarlierCell, History
from domain.vocabulary import TOTAAL
from warehouse import schema
from warehouse.areas import Above
from warehouse.before import COUNTED
from warehouse.cells import Cell, cell_of, line_of
from warehouse.leaves import AREA, BY
from warehouse.results import BOUNDS, Row, one_each
from warehouse.sources import LAND

Question = tuple[Any, ...]
Place = tuple[str, str, str]
"""Area, breakdown and group."""
Scale = tuple[int, int]
_BOUND = {label: bound for bound, label in BOUNDS.items()}
_MEAN = "mean"
TOGETHER = ""
"""Stands for all positive answers together, and for a mean."""


@dataclass
class Lines:
    """What a release prints of one question: per area and group its rows, by answer."""

    rows: dict[Place, dict[str, Row]] = field(default_factory=dict)
    positive: set[str] = field(default_factory=set)

    def printed(self, answers: Sequence[str], above: Above, *, sensitive: bool) -> list[PrintedLine]:
        """Its lines, of areas that are known, in the order of `known`; who takes part has a row of its own."""
        places = self.known(above)
        alone = {place for place in places if above.areas[place[0]][1] == {place[0]}}
        return [self._line(place, answers, above, alone, sensitive=sensitive) for place in places]

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
            if (place := _place(table, row)) is not None:
                lines = found.setdefault(place[0], Lines())
                group = (row.get("breakdown", TOTAAL), row.get("breakdown_value", TOTAAL))
                own = row if group[0] == TOTAAL else {**row, "base": people.get(cell_of(row))}
                lines.rows.setdefault((row["area"], *group), {})[place[1]] = own
                lines.positive |= {place[1]} if row.get("positive") else set()
    return found


def people_then(history: History) -> dict[str, dict[Cell, int]]:
    """Per earlier release how many people were in every cell that was printed by then."""
    found: dict[str, dict[Cell, int]] = {}
    now: dict[Cell, int] = {}
    for cell in history.cells:
        if cell.release not in found:
            now = found[cell.release] = dict(now)
        if cell.n is not None:
            now[_cell(cell)] = cell.n
    return found


def _cell(cell: EarlierCell) -> Cell:
    scope, key = dict(pair.split("=", 1) for pair in cell.scope.split("|")), dict(cell.key)
    area = key.pop(AREA, LAND)
    return (*(scope[name] for name in BY), area, *next(iter(key.items()), (TOTAAL, TOTAAL)))


def _place(table: schema.Table, row: Row) -> tuple[Question, str] | None:
    """The question and the answer of a row; None for rows that stand for no count of people or sum of answers."""
    who = (row["instrument"], row["meting"], row["doelgroep"])
    if table is schema.FACT_IMPROVEMENT:
        return (*who, table.name, ""), row["uitgangspunt"]
    if table is schema.FACT_DISTRIBUTION:
        return (*who, row["question"], ""), row["answer"]
    if row["statistic"] not in ("share_positive", _MEAN):
        return None
    return (*who, row["question"], _MEAN if row["statistic"] == _MEAN else ""), TOGETHER


@dataclass(frozen=True)
class Beside:
    """What does not change while lines become coarser.

    several: questions to which somebody gave more answers than one. sensitive: those of which nothing may follow.
    scales: per cell with a mean the ends of its scale. people: how many are in every cell now.
    then: per earlier release how many were in every printed cell.
    """

    above: Above
    several: frozenset[Question]
    sensitive: frozenset[Question]
    scales: Mapping[Cell, Scale]
    people: Mapping[Cell, int] = field(repr=False)
    then: Mapping[str, Mapping[Cell, int]] = field(repr=False)

    @classmethod
    def of(cls, history: History, above: Above, answered: Sequence[Row], measured: Sequence[Row]) -> Beside:
        """history: of the earlier releases. answered, measured: cells of distribution.sql and results.sql."""
        lines = ((line, list(group)) for line, group in groupby(answered, key=line_of))
        return cls(
            above,
            frozenset(line[:4] for line, group in lines if not one_each(group, group[0]["people"])),
            frozenset(line_of(cell)[:4] for cell in measured if cell["sensitive"]),
            {cell_of(cell): (cell["low"] or 0, cell["high"] or 10) for cell in measured if cell["statistic"] == _MEAN},
            {cell_of(cell): cell["people"] for cell in measured},
            people_then(history),
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
        places = lines.known(self.above)
        yield from (cell_of(next(iter(lines.rows[places[at]].values()))) for at in told)

    def _scale(self, lines: Lines) -> Scale:
        return next(self.scales[cell_of(row)] for rows in lines.rows.values() for row in rows.values())
