"""The attack on sums: how many people can at most, and must at least, be in every suppressed group.

Own programmes (HiGHS), own components, nothing shared with the protector. A group that can only hold fewer
people than the minimum has been found; so has one that an insider can work out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import highspy
import numpy as np
import scipy.sparse as sp
from scipy.sparse.csgraph import connected_components

from anonymisation.disclosure.attack.cells import Array, View
from anonymisation.disclosure.attack.programme import Programme
from domain.errors import Contradiction

NEAR = 1e-6
_NO_SUM = "getoonde delen tellen niet op tot hun getoonde totaal; zijn dit tabellen van één uitgave?"
DENSE = 60
"""Up to this many groups in a piece, plain matrices are quicker than sparse ones."""


@dataclass(frozen=True)
class Known:
    """Best bounds an outsider gets for every group; `high` stops growing once it passes the minimum.

    `low` of a group that was not asked for stops falling once the rest is clear.
    """

    low: Array
    high: Array


@dataclass(frozen=True)
class Piece:
    """Groups that are bound to each other and not printed exactly, with the sums between them.

    columns: the groups. row, column, sign: the entries of the sums, counted within this piece. rhs: what is printed.
    """

    columns: Array
    row: Array
    column: Array
    sign: Array
    rhs: Array

    @cached_property
    def matrix(self) -> Any:
        """The sums as rows; plain where that is small, because there it is quicker."""
        shape = (len(self.rhs), len(self.columns))
        if len(self.columns) > DENSE:
            return sp.csr_matrix((self.sign, (self.row, self.column)), shape=shape).tocsc()
        full = np.zeros(shape)
        full[self.row, self.column] = self.sign
        return full


@dataclass(frozen=True)
class Puzzle:
    """A view once every sum with one unknown is filled in: what is known by then, and the pieces that are left."""

    known: Known
    pieces: Sequence[Piece]


def attack(
    view: View,
    k: float,
    *,
    seconds: float = 60.0,
    exact: bool = False,
    puzzle: Puzzle | None = None,
    lows: Array | None = None,
) -> Known:
    """Bounds of every group. exact: also the true lowest and highest value (slower; for tests and evidence).

    puzzle: that of this view, when it is at hand. lows: the groups of which the true lowest value is asked.
    Raises CannotCheck at a solver limit, Contradiction when the printed sums contradict each other.
    """
    puzzle = puzzle or puzzle_of(view)
    asked = np.zeros(view.size, dtype=bool) if lows is None else lows
    low, high = puzzle.known.low.copy(), puzzle.known.high.copy()
    top = 100.0 * float(high[np.isfinite(high)].sum()) + 1e6
    for piece in puzzle.pieces:
        columns = piece.columns
        wanted = (low[columns] < k) & (high[columns] > low[columns])
        if exact or wanted.any():
            ends = _Ends(piece, low[columns], np.minimum(high[columns], top), seconds)
            ends.widen(wanted, np.inf if exact else k, exact)
            ends.lower(wanted & asked[columns])
            low[columns], high[columns] = ends.answer(wanted, exact)
            high[columns] = np.where(high[columns] >= top / 2, np.inf, high[columns])
    return Known(low, high)


def puzzle_of(view: View) -> Puzzle:
    """What follows at once, and the rest; raises Contradiction when printed parts do not add up to their whole."""
    low, high = np.array(view.low), np.array(view.high)
    row, column, sign = view.entries()
    _follow(low, high, row, column, sign)
    rhs, take = _right(low, high, row, column, sign), low[column] != high[column]
    row, column, sign = row[take], column[take], sign[take]
    whole = np.ones(len(rhs), dtype=bool)
    whole[row] = False
    if np.any(np.abs(rhs[whole]) > NEAR):
        raise Contradiction(_NO_SUM)
    return Puzzle(Known(low, high), _split(row, column, sign, rhs, view.size))


def _follow(low: Array, high: Array, row: Array, column: Array, sign: Array) -> None:
    """Fill in every group that is the only unknown of a sum, until there is none."""
    while len(at := _alone(low, high, row, column)):
        value = _right(low, high, row, column, sign)[row[at]] * sign[at]
        mine = column[at]
        if np.any((value < low[mine] - NEAR) | (value > high[mine] + NEAR)):
            raise Contradiction(_NO_SUM)
        low[mine] = high[mine] = value


def _alone(low: Array, high: Array, row: Array, column: Array) -> Array:
    """Entries that are the only unknown of their sum."""
    unknown = low[column] != high[column]
    return np.flatnonzero(unknown & (np.bincount(row, weights=unknown)[row] == 1)) if len(row) else row


def _right(low: Array, high: Array, row: Array, column: Array, sign: Array) -> Array:
    """Per sum what its unknown groups add up to."""
    known = np.where(low == high, low, 0.0)
    return -np.bincount(row, weights=known[column] * sign)


def _split(row: Array, column: Array, sign: Array, rhs: Array, size: int) -> list[Piece]:
    if not len(row):
        return []
    name = joined(row, len(rhs) + column, len(rhs) + size)[row]
    order = np.argsort(name, kind="stable")
    edges = np.flatnonzero(np.diff(name[order])) + 1
    return [_piece(row[part], column[part], sign[part], rhs) for part in np.split(order, edges)]


def _piece(row: Array, column: Array, sign: Array, rhs: Array) -> Piece:
    rows, at = np.unique(row, return_inverse=True)
    columns, place = np.unique(column, return_inverse=True)
    return Piece(columns, at, place, sign, rhs[rows])


def joined(one: Array, other: Array, size: int) -> Array:
    """A number per node, equal for nodes that links join."""
    links = sp.coo_matrix((np.ones(len(one), dtype=np.int8), (one, other)), shape=(size, size))
    return np.asarray(connected_components(links, directed=False)[1])


class _Ends:
    """Lowest and highest values of one piece, from as few programmes as it takes."""

    def __init__(self, piece: Piece, low: Array, high: Array, seconds: float) -> None:
        self._size = len(piece.columns)
        self._programme = Programme(_model(piece, low, high), seconds, solver="simplex", simplex_strategy=4)
        self.lowest, self.highest = np.full(self._size, np.inf), np.full(self._size, -np.inf)
        self._printed, self._piece = (low, high), piece

    def widen(self, wanted: Array, k: float, exact: bool) -> None:
        """Find worlds until every wanted group is seen at k or above, or cannot get there.

        Many groups at once, weighed alike as long as that helps (the quickest), then by chance; the rest one by one.
        """
        dice = np.random.default_rng(1)
        for least in (1.0, 0.2) if not exact else ():
            left, gain = wanted & (self.highest < k), self._size
            while left.any() and gain > 1:
                self._see(np.where(left, -dice.uniform(least, 1.0, self._size), 0.0))
                still = wanted & (self.highest < k)
                gain, left = int(left.sum() - still.sum()), still
        for at in np.flatnonzero(wanted):
            if self.highest[at] < k:
                self._see(_unit(self._size, int(at), -1.0))
            if exact or self.highest[at] < k:
                self._see(_unit(self._size, int(at), 1.0))

    def lower(self, asked: Array) -> None:
        """Find worlds until every group that is asked for is seen at its lowest."""
        dice = np.random.default_rng(2)
        floor = _floors(self._piece, *self._printed) + NEAR
        left, gain = asked & (self.lowest > floor), self._size
        while left.any() and gain > 1:
            self._see(np.where(left, dice.uniform(0.2, 1.0, self._size), 0.0))
            still = asked & (self.lowest > floor)
            gain, left = int(left.sum() - still.sum()), still
        for at in np.flatnonzero(left):
            if self.lowest[at] > floor[at]:
                self._see(_unit(self._size, int(at), 1.0))

    def answer(self, wanted: Array, exact: bool) -> tuple[Array, Array]:
        """Bounds per group; what was not asked keeps its printed bounds."""
        pinned = wanted & (exact | (self.highest < np.inf))
        return (
            np.where(pinned, self.lowest, self._printed[0]),
            np.where(pinned, self.highest, self._printed[1]),
        )

    def _see(self, cost: Array) -> None:
        world = self._programme.least(cost)
        if world is None:
            raise Contradiction("de getoonde aantallen spreken elkaar tegen; zijn dit tabellen van één uitgave?")
        np.minimum(self.lowest, world, out=self.lowest)
        np.maximum(self.highest, world, out=self.highest)


def _floors(piece: Piece, low: Array, high: Array, rounds: int = 4) -> Array:
    """What every group holds at least by one sum after another: often all there is to know, without a programme."""
    low, high = low.copy(), high.copy()
    for _ in range(rounds):
        least = np.where(piece.sign > 0, low[piece.column], -high[piece.column])
        most = np.where(piece.sign > 0, high[piece.column], -low[piece.column])
        rest_least = np.bincount(piece.row, weights=least)[piece.row] - least
        rest_most = np.bincount(piece.row, weights=most)[piece.row] - most
        ends = (piece.rhs[piece.row] - rest_most) * piece.sign, (piece.rhs[piece.row] - rest_least) * piece.sign
        np.maximum.at(low, piece.column, np.minimum(*ends))
        np.minimum.at(high, piece.column, np.maximum(*ends))
    return low


def _unit(size: int, at: int, value: float) -> Array:
    cost = np.zeros(size)
    cost[at] = value
    return cost


def _model(piece: Piece, low: Array, high: Array) -> Any:
    width, order = len(piece.columns), np.lexsort((piece.row, piece.column))
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = len(piece.rhs), width
    model.col_cost_ = np.zeros(width)
    model.col_lower_, model.col_upper_ = low, high
    model.row_lower_, model.row_upper_ = piece.rhs, piece.rhs
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = np.searchsorted(piece.column[order], np.arange(width + 1)).astype(np.int32)
    model.a_matrix_.index_, model.a_matrix_.value_ = piece.row[order].astype(np.int32), piece.sign[order]
    return model
