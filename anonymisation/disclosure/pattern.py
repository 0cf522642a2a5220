"""Which cells to close: stage 1, then intervals and repair until every primary cell can be 0 and can be k."""

from __future__ import annotations

from collections.abc import Collection

from anonymisation.disclosure.cells import Flags
from anonymisation.disclosure.incidence import Problem, Reals
from anonymisation.disclosure.insiders import insiders, one_of_each
from anonymisation.disclosure.intervals import find_intervals
from anonymisation.disclosure.repair import Repair
from anonymisation.disclosure.stage1 import close_beside, close_by_sums
from domain.errors import CannotCheck
from domain.release import Rules

MOST_ROUNDS = 25


def find_pattern(
    problem: Problem,
    primary: Flags,
    levels: Reals,
    rules: Rules,
    *,
    start: Flags | None = None,
    groups: Collection[str] = (),
) -> Flags:
    """Cells to close so that every primary cell keeps [0, k], also for insiders.

    levels: per cell the k that must stay possible.
    start: cells that are closed anyway (merged), without being primary.
    groups: codes that hold other codes: nobody has the rows of a provincie.
    Raises DisclosureRefused when no pattern is safe, CannotCheck at a solver limit.
    """
    closed = close_by_sums(problem, primary if start is None else primary | start, levels)
    repair = Repair(problem, closed, seconds=rules.solver_seconds)
    found = find_intervals(problem, repair.closed, primary | problem.watched, levels, seconds=rules.solver_seconds)
    repair.widen(found.unsafe(problem, primary, levels).tolist(), levels)
    return _without_insiders(repair, primary, levels, rules, groups)


def _without_insiders(repair: Repair, primary: Flags, levels: Reals, rules: Rules, groups: Collection[str]) -> Flags:
    """Close more until no insider can work out a cell; closing never narrows what was wide enough.

    Where two closed cells stand alone in a sum a third is closed; what is left goes to the programmes.
    """
    for _ in range(MOST_ROUNDS):
        found = list(insiders(repair.problem, repair.closed, primary, rules, groups))
        if not found:
            return repair.closed
        pairs = [(one.knows[0], one.learns) for one in found if len(one.knows) == 1]
        if pairs and close_beside(repair.problem, repair.closed, pairs, repair.price):
            repair.close(close_by_sums(repair.problem, repair.closed, levels))
            continue
        for insider in one_of_each(found):
            repair.widen_against(insider.learns, insider.knows, float(levels[insider.learns]))
    raise CannotCheck("protection against insiders did not come to rest; merge categories or drop a breakdown")
