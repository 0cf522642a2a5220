"""Counts of which the worlds that fit everything printed allow only one: what several sums tell together."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from anonymisation.disclosure.cells import Flags
from anonymisation.disclosure.incidence import Reals, Sums
from anonymisation.disclosure.solver import Programme
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

    def missed(self, low: Reals, high: Reals) -> Flags:
        """Wanted counts of which this range holds one value at most, or only values that say too much."""
        one = np.ceil(low - TOLERANCE) >= np.floor(high + TOLERANCE)
        return np.asarray(self.cells & (one | (low > self.least + TOLERANCE) | (high < self.most - TOLERANCE)))


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
        return self.wanted.missed(self.least, self.most).ravel()

    def see(self, cost: Reals) -> None:
        """Add the world that makes this cost least; raises CannotCheck when the solver gives up."""
        self.programme.costs(cost)
        self.programme.afresh()  # from where the last one ended HiGHS sometimes gives up
        found = self.programme.solve()
        if found is None:
            raise CannotCheck("de antwoorden van gebieden spreken elkaar tegen")
        world = found.reshape(self.least.shape)
        np.minimum(self.least, world, out=self.least)
        np.maximum(self.most, world, out=self.most)


def pinned(
    low: Reals, high: Reals, wanted: Wanted, total: Reals, single: Flags, sums: Sequence[Sums], good: Sequence[int]
) -> Flags:
    """Wanted counts of which the worlds that fit do not show enough; the last arguments are those of `together.Web`.

    Random worlds first, then two programmes for each that is left. What no world has freed when the solver gives up
    counts as given away.
    """
    over = _over_cells(total, single, sums, good, low.shape[1])
    whole = np.flatnonzero(single & ~np.isnan(total))
    rhs = np.zeros(over.height)
    rhs[: len(whole)] = total[whole]
    programme = Programme(over, rhs, low.ravel(), high.ravel(), pivots=PIVOTS)
    seen = _Worlds(programme, wanted, np.full(low.shape, np.inf), np.full(low.shape, -np.inf))
    with suppress(CannotCheck):
        _at_random(seen)
        for cell in np.flatnonzero(seen.left).tolist():
            for sign in (1.0, -1.0):
                if seen.left[cell]:
                    seen.see(np.where(np.arange(low.size) == cell, sign, 0.0))
    return seen.left.reshape(low.shape)


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


def _over_cells(total: Reals, single: Flags, sums: Sequence[Sums], good: Sequence[int], width: int) -> Sums:
    """All sums over counts (group by group, answer by answer); the answers of one group come first."""
    answers = width - bool(good)
    whole = np.flatnonzero(single & ~np.isnan(total))
    parts = [(np.repeat(np.arange(len(whole)), answers), np.ravel(whole[:, None] * width + np.arange(answers)), 1.0)]
    height = len(whole)
    if good:
        mine = np.ravel(whole[:, None] * width + np.array(good))
        parts += [(height + np.repeat(np.arange(len(whole)), len(good)), mine, 1.0)]
        parts += [(height + np.arange(len(whole)), whole * width + answers, -1.0)]
        height += len(whole)
    entries = [(row, cell, np.full(len(row), sign)) for row, cell, sign in parts]
    for part in sums:
        for column in range(width):
            entries.append((height + part.row, part.column * width + column, part.sign))
            height += part.height
    row, cell, sign = (np.concatenate(list(pieces)) for pieces in zip(*entries, strict=True))
    return Sums(row, cell, sign, height)
