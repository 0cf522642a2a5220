"""Labels of gemeenten beside the share of all talks: an attacker who tries every world, and knows how we choose."""

from collections import Counter
from itertools import product
from math import prod

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from anonymisation.disclosure.answers import pooled, talks
from anonymisation.disclosure.answers.shares import possible_counts
from domain.release import Status

OPEN = ("niet getoond", "meerdere keren", "vaak")


def named(*counts):
    return {f"GM{9000 + i}": n for i, n in enumerate(counts)}


def shown(people, journeys):
    """Labels of everybody with ten journeys or more."""
    return {area: talks.theme_label(people[area], n) for area, n in journeys.items() if n >= 10}


def print_of(people, journeys, **more):
    share = pooled.pool_share(people, journeys, shown(people, journeys), **more)
    return share and (share.value, share.bound, share.status)


def counts_behind(label, n):
    """Every count that this label can stand for, one by one."""
    return [count for count in range(n + 1) if label is None or talks.theme_label(count, n) == label]


@pytest.mark.parametrize("support", [3, 5])
@pytest.mark.parametrize("n", [10, 11, 15, 16, 31])
def test_the_counts_behind_a_label_are_those_that_give_it(n, support):
    for label in OPEN:
        behind = [count for count in range(n + 1) if talks.theme_label(count, n, min_support=support) == label]
        if behind:
            assert talks.theme_counts(label, n, min_support=support) == (min(behind), max(behind))


@pytest.mark.parametrize("n", [5, 6, 7, 12, 31])
def test_the_moods_behind_a_word_are_those_that_give_it(n):
    worlds = {}
    for pos, neu in product(range(n + 1), repeat=2):
        if pos + neu <= n:
            moods = (pos, neu, n - pos - neu)
            worlds.setdefault(talks.curve_label(*moods), []).append(moods)
    for label, found in worlds.items():
        ends = tuple((min(column), max(column)) for column in zip(*found, strict=True))
        assert talks.curve_counts(label, n) == ends


def test_three_labels_that_use_up_a_rare_share_close_it():
    journeys = named(15, 15, 15, 15, 15, 15, 9)
    assert print_of(named(3, 3, 3, 0, 0, 0, 0), journeys) == (None, None, Status.SUPPRESSED)
    assert print_of(named(3, 3, 0, 0, 0, 0, 0), journeys) == (None, "<10", Status.PUBLISHED)


def test_the_share_next_to_a_telling_one_is_withheld_with_it():
    journeys = named(15, 15, 15, 15, 15, 15, 9)
    closed = [sum(people) for people in ((3, 3, 3, 0, 0, 0, 1), (3, 3, 3, 2, 2, 0, 1), (3, 3, 3, 2, 2, 1, 1))]
    assert closed == [10, 14, 15]
    assert print_of(named(3, 3, 3, 2, 2, 0, 1), journeys)[2] is Status.SUPPRESSED
    assert print_of(named(3, 3, 3, 2, 2, 1, 1), journeys)[0] == 20


def test_a_theme_that_is_rare_in_a_phase_looks_withheld():
    journeys = named(12, 12, 12, 12, 12)
    assert print_of(named(0, 0, 0, 0, 0), journeys, rare=False) == (None, None, Status.SUPPRESSED)
    assert print_of(named(3, 3, 3, 2, 2), journeys, rare=False)[0] == 20


sizes = st.sampled_from([5, 6, 10, 11, 12])


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(sizes, st.integers(0, 12)), min_size=5, max_size=6), st.booleans())
@example([(12, 3), (12, 3), (12, 0), (12, 0), (12, 0)], True)
def test_who_tries_every_world_learns_no_count(talks_and_people, rare):
    journeys = named(*(n for n, _ in talks_and_people))
    assume(pooled.pool_problem(journeys) is None)
    people = named(*(min(count, n) for n, count in talks_and_people))
    labels = shown(people, journeys)
    every = [counts_behind(labels.get(area), n) for area, n in journeys.items()]
    assume(prod(map(len, every)) <= 20_000)
    prints = {}
    for world in product(*every):
        if sum(world) not in prints:
            prints[sum(world)] = print_of(named(*world), journeys, rare=rare)
    worlds = [world for world in product(*every) if prints[sum(world)] == prints[sum(people.values())]]
    for area, column in zip(journeys, zip(*worlds, strict=True), strict=True):
        if labels.get(area, "niet getoond") == "niet getoond":
            assert {0, 2} <= set(column)
        else:
            assert len(set(column)) > 1


def triples(n, label):
    return [
        (pos, neu, n - pos - neu)
        for pos in range(n + 1)
        for neu in range(n - pos + 1)
        if label is None or talks.curve_label(pos, neu, n - pos - neu) == label
    ]


def add(found, more):
    return {tuple(a + b for a, b in zip(x, y, strict=True)) for x in found for y in more}


@settings(deadline=None, max_examples=8)
@given(st.lists(st.tuples(*[st.integers(1, 3)] * 3).filter(lambda m: sum(m) > 4), min_size=6, max_size=6), st.data())
def test_the_curve_of_all_beside_those_of_gemeenten_leaves_no_count(moods, data):
    said = {f"GM{9000 + i}": mood for i, mood in enumerate(moods)}
    assume(pooled.pool_problem({area: sum(mood) for area, mood in said.items()}) is None)
    labels = {area: talks.curve_label(*mood) for area, mood in said.items() if data.draw(st.booleans())}
    shares = pooled.pool_curve(said, labels)
    if shares is None:
        return
    whole = tuple(map(sum, zip(*moods, strict=True)))
    n, word = sum(whole), talks.curve_label(*whole)
    spans = [possible_counts(share.value, share.step, share.bound, n) for share in shares]
    behind = {area: triples(sum(mood), labels.get(area)) for area, mood in said.items()}
    for area, mood in said.items():
        rest = {(0, 0, 0)}
        for other in behind.keys() - {area}:
            rest = add(rest, behind[other])
        left = [one for one in behind[area] if any(fits(total, spans, word) for total in add({one}, rest))]
        assert mood in left
        assert all(len(set(column)) > 1 for column in zip(*left, strict=True))
        if area not in labels:
            assert Counter(talks.curve_label(*one) for one in left).keys() - {talks.MIXED}


def fits(total, spans, word):
    inside = all(low <= count <= high for count, (low, high) in zip(total, spans, strict=True))
    return inside and talks.curve_label(*total) == word
