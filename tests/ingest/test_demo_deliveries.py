"""The made-up deliveries: every instrument, every kind of file, one refused, the same bytes for the same seed."""

import datetime as dt
import os
from pathlib import Path

import pytest

from domain.errors import InputRejected
from ingest.intake import read_delivery
from storage.codebooks import Codebooks
from toegangspeil.demo import TINY, DemoDelivery, demo_gemeenten, write_ceo_deliveries, write_deliveries

TODAY = dt.date(2026, 11, 22)
CODES = {gemeente.code for gemeente in demo_gemeenten(12)}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[DemoDelivery]]:
    folder = tmp_path_factory.mktemp("demo")
    return folder, write_deliveries(folder / "inbox", local_codebooks=folder / "codebooks")


def test_every_delivery_is_taken_with_all_its_rows_except_the_awkward_one(home):
    folder, made = home
    books = Codebooks(folder / "codebooks")
    refused = []
    for delivery in made:
        try:
            intake = read_delivery(delivery.folder, codebooks=books, gemeenten=CODES, today=TODAY)
        except InputRejected as reason:
            refused.append((delivery.refused, str(reason)))
            continue
        assert (intake.rows, delivery.refused) == (delivery.rows, ""), delivery.folder.name
        assert {records.key.doelgroep for records in intake.records} == set(delivery.doelgroepen)
    assert len(refused) == 1
    assert "burgerservicenummers" in refused[0][1]


def test_every_instrument_and_every_kind_of_file_is_there(home):
    _, made = home
    shipped = {Codebooks().get(reference).instrument for reference in Codebooks().references()}
    assert {delivery.instrument for delivery in made} == shipped
    kinds = {path.suffix for delivery in made for path in delivery.folder.iterdir()} - {".yaml"}
    assert kinds == {".csv", ".xlsx", ".ods", ".sav", ".jsonl", ".docx", ".txt"}


def test_one_gemeente_is_tiny_and_two_are_a_verband(home):
    _, made = home
    assert all(delivery.rows < 10 for delivery in made if delivery.area == TINY)
    assert {delivery.meting for delivery in made if delivery.area == "SV9001"} == {"2025", "2026"}


def test_somebody_can_be_removed_by_a_code(home):
    _, made = home
    (delivery,) = (delivery for delivery in made if delivery.ontvangstcode)
    intake = read_delivery(delivery.folder, codebooks=Codebooks(), gemeenten=CODES, today=TODAY)
    assert intake.records[0].tables["rows"].column("ontvangstcode").to_pylist().count(delivery.ontvangstcode) == 1


def test_the_same_seed_gives_the_same_bytes(home, tmp_path):
    folder, _ = home
    write_deliveries(tmp_path / "inbox", local_codebooks=tmp_path / "codebooks")
    first = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    again = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert first == again


def test_another_seed_gives_other_answers(tmp_path):
    one = write_ceo_deliveries(tmp_path / "a", gemeenten=1, metingen=("2026",), rows=20)
    two = write_ceo_deliveries(tmp_path / "b", gemeenten=1, metingen=("2026",), rows=20, seed=8)
    assert (one[0].folder / "ceo.csv").read_bytes() != (two[0].folder / "ceo.csv").read_bytes()


def test_made_up_gemeenten_do_not_exist():
    made = demo_gemeenten(372)
    assert len({gemeente.name for gemeente in made}) == len({gemeente.code for gemeente in made}) == 372
    real = Path(os.environ.get("TOEGANGSPEIL_SHARED", "../shared")) / "data" / "gemeenten.csv"
    if not real.exists():
        pytest.skip("the list of real gemeenten is not here")
    names = {line.split(",")[1].casefold() for line in real.read_text(encoding="utf-8").splitlines()[1:]}
    assert not names & {gemeente.name.casefold() for gemeente in made}
