"""All areas in two releases: together they may not tell a count, nor what those who came or left answered (T5, T10).

As many people as before are taken to be the same people; with more or fewer only some came, or only some left. Where
these are gemeenten as a whole, what they answered is what stands behind their own lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from anonymisation.disclosure.beside import span_of
from anonymisation.disclosure.incidence import Sums, sums_of
from anonymisation.disclosure.lines import Lattice
from anonymisation.disclosure.shares import most_alike
from anonymisation.disclosure.worlds import Bound, Wanted, pinned
from domain.printed import PrintedLine

Scale = tuple[int, int] | None


def tells_together(
    was: Sequence[PrintedLine],
    now: Sequence[PrintedLine],
    scale: Scale = None,
    *,
    positive: Sequence[int] = (),
    single: bool = False,
) -> set[int]:
    """Lines of now, by place, to print more coarsely because both releases tell too much; none when nothing follows.

    scale: its ends, for means. positive: which figures the last one holds together. single: everybody gave one answer.
    """
    shown = [at for at, line in enumerate(now) if any(line.figures)]
    pair = _Pair.of(was, now)
    if not shown or not pair.links:
        return set()
    given = _given_away(pair, scale, positive, single=single)
    return {_coarser(now, shown, proof | {row}) for row, proof in given.items()}


def _coarser(now: Sequence[PrintedLine], shown: Sequence[int], proof: set[int]) -> int:
    """The line among those of a proof that becomes coarser first: pooled and large; any other where none is in it."""
    return min(proof & {*shown} or shown, key=lambda at: (len(now[at].leaves) < 2, -(now[at].n or 0), at))


@dataclass
class _Pair:
    """Both releases as one problem: lines of now and their rests, those of then, and who came or left.

    places: where the lines of now and of then stand. rests: closed groups, and who came or left.
    """

    lines: dict[int, PrintedLine]
    people: list[float]
    sums: list[Sums]
    rests: list[int]
    now: dict[str, int]
    then: dict[str, int]
    links: list[list[int]] = field(default_factory=list)

    @classmethod
    def of(cls, was: Sequence[PrintedLine], now: Sequence[PrintedLine]) -> _Pair:
        here, before = Lattice.of(now), Lattice.of(was)
        first = len(here.people)
        found = cls(
            {**dict(enumerate(now)), **dict(enumerate(was, start=first))},
            [*here.people, *before.people],
            [*here.sums, *(Sums(one.row, one.column + first, one.sign, one.height) for one in before.sums)],
            [*here.rests, *(first + at for at in before.rests)],
            {line.area: at for at, line in enumerate(now)},
            {line.area: at for at, line in enumerate(was, start=first)},
        )
        for area in sorted(found.now.keys() & found.then.keys()):
            found._link(area)
        return found

    def _link(self, area: str) -> None:
        """The same line in both: the same people, and those who came or left as a group of their own."""
        now, then = self.now[area], self.then[area]
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
        self.rests.append(between)
        self.links.append([now, then, between] if gap > 0 else [then, now, between])
        own = [(self.now if gap > 0 else self.then).get(one) for one in sorted(joined or gone)]
        alone = [at for at in own if at is not None]
        if own and len(alone) == len(own) and sum(self.people[at] for at in alone) == abs(gap):
            self.links.append([between, *alone])


def _given_away(pair: _Pair, scale: Scale, positive: Sequence[int], *, single: bool) -> dict[int, set[int]]:
    """Groups of which a count follows, or that (nearly) all answered alike, with the groups its proof rests on."""
    width = len(next(iter(pair.lines.values())).figures)
    total = np.array(pair.people) * (1 if scale is None else scale[1] - scale[0])
    low = np.zeros((len(total), width))
    high = np.repeat(np.where(np.isnan(total), np.inf, total)[:, None], width, axis=1)
    wanted = Wanted.none(low.shape)
    for row, line in pair.lines.items():
        for at, figure in enumerate(line.figures):
            if figure is not None:
                low[row, at], high[row, at] = span_of(figure, scale)
                wanted.cells[row, at] = low[row, at] < high[row, at]
    sensitive = any(line.sensitive for line in pair.lines.values())
    for row in pair.rests:
        alike = most_alike(int(pair.people[row]), sensitive) if scale is None else total[row] - 2
        wanted.cells[row], wanted.least[row], wanted.most[row] = True, alike, 0.0 if scale is None else 2.0
    each, none = np.full(len(total), single), np.zeros(len(total), dtype=bool)
    return pinned(low, high, wanted, Bound(total, each, none, [*pair.sums, sums_of(pair.links)], positive, none))
