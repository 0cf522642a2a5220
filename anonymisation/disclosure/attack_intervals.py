"""The attack on sums: how many people can at most, and must at least, be in every suppressed group.

Own programmes (HiGHS), own components, nothing shared with the protector. A group that can only hold fewer
people than the minimum has been found; so has one that an insider can work out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
import scipy.sparse as sp
from scipy.sparse.csgraph import connected_components

from anonymisation.disclosure.attack_cells import Array, View
from domain.errors import CannotCheck

NEAR = 1e-6


@dataclass(frozen=True)
class Known:
    """Best bounds an outsider gets for every group; `high` stops growing once it passes the minimum."""

    low: Array
    high: Array


def attack(view: View, k: float, *, seconds: float = 60.0, exact: bool = False) -> Known:
    """Bounds of every group. exact: also the true lowest and highest value (slower; for tests and evidence).

    Raises CannotCheck at a solver limit, or when the printed sums contradict each other.
    """
    low, high = np.array(view.low), np.array(view.high)
    top = 100.0 * float(high[np.isfinite(high)].sum()) + 1e6
    for columns, matrix, rhs in pieces(view, low, high):
        ends = _Ends(matrix, rhs, low[columns], np.minimum(high[columns], top), seconds)
        wanted = (low[columns] < k) & (high[columns] > low[columns])
        ends.widen(wanted, np.inf if exact else k, exact)
        low[columns], high[columns] = ends.answer(wanted, exact)
        high[columns] = np.where(high[columns] >= top / 2, np.inf, high[columns])
    return Known(low, high)


def pieces(view: View, low: Array, high: Array) -> Iterator[tuple[Array, Any, Array]]:
    """Groups that are bound to each other and not printed exactly."""
    matrix = view.matrix()
    fixed = low == high
    unknown = np.flatnonzero(~fixed)
    part = matrix[:, unknown].tocsr()
    rows = np.flatnonzero(np.diff(part.indptr))
    rhs = -(matrix @ np.where(fixed, low, 0.0))
    empty = np.setdiff1d(np.arange(matrix.shape[0]), rows)
    if np.any(np.abs(rhs[empty]) > NEAR):
        raise CannotCheck("getoonde delen tellen niet op tot hun getoonde totaal; zijn dit tabellen van één uitgave?")
    part, rhs = part[rows], rhs[rows]
    if not len(rows):
        return
    _, label = connected_components(sp.bmat([[None, part], [part.T, None]]), directed=False)
    of_row, of_column = label[: len(rows)], label[len(rows) :]
    row_order, column_order = np.argsort(of_row, kind="stable"), np.argsort(of_column, kind="stable")
    row_edges = np.searchsorted(of_row[row_order], np.arange(label.max() + 2))
    column_edges = np.searchsorted(of_column[column_order], np.arange(label.max() + 2))
    for name in range(label.max() + 1):
        mine = column_order[column_edges[name] : column_edges[name + 1]]
        sums = row_order[row_edges[name] : row_edges[name + 1]]
        if len(sums):
            yield unknown[mine], part[sums][:, mine], rhs[sums]


class _Ends:
    """Lowest and highest values of one piece, from as few programmes as it takes."""

    def __init__(self, matrix: Any, rhs: Array, low: Array, high: Array, seconds: float) -> None:
        self._size = matrix.shape[1]
        self._solver = _programme(matrix, rhs, low, high, seconds)
        self._all = np.arange(self._size, dtype=np.int32)
        self.lowest, self.highest = np.full(self._size, np.inf), np.full(self._size, -np.inf)
        self._printed = (low, high)

    def widen(self, wanted: Array, k: float, exact: bool) -> None:
        """Find worlds until every wanted group is seen at k or above, or cannot get there."""
        dice = np.random.default_rng(1)
        left, gain = wanted & (self.highest < k), self._size
        while left.any() and gain > 1 and not exact:
            self._see(np.where(left, -dice.uniform(0.2, 1.0, self._size), 0.0))
            still = wanted & (self.highest < k)
            gain, left = int(left.sum() - still.sum()), still
        for at in np.flatnonzero(wanted):
            if self.highest[at] < k:
                self._see(_unit(self._size, int(at), -1.0))
            if exact or self.highest[at] < k:
                self._see(_unit(self._size, int(at), 1.0))

    def answer(self, wanted: Array, exact: bool) -> tuple[Array, Array]:
        """Bounds per group; what was not asked keeps its printed bounds."""
        pinned = wanted & (exact | (self.highest < np.inf))
        return (
            np.where(pinned, self.lowest, self._printed[0]),
            np.where(pinned, self.highest, self._printed[1]),
        )

    def _see(self, cost: Array) -> None:
        self._solver.changeColsCost(self._size, self._all, cost)
        self._solver.run()
        if self._solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            raise CannotCheck("de getoonde aantallen spreken elkaar tegen; zijn dit tabellen van één uitgave?")
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise CannotCheck("de controle kwam niet op tijd klaar; er valt niets over deze uitgave te zeggen")
        world = np.asarray(self._solver.getSolution().col_value)
        np.minimum(self.lowest, world, out=self.lowest)
        np.maximum(self.highest, world, out=self.highest)


def _unit(size: int, at: int, value: float) -> Array:
    cost = np.zeros(size)
    cost[at] = value
    return cost


def _programme(matrix: Any, rhs: Array, low: Array, high: Array, seconds: float) -> Any:
    columns = matrix.tocsc()
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = columns.shape
    model.col_cost_ = np.zeros(columns.shape[1])
    model.col_lower_, model.col_upper_ = low, high
    model.row_lower_, model.row_upper_ = rhs, rhs
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = (
        columns.indptr,
        columns.indices,
        columns.data,
    )
    solver = highspy.Highs()
    quiet = {"output_flag": False, "threads": 1, "presolve": "off", "solver": "simplex", "simplex_strategy": 4}
    for name, value in {**quiet, "time_limit": seconds}.items():
        solver.setOptionValue(name, value)
    solver.passModel(model)
    return solver
