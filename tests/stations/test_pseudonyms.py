"""Pseudonyms: the same person the same, another scope or key another, and nothing without the key."""

import hashlib
import hmac
from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymisation.pseudonyms import (
    content_digest,
    pseudonym,
    pseudonym_scope,
    pseudonymise_column,
    random_ids,
    receipt_column,
    receipt_pseudonym,
)
from domain.delivery import DeliveryKey
from tests.stations.small import KEY, manifest

SCOPE = "GM9001/ceo_wmo/2026"
OTHER_KEY = bytes(reversed(KEY))
identifiers = st.text(min_size=1).filter(lambda text: text.split())


@pytest.mark.parametrize("written", ["R-0012", " r-0012", "R - 0012 ", "r-\t0012", "Ｒ-0012", "R\u00a0-0012"])
def test_spaces_case_and_wide_signs_do_not_matter(written):
    assert pseudonym(written, key=KEY, scope=SCOPE) == pseudonym("R-0012", key=KEY, scope=SCOPE)


def test_another_number_scope_or_key_is_another_pseudonym():
    all_ = {
        pseudonym("12", key=KEY, scope=SCOPE),
        pseudonym("012", key=KEY, scope=SCOPE),
        pseudonym("12", key=KEY, scope="GM9001/ceo_wmo/2027"),
        pseudonym("12", key=OTHER_KEY, scope=SCOPE),
        receipt_pseudonym("12", key=KEY, scope=SCOPE),
    }
    assert len(all_) == 5


def test_scope_and_number_cannot_be_shifted_into_each_other():
    assert pseudonym("1/2", key=KEY, scope="a") != pseudonym("2", key=KEY, scope="a/1")


@pytest.mark.parametrize("key", [bytes(32), bytes(range(64)), bytes(range(100))])
def test_it_is_hmac_sha256(key):
    expected = hmac.new(key, b"person\0" + SCOPE.encode() + b"\0r1", hashlib.sha256).hexdigest()[:32]
    assert pseudonym("R1", key=key, scope=SCOPE) == expected


def test_a_short_key_and_an_empty_number_are_refused():
    with pytest.raises(ValueError, match="32 bytes"):
        pseudonym("r1", key=bytes(31), scope=SCOPE)
    with pytest.raises(ValueError, match="empty"):
        pseudonym(" \t", key=KEY, scope=SCOPE)
    with pytest.raises(ValueError, match="empty"):
        receipt_pseudonym(" - ", key=KEY, scope=SCOPE)


@settings(deadline=None)  # the first call imports pandas
@given(st.lists(st.none() | identifiers))
def test_a_column_holds_the_pseudonym_of_every_value(values):
    column = pa.chunked_array([pa.array(values, pa.string())])
    expected = [value and pseudonym(value, key=KEY, scope=SCOPE) for value in values]
    assert pseudonymise_column(column, key=KEY, scope=SCOPE).to_pylist() == expected


@pytest.mark.parametrize("times", [1, 20])
def test_however_often_a_value_comes_back_and_the_column_is_cut(times):
    values = ["R1", None, " r-2", "Ｒ3", "", "R4"] * times
    cut = pa.chunked_array([pa.array(values[:2], pa.string()), pa.array(values[2:], pa.string())])
    expected = [pseudonym(value, key=KEY, scope=SCOPE) if value else None for value in values]
    assert pseudonymise_column(cut, key=KEY, scope=SCOPE).to_pylist() == expected


@given(identifiers)
def test_thirty_two_hex_characters_that_hold_nothing_of_the_number(identifier):
    made = pseudonym(identifier, key=KEY, scope=SCOPE)
    assert len(made) == 32
    assert set(made) <= set("0123456789abcdef")


@pytest.mark.parametrize("values", [[1, 2, 1, None], ["1", "2", "1", None], ["1", " 2", "1 ", ""]])
def test_numbers_and_texts_give_the_same(values):
    kind = pa.int64() if isinstance(values[0], int) else pa.string()
    made = pseudonymise_column(pa.chunked_array([pa.array(values, kind)]), key=KEY, scope=SCOPE).to_pylist()
    assert made == [*(pseudonym(text, key=KEY, scope=SCOPE) for text in ("1", "2", "1")), None]


def test_a_receipt_is_typed_over_with_or_without_dashes():
    column = receipt_column(pa.chunked_array([["AB12-CD34", "ab12cd34", "AB12 CD34", None, "-"]]), key=KEY, scope=SCOPE)
    made = receipt_pseudonym("ab12cd34", key=KEY, scope=SCOPE)
    assert column.to_pylist() == [made, made, made, None, None]


def test_ids_without_number_are_the_same_in_a_second_run_and_different_per_row_and_content():
    first = random_ids(50, key=KEY, scope=SCOPE, content=b"a").to_pylist()
    assert first == random_ids(50, key=KEY, scope=SCOPE, content=b"a").to_pylist()
    assert len(set(first)) == 50
    for other in ({"content": b"b"}, {"key": OTHER_KEY}, {"scope": "GM9002/ceo_wmo/2026"}):
        again = random_ids(50, **({"key": KEY, "scope": SCOPE, "content": b"a"} | other)).to_pylist()
        assert not set(first) & set(again)


def test_the_digest_is_of_values_not_of_how_they_are_cut():
    whole = pa.table({"a": [1, None, 3], "b": ["x", "y", None]})
    cut = pa.concat_tables([whole.slice(0, 1), whole.slice(1)])
    assert content_digest([("rows", whole)]) == content_digest([("rows", cut)])
    assert content_digest([("rows", whole)]) != content_digest([("rows", whole.slice(1))])


def test_only_a_panel_with_an_end_date_is_linked_over_metingen():
    key = DeliveryKey("GM9001", "klantenpanel", "2026", "client")
    once = manifest("klantenpanel", "klantenpanel@1.0")
    panel = manifest("klantenpanel", "klantenpanel@1.0", link_scope="panel", panel_until=date(2027, 1, 1))
    assert pseudonym_scope(key, once) == "GM9001/klantenpanel/2026"
    assert pseudonym_scope(key, panel) == "GM9001/klantenpanel/panel"
