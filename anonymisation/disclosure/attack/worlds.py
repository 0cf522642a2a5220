"""The attacker's own programmes over what people answered: which counts the printed figures together leave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import highspy
import numpy as np

from anonymisation.disclosure.attack.cells import Array
from anonymisation.disclosure.attack.programme import Programme

NEAR = 1e-6
SECONDS = 60.0
PLENTY = 1e7
"""More than any group holds, or any sum of its answers."""
Term = tuple[int, float]


class Unknowns:
    """Numbers that nobody printed, with what is known of each and of sums of them."""

    def __init__(self) -> None:
        self.low: list[float] = []
        self.high: list[float] = []
        self._rows: list[tuple[list[Term], float, float]] = []
        self._same: dict[int, int] = {}

    def add(self, low: float = 0.0, high: float = PLENTY) -> int:
        """One more, somewhere between two ends."""
        self.low.append(low)
        self.high.append(min(high, PLENTY))
        return len(self.low) - 1

    def between(self, terms: Iterable[Term], low: float = 0.0, high: float = 0.0) -> None:
        """A sum (unknown, times how much) that lies between two ends; without them it is 0."""
        self._rows.append((list(terms), low, high))

    def same(self, some: Iterable[int], others: Iterable[int]) -> None:
        """Pairs that stand for the same: one in the programme, which halves it where nearly nothing changed."""
        for pair in zip(some, others, strict=True):
            one, other = sorted(self._first(at) for at in pair)
            if one != other:
                self._same[other] = one

    def whole(self, whole: int, parts: Iterable[int]) -> None:
        """A whole that is its parts together."""
        self.between([(whole, -1.0), *((part, 1.0) for part in parts)])

    def ends(self, wanted: Sequence[int], least: Array) -> tuple[Array, Array] | None:
        """Least and most of wanted whole numbers in the worlds that fit, as far apart as needed; None if no world fits.

        A number is left alone once two values are possible and it can be as low as `least`. Raises CannotCheck when the
        solver gives up.
        """
        if (found := self._columns()) is None:
            return None
        column, low, high = found
        search = _Search(self._model(low, high, column), column[np.array(wanted, dtype=np.int64)], least)
        return (search.low, search.high) if search.run() else None

    def most(self, wanted: Sequence[int], enough: float) -> Array | None:
        """The most that each of these can be, a number that is `enough` as soon as it can be that; None if no world
        fits. Raises CannotCheck when the solver gives up.
        """
        if (found := self._columns()) is None:
            return None
        column, low, high = found
        mine = column[np.array(wanted, dtype=np.int64)]
        programme, most = Programme(self._model(low, high, column), SECONDS), np.full(len(mine), -np.inf)
        dice = np.random.default_rng(2)
        for at in (-1, -1, *range(len(mine))):
            left = most < enough - NEAR
            if at < 0 or left[at]:
                cost = np.zeros(programme.size)
                like = left * dice.uniform(0.5, 1.0, len(mine)) if at < 0 else np.arange(len(mine)) == at
                np.subtract.at(cost, mine, like)
                if (world := programme.least(cost)) is None:
                    return None
                most = np.maximum(most, world[mine])
        return most

    def _columns(self) -> tuple[Array, Array, Array] | None:
        """Per unknown its column, and the ends of every column; None where these exclude each other."""
        first, column = np.unique([self._first(at) for at in range(len(self.low))], return_inverse=True)
        low, high = np.full(len(first), -np.inf), np.full(len(first), np.inf)
        np.maximum.at(low, column, self.low)
        np.minimum.at(high, column, self.high)
        return None if (low > high + NEAR).any() else (column, low, np.maximum(low, high))

    def _first(self, at: int) -> int:
        while at in self._same:
            at = self._same[at]
        return at

    def _model(self, low: Array, high: Array, column: Array) -> Any:
        rows = self._merged(column.tolist())
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(low), len(rows)
        model.col_cost_ = np.zeros(len(low))
        model.col_lower_, model.col_upper_ = low, high
        model.row_lower_ = np.array([least for _, least, _ in rows])
        model.row_upper_ = np.array([most for *_, most in rows])
        lengths = [len(terms) for terms, *_ in rows]
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
        model.a_matrix_.index_ = np.array([at for terms, *_ in rows for at, _ in terms], dtype=np.int32)
        model.a_matrix_.value_ = np.array([times for terms, *_ in rows for _, times in terms])
        return model

    def _merged(self, column: Sequence[int]) -> list[tuple[tuple[Term, ...], float, float]]:
        """What is known of sums, once each, over the columns of the programme."""
        found: dict[tuple[tuple[Term, ...], float, float], None] = {}
        for terms, low, high in self._rows:
            row: dict[int, float] = {}
            for at, times in terms:
                row[column[at]] = row.get(column[at], 0.0) + times
            left = tuple(sorted((at, times) for at, times in row.items() if times))
            if left or low > NEAR or high < -NEAR:
                found[left, low, high] = None
        return list(found)


class _Search:
    """Lowest and highest values of some unknowns: worlds at random, then one programme after the other."""

    def __init__(self, model: Any, wanted: Array, least: Array) -> None:
        self._programme, self._wanted, self._least = Programme(model, SECONDS), wanted, least
        self.low, self.high = np.full(len(wanted), np.inf), np.full(len(wanted), -np.inf)

    def run(self) -> bool:
        dice, before = np.random.default_rng(2), len(self._wanted) + 2
        while 1 < self._left.sum() < before - 1:
            before, weights = self._left.sum(), np.where(self._left, dice.uniform(-1.0, 1.0, len(self._wanted)), 0.0)
            if not (self._see(weights) and self._see(-weights)):
                return False
        for at in np.flatnonzero(self._left).tolist():
            for sign in (1.0, -1.0):
                if self._left[at] and not self._see(np.where(np.arange(len(self._wanted)) == at, sign, 0.0)):
                    return False
        return True

    @property
    def _left(self) -> Array:
        return told(self.low, self.high, self._least)

    def _see(self, weights: Array) -> bool:
        """Add the world that makes a sum of what is wanted least; False when no world fits."""
        cost = np.zeros(self._programme.size)
        np.add.at(cost, self._wanted, weights)
        every = self._programme.least(cost)
        if every is None:
            return False
        world = every[self._wanted]
        np.minimum(self.low, world, out=self.low)
        np.maximum(self.high, world, out=self.high)
        return True


def told(low: Array, high: Array, least: Array) -> Array:
    """Whole numbers of which one value is left, or that are higher than they may be known to be."""
    return np.asarray((np.ceil(low - NEAR) >= np.floor(high + NEAR)) | (low > least + NEAR))
