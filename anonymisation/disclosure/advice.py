"""Advice before anyone asks for release: which merge brings how many cells back, computed by protecting it.

Questions to the same people mostly need the same cells closed, so one question per study tells enough.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, pairwise
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from anonymisation.disclosure.hierarchy import ancestors, hierarchy_for
from anonymisation.disclosure.naming import scope_parts
from anonymisation.disclosure.protector import protect
from domain.advice import Advice
from domain.dutch import grouped
from domain.errors import CannotCheck, DisclosureRefused
from domain.release import TOTAL, History, Rules, Status, TableLayout, TableSpec

FEW_ROWS = 1_000
"""Answers differ from question to question, so that all are looked at: as far as that goes fast (one gemeente)."""


def advise(
    tables: Sequence[pa.Table],
    spec: TableSpec,
    rules: Rules,
    history: History | None = None,
    *,
    along: Collection[str] | None = None,
) -> tuple[Advice, ...]:
    """For every table with closed cells, every merge up its hierarchies, best first.

    Step by step, until nothing is closed any more; the last step leaves the dimension out (wijken to the gemeente).
    Of a table with answers these are merged, for the sake of answers that are closed. Of two values of a `by` dimension
    that `along` names (metingen) all groups are added up, where no release printed either.
    along: look at these dimensions only, and at no table without them (default: all groups and answers).
    visible_now, visible_then: share of the people who stand in a leaf cell that is shown, before and after; of answers
    the share of these that is shown.
    Tables are taken one by one, groups with one question (`one_question`): a first indication, not a release. At a
    long table of answers nobody looks: each gemeente has read about hers.
    """
    found: list[Advice] = []
    for whole, layout in zip(tables, spec.tables, strict=True):
        merges = _Merges(layout, spec, rules, history)
        if layout.answers and whole.num_rows > FEW_ROWS:
            continue
        dimensions = [dim for dim in layout.answers or layout.groups if along is None or dim in along]
        if dimensions:
            found += merges.up(whole if layout.answers else one_question(whole, layout), dimensions)
        if not layout.answers:
            found += [one for dim in layout.by if along and dim in along for one in merges.two(whole, dim)]
    return tuple(sorted(found, key=lambda one: (one.table, one.visible_now - one.visible_then, one.dimension)))


def one_question(table: pa.Table, layout: TableLayout) -> pa.Table:
    """Per study (all `by` dimensions but the last) the rows of the value with the most people; the first when equal."""
    if not layout.by:
        return table
    people: dict[tuple[str, ...], int] = {}
    scopes = _keys(table, layout.by)
    for scope, n in zip(scopes, table.column("n").to_pylist(), strict=True):
        people[scope] = people.get(scope, 0) + n
    largest: dict[tuple[str, ...], tuple[str, ...]] = {}
    for scope in sorted(people, key=lambda one: (-people[one], one)):
        largest.setdefault(scope[:-1], scope)
    return table.filter(pa.array([largest[scope[:-1]] == scope for scope in scopes], pa.bool_()))


def in_words(advice: Sequence[Advice]) -> list[str]:
    """What an officer reads: one line per merge that brings something back, best first per table.

    Fewer closed groups are no gain where nobody is seen either way: then there are only fewer groups.
    """
    return [
        f"Advies {one.table}: {one.merge}. {_gain(one)}"
        for one in advice
        if one.visible_then and (one.visible_then, -one.suppressed_then) > (one.visible_now, -one.suppressed_now)
    ]


def _gain(one: Advice) -> str:
    then, now = f"{100 * one.visible_then:.0f}", f"{100 * one.visible_now:.0f}"
    less = f"niet, nu {grouped(one.suppressed_now)}."
    if one.answers:
        shown = f"Dan staat {then} % van de antwoorden er, nu {now} %."
        return f"{shown} Wij tonen er dan {grouped(one.suppressed_then)} {less}"
    return (
        f"Dan staat {then} % van de mensen in een groep die te zien is, nu {now} %. "
        f"Wij tonen dan {grouped(one.suppressed_then)} groepen {less} Dit is gerekend met één vraag per onderzoek."
    )


@dataclass(frozen=True)
class _Merges:
    """The merges of one table, each tried by protecting what comes of it."""

    layout: TableLayout
    spec: TableSpec
    rules: Rules
    history: History | None

    def up(self, table: pa.Table, dimensions: Sequence[str]) -> Iterator[Advice]:
        """Every step up a hierarchy, until nothing is closed any more."""
        now = self._seen(table, self.layout)
        for dimension in dimensions if now is not None and now.closed else ():
            for coarse, merge in _steps_up(table, dimension, self.layout, self.spec):
                then = self._seen(coarse, _without(self.layout, dimension, coarse))
                if now is not None and then is not None:
                    yield self._advice(dimension, merge, now, then)
                    if not then.closed:
                        break

    def two(self, table: pa.Table, dimension: str) -> Iterator[Advice]:
        """Every two values after each other (two metingen) of which no release printed anything."""
        printed = {scope_parts(cell.scope).get(dimension) for cell in (self.history or History.none()).cells}
        values = sorted({*table.column(dimension).cast(pa.string()).to_pylist()} - printed)
        for pair in pairwise(values):
            apart = _of_both(table, dimension, pair, self.layout)
            now = self._seen(apart, self.layout) if apart.num_rows else None
            if now is None or not now.closed:
                continue
            name = pa.array([" + ".join(pair)] * apart.num_rows, pa.string())
            together = apart.set_column(apart.column_names.index(dimension), dimension, name)
            then = self._seen(together, self.layout)
            if then is not None:
                yield self._advice(
                    dimension, f"{dimension} {' en '.join(pair)} samen (wie in beide zit, telt dan één keer)", now, then
                )

    def _advice(self, dimension: str, merge: str, now: _Seen, then: _Seen) -> Advice:
        return Advice(
            self.layout.name, dimension, merge, now.closed, then.closed, now.visible, then.visible,
            answers=bool(self.layout.answers),
        )  # fmt: skip

    def _seen(self, table: pa.Table, layout: TableLayout) -> _Seen | None:
        """What would be printed of a table; None where this form cannot be made safe: then it is no advice either."""
        trees = tuple(one for one in self.spec.hierarchies if one.dimension not in layout.answers)
        try:
            found = protect([table], TableSpec((layout,), trees), self.rules, self.history)
        except (DisclosureRefused, CannotCheck):
            return None
        if layout.answers:
            return _answers_seen(found.tables[0], table, layout)
        return _Seen(found.certificate.tables[0].suppressed, _visible(found.tables[0], table, layout))


@dataclass(frozen=True)
class _Seen:
    """How many groups (or answers) are closed, and which share of the people (or answers) is seen."""

    closed: int
    visible: float


def _answers_seen(printed: pa.Table, leaves: pa.Table, layout: TableLayout) -> _Seen:
    """Of the answers in leaf cells that are shown."""
    dimension, groups = layout.answers[0], (*layout.by, *layout.groups)
    rows = _leaf_rows(printed, leaves, layout)
    shown = {
        tuple(row[name] for name in groups) for row in rows if row[dimension] == TOTAL and row["n"] is not None
    }  # fmt: skip
    told = [
        row["status"] != Status.SUPPRESSED
        for row in rows
        if row[dimension] != TOTAL and tuple(row[name] for name in groups) in shown
    ]
    return _Seen(told.count(False), told.count(True) / len(told) if told else 0.0)


def _of_both(table: pa.Table, dimension: str, pair: tuple[str, str], layout: TableLayout) -> pa.Table:
    """The rows of two values, as far as both hold the same; of each study one question."""
    rest = tuple(name for name in layout.by if name != dimension)
    first, second = (table.filter(pc.equal(table.column(dimension).cast(pa.string()), value)) for value in pair)
    also = set(_keys(second, rest))
    shared = first.filter(pa.array([key in also for key in _keys(first, rest)], pa.bool_()))
    asked = set(_keys(one_question(shared, replace(layout, by=rest)), rest))
    return pa.concat_tables(
        [part.filter(pa.array([key in asked for key in _keys(part, rest)], pa.bool_())) for part in (first, second)]
    )


def _keys(table: pa.Table, names: Sequence[str]) -> list[tuple[str, ...]]:
    columns = [table.column(name).cast(pa.string()).to_pylist() for name in names]
    return list(zip(*columns, strict=True)) if columns else [()] * table.num_rows


def _steps_up(table: pa.Table, dimension: str, layout: TableLayout, spec: TableSpec) -> Iterator[tuple[pa.Table, str]]:
    """The table in ever coarser codes of a dimension, at last without it, and what each step is called."""
    for step in count(1):
        coarser, merge = _one_step_up(table, dimension, layout, spec, step)
        if not merge:
            return
        yield coarser, merge
        if dimension not in coarser.column_names:
            return
        table = coarser


def _one_step_up(
    table: pa.Table, dimension: str, layout: TableLayout, spec: TableSpec, step: int
) -> tuple[pa.Table, str]:
    """The table with every code of a dimension replaced by its parent; without parents the dimension goes."""
    codes = table.column(dimension).cast(pa.string()).to_pylist()
    hierarchy = hierarchy_for(dimension, codes, spec.hierarchies)
    up = [ancestors(code, hierarchy)[0] for code in codes]
    if dimension in layout.groups and len(layout.groups) > 1 and set(up) == {TOTAL}:
        return table.drop_columns([dimension]), f"{dimension} weglaten"
    coarse = [code if parent == TOTAL else parent for code, parent in zip(codes, up, strict=True)]
    at = table.column_names.index(dimension)
    if coarse == codes:
        return table, ""
    return table.set_column(
        at, dimension, pa.array(coarse, pa.string())
    ), f"{dimension} {'een stap' if step == 1 else f'{step} stappen'} grover"


def _without(layout: TableLayout, dimension: str, coarse: pa.Table) -> TableLayout:
    groups = tuple(group for group in layout.groups if group in coarse.column_names)
    area = layout.area if layout.area in groups else None
    return TableLayout(layout.name, groups, layout.answers, layout.by, area, layout.sensitive, layout.grain)


def _visible(printed: pa.Table, leaves: pa.Table, layout: TableLayout) -> float:
    """Share of all people in a shown cell at the finest level of a printed table."""
    total = sum(leaves.column("n").to_pylist())
    return sum(row["n"] or 0 for row in _leaf_rows(printed, leaves, layout)) / total if total else 0.0


def _leaf_rows(printed: pa.Table, leaves: pa.Table, layout: TableLayout) -> list[dict[str, Any]]:
    """The printed rows that are no sums of others."""
    codes = {
        dim: set(leaves.column(dim).cast(pa.string()).to_pylist())
        for dim in layout.groups
        if dim in leaves.column_names
    }
    return [row for row in printed.to_pylist() if all(row[dim] in known for dim, known in codes.items())]
