"""Who answered knows her group and her own answer: of others no count, sum or closed rest (T4, for answers).

What her own line says to everybody, that all others but one at most said the same, is no news to her (T5): of 10 to 20
people the only one to say otherwise knows all others.
"""

import numpy as np
import pytest
import test_weighted_areas
import test_weighted_groups
from helpers_weights import HIGH, LOW, Attack
from scipy.optimize import LinearConstraint

RELEASES = {"areas": test_weighted_areas.release, "groups": test_weighted_groups.release}
KINDS = pytest.mark.parametrize(("kind", "each"), [("areas", 1), ("groups", 1), ("areas", HIGH - LOW)])
SMALL = 20


class Respondent(Attack):
    """The exact attack in whole people on plain figures, by one person of a line who gave this answer (or points)."""

    def __init__(self, world, row, answer):
        super().__init__(world, weighted=lambda *_: False)
        most = (row @ np.array(world.people) - 1) * world.each + answer
        ends = [*self.limits.lb, answer], [*self.limits.ub, most]
        self.limits = LinearConstraint(np.vstack([self.limits.A, row] if self.rows else [row]), *ends)


def learned(world):
    """What some of them learn and an outsider does not: their line, their answer, what."""
    outside = {name for name in Attack(world, weighted=lambda *_: False).learned() if isinstance(name, tuple)}
    for place in dict.fromkeys(zip(world.home, world.group, strict=True)):
        row = world.of(*place)
        people, said = int(row @ np.array(world.people)), int(row @ np.array(world.said))
        every = people * world.each
        told = {place} if people <= SMALL and min(said, every - said) <= 1 else set()
        for answer in {max(0, said - every + world.each), min(world.each, said)}:
            found = Respondent(world, row, answer).learned() - outside - told
            yield from ((place, answer, name) for name in found if isinstance(name, tuple))


@KINDS
def test_an_own_answer_tells_nothing_of_others(kind, each):
    assert [(seed, found) for seed in range(4) if (found := list(learned(RELEASES[kind](seed, each))))] == []


@pytest.mark.slow
@pytest.mark.parametrize("start", range(100, 200, 25))
@KINDS
def test_an_own_answer_tells_nothing_of_others_in_many(kind, each, start):
    seeds = range(start, start + 25)
    assert [(seed, found) for seed in seeds if (found := list(learned(RELEASES[kind](seed, each))))] == []


def test_without_the_rule_the_only_one_to_say_no_knows_all_others(monkeypatch):
    """In a group of 33, beside others: all 21 of a second group said yes."""
    monkeypatch.setattr("anonymisation.disclosure.answers.together.they_learn", lambda *_: {})
    found = list(learned(RELEASES["groups"](1, 1)))
    assert (("GM0", ("b", "g0")), 0, ("GM0", ("b", "g2"))) in found
