"""A planted name, phone and address stand nowhere in clear text: not in what is kept, not in what is said."""

from pathlib import Path

import pytest

from domain.delivery import DeliveryKey
from domain.records import RawRecords
from domain.vocabulary import DeliveryState
from ingest import vault
from pipelines.staging import files_of, read_staging
from register import deliveries, verdicts
from storage.canonical import fingerprint
from tests.road import canary
from tests.road.conftest import Walked
from tests.road.small_road import METING, RELEASE, opened


def test_the_search_finds_a_canary_in_every_kind_of_file(tmp_path: Path) -> None:
    import duckdb
    import pyarrow as pa
    import pyarrow.parquet as pq

    names = pa.table({"naam": [canary.NAME] * 50})
    pq.write_table(names, tmp_path / "a.parquet", compression="zstd")
    with duckdb.connect(str(tmp_path / "b.duckdb")) as connection:
        connection.execute("create table t as select * from names")
    (tmp_path / "c.log").write_text(f"bel {canary.PHONE}")
    (tmp_path / "d.txt").write_bytes(canary.STREET.encode("utf-16-le"))
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "e.csv").write_text(canary.NAME)
    assert set(canary.leaks(tmp_path)) == {"a.parquet", "b.duckdb", "c.log", "d.txt"}


PLANTED = {
    "ceo_wmo": "client", "klantreis": "client", "klantreis_transcript": "client", "verhaal": "inwoner",
    "klantenpanel": "client",
}  # fmt: skip


@pytest.mark.parametrize("instrument", PLANTED)
def test_the_canaries_came_in(walked: Walked, instrument: str) -> None:
    """Else the searches below prove nothing: the vault holds them, and the deliveries passed the gate."""
    with opened(walked.home) as house:
        found = {str(key): row for key, row in deliveries.current_many(house.register).items()}
        row = found[f"GM9001.{instrument}.{METING}.{PLANTED[instrument]}"]
        raw = vault.load(
            vault.vault_object("GM9001", row.vault_object or "", row.data_key or "", house.places), house.keyring
        )
        wanted = {"quorvix", "zwanenbliksum", "vlinderstruikhof", "19283746", "kanarieresp"}
        assert canary.traces_in(_text(raw)) >= wanted
        assert all(verdict.passed for verdict in verdicts.latest_many(house.register).values())


def test_nothing_below_the_home_holds_it(walked: Walked) -> None:
    assert (walked.places.published / f"{RELEASE}.duckdb").exists()
    assert canary.leaks(walked.home) == {}


def test_nothing_held_it_while_the_release_waited_for_approval(walked: Walked) -> None:
    assert walked.before_publication == {}


def test_nobody_logged_or_printed_it(walked: Walked) -> None:
    assert "dagster" in walked.said.lower()
    assert canary.traces_in(walked.said) == set()


def test_every_refusal_has_a_reason_without_it(walked: Walked) -> None:
    with opened(walked.home) as house:
        refused = [r for r in deliveries.list_all(house.register) if r.state is DeliveryState.QUARANTINED]
    assert len(refused) == walked.refused
    assert all(len(row.reason) > 20 for row in refused)
    assert canary.traces_in(" ".join(row.reason + row.source + row.name for row in refused)) == set()


def test_a_folder_is_not_to_be_guessed_by_its_label(walked: Walked) -> None:
    """Who guesses that a folder was named after somebody could try names until a plain hash fits."""
    with opened(walked.home) as house:
        labels = {row.source for row in deliveries.list_all(house.register)}
    assert {f"GM9001 zending {fingerprint(name)[:8]}" for name in (f"van {canary.NAME}", "klantreis")} & labels == set()


@pytest.mark.parametrize("instrument", PLANTED)
def test_the_opened_staging_does_not_hold_it_either(walked: Walked, instrument: str) -> None:
    """Own identifying columns are searched for in the texts of their row, however unusual the name."""
    with opened(walked.home) as house:
        key = DeliveryKey("GM9001", instrument, METING, PLANTED[instrument])
        (file,) = files_of(house.places.checked_of("GM9001"), key)
        records, _ = read_staging(file, house.keyring, codebook="")
    texts = {
        column: canary.traces_in(str(table[column].to_pylist()))
        for table in records.tables.values()
        for column in table.column_names
        if column not in ("wijk", "aanbieder")
    }
    assert {column: hits for column, hits in texts.items() if hits} == {}


def _text(raw: RawRecords) -> str:
    return " ".join(str(table.to_pydict()) for table in raw.tables.values())
