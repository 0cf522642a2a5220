"""Counts of which the worlds that fit everything printed allow only one: what several sums tell together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from anonymisation.disclosure.groups.cells import Flags, Ints
from anonymisation.disclosure.groups.incidence import Reals, Sums
from anonymisation.disclosure.groups.solver import DUAL_SIMPLEX, Programme
from domain.errors import CannotCheck

TOLERANCE = 1e-6
PIVOTS = 200_000
"""More than any question takes; counted and not timed, because what is printed may not depend on the clock."""


@dataclass(frozen=True)
class Wanted:
    """Counts (groups x answers) that may not be known, and how low and how high they must be able to be."""

    cells: Flags
    least: Reals
    most: Reals

    @classmethod
    def none(cls, shape: tuple[int, ...]) -> Wanted:
        """No count yet."""
        return cls(np.zeros(shape, dtype=bool), np.full(shape, np.inf), np.full(shape, -np.inf))

    def of(self, group: Ints, answer: Ints) -> Wanted:
        """Those of some counts, one after the other."""
        return Wanted(self.cells[group, answer], self.least[group, answer], self.most[group, answer])

    def missed(self, low: Reals, high: Reals) -> Flags:
        """Wanted counts of which this range holds one value at most, or only values that say too much."""
        one = np.ceil(low - TOLERANCE) >= np.floor(high + TOLERANCE)
        return np.asarray(self.cells & (one | (low > self.least + TOLERANCE) | (high < self.most - TOLERANCE)))


@dataclass(frozen=True)
class Bound:
    """What binds the counts (groups x answers) of one question.

    total: people per group, NaN where readers do not know it. single: groups in which everybody gave one answer.
    several: groups in which everybody gave one answer or more.
    narrow: groups of which only the last count is of interest. sums: over groups; with a narrow group in it a sum
    holds for the last count only. good: answers of which the last count is the count together.
    """

    total: Reals
    single: Flags
    several: Flags
    sums: Sequence[Sums]
    good: Sequence[int]
    narrow: Flags


@dataclass
class _Worlds:
    """The least and the most of every count in the worlds that were found so far."""

    programme: Programme
    wanted: Wanted
    least: Reals
    most: Reals

    @property
    def left(self) -> Flags:
        """Wanted counts of which too little was seen, one after the other."""
        return self.wanted.missed(self.least, self.most)

    def see(self, cost: Reals) -> None:
        """Add the world that makes this cost least; raises CannotCheck when the solver gives up."""
        self.programme.costs(cost)
        try:
            found = self.programme.solve()
        except CannotCheck:  # from where the last one ended HiGHS sometimes gives up
            self.programme.afresh()
            found = self.programme.solve()
        if found is None:
            raise CannotCheck("de antwoorden van gebieden spreken elkaar tegen")
        np.minimum(self.least, found, out=self.least)
        np.maximum(self.most, found, out=self.most)


def pinned(low: Reals, high: Reals, wanted: Wanted, bound: Bound) -> dict[int, set[int]]:
    """Groups of which a wanted count is given away by the worlds that fit, with the groups that its proof rests on.

    Random worlds first, then two programmes for each that is left. What no world has freed when the solver gives up
    counts as given away, and then nothing is known of the proof.
    """
    programme, (group, answer) = _programme(low, high, bound)
    size = len(group)
    seen = _Worlds(programme, wanted.of(group, answer), np.full(size, np.inf), np.full(size, -np.inf))
    proofs: dict[int, set[int]] = {}
    try:
        _at_random(seen)
        for cell in np.flatnonzero(seen.left).tolist():
            rests_on = _proof(seen, cell)
            if seen.left[cell]:
                proofs.setdefault(int(group[cell]), set()).update(group[rests_on].tolist())
    except CannotCheck:
        return {row: set() for row in group[seen.left].tolist()}
    return proofs


def has_world(low: Reals, high: Reals, bound: Bound) -> bool:
    """Whether any counts fit at all."""
    return world_of(low, high, bound) is not None


def world_of(
    low: Reals, high: Reals, bound: Bound, least: tuple[int, int] | None = None, sign: float = 1.0
) -> Reals | None:
    """Counts (groups x answers) that fit, None where none do; those in no sum are as low as they are printed.

    least: the group and answer of the count that is as low as it can be (with a sign of -1 as high).
    """
    programme, (group, answer) = _programme(low, high, bound)
    if least:
        programme.costs(np.where((group == least[0]) & (answer == least[1]), sign, 0.0))
    found = programme.solve()
    if found is None:
        return None
    world = low.copy()
    world[group, answer] = found
    return world


class Changes:
    """Worlds near the real one: each as few changes as it takes to change one count.

    cells: the counts that are in some sum, group by group, and may change.
    """

    def __init__(self, real: Reals, low: Reals, high: Reals, bound: Bound, rows: Flags) -> None:
        """real: what the counts (groups x answers) are; rows: the groups that may change."""
        over, rhs, more = _over_cells(bound, low.shape[1])
        left = rhs - np.bincount(over.row, over.sign * real.ravel()[over.column], minlength=over.height)
        take = np.repeat(rows, low.shape[1])[over.column]
        row, sign = over.row[take], over.sign[take]
        self.cells, column = np.unique(over.column[take], return_inverse=True)
        self._size = len(self.cells)
        self._room = np.concatenate([(high - real).ravel()[self.cells], (real - low).ravel()[self.cells]])
        both = np.concatenate([column, self._size + column])
        self._programme = Programme(
            Sums(np.tile(row, 2), both, np.concatenate([sign, -sign]), over.height),
            np.where(more, left, 0.0), np.zeros(2 * self._size), self._room, open_=more, pivots=PIVOTS,
            strategy=DUAL_SIMPLEX,
        )  # fmt: skip
        self._programme.costs(np.ones(2 * self._size))

    def world(self, at: int, by: float, still: Flags) -> Reals | None:
        """How much each count changes where one changes by so much or more, and some stay; None where no world fits."""
        here, back = (at, at + self._size)[:: 1 if by > 0 else -1]
        if self._room[here] < abs(by):
            return None
        least, most = np.zeros(2 * self._size), self._most(still)
        least[here], most[back] = abs(by), 0.0
        return self._found(least, most)

    def far(self, way: Reals, still: Flags) -> Reals | None:
        """How much each count changes where these go as far as they can, up or down, and some stay; as `world`."""
        self._programme.costs(np.where(np.isfinite(self._room), np.concatenate([-way, way]), 0.0))
        found = self._found(np.zeros(2 * self._size), self._most(still))
        self._programme.costs(np.ones(2 * self._size))
        return found

    def _most(self, still: Flags) -> Reals:
        return np.where(np.tile(still, 2), 0.0, self._room)

    def _found(self, least: Reals, most: Reals) -> Reals | None:
        self._programme.every_bound(least, most)
        try:
            found = self._programme.solve()
        except CannotCheck:
            self._programme.afresh()
            return None
        return None if found is None else found[: self._size] - found[self._size :]


def _programme(low: Reals, high: Reals, bound: Bound) -> tuple[Programme, tuple[Ints, Ints]]:
    """Everything that binds the counts, and the group and the answer of each that is in some sum.

    Counts in no sum are as free as they are printed.
    """
    over, rhs, more = _over_cells(bound, low.shape[1])
    cells, column = np.unique(over.column, return_inverse=True)
    group, answer = np.divmod(cells, low.shape[1])
    mine = Sums(over.row, column, over.sign, over.height)
    ends = low[group, answer], high[group, answer]
    return Programme(mine, rhs, *ends, open_=more, pivots=PIVOTS, strategy=DUAL_SIMPLEX), (group, answer)


def _proof(seen: _Worlds, cell: int) -> Ints:
    """Look for worlds in which one count is low and high; the counts of which the bounds hold it back."""
    holding = np.zeros(seen.least.size, dtype=bool)
    for sign in (1.0, -1.0):
        if seen.left[cell]:
            seen.see(np.where(np.arange(seen.least.size) == cell, sign, 0.0))
            holding |= np.abs(seen.programme.reduced_costs()) > TOLERANCE
    return np.flatnonzero(holding)


def _at_random(seen: _Worlds) -> None:
    """As long as a pair of random worlds frees more than one count."""
    dice = np.random.default_rng(0)
    left = int(seen.wanted.cells.sum())
    before = left + 2
    while 1 < left < before - 1:
        before, cost = left, np.where(seen.left, dice.uniform(-1.0, 1.0, seen.least.size), 0.0)
        seen.see(cost)
        seen.see(-cost)
        left = int(seen.left.sum())


def _over_cells(bound: Bound, width: int) -> tuple[Sums, Reals, Flags]:
    """All sums over counts (group by group, answer by answer), what they add up to, and which may be more than that.

    Answers of a group come first.
    """
    answers = width - bool(bound.good)
    whole = np.flatnonzero((bound.single | bound.several) & ~np.isnan(bound.total))
    entries = [_each(np.arange(len(whole)), whole[:, None] * width + np.arange(answers), 1.0)]
    height = len(whole)
    if bound.good:
        every = np.flatnonzero(bound.single)
        at = height + np.arange(len(every))
        entries += [_each(at, every[:, None] * width + np.array(bound.good), 1.0)]
        entries += [_each(at, every[:, None] * width + answers, -1.0)]
        height += len(every)
    for part in bound.sums:
        for column in range(width - 1 if bound.narrow[part.column].any() else 0, width):
            entries.append((height + part.row, part.column * width + column, part.sign))
            height += part.height
    row, cell, sign = (np.concatenate(list(pieces)) for pieces in zip(*entries, strict=True))
    rhs, more = np.zeros(height), np.zeros(height, dtype=bool)
    rhs[: len(whole)], more[: len(whole)] = bound.total[whole], ~bound.single[whole]
    return Sums(row, cell, sign, height), rhs, more


def _each(rows: Ints, cells: Ints, sign: float) -> tuple[Ints, Ints, Reals]:
    """Entries of sums that hold as many cells each."""
    return np.repeat(rows, cells.shape[1]), cells.ravel(), np.full(cells.size, sign)
