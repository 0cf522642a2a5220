"""Per closed cell what an outsider can reckon: how many people it holds at least, and at most below the minimum."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from anonymisation.disclosure.attack.cells import View
from anonymisation.disclosure.attack.intervals import Known
from domain.certificate import ClosedCells
from domain.release import Key

SLACK = 1e-4
"""People are whole: an end this close to a whole number is that number, whichever solver found it."""
OTHER_CLOSED = "wat over een weggelaten cel is uit te rekenen, is niet wat het certificaat zegt"
Row = tuple[str | int | None, ...]


class ClosedTables:
    """The closed cells of all tables of a release, scope by scope."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, tuple[str, ...]], int] = {}
        self._other: dict[tuple[str, tuple[str, ...]], list[Row]] = {}

    def add(self, scope: Key, view: View, known: Known, k: float) -> None:
        """The closed cells of one scope; what an earlier release printed is no cell of this one."""
        low, high = np.array(view.low), np.array(view.high)
        closed = (low == 0) & np.isinf(high)
        for title, (dims, _), (release, cells) in zip(view.titles, view.leaves, view.printed, strict=True):
            if release:
                continue
            name = (title, (*(dim for dim, _ in scope), *dims))
            mine = [(codes, place) for codes, place in cells.items() if closed[place]]
            self._counts[name] = self._counts.get(name, 0) + len(mine)
            self._other.setdefault(name, []).extend(
                (*(code for _, code in scope), *codes, *ends)
                for codes, place in mine
                if (ends := _ends(known.low[place], known.high[place], k)) != (0, None)
            )

    def told(self) -> tuple[ClosedCells, ...]:
        """Per table with closed cells what follows about them, in a fixed order."""
        return tuple(
            ClosedCells(*name, count, tuple(sorted(self._other[name], key=str)))
            for name, count in sorted(self._counts.items())
            if count
        )


def changed_closed(told: Sequence[dict[str, Any]], found: Sequence[ClosedCells]) -> list[str]:
    """The tables of which a certificate says something else than follows from what is published."""
    here = {(cells.table, cells.dimensions): cells.as_dict() for cells in found}
    there = {(str(entry["table"]), tuple(entry["dimensions"])): entry for entry in told}
    return sorted({name[0] for name in here.keys() | there.keys() if here.get(name) != there.get(name)})


def _ends(low: float, high: float, k: float) -> tuple[int, int | None]:
    return int(np.ceil(low - SLACK)), None if high >= k - SLACK else int(np.floor(high + SLACK))
