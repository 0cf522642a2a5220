"""Repair: for a cell that is pinned, the cheapest cells that must move along to make 0 and k possible.

World w = n + up - down, with sums kept; closed cells move almost for free, published ones at their cost, and those
that move are closed. First among the leaf cells around the target, then everywhere, then with area totals released.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from anonymisation.disclosure.groups.cells import Flags, Ints
from anonymisation.disclosure.groups.incidence import NoSafePattern, Problem, Reals, Sums, joined
from anonymisation.disclosure.groups.intervals import TOLERANCE, Intervals, ceiling
from anonymisation.disclosure.groups.solver import Programme

DUAL_SIMPLEX = 1
FREE = 1e-3
"""A closed cell costs next to nothing, so that worlds with few moves are preferred."""
LEVELS = 3


@dataclass(frozen=True)
class _Area:
    """Cells that move together, as one programme: columns up, then columns down."""

    columns: Ints
    upper: Reals = field(repr=False)
    programme: Programme = field(repr=False)

    def at(self, cell: int) -> int:
        """Position of a cell of the problem, -1 when it is not here."""
        place = int(np.searchsorted(self.columns, cell))
        return place if place < len(self.columns) and self.columns[place] == cell else -1

    def price(self, cell: int) -> None:
        """From now on this cell is closed and moves for free."""
        if (at := self.at(cell)) >= 0:
            self.programme.cost(at, FREE)
            self.programme.cost(at + len(self.columns), FREE)

    def bound(self, cells: Iterable[int], *, still: bool) -> None:
        """Hold cells where they are, or let them go again."""
        size = len(self.columns)
        for at in (at for cell in cells if (at := self.at(cell)) >= 0):
            for column in (at, at + size):
                self.programme.bounds(column, 0.0, 0.0 if still else float(self.upper[column]))


class Repair:
    """Closes cells of one problem, as few and as cheap as it finds; keeps its programmes warm."""

    def __init__(self, problem: Problem, closed: Flags, *, seconds: float) -> None:
        self.problem, self.closed, self._seconds = problem, closed.copy(), seconds
        self._top = ceiling(problem)
        self._n = np.where(problem.hidden, 0.0, np.nan_to_num(problem.n))
        self._low = np.where(problem.hidden, np.inf, self._n)  # of what is hidden the true count is not known here
        self._high = np.where(problem.hidden, -np.inf, self._n)
        self._labels: dict[int, Ints] = {}
        self._areas: dict[tuple[int, int, bool], _Area] = {}

    def widen(self, cells: Iterable[int], levels: Reals) -> None:
        """Make 0 and k possible for every cell.

        Raises NoSafePattern when that cannot be done with everything closed that may be.
        """
        for cell in cells:
            if self._seen_wide(cell, float(levels[cell])):
                continue
            if not any(self._at_level(level, int(cell), (), float(levels[cell])) for level in range(LEVELS)):
                raise NoSafePattern(
                    "een of meer cijfers zijn niet veilig te maken: een eerdere uitgave laat al zien wat eromheen "
                    "staat; voeg groepen samen, laat de tabel weg, of wacht op de volgende meting"
                )

    def learn(self, found: Intervals) -> None:
        """Worlds that others found for this pattern are possible here too."""
        self._low, self._high = np.minimum(self._low, found.low), np.maximum(self._high, found.high)

    def close(self, closed: Flags) -> None:
        """Close what is closed there too."""
        self._close(np.flatnonzero(closed & ~self.closed))

    def price(self, cell: int) -> None:
        """Close one cell."""
        self._close(np.array([cell]))

    def _seen_wide(self, cell: int, k: float) -> bool:
        """A world found for another cell already shows 0 and k for this one."""
        return bool(self._high[cell] >= k - TOLERANCE and self._low[cell] <= TOLERANCE)

    def widen_against(self, cell: int, knows: Sequence[int], k: float) -> None:
        """The same for one cell, while the cells that an insider knows stay what they are.

        A cell that an earlier release held closed must be able to change: how many were in it is not known here.
        """
        if not any(self._at_level(level, cell, knows, k) for level in range(LEVELS)):
            raise NoSafePattern(
                "wie zijn eigen cijfer kent, kan een ander cijfer uitrekenen; voeg groepen samen of laat een "
                "uitsplitsing weg"
            )

    def _movable(self, level: int) -> Flags:
        """Larger and larger sets of cells that may move; cells that were printed before or are empty never do."""
        problem = self.problem
        movable = ~problem.known & (problem.hidden | (self._n > 0))
        if level == 2:
            return np.asarray(movable)
        inner = np.ones(problem.size, dtype=bool)
        if level == 0:
            inner[:] = False
            for grid in problem.grids:
                inner[grid.place[grid.inner]] = True
        return np.asarray(movable & (~problem.forced & inner | self.closed | problem.hidden))

    def _area(self, level: int, cell: int, *, loose: bool) -> _Area | None:
        """Cells that move together with this one. loose: what may change is asked, not what the counts may become."""
        if level not in self._labels:
            self._labels[level] = _connected(self.problem, self._movable(level))
        label = int(self._labels[level][cell])
        if label < 0:
            return None
        if (level, label, loose) not in self._areas:
            self._areas[level, label, loose] = self._build(np.flatnonzero(self._labels[level] == label), loose=loose)
        return self._areas[level, label, loose]

    def _build(self, columns: Ints, *, loose: bool) -> _Area:
        problem = self.problem
        row, cell, sign = problem.entries
        size, hidden = len(columns), problem.hidden[columns]
        mine = np.zeros(problem.size, dtype=bool)
        mine[columns] = True
        take = mine[cell]
        rows, at = np.unique(row[take], return_inverse=True)
        place, sign = np.searchsorted(columns, cell[take]), sign[take]
        upper = np.concatenate([np.full(size, self._top), np.full(size, self._top) if loose else self._n[columns]])
        programme = Programme(
            Sums(np.tile(at, 2), np.concatenate([place, place + size]), np.concatenate([sign, -sign]), len(rows)),
            np.zeros(len(rows)) if loose else -np.asarray(problem.matrix @ self._n)[rows],
            np.zeros(2 * size),
            upper,
            seconds=self._seconds,
            strategy=DUAL_SIMPLEX,
        )
        cost = np.where(self.closed[columns] | hidden, FREE, problem.cost[columns])
        programme.costs(np.concatenate([cost, cost]))
        return _Area(columns, upper, programme)

    def _at_level(self, level: int, cell: int, knows: Sequence[int], k: float) -> bool:
        loose = bool(knows) and bool(self.problem.earlier[cell])
        area = self._area(level, cell, loose=loose)
        if area is None:
            return False
        area.bound(knows, still=True)
        if loose:
            done = self._close_moved(area, area.at(cell), area.at(cell) + len(area.columns), 1.0) is not None
        else:
            done = self._move(area, cell, k, own=self._own_part(cell, knows) if knows else None)
        area.bound(knows, still=False)
        return done

    def _own_part(self, cell: int, knows: Sequence[int]) -> float:
        """How many of the people in a cell an insider knows for sure: his own, in it or in what it adds up to."""
        own = {at: float(self._n[at]) for at in knows}

        def part_of(one: int) -> float:
            if one not in own:
                own[one] = 0.0  # a whole can be a part of its part, where both have the same people
                own[one] = max((sum(map(part_of, inside)) for inside in self._parts.get(one, ())), default=0.0)
            return own[one]

        return part_of(cell)

    @cached_property
    def _parts(self) -> Mapping[int, list[list[int]]]:
        """Per whole, for each sum it is the whole of, the cells in it."""
        row, cell, sign = self.problem.entries
        inside: dict[int, list[int]] = {}
        for at, one in zip(row[sign > 0].tolist(), cell[sign > 0].tolist(), strict=True):
            inside.setdefault(at, []).append(one)
        found: dict[int, list[list[int]]] = {}
        for at, one in zip(row[sign < 0].tolist(), cell[sign < 0].tolist(), strict=True):
            found.setdefault(one, []).append(inside.get(at, []))
        return found

    def _move(self, area: _Area, cell: int, k: float, *, own: float | None) -> bool:
        """Make k and 0 others possible for one cell inside an area; False when the area is too small for it.

        own: people in the cell that an insider knows (None: an outsider looks).
        """
        size, at = len(area.columns), area.at(cell)
        n, mine = float(self._n[cell]), own or 0.0
        low, high = (float(self._low[cell]), float(self._high[cell])) if own is None else (n, n)
        moves = [(at, at + size, mine + k - n)] if high < mine + k - TOLERANCE else []
        if low > mine + TOLERANCE:
            moves.append((at + size, at, n - mine))
        for column, opposite, amount in moves:
            change = self._close_moved(area, column, opposite, amount)
            if change is None:
                return False
            self._see(area.columns, change)
        return True

    def _close_moved(self, area: _Area, column: int, opposite: int, amount: float) -> Reals | None:
        """Close what moves in the cheapest world in which one cell does; the change per cell, None without a world."""
        size, world = len(area.columns), _world(area, column, opposite, amount)
        if world is None:
            return None
        moved = area.columns[np.maximum(world[:size], world[size:]) > TOLERANCE]
        self._close(moved[~self.problem.hidden[moved] & ~self.closed[moved]])
        return np.asarray(world[:size] - world[size:])

    def _see(self, columns: Ints, change: Reals) -> None:
        """Worlds that fit the pattern, and so any later one, widen what is known to be possible."""
        there = self._n[columns] + change
        self._low[columns] = np.minimum(self._low[columns], there)
        self._high[columns] = np.maximum(self._high[columns], there)

    def _close(self, cells: Ints) -> None:
        self.closed[cells] = True
        for cell in cells.tolist():
            for (level, label, _), area in self._areas.items():
                if self._labels[level][cell] == label:
                    area.price(cell)


def _world(area: _Area, column: int, opposite: int, amount: float) -> Any:
    """The cheapest world in which one cell moves by this amount, and not back by its other column."""
    upper, opposite_upper = float(area.upper[column]), float(area.upper[opposite])
    area.programme.bounds(opposite, 0.0, 0.0)
    area.programme.bounds(column, amount, max(amount, upper))
    area.programme.afresh()  # standing still is dual feasible: a few pivots from there, none to undo the last move
    world = area.programme.solve()
    area.programme.bounds(column, 0.0, upper)
    area.programme.bounds(opposite, 0.0, opposite_upper)
    return world


def _connected(problem: Problem, movable: Flags) -> Ints:
    """Number of the connected set of movable cells that a cell is in, -1 for the others."""
    row, cell, _ = problem.entries
    take, height = movable[cell], problem.matrix.shape[0]
    label = joined(row[take], height + cell[take], height + problem.size)
    return np.where(movable, label[height:], -1)
