"""Means and closed rests over areas: an own programme over the gemeenten finds no sum and no rest that was alike."""

from decimal import Decimal
from itertools import product

import numpy as np
import pytest
from scipy.optimize import linprog

from anonymisation.disclosure.answers.rules import (
    finest_mean_steps,
    finest_steps,
    publish_distribution,
    publish_mean,
    publish_share,
)
from anonymisation.disclosure.answers.shares import possible_counts
from domain.printed import AnswerLine, MeanLine

LOW, HIGH = 1, 10
NOT_ONE = 1e-6


def tree(leaves):
    """Every gemeente, two provincies and the country."""
    half = len(leaves) // 2
    return {
        **{leaf: {leaf} for leaf in leaves},
        "PV1": set(leaves[:half]),
        "PV2": set(leaves[half:]),
        "NL": set(leaves),
    }


def made_up(seed):
    """People and what they gave per gemeente; closed: gemeenten of which nothing is printed."""
    dice = np.random.default_rng(seed)
    leaves = [f"GM{i}" for i in range(int(dice.integers(4, 8)))]
    n = {leaf: int(dice.integers(10, 36)) for leaf in leaves}
    closed = set(leaves[: int(dice.integers(0, 3))])
    top = 10.0 if dice.random() < 0.3 else float(dice.uniform(2, 9))
    sums = {leaf: int(np.clip(np.round(dice.normal(top, 0.5, n[leaf])), LOW, HIGH).sum()) for leaf in leaves}
    yes = {leaf: int(dice.binomial(n[leaf], min(0.99, top / 10))) for leaf in leaves}
    return leaves, n, closed, sums, yes


def of(seed, kind, fill):
    leaves, n, closed, *what = made_up(seed)
    for area, members in tree(leaves).items():
        people = None if area in closed else sum(n[one] for one in members)
        level = "gemeente" if area in leaves else "land" if area == "NL" else "provincie"
        yield kind(
            area, level, frozenset(members), people, sum(n[one] for one in members), False, (), *fill(members, n, *what)
        )


def mean_lines(seed):
    return list(of(seed, MeanLine, lambda mine, n, sums, yes: (Decimal(sum(sums[one] for one in mine)), LOW, HIGH)))


def share_lines(seed):
    return list(of(seed, AnswerLine, lambda mine, n, sums, yes: (counts(mine, n, yes),)))


def counts(mine, n, yes):
    good = sum(yes[one] for one in mine)
    return (good, sum(n[one] for one in mine) - good)


def sums_that_print(line, finest):
    """Every whole sum that prints like this line, tried one by one: points above the low end."""
    show = lambda total: publish_mean(total, line.n, LOW, HIGH, finest=finest)  # noqa: E731
    mine = show(line.total)
    if mine.step is None:
        return 0, (HIGH - LOW) * line.n
    fitting = [total for total in range(LOW * line.n, HIGH * line.n + 1) if show(total) == mine]
    return fitting[0] - LOW * line.n, fitting[-1] - LOW * line.n


def shares_that_print(line, finest):
    """Who may have said yes, by both shares as the warehouse prints them side by side."""
    yes, no = publish_distribution(line.counts, False, finest=finest)
    if yes.step is None:
        return 0, line.n
    low, high = possible_counts(yes.value, yes.step, yes.bound, line.n)
    least, most = possible_counts(no.value, no.step, no.bound, line.n)
    return max(low, line.n - most), min(high, line.n - least)


def learned(lines, spans, points):
    """Areas whose sum has one value, and rests with one value or in which (nearly) everybody was at one end."""
    leaves = [line.area for line in lines if len(line.leaves) == 1]
    open_ = [line for line in lines if line.n is not None]
    rows = {line.area: np.array([float(leaf in line.leaves) for leaf in leaves]) for line in open_}
    bound = [(rows[line.area], *span) for line, span in zip(open_, spans, strict=True)]
    limits = {"A_ub": [sign * row for row, *_ in bound for sign in (1, -1)],
              "b_ub": [value for _, low, high in bound for value in (high, -low)]}  # fmt: skip

    def ends(row, people):
        found = [
            linprog(sign * row, **limits, bounds=(0, points * sum(line.n or 99 for line in lines))) for sign in (1, -1)
        ]
        return found[0].fun, min(-found[1].fun, points * people)

    for line in open_:
        low, high = ends(rows[line.area], line.n)
        if np.ceil(low - NOT_ONE) >= np.floor(high + NOT_ONE):
            yield line.area
        parts = [one for one in open_ if len(one.leaves) == 1 and one.leaves < line.leaves]
        rest = line.n - sum(one.n for one in parts)
        if rest >= 10 and len(line.leaves) > 1:
            low, high = ends(rows[line.area] - sum(rows[one.area] for one in parts), rest)
            usual = possible_counts(None, None, ">90", rest)[0] if points == 1 else 0
            alike = low > max(points * rest - 2, usual) + NOT_ONE
            if alike or np.ceil(low - NOT_ONE) >= np.floor(high + NOT_ONE):
                yield f"rest of {line.area}"


def means(seed, steps=None):
    lines = mean_lines(seed)
    steps = steps or finest_mean_steps(lines)
    shown = [(line, step) for line, step in zip(lines, steps, strict=True) if line.n is not None]
    return list(learned(lines, [sums_that_print(line, step) for line, step in shown], HIGH - LOW))


def shares(seed, steps=None):
    lines = share_lines(seed)
    steps = steps or finest_steps(lines)
    shown = [(line, step) for line, step in zip(lines, steps, strict=True) if line.n is not None]
    return list(learned(lines, [shares_that_print(line, step) for line, step in shown], 1))


# with the usual steps 49 gives the means of all three wholes away; 38 and 42 shares, in 38 also a closed rest
@pytest.mark.parametrize(("attack", "seed"), [(means, 49), (shares, 38), (shares, 42)])
def test_what_areas_gave_away_becomes_coarser(attack, seed):
    assert attack(seed, [1] * len(mean_lines(seed)))
    assert attack(seed) == []


@pytest.mark.parametrize("attack", [means, shares])
def test_no_sum_and_no_rest_follows_from_other_areas(attack):
    assert [(seed, found) for seed in range(12) if (found := attack(seed))] == []


@pytest.mark.slow
@pytest.mark.parametrize("start", range(100, 300, 20))
def test_no_sum_and_no_rest_follows_from_other_areas_in_many_releases(start):
    assert [(seed, attack) for seed in range(start, start + 20) for attack in (means, shares) if attack(seed)] == []


def two_hundred(sensitive):
    """100 people in GM1 of whom 12 said yes, and 200 in closed gemeenten who all did."""
    of_gm1 = AnswerLine("GM1", "gemeente", frozenset({"GM1"}), 100, 100, sensitive, (), (12, 88))
    closed = AnswerLine("GM2", "gemeente", frozenset({"GM2"}), None, 200, sensitive, (), (200, 0))
    return [of_gm1, closed, AnswerLine("NL", "land", frozenset({"GM1", "GM2"}), 300, 300, sensitive, (), (212, 88))]


@pytest.mark.parametrize(("sensitive", "steps"), [(False, [1, 1, 5]), (True, [20, 1, 21])])
def test_a_closed_rest_that_all_said_the_same(sensitive, steps):
    """Usual steps show that all 200 said yes. In steps of 5 it may be 190, and that more than 90 % did may be said
    of anything but a sensitive question: there the country is closed."""
    lines = two_hundred(sensitive)
    usual = [shares_that_print(one, 1) for one in lines if one.n]
    assert any("rest" in found for found in learned(lines, usual, 1))
    assert finest_steps(lines) == steps


def several_wishes():
    """16 people with 21 wishes in GM1, and 33 with one each in a closed gemeente."""
    of_gm1 = AnswerLine("GM1", "gemeente", frozenset({"GM1"}), 16, 16, False, (), (8, 8, 5), single=False)
    closed = AnswerLine("GM2", "gemeente", frozenset({"GM2"}), None, 33, False, (), (22, 3, 8))
    land = frozenset({"GM1", "GM2"})
    return [of_gm1, closed, AnswerLine("NL", "land", land, 49, 49, False, (), (30, 11, 13), single=False)]


def test_that_everybody_has_a_wish_tells_something_too():
    """In usual steps GM1 has at least 21 wishes and the country at most 54: nobody of the 33 can have two."""

    def possible(steps):
        own, land = (
            [possible_counts(share.value, share.step, share.bound, line.n)
             for share in (publish_share(count, line.n, False, finest=steps[at]) for count in line.counts)]
            for at, line in ((0, lines[0]), (2, lines[2]))
        )  # fmt: skip
        for world in product(*(range(low, high + 1) for low, high in (*own, *land))):
            rest = [whole - part for whole, part in zip(world[3:], world[:3], strict=True)]
            if min(rest) >= 0 and sum(rest) >= 33:
                yield world

    lines = several_wishes()
    assert any(len(set(counts)) == 1 for counts in zip(*possible([1, 1, 1]), strict=True))
    assert all(len(set(counts)) > 1 for counts in zip(*possible(finest_steps(lines)), strict=True))
