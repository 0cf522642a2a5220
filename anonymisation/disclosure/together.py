"""Shares of one question over all its groups at once: parts and wholes together may not give a count away (T6).

A share of its own leaves at least two counts. But the people behind an answer add up too: with the whole at the low end
of what its share allows, and every part as well, each of them is known. Then the smallest group around it is printed
more coarsely, until nothing follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from anonymisation.disclosure.answers import STEPS, PublishedShare, possible_counts, publish_distribution
from anonymisation.disclosure.cells import Block, Flags, Ints
from anonymisation.disclosure.incidence import Draft, Reals, Sums, add_block
from domain.release import Status

CLOSED = STEPS[-1] + 1
MOST_ROUNDS = 30


def shares_of(block: Block, shown: Flags) -> dict[int, list[PublishedShare]]:
    """What is printed per group of a block with answers; shown: groups of which the base is printed."""
    said = block.answers or {}
    rows = [row for row in said if shown[row]]
    draft = Draft()
    add_block(draft, block)
    finest = dict.fromkeys(rows, STEPS[0])
    printed = {row: _printed(block, row, finest[row]) for row in rows}
    while (given := _given_away(block, printed, draft.sums)).size:
        for row in _coarser(block, given, draft.sums, finest):
            finest[row] = next((step for step in STEPS if step > _step(printed[row], finest[row])), CLOSED)
            printed[row] = _printed(block, row, finest[row])
    return printed


def _printed(block: Block, row: int, finest: int) -> list[PublishedShare]:
    counts = list((block.answers or {})[row].values())
    return publish_distribution(counts, block.layout.sensitive, finest=finest)


def _step(shares: Sequence[PublishedShare], finest: int) -> int:
    return max([finest, *(share.step or 0 for share in shares)])


def _given_away(block: Block, printed: dict[int, list[PublishedShare]], sums: Sequence[Sums]) -> Ints:
    """Groups of which a printed share, or a masked one, leaves a single count."""
    width = max((len(shares) for shares in printed.values()), default=0)
    low, high = np.zeros((block.size, width)), np.full((block.size, width), np.inf)
    total, visible = np.full(block.size, np.nan), np.zeros((block.size, width), dtype=bool)
    for row, shares in printed.items():
        total[row] = block.n[row]
        low[row], high[row] = 0.0, total[row]
        for at, share in enumerate(shares):
            if share.status is not Status.SUPPRESSED:
                visible[row, at] = True
                low[row, at], high[row, at] = possible_counts(share.value, share.step, share.bound, int(total[row]))
    _tighten(low, high, total, sums)
    return np.flatnonzero((visible & (low >= high)).any(axis=1))


def _tighten(low: Reals, high: Reals, total: Reals, sums: Sequence[Sums]) -> None:
    """Bounds on counts by all sums, over answers and over groups, until nothing narrows any more."""
    open_ = np.flatnonzero(~np.isnan(total))
    for _ in range(MOST_ROUNDS):
        before = low.copy(), high.copy()
        mine, most = low[open_], high[open_]
        low[open_] = np.maximum(mine, (total[open_] - most.sum(axis=1))[:, None] + most)
        high[open_] = np.minimum(most, (total[open_] - mine.sum(axis=1))[:, None] + mine)
        for part in sums:
            _along(low, high, part)
        if np.array_equal(before[0], low) and np.array_equal(before[1], high):
            return


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


def _coarser(block: Block, given: Ints, sums: Sequence[Sums], finest: dict[int, int]) -> set[int]:
    """For every group that is given away, the smallest group in one sum with it that can be printed more coarsely."""
    found: set[int] = set()
    for row in given.tolist():
        near = {row, *_beside(row, sums)}
        room = [other for other in near if finest.get(other, CLOSED) < CLOSED]
        found.add(min(room, key=lambda other: (finest[other], int(block.n[other]), other)))
    return found


def _beside(row: int, sums: Sequence[Sums]) -> Iterable[int]:
    for part in sums:
        yield from part.column[np.isin(part.row, part.row[part.column == row])].tolist()
