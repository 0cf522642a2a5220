"""Releases side by side, all areas of all of them: what none tells alone."""

from dataclasses import replace

import numpy as np
import pytest

from anonymisation.disclosure.answers.between import tells_together
from anonymisation.disclosure.attack.areas import Area, Question, lay_out, what_follows
from anonymisation.disclosure.attack.between import releases_tell
from anonymisation.disclosure.attack.groups import Group, Scale
from anonymisation.disclosure.attack.worlds import Unknowns
from domain.printed import PrintedFigure, PrintedLine

KINDS = ({"NL": frozenset(("A", "B", "C"))}, {}, {})


def question(areas, **more):
    """areas: per area its people, the areas it rests on, and the share of yes with its step."""
    found = {area: Area(n, rests_on, {"": (share, None, step)}) for area, (n, rests_on, share, step) in areas.items()}
    return Question(("scan", "2026", "inwoner", "q1"), found, KINDS, (), **more)


A, B = (20, None, 50, 10), (20, None, 50, 10)  # 9 or 10 said yes
BEFORE = question({"A": A, "B": B, "NL": (40, 2, 50, 5)})  # 19 or 20
AFTER = question({"A": A, "B": B, "C": (20, None, 50, 10), "NL": (60, 3, 45, 5)})  # 26, 27 or 28


def alone(asked):
    unknowns = Unknowns()
    return what_follows(unknowns, lay_out(asked, unknowns, [], counted=False).wanted)


def told(was, now):
    return {(one.threat, one.where.split(",")[0]) for one in releases_tell([was], now, 10)}


def test_a_late_gemeente_beside_the_sums_of_both_releases_is_pinned():
    """A and B are at least 19 together, all three at most 28: nine people in C said yes."""
    assert alone(BEFORE) == alone(AFTER) == []
    assert {("T6", "C"), ("T10", "NL")} <= told(BEFORE, AFTER)


def test_one_that_left_is_pinned_the_same_way():
    assert {("T6", "C"), ("T10", "NL")} <= told(AFTER, BEFORE)


def test_with_a_coarser_country_nothing_follows():
    coarse = replace(AFTER, areas={**AFTER.areas, "NL": Area(60, 3, {"": (40, None, 20)})})
    assert told(BEFORE, coarse) == set()


def test_releases_that_print_the_same_are_laid_once(monkeypatch):
    laid = []
    monkeypatch.setattr("anonymisation.disclosure.attack.between._tell", lambda *pair: laid.append(pair[:2]) or ())
    assert list(releases_tell([BEFORE, replace(BEFORE), AFTER], replace(AFTER), 10)) == []
    assert laid == [([BEFORE], AFTER)]


def test_a_release_that_prints_nothing_of_a_question_tells_nothing_of_it():
    """Too few in every area, and only then, or only now."""
    nothing = question(dict.fromkeys(BEFORE.areas, (None, None, None, None)))
    assert told(nothing, BEFORE) == told(BEFORE, nothing) == set()


def test_means_are_laid_side_by_side_too():
    def grades(areas):
        return question(areas, scale=Scale(1.0, 2.0, "gemiddelden"))

    a, b = (20, None, 1.5, 0.1), (20, None, 1.5, 0.1)
    before = grades({"A": a, "B": b, "NL": (40, 2, 1.5, 0.05)})
    after = grades({"A": a, "B": b, "C": (20, None, 1.5, 0.1), "NL": (60, 3, 1.45, 0.05)})
    assert alone(before) == alone(after) == []
    assert ("T6", "C") in told(before, after)


@pytest.mark.parametrize("seen", [True, False])
def test_who_came_may_not_all_have_said_the_same(seen):
    """7 or 8 said yes in A and in B, and at least 28 of all 52 later: the twelve who came all did."""
    a = b = (20, None, 40, 10)
    then = question({"A": a, "B": b, "NL": (40, 2, 40, 20)})
    late = {"C": (None, None, None, None)} if seen else {}
    now = question({"A": a, "B": b, "NL": (52, 3, 55, 5), **late})
    assert alone(then) == []
    assert ("T10", "NL") in told(then, now)


def test_other_people_in_the_same_number_contradict_and_tell_nothing():
    assert told(BEFORE, replace(BEFORE, areas={**BEFORE.areas, "A": Area(20, None, {"": (70, None, 10)})})) == set()


def lines(asked):
    """The same as the protector has it."""
    own = frozenset(asked.areas.keys() - {"NL"})
    for area, one in asked.areas.items():
        value, _, step = one.shares[""]
        figure = PrintedFigure(one.n, value, step, None)
        kind, leaves = ("land", own) if area == "NL" else ("gemeente", frozenset((area,)))
        yield PrintedLine(area, kind, leaves, one.n, one.n, False, (), (figure,))


def test_the_protector_makes_the_country_coarser_where_the_audit_finds_something():
    now = list(lines(AFTER))
    assert {now[at].area for at in tells_together([list(lines(BEFORE))], now)} == {"NL"}
    coarse = replace(AFTER, areas={**AFTER.areas, "NL": Area(60, 3, {"": (40, None, 20)})})
    assert tells_together([list(lines(BEFORE))], list(lines(coarse))) == set()


SOME = (29, None, 30, 10)  # 8, 9 or 10 said yes
FIRST = question({"A": SOME, "B": SOME, "NL": (58, 2, 35, 5)})  # 19, 20 or 21
SECOND = question({"A": SOME, "B": SOME, "C": SOME, "NL": (87, 3, 30, 5)})  # at most 28
THIRD = question({"B": SOME, "C": SOME, "NL": (58, 2, 35, 5)})


def test_three_releases_tell_what_no_two_of_them_tell():
    """C came and A went: both have 9 at most (28 less 19), so B has 10."""
    assert not told(FIRST, SECOND) | told(FIRST, THIRD) | told(SECOND, THIRD)
    found = {(one.threat, one.where.split(",")[0]) for one in releases_tell([FIRST, SECOND], THIRD, 10)}
    assert {("T6", "B"), ("T6", "C")} <= found


def test_the_protector_looks_at_three_releases_too():
    first, second, third = (list(lines(asked)) for asked in (FIRST, SECOND, THIRD))
    assert not tells_together([first], second) | tells_together([first], third) | tells_together([second], third)
    assert {third[at].area for at in tells_together([first, second], third)} == {"NL"}


def test_what_earlier_releases_told_is_not_told_by_the_next():
    assert told(BEFORE, AFTER)
    same = replace(AFTER, areas={"C": AFTER.areas["C"], "NL": Area(40, 2, {"": (50, None, 20)})})
    assert list(releases_tell([BEFORE, AFTER], same, 10)) == []
    assert tells_together([list(lines(one)) for one in (BEFORE, AFTER)], list(lines(same))) == set()


def young(n, value, *, step=10):
    """Everybody in a gemeente, of whom readers know nothing here, and the young among them."""
    every = PrintedLine("A", "gemeente", frozenset(("A",)), n + 40, n + 40, False, (), (None,))
    figure = PrintedFigure(n, value, step, None)
    return [every, PrintedLine("A", "gemeente", frozenset(("A",)), n, n, False, ("leeftijd", "18-44"), (figure,))]


def test_what_those_who_came_to_a_group_answered_does_not_follow():
    """At most 8 of 24, and at least 20 of 36: all twelve said yes."""
    assert {young(36, 60)[at].group for at in tells_together([young(24, 30)], young(36, 60))} == {("leeftijd", "18-44")}
    assert tells_together([young(24, 30)], young(36, 60, step=20)) == set()
    assert tells_together([young(24, 30)], young(24, 30)) == set()


def ages(people, *groups):
    """Everybody in A, and three ages: lowest and highest number of people, and the share of yes with its step."""
    found = [Group(("A", "leeftijd", f"{at}"), None, share, None, step, low, high, None)
             for at, (low, high, share, step) in enumerate(groups)]  # fmt: skip
    return replace(question({"A": (people, None, None, None)}), groups=found)


SOME_AGE, NOBODY_KNOWS = (20.0, 29.0, 50, 10), (10.0, 29.0, None, None)  # 20 of 60: 9 or 10 said yes


def test_a_group_of_the_same_people_is_one_group():
    """Of three times twenty people 9 or 10 said yes, and 10 to 13 by the other release."""
    was = ages(60, SOME_AGE, SOME_AGE, SOME_AGE)
    assert told(was, ages(60, SOME_AGE, SOME_AGE, SOME_AGE)) == set()
    assert told(was, ages(60, SOME_AGE, SOME_AGE, (10.0, 29.0, 60, 20))) == {("T6", "A")}


def test_a_band_says_that_these_are_other_people():
    """With as many people in all others came and went where a group of twenty has thirty now."""
    was = ages(60, SOME_AGE, SOME_AGE, SOME_AGE)
    assert told(was, ages(60, NOBODY_KNOWS, NOBODY_KNOWS, (30.0, 40.0, 60, 20))) == set()


@pytest.mark.parametrize("turned", [False, True])
def test_who_came_to_a_group_may_not_all_have_said_the_same(turned):
    """5 or 6 of 20 before; of eleven who came at least ten were in the third group, which has 16 of 30 at least now."""
    was = ages(60, SOME_AGE, SOME_AGE, (20.0, 29.0, 30, 10))
    now = ages(71, NOBODY_KNOWS, NOBODY_KNOWS, (30.0, 99.0, 60, 10))
    now.groups[0].low = now.groups[1].low = 20.0
    both = (now, was) if turned else (was, now)
    assert ("T10", "A") in told(*both)
    assert told(was, ages(71, NOBODY_KNOWS, NOBODY_KNOWS, (30.0, 99.0, 40, 20))) == set()


def test_unknowns_of_the_same_people_are_one_in_the_programme():
    """Their bounds hold together, and sums that say the same are one."""
    found = Unknowns()
    a, b, whole = found.add(0, 7), found.add(3, 9), found.add(10, 10)
    found.same([a], [b])
    rest = found.add()
    found.whole(whole, (a, rest))
    found.whole(whole, (b, rest))
    low, high = found.ends([a, b, rest], np.full(3, -np.inf))
    assert (low.tolist(), high.tolist()) == ([3, 3, 3], [7, 7, 7])


def test_no_world_fits_where_the_same_people_would_be_two_numbers():
    found = Unknowns()
    found.same([found.add(0, 3)], [found.add(4, 9)])
    assert found.ends([0], np.array([np.inf])) is None
