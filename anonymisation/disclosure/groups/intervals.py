"""What an attacker can say about the closed cells: for every primary cell, [0, k] must stay possible.

The closed cells fall apart in components that do not know of each other. Per component a handful of programmes
with random objectives shows for most cells that 0 and k are both possible; the rest gets its own programmes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import scipy.sparse as sp

from anonymisation.disclosure.groups.cells import Flags, Ints
from anonymisation.disclosure.groups.incidence import Problem, Reals, Sums, joined
from anonymisation.disclosure.groups.solver import Programme
from domain.errors import Contradiction

TOLERANCE = 1e-6
DENSE = 60
"""Up to this many cells plain matrices are quicker than sparse ones."""
MOST, WORTH = 1 << 30, 1
"""Random programmes go on as long as one settles more cells than a programme of its own would."""


@dataclass(frozen=True)
class Component:
    """Closed cells that are bound to each other: columns of the problem, their sums and what these add up to."""

    columns: Ints
    sums: Sums
    rhs: Reals = field(repr=False)

    @cached_property
    def matrix(self) -> Any:
        """The sums as rows; plain where that is small, because there it is quicker."""
        sums, shape = self.sums, (self.sums.height, len(self.columns))
        if len(self.columns) > DENSE:
            return sp.csc_matrix((sums.sign, (sums.row, sums.column)), shape=shape)
        full = np.zeros(shape)
        full[sums.row, sums.column] = sums.sign
        return full


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
    unknown, height = closed | problem.hidden, problem.matrix.shape[0]
    row, cell, sign = problem.entries
    take = unknown[cell]
    row, cell, sign = row[take], cell[take], sign[take]
    width = height + problem.size
    label = joined(row, height + cell, width)
    rhs = -(problem.matrix @ np.where(unknown, 0.0, problem.n))
    columns, entries = _grouped(np.flatnonzero(unknown), label[height:]), _grouped(np.arange(len(row)), label[row])
    nothing = np.zeros(0, dtype=np.int64)
    for name, mine in columns.items():
        at = entries.get(name, nothing)
        rows, place = np.unique(row[at], return_inverse=True)
        yield Component(mine, Sums(place, np.searchsorted(mine, cell[at]), sign[at], len(rows)), rhs[rows])


def _grouped(items: Ints, label: Ints) -> dict[int, Ints]:
    """Items by their label, in the order of the labels; the items stay in order."""
    names = label[items]
    order = np.argsort(names, kind="stable")
    edges = np.flatnonzero(np.diff(names[order])) + 1
    return {int(label[part[0]]): part for part in np.split(items[order], edges) if len(part)}


def ceiling(problem: Problem) -> float:
    """A bound no world needs to pass: it stands for "no upper bound" where a grand total is closed."""
    return 100.0 * float(np.nansum(problem.n)) + 1e6


def find_intervals(
    problem: Problem,
    closed: Flags,
    targets: Flags,
    levels: Reals,
    *,
    seconds: float,
    parts: Sequence[Component] | None = None,
) -> Intervals:
    """Intervals of the targets, no further than needed to know whether [0, level] is inside.

    parts: look in these components only; other targets count as not seen.
    """
    found = Intervals(np.full(problem.size, np.inf), np.full(problem.size, -np.inf))
    top = ceiling(problem)
    for component in components(problem, closed) if parts is None else parts:
        wanted = targets[component.columns]
        if wanted.any():
            low, high = _of_component(component, wanted, levels[component.columns], top, seconds)
            found.low[component.columns], found.high[component.columns] = low, high
    return found


def _of_component(
    component: Component, wanted: Flags, levels: Reals, top: float, seconds: float
) -> tuple[Reals, Reals]:
    size = len(component.columns)
    if component.sums.height == 0:
        return np.zeros(size), np.full(size, top)
    programme = Programme(component.sums, component.rhs, np.zeros(size), np.full(size, top), seconds=seconds)
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
            raise Contradiction("de optelsommen spreken elkaar tegen; geef regels over dezelfde mensen")
        world[np.abs(world) < TOLERANCE] = 0.0
        np.minimum(self.low, world, out=self.low)
        np.maximum(self.high, world, out=self.high)
