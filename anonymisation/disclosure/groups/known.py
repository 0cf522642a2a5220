"""Earlier releases in the protector's problem: known rows, other people, or a reason to print nothing new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from anonymisation.disclosure.groups.cells import Axis
from anonymisation.disclosure.groups.incidence import RELEASE, Draft, Grid, add_grid
from anonymisation.disclosure.hierarchy import ancestors, hierarchy_for
from anonymisation.disclosure.naming import group_words, scope_parts
from domain.errors import DisclosureRefused
from domain.release import TOTAL, EarlierCell, Hierarchy, Key, Rules

AS_THEN = (
    "Er gaat niets naar buiten. Neem dezelfde bijdragen op als toen, onder dezelfde afspraken en toestemming, of laat "
    "de operator alleen bijdragen over de nieuwe meting klaarzetten. Wat al gepubliceerd is, blijft staan"
)
"""What to do where an earlier release and this one cannot both be true."""


@dataclass(frozen=True)
class Earlier:
    """What earlier releases mean for this one.

    stays: everything stays as it was printed: somebody came or left, and too few to hide in, or the minimum was raised
        since, and a group in print is smaller.
    raised: groups of the same people were printed under a lower minimum than the one of now.
    printed: last printed value per group, for when it stays; not where other gemeenten add up to it now.
    """

    cells: tuple[EarlierCell, ...]
    stays: bool
    raised: bool
    printed: Mapping[Key, int | None] = field(repr=False)


def judge(history: Sequence[EarlierCell], rules: Rules) -> Earlier:
    """Whether earlier prints of these groups may be followed by new ones (T10).

    What stands in print keeps the minimum it was printed under, and nothing new is told of it. Below what may go
    outside nothing is printed again: that is for the audit.
    """
    k = max(rules.minimum, max((cell.minimum for cell in history), default=0))
    looser = [cell for cell in history if cell.unchanged and rules.lowest <= cell.minimum < k]
    stays = any(not cell.settled(k) for cell in history) or any(0 < (cell.n or 0) < k for cell in looser)
    printed: dict[Key, int | None] = {}
    for cell in history:
        if cell.people:
            printed.pop(cell.key, None)
        else:
            printed[cell.key] = cell.n  # what was printed last: a mix of releases would not add up
    return Earlier(tuple(history), stays, bool(looser), printed)


def add_known(draft: Draft, earlier: Earlier, hierarchies: Sequence[Hierarchy]) -> tuple[list[int], list[int]]:
    """Put earlier tables in the problem; returns the positions of groups that were printed, and of small ones.

    Raises DisclosureRefused when a group has another count than was printed, though nobody came or left.
    """
    known: list[int] = []
    small: list[int] = []
    for table in sorted({(cell.release, cell.table) for cell in earlier.cells}):
        mine = [cell for cell in earlier.cells if (cell.release, cell.table) == table]
        place = {cell.key: _position(draft, cell) for cell in mine}
        known += [place[cell.key] for cell in mine if cell.n is not None]
        small += [place[cell.key] for cell in mine if cell.primary]
        _add_sums(draft, mine, place, hierarchies)
    return known, small


def _position(draft: Draft, cell: EarlierCell) -> int:
    # who changed as little as since another release is the same group in both
    key = cell.key if cell.unchanged else (*cell.key, (RELEASE, f"{cell.people}|{cell.delta_in}|{cell.delta_out}"))
    place = draft.cell(key, float("nan") if cell.n is None else float(cell.n))
    if np.isnan(draft.n[place]) and cell.n is not None:
        draft.n[place] = float(cell.n)
    if cell.n is not None and draft.n[place] != cell.n:
        raise DisclosureRefused(
            f"tabel {cell.table}, {group_words((*scope_parts(cell.scope).items(), *cell.key))}: deze groep telt een "
            f"ander aantal mensen dan in vrijgave {cell.release}, en toch is niemand geteld die erbij kwam of wegging. "
            f"{AS_THEN}"
        )
    return place


def _add_sums(
    draft: Draft, cells: Sequence[EarlierCell], place: Mapping[Key, int], hierarchies: Sequence[Hierarchy]
) -> None:
    dims = sorted({dim for cell in cells for dim, _ in cell.key})
    axes = tuple(_axis(dim, cells, hierarchies) for dim in dims)
    position = [{code: i for i, code in enumerate(axis.codes)} for axis in axes]
    rows = [[position[i][dict(cell.key).get(dim, TOTAL)] for i, dim in enumerate(dims)] for cell in cells]
    if dims and rows:
        codes = np.array(rows, dtype=np.int64)
        places = np.array([place[cell.key] for cell in cells], dtype=np.int64)
        add_grid(draft, Grid(axes, codes, places, cells[0].release))


def _axis(dimension: str, cells: Sequence[EarlierCell], hierarchies: Sequence[Hierarchy]) -> Axis:
    seen = {dict(cell.key).get(dimension, TOTAL) for cell in cells} | {TOTAL}
    hierarchy = hierarchy_for(dimension, seen, hierarchies)
    codes = (TOTAL, *sorted(seen - {TOTAL}))
    at = {code: i for i, code in enumerate(codes)}
    up = [-1] + [at[next(a for a in ancestors(code, hierarchy) if a in seen)] for code in codes[1:]]
    parent = np.array(up, dtype=np.int64)
    leaf = np.array([code != TOTAL and at[code] not in parent for code in codes])
    return Axis(dimension, codes, parent, leaf)
