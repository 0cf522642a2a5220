"""The CSV and Parquet files of a release beside the tables of its certificate."""

from datetime import date

import pyarrow as pa
import pytest

from anonymisation.disclosure.attack.copies import attack_copies
from anonymisation.disclosure.certificate import published_hashes
from warehouse.exports import csv_bytes, parquet_bytes

TABLE = pa.table(
    {
        "area": ["GM9001", "GM9002", "NL"],
        "text": ["=som", 'een "gewone" zin, met komma', None],
        "empty": ["", None, "x"],
        "value": [40.0, 33.3, None],
        "base": pa.array([10, None, 300], pa.int64()),
        "shown": [True, False, None],
        "day": [date(2026, 11, 22), None, date(2026, 1, 1)],
    }
)
TOLD = published_hashes({"fact": TABLE})


@pytest.fixture
def folder(tmp_path):
    for kind, data in (("csv", csv_bytes(TABLE)), ("parquet", parquet_bytes(TABLE))):
        (tmp_path / kind).mkdir()
        (tmp_path / kind / f"fact.{kind}").write_bytes(data)
    return tmp_path


def found(folder):
    return [one.where for one in attack_copies(folder, TOLD, {"fact": TABLE.schema})]


def test_what_was_written_is_the_table(folder):
    assert found(folder) == []


@pytest.mark.parametrize(
    "change",
    [
        ("40", "50"),
        ("GM9002", "GM9003"),
        (",10,", ",,"),
        ("'=som", "'=min"),
        ("true", "false"),
        ("2026-11-22", "2026-11-23"),
    ],
)
def test_a_changed_value_is_found(folder, change):
    path = folder / "csv" / "fact.csv"
    before = path.read_text()
    path.write_text(before.replace(*change, 1))
    assert path.read_text() != before
    assert found(folder) == ["csv/fact.csv"]


def test_a_row_less_another_table_and_a_broken_file_are_found(folder):
    csv, parquet = folder / "csv" / "fact.csv", folder / "parquet" / "fact.parquet"
    csv.write_text("".join(csv.read_text().splitlines(keepends=True)[:-1]))
    parquet.write_bytes(parquet_bytes(TABLE.select(["area", "value"])))
    assert found(folder) == ["csv/fact.csv", "parquet/fact.parquet"]
    csv.write_bytes(b"area\nGM9001\n")
    parquet.write_bytes(b"kapot")
    assert found(folder) == ["csv/fact.csv", "parquet/fact.parquet"]


def test_a_table_that_is_not_of_the_release_is_found(folder):
    (folder / "csv" / "extra.csv").write_bytes(csv_bytes(TABLE))
    assert found(folder) == ["csv/extra.csv"]
