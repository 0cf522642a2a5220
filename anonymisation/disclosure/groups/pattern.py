"""Which cells to close: stage 1, then intervals and repair until every primary cell can be 0 and can be k.

Small problems are worth more care: several ways are tried, and every cell that turns out not to be needed opens again.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from anonymisation.disclosure.groups.cells import Flags
from anonymisation.disclosure.groups.exact import cheapest_pattern
from anonymisation.disclosure.groups.incidence import NoSafePattern, Problem, Reals
from anonymisation.disclosure.groups.insiders import insiders, one_of_each
from anonymisation.disclosure.groups.intervals import TOLERANCE, Intervals, components, find_intervals
from anonymisation.disclosure.groups.repair import Repair
from anonymisation.disclosure.groups.stage1 import close_beside, close_by_sums
from domain.errors import CannotCheck
from domain.release import Key, Rules

MOST_ROUNDS = 25
MORE = 1.05
"""An example may cost this much more than it did where it was found; else the work is done afresh."""
SMALL = 120
"""Up to this many cells, look for a better pattern; above it, speed counts."""


@dataclass(frozen=True)
class Example:
    """A pattern that was found for other answers of (nearly) the same people.

    closed: its groups. secondary: how many of these were closed only to protect others. first: all the others.
    """

    closed: frozenset[Key]
    secondary: int
    first: int


@dataclass(frozen=True)
class Task:
    """What a pattern must satisfy.

    levels: per cell the k that must stay possible. start: closed anyway (merged), without being primary.
    groups: codes that hold other codes: nobody has the rows of a provincie.
    """

    problem: Problem
    primary: Flags
    levels: Reals
    rules: Rules
    start: Flags
    groups: Collection[str] = ()

    def intervals(self, closed: Flags) -> Intervals:
        """What an outsider can say about the cells that matter."""
        wanted = self.primary | self.problem.watched
        return find_intervals(self.problem, closed, wanted, self.levels, seconds=self.rules.solver_seconds)

    def unsafe(self, found: Intervals) -> list[int]:
        """Cells that are pinned down."""
        return [int(cell) for cell in found.unsafe(self.problem, self.primary, self.levels)]

    def is_safe(self, closed: Flags, within: Flags | None = None) -> bool:
        """Neither an outsider nor an insider learns anything.

        within: cells that were one component before some of them were opened; all others are known to be safe.
        """
        if self._plainly_unsafe(closed):
            return False
        parts = list(components(self.problem, closed))
        if within is not None:
            parts = [part for part in parts if within[part.columns].any()]
        wanted = self.primary | self.problem.watched
        seconds = self.rules.solver_seconds
        found = find_intervals(self.problem, closed, wanted, self.levels, seconds=seconds, parts=parts)
        looked = np.zeros(self.problem.size, dtype=bool)
        looked[np.concatenate([part.columns for part in parts] or [np.zeros(0, dtype=np.int64)])] = True
        if looked[self.unsafe(found)].any():
            return False
        known = insiders(self.problem, closed, self.primary, self.rules, self.groups, parts)
        return next(iter(known), None) is None

    def _plainly_unsafe(self, closed: Flags) -> bool:
        """A primary cell stands alone in a sum, or in a closed rest that is too small: no programme needed."""
        problem = self.problem
        row, cell, sign = problem.entries
        unknown, height = closed | problem.hidden, problem.matrix.shape[0]
        count = np.bincount(row, weights=unknown[cell], minlength=height)
        parents = np.bincount(row, weights=unknown[cell] & (sign < 0), minlength=height)
        beyond = np.bincount(row, weights=problem.hidden[cell], minlength=height)
        held = np.where(closed, np.nan_to_num(problem.n), 0.0)
        rest = np.bincount(row, weights=np.where(sign > 0, held[cell], 0.0), minlength=height)
        short = (parents == 0) & (beyond == 0)
        pinned = ((count == 1) & (beyond == 0))[row] | (short[row] & (rest[row] < self.levels[cell] - TOLERANCE))
        return bool((pinned & self.primary[cell] & closed[cell]).any())


def find_pattern(
    problem: Problem,
    primary: Flags,
    levels: Reals,
    rules: Rules,
    *,
    start: Flags | None = None,
    groups: Collection[str] = (),
    example: Example | None = None,
) -> Flags:
    """Cells to close so that every primary cell keeps [0, k], also for insiders; the arguments are those of `Task`.

    example: what was closed for another question to the same people; followed where that is safe and not dearer.
    Raises NoSafePattern when there is none, CannotCheck at a solver limit.
    """
    task = Task(problem, primary, levels, rules, np.zeros(problem.size, dtype=bool) if start is None else start, groups)
    first = primary | task.start
    if not first.any() and not problem.hidden.any():
        return first
    if problem.size <= rules.exact_up_to and not problem.hidden.any():
        return _repaired(task, first | cheapest_pattern(problem, primary, levels, seconds=rules.solver_seconds))
    if example is not None and (followed := _followed(task, first, example)) is not None:
        return followed
    if problem.size > SMALL:
        return _repaired(task, close_by_sums(problem, first, levels))
    return min((_reopened(task, closed) for closed in _several(task, first)), key=lambda found: _price(problem, found))


def _followed(task: Task, first: Flags, example: Example) -> Flags | None:
    """The example with what this question needs more and without what it does not; None when it fits badly."""
    problem = task.problem
    may = ~problem.known & ~problem.hidden & ~problem.forced & (np.nan_to_num(problem.n) > 0)
    beside = np.array([key in example.closed for key in problem.keys], dtype=bool) & may & ~first
    try:
        closed = _repaired(task, first | beside)
    except (CannotCheck, NoSafePattern):
        return None
    if problem.size <= SMALL:
        closed = _reopened(task, closed)
    allowed = example.secondary * MORE * max(1.0, float(first.sum()) / max(1, example.first)) + 1
    return closed if (closed & ~first).sum() <= allowed else None


def _several(task: Task, first: Flags) -> list[Flags]:
    """Safe patterns found in different ways: by sums first, by programmes alone, with every cell at the same cost."""
    even = replace(task, problem=replace(task.problem, cost=np.ones(task.problem.size)))
    found = [
        _repaired(way, close_by_sums(way.problem, first, way.levels) if sums else first)
        for way in (task, even)
        for sums in (True, False)
    ]
    return list({closed.tobytes(): closed for closed in found}.values())


def _price(problem: Problem, closed: Flags) -> tuple[float, int]:
    """What closing loses, and of equal losses the fewest cells: a country is worth more than two small gemeenten."""
    return round(float(problem.cost[closed].sum()), 6), int(closed.sum())


def _reopened(task: Task, closed: Flags) -> Flags:
    """Open every cell again that is not needed, the dearest first."""
    problem, closed = task.problem, closed.copy()
    spare = np.flatnonzero(closed & ~task.primary & ~task.start)
    parts = list(components(problem, closed))
    for cell in spare[np.lexsort((spare, -problem.cost[spare]))].tolist():
        within = np.zeros(problem.size, dtype=bool)
        within[next(part.columns for part in parts if cell in part.columns)] = True
        closed[cell] = False
        if task.is_safe(closed, within):
            parts = list(components(problem, closed))
        else:
            closed[cell] = True
    return closed


def _repaired(task: Task, closed: Flags) -> Flags:
    """Close more until it is safe; closing never narrows what was wide enough.

    Where two closed cells stand alone in a sum and give each other away a third is closed; what is left goes to
    the programmes.
    """
    problem, rules, levels = task.problem, task.rules, task.levels
    repair = Repair(problem, closed, seconds=rules.solver_seconds)
    found_so_far = task.intervals(closed)
    repair.learn(found_so_far)
    repair.widen(task.unsafe(found_so_far), levels)
    quiet: set[bytes] = set()  # components in which nobody learns anything: they stay so as long as they stay the same
    for _ in range(MOST_ROUNDS):
        parts = [part for part in components(problem, repair.closed) if part.columns.tobytes() not in quiet]
        found = list(insiders(problem, repair.closed, task.primary, rules, task.groups, parts))
        learned = [insider.learns for insider in found]
        quiet |= {part.columns.tobytes() for part in parts if not np.isin(part.columns, learned).any()}
        if not found:
            return repair.closed
        pairs = [(one.knows[0], one.learns) for one in found if len(one.knows) == 1]
        if pairs and close_beside(problem, repair.closed, pairs, repair.price):
            repair.close(close_by_sums(problem, repair.closed, levels))
            continue
        for insider in one_of_each(found):
            repair.widen_against(insider.learns, insider.knows, float(levels[insider.learns]))
    raise NoSafePattern(
        "tegen wie een cijfer al kent is geen bescherming te vinden; voeg groepen samen of laat een uitsplitsing weg"
    )
