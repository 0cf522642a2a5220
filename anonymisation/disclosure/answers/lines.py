"""Which printed lines add up to which: over areas, and over the groups of a breakdown.

Everybody may know which gemeenten a pooled line adds up, and that the groups of a breakdown are everybody. Lines that
are closed are one rest group; how many people are in it follows from the others, and what they answered may not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np

from anonymisation.disclosure.groups.cells import Flags
from anonymisation.disclosure.groups.incidence import Reals, Sums, sums_of
from domain.printed import AreaLine
from domain.release import MINIMUM


@dataclass(frozen=True)
class Part:
    """A whole, the lines that are printed under it, and the closed ones; named by their place.

    closed: None where some of them have no line of their own.
    """

    whole: int
    shown: Sequence[int]
    closed: Sequence[int] | None

    @property
    def complete(self) -> bool:
        """Nobody is outside the printed lines."""
        return self.closed is not None and not self.closed


@dataclass
class Lattice:
    """Lines and the rest groups behind them (these come after the lines), with every sum over them.

    people: NaN where readers do not know them. narrow: lines of a breakdown and their rests. rests: rest groups that
    are large enough to say something about. left: per rest group the line and the printed parts that leave it.
    within: the sums inside one area only.
    """

    people: list[float]
    narrow: list[bool]
    rests: list[int] = field(default_factory=list)
    left: dict[int, tuple[int, Sequence[int]]] = field(default_factory=dict)
    within: list[Sums] = field(default_factory=list)
    _wide: list[list[int]] = field(default_factory=list)
    _narrow: list[list[int]] = field(default_factory=list)

    @classmethod
    def of(cls, lines: Sequence[AreaLine]) -> Lattice:
        """All sums over these lines."""
        found = cls([np.nan if one.n is None else float(one.n) for one in lines], [bool(one.group) for one in lines])
        for part in _over_groups(lines):
            found.add(part)
        found.within = found.sums
        for part in _over_areas(lines):
            found.add(part)
        return found

    def add(self, part: Part) -> None:
        """One more sum; who is closed becomes a group of its own."""
        total = [part.whole, *part.shown]
        if not part.complete:
            rest = len(self.people)
            self.people.append(self.people[part.whole] - sum(self.people[at] for at in part.shown))
            self.narrow.append(any(self.narrow[at] for at in (*total, *(part.closed or ()))))
            self.rests += [rest] if self.people[rest] >= MINIMUM else []
            self.left[rest] = part.whole, part.shown
            total.append(rest)
            if part.closed:
                self._entry([rest, *part.closed])
        self._entry(total)

    def _entry(self, entry: list[int]) -> None:
        (self._narrow if any(self.narrow[at] for at in entry) else self._wide).append(entry)

    @property
    def sums(self) -> list[Sums]:
        """Those of every answer, and those of the share of positive answers only."""
        return [sums_of(entries) for entries in (self._wide, self._narrow) if entries]

    @property
    def total(self) -> Reals:
        """People per group."""
        return np.array(self.people)

    @property
    def is_narrow(self) -> Flags:
        """Groups of which only the share of positive answers is printed."""
        return np.array(self.narrow, dtype=bool)


def _over_areas(lines: Sequence[AreaLine]) -> Iterator[Part]:
    """Per group the pooled lines: over gemeenten, and over each kind of area."""
    by_group: dict[tuple[str, ...], list[int]] = {}
    for at, line in enumerate(lines):
        by_group.setdefault(line.group, []).append(at)
    for places in by_group.values():
        yield from _of_one_group(lines, places)


def _of_one_group(lines: Sequence[AreaLine], places: Sequence[int]) -> Iterator[Part]:
    single = {lines[at].area: at for at in places if len(lines[at].leaves) == 1}
    pooled = [at for at in places if len(lines[at].leaves) > 1 and lines[at].n is not None]
    pooled.sort(key=lambda at: (lines[at].kind, lines[at].area))
    kinds = [[], *(list(group) for _, group in groupby(pooled, lambda at: lines[at].kind))]
    for whole in pooled:
        for kind in kinds:
            parts = [at for at in kind if at != whole and lines[at].leaves <= lines[whole].leaves]
            if kind and not parts:
                continue
            others = lines[whole].leaves.difference(*(lines[at].leaves for at in parts))
            below = [single[area] for area in sorted(others & single.keys())]
            closed = [at for at in below if lines[at].n is None]
            shown = [*parts, *(at for at in below if lines[at].n is not None)]
            yield Part(whole, shown, closed if len(below) == len(others) else None)


def _over_groups(lines: Sequence[AreaLine]) -> Iterator[Part]:
    """Per area and breakdown: everybody, and each group with finer ones in it. A closed group is its finer ones."""
    below = _finer(lines)

    def all_seen(at: int, parts: Sequence[int]) -> bool:
        return sum(lines[part].people for part in parts) == lines[at].people

    def opened(at: int, breakdown: str) -> Iterator[int]:
        for child in below[at, breakdown]:
            finer = below.get((child, breakdown), ())
            if lines[child].n is None and finer and all_seen(child, finer):
                yield from opened(child, breakdown)
            else:
                yield child

    for (whole, breakdown), direct in below.items():
        if lines[whole].n is not None:
            parts = list(opened(whole, breakdown))
            closed = [at for at in parts if lines[at].n is None]
            shown = [at for at in parts if lines[at].n is not None]
            yield Part(whole, shown, closed if all_seen(whole, parts) else None)
        elif all_seen(whole, direct):
            yield Part(whole, direct, ())


def _finer(lines: Sequence[AreaLine]) -> dict[tuple[int, str], list[int]]:
    """Per line and breakdown the groups right below it that have a line."""
    index = {(line.area, line.group): at for at, line in enumerate(lines)}
    found: dict[tuple[int, str], list[int]] = {}
    for at, line in enumerate(lines):
        coarser = [line.group[:length] for length in range(len(line.group) - 1, 1, -1)]
        above = [index[line.area, group] for group in (*coarser, ()) if (line.area, group) in index]
        if line.group and above:
            found.setdefault((above[0], line.group[0]), []).append(at)
    return found
