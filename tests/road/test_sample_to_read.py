"""Every delivery puts a random sample of its cleaned texts on the officer's list: an estimate of what is left."""

import json
from types import SimpleNamespace

import pyarrow as pa
import pytest

from domain.delivery import DeliveryKey
from pipelines import evidence
from register.review import SAMPLE
from storage.codebooks import Codebooks

KEY = DeliveryKey("GM9001", "ceo_wmo", "2026", "client")


def sampled(texts: list[str | None], version: int = 1):
    column = next(name for name in Codebooks(None).get("ceo_wmo@2016.1").rows if name.startswith("toelichting"))
    records = SimpleNamespace(
        codebook="ceo_wmo@2016.1", tables={"rows": pa.table({column: pa.array(texts, pa.string())})}
    )
    house = SimpleNamespace(codebooks=Codebooks(None))
    return evidence._sampled(house, KEY, version, SimpleNamespace(records=records))


def test_no_text_no_sample():
    assert sampled([None, ""]) == []


@pytest.mark.parametrize(("texts", "read"), [(1, 1), (9, 9), (10, 10), (11, 10), (500, 10)])
def test_at_most_ten_texts_are_read(texts, read):
    rows = sampled([f"tekst {n}" for n in range(texts)])
    assert len(rows) == len({row.row for row in rows}) == read
    assert {(row.label, row.found) for row in rows} == {(SAMPLE, "")}


def test_the_same_delivery_asks_for_the_same_texts_and_a_new_version_draws_again():
    texts = [f"tekst {n}" for n in range(500)]
    first, again, corrected = sampled(texts), sampled(texts), sampled(texts, version=2)
    assert json.dumps([vars(row) for row in first]) == json.dumps([vars(row) for row in again])
    assert [row.row for row in first] != [row.row for row in corrected]


def test_dots_stand_only_where_a_text_goes_on():
    (whole,) = sampled(["a" * evidence.PIECE])
    assert whole.before == "a" * evidence.PIECE


def test_of_a_long_text_one_piece_is_read():
    (row,) = sampled(["a" * (5 * evidence.PIECE)])
    assert row.before.strip("…") == "a" * evidence.PIECE
    assert "…" in row.before
