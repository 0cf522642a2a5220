"""Weighted figures of one release beside the plain figures of the next: who knows every weight learns nothing more."""

from dataclasses import replace

import numpy as np
import pytest
from helpers_weights import CLOSED, HIGH, LOW, plain_of, told
from test_weighted_groups import release

from anonymisation.disclosure.answers.rules import finest_mean_steps, finest_steps, judged_with


def groups_of(world):
    return {own[:size] for own in world.group for size in range(2, len(own) + 1)}


def opened(seed, each):
    """(two releases about the same people): the first shows no groups, or fewer than the second."""
    world, dice = release(seed, each), np.random.default_rng(seed + 10_000)
    few = dice.choice((0.4, 1.0))
    shut = {(area, group) for area in world.areas for group in sorted(groups_of(world)) if dice.random() < few}
    return replace(world, closed=world.closed | shut), world


def joined(seed, each):
    """(two releases): up to thirty people came to three groups of the first gemeente, which opens more groups."""
    (first, then), dice = opened(seed, each), np.random.default_rng(seed + 20_000)
    many = dice.multinomial(int(dice.integers(10, 30)), [1 / 3] * 3).tolist()
    names = sorted(set(first.group))
    every = replace(
        first,
        people=[*first.people, *many],
        weight=[*first.weight, *dice.choice(np.array(first.weight), 3)],
        said=[*first.said, *(int(dice.integers(0, n * each + 1)) for n in many)],
        home=[*first.home, *["came"] * 3],
        group=[*first.group, *(names[int(dice.integers(len(names)))] for _ in many)],
    )
    areas = {area: own | {"came"} if "GM0" in own else own for area, own in every.areas.items()}
    return every, replace(every, areas=areas, closed=then.closed)


def as_printed(first, later):
    """The later release without the groups that the first did not reckon with."""
    lines = list(first.lines())
    steps = (finest_steps if first.each == 1 else finest_mean_steps)(lines)
    shown = {area: set() for area in later.areas}
    for line, finest in zip(lines, steps, strict=True):
        if line.n and line.group and plain_of(first, line, finest)[0].status is not CLOSED:
            shown[line.area].add(line.group)
    hidden = {
        (area, group)
        for area, seen in shown.items()
        for group in groups_of(later)
        if len(first.areas[area]) == 1 and not judged_with(group, seen)
    }
    return replace(later, closed=later.closed | hidden)


def learned(releases, each, seeds):
    pairs = ((seed, releases(seed, each)) for seed in seeds)
    return [(seed, found) for seed, (first, later) in pairs if (found := told(first, later=as_printed(first, later)))]


@pytest.mark.parametrize("each", [1, HIGH - LOW])
@pytest.mark.parametrize("releases", [opened, joined])
def test_weighted_figures_tell_no_more_beside_a_later_release(releases, each):
    assert learned(releases, each, range(20)) == []


@pytest.mark.parametrize("seed", [1, 16])
def test_groups_that_are_shown_later_would_tell(seed):
    every = release(seed, 1)
    none = replace(every, closed={(area, group) for area in every.areas for group in groups_of(every)})
    assert told(none, later=every)
    assert not told(none, later=as_printed(none, every))


@pytest.mark.slow
@pytest.mark.parametrize("start", range(100, 300, 50))
@pytest.mark.parametrize("each", [1, HIGH - LOW])
@pytest.mark.parametrize("releases", [opened, joined])
def test_weighted_figures_tell_no_more_beside_a_later_release_in_many(releases, each, start):
    assert learned(releases, each, range(start, start + 50)) == []
