"""An exact attack on weighted figures by who knows every weight: whole people per area, group and weight.

Everything printed counts, and that something is not; for each count two programmes.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from anonymisation.disclosure.answers.means import possible_points
from anonymisation.disclosure.answers.rules import (
    finest_mean_steps,
    finest_steps,
    publish_distribution,
    publish_mean,
    publish_share,
    publish_weighted_mean,
    publish_weighted_share,
)
from anonymisation.disclosure.answers.shares import most_alike, possible_counts
from domain.printed import AnswerLine, MeanLine, PrintedFigure, WeightedLine
from domain.release import Status

LOW, HIGH = 1, 10
NEAR = 1e-6
CLOSED = Status.SUPPRESSED


@dataclass
class World:
    """Made-up people, a row per area, group and weight.

    said: who said yes, or the points above the low end of the scale. each: the most of one. areas: what each area adds
    up. home, group: of each row. closed: lines of which nothing is printed, by area and group.
    """

    each: int
    people: list[int]
    weight: list[Fraction]
    said: list[int]
    home: list[str]
    group: list[tuple[str, ...]]
    areas: dict[str, set[str]]
    closed: set[tuple[str, tuple[str, ...]]]

    def of(self, area, group=()):
        """Which rows are in a line."""
        rows = zip(self.home, self.group, strict=True)
        return np.array([home in self.areas[area] and own[: len(group)] == group for home, own in rows], dtype=float)

    def total(self, row, what):
        return sum(one for one, mine in zip(what, row, strict=True) if mine)

    @property
    def places(self):
        """Area and group of every line, finer groups first."""
        groups = {own[:size] for own in self.group for size in range(2, len(own) + 1)}
        return [(area, group) for group in sorted(groups, key=lambda own: (-len(own), own)) for area in self.areas] + [
            (area, ()) for area in self.areas
        ]

    def lines(self):
        for area, group in self.places:
            row, mine = self.of(area, group), self.areas[area]
            n, said = self.total(row, self.people), self.total(row, self.said)
            kind = "gemeente" if mine == {area} else "provincie" if area[:2] == "PV" else area
            shown = n >= 10 and (area, group) not in self.closed
            head = (area, kind, frozenset(mine), n if shown else None, n, False, group)
            if n and self.each == 1:
                yield AnswerLine(*head, (said, n - said), True, (True, False))
            elif n:
                yield MeanLine(*head, Decimal(said + LOW * n), LOW, HIGH)


def normal(weight, people):
    """Weights with a mean of 1."""
    mean = sum(Fraction(one) * n for one, n in zip(weight, people, strict=True)) / sum(people)
    return [Fraction(one) / mean for one in weight]


def plain_of(world, line, finest):
    """(the plain figure, the least and the most behind all that is printed plainly)"""
    if world.each > 1:
        found = publish_mean(line.total, line.n, LOW, HIGH, finest=finest)
        return found, [] if found.status is CLOSED else [possible_points(found, line.n, LOW, HIGH)]
    found = publish_share(line.counts[0], line.n, False, finest=finest)
    yes, no = publish_distribution(line.counts, False, finest=finest, positive=line.positive)
    spans = [
        None if one.status is CLOSED else possible_counts(one.value, one.step, one.bound, line.n)
        for one in ((found,) if line.group else (found, yes, no))
    ]
    turned = [(line.n - high, line.n - low) for low, high in filter(None, spans[2:])]
    return found, [*filter(None, spans[:2]), *turned]


def figure(n, found):
    if found is None or found.status is CLOSED:
        return None
    value, step = (None if one is None else float(one) for one in (found.value, found.step))
    return PrintedFigure(n, value, step, found.bound)


def pieces(world, line, look, total):
    """The stretches of weighted sums that look the same as this one."""
    every, edge = Fraction(line.n * world.each), Fraction(line.n, 10)
    inside = []
    for step in (Fraction(one, 100 if world.each == 1 else 10) for one in (1, 5, 10, 20)):
        unit = step * line.n
        first = unit / 2 if world.each == 1 else (-LOW / step) % 1 * unit + unit / 2
        inside += [first + unit * at for at in range(-1, int(every / unit) + 1)]
    ends = sorted({0, 1, 2, edge, *inside, every - edge, every - 2, every - 1, every})
    ends = [end for end in ends if 0 <= end <= every]
    found, seen = [], look(total)
    for low, high in pairwise(ends):
        if look((low + high) / 2) == seen:
            found = [*found[:-1], (found[-1][0], high)] if found and found[-1][1] == low else [*found, (low, high)]
    assert any(low <= total <= high for low, high in found)
    return [(float(low), float(high)) for low, high in found]


class Attack:
    """All worlds of whole people that fit; `seen` are those that were found.

    weighted: of which lines (pooled or not, a group or not) weighted figures are looked at. alone: these are printed
    as if no other line stood beside them. later: what a later release prints plainly, of the same people and others.
    """

    def __init__(self, world, weighted=lambda pooled, group: not pooled, *, alone=False, later=None):
        self.world, self.later, self.rows, self.choices, self.size = world, later, [], [], len(world.people)
        lines = list(world.lines())
        parts = defaultdict(list)
        steps = (finest_steps if world.each == 1 else finest_mean_steps)(lines)
        for line, finest in zip(lines, steps, strict=True):
            row = world.of(line.area, line.group)
            plain, spans = plain_of(world, line, finest) if line.n else (None, [])
            self.rows += [(row, *span) for span in spans]
            own = self._line(line, row, plain)
            if own.plain and weighted(len(line.leaves) > 1, line.group):
                own = self._weighted(line, finest, row, own, () if alone else parts[line.area])
            parts[line.area] += [own] if line.group else []
        self.rows += self._later() if later else []
        self.seen = np.array([world.said], dtype=float)
        self.limits, self.bounds = self._limits()

    def _later(self):
        lines = list(self.later.lines())
        steps = (finest_steps if self.later.each == 1 else finest_mean_steps)(lines)
        for line, finest in zip(lines, steps, strict=True):
            for span in plain_of(self.later, line, finest)[1] if line.n else ():
                yield self.later.of(line.area, line.group), *span

    def _line(self, line, row, plain):
        rows = zip(self.world.weight, self.world.people, row, strict=True)
        weights = tuple((round(Decimal(float(weight)), 9), n) for weight, n, mine in rows if mine)
        return WeightedLine(line.group, line.people, weights, figure(line.people, plain))

    def _weighted(self, line, finest, row, own, parts):
        """Keep what a weighted figure tells, and give the line as it is printed."""
        world = self.world
        unit = Fraction(line.n) / world.total(row, [n * one for n, one in zip(world.people, world.weight, strict=True)])

        def publish(total):
            if world.each == 1:
                return publish_weighted_share(total, own, False, finest=finest, parts=parts)
            return publish_weighted_mean(total + LOW * line.n, own, LOW, HIGH, finest=finest, parts=parts)

        def look(total):
            found = publish(total)
            return None if found.status is CLOSED else (found.value, found.bound)

        total = unit * world.total(row, [n * one for n, one in zip(world.said, world.weight, strict=True)])
        self.choices.append((row * np.array([float(unit * one) for one in world.weight]),
                             pieces(world, line, look, total)))  # fmt: skip
        return replace(own, weighted=figure(line.n, publish(total)))

    def _limits(self):
        """Which stretch holds is a choice of its own."""
        size, extra = self.size, sum(len(parts) for _, parts in self.choices)
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
                cost = np.pad(sign * row, (0, len(self.bounds.ub) - self.size))
                found = milp(cost, constraints=self.limits, bounds=self.bounds, integrality=np.ones(len(cost)))
                assert found.x is not None, found.message
                self.seen = np.vstack([self.seen, np.round(found.x[: self.size])])
        return tells(min(self.seen @ row), max(self.seen @ row))

    def learned(self):
        """Lines and closed rests with one count, and closed rests and people of one weight who were (nearly) alike."""
        world = self.world
        lines = list(world.lines())
        shown = {(line.area, line.group): world.of(line.area, line.group) for line in lines if line.n}
        for line in self.later.lines() if self.later else ():
            shown |= {("later", line.area, line.group): self.later.of(line.area, line.group)} if line.n else {}
        rests = {("rest", *place): row for place, row in self._rests(lines)}
        found = {name for name, row in (shown | rests).items() if self.sure(row, lambda low, high: low == high)}
        alike = rests | {at: np.eye(self.size)[at] for at in range(self.size)}
        alike |= {f"weight {many}": (np.array(world.weight) == many).astype(float) for many in set(world.weight)}
        return found | {name for name, row in alike.items() if row.any() and self.sure(row, self.all_but(row))}

    def _rests(self, lines):
        """Per group who is in no gemeente that shows it, and per area who is in none of its shown groups."""
        for of in ("group", "area"):
            for name in dict.fromkeys(getattr(line, of) for line in lines):
                shut = [
                    line for line in lines if getattr(line, of) == name and line.n is None and len(line.leaves) == 1
                ]
                rows = [self.world.of(line.area, line.group) for line in shut]
                rest = np.max(rows, axis=0) if rows else np.zeros(self.size)
                if rest @ np.array(self.world.people) >= 10:
                    yield (of, name), rest

    def all_but(self, row):
        """Whether (nearly) all of these people are known to have answered the same."""
        people = int(row @ np.array(self.world.people))
        every = people * self.world.each
        most = max(0.0, most_alike(people, False) if self.world.each == 1 else every - 2.0)
        return lambda low, high: low > most or high < every - most


def told(world, weighted=lambda pooled, group: not pooled, **how):
    """What the weighted figures tell that the plain ones do not."""
    found = Attack(world, weighted, **how).learned()
    return found - Attack(world, lambda *_: False, later=how.get("later")).learned() if found else found
