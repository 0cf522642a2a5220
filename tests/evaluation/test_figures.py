"""What counts as worse than what was released."""

import json
from dataclasses import asdict

import pytest

from domain.errors import CannotCheck
from quality.figures import Figures, Share


def figures(**changed: tuple[int, int]) -> Figures:
    start = {
        "person_masked": (350, 360),
        "direct_masked": (590, 600),
        "leaked": (10, 200),
        "precision": (9600, 10000),
        "clean_alarms": (1, 28),
    }
    return Figures(**{name: Share(*share) for name, share in (start | changed).items()})


def test_the_same_figures_pass():
    assert list(figures().worse_than(figures())) == []


@pytest.mark.parametrize(
    ("name", "within", "beyond"),
    [
        ("person_masked", (347, 360), (346, 360)),
        ("direct_masked", (587, 600), (586, 600)),
        ("leaked", (13, 200), (14, 200)),
        ("precision", (9551, 10000), (9549, 10000)),
        ("clean_alarms", (2, 28), (3, 28)),
    ],
)
def test_one_standard_error_is_noise_and_more_is_worse(name, within, beyond):
    assert list(figures(**{name: within}).worse_than(figures())) == []
    assert [line.split(":")[0] for line in figures(**{name: beyond}).worse_than(figures())] == [name]


def test_better_is_never_worse():
    better = figures(person_masked=(360, 360), leaked=(0, 200), clean_alarms=(0, 28), precision=(10000, 10000))
    assert list(better.worse_than(figures())) == []


def test_one_case_never_closes_the_gate():
    perfect = figures(person_masked=(360, 360), clean_alarms=(0, 28))
    assert list(figures(person_masked=(359, 360), clean_alarms=(1, 28)).worse_than(perfect)) == []
    assert list(figures(person_masked=(358, 360), clean_alarms=(2, 28)).worse_than(perfect)) != []


def test_figures_survive_json():
    assert Figures.from_json(json.loads(json.dumps(asdict(figures())))) == figures()


@pytest.mark.parametrize("rows", [{}, {"leaked": {"part": 1}}, {"shoes": {"part": 1, "whole": 2}}])
def test_an_unset_threshold_is_refused(rows):
    with pytest.raises(CannotCheck):
        Figures.from_json(rows)


def test_a_figure_on_nothing_cannot_be_checked():
    with pytest.raises(CannotCheck):
        list(figures(person_masked=(0, 0)).worse_than(figures()))
