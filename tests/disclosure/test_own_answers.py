"""A gemeente takes what its own people answered off the printed lines: of others no count, sum or closed rest (T8)."""

import numpy as np
import pytest
import test_weighted_areas
import test_weighted_groups
from helpers_weights import HIGH, LOW, Attack
from scipy.optimize import Bounds

from anonymisation.disclosure.answers.worlds import Bound, Changes
from anonymisation.disclosure.groups.incidence import sums_of

RELEASES = {"areas": test_weighted_areas.release, "groups": test_weighted_groups.release}


class Owner(Attack):
    """The exact attack in whole people on plain figures, by who delivered the answers of one gemeente."""

    def __init__(self, world, own):
        super().__init__(world, weighted=lambda *_: False)
        self.others = np.array([home != own for home in world.home], dtype=float)
        said = np.array(world.said, dtype=float)
        self.bounds = Bounds(np.where(self.others, self.bounds.lb, said), np.where(self.others, self.bounds.ub, said))

    def learned(self):
        """Lines and closed rests of others with one count, and rests of others who (nearly) all were alike."""
        lines = list(self.world.lines())
        shown = [self.world.of(line.area, line.group) * self.others for line in lines if line.n]
        rests = [row * self.others for _, row in self._rests(lines)]
        rests = [row for row in rests if row @ np.array(self.world.people) >= 10]
        one = [row for row in shown + rests if row.any() and self.sure(row, lambda low, high: low == high)]
        return one + [row for row in rests if self.sure(row, self.all_but(row))]


def learned(world):
    """Who learns something of others."""
    leaves = [area for area, members in world.areas.items() if members == {area}]
    return [own for own in leaves if len(leaves) > 1 and Owner(world, own).learned()]


@pytest.mark.parametrize("each", [1, HIGH - LOW])
@pytest.mark.parametrize("kind", RELEASES)
def test_own_answers_tell_nothing_of_others(kind, each):
    assert [(seed, own) for seed in range(12) if (own := learned(RELEASES[kind](seed, each)))] == []


@pytest.mark.slow
@pytest.mark.parametrize("start", range(100, 200, 50))
@pytest.mark.parametrize("each", [1, HIGH - LOW])
@pytest.mark.parametrize("kind", RELEASES)
def test_own_answers_tell_nothing_of_others_in_many(kind, each, start):
    assert [(seed, own) for seed in range(start, start + 50) if (own := learned(RELEASES[kind](seed, each)))] == []


@pytest.mark.parametrize(("kind", "each"), [("areas", 1), ("areas", HIGH - LOW), ("groups", 1)])
def test_without_the_rule_somebody_learns_a_count(kind, each, monkeypatch):
    monkeypatch.setattr("anonymisation.disclosure.answers.owners.Owners.learn", lambda *_: {})
    assert any(learned(RELEASES[kind](seed, each)) for seed in range(40))


@pytest.mark.parametrize(("way", "change"), [(1.0, [2, 2, 0]), (-1.0, [-1, -1, 0])])
def test_a_far_world_keeps_sums_and_ends_and_leaves_others_alone(way, change):
    whole_and_two_parts = np.array([[10.0], [4.0], [6.0]])
    low, high, no = np.array([[9.0], [0.0], [0.0]]), np.array([[12.0], [9.0], [9.0]]), np.zeros(3, dtype=bool)
    bound = Bound(np.full(3, np.nan), no, no, [sums_of([[0, 1, 2]])], (), no)
    near = Changes(whole_and_two_parts, low, high, bound, ~no)
    assert near.far(np.array([0.0, way, 0.0]), np.array([False, False, True])).tolist() == change
    assert near.world(2, 1.0, no).tolist() in ([1, 0, 1], [0, -1, 1])
