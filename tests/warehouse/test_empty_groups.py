"""A closed group has a row, so one without a row beside its siblings is empty: the audit takes it as such."""

import numpy as np
import pytest
from helpers_warehouse import META, answers, publish, released, source

from anonymisation.disclosure.published import audit_published
from warehouse.published import write_release

AGES = ("18-44", "45-64", "65-74", "85+")


def of_ages(*groups):
    """Per gemeente how many people of each age."""
    for i, group in enumerate(groups, start=1):
        ages = [age for age, n in zip(AGES, group, strict=False) for _ in range(n)]
        n = len(ages)
        yield source(f"GM900{i}", {"ervaring": answers(n // 2, n // 4, n - n // 2 - n // 4), "leeftijd": ages})


def random_ages(seed):
    """Most gemeenten miss a group, and some only have small ones."""
    dice = np.random.default_rng(seed)
    size = int(dice.integers(4, 8))
    ages = dice.choice((0, 0, 6, 15, 40), size=(size, 4))
    ages[:, 2] += 6  # nobody delivers an empty file
    return list(of_ages(*ages.tolist(), (20, 20, 20, 20)))


def findings(tables, folder):
    return audit_published(write_release(tables, META, folder).duckdb).findings


def test_an_empty_group_is_not_taken_for_a_small_one(tmp_path):
    assert findings(released(of_ages((0, 0, 36), *[(40, 0, 36)] * 4)), tmp_path) == ()


def test_a_small_group_beside_an_empty_one_is_still_found(tmp_path):
    """With primary suppression only: 36 people, 30 of 65-74 beside 6 of 45-64; nobody is younger."""
    found = findings(publish(list(of_ages((0, 6, 30), *[(40, 20, 36)] * 4))), tmp_path)
    assert [one.threat for one in found if "GM9001" in one.where] == ["T2"] * 2
    assert not [one for one in found if one.where.endswith("leeftijd 18-44")]


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_of_a_safe_release_with_empty_groups_nothing_is_said(seed, tmp_path):
    assert findings(released(random_ages(seed)), tmp_path) == ()


@pytest.mark.slow
@pytest.mark.parametrize("start", range(100, 160, 20))
def test_of_many_safe_releases_with_empty_groups_nothing_is_said(start, tmp_path):
    for seed in range(start, start + 20):
        assert (seed, findings(released(random_ages(seed)), tmp_path / str(seed))) == (seed, ())
