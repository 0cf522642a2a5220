"""Weighted figures, printed or withheld, in every world of a few people: who knows every weight learns nothing more.

Few light or heavy people, sums on a border, and sums that whole people cannot make between two that they can.
"""

from decimal import Decimal

import numpy as np
import pytest
from helpers_looks import told

from anonymisation.disclosure.answers import weighted

KINDS = ("tenths", "light", "heavy", "both", "near", "border")
SCALES = {"share": None, "mean": (1, 3)}
LIGHT, HEAVY = ("0.01", "0.05", "0.1", "0.2"), ("5", "20")


def drawn(dice, kind, many):
    """So many weights."""
    low, high, unit = {"near": (980, 1021, "0.001"), "border": (-3, 4, "0.0000003")}.get(kind, (2, 30, "0.1"))
    start = 1 if kind == "border" else 0
    own = [start + Decimal(int(one)) * Decimal(unit) for one in dice.integers(low, high, many)]
    if kind in ("light", "both"):
        own[0] = Decimal(str(dice.choice(LIGHT)))
    if kind in ("heavy", "both"):
        own[-1] = Decimal(str(dice.choice(HEAVY)))
    return own


def line(seed, scale):
    """Ten to 24 people with three weights; one of a weight in every third."""
    dice = np.random.default_rng(seed)
    people = dice.integers(3, 9, 3) if scale is None else dice.integers(1, 8, 3)
    people[2] = 1 if seed // len(KINDS) % 3 == 0 else people[2]
    people[1] += max(0, 10 - people.sum())
    weights = drawn(dice, KINDS[seed % len(KINDS)], 3)
    return [((), weight, int(n)) for weight, n in zip(weights, people, strict=True)]


def groups(seed, scale):
    """Two groups of ten to fourteen people, each of one or two weights."""
    dice, rows = np.random.default_rng(seed), []
    for name in ("a", "b"):
        n, many = int(dice.integers(10, 15 if scale is None else 12)), int(dice.choice([1, 2]))
        cut = int(dice.integers(1, n))
        weights = drawn(dice, KINDS[seed % len(KINDS)], many)
        rows += [
            (("b", name), weight, people)
            for weight, people in zip(weights, [n] if many == 1 else [cut, n - cut], strict=True)
        ]
    return rows


def nested(seed, _):
    """Two groups in one over them, and one beside; those of one have two weights."""
    dice = np.random.default_rng(seed)
    weights, cut = drawn(dice, KINDS[seed % len(KINDS)], 4), int(dice.integers(1, 10))
    names = [("b", "over", "a"), ("b", "over", "a"), ("b", "over", "b"), ("b", "c")]
    return list(zip(names, weights, [cut, 10 - cut, 10, 10], strict=True))


def learned(people, kind, seeds, *, sensitive=False):
    scale = SCALES[kind]
    return [(seed, found) for seed in seeds if (found := told(people(seed, scale), scale, sensitive=sensitive))]


@pytest.mark.parametrize("sensitive", [False, True])
@pytest.mark.parametrize(("people", "kind", "many"), [(line, "share", 42), (line, "mean", 6), (groups, "share", 6)])
def test_no_world_tells_more_than_its_plain_figures(people, kind, many, sensitive):
    assert learned(people, kind, range(many), sensitive=sensitive) == []


LINES = {
    "who is a tenth of everybody is on the border of more than 90 %": [("0.1", 7), ("1.5", 7), ("1.6", 3)],
    "nor may that depend on the last digits": [("0.2", 3), ("1.4000001", 7), ("2.6", 6)],
    "no whole people weigh what lies between": [("20", 5), ("0.5", 8), ("1.8", 8)],
    "nobody may be known to have said yes": [("20", 7), ("1.9", 6), ("0.5", 7)],
}


@pytest.mark.parametrize("case", LINES)
def test_light_and_heavy_people(case):
    assert told([((), Decimal(weight), n) for weight, n in LINES[case]]) == []


def forget():
    for kept in (weighted._judged, weighted._weighing):
        kept.cache_clear()


def test_sums_that_whole_people_cannot_make_would_tell(monkeypatch):
    rows = [((), Decimal(weight), n) for weight, n in LINES["no whole people weigh what lies between"]]
    monkeypatch.setattr(weighted, "_gap", lambda *_: 0.0)
    forget()
    assert told(rows)
    forget()


def test_sums_that_are_not_rounded_would_tell(monkeypatch):
    rows = line(131, None)
    assert not told(rows)
    monkeypatch.setattr(weighted, "DIGITS", 12)
    assert told(rows)


@pytest.mark.slow
@pytest.mark.parametrize("start", range(100, 700, 100))
@pytest.mark.parametrize(
    ("people", "kind", "many"),
    [(line, "share", 100), (line, "mean", 25), (groups, "share", 25), (groups, "mean", 4), (nested, "share", 10)],
)
def test_no_world_tells_more_in_many(people, kind, many, start):
    seeds = range(start, start + many)
    assert learned(people, kind, seeds, sensitive=start % 200 == 0) == []
