"""The attack over time: what earlier releases printed about the same groups is known, and differences are groups."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from anonymisation.disclosure.attack.cells import Array, View, add_table
from anonymisation.disclosure.naming import group_words, scope_name
from domain.release import TOTAL, EarlierCell, Finding, Hierarchy, History, Key, Rules, Status


def add_earlier(
    scope: Key, view: View, hierarchies: Sequence[Hierarchy], history: History, minimum: int
) -> list[Finding]:
    """Put what earlier releases printed in the view; returns differences that show a small group."""
    mine = history.of_scope(scope_name(scope))
    public = {(cell.key, cell.n) for cell in mine}
    fresh = [cell for cell in mine if (cell.key, _now(cell, view)) not in public]  # what is printed again tells nothing
    findings = [finding for cell in fresh if (finding := _difference(cell, view, minimum))]
    for table in sorted({(cell.release, cell.table) for cell in mine}):
        cells = [cell for cell in mine if (cell.release, cell.table) == table]
        groups = sorted({dim for cell in cells for dim, _ in cell.key})
        seen: dict[tuple[str, ...], tuple[float, float]] = {}
        changed: dict[tuple[str, ...], str] = {}
        for cell in cells:
            codes = tuple(dict(cell.key).get(dim, TOTAL) for dim in groups)
            seen[codes] = (0.0, np.inf) if cell.n is None else (float(cell.n), float(cell.n))
            if not cell.unchanged or _now(cell, view) not in (None, cell.n):  # other people by now
                changed[codes] = table[0]
        add_table(view, " ".join(table), groups, seen, hierarchies, release=table[0], apart=changed)
    if any(not cell.settled(minimum) for cell in mine):  # then nothing is counted anew
        again = ((view.index[cell.key], cell.n) for cell in mine if cell.n is not None and _now(cell, view) == cell.n)
        view.told |= {place: (float(n), float(n)) for place, n in again}
    return findings


def minimum_of(scope: Key, view: View, history: History, rules: Rules) -> int:
    """The minimum for the figures of one scope: that of then, where all of them stand in print already.

    view: before anything earlier was put in it. What is new holds the minimum of now, and so does all beside it.
    """
    mine = history.of_scope(scope_name(scope))
    public = {(cell.key, cell.n) for cell in mine}
    shown = [(key, view.low[at]) for key, at in view.index.items() if view.low[at] == view.high[at]]
    again = bool(mine) and all(one in public for one in shown)
    return min([rules.minimum, *(max(cell.minimum, rules.lowest) for cell in mine)]) if again else rules.minimum


def levels(scope: Key, view: View, history: History, minimum: int) -> Array:
    """What every group in a view must be able to hold: what only earlier releases showed, the least minimum of then."""
    found = np.full(view.size, float(minimum))
    if mine := history.of_scope(scope_name(scope)):
        now = {place for release, cells in view.printed if not release for place in cells.values()}
        then = {place for release, cells in view.printed if release for place in cells.values()}
        found[sorted(then - now)] = min(minimum, *(cell.minimum for cell in mine))
    return found


def _now(cell: EarlierCell, view: View) -> float | None:
    """What this release prints about the group of an earlier cell, if anything."""
    place = view.index.get(cell.key)
    return view.low[place] if place is not None and view.low[place] == view.high[place] else None


def _difference(cell: EarlierCell, view: View, minimum: int) -> Finding | None:
    now = _now(cell, view)
    if now is None or cell.n is None or cell.status is Status.SUPPRESSED or not 0 < abs(now - cell.n) < minimum:
        return None
    if not cell.unchanged and cell.settled(minimum):
        return None
    learned = f"het verschil met een eerdere vrijgave is een groep kleiner dan {minimum}"
    return Finding("T10", cell.table, group_words(cell.key), learned)
