"""Nobody answers a question who did not take part: beside the response the closed groups of a question lie closer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from anonymisation.disclosure.incidence import Sums
from anonymisation.disclosure.solver import DUAL_SIMPLEX, Programme
from domain.release import MINIMUM

PIVOTS = 200_000
FAR, NEAR = 1e6, 1e-6
"""More people than any area has, and how far a solver may be off."""
ROUNDS = 4
"""Aims at several closed groups at once, before each is asked by itself."""
TOP = 2
"""The length of a group with nothing above it: the breakdown and a value."""
Place = tuple[str, tuple[str, ...]]
"""An area, and a group: nothing for everybody, else the breakdown, the coarser values and the value itself."""
Groups = Mapping[Place, int | None]
"""How many people are printed; None where it is closed. What is not in it has nobody."""
Printed = Mapping[str, int | None]


def told_of_groups(
    took_part: Printed, questions: Sequence[Groups], holds: Mapping[str, frozenset[str]], *, minimum: int = MINIMUM
) -> list[str]:
    """The lines of who took part that may not be printed: a closed group of a question would be known as small.

    First only where a group is known; else wherever the question closes everybody of an area, and else all of them.
    Raises CannotCheck at a limit of the solver.
    """
    shown, least = dict(took_part), _least(questions)
    for asked in questions:
        closed = {area for (area, group), n in asked.items() if n is None and not group and area not in holds}
        borders = {area for area in closed if any(shown.get(one) is not None for one in _lines(area, holds))}
        if not borders or not any(group for _, group in asked):
            continue
        small = _too_small(shown, asked, least, holds, minimum)
        for gone in ({*small} & closed, closed, {*shown}) if small else ():
            shown |= dict.fromkeys((line for area in gone for line in _lines(area, holds) if line in shown), None)
            if not _too_small(shown, asked, least, holds, minimum):
                break
    return sorted(area for area, n in took_part.items() if n is not None and shown[area] is None)


def _lines(area: str, holds: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """An area and every sum that it is in."""
    yield area
    yield from (line for line, areas in holds.items() if area in areas)


def _least(questions: Sequence[Groups]) -> dict[str, int]:
    """Per area how many took part at least: those of one question, or of the groups of it that stand apart."""
    found: dict[str, int] = {}
    for asked in questions:
        apart: dict[tuple[str, str], int] = {}
        for (area, group), n in asked.items():
            if len(group) <= TOP and n is not None:
                key = (area, group[0] if group else "")
                apart[key] = apart.get(key, 0) + n
        for (area, _), n in apart.items():
            found[area] = max(n, found.get(area, 0))
    return found


def _too_small(
    took_part: Printed, asked: Groups, least: Mapping[str, int], holds: Mapping[str, frozenset[str]], k: int
) -> set[str]:
    """Areas with something closed that certainly is less than the minimum: of the question or of who took part."""
    people: dict[Place, int | None] = {(area, ("",)): n for area, n in took_part.items()}
    found = _Sums({**asked, **people})
    for area, group in found.known:
        if area in holds:
            found.whole((area, group), [(one, group) for one in holds[area]])
        parts: dict[str, list[Place]] = {}
        for other in found.under.get((area, group), ()) if group != ("",) else ():
            parts.setdefault(other[1][0], []).append(other)
        for some in parts.values():
            found.whole((area, group), some)
    for area in took_part:
        if area not in holds and (area, ()) in found.known:
            found.row([((area, ("",)), 1.0), ((area, ()), -1.0)], more=True)
    low: dict[Place, int] = {(area, ("",)): n for area, n in least.items() if area not in holds}
    return {area for area, _ in found.below(k, low)}


@dataclass
class _Sums:
    """Numbers of people of which some are closed, and which are sums of others."""

    known: Mapping[Place, int | None]
    at: dict[Place, int] = field(init=False)
    under: dict[Place, list[Place]] = field(init=False)
    rows: list[tuple[list[tuple[int, float]], float, bool]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.at = {place: at for at, place in enumerate(place for place, n in self.known.items() if n is None)}
        self.under = {}
        for area, group in self.known:
            if group and group != ("",):
                above = group[:-1] if len(group) > TOP else ()
                self.under.setdefault((area, above), []).append((area, group))

    def whole(self, whole: Place, parts: Sequence[Place]) -> None:
        """A number that is others together; who is nowhere is nobody."""
        self.row([(whole, -1.0), *((part, 1.0) for part in parts if part in self.known)])

    def row(self, terms: Sequence[tuple[Place, float]], *, more: bool = False) -> None:
        """These together are nobody (or more)."""
        unknown = [(self.at[place], sign) for place, sign in terms if place in self.at]
        if unknown:
            known = sum(sign * n for place, sign in terms if (n := self.known[place]) is not None)
            self.rows.append((unknown, -known, more))

    def below(self, k: int, low: Mapping[Place, int]) -> list[Place]:
        """What is closed and cannot be as many as the minimum; everything where no numbers fit."""
        if not self.rows:
            return []
        size, highest = len(self.at), np.zeros(len(self.at))
        entries = [(row, at, sign) for row, (terms, _, _) in enumerate(self.rows) for at, sign in terms]
        row, column, sign = (np.array(part) for part in zip(*entries, strict=True))
        lower = np.zeros(size)
        for place, n in low.items():
            if place in self.at:
                lower[self.at[place]] = n
        programme = Programme(
            Sums(row, column, sign.astype(np.float64), len(self.rows)),
            np.array([rhs for _, rhs, _ in self.rows]),
            lower,
            np.full(size, FAR),
            open_=np.array([more for _, _, more in self.rows]),
            pivots=PIVOTS,
            strategy=DUAL_SIMPLEX,
        )
        dice = np.random.default_rng(0)
        for at in [-1] * ROUNDS + list(range(size)):
            left = highest < k - NEAR
            if at >= 0 and not left[at]:
                continue
            wanted = left * dice.uniform(0.2, 1.0, size) if at < 0 else np.arange(size) == at
            programme.costs(-1.0 * wanted)
            world = programme.solve()
            if world is None:
                return list(self.at)
            highest = np.maximum(highest, world)
        return [place for place, at in self.at.items() if highest[at] < k - NEAR]
