"""What an outcome prints of the answers to one question, over all its tables: a group in two of them is one group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import numpy as np
import pyarrow as pa

from anonymisation.disclosure.attack.answers import possible_counts
from anonymisation.disclosure.attack.areas import ONE, Wanted, most_alike
from anonymisation.disclosure.attack.cells import Array, View, dimensions
from anonymisation.disclosure.attack.sums import SMALLEST, with_rests
from anonymisation.disclosure.attack.worlds import Unknowns
from anonymisation.disclosure.naming import group_words
from domain.release import TOTAL, Finding, Hierarchy, Key

Rows = Sequence[Sequence[int]]
"""Per group, and then per closed rest, its unknowns, answer by answer."""


@dataclass
class Sheet:
    """The answers to one question; of the same groups as its view.

    column: of the answers. people: per group, NaN where closed. said: the answers, in order. spans: per group and
    answer the lowest and highest count that its share leaves. tables: those that print it. first: per group and answer
    the first. single: those of which one print leaves one count by itself, which is found elsewhere.
    """

    scope: Key
    column: str
    view: View
    people: Array
    said: tuple[str, ...]
    spans: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    tables: dict[str, None] = field(default_factory=dict)
    first: dict[tuple[int, int], str] = field(default_factory=dict)
    single: set[tuple[int, int]] = field(default_factory=set)

    @property
    def contradicts(self) -> bool:
        """Whether tables say of a group what cannot be said of the same answers."""
        return any(low > high for low, high in self.spans.values())

    def where(self, at: int) -> str:
        """A group in words; past the last one the scope itself."""
        key = list(self.view.index)[at] if at < self.view.size else ()
        return group_words((*self.scope, *key))

    def pinned(self, spot: tuple[int, int]) -> Finding:
        """One count is left behind a printed share."""
        what = "de aandelen van delen en geheel samen geven een exact aantal"
        return Finding("T6", self.first[spot], self.where(spot[0]), what)

    def alike(self) -> Finding:
        """A closed rest of which the answers are known."""
        what = "een weggelaten rest van groepen gaf (bijna) allemaal hetzelfde antwoord"
        return Finding("T5", next(iter(self.tables)), self.where(self.view.size), what)


def sheets(
    tables: Mapping[str, pa.Table], answers: Sequence[str], hierarchies: Sequence[Hierarchy], found: Mapping[Key, View]
) -> list[Sheet]:
    """Every question with shares, by scope, column and answers; each table by itself where they contradict each other.

    found: the views of all tables.
    """
    lines = [line for name in tables for line in _lines(name, tables[name], answers, hierarchies, found)]
    together: dict[tuple[Key, str, tuple[str, ...]], list[Sheet]] = {}
    for sheet in lines:
        together.setdefault((sheet.scope, sheet.column, sheet.said), []).append(sheet)
    return list(chain.from_iterable(_joined(own) for own in together.values()))


def _joined(own: Sequence[Sheet]) -> Sequence[Sheet]:
    if len(own) == 1:
        return own
    one = Sheet(own[0].scope, own[0].column, own[0].view, own[0].people, own[0].said)
    for sheet in own:
        one.tables |= sheet.tables
        one.single |= sheet.single
        for spot, (low, high) in sheet.spans.items():
            least, most = one.spans.get(spot, (low, high))
            one.spans[spot] = max(least, low), min(most, high)
            one.first.setdefault(spot, sheet.first[spot])
    return own if one.contradicts else [one]


def _lines(
    name: str, table: pa.Table, answers: Sequence[str], hierarchies: Sequence[Hierarchy], found: Mapping[Key, View]
) -> list[Sheet]:
    """A sheet per scope of one table with one column of answers; none of any other table."""
    dims = [dim for dim in answers if dim in table.column_names]
    if len(dims) != 1 or "share" not in table.column_names:
        return []
    (answer,), (groups, by) = dims, dimensions(table, answers, hierarchies)
    scopes: dict[Key, list[dict[str, Any]]] = {}
    for row in table.to_pylist():
        scopes.setdefault(tuple(sorted((dim, str(row[dim])) for dim in by)), []).append(row)
    return [
        _sheet(name, scope, rows, groups, answer, found[scope])
        for scope, rows in scopes.items()
        if any(row[answer] != TOTAL for row in rows)
    ]


def _sheet(
    name: str, scope: Key, rows: Sequence[Mapping[str, Any]], groups: Sequence[str], answer: str, view: View
) -> Sheet:
    said = sorted({str(row[answer]) for row in rows if row[answer] != TOTAL})
    place = {one: at for at, one in enumerate(said)}
    people = np.where(np.array(view.low) == np.array(view.high), view.low, np.nan)
    sheet = Sheet(scope, answer, view, people, tuple(said), tables={name: None})
    for row in rows:
        at = view.index[tuple(sorted((dim, str(row[dim])) for dim in groups if row[dim] != TOTAL))]
        share, bound, step = (row.get(name) for name in ("share", "bound", "step"))
        if row[answer] != TOTAL and not np.isnan(people[at]) and (share is not None or bound is not None):
            spot = at, place[str(row[answer])]
            sheet.spans[spot] = possible_counts(share, bound, step, int(people[at]))
            sheet.first[spot] = name
    sheet.single = {spot for spot, (low, high) in sheet.spans.items() if low >= high}
    return sheet


def lay_out(sheet: Sheet, unknowns: Unknowns, said: Sequence[str], *, counted: bool) -> tuple[Rows, Wanted]:
    """Put a question in the programme, with an unknown per group and answer; and what may not follow.

    said: all answers of the programme. counted: everybody gave one of them.
    """
    rows, wanted = lay_people(unknowns, sheet.people, list(sheet.view.sums), len(said), sheet.alike(), counted=counted)
    column = {answer: at for at, answer in enumerate(said)}
    for (at, answer), (low, high) in sheet.spans.items():
        spot = rows[at][column[sheet.said[answer]]]
        unknowns.low[spot], unknowns.high[spot] = low, high
        if (at, answer) not in sheet.single:
            wanted[spot] = np.inf, sheet.pinned((at, answer))
    return rows, wanted


def lay_people(
    unknowns: Unknowns, people: Array, sums: Sequence[Sequence[int]], width: int, alike: Finding, *, counted: bool
) -> tuple[Rows, Wanted]:
    """Unknowns for what groups answered that add up; closed rests may not turn out to have answered alike.

    people: per group, NaN where closed. width: how many answers.
    """
    every, n = with_rests(sums, people)
    rows = [[unknowns.add(0.0, np.inf if np.isnan(most) else most) for _ in range(width)] for most in n]
    for whole, *parts in every:
        for at in range(width):
            unknowns.whole(rows[whole][at], [rows[part][at] for part in parts])
    for row, most in zip(rows, n, strict=True):
        if counted and not np.isnan(most):
            unknowns.between([(at, 1.0) for at in row], most, most)
    rests = [(row, most) for row, most in zip(rows[len(people) :], n[len(people) :], strict=True) if most >= SMALLEST]
    return rows, {at: (most_alike(most, ONE), alike) for row, most in rests for at in row}
