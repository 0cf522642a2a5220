"""The primary rules as SQL (for whoever reads SQL) say the same as the road, on every measure and boundary."""

import numpy as np
import pytest

from anonymisation.disclosure.groups.cells import Axis, Block
from anonymisation.disclosure.groups.primary import primary_reasons
from benchmarks.primary import by_sql
from domain.release import Rules, TableLayout
from storage.duck import memory

SIZE = 400


def made_up(seed, sensitive):
    dice = np.random.default_rng(seed)
    n = dice.integers(0, 40, SIZE)
    measures = {
        "n_max_answer": np.floor(n * dice.uniform(0.7, 1.0, SIZE)),
        "top_share": np.floor(n * dice.uniform(0.2, 0.9, SIZE)),
        "n_contributors": dice.integers(0, 6, SIZE).astype(float),
        "n_asked": n + dice.integers(0, 15, SIZE).astype(float),
    }
    for name in dice.choice(list(measures), 2, replace=False):
        measures[name][dice.random(SIZE) < 0.5] = np.nan  # does not apply to these cells
    axis = Axis("g", ("TOTAAL",), np.array([-1]), np.array([True]))
    layout = TableLayout("t", ("g",), sensitive=sensitive)
    return Block(layout, (), (axis,), np.zeros((SIZE, 1), dtype=np.int64), n, measures)


@pytest.mark.parametrize("sensitive", [False, True])
def test_numpy_and_sql_give_the_same_reasons(sensitive):
    seen = set()
    with memory(threads=1) as connection:
        for seed in range(6):
            block = made_up(seed, sensitive)
            found = [None if why is None else str(why) for why in primary_reasons(block, Rules(), 10)]
            assert found == by_sql(block, Rules(), connection)
            seen |= set(found)
    assert seen == {None, "T1", "T7", "T8"} | ({"T5", "T16"} if sensitive else set())
