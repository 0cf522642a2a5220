"""Weighted figures of groups of a breakdown, for who knows the lowest and the highest weight."""

import pytest

from anonymisation.disclosure.attack.areas import Area, Question
from anonymisation.disclosure.attack.groups import Group
from anonymisation.disclosure.attack.heavy import question_tells

KINDS = ({"NL": frozenset(("A",))}, {}, {})
YOUNG, OLD = ("A", "leeftijd", "18-64"), ("A", "leeftijd", "65+")
EVERYBODY = ("A", "", "")
NEAR, WIDE = (0.985, 1.015), (0.5, 2.0)


def question(everybody):
    """Two hundred people, and two groups of a hundred or more: of each then hundred. 48 to 52 of the young said yes."""
    young = Group(YOUNG, None, 50, None, 5.0, 100, 1e9, None)
    old = Group(OLD, None, 60, None, 5.0, 100, 1e9, None)
    areas = {"A": Area(200, None, {"": (everybody[0], None, everybody[1])})}
    return Question(("scan", "2026", "inwoner", "q1"), areas, KINDS, (young, old))


def told(asked, weights, **figures):
    codes = {"young": YOUNG, "old": OLD, "everybody": EVERYBODY}
    found = question_tells(asked, {codes[name]: figure for name, figure in figures.items()}, weights)
    return {(one.threat, one.where.split(", ")[-1]) for one in found}


ASKED = question((55, 1))


@pytest.mark.parametrize(("weights", "figure", "threats"), [
    (NEAR, (45, None, 5), {("T6", "18-64")}),  # nearly equal weights moved it past a border: 48
    (NEAR, (50, None, 5), set()),
    (WIDE, (45, None, 5), set()),
    (NEAR, (20, None, 5), set()),  # cannot be: these are not the weights
])  # fmt: skip
def test_a_weighted_figure_of_a_group_beside_its_plain_one(weights, figure, threats):
    assert told(ASKED, weights, young=figure) == threats


def test_weighted_figures_of_groups_add_up_to_that_of_everybody():
    """Each of them fits by itself; together they leave one count of each group."""
    alone = {"young": (50, None, 5), "old": (65, None, 5), "everybody": (54, None, 1)}
    assert not any(told(ASKED, (0.9, 1.1), **{name: figure}) for name, figure in alone.items())
    assert {("T6", "18-64"), ("T6", "65+")} <= told(ASKED, (0.9, 1.1), **alone)
