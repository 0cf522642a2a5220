"""Shares and means of the groups of a breakdown: an own programme over the finest groups pins none that is printed."""

from decimal import Decimal
from itertools import product

import numpy as np
import pytest
import scipy.sparse as sp
from scipy.optimize import linprog

from anonymisation.disclosure.answers.rules import finest_mean_steps, finest_steps, publish_mean, publish_share
from anonymisation.disclosure.answers.shares import possible_counts
from domain.printed import AnswerLine, MeanLine
from domain.release import Status

LOW, HIGH = 1, 10
FINE = {"18-44": "18-64", "45-64": "18-64", "65-74": "65+", "75+": "65+"}
GROUPS = {(): set(FINE)} | {("leeftijd", up): {own for own in FINE if FINE[own] == up} for up in ("18-64", "65+")} | {
    ("leeftijd", up, own): {own} for own, up in FINE.items()
}  # fmt: skip


class Release:
    """A few gemeenten and the country, by age; small groups are closed, and a few others with them."""

    def __init__(self, seed):
        dice = np.random.default_rng(seed)
        self.leaves = [f"GM{i}" for i in range(int(dice.integers(2, 6)))]
        self.atoms = list(product(self.leaves, FINE))
        self.n = {atom: int(dice.integers(0, 45)) for atom in self.atoms}
        level = dice.uniform(0.1, 0.9)
        self.yes = {atom: int(dice.binomial(n, level)) for atom, n in self.n.items()}
        self.points = {atom: int(dice.integers(LOW, HIGH + 1, n).sum()) for atom, n in self.n.items()}
        areas = {"NL": set(self.leaves), **{leaf: {leaf} for leaf in self.leaves}}
        self.cells = {
            (area, group): [atom for atom in self.atoms if atom[0] in members and atom[1] in ages]
            for (area, members), (group, ages) in product(areas.items(), GROUPS.items())
        }
        self.shut = {
            cell for cell, atoms in self.cells.items()
            if sum(self.n[atom] for atom in atoms) < 10 or (len(atoms) == 1 and dice.random() < 0.15)
        }  # fmt: skip

    def lines(self, kind, fill):
        for (area, group), atoms in self.cells.items():
            leaves = frozenset(self.leaves if area == "NL" else [area])
            people = sum(self.n[atom] for atom in atoms)
            shown = None if (area, group) in self.shut else people
            yield kind(
                area, "land" if area == "NL" else "gemeente", leaves, shown, people, False, group, *fill(atoms, people)
            )

    def answers(self):
        counts = lambda atoms, people: (good := sum(self.yes[atom] for atom in atoms), people - good)  # noqa: E731
        return list(self.lines(AnswerLine, lambda atoms, people: (counts(atoms, people), True, (True, False))))

    def means(self):
        total = lambda atoms, _: (Decimal(sum(self.points[atom] for atom in atoms)), LOW, HIGH)  # noqa: E731
        return list(self.lines(MeanLine, total))


def printed_shares(line, finest):
    """Lowest and highest count behind what is printed, tried one by one; None where nothing is."""
    show = lambda count: publish_share(count, line.n, False, finest=finest)  # noqa: E731
    return fitting(show, range(line.n + 1), line.counts[0])


def printed_means(line, finest):
    show = lambda points: publish_mean(points + LOW * line.n, line.n, LOW, HIGH, finest=finest)  # noqa: E731
    return fitting(show, range((HIGH - LOW) * line.n + 1), int(line.total) - LOW * line.n)


def fitting(show, counts, real):
    mine = show(real)
    if mine.status is Status.SUPPRESSED:
        return None
    same = [count for count in counts if show(count) == mine]
    return same[0], same[-1]


def learned(release, lines, spans, each):
    """Lines of which the sum has one value, for an attacker who knows how many people every open group has."""
    spot = {atom: at for at, atom in enumerate(release.atoms)}
    size = len(spot)
    row = {
        (line.area, line.group): np.bincount(
            [spot[atom] for atom in release.cells[line.area, line.group]], minlength=size
        )
        for line in lines
    }
    none = np.zeros(size)
    most = [np.concatenate([at, -each * at]) for at in np.eye(size)]  # nobody adds more than the end of the scale
    right = [0.0] * size
    exact, n = [], []
    for line, span in zip(lines, spans, strict=True):
        mine = row[line.area, line.group]
        if line.n is not None:
            exact.append(np.concatenate([none, mine]))
            n.append(line.n)
        if span is not None:
            most += [np.concatenate([mine, none]), np.concatenate([-mine, none])]
            right += [span[1], -span[0]]
    limits = {"A_ub": sp.csr_matrix(most), "b_ub": right, "A_eq": sp.csr_matrix(exact), "b_eq": n}
    for line, span in zip(lines, spans, strict=True):
        if span is not None:
            cost = np.concatenate([row[line.area, line.group], none])
            ends = [linprog(sign * cost, **limits).fun * sign for sign in (1, -1)]
            if np.ceil(ends[0] - 1e-6) >= np.floor(ends[1] + 1e-6):
                yield line.area, line.group


def attacked(seed, *, usual=False):
    release = Release(seed)
    found = []
    for lines, rule, printed, each in (
        (release.answers(), finest_steps, printed_shares, 1),
        (release.means(), finest_mean_steps, printed_means, HIGH - LOW),
    ):
        steps = [1] * len(lines) if usual else rule(lines)
        spans = [None if line.n is None else printed(line, step) for line, step in zip(lines, steps, strict=True)]
        found += learned(release, lines, spans, each)
    return found


def test_what_groups_and_everybody_give_away_becomes_coarser():
    told = [seed for seed in range(12) if attacked(seed, usual=True)]
    assert len(told) > 2
    assert [(seed, found) for seed in told if (found := attacked(seed))] == []


@pytest.mark.slow
@pytest.mark.parametrize("start", range(100, 300, 20))
def test_no_group_is_given_away_in_many_releases(start):
    assert [(seed, found) for seed in range(start, start + 20) if (found := attacked(seed))] == []


def test_a_group_is_printed_more_coarsely_before_everybody():
    """65+ is 40 people of whom 17 said yes ("45 %": 17 or 18), in two groups of 20 of whom 9 or 10 did ("50 %")."""

    def line(group, n, good):
        return AnswerLine(
            "GM1", "gemeente", frozenset({"GM1"}), n, n, False, group, (good, n - good), True, (True, False)
        )

    lines = [
        line((), 60, 30), line(("leeftijd", "65+"), 40, 18),
        line(("leeftijd", "65+", "65-74"), 20, 9), line(("leeftijd", "65+", "75+"), 20, 9),
        line(("leeftijd", "18-64"), 20, 12),
    ]  # fmt: skip
    assert finest_steps(lines) == [1, 10, 1, 1, 1]


def test_groups_without_a_line_of_everybody_have_steps_too():
    """A later release of one gemeente can hold groups alone: what was said of everybody stands in an earlier one."""

    def line(group, n, good):
        return AnswerLine(
            "GM1", "gemeente", frozenset({"GM1"}), n, n, False, group, (n - good, good), True, (False, True)
        )

    lines = [line(("leeftijd", "65+"), 40, 18), line(("leeftijd", "65+", "65-74"), 20, 9),
             line(("leeftijd", "65+", "75+"), 20, 9)]  # fmt: skip
    assert finest_steps(lines) == [10, 1, 1]


def test_a_closed_group_without_shown_parts_is_kept_by_the_lines_around_it():
    """All of one group answered alike: closing its own share is not enough, what stands beside it has to give way."""

    def line(n, people, good, *group):
        return AnswerLine("GM1", "gemeente", frozenset({"GM1"}), n, people, False, group, (good, people - good), True,
                          (True, False))  # fmt: skip

    young, old = ("leeftijd", "18-64"), ("leeftijd", "65+")
    lines = [
        line(41, 41, 35), line(21, 21, 21, *young), line(None, 12, 12, *young, "18-44"),
        line(None, 9, 9, *young, "45-64"), line(20, 20, 14, *old),
    ]  # fmt: skip
    steps = finest_steps(lines)
    assert counts_behind(41, 35, steps[0])[0] - counts_behind(20, 14, steps[4])[1] <= 19


def counts_behind(n, good, finest):
    share = publish_share(good, n, False, finest=finest)
    return (0, n) if share.status is Status.SUPPRESSED else possible_counts(share.value, share.step, share.bound, n)
