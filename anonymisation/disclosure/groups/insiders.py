"""People who know more than what is printed: a respondent about his own cell (T4), a gemeente about all its own (T8).

Every closed cell holds people, so the true world lies inside the worlds that fit; whether one cell follows from
others is then a matter of the sums alone. Where atoms play along the programmes decide instead.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np
import scipy.sparse as sp
from scipy.sparse.linalg import splu

from anonymisation.disclosure.groups.cells import Flags, Ints
from anonymisation.disclosure.groups.incidence import Problem, Reals
from anonymisation.disclosure.groups.intervals import DENSE, TOLERANCE, Component, ceiling, components
from anonymisation.disclosure.groups.solver import Programme
from domain.errors import Contradiction
from domain.release import Rules

FEW = 8
STILL = 1e-7
AT_ONCE = 4_000_000


@dataclass(frozen=True)
class Insider:
    """Who knows these cells can work out that cell."""

    knows: tuple[int, ...]
    learns: int


def insiders(
    problem: Problem,
    closed: Flags,
    primary: Flags,
    rules: Rules,
    groups: Collection[str] = (),
    parts: Sequence[Component] | None = None,
) -> Iterator[Insider]:
    """Every insider with a primary cell that he can work out; `parts`: look in these components only."""
    owner, same = _owners(problem, rules.insider_dimension, groups), problem.same_people
    least = at_least(problem, closed)
    for component in components(problem, closed) if parts is None else parts:
        wanted = primary[component.columns]
        if wanted.any() and component.sums.height:
            for insider in _respondents(problem, component, wanted, rules):
                if not _his_own(problem, same, insider):
                    yield insider
        if component.sums.height and owner is not None:
            small = (closed | problem.earlier)[component.columns] & (least[component.columns] < rules.minimum)
            for insider in _owners_who_learn(component, small, owner[component.columns]):
                own = same[insider.learns] in same[list(insider.knows)]
                if not own and not _knew_before(problem, owner == owner[insider.knows[0]], insider.learns):
                    yield insider
    if owner is not None:
        yield from _small_rests(problem, closed, primary, owner, rules.minimum, parts)


def _small_rests(
    problem: Problem, closed: Flags, primary: Flags, owner: Any, k: int, parts: Sequence[Component] | None
) -> Iterator[Insider]:
    """T8: who takes his own closed cells from a printed whole, and is left with fewer than k people of others."""
    row, cell, sign = problem.entries
    height, looked = problem.matrix.shape[0], np.full(problem.size, parts is None)
    for part in parts or ():
        looked[part.columns] = True
    seen = np.bincount(row, weights=(closed[cell] & (sign < 0)) | problem.hidden[cell], minlength=height) == 0
    take = seen[row] & (sign > 0) & closed[cell] & looked[cell]
    row, cell = row[take], cell[take]
    n, small = np.nan_to_num(problem.n)[cell], primary[cell]
    names, who = np.unique(owner[cell].astype(str), return_inverse=True)
    pair, at = np.unique(row * max(1, len(names)) + who, return_inverse=True)
    whole = pair // max(1, len(names))
    others = np.bincount(row, weights=n, minlength=height)[whole] - np.bincount(at, weights=n, minlength=len(pair))
    hurt = np.bincount(row, weights=small, minlength=height)[whole] > np.bincount(
        at, weights=small, minlength=len(pair)
    )
    owned = names[pair % max(1, len(names))] != "" if len(pair) else np.zeros(0, dtype=bool)
    for which in np.flatnonzero(owned & hurt & (others < k)).tolist():
        theirs = np.flatnonzero((row == whole[which]) & (at != which) & small)
        learns = int(cell[theirs[np.argmax(n[theirs])]])
        own = owner == names[pair[which] % len(names)]
        if not _knew_before(problem, own, learns):
            yield Insider(tuple(np.flatnonzero(own & closed).tolist()), learns)


def _knew_before(problem: Problem, own: Flags, learns: int) -> bool:
    """Whether earlier releases alone tell it beside his own cells: then nothing that is closed now takes it back."""
    if not problem.known.any():
        return False
    part = next(one for one in components(problem, ~problem.known) if learns in one.columns)
    still = ~_moves_without(part.matrix, own[part.columns])
    return bool(still[part.columns == learns].any())


def at_least(problem: Problem, closed: Flags) -> Reals:
    """What everybody can see that a cell holds: its largest sum of open parts. A gemeente that adds itself to large
    open groups learns nothing of others."""
    n = np.where(closed | problem.hidden, 0.0, np.nan_to_num(problem.n))
    row, cell, sign = problem.entries
    parts = np.bincount(row, weights=np.where(sign > 0, n[cell], 0.0), minlength=problem.matrix.shape[0])
    found, whole = np.zeros(problem.size), sign < 0
    np.maximum.at(found, cell[whole], parts[row[whole]])
    return found


def one_of_each(found: Sequence[Insider]) -> list[Insider]:
    """One insider per cell that is learned and per group of cells that he knows: the rest often follows."""
    learned: dict[int, Insider] = {}
    busy: set[int] = set()
    for insider in found:
        if insider.learns not in busy and not busy & set(insider.knows):
            learned[insider.learns] = insider
            busy |= {insider.learns, *insider.knows}
    return list(learned.values())


def _his_own(problem: Problem, same: Any, insider: Insider) -> bool:
    """The cell he learns holds only himself: the same people, or a part of his own cell."""
    inside = set(problem.keys[insider.knows[0]]) <= set(problem.keys[insider.learns])
    return bool(same[insider.knows[0]] == same[insider.learns]) or inside


def _owners(problem: Problem, dimension: str | None, groups: Collection[str]) -> Any:
    if dimension is None:
        return None
    codes = (dict(key).get(dimension, "") for key in problem.keys)
    return np.array([code if code not in groups else "" for code in codes], dtype=object)


def _respondents(problem: Problem, component: Component, wanted: Flags, rules: Rules) -> Iterator[Insider]:
    """T4: members of a cell so small that together they know it."""
    columns = component.columns
    n = np.nan_to_num(problem.n[columns])
    few = np.flatnonzero((n > 0) & (n <= rules.knowing) & ~problem.hidden[columns])
    if not len(few):
        return
    if problem.hidden[columns].any():
        for at in few.tolist():
            for learns in _pinned(problem, component, at, wanted, rules.solver_seconds):
                yield Insider((int(columns[at]),), int(columns[learns]))
        return
    for at, learns in _parallel(null_directions(component.matrix), few, np.flatnonzero(wanted)):
        yield Insider((int(columns[at]),), int(columns[learns]))


def _parallel(change: Reals, few: Ints, wanted: Ints) -> Iterator[tuple[int, int]]:
    """Pairs of columns that only move together: whoever knows the first knows the second."""
    length = np.sqrt((change**2).sum(axis=1))
    unit = change / np.where(length > 0, length, 1.0)[:, None]
    still = wanted[length[wanted] == 0]
    for part in np.array_split(few, 1 + len(few) * len(wanted) // AT_ONCE):
        alike = (unit[part] @ unit[wanted].T) ** 2 >= 1 - 1e-9
        alike |= (length[part] == 0)[:, None] | np.isin(wanted, still)[None, :]
        for row, spot in np.argwhere(alike & (part[:, None] != wanted[None, :])).tolist():
            yield int(part[row]), int(wanted[spot])


def _pinned(problem: Problem, component: Component, at: int, wanted: Flags, seconds: float) -> Iterator[int]:
    """Wanted cells of which the interval has no width once one cell is known."""
    size = len(component.columns)
    programme = Programme(
        component.sums, component.rhs, np.zeros(size), np.full(size, ceiling(problem)), seconds=seconds
    )
    value = float(problem.n[component.columns[at]])
    programme.bounds(at, value, value)
    low, high = np.full(size, np.inf), np.full(size, -np.inf)
    dice = np.random.default_rng(0)
    tries = [dice.uniform(0.2, 1.0, size) * wanted * sign for sign in (1.0, -1.0)]
    for cost in tries:
        _see(programme, cost, low, high)
    for column in np.flatnonzero(wanted & (high - low < TOLERANCE)).tolist():
        for sign in (1.0, -1.0):
            if high[column] - low[column] < TOLERANCE:
                _see(programme, np.eye(1, size, column)[0] * sign, low, high)
    yield from (c for c in np.flatnonzero(wanted & (high - low < TOLERANCE)).tolist() if c != at)


def _see(programme: Programme, cost: Reals, low: Reals, high: Reals) -> None:
    programme.costs(cost)
    world = programme.solve()
    if world is None:
        raise Contradiction("de optelsommen spreken elkaar tegen; geef regels over dezelfde mensen")
    np.minimum(low, world, out=low)
    np.maximum(high, world, out=high)


def _owners_who_learn(component: Component, wanted: Flags, owner: Any) -> Iterator[Insider]:
    """T8: the holder of all cells of one code. Cells that can move inside their own code are safe from all others."""
    size = len(owner)
    matrix = component.matrix
    names = sorted({name for name in owner if name})
    free = np.zeros(size, dtype=bool)
    for name in names if wanted.any() else ():
        mine = np.flatnonzero(owner == name)
        free[mine] = can_move(matrix[:, mine])
    left = wanted & ~free
    for name, doubtful in _doubtful(matrix, left, owner, names):
        own, loose = np.flatnonzero(owner == name), _moves_without(matrix, owner == name)
        for at in np.flatnonzero(doubtful & ~loose).tolist():
            yield Insider(tuple(component.columns[own].tolist()), int(component.columns[at]))


def _doubtful(matrix: Any, left: Flags, owner: Any, names: Sequence[str]) -> Iterator[tuple[str, Flags]]:
    """Per owner the cells that he may learn. Who learns nothing together with others learns nothing alone.

    Every owner is in two blocks that share nobody else; only who learns in both is looked at on his own.
    """
    side = max(1, ceil(len(names) ** 0.5))
    places = np.arange(len(names))
    doubt = {name: left & (owner != name) for name in names}
    for of in (places % side, places // side) if len(names) > FEW else ():
        for block in range(side):
            inside = [name for name, at in zip(names, of.tolist(), strict=True) if at == block]
            asked = np.logical_or.reduce([doubt[name] for name in inside] or [np.zeros(len(owner), dtype=bool)])
            loose = _moves_without(matrix, np.isin(owner, inside)) if asked.any() else asked
            for name in inside:
                doubt[name] = doubt[name] & ~loose
    yield from ((name, cells) for name, cells in doubt.items() if cells.any())


def _moves_without(matrix: Any, still: Flags) -> Flags:
    """Columns that can change while all sums and these columns stay as they are."""
    found = np.zeros(len(still), dtype=bool)
    found[~still] = can_move(matrix[:, np.flatnonzero(~still)])
    return found


def can_move(matrix: Any) -> Flags:
    """Columns that can change while all sums stay as they are."""
    change = null_directions(matrix)
    return np.asarray((np.abs(change) > STILL * 100).any(axis=1))


def null_directions(matrix: Any) -> Reals:
    """Changes that keep all sums: a basis for small matrices, six random ones for large (columns x directions)."""
    size = matrix.shape[1]
    if size <= DENSE:
        full = matrix if isinstance(matrix, np.ndarray) else matrix.toarray()
        full = full[full.any(axis=1)]
        if not len(full):
            return np.eye(size)
        _, values, basis = np.linalg.svd(full, full_matrices=True)
        rank = int((values > 1e-9 * max(1.0, float(values[0]))).sum())
        return np.asarray(np.where(np.abs(basis[rank:]) > STILL, basis[rank:], 0.0)).T
    matrix = matrix.tocsr()
    matrix = matrix[np.flatnonzero(np.diff(matrix.indptr))]
    rows = matrix.shape[0]
    if rows == 0:
        return np.eye(size)
    change = np.random.default_rng(1).standard_normal((size, 6))
    solver = splu(sp.csc_matrix(matrix @ matrix.T + 1e-8 * sp.identity(rows)), permc_spec="MMD_AT_PLUS_A")
    for _ in range(4):
        left = matrix @ change
        if np.abs(left).max(initial=0.0) < STILL * 1e-4:
            break
        change = change - matrix.T @ solver.solve(left)
    return np.asarray(np.where(np.abs(change) > STILL * 100, change, 0.0))
