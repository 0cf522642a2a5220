"""Who answered knows what she said herself (T4, for answers): of others no count may follow beside that either.

A print that leaves nobody or two people leaves one or two to whoever was one of them; and with other lines perhaps only
one. What her own line tells her by itself is what it says to everybody: that (nearly) all others said the same (T5).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from anonymisation.disclosure.answers.bounds import tighten
from anonymisation.disclosure.answers.worlds import Bound, Wanted, pinned
from anonymisation.disclosure.groups.cells import Flags
from anonymisation.disclosure.groups.incidence import Reals


def they_learn(said: Reals, low: Reals, high: Reals, wanted: Wanted, bound: Bound) -> dict[int, set[int]]:
    """Groups of which somebody learns too much who gave an answer, or gave another one; as `pinned`.

    All of them are looked at together first, then those that this rests on one by one, and again without these.
    said: what each group (groups x answers) really answered. Nothing may follow from what is printed alone.
    """
    left = _Knows.of(said, low, high, bound)
    while left.anybody:
        known = pinned(*left.ends(low, high, wanted, bound), bound)
        if not known:
            break
        asked = np.zeros(low.shape, dtype=bool)
        asked[list(known)] = True
        rests_on = np.zeros(low.shape, dtype=bool)
        rests_on[list(set().union(*known.values()))] = True
        suspects = left.only(rests_on)
        suspects = suspects if suspects.anybody else left
        some = replace(wanted, cells=wanted.cells & asked)
        found: dict[int, set[int]] = {}
        for one in suspects.each():
            for row, blamed in pinned(*one.ends(low, high, some, bound), bound).items():
                found.setdefault(row, set()).update(blamed)
        if found:
            return found
        left = left.without(suspects)
    return {}


@dataclass(frozen=True)
class _Knows:
    """Counts (groups x answers) of which somebody knows that they are at least 1, or that somebody said otherwise.

    total: people (groups x 1).
    """

    gave: Flags
    other: Flags
    total: Reals

    @classmethod
    def of(cls, said: Reals, low: Reals, high: Reals, bound: Bound) -> _Knows:
        """Whatever is news beside what is printed; where everybody gave one answer the others say otherwise anyway."""
        said = said[:, said.shape[1] - low.shape[1] :]
        total = np.repeat(bound.total[:, None], low.shape[1], axis=1)
        other = (said <= total - 1) & (high > total - 1) & ~bound.single[:, None]
        return cls((said >= 1) & (low < 1), other, total)

    @property
    def anybody(self) -> bool:
        return bool(self.gave.any() or self.other.any())

    def only(self, cells: Flags) -> _Knows:
        return replace(self, gave=self.gave & cells, other=self.other & cells)

    def without(self, others: _Knows) -> _Knows:
        return replace(self, gave=self.gave & ~others.gave, other=self.other & ~others.other)

    def each(self) -> Iterator[_Knows]:
        """One count after the other."""
        none = np.zeros(self.gave.shape, dtype=bool)
        for name in ("gave", "other"):
            for group, answer in np.argwhere(getattr(self, name)).tolist():
                one = none.copy()
                one[group, answer] = True
                yield replace(self, **{"gave": none, "other": none, name: one})

    def ends(self, low: Reals, high: Reals, wanted: Wanted, bound: Bound) -> tuple[Reals, Reals, Wanted]:
        """Lowest and highest counts for who knows this, and what may not follow: not what her own line tells."""
        least, most = np.where(self.gave, 1.0, low), np.where(self.other, self.total - 1, high)
        alone = least.copy(), most.copy()
        tighten(*alone, bound.total, bound.single, (), bound.good)
        told = alone[0] >= alone[1]
        told[~np.any(self.gave | self.other, axis=1)] = False
        return least, most, replace(wanted, cells=wanted.cells & ~told)
