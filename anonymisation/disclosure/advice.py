"""Advice before anyone asks for release: which merge brings how many cells back, computed by protecting it.

Questions to the same people mostly need the same cells closed, so one question per study tells enough.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import count

import pyarrow as pa

from anonymisation.disclosure.hierarchy import ancestors, hierarchy_for
from anonymisation.disclosure.protector import protect
from domain.dutch import grouped
from domain.errors import CannotCheck, DisclosureRefused
from domain.release import TOTAL, Advice, History, Protected, Rules, TableLayout, TableSpec


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
    along: look at these dimensions only, and at no table without them (default: all).
    visible_now, visible_then: share of the people who stand in a leaf cell that is shown, before and after.
    Tables are taken one by one and with one question (`one_question`): a first indication, not a release.
    """
    found: list[Advice] = []
    for whole, layout in zip(tables, spec.tables, strict=True):
        dimensions = [dim for dim in layout.groups if along is None or dim in along]
        if not dimensions:
            continue
        table = one_question(whole, layout)
        now = _protected(table, layout, spec, rules, history)
        if now is not None and now.certificate.tables[0].suppressed:
            found += _for_table(table, layout, dimensions, spec, rules, history, now)
    return tuple(sorted(found, key=lambda one: (one.table, one.visible_now - one.visible_then, one.dimension)))


def one_question(table: pa.Table, layout: TableLayout) -> pa.Table:
    """Per study (all `by` dimensions but the last) the rows of the value with the most people; the first when equal."""
    if not layout.by:
        return table
    people: dict[tuple[str, ...], int] = {}
    scopes = list(zip(*(table.column(dim).cast(pa.string()).to_pylist() for dim in layout.by), strict=True))
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
        f"Advies {one.table}: {one.merge}. Dan staat {100 * one.visible_then:.0f} % van de mensen in een groep die "
        f"te zien is, nu {100 * one.visible_now:.0f} %. Wij tonen dan {grouped(one.suppressed_then)} groepen niet, nu "
        f"{grouped(one.suppressed_now)}. Dit is gerekend met één vraag per onderzoek."
        for one in advice
        if one.visible_then and (one.visible_then, -one.suppressed_then) > (one.visible_now, -one.suppressed_now)
    ]


def _for_table(
    table: pa.Table,
    layout: TableLayout,
    dimensions: Sequence[str],
    spec: TableSpec,
    rules: Rules,
    history: History | None,
    now: Protected,
) -> Iterator[Advice]:
    for dimension in dimensions:
        for coarse, merge in _steps_up(table, dimension, layout, spec):
            then = _protected(coarse, _without(layout, dimension, coarse), spec, rules, history)
            if then is not None:
                yield Advice(
                    layout.name, dimension, merge,
                    now.certificate.tables[0].suppressed, then.certificate.tables[0].suppressed,
                    _visible(now.tables[0], table, layout), _visible(then.tables[0], coarse, layout),
                )  # fmt: skip
                if not then.certificate.tables[0].suppressed:
                    break


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
    if len(layout.groups) > 1 and set(up) == {TOTAL}:
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


def _protected(
    table: pa.Table, layout: TableLayout, spec: TableSpec, rules: Rules, history: History | None
) -> Protected | None:
    """None where this form cannot be made safe: then it is no advice either."""
    try:
        return protect([table], TableSpec((layout,), spec.hierarchies), rules, history)
    except (DisclosureRefused, CannotCheck):
        return None


def _visible(printed: pa.Table, leaves: pa.Table, layout: TableLayout) -> float:
    """Share of all people in a shown cell at the finest level of a printed table."""
    codes = {
        dim: set(leaves.column(dim).cast(pa.string()).to_pylist())
        for dim in layout.groups
        if dim in leaves.column_names
    }
    total = sum(leaves.column("n").to_pylist())
    inner = [row for row in printed.to_pylist() if all(row[dim] in known for dim, known in codes.items())]
    return sum(row["n"] or 0 for row in inner) / total if total else 0.0
