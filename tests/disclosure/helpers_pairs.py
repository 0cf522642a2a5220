"""Pairs of made-up releases of the same cells, printed as the warehouse prints the second one beside the first.

Who comes to a gemeente, or leaves it, lives in "GM0+".
"""

from dataclasses import replace

import numpy as np
import test_weighted_areas
import test_weighted_groups
from helpers_weights import HIGH, LOW, World, figure, plain_of

from anonymisation.disclosure.answers.rules import (
    finest_mean_steps,
    finest_steps,
    publish_distribution,
    tells_apart,
    tells_together,
)
from domain.printed import PrintedLine

KINDS = {"areas": test_weighted_areas.release, "groups": test_weighted_groups.release}
COARSER = {1: (1, 5, 10, 20, 21), HIGH - LOW: (1, 5, 10, 11)}


class Meting(World):
    """Who came lives in a gemeente that was there."""

    def lines(self):
        for line in super().lines():
            leaves = frozenset(home.rstrip("+") for home in line.leaves)
            yield replace(line, leaves=leaves, kind="gemeente" if leaves == {line.area} else line.kind)


def whose(world):
    return [home.rstrip("+") for home in world.home]


def meting(kind, seed, each):
    return Meting(**vars(KINDS[kind](seed, each)))


def without(world, homes):
    """A release in which these take no part; a whole of fewer than three gemeenten has no line."""
    areas = {area: mine - homes for area, mine in world.areas.items()}
    many = {area: len({home.rstrip("+") for home in mine}) for area, mine in areas.items()}
    return replace(world, areas={area: mine for area, mine in areas.items() if many[area] > 2 * (area[:2] != "GM")})


def late(kind, seed, each):
    """A gemeente joins."""
    world, dice = meting(kind, seed, each), np.random.default_rng(seed + 1)
    leaves = sorted(set(world.home))
    return without(world, {leaves[int(dice.integers(len(leaves)))]}), world


def came(kind, seed, each):
    """Ten people or more came to a gemeente, to one group of it or two."""
    world, dice = meting(kind, seed, each), np.random.default_rng(seed + 2)
    leaves, groups = sorted(set(world.home)), sorted(set(world.group))
    to, size = leaves[int(dice.integers(len(leaves)))], min(2, len(groups))
    many = dice.multinomial(int(dice.integers(10, 25)), [1 / size] * size).tolist()
    every = replace(
        world,
        people=[*world.people, *many],
        weight=[*world.weight, *[world.weight[0]] * size],
        said=[*world.said, *(int(dice.integers(0, n * each + 1)) for n in many)],
        home=[*world.home, *[f"{to}+"] * size],
        group=[*world.group, *(groups[int(dice.integers(len(groups)))] for _ in many)],
        areas={area: mine | {f"{to}+"} if to in mine else mine for area, mine in world.areas.items()},
    )
    return without(every, {f"{to}+"}), every


def swapped(kind, seed, each):
    """One gemeente joins and another leaves."""
    world, dice = meting(kind, seed, each), np.random.default_rng(seed + 3)
    one, other = dice.choice(sorted(set(world.home)), 2, replace=False).tolist()
    return without(world, {one}), without(world, {other})


PAIRS = {
    "late": late,
    "gone": lambda *what: late(*what)[::-1],
    "came": came,
    "left": lambda *what: came(*what)[::-1],
    "swapped": swapped,
}


def pairs(name, kind, seeds, each):
    """Those in which some gemeente has others beside it."""
    for seed in seeds:
        if len(set(meting(kind, seed, each).home)) > 2:
            yield seed, PAIRS[name](kind, seed, each)


def figures(world, line, finest):
    if line.n is None:
        return (None,) * (1 if world.each > 1 else 3)
    plain = figure(line.n, plain_of(world, line, finest)[0])
    if world.each > 1:
        return (plain,)
    shares = publish_distribution(line.counts, False, finest=finest, positive=line.positive)
    return (*((None, None) if line.group else (figure(line.n, one) for one in shares)), plain)


def said_of(world, line):
    if world.each > 1:
        return [float(line.total - line.low * line.people)]
    return [*((np.nan, np.nan) if line.group else map(float, line.counts)), float(line.counts[0])]


def alone(world):
    """Its lines, and the steps of a release by itself."""
    lines = list(world.lines())
    return lines, list((finest_steps if world.each == 1 else finest_mean_steps)(lines))


def printed(world, lines, steps):
    return [
        PrintedLine(*list(vars(line).values())[:7], figures(world, line, finest))
        for line, finest in zip(lines, steps, strict=True)
    ]


def published(pair):
    """Of both (world, lines, steps): what telling lines of the second are printed more coarsely."""
    first, now = pair
    was, (lines, steps) = alone(first), alone(now)
    before = printed(first, *was)
    then = {(line.area, line.group): line.figures for line in before if not line.group}
    scale, said = None if now.each == 1 else (LOW, HIGH), [said_of(now, line) for line in lines]
    how = {"positive": (0,) if scale is None else (), "single": scale is None, "said": said}
    while True:
        here = printed(now, lines, steps)
        told = {
            at
            for at, line in enumerate(here)
            for one, other in zip(then.get((line.area, line.group), ()), line.figures, strict=False)
            if one and other and tells_apart(one, other, scale)
        } or tells_together([before], here, scale, **how)
        if not told:
            return [(first, *was), (now, lines, steps)]
        for at in told:
            steps[at] = next(step for step in COARSER[now.each] if step > steps[at])
