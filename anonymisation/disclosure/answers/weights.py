"""What people of known weights can weigh together when only some counts of them are possible.

A count is of people who say yes, or of points above the low end of a scale; so many points as many times a weight.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, combinations

import numpy as np

from anonymisation.disclosure.groups.cells import Flags
from anonymisation.disclosure.groups.incidence import Reals

NEAR = 1e-6


@dataclass(frozen=True)
class People:
    """A group of people, as readers know them.

    low, high: the counts that its plain figure leaves. weight: from light to heavy; most: the points that those of a
    weight can add. apart: of these, how many must be able to count otherwise than the rest. floor, ceiling: what its
    weighted figure leaves of the weighted sum. gap: how far weighted sums of one count may lie apart in whole people.
    """

    low: float
    high: float
    weight: Reals
    most: Reals
    apart: Reals
    gap: float = 0.0
    floor: float = 0.0
    ceiling: float = np.inf

    @property
    def every(self) -> float:
        """The weighted sum when everybody counts fully."""
        return float(self.weight @ self.most)

    @cached_property
    def turned(self) -> People:
        """The same people, when what they did not add is counted."""
        points = float(self.most.sum())
        floor, ceiling = self.every - self.ceiling, self.every - self.floor
        return replace(self, low=points - self.high, high=points - self.low, floor=floor, ceiling=ceiling)

    @cached_property
    def least(self) -> Reals:
        """Per world its lowest and its highest count, and the least weighted sum of each.

        First the world without conditions; then per weight the one in which not (nearly) all of them count, and the one
        in which not nearly nobody does. Between the two counts that sum is at most on a straight line.
        """
        points = float(self.most.sum())
        none = np.zeros_like(self.apart)
        low = np.maximum(self.low, np.concatenate([[0.0], none, self.apart]))
        high = np.minimum(self.high, np.concatenate([[points], points - self.apart, none + points]))
        sums = [np.maximum(self._least(count), self.floor) for count in (low, high)]
        found = np.stack([low, high, *sums], axis=1)
        return np.asarray(found[low <= high + NEAR])

    def _least(self, count: Reals) -> Reals:
        """The least weighted sum of a count per world: the light ones count first.

        What must stay apart moves the line of sums up from where its weight comes.
        """
        steps, sums = (np.concatenate([[0.0], np.cumsum(of)]) for of in (self.most, self.weight * self.most))
        size = len(self.most)
        free, fewer, more = count[:1], count[1 : 1 + size], count[1 + size :]
        end, extra = steps[1:], self.apart * self.weight
        fewer = np.where(
            fewer <= end - self.apart, np.interp(fewer, steps, sums), np.interp(fewer + self.apart, steps, sums) - extra
        )
        more = np.where(more <= end, np.interp(more - self.apart, steps, sums) + extra, np.interp(more, steps, sums))
        return np.concatenate([np.interp(free, steps, sums), fewer, more])


Over = tuple[People, Flags]
"""A group that holds some of the others, and which."""


def always_possible(whole: People, parts: Sequence[People], over: Sequence[Over]) -> tuple[float, float]:
    """The weighted sums of a whole that remain possible with every count that its parts can have: from, until.

    The first is the most that the least sum can be, in any world; the second the least that the most can be. Nothing is
    always possible where the first is above the second.
    """
    turned = [part.turned for part in parts]
    low = _most_of_the_least(whole, parts, over)
    high = _most_of_the_least(whole.turned, turned, [(group.turned, members) for group, members in over])
    return low, whole.every - high


def _most_of_the_least(whole: People, parts: Sequence[People], over: Sequence[Over]) -> float:
    """An upper bound on the least weighted sum of a whole over all counts that its parts can have, in any world.

    A group over others weighs at least its floor, or at least what is in it: each choice of groups is tried.
    """
    if any(part.floor == np.inf for part in (*parts, *(group for group, _ in over))):
        return np.inf
    ends = [part.least for part in parts]
    first = np.stack([end[0] for end in ends])
    worlds = [first[None]]
    for at, end in enumerate(ends):
        other = np.repeat(first[None], len(end) - 1, axis=0)
        other[:, at] = end[1:]
        worlds.append(other)
    every = np.concatenate(worlds)
    fits = (every[..., 0].sum(axis=1) <= whole.high + NEAR) & (every[..., 1].sum(axis=1) >= whole.low - NEAR)
    if not fits[0]:
        return np.inf
    return max(_filled(every[fits], whole.high, over, floors) for floors in _choices(over))


def _choices(over: Sequence[Over]) -> Iterator[tuple[int, ...]]:
    """Every choice of groups with a floor that do not overlap."""
    able = [at for at, (group, _) in enumerate(over) if group.floor > 0]
    for chosen in chain.from_iterable(combinations(able, size) for size in range(len(able) + 1)):
        if not chosen or np.sum([over[at][1] for at in chosen], axis=0).max() <= 1:
            yield chosen


def _filled(worlds: Reals, most: float, over: Sequence[Over], floors: Sequence[int]) -> float:
    """The most that these worlds weigh when `most` counts: what weighs most per count comes first."""
    low, high, least, until = np.moveaxis(worlds, -1, 0).copy()
    room, weighs = np.full(len(low), float(most)), 0.0
    for at in floors:
        group, members = over[at]
        room -= np.maximum(group.low, low[:, members].sum(axis=1))
        weighs += group.floor
        for values in (low, high, least, until):
            values[:, members] = 0.0
    room -= low.sum(axis=1)
    held = np.array([members for _, members in over], dtype=bool).reshape(len(over), low.shape[1])
    inside = np.array([group.high for group, _ in over]) - low @ held.T
    slope = np.divide(until - least, high - low, out=np.zeros_like(low), where=high > low)
    sums, each = weighs + least.sum(axis=1), np.arange(len(low))
    left = room.copy()
    for part in np.argsort(-slope, axis=1, kind="stable").T:
        holds = held[:, part].T
        cap = np.where(holds, inside, np.inf).min(axis=1, initial=np.inf)
        taken = np.clip(np.minimum(left, cap), 0.0, (high - low)[each, part])
        sums += taken * slope[each, part]
        left -= taken
        inside -= holds * taken[:, None]
    return float(np.where(room >= -NEAR, sums, -np.inf).max())
