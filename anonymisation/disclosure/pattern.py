"""Which cells to close: stage 1, then intervals and repair until every primary cell can be 0 and can be k.

Small problems are worth more care: several ways are tried, and every cell that turns out not to be needed opens again.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from anonymisation.disclosure.cells import Flags
from anonymisation.disclosure.exact import cheapest_pattern
from anonymisation.disclosure.incidence import Problem, Reals
from anonymisation.disclosure.insiders import insiders, one_of_each
from anonymisation.disclosure.intervals import Intervals, find_intervals
from anonymisation.disclosure.repair import Repair
from anonymisation.disclosure.stage1 import close_beside, close_by_sums
from domain.errors import CannotCheck
from domain.release import Rules

MOST_ROUNDS = 25
SMALL = 120
"""Up to this many cells, look for a better pattern; above it, speed counts."""


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

    def is_safe(self, closed: Flags) -> bool:
        """Neither an outsider nor an insider learns anything."""
        return not self.unsafe(self.intervals(closed)) and not any(
            True for _ in insiders(self.problem, closed, self.primary, self.rules, self.groups)
        )


def find_pattern(
    problem: Problem,
    primary: Flags,
    levels: Reals,
    rules: Rules,
    *,
    start: Flags | None = None,
    groups: Collection[str] = (),
) -> Flags:
    """Cells to close so that every primary cell keeps [0, k], also for insiders; the arguments are those of `Task`.

    Raises DisclosureRefused when no pattern is safe, CannotCheck at a solver limit.
    """
    task = Task(problem, primary, levels, rules, np.zeros(problem.size, dtype=bool) if start is None else start, groups)
    first = primary | task.start
    if not first.any() and not problem.hidden.any():
        return first
    if problem.size <= rules.exact_up_to and not problem.hidden.any():
        return _repaired(task, first | cheapest_pattern(problem, primary, levels, seconds=rules.solver_seconds))
    if problem.size > SMALL:
        return _repaired(task, close_by_sums(problem, first, levels))
    return min((_reopened(task, closed) for closed in _several(task, first)), key=lambda found: _price(problem, found))


def _several(task: Task, first: Flags) -> list[Flags]:
    """Safe patterns found in different ways: by sums first, by programmes alone, with every cell at the same cost."""
    even = replace(task, problem=replace(task.problem, cost=np.ones(task.problem.size)))
    return [
        _repaired(way, close_by_sums(way.problem, first, way.levels) if sums else first)
        for way in (task, even)
        for sums in (True, False)
    ]


def _price(problem: Problem, closed: Flags) -> tuple[int, float]:
    return int(closed.sum()), round(float(problem.cost[closed].sum()), 6)


def _reopened(task: Task, closed: Flags) -> Flags:
    """Open every cell again that is not needed, the dearest first."""
    problem, closed = task.problem, closed.copy()
    spare = np.flatnonzero(closed & ~task.primary & ~task.start)
    for cell in spare[np.lexsort((spare, -problem.cost[spare]))].tolist():
        closed[cell] = False
        if not task.is_safe(closed):
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
    for _ in range(MOST_ROUNDS):
        found = list(insiders(problem, repair.closed, task.primary, rules, task.groups))
        if not found:
            return repair.closed
        pairs = [(one.knows[0], one.learns) for one in found if len(one.knows) == 1]
        if pairs and close_beside(problem, repair.closed, pairs, repair.price):
            repair.close(close_by_sums(problem, repair.closed, levels))
            continue
        for insider in one_of_each(found):
            repair.widen_against(insider.learns, insider.knows, float(levels[insider.learns]))
    raise CannotCheck("protection against insiders did not come to rest; merge categories or drop a breakdown")
