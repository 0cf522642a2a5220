"""Groups in which nobody is left since an earlier release keep their place where that release is printed again.

Without it their row would be missing, and a missing row tells in which group those who left were.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa

from anonymisation.disclosure.groups.cells import MEASURES
from anonymisation.disclosure.groups.known import judge
from anonymisation.disclosure.hierarchy import ancestors
from anonymisation.disclosure.naming import scope_parts
from domain.release import Hierarchy, History, Rules, TableLayout

Leaf = tuple[str, ...]
"""A leaf row without its numbers: the codes of `by`, then those of the groups."""


def with_emptied(
    table: pa.Table, layout: TableLayout, hierarchies: Sequence[Hierarchy], rules: Rules, history: History
) -> pa.Table:
    """The leaf rows of a table with rows of nobody: groups that an earlier release had, where its print stays.

    Only where others of the same area still answer the same question, and only the finest groups: what is counted in a
    coarser one by now is not empty, and totals are added up.
    """
    dims = (*layout.by, *layout.groups)
    earlier = set(_earlier(layout, rules, history))
    if not earlier or not set(dims) <= set(table.column_names):
        return table
    known = set(zip(*(table.column(dim).cast(pa.string()).to_pylist() for dim in dims), strict=True))
    line = [at for at, dim in enumerate(dims) if dim in (*layout.by, layout.area_dimension)]
    lines = {tuple(row[at] for at in line) for row in known}
    emptied = {row for row in earlier - known if tuple(row[at] for at in line) in lines}
    finest = sorted(_finest(emptied, known, dims, hierarchies))
    if not finest:
        return table
    columns = dict(zip(dims, zip(*finest, strict=True), strict=True))
    nobody = {name: np.zeros(len(finest)) for name in ("n", *MEASURES) if name in table.column_names}
    rows = pa.table({**{dim: pa.array(codes) for dim, codes in columns.items()}, **nobody})
    kept = table.select(rows.column_names)
    return pa.concat_tables([kept, rows.cast(kept.schema)])


def _earlier(layout: TableLayout, rules: Rules, history: History) -> Iterator[Leaf]:
    """The groups that the last release had a row of, in scopes that stay as they were printed."""
    for scope in dict.fromkeys(cell.scope for cell in history.cells if cell.table == layout.name):
        cells, of = history.of_scope(scope), scope_parts(scope)
        if judge(cells, rules).stays:
            for cell in (cell for cell in cells if cell.release == cells[-1].release):
                key = dict(cell.key)
                if cell.table == layout.name and not cell.people and key.keys() == set(layout.groups):
                    yield (*(of[dim] for dim in layout.by), *(key[dim] for dim in layout.groups))


def _finest(emptied: set[Leaf], known: set[Leaf], dims: Sequence[str], hierarchies: Sequence[Hierarchy]) -> set[Leaf]:
    """Those that are no total over others, nor a part of what is counted by now."""
    found = emptied
    for at, dim in enumerate(dims):
        now = {row[at] for row in known}
        codes = now | {row[at] for row in found}
        every = [hierarchy for hierarchy in hierarchies if hierarchy.dimension == dim]
        above = {code: {up for one in every for up in ancestors(code, one)} for code in codes}
        wholes = set().union(*above.values())
        found = {row for row in found if row[at] not in wholes and not above[row[at]] & now}
    return found
