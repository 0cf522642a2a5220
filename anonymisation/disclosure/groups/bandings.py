"""A second hierarchy of one dimension (provincies and verbanden): its totals, in a table of their own.

One column cannot hold both: whoever adds it up would count everybody twice. Both tables are one problem.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pyarrow as pa

from anonymisation.disclosure.hierarchy import ancestors, hierarchy_for
from domain.errors import InputRejected
from domain.release import Hierarchy, TableLayout

REST = "overig"
"""Everybody whose code falls under no group of the second hierarchy."""


def with_second(
    tables: Sequence[pa.Table], layouts: Sequence[TableLayout], hierarchies: Sequence[Hierarchy]
) -> tuple[list[pa.Table], tuple[TableLayout, ...], tuple[Hierarchy, ...]]:
    """The same, with a table behind them for every further hierarchy that a table can be added up along.

    Raises InputRejected when one code stands for other members in two hierarchies.
    """
    more_tables, more_layouts = list(tables), list(layouts)
    known, second = list(hierarchies), list[Hierarchy]()
    for table, layout in zip(tables, layouts, strict=True):
        for dim in layout.groups:
            codes = set(table.column(dim).cast(pa.string()).unique().to_pylist())
            for number, hierarchy in enumerate(_further(dim, codes, hierarchies), start=2):
                full = _filled(hierarchy, codes)
                known = [one for one in known if one is not hierarchy]
                second.append(full)
                more_tables.append(_coarser(table, dim, full.parents))
                name = f"{layout.name.removesuffix('.csv')}.{dim}-{number}.csv"
                more_layouts.append(replace(layout, name=name))
    return more_tables, tuple(more_layouts), (*known, *second)


def _further(dimension: str, codes: set[str], hierarchies: Sequence[Hierarchy]) -> list[Hierarchy]:
    """The hierarchies beside the one that the table itself follows, that put its codes in other groups."""
    own = hierarchy_for(dimension, codes, hierarchies)
    found: list[Hierarchy] = []
    seen = _members(codes, own)
    for hierarchy in hierarchies:
        if hierarchy.dimension == dimension and hierarchy is not own:
            groups = _members(codes, hierarchy)
            if any(seen.get(code, members) != members for code, members in groups.items()):
                raise InputRejected(
                    f"indelingen van {dimension!r}: een groep staat in twee indelingen met andere codes eronder; "
                    "geef de groepen van elke indeling een eigen naam"
                )
            if not groups.keys() <= seen.keys():
                found.append(hierarchy)
                seen |= groups
    return found


def _members(codes: Iterable[str], hierarchy: Hierarchy | None) -> dict[str, set[str]]:
    """Which of these codes stand under each group of a hierarchy."""
    found: dict[str, set[str]] = {}
    for code in codes:
        for up in ancestors(code, hierarchy)[:-1]:
            found.setdefault(up, set()).add(code)
    return found


def _filled(hierarchy: Hierarchy, codes: set[str]) -> Hierarchy:
    """The hierarchy with all codes in it; what has no group stands under one for the rest."""
    left = sorted(codes - hierarchy.parents.keys())
    if left and REST in {*codes, *hierarchy.parents, *hierarchy.parents.values()}:
        raise InputRejected(f"indeling van {hierarchy.dimension!r}: de code {REST!r} is van ons; noem uw groep anders")
    return replace(hierarchy, parents={**hierarchy.parents, **dict.fromkeys(left, REST)})


def _coarser(table: pa.Table, dimension: str, parents: Mapping[str, str]) -> pa.Table:
    """The leaf rows with the groups right above their codes; rows of one group are added up later."""
    codes = [parents[code] for code in table.column(dimension).cast(pa.string()).to_pylist()]
    return table.set_column(table.column_names.index(dimension), dimension, pa.array(codes, pa.string()))
