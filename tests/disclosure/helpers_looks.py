"""Every world of a few made-up people with weights, and what all of them print: exact, in whole people.

`helpers_weights.py` asks programmes about larger releases; near a border these take two prints for one.
"""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import product

import numpy as np

from anonymisation.disclosure.answers.rules import (
    publish_mean,
    publish_share,
    publish_weighted_mean,
    publish_weighted_share,
)
from anonymisation.disclosure.answers.shares import most_alike
from domain.printed import PrintedFigure, WeightedLine
from domain.release import Status

Row = tuple[tuple[str, ...], Decimal, int]
"""People of one weight in a group: the group, their weight, how many."""


def figure(n, found):
    if found.status is Status.SUPPRESSED:
        return None
    value, step = (None if one is None else float(one) for one in (found.value, found.step))
    return PrintedFigure(n, value, step, found.bound)


class Printer:
    """What worlds of the same people print. scale: the ends, for means."""

    def __init__(self, rows, scale=None, *, sensitive=False):
        self.rows, self.scale, self.sensitive = rows, scale, sensitive
        self.each = 1 if scale is None else scale[1] - scale[0]
        groups = {own[:size] for own, _, _ in rows for size in range(2, len(own) + 1)}
        places = [*sorted(groups, key=lambda own: (-len(own), own)), ()]
        self.lines = {
            place: [at for at, (own, _, _) in enumerate(rows) if own[: len(place)] == place] for place in places
        }
        self.plain = {}

    def worlds(self):
        """All that these people can say."""
        return product(*(range(people * self.each + 1) for _, _, people in self.rows))

    def looks(self, said):
        """(what one world prints plainly, and weighted)"""
        lines, parts = [], []
        for place, mine in self.lines.items():
            pairs = [(self.rows[at][1], self.rows[at][2]) for at in mine]
            n = sum(people for _, people in pairs)
            count = sum(said[at] for at in mine)
            if (place, count) not in self.plain:
                self.plain[place, count] = figure(n, self._publish(count, n))
            line = WeightedLine(place, n, tuple(pairs), self.plain[place, count])
            if line.plain is not None:
                weighs = sum(Fraction(self.rows[at][1]) * said[at] for at in mine)
                every = sum(Fraction(weight) * people for weight, people in pairs)
                line = replace(line, weighted=figure(n, self._weighted(weighs * n / every, line, parts)))
            lines.append(line)
            parts += [line] if place else []
        return tuple(line.plain for line in lines), tuple(line.weighted for line in lines)

    def _publish(self, count, n):
        if self.scale is None:
            return publish_share(count, n, self.sensitive)
        return publish_mean(count + self.scale[0] * n, n, *self.scale, sensitive=self.sensitive)

    def _weighted(self, points, line, parts):
        if self.scale is None:
            return publish_weighted_share(points, line, self.sensitive, parts=parts)
        points += self.scale[0] * line.n
        return publish_weighted_mean(points, line, *self.scale, sensitive=self.sensitive, parts=parts)

    def alike(self, people):
        """The most of them that may be known to have answered the same."""
        return max(0.0, most_alike(people, self.sensitive) if self.scale is None else people * self.each - 2.0)

    def asked(self):
        """Per sum: (which rows, what tells: from its least and its most)."""
        for mine in self.lines.values():
            yield mine, lambda low, high: low == high
        for at, (_, _, people) in enumerate(self.rows):
            most = self.alike(people)
            yield [at], lambda low, high, every=people * self.each, most=most: (low > most) | (high < every - most)


def told(rows, scale=None, *, sensitive=False):
    """What some world's weighted figures tell that its plain ones do not: (rows, the plain figures, the weighted)."""
    printer = Printer(rows, scale, sensitive=sensitive)
    worlds = list(printer.worlds())
    looks = [printer.looks(said) for said in worlds]
    plain, both = ({look: at for at, look in enumerate(dict.fromkeys(of))} for of in ([p for p, _ in looks], looks))
    values, found = np.array(worlds), []
    inside = np.array([plain[look] for look, _ in both])
    for mine, tells in printer.asked():
        total = values[:, mine].sum(axis=1)
        seen = [_tells(total, np.array(of), tells) for of in ([plain[p] for p, _ in looks], [both[o] for o in looks])]
        news = np.flatnonzero(seen[1] & ~seen[0][inside])
        found += [(mine, *list(both)[at]) for at in news]
    return found


def _tells(total, look, tells):
    """Per look whether the sums of its worlds tell."""
    low, high = np.full(look.max() + 1, np.inf), np.full(look.max() + 1, -np.inf)
    np.minimum.at(low, look, total)
    np.maximum.at(high, look, total)
    return tells(low, high)
