"""A delivered folder becomes records per key, or nothing."""

import datetime as dt
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.bands import bands_named
from domain.errors import InputRejected
from ingest.answers import WRONG, reading_of
from ingest.intake import content_fingerprint
from ingest.values import normalise
from storage.codebooks import Codebooks

from .conftest import TODAY, as_csv, ceo_rows

BOOK = Codebooks().get("ceo_wmo@2016.1")
AGE = reading_of(BOOK.rows["leeftijd"], BOOK)
BIRTH = reading_of(BOOK.rows["geboortedatum"], BOOK)


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


def test_the_officer_is_told_what_cannot_be_done_and_what_was_not_needed(deliver, read):
    numbers = read(deliver({"ceo.csv": as_csv(ceo_rows(3))})).notices
    assert [one for one in numbers if not one.startswith("de cijfers lazen wij zo:")] == []
    notices = read(deliver({"ceo.csv": as_csv(ceo_rows(3, respondent=None, email=["a@b.example"] * 3))})).notices
    assert "geen kolom 'respondent'" in notices[0]
    assert notices[-1].endswith(": email")


@given(day=st.dates(dt.date(1900, 1, 1), dt.date(2026, 11, 22)), mark=st.sampled_from("-/."))
def test_a_date_comes_back_however_it_is_written(day, mark):
    for text in (day.isoformat(), f"{day.day:02d}{mark}{day.month:02d}{mark}{day.year}", f"{day.isoformat()} 10:15"):
        assert BIRTH(text) == day


@given(cents=st.integers(100, 1000), mark=st.sampled_from(",."))
def test_a_number_comes_back_with_comma_or_point(cents, mark):
    text = f"{cents // 100}{mark}{cents % 100:02d}"
    table = pa.table({"rapportcijfer": [text, None]})
    assert normalise(table, BOOK, "rows", "x", TODAY).column("rapportcijfer").to_pylist() == [Decimal(cents) / 100]


@pytest.mark.parametrize(
    ("delivered", "number"),
    [("65-74", 65), ("65 t/m 74 jaar", 65), ("85+", 85), ("85 jaar en ouder", 85), ("18 – 44", 18), ("66", 66)],
)
def test_an_age_class_is_read_as_the_first_age_of_its_band(delivered, number):
    assert AGE(delivered) == number
    assert bands_named("leeftijd_5").label(AGE(delivered)) in ("18-44", "65-74", "85+")


def test_another_age_class_is_refused():
    assert AGE("60-70") is WRONG
