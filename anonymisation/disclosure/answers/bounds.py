"""Lowest and highest counts that fit what is printed, one sum after the other: quick, and mostly enough."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from anonymisation.disclosure.groups.cells import Flags
from anonymisation.disclosure.groups.incidence import Reals, Sums

MOST_ROUNDS = 30


def tighten(
    low: Reals, high: Reals, total: Reals, single: Flags, sums: Sequence[Sums], good: Sequence[int] = ()
) -> None:
    """Narrow counts (groups x answers) by all sums, over answers and over groups, until nothing narrows any more.

    The arguments are those of `together.Web`.
    """
    open_ = np.flatnonzero(~np.isnan(total) & single)
    for _ in range(MOST_ROUNDS):
        before = low.copy(), high.copy()
        if open_.size:  # where every group is narrow there is one column, and `good` names none
            mine, most = low[open_], high[open_]
            _answers(mine, most, total[open_], list(good))
            low[open_], high[open_] = mine, most
        for part in sums:
            _along(low, high, part)
        if np.array_equal(before[0], low) and np.array_equal(before[1], high):
            return


def _answers(low: Reals, high: Reals, total: Reals, good: list[int]) -> None:
    """All answers are everybody, and the good ones what is printed of them together (the last column)."""
    every = list(range(low.shape[1] - bool(good)))
    _add_up(low, high, every, total, total)
    if good:
        rest = [at for at in every if at not in good]
        low[:, -1] = np.maximum.reduce([low[:, -1], low[:, good].sum(axis=1), total - high[:, rest].sum(axis=1)])
        high[:, -1] = np.minimum.reduce([high[:, -1], high[:, good].sum(axis=1), total - low[:, rest].sum(axis=1)])
        _add_up(low, high, good, low[:, -1], high[:, -1])
        _add_up(low, high, rest, total - high[:, -1], total - low[:, -1])


def _add_up(low: Reals, high: Reals, columns: list[int], least: Reals, most: Reals) -> None:
    """Some answers are together at least `least` and at most `most`."""
    mine, top = low[:, columns], high[:, columns]
    low[:, columns] = np.maximum(mine, (least - top.sum(axis=1))[:, None] + top)
    high[:, columns] = np.minimum(top, (most - mine.sum(axis=1))[:, None] + mine)


def _along(low: Reals, high: Reals, sums: Sums) -> None:
    """A whole is at least its parts together, and a part at most the whole less the other parts."""
    child = sums.sign > 0
    row, part = sums.row[child], sums.column[child]
    whole = np.empty(sums.height, dtype=np.int64)
    whole[sums.row[~child]] = sums.column[~child]
    least, most = (np.zeros((sums.height, low.shape[1])) for _ in range(2))
    np.add.at(least, row, low[part])
    endless = np.isinf(high[part])
    np.add.at(most, row, np.where(endless, 0.0, high[part]))
    loose = np.zeros(most.shape)
    np.add.at(loose, row, endless.astype(float))
    others = np.where(loose[row] - endless > 0, np.inf, most[row] - np.where(endless, 0.0, high[part]))
    np.minimum.at(high, part, high[whole][row] - (least[row] - low[part]))
    np.maximum.at(low, part, low[whole][row] - others)
    np.maximum.at(low, whole, least)
    np.minimum.at(high, whole, np.where(loose > 0, np.inf, most))
