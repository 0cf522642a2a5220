"""The protector's linear programmes, solved by HiGHS; anything but an answer is a refusal."""

from __future__ import annotations

from math import inf
from typing import Any

import highspy
import numpy as np

from anonymisation.disclosure.groups.cells import Flags, Ints
from anonymisation.disclosure.groups.incidence import Reals, Sums
from domain.errors import CannotCheck

DUAL_SIMPLEX, PRIMAL_SIMPLEX = 1, 4
NO_LIMIT = 2_147_483_647


class Programme:
    """min cost·x with sums of x = rhs (or more, if `open_`) and lower ≤ x ≤ upper; kept warm between solves."""

    def __init__(
        self,
        sums: Sums,
        rhs: Reals,
        lower: Reals,
        upper: Reals,
        *,
        open_: Flags | None = None,
        seconds: float = inf,
        pivots: int = NO_LIMIT,
        strategy: int = PRIMAL_SIMPLEX,
    ) -> None:
        """open_: sums that may be more than their rhs.

        seconds, pivots: how much one solve may take; where the outcome hangs on it, count pivots.
        """
        width, order = len(lower), np.lexsort((sums.row, sums.column))
        programme = highspy.HighsLp()
        programme.num_row_, programme.num_col_ = sums.height, width
        programme.col_cost_ = np.zeros(width)
        programme.col_lower_, programme.col_upper_ = lower, upper
        programme.row_lower_, programme.row_upper_ = rhs, rhs if open_ is None else np.where(open_, inf, rhs)
        programme.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        programme.a_matrix_.start_ = np.searchsorted(sums.column[order], np.arange(width + 1)).astype(np.int32)
        programme.a_matrix_.index_ = sums.row[order].astype(np.int32)
        programme.a_matrix_.value_ = sums.sign[order]
        self._seconds, self._size = seconds, width
        self._all: Ints = np.arange(self._size, dtype=np.int32)
        self._highs = highspy.Highs()
        for option, value in {**_options(strategy), "simplex_iteration_limit": pivots}.items():
            self._highs.setOptionValue(option, value)
        self._highs.passModel(programme)

    def costs(self, cost: Reals) -> None:
        """A new objective, to be made as small as possible."""
        self._highs.changeColsCost(self._size, self._all, cost)

    def cost(self, column: int, value: float) -> None:
        """A new cost for one column."""
        self._highs.changeColCost(column, value)

    def bounds(self, column: int, lower: float, upper: float) -> None:
        """New bounds for one column."""
        self._highs.changeColBounds(column, lower, upper)

    def every_bound(self, lower: Reals, upper: Reals) -> None:
        """New bounds for all columns."""
        self._highs.changeColsBounds(self._size, self._all, lower, upper)

    def afresh(self) -> None:
        """Forget where the last solve ended: the next one starts with every column at its bound."""
        self._highs.setBasis()

    def reduced_costs(self) -> Reals:
        """Per column what its bound costs the last optimum: where it is not 0, the optimum rests on that bound."""
        return np.asarray(self._highs.getSolution().col_dual, dtype=np.float64)

    def solve(self) -> Reals | None:
        """An optimal x, or None when no x fits.

        Where it gets lost on the way from the last optimum it starts again from nothing. Raises CannotCheck at a limit
        or any other outcome: nothing is published on a guess.
        """
        status = self._run()
        if status == highspy.HighsModelStatus.kUnknown:
            self._highs.clearSolver()
            status = self._run()
        if status == highspy.HighsModelStatus.kOptimal:
            return np.asarray(self._highs.getSolution().col_value, dtype=np.float64)
        if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            return None
        raise CannotCheck(
            "de beveiliging kwam niet op tijd klaar en is dus niet zeker. Er gaat niets naar buiten. Geef haar in de "
            "gegevensafspraken meer tijd, of laat een uitsplitsing weg"
        )

    def _run(self) -> Any:
        self._highs.setOptionValue("time_limit", self._highs.getRunTime() + self._seconds)
        self._highs.run()
        return self._highs.getModelStatus()


def _options(strategy: int) -> dict[str, Any]:
    return {
        "output_flag": False,
        "threads": 1,
        "random_seed": 0,
        "solver": "simplex",
        "presolve": "off",
        "simplex_strategy": strategy,
    }
