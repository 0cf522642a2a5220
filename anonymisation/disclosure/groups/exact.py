"""The cheapest safe pattern of a small table, by mixed-integer programming: what the fast way is measured against.

Per primary cell and direction a world of its own must fit; a published cell may only move when it is closed.
"""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp
from scipy.optimize import Bounds, LinearConstraint, milp

from anonymisation.disclosure.groups.cells import Flags
from anonymisation.disclosure.groups.incidence import NoSafePattern, Problem, Reals
from domain.errors import CannotCheck


def cheapest_pattern(
    problem: Problem, primary: Flags, levels: Reals, *, cost: Reals | None = None, seconds: float
) -> Flags:
    """Cells to close with the lowest total cost so that every primary cell keeps [0, k] (T2; no insiders).

    cost: per cell (default: as the fast way counts). Area totals stay open where that is possible.
    Raises NoSafePattern when there is none, CannotCheck when the optimum is not proven in time.
    """
    weights = problem.cost if cost is None else cost
    for forced in (problem.forced & ~primary, np.zeros(problem.size, dtype=bool)):
        found = _solve(problem, primary, levels, weights, forced, seconds)
        if found is not None:
            return found
    raise NoSafePattern("no pattern is safe, whatever is closed: merge categories or drop the table")


def _solve(problem: Problem, primary: Flags, levels: Reals, cost: Reals, forced: Flags, seconds: float) -> Flags | None:
    size, n = problem.size, np.nan_to_num(problem.n)
    moves = [(cell, levels[cell] - n[cell]) for cell in np.flatnonzero(primary) if n[cell] < levels[cell]]
    moves += [(cell, -n[cell]) for cell in np.flatnonzero(primary)]
    top = float(n.sum() + 10 * levels.max(initial=1.0))
    count, open_ = len(moves), sp.identity(size)
    width = size * (1 + count)
    sums = sp.hstack([sp.csr_matrix((count * problem.matrix.shape[0], size)), sp.block_diag([problem.matrix] * count)])
    still = sp.hstack([sp.vstack([open_ * -top] * count), sp.identity(size * count)])
    back = sp.hstack([sp.vstack([sp.diags(n)] * count), sp.identity(size * count)])
    lower, upper = np.zeros(width), np.full(width, top)
    lower[size:] = np.tile(-n, count)
    closable = (n > 0) & ~forced & ~problem.known
    lower[:size], upper[:size] = primary, closable | primary
    for at, (cell, amount) in enumerate(moves):
        lower[size * (1 + at) + cell] = upper[size * (1 + at) + cell] = amount
    result = milp(
        np.concatenate([cost * ~primary, np.zeros(size * count)]),
        integrality=np.concatenate([np.ones(size), np.zeros(size * count)]),
        bounds=Bounds(lower, upper),
        constraints=[
            LinearConstraint(sums.tocsr(), 0, 0),
            LinearConstraint(still.tocsr(), -np.inf, 0),
            LinearConstraint(back.tocsr(), 0, np.inf),
        ],
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    if result.status == 2:
        return None
    if result.status != 0:
        raise CannotCheck("het beste patroon is niet op tijd bewezen; laat exact_up_to op 0 voor deze tabel")
    return np.asarray(result.x[:size] > 0.5)
