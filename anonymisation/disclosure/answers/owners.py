"""Who delivers knows what its own people answered, and takes it off every line that holds them (T8, for answers).

Two gemeenten and their provincie may each leave several counts, and only one to who knows one of the two. So no count
of others may follow beside own answers either; nor that (nearly) all who are left of a closed rest answered alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from anonymisation.disclosure.answers.worlds import TOLERANCE, Bound, Changes, Wanted, pinned
from anonymisation.disclosure.groups.cells import Flags, Ints
from anonymisation.disclosure.groups.incidence import Reals
from domain.printed import AreaLine
from domain.release import MINIMUM

NEAR = 12
"""So many owners are looked at first for worlds in which only they answered otherwise."""
World = tuple[Ints, Reals]
"""The counts that are not what they really are, and by how much."""


@dataclass(frozen=True)
class Owner:
    """Who knows these groups; and closed groups that hold its people beside others.

    large: whether enough others are in each of the rests. least, most: as in `Wanted`, a row per rest.
    """

    knows: Ints
    rests: Ints
    large: Flags
    least: Reals = field(repr=False)
    most: Reals = field(repr=False)

    def wants(self, wanted: Wanted) -> Wanted:
        """What it may not come to know: nothing that it knows already."""
        cells, least, most = wanted.cells.copy(), wanted.least.copy(), wanted.most.copy()
        cells[self.knows] = False
        cells[self.rests] &= self.large[:, None]
        of = slice(self.least.shape[1] - cells.shape[1], None)
        least[self.rests], most[self.rests] = self.least[:, of], self.most[:, of]
        return Wanted(cells, least, most)

    def moved(self, place: Ints) -> Owner:
        """The same where every row has another place, and several may have one."""
        rests, first = np.unique(place[self.rests], return_index=True)
        return Owner(place[self.knows], rests, self.large[first], self.least[first], self.most[first])


@dataclass(frozen=True)
class Own:
    """Who knows what, of one release or of several.

    releases: per release its lines, by row. real: per line how many people, NaN where that is not known here either.
    people: per row, as readers know it. rests: rows of closed groups, and of who came or left.
    left: per row that is no line the row that it is a part of, and what this leaves out.
    ends: how low and how high what so many closed people answered must be able to be.
    """

    releases: Sequence[Mapping[int, AreaLine]]
    real: Mapping[int, float]
    people: Sequence[float]
    rests: Sequence[int]
    left: Mapping[int, tuple[int, Sequence[int]]]
    ends: Callable[[float], tuple[float, float]]

    @cached_property
    def areas(self) -> Mapping[str, Mapping[tuple[int, tuple[str, ...]], int]]:
        """Per area that delivered its own lines, by release and group."""
        found: dict[str, dict[tuple[int, tuple[str, ...]], int]] = {}
        for at, lines in enumerate(self.releases):
            for row, line in lines.items():
                if line.leaves == {line.area}:
                    found.setdefault(line.area, {})[at, line.group] = row
        return found

    @cached_property
    def _held(self) -> Mapping[str, Mapping[int, int]]:
        """Per area that delivered, per line that holds its people the line of these alone."""
        found: dict[str, dict[int, int]] = {area: {} for area in self.areas}
        for at, lines in enumerate(self.releases):
            for row, line in lines.items():
                for area in line.leaves & self.areas.keys():
                    if (at, line.group) in self.areas[area]:
                        found[area][row] = self.areas[area][at, line.group]
        return found

    @cached_property
    def _rests(self) -> Mapping[int, tuple[int, frozenset[int]]]:
        return {rest: (self.left[rest][0], frozenset(self.left[rest][1])) for rest in self.rests}

    def owner(self, area: str, said: Reals) -> Owner:
        """What an area knows of its own and so of every closed rest: who is in it besides, and their ends with its own.

        said: what every row answered.
        """
        places, held = self.areas[area], self._held[area]
        rests: list[int] = []
        others: list[float] = []
        least, most = np.empty((2, 0, said.shape[1]))
        for rest, (whole, shown) in self._rests.items():
            inside = [(held[at], sign) for some, sign in (({whole}, 1), (shown, -1)) for at in held.keys() & some]
            if people := sum(sign * self.real[at] for at, sign in inside):
                rests.append(rest)
                others.append(0.0 if np.isnan(people) else self.people[rest] - people)
                own = sum(sign * said[at] for at, sign in inside)
                low, high = self.ends(others[-1])
                least, most = np.vstack([least, low + own]), np.vstack([most, high + own])
        large = np.array(others) >= MINIMUM
        return Owner(np.array(list(places.values())), np.array(rests, dtype=np.int64), large, least, most)


@dataclass(frozen=True)
class Owners:
    """Everybody who knows some groups, neighbours side by side. said: what each group really answered."""

    each: Sequence[Owner]
    said: Reals = field(repr=False)
    _worlds: list[World] = field(default_factory=list, repr=False)

    def learn(self, low: Reals, high: Reals, wanted: Wanted, bound: Bound) -> dict[int, set[int]]:
        """Groups of which one of them learns too much, with the groups of others that this rests on; as `pinned`."""
        found: dict[int, set[int]] = {}
        real = self.said[:, self.said.shape[1] - low.shape[1] :]
        low, high = np.minimum(low, real), np.maximum(high, real)  # a sum of half grades lies between whole ends
        for owner, asked in self._doubtful(real, low, high, wanted, bound):
            own, known = set(owner.knows.tolist()), np.zeros(low.shape, dtype=bool)
            known[owner.knows] = True
            for row, blamed in pinned(np.where(known, real, low), np.where(known, real, high), asked, bound).items():
                found.setdefault(row, set()).update(blamed - own)
        return found

    def _doubtful(
        self, real: Reals, low: Reals, high: Reals, wanted: Wanted, bound: Bound
    ) -> Iterator[tuple[Owner, Wanted]]:
        """Who may learn something, and what: of all else some world leaves its own people as they are.

        Such worlds are looked for near the real one, where one owner changed or a few neighbours, and then everywhere.
        """
        doubt = _Doubt(real, self.each, wanted)
        for at, change in self._worlds:
            world = real.ravel()[at] + change
            if ((world > low.ravel()[at] - TOLERANCE) & (world < high.ravel()[at] + TOLERANCE)).all():
                doubt.see(at, change)
        known = np.unique(np.concatenate([owner.knows for owner in self.each]))
        for first in range(0, len(self.each), NEAR):
            block = self.each[first : first + NEAR]
            own = np.isin(np.arange(len(real)), np.concatenate([owner.knows for owner in block]))
            may = own | ~np.isin(np.arange(len(real)), known)
            near = Changes(real, low, high, bound, may)
            self._worlds.extend(doubt.one_by_one(near, range(first, first + len(block))))
            self._worlds.extend(doubt.look(near, own))
        every = np.ones(len(real), dtype=bool)
        self._worlds.extend(doubt.look(Changes(real, low, high, bound, every), every))
        for owner, want, left in zip(self.each, doubt.wants, doubt.left, strict=True):
            if left.any():
                yield owner, replace(want, cells=left.reshape(low.shape))


class _Doubt:
    """Per owner the counts of which no world was seen that tells it apart from the real one.

    wants: what each may not come to know. left: owners x counts.
    """

    def __init__(self, real: Reals, owners: Sequence[Owner], wanted: Wanted) -> None:
        self.wants = [owner.wants(wanted) for owner in owners]
        self.left, self._least, self._most = (
            np.array([part.ravel() for part in parts])
            for parts in zip(*((want.cells, want.least, want.most) for want in self.wants), strict=True)
        )
        self._real = real.ravel()
        self._apart = np.where(self._real % 1.0 == 0.0, 1.0, 2.0)
        rows = np.arange(len(self._real)) // max(1, real.shape[1])
        self._own = np.array([np.isin(rows, owner.knows) for owner in owners])

    def see(self, at: Ints, change: Reals) -> None:
        """A world in which these counts changed."""
        others = np.flatnonzero(~self._own[:, at].any(axis=1))
        far = np.abs(change) >= self._apart[at] - TOLERANCE
        at, change = at[far], change[far]
        of, real = np.ix_(others, at), self._real[at]
        low, high = real + np.minimum(change, 0.0), real + np.maximum(change, 0.0)
        self.left[of] &= (low > self._least[of] + TOLERANCE) | (high < self._most[of] - TOLERANCE)

    def one_by_one(self, near: Changes, owners: Iterable[int]) -> Iterator[World]:
        """Worlds that take doubt away: of each of these owners two in which only its own people answered otherwise."""
        dice, own = np.random.default_rng(0), self._own[:, near.cells]
        for owner in owners:
            mine = own[owner]
            way = np.where(mine, dice.uniform(-1.0, 1.0, len(mine)), 0.0)
            for each in (way, -way):
                doubted = self.left[:, near.cells[mine]].any()
                if doubted and (change := near.far(each, own.any(axis=0) & ~mine)) is not None:
                    yield self._seen(near, change)

    def look(self, near: Changes, rows: Flags) -> Iterator[World]:
        """Worlds that take doubt away: per count of these groups one in which it is another, then one per owner."""
        asked = np.repeat(rows, len(self._real) // len(rows))
        for at, cell in enumerate(near.cells.tolist()):
            if asked[cell] and self.left[:, cell].any():
                worlds = list(self._otherwise(near, at))
                for owner in np.flatnonzero(self.left[:, cell]).tolist() if worlds else ():
                    worlds += self._otherwise(near, at, owner)
                yield from worlds

    def _otherwise(self, near: Changes, at: int, owner: int | None = None) -> Iterator[World]:
        """Worlds in which a count is another one, until nothing of it is left; what the owner knows is as it is."""
        cell = near.cells[at]
        more = less = self._apart[cell]
        still, mine = np.zeros(len(near.cells), dtype=bool), slice(None)
        if owner is not None:
            still, mine = self._own[owner, near.cells], slice(owner, owner + 1)
            more = max(more, self._most[owner, cell] - self._real[cell])
            less = max(less, self._real[cell] - self._least[owner, cell])
        for by in (-less, more):
            if self.left[mine, cell].any() and (change := near.world(at, by, still)) is not None:
                yield self._seen(near, change)

    def _seen(self, near: Changes, change: Reals) -> World:
        moved = np.abs(change) > TOLERANCE
        self.see(near.cells[moved], change[moved])
        return near.cells[moved], change[moved]
