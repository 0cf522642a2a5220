"""Unknown numbers of people: who took part and who answered, with everything that is printed of their sums."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence

import numpy as np
import scipy.sparse as sp

from anonymisation.disclosure.groups.cells import Ints
from anonymisation.disclosure.groups.incidence import Reals, Sums
from anonymisation.disclosure.groups.insiders import null_directions
from anonymisation.disclosure.groups.solver import DUAL_SIMPLEX, Programme
from domain.printed import People, PrintedPeople

PIVOTS = 200_000
FAR, NEAR = 1e6, 1e-6
"""More people than any area has, and how far a solver may be off."""
ROUNDS = 4
"""Aims at several numbers at once, before each is asked by itself."""
TOP = 2
"""The length of a group with nothing above it: the breakdown and a value."""
TOOK_PART = ""
"""Stands for the question of who took part."""
EVERYBODY: tuple[str, ...] = ()
Place = tuple[str, tuple[str, ...]]
Holds = Mapping[str, frozenset[str]]
"""Per sum the areas in it."""
Whose = tuple[str, Hashable]
"""An area, and whose people it has."""


class Problem:
    """Whose number is printed is a constant, everybody else an unknown."""

    def __init__(self, prints: Sequence[PrintedPeople], holds: Holds, least: Mapping[Whose, int]) -> None:
        """least: how many took part in an area at least, whatever else is printed."""
        self._at: dict[People, int] = {}
        self._known: dict[People, int] = {}
        self._rows: dict[tuple[tuple[tuple[int, float], ...], float, bool], None] = {}
        self._small: set[People] = set()
        for one in prints:
            for place, n in one.n.items():
                if n is not None:
                    self._known.setdefault(one.people[place], n)
        for one in prints:
            self._small |= {one.people[place] for place in one.small}
            self._add_up(one, holds)
        took_part = [one for one in prints if one.question == TOOK_PART]
        for one in prints:
            if one.question != TOOK_PART:
                self._took_part(one, took_part, holds)
        self._least = {
            self._at[who]: float(least.get((who.area, who.whose), 0))
            for one in took_part for who in one.people.values() if who in self._at
        }  # fmt: skip

    def told(self, k: int) -> set[People] | None:
        """Closed numbers that cannot be the minimum, and small ones that cannot be 0; None where no numbers fit.

        Raises CannotCheck at a limit of the solver.
        """
        if not self._rows:
            return set()
        who, size = list(self._at), len(self._at)
        small = np.array([one in self._small for one in who])
        programme, dice = self._programme(), np.random.default_rng(0)
        most, fewest = np.zeros(size), np.where(small, np.inf, 0.0)
        for up, at in [(up, -1) for _ in range(ROUNDS) for up in (True, False)] + [
            (up, at) for at in range(size) for up in (True, False)
        ]:
            left = most < k - NEAR if up else fewest > NEAR
            if not (left.any() if at < 0 else left[at]):
                continue
            wanted = left * dice.uniform(0.2, 1.0, size) if at < 0 else (np.arange(size) == at).astype(np.float64)
            programme.costs(-wanted if up else wanted)
            if (world := programme.solve()) is None:
                return None
            most, fewest = np.maximum(most, world), np.minimum(fewest, world)
        return {one for one, high, low in zip(who, most, fewest, strict=True) if high < k - NEAR or low > NEAR}

    def worked_out(self, holds: Holds, k: int) -> set[People]:
        """Closed numbers that an area works out with its own closed one (T8): both change together, or not at all.

        Not of a sum that it is in itself, nor where k people are seen in it. For the prints of one question.
        """
        if not self._rows:
            return set()
        who = list(self._at)
        rows, columns, signs = self._entries()
        change = null_directions(sp.csr_matrix((signs, (rows, columns)), shape=(len(self._rows), len(who))))
        length = np.linalg.norm(change, axis=1)
        loose = np.flatnonzero(length > NEAR)
        unit = change[loose] / length[loose, None]
        owner = np.array([who[at].area not in holds for at in loose.tolist()], dtype=bool)
        together = np.argwhere(
            (np.abs(unit[owner] @ unit.T) > 1 - NEAR) & (np.flatnonzero(owner)[:, None] != np.arange(len(loose)))
        )
        owners = loose[owner]
        pairs = ((who[owners[own]], who[loose[other]]) for own, other in together.tolist())
        return {other for own, other in pairs
                if own.area not in holds.get(other.area, ()) and self._seen_in(other, holds) < k}  # fmt: skip

    def _seen_in(self, who: People, holds: Holds) -> int:
        """How many people of a sum are printed part by part."""
        parts = (who._replace(area=area) for area in holds.get(who.area, ()))
        return sum(self._known.get(part, 0) for part in parts)

    def _add_up(self, one: PrintedPeople, holds: Holds) -> None:
        """Areas to those that hold them, and the groups of a breakdown to the group above them; no place is nobody."""
        parts: dict[tuple[People, str], list[People]] = {}
        for (area, group), who in one.people.items():
            if area in holds:
                inside = [one.people[leaf, group] for leaf in sorted(holds[area]) if (leaf, group) in one.people]
                if inside:
                    self._row([(who, -1.0), *((part, 1.0) for part in inside)])
            if group:
                above = one.people.get((area, group[:-1] if len(group) > TOP else EVERYBODY))
                if above is not None:
                    parts.setdefault((above, group[0]), []).append(who)
        for (whole, _), some in parts.items():
            self._row([(whole, -1.0), *((part, 1.0) for part in some)])

    def _took_part(self, answered: PrintedPeople, took_part: Iterable[PrintedPeople], holds: Holds) -> None:
        """Who answered took part, where both are printed of the same people."""
        for one in took_part:
            for place, every in one.people.items():
                who = answered.people.get(place)
                if who is None or place[0] in holds or every.whose != who.whose:
                    continue
                if every not in self._known or who not in self._known:
                    self._row([(every, 1.0), (who, -1.0)], more=True)

    def _row(self, terms: Sequence[tuple[People, float]], *, more: bool = False) -> None:
        """These together are nobody (or more)."""
        known, unknown = 0.0, list[tuple[int, float]]()
        for who, sign in terms:
            if (n := self._known.get(who)) is None:
                unknown.append((self._at.setdefault(who, len(self._at)), sign))
            else:
                known += sign * n
        if unknown:
            self._rows[tuple(unknown), -known, more] = None

    def _programme(self) -> Programme:
        """At most the people of a country in a place, so that there is always a most."""
        lower: Reals = np.zeros(len(self._at))
        lower[list(self._least)] = list(self._least.values())
        return Programme(
            Sums(*self._entries(), len(self._rows)),
            np.array([rhs for _, rhs, _ in self._rows]),
            lower,
            np.full(len(self._at), FAR),
            open_=np.array([more for _, _, more in self._rows]),
            pivots=PIVOTS,
            strategy=DUAL_SIMPLEX,
        )

    def _entries(self) -> tuple[Ints, Ints, Reals]:
        """Of every row the numbers in it, and their signs."""
        entries = [(row, at, sign) for row, (terms, _, _) in enumerate(self._rows) for at, sign in terms]
        row, column, sign = (np.array(part) for part in zip(*entries, strict=True))
        return row, column, sign.astype(np.float64)


def at_least(prints: Iterable[PrintedPeople], holds: Holds) -> dict[Whose, int]:
    """How many took part at least, per area: those of one question, or of the groups of it that stand apart."""
    found: dict[Whose, int] = {}
    for one in prints:
        apart: dict[tuple[str, str], int] = {}
        for (area, group), n in one.n.items():
            if n is not None and len(group) <= TOP and area not in holds:
                key = (area, group[0] if group else "")
                apart[key] = apart.get(key, 0) + n
        for (area, _), n in apart.items():
            whose = (area, one.whose.get(area))
            found[whose] = max(n, found.get(whose, 0))
    return found
