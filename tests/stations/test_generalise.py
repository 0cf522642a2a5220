"""Coarser values: the vector says what the rule for one value says, and what nobody said how is refused."""

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymisation.generalise import banded, generalised, postcode_areas, quarters, rounded_weights
from domain.bands import BANDS
from domain.errors import PolicyRefused
from domain.instruments import Column
from domain.policy import ColumnRule
from domain.vocabulary import Treatment


def column(values, kind=None):
    return pa.chunked_array([pa.array(values, kind)])


@pytest.mark.parametrize("name", sorted(BANDS))
@given(values=st.lists(st.none() | st.integers(-5, 200) | st.sampled_from([10**9 - 1, 10**9])))
def test_a_column_of_bands_is_the_band_of_every_value(name, values):
    bands = BANDS[name]
    assert banded(column(values, pa.int64()), bands).to_pylist() == [bands.label(value) for value in values]


@pytest.mark.parametrize(
    ("age", "label"),
    [(17, None), (18, "18-44"), (44, "18-44"), (45, "45-64"), (84, "75-84"), (85, "85+"), (115, "85+")],
)
def test_boundaries_of_age(age, label):
    assert banded(column([age]), BANDS["leeftijd_5"]).to_pylist() == [label]


@pytest.mark.parametrize(
    ("days", "label"),
    [(0, "tot 2 weken"), (14, "tot 2 weken"), (15, "2 tot 6 weken"), (91, "langer dan 3 maanden"), (None, None)],
)
def test_boundaries_of_waiting_days(days, label):
    assert banded(column([days], pa.int64()), BANDS["wachtdagen_4"]).to_pylist() == [label]


def test_a_number_that_is_no_number_has_no_band():
    assert banded(column([float("nan"), 44.9]), BANDS["leeftijd_5"]).to_pylist() == [None, "18-44"]


@pytest.mark.parametrize(
    ("day", "label"),
    [(date(2026, 1, 1), "2026-K1"), (date(2026, 3, 31), "2026-K1"), (date(2026, 4, 1), "2026-K2"),
     (date(2025, 12, 31), "2025-K4"), (None, None)],
)  # fmt: skip
def test_a_date_becomes_its_quarter(day, label):
    assert quarters(column([day], pa.date32()), "datum").to_pylist() == [label]


def test_a_date_that_came_as_text_is_refused_without_its_value():
    with pytest.raises(PolicyRefused) as refusal:
        quarters(column(["12-03-1956"]), "datum")
    assert "1956" not in str(refusal.value)


def test_a_postcode_becomes_its_first_two_digits():
    assert postcode_areas(column(["1234 AB", " 9876zz", "AB", None])).to_pylist() == ["12", "98", None, None]


def test_weights_that_few_people_share_lose_their_decimals():
    weights = column([0.8765] * 10 + [1.2345] * 9)
    rounded = rounded_weights(weights, "gewicht", rare_below=10)
    assert rounded.type == pa.decimal128(18, 6)
    assert set(rounded.to_pylist()) == {Decimal("0.8765"), Decimal("1.2")}


@pytest.mark.parametrize(("weight", "rounded"), [("0.04", "0.1"), ("0.15", "0.2"), ("0.25", "0.2"), ("0", "0")])
def test_a_rare_weight_is_rounded_half_to_even_and_never_to_nobody(weight, rounded):
    values = column([Decimal(weight)], pa.decimal128(18, 6))
    assert rounded_weights(values, "gewicht", rare_below=10).to_pylist() == [Decimal(rounded)]


def test_no_weight_stays_no_weight():
    assert rounded_weights(column([None, None], pa.float64()), "gewicht", rare_below=10).to_pylist() == [None, None]


def test_words_where_numbers_were_agreed_are_refused_without_the_words():
    with pytest.raises(PolicyRefused) as refusal:
        rounded_weights(column(["Sanne"]), "gewicht", rare_below=10)
    assert "Sanne" not in str(refusal.value)


def test_generalise_without_saying_how_is_refused():
    wijk = Column.model_validate({"class": "quasi", "type": "category"})
    with pytest.raises(PolicyRefused, match="hoe grof"):
        generalised(column(["Zuid"]), "wijk", wijk, ColumnRule(do=Treatment.GENERALISE))
