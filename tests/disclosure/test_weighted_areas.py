"""Weighted figures of gemeenten beside the plain ones of all areas: who knows every weight learns nothing more.

What the plain figures tell alone counts for the plain rules, not here.
"""

from decimal import Decimal

import numpy as np
import pytest
from helpers_weights import HIGH, LOW, World, normal, told

EVEN = (Decimal("0.8"), Decimal("1.1"), Decimal("1.3"), Decimal(1))


def release(seed, each):
    """3 to 6 gemeenten of 12 to 40 people with 2 to 4 weights, some closed; provincies, verbanden, the country."""
    dice = np.random.default_rng(seed)
    leaves = [f"GM{at}" for at in range(int(dice.integers(3, 7)))]
    kind, often = ("near", "tenths", "heavy", "even")[seed % 4], float(dice.uniform(0.05, 0.95))
    every, weights, home = [], [], []
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
        weights += normal([*(Decimal(one) for one in weight), *own[len(weight) :]], people)
        every += [int(one) for one in people]
        home += [leaf] * many
    often = np.clip(often + dice.normal(0, 0.08, len(home)), 0, 1)
    said = [int(dice.binomial(n * each, p)) for n, p in zip(every, often, strict=True)]
    closed = {(leaf, ()) for leaf in leaves if dice.random() < 0.15}
    areas = {leaf: {leaf} for leaf in leaves} | {"PV1": set(leaves[:3]), "PV2": set(leaves[3:])}
    areas |= {"SV1": set(leaves[1:4]), "BM": set(leaves[::2]), "NL": set(leaves)}
    areas = {area: mine for area, mine in areas.items() if len(mine) > 2 or area in leaves}
    if len(leaves) == 3:
        areas.pop("PV1")
        areas.pop("SV1", None)
    return World(each, every, weights, said, home, [()] * len(home), areas, closed)


@pytest.mark.parametrize("each", [1, HIGH - LOW])
def test_weighted_figures_of_gemeenten_tell_no_more_than_the_plain_ones_of_all_areas(each):
    assert [(seed, found) for seed in range(12) if (found := told(release(seed, each)))] == []


@pytest.mark.parametrize("seed", [21, 2, 10, 18])
def test_pooled_lines_would_tell(seed):
    assert told(release(seed, 1), lambda *_: True)
    assert not told(release(seed, 1))


@pytest.mark.slow
@pytest.mark.parametrize("start", range(100, 500, 50))
@pytest.mark.parametrize("each", [1, HIGH - LOW])
def test_weighted_figures_tell_no_more_in_many_releases(each, start):
    assert [(seed, found) for seed in range(start, start + 50) if (found := told(release(seed, each)))] == []
