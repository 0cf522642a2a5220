"""Printing reckons with fractions of people; an exact attack in whole people on the same releases finds no more."""

import pytest
import test_weighted_areas
import test_weighted_groups
from helpers_weights import HIGH, LOW, Attack

RELEASES = {"areas": test_weighted_areas.release, "groups": test_weighted_groups.release}


def learned(world):
    """Lines and closed rests of which one count (or sum of answers) is left, and rests who (nearly) all were alike."""
    found = Attack(world, weighted=lambda *_: False).learned()
    return {name for name in found if isinstance(name, tuple)}


@pytest.mark.parametrize("each", [1, HIGH - LOW])
@pytest.mark.parametrize("kind", RELEASES)
def test_whole_people_tell_no_more_than_fractions(kind, each):
    assert [seed for seed in range(15) if learned(RELEASES[kind](seed, each))] == []


@pytest.mark.slow
@pytest.mark.parametrize("start", range(100, 200, 50))
@pytest.mark.parametrize("each", [1, HIGH - LOW])
@pytest.mark.parametrize("kind", RELEASES)
def test_whole_people_tell_no_more_than_fractions_in_many(kind, each, start):
    assert [seed for seed in range(start, start + 50) if learned(RELEASES[kind](seed, each))] == []


def test_a_share_that_fractions_leave_open_is_found(monkeypatch):
    """With every line printed as if it stood alone."""
    lines_alone = lambda lines: [1 for _ in lines]  # noqa: E731
    monkeypatch.setattr("helpers_weights.finest_steps", lines_alone)
    assert any(learned(RELEASES["areas"](seed, 1)) for seed in range(40))
