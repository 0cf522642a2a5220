"""What an attacker can say about the closed cells: for every primary cell, [0, k] must stay possible.

The closed cells fall apart in components that do not know of each other. Per component a handful of programmes
with random objectives shows for most cells that 0 and k are both possible; the rest gets its own programmes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import scipy.sparse as sp
from scipy.sparse.csgraph import connected_components

from anonymisation.disclosure.cells import Flags, Ints
from anonymisation.disclosure.incidence import Problem, Reals
from anonymisation.disclosure.solver import Programme
from domain.errors import CannotCheck

TOLERANCE = 1e-6
MOST, WORTH = 1 << 30, 1
"""Random programmes go on as long as one settles more cells than a programme of its own would."""


@dataclass(frozen=True)
class Component:
    """Closed cells that are bound to each other: columns of the problem, their sums and what these add up to."""

    columns: Ints
    matrix: Any = field(repr=False)
    rhs: Reals = field(repr=False)


@dataclass
class Intervals:
    """Widest values seen per cell in worlds that fit; exact for a cell only when it is not wide enough."""

    low: Reals
    high: Reals

    def unsafe(self, problem: Problem, primary: Flags, levels: Reals) -> Ints:
        """Primary cells of which 0 or k is not possible; watched cells of which k is not, unless surely empty."""
        short, certain = self.high < levels - TOLERANCE, self.low > TOLERANCE
        watched = problem.watched & short & (self.high > TOLERANCE) & (~problem.rings | certain)
        return np.flatnonzero((primary & (short | certain)) | watched)


def components(problem: Problem, closed: Flags) -> Iterator[Component]:
    """The closed cells and atoms, component by component."""
    matrix = problem.matrix
    unknown = np.flatnonzero(closed | problem.hidden)
    shown = np.where(closed | problem.hidden, 0.0, problem.n)
    part = matrix[:, unknown].tocsr()
    used = np.flatnonzero(np.diff(part.indptr))
    part, rhs = part[used], -(matrix[used] @ shown)
    graph = sp.bmat([[None, part], [part.T, None]]) if len(used) else sp.csr_matrix((len(unknown), len(unknown)))
    _, label = connected_components(graph, directed=False)
    rows, columns = label[: len(used)], label[len(used) :]
    by_row, by_column = np.argsort(rows, kind="stable"), np.argsort(columns, kind="stable")
    row_label, column_label = rows[by_row], columns[by_column]
    part = part.tocsr()
    for name in np.unique(columns):
        mine = np.sort(by_column[np.searchsorted(column_label, name) : np.searchsorted(column_label, name, "right")])
        sums = np.sort(by_row[np.searchsorted(row_label, name) : np.searchsorted(row_label, name, "right")])
        yield Component(unknown[mine], part[sums][:, mine], rhs[sums])


def ceiling(problem: Problem) -> float:
    """A bound no world needs to pass: it stands for "no upper bound" where a grand total is closed."""
    return 100.0 * float(np.nansum(problem.n)) + 1e6


def find_intervals(problem: Problem, closed: Flags, targets: Flags, levels: Reals, *, seconds: float) -> Intervals:
    """Intervals of the targets, no further than needed to know whether [0, level] is inside."""
    found = Intervals(np.full(problem.size, np.inf), np.full(problem.size, -np.inf))
    top = ceiling(problem)
    for component in components(problem, closed):
        wanted = targets[component.columns]
        if wanted.any():
            low, high = _of_component(component, wanted, levels[component.columns], top, seconds)
            found.low[component.columns], found.high[component.columns] = low, high
    return found


def _of_component(
    component: Component, wanted: Flags, levels: Reals, top: float, seconds: float
) -> tuple[Reals, Reals]:
    size = len(component.columns)
    if component.matrix.shape[0] == 0:
        return np.zeros(size), np.full(size, top)
    programme = Programme(component.matrix, component.rhs, np.zeros(size), np.full(size, top), seconds=seconds)
    search = _Search(programme, wanted, levels, np.full(size, np.inf), np.full(size, -np.inf))
    search.at_random()
    search.one_by_one()
    return search.low, search.high


@dataclass
class _Search:
    programme: Programme
    wanted: Flags
    levels: Reals
    low: Reals
    high: Reals

    def at_random(self) -> None:
        """Several cells at once: whatever world comes out widens all intervals."""
        dice = np.random.default_rng(0)
        for sign in (-1.0, 1.0):
            left, gain = self._left(sign), MOST
            while left.any() and gain > WORTH:
                self._world(np.where(left, sign * dice.uniform(0.2, 1.0, len(left)), 0.0))
                still = self._left(sign)
                gain, left = int(left.sum() - still.sum()), still

    def _left(self, sign: float) -> Flags:
        """Wanted cells of which one end is still open."""
        return np.asarray(self.wanted & ((self.high < self.levels) if sign < 0 else (self.low > 0)))

    def one_by_one(self) -> None:
        """What is left gets a programme of its own."""
        for column in np.flatnonzero(self.wanted).tolist():
            for sign in (-1.0, 1.0):
                if self.high[column] < self.levels[column] if sign < 0 else self.low[column] > 0:
                    cost = np.zeros(len(self.wanted))
                    cost[column] = sign
                    self._world(cost)

    def _world(self, cost: Reals) -> None:
        self.programme.costs(cost)
        world = self.programme.solve()
        if world is None:
            raise CannotCheck("the published sums contradict each other; give leaf rows of the same people")
        world[np.abs(world) < TOLERANCE] = 0.0
        np.minimum(self.low, world, out=self.low)
        np.maximum(self.high, world, out=self.high)
