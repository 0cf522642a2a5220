"""Who delivers knows its own answers of now and of then, and takes both off what several releases print (T8, T10).

What its people answered then is not kept anywhere here. Of the same people it is what they answer now; where some came
or left it may be anything that fits what was printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

import numpy as np

from anonymisation.disclosure.answers.beside import Scale
from anonymisation.disclosure.answers.joined import Joined, Question
from anonymisation.disclosure.answers.owners import Own, Owners
from anonymisation.disclosure.groups.cells import Ints
from anonymisation.disclosure.groups.incidence import Reals


@dataclass(frozen=True)
class OwnBetween:
    """Releases together, and what is asked of them. said: what the people of each line of now answered."""

    both: Joined
    asked: Question
    scale: Scale
    said: Sequence[Sequence[float]] = field(repr=False)

    def learn(self) -> dict[int, set[int]]:
        """Groups of which somebody learns too much, and not without what is printed now; as `pinned`."""
        for closed in (True, False):
            same = self.both.same_people(closed=closed)
            known = self.both.answered(self.said, same)
            if (world := self.asked.world(known)) is not None:
                own = self.both.own(self.scale, same)
                each = self._worlds(own, known, world) if len(own.areas) > 1 else ()
                return next((given for areas, world in each if (given := self._learn(areas, world, own))), {})
        return {}

    def _learn(self, areas: Sequence[str], world: Reals, own: Own) -> dict[int, set[int]]:
        """What these learn in a world; every number is one row, however many releases hold it."""
        place, asked = self._merged
        if not (each := [own.owner(area, world).moved(place) for area in areas]):
            return {}
        every = np.zeros((len(asked.low), world.shape[1]))
        every[place] = world
        given = Owners(each, every).learn(*asked)
        then = Owners(each, every).learn(*self._then) if given else {}
        new = {at: np.flatnonzero(np.isin(place, [at, *proof])) for at, proof in given.items() if at not in then}
        return {int(np.flatnonzero(place == at)[0]): set(rows.tolist()) for at, rows in new.items()}

    @cached_property
    def _merged(self) -> tuple[Ints, Question]:
        return self.both.merge(self.asked)

    @cached_property
    def _then(self) -> Question:
        """The same as if nothing were printed now."""
        rows = range(self.both.last, self.both.last + len(self.said))
        return self.both.merge(self.asked.blank(rows))[1]

    def _worlds(self, own: Own, known: Reals, world: Reals) -> Iterator[tuple[Sequence[str], Reals]]:
        """Answers behind all rows that may be the real ones, and for whom these are the worst.

        For who knows exactly what is known here any world will do; for others those in which an own count of then is
        as low or as high as it can be.
        """
        unsure = {area: cells for area in own.areas if (cells := _unknown(own, area, known))}
        yield [area for area in own.areas if area not in unsure], world
        for area, cells in unsure.items():
            yield from (([area], other) for other in self._ends(known, cells))

    def _ends(self, known: Reals, cells: Sequence[tuple[int, int]]) -> Iterator[Reals]:
        """Worlds in which one of these counts is as low or as high as it can be; with the same counts only one."""
        seen, (rows, answers) = list[Reals](), np.array(cells).T
        for cell, sign in product(cells, (1.0, -1.0)):
            world = self.asked.world(known, cell, sign)
            if world is not None and not any(np.allclose(world[rows, answers], was) for was in seen):
                seen.append(world[rows, answers])
                yield world


def _unknown(own: Own, area: str, known: Reals) -> list[tuple[int, int]]:
    """Own counts of which nobody here knows what they were: row and answer."""
    found = []
    for (_, group), row in own.areas[area].items():
        every = range(known.shape[1] - 1 if group else 0, known.shape[1])
        found += [(row, at) for at in every if np.isnan(known[row, at])]
    return found
