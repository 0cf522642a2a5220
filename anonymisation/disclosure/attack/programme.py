"""HiGHS as the attacks use it: one set of conditions, and the world that one objective after the other likes best."""

from __future__ import annotations

from typing import Any

import highspy
import numpy as np

from anonymisation.disclosure.attack.cells import Array
from domain.errors import CannotCheck

_QUIET = {"output_flag": False, "threads": 1, "presolve": "off"}


class Programme:
    """Conditions that worlds must fit. seconds: what one solve may take; options: those of HiGHS besides."""

    def __init__(self, model: Any, seconds: float, **options: str | int) -> None:
        self.size: int = model.num_col_
        self._seconds, self._all = seconds, np.arange(self.size, dtype=np.int32)
        self._solver = highspy.Highs()
        for name, value in {**_QUIET, **options}.items():
            self._solver.setOptionValue(name, value)
        self._solver.passModel(model)

    def least(self, cost: Array) -> Array | None:
        """The world with the least cost, None when no world fits. Raises CannotCheck when the solver gives up.

        Where it got lost on the way from the world before, it starts again from nothing.
        """
        self._solver.changeColsCost(self.size, self._all, cost)
        status = self._run()
        if status not in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible):
            self._solver.clearSolver()
            status = self._run()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise CannotCheck("de controle kwam niet op tijd klaar; er valt niets over deze uitgave te zeggen")
        return np.asarray(self._solver.getSolution().col_value)

    def _run(self) -> Any:
        self._solver.setOptionValue("time_limit", self._solver.getRunTime() + self._seconds)  # HiGHS counts them all
        self._solver.run()
        return self._solver.getModelStatus()
