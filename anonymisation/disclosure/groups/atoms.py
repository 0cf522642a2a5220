"""Atoms: the finest groups that tables have in common, where their sums alone do not tell all.

Tables that only share whole dimensions like beads on a tree need none: whatever fits each table and the shared
margins fits one population. Atoms are needed when age bands of two tables overlap, or when tables share
dimensions in a ring (A x B, B x C, A x C).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from anonymisation.disclosure.groups.cells import Axis, Flags, Ints
from anonymisation.disclosure.groups.incidence import (
    ATOM,
    RELEASE,
    RING,
    Draft,
    Grid,
    NoSafePattern,
    Sums,
    strides,
    sums_over,
)
from anonymisation.disclosure.hierarchy import code_atoms
from domain.release import TOTAL, Hierarchy, Key

LARGEST = 400_000
"""Not more than the auditor can look at."""


def add_atoms(draft: Draft, hierarchies: Sequence[Hierarchy]) -> None:
    """Add the atoms that the tables of the draft need, and the sums of every leaf cell over them."""
    grids = list(draft.grids)
    _link_nested(draft, grids, hierarchies)
    ring = _ring(grids)
    needed = ring | _overlapping(grids, hierarchies)
    if needed:
        _add(draft, [grids[i] for i in sorted(needed)], hierarchies, RING if ring else "")


def _link_nested(draft: Draft, grids: Sequence[Grid], hierarchies: Sequence[Hierarchy]) -> None:
    """A cell of a coarse table is the sum of cells of a finer one, when that shows all its parts."""
    rows: dict[tuple[int, ...], None] = {}
    for coarse in grids:
        for fine in grids:
            for name in _shared(coarse, fine):
                rows |= dict.fromkeys(_nested_rows(draft, coarse, fine, name, hierarchies))
    if rows:
        lengths = np.array([len(row) for row in rows])
        columns = np.array([cell for row in rows for cell in row])
        signs = np.ones(len(columns))
        signs[np.cumsum(lengths) - lengths] = -1.0
        draft.sums.append(Sums(np.repeat(np.arange(len(rows)), lengths), columns, signs, len(rows)))


def _shared(coarse: Grid, fine: Grid) -> list[str]:
    """Dimensions that two tables cut differently, when the coarse one has no dimension of its own."""
    mine, other = ({axis.name: axis for axis in grid.axes} for grid in (coarse, fine))
    return [name for name in mine if set(mine) <= set(other) and set(_leaves(mine[name])) - set(other[name].codes)]


def _nested_rows(
    draft: Draft, coarse: Grid, fine: Grid, name: str, hierarchies: Sequence[Hierarchy]
) -> Iterator[tuple[int, ...]]:
    """(cell of the coarse table, its parts in the fine one)."""
    at = [axis.name for axis in coarse.axes].index(name)
    parts = nested_parts(coarse.axes[at], next(axis for axis in fine.axes if axis.name == name), hierarchies)
    keys = list(draft.index)
    shown = {_plain(keys[cell]): cell for cell in fine.place.tolist()} if parts else {}
    home = _at_home(draft, keys, coarse, name, hierarchies) if parts and coarse.release != fine.release else {}
    for place, codes in zip(coarse.place.tolist(), coarse.codes[:, at].tolist(), strict=True):
        below = parts.get(coarse.axes[at].codes[codes], [])
        rest = [pair for pair in _plain(keys[place]) if pair[0] != name] if below else []
        found = [shown[key] for code in below if (key := tuple(sorted([*rest, (name, code)]))) in shown]
        whole = shown.get(tuple(rest), -1)
        complete = len(found) == len(below) and home.get(place, set()) <= {_plain(keys[cell]) for cell in found}
        if found and (coarse.release == fine.release or _same_people(keys, place, found, whole, complete=complete)):
            yield (place, *sorted(found))


def _at_home(
    draft: Draft, keys: Sequence[Key], coarse: Grid, name: str, hierarchies: Sequence[Hierarchy]
) -> dict[int, set[Key]]:
    """Per cell of a table its parts in finer tables of the same release: another may lack one of them."""
    found: dict[int, set[Key]] = {}
    for grid in draft.grids:
        if grid.release == coarse.release and name in _shared(coarse, grid):
            for place, *parts in _nested_rows(draft, coarse, grid, name, hierarchies):
                found.setdefault(place, set()).update(_plain(keys[cell]) for cell in parts)
    return found


def _plain(key: Key) -> Key:
    return tuple(pair for pair in key if pair[0] != RELEASE)


def _same_people(keys: Sequence[Key], place: int, found: Sequence[int], whole: int, *, complete: bool) -> bool:
    """Whether a group of one release is made of those of another: nobody came or left, and no part was empty then.

    complete: all parts of the group are found, also those that only its own release has (a gemeente that was late).
    """
    changed = [_plain(keys[cell]) != keys[cell] for cell in (place, *found)]
    return (complete or (whole >= 0 and _plain(keys[whole]) == keys[whole])) and not any(changed)


def nested_parts(coarse: Axis, fine: Axis, hierarchies: Sequence[Hierarchy]) -> dict[str, list[str]]:
    """Per leaf of the coarse axis that the fine one does not show, the fine leaves that make it up exactly."""
    wanted = [code for code in _leaves(coarse) if code not in fine.codes]
    atoms = code_atoms(coarse.name, {*wanted, *_leaves(fine)}, hierarchies)
    found = {code: [leaf for leaf in _leaves(fine) if atoms[leaf] <= atoms[code]] for code in wanted}
    return {
        code: below
        for code, below in found.items()
        if below and not any(atoms[leaf] & atoms[code] for leaf in _leaves(fine) if leaf not in below)
    }


def _ring(grids: Sequence[Grid]) -> set[int]:
    """Tables left over when those that hang on one other table by their shared dimensions are taken away."""
    left = {i: {axis.name for axis in grid.axes} for i, grid in enumerate(grids)}
    changed = True
    while changed:
        changed = False
        for i, dims in list(left.items()):
            shared = {d for j, other in left.items() if j != i for d in other} & dims
            if any(j != i and shared <= other for j, other in left.items()) or not shared:
                del left[i]
                changed = True
                break
    return set(left)


def _leaves(axis: Axis) -> list[str]:
    return [code for code, leaf in zip(axis.codes, axis.leaf, strict=True) if leaf]


def _overlapping(grids: Sequence[Grid], hierarchies: Sequence[Hierarchy]) -> set[int]:
    """Tables of which a leaf code overlaps a code of another table without being inside its tree."""
    found: set[int] = set()
    for name in sorted({axis.name for grid in grids for axis in grid.axes}):
        axes = [(i, axis) for i, grid in enumerate(grids) for axis in grid.axes if axis.name == name]
        if len({axis.codes for _, axis in axes}) < 2:
            continue
        atoms = code_atoms(name, {code for _, axis in axes for code in axis.codes if code != TOTAL}, hierarchies)
        for (i, one), (j, two) in ((a, b) for a in axes for b in axes if a[0] < b[0]):
            linked = name in _shared(grids[i], grids[j]) or name in _shared(grids[j], grids[i])
            if _clash(one, two, atoms, hierarchies, linked=linked):
                found |= {i, j}
    return found


def _clash(
    one: Axis, two: Axis, atoms: dict[str, frozenset[str]], hierarchies: Sequence[Hierarchy], *, linked: bool
) -> bool:
    """A leaf of `one` shares people with a leaf of `two`, and neither table shows or makes up the other's code."""
    nested = {*nested_parts(one, two, hierarchies), *nested_parts(two, one, hierarchies)} if linked else set()
    return any(
        atoms[a] & atoms[b]
        for a in _leaves(one)
        if a not in two.codes
        for b in _leaves(two)
        if b not in one.codes and a not in nested and b not in nested
    )


def _add(draft: Draft, grids: Sequence[Grid], hierarchies: Sequence[Hierarchy], kind: str) -> None:
    """An atom of an earlier release is ours as long as nobody came into or left some cell above it."""
    names = sorted({axis.name for grid in grids for axis in grid.axes})
    classes = [_classes(name, grids, hierarchies) for name in names]
    shape = [len(found) for found in classes]
    if int(np.prod(shape, dtype=object)) > LARGEST:
        raise NoSafePattern(
            "er zijn te veel combinaties van groepen om samen te beveiligen; laat een uitsplitsing weg, "
            "of geef de tabellen dezelfde groepen"
        )
    atoms = np.stack([part.ravel() for part in np.indices(shape)], axis=1)
    cells = [_cell_under(grid, names, classes, atoms, hierarchies) for grid in grids]
    n, first, now = np.array(draft.n), len(draft.n), np.full(len(atoms), -1)
    apart = np.array([_plain(key) != key for key in draft.index])
    for release in sorted({grid.release for grid in grids}):  # ours first
        mine = [c for grid, c in zip(grids, cells, strict=True) if grid.release == release]
        alive = np.logical_and.reduce([(c >= 0) & (n[np.maximum(c, 0)] != 0) for c in mine])
        still = np.logical_or.reduce([~apart[np.maximum(c, 0)] for c in mine]) & (now >= 0)
        place = np.where(still, now, -1)
        for at in np.flatnonzero(alive & ~still).tolist():
            place[at] = draft.cell(((ATOM, kind), ("", f"{first}.{release}.{at}")), float("nan"))
        draft.sums.extend(sums_over(place[alive], c[alive]) for c in mine)
        now = place if not release else now


def _classes(name: str, grids: Sequence[Grid], hierarchies: Sequence[Hierarchy]) -> list[frozenset[str]]:
    """Atoms of one dimension that no table tells apart, as sets of the leaf codes they lie under."""
    leaves = {code for grid in grids for axis in grid.axes if axis.name == name for code in _leaves(axis)}
    under: dict[str, set[str]] = {}
    for code, found in code_atoms(name, leaves, hierarchies).items():
        for atom in found:
            under.setdefault(atom, set()).add(code)
    return sorted({frozenset(codes) for codes in under.values()}, key=sorted)


def _cell_under(
    grid: Grid,
    names: Sequence[str],
    classes: Sequence[Sequence[frozenset[str]]],
    atoms: Ints,
    hierarchies: Sequence[Hierarchy],
) -> Ints:
    """Position of the leaf cell of a table that holds each atom; -1 where the table has none (nobody)."""
    wanted = np.zeros(len(atoms), dtype=np.int64)
    inside: Flags = np.ones(len(atoms), dtype=bool)
    for weight, axis in zip(strides(grid.axes), grid.axes, strict=True):
        dim = names.index(axis.name)
        leaves = {code: axis.codes.index(code) for code in _leaves(axis)}
        to = np.array([next((leaves[c] for c in sorted(group) if c in leaves), -1) for group in classes[dim]])
        codes = to[atoms[:, dim]]
        inside &= codes >= 0
        wanted += weight * np.maximum(codes, 0)
    ids = grid.ids
    order = np.argsort(ids, kind="stable")
    spot = np.minimum(np.searchsorted(ids, wanted, sorter=order), len(ids) - 1)
    row = order[spot]
    return np.where(inside & (ids[row] == wanted), grid.place[row], -1)
