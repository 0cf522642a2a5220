"""Shares of one question over all its groups at once: parts and wholes together may not give a count away (T6).

A share of its own leaves at least two counts. But the people behind an answer add up too: with the whole at the low end
of what its share allows, and every part as well, each of them is known. Then a group around it is printed more
coarsely, until nothing follows. Groups are cells of a table (`shares_of`) or areas (`areas.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from anonymisation.disclosure.answers import STEPS, PublishedShare, possible_counts, publish_distribution
from anonymisation.disclosure.cells import Block, Flags, Ints
from anonymisation.disclosure.incidence import Draft, Reals, Sums, add_block
from anonymisation.disclosure.solver import Programme
from domain.errors import CannotCheck
from domain.release import Status

CLOSED = STEPS[-1] + 1
MOST_ROUNDS = 30
SECONDS, TOLERANCE = 60.0, 1e-6


@dataclass(frozen=True)
class Web:
    """The answers of one question over groups that add up.

    total: people per group, NaN where readers do not know it. single: groups in which everybody gave one answer.
    show: what is printed of a group in steps no finer than this; a share of some answers together (`good`) is last.
    first: which group is printed more coarsely first, from a group and its finest step.
    exact: look for what several sums tell together as well (wholes that overlap), not only for one after the other.
    """

    total: Reals
    single: Flags
    sums: Sequence[Sums]
    show: Mapping[int, Callable[[int], list[PublishedShare]]]
    first: Callable[[int, int], tuple[int, ...]]
    good: tuple[int, ...] = ()
    exact: bool = False


def shares_of(block: Block, shown: Flags) -> dict[int, list[PublishedShare]]:
    """What is printed per group of a block with answers; shown: groups of which the base is printed."""
    said = {row: list(counts.values()) for row, counts in (block.answers or {}).items() if shown[row]}
    draft = Draft()
    add_block(draft, block)

    def printer(counts: list[int]) -> Callable[[int], list[PublishedShare]]:
        return lambda finest: publish_distribution(counts, block.layout.sensitive, finest=finest)

    total = np.full(block.size, np.nan)
    total[list(said)] = block.n[list(said)]
    show = {row: printer(counts) for row, counts in said.items()}
    smallest = lambda row, finest: (finest, int(block.n[row]), row)  # noqa: E731
    return settled(Web(total, ~np.isnan(total), draft.sums, show, smallest))[1]


def settled(web: Web) -> tuple[dict[int, int], dict[int, list[PublishedShare]]]:
    """Per group the finest step with which no count follows from all groups together, and what that prints."""
    finest = dict.fromkeys(web.show, STEPS[0])
    printed = {row: show(STEPS[0]) for row, show in web.show.items()}
    while (given := _given_away(web, printed)).size:
        for row in _coarser(web, given, finest):
            finest[row] = next((step for step in STEPS if step > _step(printed[row], finest[row])), CLOSED)
            printed[row] = web.show[row](finest[row])
    return finest, printed


def _step(shares: Sequence[PublishedShare], finest: int) -> int:
    return max(finest, min((share.step for share in shares if share.step), default=finest))


def _given_away(web: Web, printed: Mapping[int, Sequence[PublishedShare]]) -> Ints:
    """Groups of which a printed share, or a masked one, leaves a single count."""
    size, width = len(web.total), max((len(shares) for shares in printed.values()), default=0)
    low, high = np.zeros((size, width)), np.full((size, width), np.inf)
    high[~np.isnan(web.total)] = web.total[~np.isnan(web.total), None]
    visible = np.zeros((size, width), dtype=bool)
    for row, shares in printed.items():
        for at, share in enumerate(shares):
            if share.status is not Status.SUPPRESSED:
                visible[row, at] = True
                low[row, at], high[row, at] = possible_counts(share.value, share.step, share.bound, int(web.total[row]))
    _tighten(low, high, web)
    given = visible & (low >= high)
    if web.exact and not given.any():
        given = _pinned_by_worlds(low, high, visible, web)
    return np.flatnonzero(given.any(axis=1))


def _pinned_by_worlds(low: Reals, high: Reals, visible: Flags, web: Web) -> Flags:
    """Visible counts of which worlds that fit allow only one; random worlds first, then two programmes for the rest."""
    sums = _over_cells(web, low.shape[1])
    rhs = np.zeros(sums.height)
    whole = np.flatnonzero(web.single & ~np.isnan(web.total))
    rhs[: len(whole)] = web.total[whole]
    programme = Programme(sums, rhs, low.ravel(), high.ravel(), seconds=SECONDS)
    least, most = np.full(low.size, np.inf), np.full(low.size, -np.inf)
    dice, wanted = np.random.default_rng(0), visible.ravel()

    def world(cost: Reals) -> Flags:
        programme.costs(cost)
        programme.afresh()  # from where the last one ended HiGHS sometimes gives up
        found = programme.solve()
        if found is None:
            raise CannotCheck("de aandelen van gebieden spreken elkaar tegen")
        np.minimum(least, found, out=least)
        np.maximum(most, found, out=most)
        return np.asarray(wanted & (np.ceil(least - TOLERANCE) >= np.floor(most + TOLERANCE)))

    left, before = wanted, wanted.sum() + 2
    try:
        while 1 < left.sum() < before - 1:
            before, cost = left.sum(), np.where(left, dice.uniform(-1.0, 1.0, low.size), 0.0)
            world(cost)
            left = world(-cost)
        for cell in np.flatnonzero(left).tolist():
            for sign in (1.0, -1.0):
                if left[cell]:
                    left = world(np.where(np.arange(low.size) == cell, sign, 0.0))
    except CannotCheck:
        pass  # what no world has freed yet counts as given away
    return left.reshape(low.shape)


def _over_cells(web: Web, width: int) -> Sums:
    """All sums over counts (group by group, answer by answer); the answers of one group come first."""
    answers = width - bool(web.good)
    whole = np.flatnonzero(web.single & ~np.isnan(web.total))
    parts = [(np.repeat(np.arange(len(whole)), answers), np.ravel(whole[:, None] * width + np.arange(answers)), 1.0)]
    height = len(whole)
    if web.good:
        good = np.ravel(whole[:, None] * width + np.array(web.good))
        parts += [(height + np.repeat(np.arange(len(whole)), len(web.good)), good, 1.0)]
        parts += [(height + np.arange(len(whole)), whole * width + answers, -1.0)]
        height += len(whole)
    entries = [(row, cell, np.full(len(row), sign)) for row, cell, sign in parts]
    for part in web.sums:
        for column in range(width):
            entries.append((height + part.row, part.column * width + column, part.sign))
            height += part.height
    row, cell, sign = (np.concatenate(list(pieces)) for pieces in zip(*entries, strict=True))
    return Sums(row, cell, sign, height)


def _tighten(low: Reals, high: Reals, web: Web) -> None:
    """Bounds on counts by all sums, over answers and over groups, until nothing narrows any more."""
    open_ = np.flatnonzero(~np.isnan(web.total) & web.single)
    for _ in range(MOST_ROUNDS):
        before = low.copy(), high.copy()
        mine, most = low[open_], high[open_]
        _answers(mine, most, web.total[open_], list(web.good))
        low[open_], high[open_] = mine, most
        for part in web.sums:
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


def _coarser(web: Web, given: Ints, finest: Mapping[int, int]) -> set[int]:
    """For every group that is given away, the first group in one sum with it that can be printed more coarsely."""
    found: set[int] = set()
    for row in given.tolist():
        near = {row, *_beside(row, web.sums)}
        room = [other for other in near if finest.get(other, CLOSED) < CLOSED]
        found.add(min(room, key=lambda other: web.first(other, finest[other])))
    return found


def _beside(row: int, sums: Sequence[Sums]) -> Iterable[int]:
    for part in sums:
        yield from part.column[np.isin(part.row, part.row[part.column == row])].tolist()
