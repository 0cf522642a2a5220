"""Who answered a question took part: numbers of both lie side by side, and each closes areas of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from anonymisation.disclosure.incidence import Sums
from anonymisation.disclosure.solver import DUAL_SIMPLEX, Programme
from domain.release import MINIMUM

PIVOTS = 200_000
FAR, NEAR = 1e6, 1e-6
"""More people than any area has, and how far a solver may be off."""
Printed = Mapping[str, int | None]
"""Per area how many people are printed; None where it is closed. An area that is not in it has nobody."""


def told_by_questions(
    took_part: Printed, answered: Sequence[Printed], holds: Mapping[str, frozenset[str]], *, minimum: int = MINIMUM
) -> list[str]:
    """The sums of who took part that may not be printed: beside the questions a closed area would be known as small.

    holds: per sum the areas in it. The smallest sums go first, and what is not needed comes back. Without any sum
    nothing says how many people a closed area has at most. Raises CannotCheck at a limit of the solver.
    """
    closed = [area for area, n in took_part.items() if n is None and area not in holds]
    sums = sorted((len(holds[area]), area) for area in holds if took_part.get(area) is not None)
    able = [area for _, area in sums if holds[area] & {*closed}]
    gone: list[str] = []
    for area in able:
        if _stay_unknown(_without(took_part, gone), answered, holds, closed, minimum):
            break
        gone.append(area)
    for area in gone[-2::-1]:
        fewer = [other for other in gone if other != area]
        if _stay_unknown(_without(took_part, fewer), answered, holds, closed, minimum):
            gone = fewer
    return gone


def _without(printed: Printed, gone: Sequence[str]) -> Printed:
    return {area: None if area in gone else n for area, n in printed.items()}


def _stay_unknown(
    took_part: Printed, answered: Sequence[Printed], holds: Mapping[str, frozenset[str]], closed: Sequence[str], k: int
) -> bool:
    """Whether every closed area may still have the minimum, with all questions laid beside the sums."""
    if not any(took_part.get(area) is not None for area in holds):
        return True
    problem = _Problem()
    people = problem.add(took_part, holds)
    for question in answered:
        said = problem.add(question, holds)
        for area in sorted(said.keys() & people.keys()):
            problem.row([(people[area], 1.0), (said[area], -1.0)], 0.0, more=True)
    programme = problem.programme()
    return all(_most(programme, people[area].at) >= k - NEAR for area in closed)


def _most(programme: Programme, unknown: int) -> float:
    """Nobody where no numbers fit: what contradicts each other is printed without sums."""
    programme.cost(unknown, -1.0)
    found = programme.solve()
    programme.cost(unknown, 0.0)
    return 0.0 if found is None else float(found[unknown])


class _People(NamedTuple):
    """How many people there are in an area: a printed number, or an unknown at a place in the programme."""

    n: int | None
    at: int = -1


class _Problem:
    """Unknown numbers of people, and what is printed of their sums."""

    def __init__(self) -> None:
        self._size = 0
        self._rows: list[tuple[list[tuple[int, float]], float, bool]] = []

    def add(self, printed: Printed, holds: Mapping[str, frozenset[str]]) -> dict[str, _People]:
        """The areas that are no sums, with everything that is printed of their sums."""
        found: dict[str, _People] = {}
        for area, n in printed.items():
            if area not in holds:
                found[area] = _People(n, self._size)
                self._size += n is None
        for area in sorted(holds.keys() & printed.keys()):
            if (n := printed[area]) is not None:
                self.row([(found[one], 1.0) for one in sorted(holds[area]) if one in found], float(n))
        return found

    def row(self, terms: Sequence[tuple[_People, float]], rhs: float, *, more: bool = False) -> None:
        """These together are so many people (or more)."""
        unknown = [(one.at, sign) for one, sign in terms if one.n is None]
        if unknown:
            known = sum(sign * one.n for one, sign in terms if one.n is not None)
            self._rows.append((unknown, rhs - known, more))

    def programme(self) -> Programme:
        """At most the people of a country in an area, so that there is always a most."""
        entries = [(row, at, sign) for row, (terms, _, _) in enumerate(self._rows) for at, sign in terms]
        row, column, sign = (np.array(part) for part in zip(*entries, strict=True))
        return Programme(
            Sums(row, column, sign.astype(np.float64), len(self._rows)),
            np.array([rhs for _, rhs, _ in self._rows]),
            np.zeros(self._size),
            np.full(self._size, FAR),
            open_=np.array([more for _, _, more in self._rows]),
            pivots=PIVOTS,
            strategy=DUAL_SIMPLEX,
        )
