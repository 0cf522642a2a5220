"""Stage 1: no sum with one closed cell, no closed rest below k. Fast, and not yet safe: the programmes follow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from anonymisation.disclosure.groups.cells import Flags, Ints
from anonymisation.disclosure.groups.incidence import Problem, Reals


@dataclass
class _Sums:
    """Row access to the sums."""

    start: Any
    column: Any
    sign: Any


def close_by_sums(problem: Problem, closed: Flags, levels: Reals) -> Flags:
    """Close the cheapest cells until every sum has no closed cell, or enough of them."""
    closed, k = closed.copy(), float(levels.max(initial=0.0))
    matrix = problem.matrix
    sums = _Sums(matrix.indptr, matrix.indices, matrix.data)
    n = np.nan_to_num(problem.n)
    may = ~problem.forced & ~problem.known & ~problem.hidden & (n > 0)
    while (rows := _violated(problem, closed, n, k)).size:
        changed = False
        for row in rows.tolist():
            changed |= _settle(sums, row, closed, may, n, problem, k)
        if not changed:
            break
    return closed


def close_beside(
    problem: Problem, closed: Flags, pairs: Sequence[tuple[int, int]], close: Callable[[int], None]
) -> int:
    """For cells that give each other away as the only closed ones of a sum, close the cheapest third; how many."""
    matrix, by_column = problem.matrix, problem.matrix.tocsc()
    may = ~problem.forced & ~problem.known & ~problem.hidden & (np.nan_to_num(problem.n) > 0)
    count = abs(matrix) @ (closed | problem.hidden)
    done = 0
    for one, two in pairs:
        rows = np.intersect1d(_rows_of(by_column, one), _rows_of(by_column, two))
        for row in rows[count[rows] == 2].tolist():
            columns = matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]
            free = columns[may[columns] & ~closed[columns]]
            if len(free):
                lonely = [int((count[_rows_of(by_column, cell)] == 0).sum()) for cell in free.tolist()]
                cheapest = int(free[np.lexsort((free, problem.cost[free], lonely))[0]])
                close(cheapest)
                count[_rows_of(by_column, cheapest)] += 1
                done += 1
    return done


def _rows_of(by_column: Any, cell: int) -> Any:
    return by_column.indices[by_column.indptr[cell] : by_column.indptr[cell + 1]]


def _violated(problem: Problem, closed: Flags, n: Any, k: float) -> Ints:
    matrix, unknown = problem.matrix, closed | problem.hidden
    count = abs(matrix) @ unknown
    parent_open = (matrix < 0) @ (~unknown) > 0
    rest = (matrix > 0) @ np.where(closed, n, 0.0)
    beyond = (matrix @ problem.hidden.astype(float)) != 0
    return np.flatnonzero(~beyond & (count > 0) & ((count == 1) | (parent_open & (rest < k))))


def _settle(sums: _Sums, row: int, closed: Flags, may: Flags, n: Any, problem: Problem, k: float) -> bool:
    """Close cells of one sum, cheapest first, until it holds; whether anything was closed."""
    columns = sums.column[sums.start[row] : sums.start[row + 1]]
    children = columns[sums.sign[sums.start[row] : sums.start[row + 1]] > 0]
    changed = False
    while not _holds(columns, children, closed, n, k):
        free = columns[may[columns] & ~closed[columns]]
        if not len(free):
            break
        cheapest = free[np.lexsort((free, problem.cost[free]))[0]]
        closed[cheapest] = changed = True
    return changed


def _holds(columns: Any, children: Any, closed: Flags, n: Any, k: float) -> bool:
    count = int(closed[columns].sum())
    if count == 0:
        return True
    parent_closed = count > int(closed[children].sum())
    return count != 1 and (parent_closed or float(n[children[closed[children]]].sum()) >= k)
