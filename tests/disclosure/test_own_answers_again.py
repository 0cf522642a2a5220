"""A gemeente that knows its own answers of now and then lays two releases side by side: of others nothing follows."""

import numpy as np
import pytest
from helpers_pairs import PAIRS, pairs, published, whose
from helpers_weights import CLOSED, HIGH, LOW, Attack, plain_of
from scipy.optimize import Bounds

CASES = [(name, kind) for name in PAIRS for kind in ("areas", "groups") if (name, kind) != ("swapped", "groups")]


class OwnAgain(Attack):
    """The exact attack in whole people on releases side by side, by who knows the answers of one gemeente."""

    def __init__(self, releases, own):
        self.releases, self.choices, self.world = releases, [], releases[-1][0]
        self.size = len(self.world.people)
        self.rows = [
            (world.of(line.area, line.group), *span)
            for world, lines, steps in releases
            for line, finest in zip(lines, steps, strict=True)
            if line.n
            for span in plain_of(world, line, finest)[1]
        ]
        self.seen = np.array([self.world.said], dtype=float)
        self.limits, bounds = self._limits()
        self.others = np.array([home != own for home in whose(self.world)], dtype=float)
        said = np.array(self.world.said, dtype=float)
        self.bounds = Bounds(np.where(self.others, bounds.lb, said), np.where(self.others, bounds.ub, said))

    def learned(self):
        """Lines and rests of others with one count, and rests (with who came or left) who (nearly) all were alike."""
        shown, rests = [], [np.array([home[-1] == "+" for home in self.world.home], dtype=float)]
        for world, lines, steps in self.releases:
            of = {(line.area, line.group): world.of(line.area, line.group) for line in lines}
            shown += [of[line.area, line.group] for line, finest in zip(lines, steps, strict=True)
                      if line.n and plain_of(world, line, finest)[0].status is not CLOSED]  # fmt: skip
            self.world = world
            rests += [row for _, row in self._rests(lines)]
        shown, rests = ([row * self.others for row in rows] for rows in (shown, rests))
        rests = [row for row in rests if row @ np.array(self.world.people) >= 10]
        one = [row for row in shown + rests if row.any() and self.sure(row, lambda low, high: low == high)]
        return one + [row for row in rests if self.sure(row, self.all_but(row))]


def learned(pair):
    """Who learns something of others."""
    releases = published(pair)
    return [own for own in sorted(set(whose(pair[0]))) if OwnAgain(releases, own).learned()]


def found(name, kind, seeds, each):
    return [(seed, own) for seed, pair in pairs(name, kind, seeds, each) if (own := learned(pair))]


@pytest.mark.parametrize("each", [1, HIGH - LOW])
@pytest.mark.parametrize(("name", "kind"), CASES)
def test_own_answers_beside_two_releases_tell_nothing_of_others(name, kind, each):
    assert found(name, kind, range(5), each) == []


LEAKS = [("late", "areas", 28), ("gone", "areas", 41), ("came", "areas", 44), ("came", "groups", 0),
         ("left", "groups", 2), ("swapped", "areas", 135)]  # fmt: skip


@pytest.mark.parametrize(("name", "kind", "seed"), LEAKS)
def test_without_the_rule_somebody_learns_a_count(name, kind, seed, monkeypatch):
    assert found(name, kind, [seed], 1) == []
    monkeypatch.setattr("anonymisation.disclosure.answers.own_between.OwnBetween.learn", lambda _: {})
    assert found(name, kind, [seed], 1) != []


KNOWN = {("came", "areas", HIGH - LOW): [(193, ["GM1"])], ("left", "areas", HIGH - LOW): [(193, ["GM1"])]}
"""Pairs of means that still tell (known limit in disclosure.md)."""


@pytest.mark.slow
@pytest.mark.parametrize("start", [100, 150])
@pytest.mark.parametrize("each", [1, HIGH - LOW])
@pytest.mark.parametrize(("name", "kind"), CASES)
def test_own_answers_beside_two_releases_tell_nothing_of_others_in_many(name, kind, each, start):
    known = [one for one in KNOWN.get((name, kind, each), []) if one[0] in range(start, start + 50)]
    assert found(name, kind, range(start, start + 50), each) == known
