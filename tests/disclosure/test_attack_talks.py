"""The attack on labels beside the share of all talks: what it holds for impossible is so in every world."""

from collections import Counter
from functools import lru_cache
from itertools import product

import pytest

from anonymisation.disclosure.answers import talks
from anonymisation.disclosure.answers.shares import share_in_steps
from anonymisation.disclosure.attack.talks import HIDDEN, OFTEN, SEVERAL, _edges, _Kind, _possible

POOLS = {
    "nobody shows a thing": [HIDDEN, HIDDEN, HIDDEN, ""],
    "one says several": [SEVERAL, HIDDEN, HIDDEN, ""],
    "three use it up": [SEVERAL, SEVERAL, SEVERAL, ""],
    "one often": [OFTEN, HIDDEN, SEVERAL, ""],
    "all often": [OFTEN, OFTEN, OFTEN, ""],
}


@lru_cache
def printed(people, journeys):
    share = share_in_steps(people, journeys, 10, 10)
    return share.value, share.bound


def ways(kind):
    """Every (talks, people) that is printed like this."""
    return [
        (n, count)
        for n in range(int(kind.low), int(kind.high) + 1)
        for count in range(n + 1)
        if not kind.label or talks.theme_label(count, n) == kind.label
    ]


@pytest.mark.parametrize("labels", POOLS.values(), ids=POOLS)
def test_nothing_possible_is_held_for_impossible(labels):
    kinds = [_Kind(10.0, 11.0, label) if label else _Kind(5.0, 6.0, "") for label in labels]
    possible = {}
    for world in product(*map(ways, kinds)):
        whole = printed(sum(count for _, count in world), sum(n for n, _ in world))
        for kind, (_, count) in zip(kinds, world, strict=True):
            possible.setdefault(whole, {}).setdefault(kind, set()).add(count)
    for whole, counts in possible.items():
        found = _possible(Counter(kinds), _edges(*whole))
        assert all(counts[kind] <= found[kind] for kind in kinds)
        if whole[1]:  # one edge: then nothing impossible is held for possible either
            assert counts == found


def test_beside_a_gemeente_of_which_the_talks_are_closed_nothing_follows():
    closed = Counter([_Kind(10.0, 15.0, SEVERAL)] * 4 + [_Kind(0.0, float("inf"), "")])
    assert not any(len(counts) == 1 for counts in _possible(closed, _edges(None, "<10")).values())


def test_a_band_without_an_end_is_endless():
    large = Counter([_Kind(10.0, 15.0, SEVERAL)] * 3 + [_Kind(31.0, float("inf"), HIDDEN)])
    known = Counter([_Kind(10.0, 15.0, SEVERAL)] * 3 + [_Kind(31.0, 40.0, HIDDEN)])
    kind = _Kind(10.0, 15.0, SEVERAL)
    assert len(_possible(known, _edges(None, "<10"))[kind]) == 0
    assert len(_possible(large, _edges(None, "<10")).get(kind, {3, 4})) > 1
