"""Lines of several releases as one problem: the same people stand in it once, who came or left as a group of its own.

As many people as before are taken to be the same people; with more or fewer only some came, or only some left. Where
these are gemeenten as a whole, what they answered is what stands behind their own lines.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from anonymisation.disclosure.answers.beside import Scale, each_of, span_of
from anonymisation.disclosure.answers.lines import Lattice
from anonymisation.disclosure.answers.owners import Own
from anonymisation.disclosure.answers.shares import most_alike
from anonymisation.disclosure.answers.worlds import Bound, Wanted, has_world, pinned, world_of
from anonymisation.disclosure.groups.cells import Ints
from anonymisation.disclosure.groups.incidence import Reals, Sums, sums_of
from domain.printed import PrintedLine

Release = Sequence[PrintedLine]
_Place = tuple[str, tuple[str, ...]]
"""Area and group."""
_Rest = tuple[frozenset[str], tuple[str, ...], frozenset[_Place]]
"""Who is closed: of which delivering areas, in which group, and which groups are not in it."""


@dataclass
class Joined:
    """Releases as one problem: of each its lines and their rests, then who came or left since those before it.

    rests: closed groups, and who came or left. narrow: lines of a breakdown, and the groups between these.
    left: per group that is no line the row that it is a part of, and the rows that this leaves out.
    last: where the lines of the last release begin.
    """

    lines: dict[int, PrintedLine] = field(default_factory=dict)
    people: list[float] = field(default_factory=list)
    narrow: list[bool] = field(default_factory=list)
    sums: list[Sums] = field(default_factory=list)
    rests: list[int] = field(default_factory=list)
    links: list[list[int]] = field(default_factory=list)
    places: list[dict[_Place, int]] = field(default_factory=list)
    closed: list[dict[_Rest, int]] = field(default_factory=list)
    left: dict[int, tuple[int, Sequence[int]]] = field(default_factory=dict)
    last: int = 0

    @classmethod
    def of(cls, releases: Sequence[Release]) -> Joined:
        found = cls()
        for release in releases:
            found._add(release)
        return found

    def _add(self, release: Release) -> None:
        own, first = Lattice.of(release), len(self.people)
        self.last = first
        self.lines |= dict(enumerate(release, start=first))
        self.people += own.people
        self.narrow += own.narrow
        self.sums += [Sums(one.row, one.column + first, one.sign, one.height) for one in own.sums]
        self.rests += [first + at for at in own.rests]
        self.left |= {first + at: (first + whole, [first + one for one in shown])
                      for at, (whole, shown) in own.left.items()}  # fmt: skip
        now = {(line.area, line.group): at for at, line in enumerate(release, start=first)}
        closed = {_who(release, *parts): first + at for at, parts in own.left.items()}
        for then, shut in zip(self.places, self.closed, strict=True):
            for place in sorted(now.keys() & then.keys()):
                self._link(place, now, then)
            both = ((closed[rest], shut[rest]) for rest in closed if rest in shut and _all_seen(rest))
            self.links += [[rest, was] for rest, was in both if self.people[rest] == self.people[was]]
        self.places.append(now)
        self.closed.append(closed)

    def _link(self, place: _Place, here: Mapping[_Place, int], before: Mapping[_Place, int]) -> None:
        """The same line in two: the same people, and those who came or left as a group of their own."""
        now, then = here[place], before[place]
        joined = self.lines[now].leaves - self.lines[then].leaves
        gone = self.lines[then].leaves - self.lines[now].leaves
        between = None if joined and gone else self._tie(now, then)
        if between is not None:
            grew = self.people[now] > self.people[then]
            own = [(here if grew else before).get((one, place[1])) for one in sorted(joined or gone)]
            alone = [at for at in own if at is not None]
            if own and len(alone) == len(own) and sum(self.people[at] for at in alone) == self.people[between]:
                self.links.append([between, *alone])

    def _tie(self, now: int, then: int) -> int | None:
        """Rows of the same people, or with a row more for those who came or left; that row, if any."""
        gap = self.people[now] - self.people[then]
        if np.isnan(gap):
            return None
        if gap == 0:
            self.links.append([now, then])
            return None
        between = len(self.people)
        self.people.append(abs(gap))
        self.narrow.append(self.narrow[now])
        self.rests.append(between)
        more, less = (now, then) if gap > 0 else (then, now)
        self.left[between] = more, [less]
        self.links.append([more, less, between])
        return between

    def new(self, given: Mapping[int, set[int]], before: Collection[int]) -> dict[int, set[int]]:
        """What is given away of groups of which nothing was given away before."""
        known = {*before, *(same for same, then, *gap in self.links if then in before and not gap)}
        return {row: proof for row, proof in given.items() if row not in known}

    def same_people(self, *, closed: bool) -> dict[int, int]:
        """Per line of then the line of the same people now; closed: also where it is closed in both releases."""
        last, found = self.places[-1], dict[int, int]()
        for place, then in ((place, at) for before in self.places[:-1] for place, at in before.items()):
            if place in last:
                one, other = self.lines[last[place]], self.lines[then]
                same = other.n == one.people or (closed and other.n is None and one.n is None)
                found |= {then: last[place]} if same and one.leaves == other.leaves else {}
        return found

    def _all_sums(self, links: Sequence[list[int]]) -> list[Sums]:
        kinds = ([entry for entry in links if self.narrow[entry[0]] is kind] for kind in (False, True))
        return [*self.sums, *(sums_of(entries) for entries in kinds if entries)]

    def merge(self, asked: Question) -> tuple[Ints, Question]:
        """Per row its place where the same people are one row, and what is asked then."""
        first = np.arange(len(self.people))
        for pair in sorted(sorted(entry) for entry in self.links if len(entry) == 2):
            one, other = first[pair]
            first[first == max(one, other)] = min(one, other)
        places = np.unique(first, return_inverse=True)[1]
        return places, asked.merged(places, self._all_sums([entry for entry in self.links if len(entry) > 2]))

    def answered(self, said: Sequence[Sequence[float]], same: Mapping[int, int]) -> Reals:
        """What is known of the answers behind every row, NaN where nothing is; said: of each line of now."""
        known = np.full((len(self.people), len(said[0])), np.nan)
        known[self.last : self.last + len(said)] = said
        for then, now in same.items():
            known[then] = known[now]
        return known

    def own(self, scale: Scale, same: Mapping[int, int]) -> Own:
        """Who delivered, and what they know; same: as `same_people`."""
        releases = [{at: self.lines[at] for at in places.values()} for places in self.places]
        real = {at: self.people[at] for at in self.lines}
        real |= {at: float(self.lines[at].people) for at in self.places[-1].values()}
        real |= {then: real[now] for then, now in same.items()}
        return Own(releases, real, self.people, self.rests, self.left, self._ends(scale))

    def _ends(self, scale: Scale) -> Callable[[float], tuple[float, float]]:
        """How low and how high what so many people answered must be able to be."""
        if scale is not None:
            return lambda people: (each_of(scale) * people - 2.0, 2.0)
        sensitive = any(line.sensitive for line in self.lines.values())
        return lambda people: (most_alike(int(people), sensitive), 0.0)

    def question(self, scale: Scale, positive: Sequence[int], *, single: bool) -> Question:
        """What is known of the counts behind its lines, and which may not follow; arguments as in `tells_together`."""
        width = len(next(iter(self.lines.values())).figures)
        total = np.array(self.people) * each_of(scale)
        low = np.zeros((len(total), width))
        high = np.repeat(np.where(np.isnan(total), np.inf, total)[:, None], width, axis=1)
        wanted = Wanted.none(low.shape)
        for row, line in self.lines.items():
            for at, figure in enumerate(line.figures):
                if figure is not None:
                    low[row, at], high[row, at] = span_of(figure, scale)
                    wanted.cells[row, at] = low[row, at] < high[row, at]
        ends = self._ends(scale)
        for row in self.rests:
            of = slice(width - 1 if self.narrow[row] else 0, width)
            wanted.cells[row, of] = True
            wanted.least[row, of], wanted.most[row, of] = ends(self.people[row])
        narrow, none = np.array(self.narrow, dtype=bool), np.zeros(len(total), dtype=bool)
        sums = self._all_sums(self.links)
        return Question(low, high, wanted, Bound(total, ~narrow & single, none, sums, positive, narrow))


class Question(NamedTuple):
    """The arguments of `pinned`."""

    low: Reals
    high: Reals
    wanted: Wanted
    bound: Bound

    def given_away(self) -> dict[int, set[int]]:
        """Groups of which a count follows, or that (nearly) all answered alike, with the groups its proof rests on."""
        return pinned(*self)

    def fits(self) -> bool:
        """Whether any world fits: else as many people were other people after all, and nothing follows."""
        return has_world(self.low, self.high, self.bound)

    def merged(self, first: Ints, sums: Sequence[Sums]) -> Question:
        """The same with rows of one number as one row; first: per row its place then; sums: without these."""
        size, width = int(first.max()) + 1, self.low.shape[1]

        def most(values: Reals, start: float) -> Reals:
            found = np.full((size, width), start)
            np.maximum.at(found, first, values)
            return found

        where = np.unique(first, return_index=True)[1]
        wanted, bound = self.wanted, self.bound
        cells = most(wanted.cells.astype(float), 0.0) > 0
        least, low, high = -most(-wanted.least, -np.inf), most(self.low, -np.inf), -most(-self.high, -np.inf)
        return Question(low, high, Wanted(cells, least, most(wanted.most, -np.inf)), Bound(
            bound.total[where], bound.single[where], bound.several[where],
            [Sums(one.row, first[one.column], one.sign, one.height) for one in sums], bound.good, bound.narrow[where],
        ))  # fmt: skip

    def blank(self, rows: Sequence[int]) -> Question:
        """The same without what is printed of some rows."""
        low, high = self.low.copy(), self.high.copy()
        low[rows], high[rows] = 0.0, np.where(np.isnan(self.bound.total), np.inf, self.bound.total)[rows, None]
        return self._replace(low=low, high=high)

    def world(self, known: Reals, least: tuple[int, int] | None = None, sign: float = 1.0) -> Reals | None:
        """Counts that fit what is printed and what is known (NaN where nothing is); as `world_of`."""
        none = np.isnan(known)
        return world_of(np.where(none, self.low, known), np.where(none, self.high, known), self.bound, least, sign)


def _who(release: Release, whole: int, shown: Sequence[int]) -> _Rest:
    """Who is in a whole and in none of the lines that are shown under it."""
    line, parts = release[whole], [release[at] for at in shown]
    others = [part for part in parts if part.group == line.group]
    groups = frozenset((part.area, part.group) for part in parts if part.group != line.group)
    return line.leaves.difference(*(part.leaves for part in others)), line.group, groups


def _all_seen(rest: _Rest) -> bool:
    """Whether nobody is in it of whom only the number of gemeenten is known."""
    return not any(area.endswith("?") for area in rest[0])
