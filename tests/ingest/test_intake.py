"""A delivered folder becomes records per key, or nothing."""

import datetime as dt
from decimal import Decimal

import pyarrow as pa
import pytest

from domain.errors import InputRejected
from ingest.intake import content_fingerprint

from .conftest import as_csv, ceo_rows


def test_a_plain_delivery_gives_one_key(deliver, read):
    intake = read(deliver({"ceo.csv": as_csv(ceo_rows(12))}))
    assert intake.counts == {"GM9001.ceo_wmo.2026.client": 12}
    assert intake.records[0].manifest.notice == "informatiebrief-2026-01"


def test_values_come_out_in_codes_and_types(deliver, read):
    rows = ceo_rows(
        3,
        ceo01_vindbaarheid=["Helemaal mee eens", "1 = helemaal mee eens", "3,0"],
        geslacht=["Man", "V", "#LEEG!"],
        gewicht=["1,25", "0.5", " "],
        geboortedatum=["31-12-1950", "1/2/1960", "1970-03-04"],
        toestemming_hercontact=["JA", "0", ""],
        toelichting=["  goed geholpen ", "n.v.t.", "Niets; prima"],
    )
    table = read(deliver({"ceo.csv": as_csv(rows)})).records[0].tables["rows"]
    assert table.column("ceo01_vindbaarheid").to_pylist() == ["1", "1", "3"]
    assert table.column("geslacht").to_pylist() == ["m", "v", None]
    assert table.column("gewicht").to_pylist() == [Decimal("1.250000"), Decimal("0.500000"), None]
    assert table.column("geboortedatum").to_pylist() == [
        dt.date(1950, 12, 31),
        dt.date(1960, 2, 1),
        dt.date(1970, 3, 4),
    ]
    assert table.column("toestemming_hercontact").to_pylist() == ["ja", "nee", None]
    assert table.column("toelichting").to_pylist() == ["goed geholpen", None, "Niets; prima"]
    assert table.schema.field("leeftijd").type == pa.int64()


def test_per_row_splits_by_gemeente_and_doelgroep(deliver, read):
    rows = ceo_rows(6, gemeente=["GM9001", "9002", "gm9001", "GM9002", "GM9001", "GM9002"])
    rows["doelgroep"] = ["client"] * 5 + ["vertegenwoordiger"]
    figures = {"invited": "onbekend", "population": "onbekend", "steekproef": "allen"}
    folder = deliver(
        {"ceo.csv": as_csv(rows)},
        gemeenten=["GM9001", "GM9002"],
        per_row=True,
        doelgroepen={"client": figures, "vertegenwoordiger": figures},
    )
    assert read(folder).counts == {
        "GM9001.ceo_wmo.2026.client": 3,
        "GM9002.ceo_wmo.2026.client": 2,
        "GM9002.ceo_wmo.2026.vertegenwoordiger": 1,
    }


def test_respondent_numbers_may_begin_again_in_another_gemeente(deliver, read):
    rows = ceo_rows(4, respondent=[1, 2, 1, 2], gemeente=["GM9001", "GM9001", "GM9002", "GM9002"])
    assert read(deliver({"ceo.csv": as_csv(rows)}, gemeenten=["GM9001", "GM9002"], per_row=True)).rows == 4
    with pytest.raises(InputRejected, match="dezelfde 'respondent'"):
        read(
            deliver({"ceo.csv": as_csv(rows)}, gemeenten=["GM9001", "GM9002"], verband={"code": "SV9001", "name": "x"})
        )


def test_the_same_bytes_have_the_same_fingerprint_and_one_byte_changes_it(deliver):
    folder = deliver({"ceo.csv": as_csv(ceo_rows(3))})
    first = content_fingerprint(folder, b"k" * 32)
    assert content_fingerprint(folder, b"k" * 32) == first
    assert content_fingerprint(folder, b"l" * 32) != first
    (folder / "ceo.csv").write_bytes((folder / "ceo.csv").read_bytes() + b" ")
    assert content_fingerprint(folder, b"k" * 32) != first
