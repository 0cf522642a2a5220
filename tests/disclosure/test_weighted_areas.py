"""Weighted figures of gemeenten beside the plain ones of all areas: who knows every weight learns nothing more.

The attack is exact: whole people per gemeente and weight, everything printed (and that something is not), and for each
count two programmes. What the plain figures tell alone counts for the plain rules, not here.
"""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from anonymisation.disclosure.answers import (
    finest_mean_steps,
    finest_steps,
    publish_distribution,
    publish_mean,
    publish_share,
    publish_weighted_mean,
    publish_weighted_share,
)
from anonymisation.disclosure.means import possible_points
from anonymisation.disclosure.shares import most_alike, possible_counts
from domain.printed import AnswerLine, MeanLine
from domain.release import Status

LOW, HIGH = 1, 10
NEAR = 1e-6
CLOSED = Status.SUPPRESSED
EVEN = (Decimal("0.8"), Decimal("1.1"), Decimal("1.3"), Decimal(1))


class World:
    """3 to 6 gemeenten of 12 to 40 people with 2 to 4 weights, some of them closed; provincies, verbanden, the country.

    said: per gemeente and weight who said yes, or the points above the low end of the scale. each: the most of one.
    """

    def __init__(self, seed, each):
        dice = np.random.default_rng(seed)
        self.each, leaves = each, [f"GM{at}" for at in range(int(dice.integers(3, 7)))]
        kind, often = ("near", "tenths", "heavy", "even")[seed % 4], float(dice.uniform(0.05, 0.95))
        self.people, self.weight, home = [], [], []
        for leaf in leaves:
            many = int(dice.integers(2, 5))
            cuts = np.sort(dice.choice(np.arange(1, int(dice.integers(12, 41))), many, replace=False))
            people = np.diff([0, *cuts])
            people[-1] += max(0, 12 - cuts[-1])
            people, weight = ([1, *people[1:]], [8]) if kind == "heavy" else (people.tolist(), [])
            people[-1] += max(0, 12 - sum(people))
            ends = {"near": (980, 1021, 1000), "tenths": (2, 31, 10), "heavy": (8, 13, 10)}.get(kind, (0, 4, 1))
            drawn = dice.choice(np.arange(*ends[:2]), many, replace=False).tolist()
            own = EVEN[:many] if kind == "even" else [Decimal(one) / ends[2] for one in drawn]
            own = [*(Decimal(one) for one in weight), *own[len(weight) :]]
            mean = sum(Fraction(one) * n for one, n in zip(own, people, strict=True)) / sum(people)
            self.weight += [Fraction(one) / mean for one in own]
            self.people += [int(one) for one in people]
            home += [leaf] * many
        often = np.clip(often + dice.normal(0, 0.08, len(home)), 0, 1)
        self.said = [int(dice.binomial(n * each, p)) for n, p in zip(self.people, often, strict=True)]
        self.home, self.size = np.array(home), len(home)
        self.closed = {leaf for leaf in leaves if dice.random() < 0.15}
        self.areas = {leaf: {leaf} for leaf in leaves} | {"PV1": set(leaves[:3]), "PV2": set(leaves[3:])}
        self.areas |= {"SV1": set(leaves[1:4]), "BM": set(leaves[::2]), "NL": set(leaves)}
        self.areas = {area: mine for area, mine in self.areas.items() if len(mine) > 2 or area in leaves}
        if len(leaves) == 3:
            self.areas.pop("PV1")
            self.areas.pop("SV1", None)

    def of(self, area):
        return np.isin(self.home, list(self.areas[area])).astype(float)

    def total(self, area, what):
        return sum(one for one, mine in zip(what, self.of(area), strict=True) if mine)

    def lines(self):
        for area, mine in self.areas.items():
            n, said = self.total(area, self.people), self.total(area, self.said)
            kind = "gemeente" if mine == {area} else "provincie" if area[:2] == "PV" else area
            head = (area, kind, frozenset(mine), None if area in self.closed else n, n, False, ())
            yield (
                AnswerLine(*head, (said, n - said), True, (True, False))
                if self.each == 1
                else MeanLine(*head, Decimal(said + LOW * n), LOW, HIGH)
            )


def plain_of(world, line, finest):
    """(the plain figure, the least and the most behind all that is printed plainly)"""
    if world.each > 1:
        found = publish_mean(line.total, line.n, LOW, HIGH, finest=finest)
        return found, [] if found.status is CLOSED else [possible_points(found, line.n, LOW, HIGH)]
    found = publish_share(line.counts[0], line.n, False, finest=finest)
    yes, no = publish_distribution(line.counts, False, finest=finest, positive=line.positive)
    spans = [
        None if one.status is CLOSED else possible_counts(one.value, one.step, one.bound, line.n)
        for one in (found, yes, no)
    ]
    return found, [*filter(None, spans[:2]), *([(line.n - spans[2][1], line.n - spans[2][0])] if spans[2] else [])]


def weighted_of(world, line, finest, plain, among):
    """A function from a weighted sum to what is printed of it."""
    mine = [at for at in range(world.size) if world.home[at] in line.leaves]
    weights = [(round(Decimal(float(world.weight[at])), 9), world.people[at]) for at in mine]

    def look(total):
        if world.each == 1:
            found = publish_weighted_share(total, plain, line.n, weights, False, finest=finest, among=among)
        else:
            total += LOW * line.n
            found = publish_weighted_mean(total, plain, line.n, LOW, HIGH, weights, finest=finest, among=among)
        return None if found.status is CLOSED else (found.value, found.bound)

    return look


def pieces(world, line, plain, look, total):
    """The stretches of weighted sums that look the same as this one."""
    every, edge = Fraction(line.n * world.each), Fraction(line.n, 10)
    unit = (Fraction(plain.step, 100) if world.each == 1 else Fraction(plain.step)) * line.n
    first = unit / 2 if world.each == 1 else (-LOW / Fraction(plain.step)) % 1 * unit + unit / 2
    inside = [first + unit * at for at in range(-1, int(every / unit) + 1)]
    ends = sorted({0, 1, 2, edge, *inside, every - edge, every - 2, every - 1, every})
    ends = [end for end in ends if 0 <= end <= every]
    found = []
    for low, high in pairwise(ends):
        if look((low + high) / 2) == look(total):
            found = [*found[:-1], (found[-1][0], high)] if found and found[-1][1] == low else [*found, (low, high)]
    assert any(low <= total <= high for low, high in found)
    return [(float(low), float(high)) for low, high in found]


class Attack:
    """All worlds of whole people that fit; `seen` are those that were found."""

    def __init__(self, world, *, gemeenten=True, pooled=False, among=True):
        self.world, self.rows, self.choices = world, [], []
        lines = list(world.lines())
        steps = (finest_steps if world.each == 1 else finest_mean_steps)(lines)
        for line, finest in zip(lines, steps, strict=True):
            if line.n is None:
                continue
            plain, spans = plain_of(world, line, finest)
            self.rows += [(world.of(line.area), *span) for span in spans]
            if plain.status is not CLOSED and (pooled if len(line.leaves) > 1 else gemeenten):
                look = weighted_of(world, line, finest, plain, among)
                heavy = [weight * many for weight, many in zip(world.weight, world.said, strict=True)]
                parts = pieces(world, line, plain, look, world.total(line.area, heavy))
                self.choices.append((world.of(line.area) * np.array(world.weight, dtype=float), parts))
        self.seen = np.array([world.said], dtype=float)
        self.limits, self.bounds = self._limits()

    def _limits(self):
        """Which stretch holds is a choice of its own."""
        size, extra = self.world.size, sum(len(parts) for _, parts in self.choices)
        rows, at = [(np.pad(row, (0, extra)), low, high) for row, low, high in self.rows], size
        for row, parts in self.choices:
            low, high, one = (np.pad(sign * row, (0, extra)) for sign in (1, 1, 0))
            which = slice(at, at + len(parts))
            low[which], high[which], one[which] = [-end for end, _ in parts], [-end for _, end in parts], 1
            rows += [(low, 0, np.inf), (high, -np.inf, 0), (one, 1, 1)]
            at += len(parts)
        least, most = (np.array([row[end] for row in rows], dtype=float) for end in (1, 2))
        limits = LinearConstraint(np.array([row[0] for row in rows]), least - NEAR, most + NEAR)
        top = [*(n * self.world.each for n in self.world.people), *[1] * extra]
        return limits, Bounds(np.zeros(size + extra), np.array(top, dtype=float))

    def sure(self, row, tells):
        """Whether what a sum can be tells something, from its least and its most over all worlds."""
        for sign in (1, -1):
            if tells(min(self.seen @ row), max(self.seen @ row)):
                cost = np.pad(sign * row, (0, len(self.bounds.ub) - self.world.size))
                found = milp(cost, constraints=self.limits, bounds=self.bounds, integrality=np.ones(len(cost)))
                assert found.x is not None, found.message
                self.seen = np.vstack([self.seen, np.round(found.x[: self.world.size])])
        return tells(min(self.seen @ row), max(self.seen @ row))

    def learned(self):
        """Lines and closed rests with one count, and closed rests and people of one weight who were (nearly) alike."""
        world = self.world
        one = [(area, world.of(area)) for area in world.areas if area not in world.closed]
        rest = np.isin(world.home, list(world.closed)).astype(float)
        found = {
            area for area, row in [*one, ("rest", rest)] if row.any() and self.sure(row, lambda low, high: low == high)
        }
        alike = {"rest": rest, **{at: np.eye(world.size)[at] for at in range(world.size)}}
        alike |= {f"weight {many}": (np.array(world.weight) == many).astype(float) for many in set(world.weight)}
        return found | {name for name, row in alike.items() if row.any() and self.sure(row, self.all_but(row))}

    def all_but(self, row):
        """Whether (nearly) all of these people are known to have answered the same."""
        people = int(row @ np.array(self.world.people))
        every = people * self.world.each
        most = max(0.0, most_alike(people, False) if self.world.each == 1 else every - 2.0)
        return lambda low, high: low > most or high < every - most


def told(seed, each, **how):
    """What the weighted figures tell that the plain ones do not."""
    world = World(seed, each)
    found = Attack(world, **how).learned()
    return found - Attack(world, gemeenten=False).learned() if found else found


@pytest.mark.parametrize("each", [1, HIGH - LOW])
def test_weighted_figures_of_gemeenten_tell_no_more_than_the_plain_ones_of_all_areas(each):
    assert [(seed, found) for seed in range(12) if (found := told(seed, each))] == []


@pytest.mark.parametrize(("seed", "how"), [(21, {"pooled": True}), (6, {"pooled": True}), (29, {"among": False})])
def test_pooled_lines_and_the_rule_of_one_area_alone_would_tell(seed, how):
    assert told(seed, 1, **how)
    assert not told(seed, 1)


@pytest.mark.slow
@pytest.mark.parametrize("start", range(100, 500, 50))
@pytest.mark.parametrize("each", [1, HIGH - LOW])
def test_weighted_figures_tell_no_more_in_many_releases(each, start):
    assert [(seed, found) for seed in range(start, start + 50) if (found := told(seed, each))] == []
