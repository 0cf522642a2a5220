"""All areas, and the groups of a breakdown in them, in several releases: together they may tell no count, nor what
those who came or left answered (T5, T10).

As many people as before are taken to be the same people; with more or fewer only some came, or only some left. Where
these are gemeenten as a whole, what they answered is what stands behind their own lines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from anonymisation.disclosure.beside import Scale, span_of
from anonymisation.disclosure.incidence import Reals, Sums, sums_of
from anonymisation.disclosure.lines import Lattice
from anonymisation.disclosure.shares import most_alike
from anonymisation.disclosure.worlds import Bound, Wanted, has_world, pinned
from domain.printed import PrintedLine

Release = Sequence[PrintedLine]
_Place = tuple[str, tuple[str, ...]]
"""Area and group."""


def tells_together(
    earlier: Sequence[Release],
    now: Release,
    scale: Scale = None,
    *,
    positive: Sequence[int] = (),
    single: bool = False,
) -> set[int]:
    """Lines of now, by place, to print more coarsely because releases together tell too much; none where they do not.

    First with each earlier release by itself, then with all. What these tell without this one counts no more then.
    scale: its ends, for means. positive: which figures the last one holds together. single: everybody gave one answer.
    """
    shown = [at for at, line in enumerate(now) if any(line.figures)]
    for before in (*([was] for was in earlier), *([earlier] if len(earlier) > 1 else [])) if shown else ():
        both = _Joined.of([*before, now])
        asked = both.question(scale, positive, single=single)
        if both.links and (len(before) == 1 or asked.fits()):
            given = asked.given_away()
            if given and len(before) > 1:
                known = _Joined.of(before).question(scale, positive, single=single).given_away()
                known |= {same: set() for same, then, *gap in both.links if then in known and not gap}
                given = {row: proof for row, proof in given.items() if row not in known}
            if given:
                return {_coarser(now, shown, {at - both.last for at in proof | {row}}) for row, proof in given.items()}
    return set()


def _coarser(now: Release, shown: Sequence[int], proof: set[int]) -> int:
    """The line of a proof that becomes coarser first: pooled, a group, and large; any other where none is in it."""

    def first(at: int) -> tuple[bool, bool, int, int]:
        return len(now[at].leaves) < 2, not now[at].group, -(now[at].n or 0), at

    return min(proof & {*shown} or shown, key=first)


@dataclass
class _Joined:
    """Releases as one problem: of each its lines and their rests, then who came or left since those before it.

    rests: closed groups, and who came or left. narrow: lines of a breakdown, and the groups between these.
    last: where the lines of the last release begin.
    """

    lines: dict[int, PrintedLine] = field(default_factory=dict)
    people: list[float] = field(default_factory=list)
    narrow: list[bool] = field(default_factory=list)
    sums: list[Sums] = field(default_factory=list)
    rests: list[int] = field(default_factory=list)
    links: list[list[int]] = field(default_factory=list)
    places: list[dict[_Place, int]] = field(default_factory=list)
    last: int = 0

    @classmethod
    def of(cls, releases: Sequence[Release]) -> _Joined:
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
        now = {(line.area, line.group): at for at, line in enumerate(release, start=first)}
        for then in self.places:
            for place in sorted(now.keys() & then.keys()):
                self._link(place, now, then)
        self.places.append(now)

    def _link(self, place: _Place, here: Mapping[_Place, int], before: Mapping[_Place, int]) -> None:
        """The same line in two: the same people, and those who came or left as a group of their own."""
        now, then = here[place], before[place]
        joined = self.lines[now].leaves - self.lines[then].leaves
        gone = self.lines[then].leaves - self.lines[now].leaves
        gap = self.people[now] - self.people[then]
        if np.isnan(gap) or (joined and gone):
            return
        if gap == 0:
            self.links.append([now, then])
            return
        between = len(self.people)
        self.people.append(abs(gap))
        self.narrow.append(self.narrow[now])
        self.rests.append(between)
        self.links.append([now, then, between] if gap > 0 else [then, now, between])
        own = [(here if gap > 0 else before).get((one, place[1])) for one in sorted(joined or gone)]
        alone = [at for at in own if at is not None]
        if own and len(alone) == len(own) and sum(self.people[at] for at in alone) == abs(gap):
            self.links.append([between, *alone])

    def question(self, scale: Scale, positive: Sequence[int], *, single: bool) -> _Question:
        """What is known of the counts behind its lines, and which may not follow; arguments as in `tells_together`."""
        width = len(next(iter(self.lines.values())).figures)
        total = np.array(self.people) * (1 if scale is None else scale[1] - scale[0])
        low = np.zeros((len(total), width))
        high = np.repeat(np.where(np.isnan(total), np.inf, total)[:, None], width, axis=1)
        wanted = Wanted.none(low.shape)
        for row, line in self.lines.items():
            for at, figure in enumerate(line.figures):
                if figure is not None:
                    low[row, at], high[row, at] = span_of(figure, scale)
                    wanted.cells[row, at] = low[row, at] < high[row, at]
        sensitive = any(line.sensitive for line in self.lines.values())
        for row in self.rests:
            of = slice(width - 1 if self.narrow[row] else 0, width)
            alike = most_alike(int(self.people[row]), sensitive) if scale is None else total[row] - 2
            wanted.cells[row, of], wanted.least[row, of] = True, alike
            wanted.most[row, of] = 0.0 if scale is None else 2.0
        narrow, none = np.array(self.narrow, dtype=bool), np.zeros(len(total), dtype=bool)
        links = ([entry for entry in self.links if self.narrow[entry[0]] is kind] for kind in (False, True))
        sums = [*self.sums, *(sums_of(entries) for entries in links if entries)]
        return _Question(low, high, wanted, Bound(total, ~narrow & single, none, sums, positive, narrow))


class _Question(NamedTuple):
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
