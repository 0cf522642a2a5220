"""HiGHS sometimes gets lost on the way from one optimum to the next; then it starts again from nothing."""

import highspy
import numpy as np
import pytest

from anonymisation.disclosure.attack.programme import Programme as Attack
from anonymisation.disclosure.groups.incidence import sums_of
from anonymisation.disclosure.groups.solver import Programme
from domain.errors import CannotCheck

LOST, TIRED = highspy.HighsModelStatus.kUnknown, highspy.HighsModelStatus.kTimeLimit


class Losing:
    """A solver that says once or more that it does not know, unless it starts from nothing."""

    def __init__(self, solver, *answers):
        self._solver, self._answers = solver, list(answers)

    def __getattr__(self, name):
        return getattr(self._solver, name)

    def getModelStatus(self):
        return self._answers.pop(0) if self._answers else self._solver.getModelStatus()


def protector():
    """Two parts of a printed ten."""
    sums, rhs = sums_of([[0, 1, 2]]), np.zeros(1)
    return Programme(sums, rhs, np.array([10.0, 0.0, 0.0]), np.array([10.0, 10.0, 10.0]))


def attack():
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = 1, 0
    model.col_cost_, model.col_lower_, model.col_upper_ = np.zeros(1), np.array([3.0]), np.array([7.0])
    return Attack(model, 60.0)


def test_the_attack_starts_again_from_nothing():
    programme = attack()
    programme._solver = Losing(programme._solver, LOST)
    assert programme.least(np.ones(1)).tolist() == [3.0]
    programme._solver = Losing(programme._solver, LOST, LOST)
    with pytest.raises(CannotCheck):
        programme.least(np.ones(1))


def test_the_protector_starts_again_from_nothing_but_not_at_a_limit():
    programme = protector()
    programme.costs(np.array([0.0, 1.0, 0.0]))
    programme._highs = Losing(programme._highs, LOST)
    assert programme.solve().tolist() == [10.0, 0.0, 10.0]
    for answers in ((LOST, LOST), (TIRED,)):
        programme._highs = Losing(programme._highs, *answers)
        with pytest.raises(CannotCheck):
            programme.solve()
