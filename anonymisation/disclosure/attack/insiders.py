"""The attack from inside: a gemeente knows all its own cells, and subtracts them (T8).

Which groups follow from the own ones is a matter of the sums alone: a group that cannot change while the own
cells stay the same is known to whoever knows these.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

import numpy as np
import scipy.sparse as sp
from scipy.sparse.linalg import splu

from anonymisation.disclosure.attack.cells import Array, View
from anonymisation.disclosure.attack.intervals import DENSE, Piece, joined, puzzle_of
from anonymisation.disclosure.naming import group_words
from domain.release import Finding, Key, Rules

FEW = 8
STILL = 1e-7


def attack_insiders(
    scope: Key, view: View, rules: Rules, groups: Collection[str], parts: Sequence[Piece]
) -> Iterator[Finding]:
    """Suppressed groups that the holder of one code of the insider dimension can work out."""
    dimension = rules.insider_dimension
    if dimension is None or not parts:
        return
    keys = list(view.index)
    codes = [dict(key).get(dimension, "") for key in keys]
    owner = np.array([code if code not in groups else "" for code in codes], dtype=object)
    small = np.array([bool(name) for name in view.table]) & (at_least(view) < rules.minimum)
    before = puzzle_of(view.before()).pieces if view.told else ()
    for piece in parts:
        columns = piece.columns
        for at, who in worked_out(piece.matrix, piece.rhs, owner[columns], small[columns]):
            if _knew(before, owner == who, columns[at]):
                continue
            where = group_words((*scope, *keys[columns[at]]))
            learned = f"{group_words([(dimension, who)])} kan dit met eigen cijfers uitrekenen"
            yield Finding("T8", view.table[columns[at]], where, learned)


def _knew(before: Sequence[Piece], own: Array, group: int) -> bool:
    """Whether he could do so with earlier releases alone: then this one tells him nothing, whatever it closes."""
    for piece in before:
        mine = np.flatnonzero(piece.columns == group)
        if len(mine):
            return len(_stand_still(piece.matrix, mine, own[piece.columns])) > 0
    return False


def at_least(view: View) -> Array:
    """What everybody sees that a group holds at least: its print, or the prints of its parts, and of their parts.

    A provincie holds at least the people of a verband, and the country of now those of an earlier one, when all
    gemeenten of these are in it.
    """
    least = np.array(view.low)
    row, column, sign = view.entries()
    _hold_parts(least, row, column, sign, len(view.sums))
    _hold_wholes(least, row, column, sign, len(view.sums))
    _hold_parts(least, row, column, sign, len(view.sums))
    return least


def _hold_parts(least: Array, row: Array, column: Array, sign: Array, sums: int) -> None:
    """Raise what a whole holds to that of its parts: a closed provincie holds its gemeenten, and the country it."""
    before, whole = None, sign < 0
    while before is None or (least > before).any():
        before = least.copy()
        parts = np.bincount(row, weights=np.where(sign > 0, least[column], 0.0), minlength=sums)
        np.maximum.at(least, column[whole], parts[row[whole]])


def _hold_wholes(least: Array, row: Array, column: Array, sign: Array, sums: int) -> None:
    """Raise what a whole holds to the print of another whole of which it has all parts."""
    child = sign > 0
    parts = sp.csr_matrix((np.ones(child.sum()), (row[child], column[child])), shape=(sums, len(least)))
    wholes = np.zeros(sums, dtype=np.int64)
    wholes[row[~child]] = column[~child]
    told = np.flatnonzero(least[wholes] > 0)
    shared = (parts[told] @ parts.T).tocoo()
    inside = shared.data == np.asarray(parts[told].sum(axis=1)).ravel()[shared.row]
    np.maximum.at(least, wholes[shared.col[inside]], least[wholes[told[shared.row[inside]]]])


def worked_out(matrix: Any, rhs: Array, owner: Array, wanted: Array) -> Iterator[tuple[int, str]]:
    """(column, insider) for every wanted column that follows from the columns of one other owner.

    What follows for everybody is no secret of an insider: the attack on sums has looked whether it is too small.
    """
    free = np.zeros(len(owner), dtype=bool)
    names = sorted({name for name in owner if name})
    for name in names if wanted.any() else []:
        mine = np.flatnonzero(owner == name)
        free[mine] = moves(matrix[:, mine])
    left = np.flatnonzero(wanted & ~free)
    left = left[moves(matrix)[left]] if len(left) else left
    same = same_groups(matrix, rhs) if len(left) else np.zeros(0)
    for name, suspects in _suspects(matrix, owner, left, names).items():
        own = set(same[owner == name].tolist())
        still = _stand_still(matrix, suspects, owner == name)
        yield from ((int(at), name) for at in still if same[at] not in own)


def _suspects(matrix: Any, owner: Array, left: Array, names: list[str]) -> dict[str, Array]:
    """Per insider the columns to try on him: those that a whole row and a whole column of insiders work out.

    Insiders are laid out in a square. What a row of them together cannot work out none of them can.
    """
    found = {name: left[owner[left] != name] for name in names}
    width = int(np.ceil(np.sqrt(max(1, len(names)))))
    lines = [names[i : i + width] for i in range(0, len(names), width)] + [names[i::width] for i in range(width)]
    for line in lines if len(names) > FEW else []:
        asked = np.unique(np.concatenate([found[name] for name in line])) if line else left[:0]
        if len(asked):
            still = _stand_still(matrix, asked, np.isin(owner, line))
            found |= {name: np.intersect1d(found[name], still) for name in line}
    return {name: columns for name, columns in found.items() if len(columns)}


def _stand_still(matrix: Any, columns: Array, known: Array) -> Array:
    """Which of these columns cannot change while the known ones stay the same."""
    others = np.flatnonzero(~known)
    loose = np.zeros(len(known), dtype=bool)
    loose[others] = moves(matrix[:, others])
    return np.asarray(columns[~loose[columns]])


def same_groups(matrix: Any, rhs: Array) -> Array:
    """A number per column, equal for a group and its only part: learning that is learning nothing.

    Such a sum has two unknowns, a parent (-1) and a child (+1), and nobody in the other children (rhs 0). Two
    children of a printed parent are not one group.
    """
    filled = matrix != 0
    count = np.asarray(filled.sum(axis=1)).ravel()
    two = (count == 2) & (np.asarray(matrix.sum(axis=1)).ravel() == 0) & (np.abs(rhs) < STILL)
    row, column = filled.nonzero()
    ends = column[np.argsort(row, kind="stable")][two[np.sort(row)]].reshape(-1, 2)
    return joined(ends[:, 0], ends[:, 1], matrix.shape[1])


def moves(matrix: Any) -> Array:
    """Columns that can change while all sums stay as they are."""
    size = matrix.shape[1]
    if size > DENSE:
        return _moves_at_random(matrix)
    full = matrix if isinstance(matrix, np.ndarray) else matrix.toarray()
    full = full[full.any(axis=1)]
    if not len(full):
        return np.ones(size, dtype=bool)
    _, values, basis = np.linalg.svd(full, full_matrices=True)
    null = basis[int((values > 1e-9 * max(1.0, values[0])).sum()) :]
    return np.asarray((np.abs(null) > STILL).any(axis=0))


def _moves_at_random(matrix: Any) -> Array:
    """The same by projecting random changes on those that keep the sums."""
    change = np.random.default_rng(2).standard_normal((matrix.shape[1], 4))
    square = sp.csc_matrix(matrix @ matrix.T + 1e-8 * sp.identity(matrix.shape[0]))
    solver = splu(square, permc_spec="MMD_AT_PLUS_A")  # an order for symmetric matrices: a third of the time
    for _ in range(4):
        change = change - matrix.T @ solver.solve(matrix @ change)
    return np.asarray((np.abs(change) > 1e-5).any(axis=1))
