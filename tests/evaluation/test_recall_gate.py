"""The recall gate: the shipped detector does no worse than the released one, on every set; only counts are told.

When a figure really improved, or a worse one is accepted on purpose, renew with
`python benchmarks/evaluation.py --write` and say in the commit why.
"""

import json

import pytest

from benchmarks.evaluation import RELEASED, SETS, Find, evaluate, load
from quality.evaluation import Evaluation
from quality.figures import Figures


@pytest.fixture(scope="module")
def released() -> dict:
    return json.loads(RELEASED.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def judged(find: Find) -> dict[str, Evaluation]:
    """The shipped detector on every set."""
    return {name: evaluate(load(name), find) for name in SETS}


def test_the_released_detector_is_the_default_one(released):
    assert released["ner"] == "builtin"


@pytest.mark.parametrize("name", SETS)
def test_no_figure_is_worse_than_released(judged, released, name):
    worse = list(Figures.of(judged[name]).worse_than(Figures.from_json(released["sets"][name])))
    assert not worse, f"{name}: {'; '.join(worse)}"


@pytest.mark.parametrize("name", SETS)
def test_the_released_figures_are_about_these_texts(judged, released, name):
    now, then = Figures.of(judged[name]), Figures.from_json(released["sets"][name])
    for figure in ("person_masked", "direct_masked", "leaked", "clean_alarms"):
        assert getattr(now, figure).whole == getattr(then, figure).whole, "texts changed: renew the released figures"
