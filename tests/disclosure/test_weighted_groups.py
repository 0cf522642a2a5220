"""Weighted figures of the groups of a breakdown beside each other and beside everybody: who knows every weight learns
nothing more than from the plain ones."""

from decimal import Decimal

import numpy as np
import pytest
from helpers_weights import HIGH, LOW, World, normal, told

KINDS = ("same", "apart", "mixed", "near", "heavy")


def release(seed, each):
    """One or three gemeenten with 2 to 4 groups of 10 to 100 people, half of the releases with groups over these.

    Weights: one per group, two, many, nearly equal ones, or one heavy person in every group. Some groups are closed.
    """
    dice = np.random.default_rng(seed)
    kind, leaves = KINDS[seed % 5], [f"GM{at}" for at in range(int(dice.choice([1, 1, 3])))]
    names = [("b", f"g{at}") for at in range(int(dice.integers(2, 5)))]
    if seed // 5 % 2:
        names = [("b", f"over{int(dice.integers(2))}", name) for _, name in names]
    often = dict(zip(names, dice.uniform(0.05, 0.95) + dice.normal(0, 0.15, len(names)), strict=True))
    tenths = dict(zip(names, dice.integers(5, 20, len(names)).tolist(), strict=True))
    big = int(dice.choice([20, 40, 100]))
    people, weights, home, group = [], [], [], []
    for leaf in leaves:
        here, own = [], []
        for name in names:
            many, weight = drawn(dice, kind, int(dice.integers(10, big)), tenths[name])
            here += many
            own += weight
            home += [leaf] * len(many)
            group += [name] * len(many)
        people += here
        weights += normal(own, here)
    said = [int(dice.binomial(n * each, np.clip(often[name] + dice.normal(0, 0.05), 0, 1)))
            for n, name in zip(people, group, strict=True)]  # fmt: skip
    areas = {leaf: {leaf} for leaf in leaves} | ({"NL": set(leaves)} if len(leaves) == 3 else {})
    closed = {(leaf, name) for leaf in leaves for name in names if len(names) > 2 and dice.random() < 0.1}
    closed |= {("NL", name) for _, name in closed}
    return World(each, people, weights, said, home, group, areas, closed)


def drawn(dice, kind, n, tenths):
    """How many have each weight, of n people."""
    if kind == "same":
        return [n], [Decimal(tenths) / 10]
    if kind == "heavy":
        return [1, n // 2, n - 1 - n // 2], [Decimal(8), Decimal(1), Decimal("0.9")]
    size = {"apart": 2, "mixed": 8}.get(kind, int(dice.integers(1, 4)))
    weights = {
        "apart": [Decimal(tenths) / 10, Decimal(tenths + 2) / 10],
        "mixed": [Decimal(one) / 10 for one in range(7, 15)],
        "near": [Decimal(one) / 1000 for one in dice.choice(np.arange(980, 1021), size, replace=False).tolist()],
    }[kind]
    many = dice.multinomial(n, [1 / size] * size).tolist()
    return [one for one in many if one], [weight for one, weight in zip(many, weights, strict=True) if one]


@pytest.mark.parametrize("each", [1, HIGH - LOW])
def test_weighted_figures_of_groups_tell_no_more_than_the_plain_ones(each):
    assert [(seed, found) for seed in range(30) if (found := told(release(seed, each)))] == []


@pytest.mark.parametrize("seed", [5, 16, 20])
def test_the_rule_of_one_line_alone_would_tell(seed):
    assert told(release(seed, 1), alone=True)
    assert not told(release(seed, 1))


@pytest.mark.slow
@pytest.mark.parametrize("start", range(100, 500, 50))
@pytest.mark.parametrize("each", [1, HIGH - LOW])
def test_weighted_figures_of_groups_tell_no_more_in_many_releases(each, start):
    assert [(seed, found) for seed in range(start, start + 50) if (found := told(release(seed, each)))] == []
