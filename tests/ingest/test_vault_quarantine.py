"""What is accepted lies sealed in the vault; what is refused lies sealed in quarantine, whole, for 14 days."""

import datetime as dt
import os

import pytest

from domain.errors import InputRejected, KeyRefused
from ingest import quarantine, vault
from ingest.intake import content_fingerprint
from storage.keyring import Keyring
from storage.master import FileMaster
from storage.places import Places

from .conftest import TODAY, as_csv, ceo_rows, journey_files

NAME = "Wilhelmina Zandersnor"


@pytest.fixture
def house(tmp_path):
    places = Places(tmp_path / "home")
    places.create()
    return places, Keyring(places.keys, FileMaster.create(tmp_path / "master.key"))


@pytest.fixture
def accepted(deliver, read):
    folder = deliver({"ceo.csv": as_csv(ceo_rows(6, toelichting=[NAME] * 6, ontvangstcode=list("abcdef")))})
    return folder, read(folder).records[0]


def stored(accepted, house):
    folder, records = accepted
    return vault.store(records, *house, content=content_fingerprint(folder, b"k" * 32))


def test_what_was_stored_comes_back_the_same(accepted, house):
    kept = stored(accepted, house)
    back = vault.load(kept, house[1])
    assert (back.key, back.codebook, back.manifest) == (accepted[1].key, accepted[1].codebook, accepted[1].manifest)
    assert back.tables["rows"].equals(accepted[1].tables["rows"])


def test_nothing_readable_lies_on_disk(accepted, house):
    stored(accepted, house)
    for path in house[0].home.rglob("*"):
        assert not path.is_file() or NAME.encode() not in path.read_bytes()
        assert NAME not in path.name


def test_the_register_can_name_an_object_again(accepted, house):
    kept = stored(accepted, house)
    assert vault.vault_object(kept.area, kept.id, kept.data_key_id, house[0]) == kept


def test_storing_the_same_again_leaves_the_first_object_alone(accepted, house):
    first, second = stored(accepted, house), stored(accepted, house)
    assert first.id == second.id
    assert first.path != second.path
    vault.destroy(second, house[1])
    assert vault.load(first, house[1]).rows == 6


def test_a_destroyed_object_cannot_be_read_from_a_copy(accepted, house, tmp_path):
    kept = stored(accepted, house)
    copy = tmp_path / "backup"
    copy.write_bytes(kept.path.read_bytes())
    vault.destroy(kept, house[1])
    vault.destroy(kept, house[1])
    kept.path.write_bytes(copy.read_bytes())
    with pytest.raises(KeyRefused):
        vault.load(kept, house[1])


def test_a_person_is_left_out_of_a_new_object_and_the_old_one_waits(accepted, house):
    kept = stored(accepted, house)
    smaller, removed = vault.rewrite_without(kept, *house, column="respondent", gone=lambda name: name == "R002")
    assert (removed, vault.load(smaller, house[1]).rows, vault.load(kept, house[1]).rows) == (1, 5, 6)
    vault.destroy(kept, house[1])
    again, removed = vault.rewrite_without(smaller, *house, column="respondent", gone=lambda name: name == "R002")
    assert (again, removed) == (smaller, 0)


def test_a_person_can_be_found_by_code_and_leaves_every_table(deliver, read, house):
    files, fields = journey_files()
    records = read(deliver(files, **fields)).records[0]
    kept = vault.store(records, *house, content="x")
    smaller, removed = vault.rewrite_without(
        kept, *house, column="ontvangstcode", gone=lambda code: code == "c1", person="journey"
    )
    back = vault.load(smaller, house[1])
    assert removed == 2
    assert set(back.tables["rows"].column("journey").to_pylist()) == {"R2"}
    assert set(back.tables["aspects"].column("journey").to_pylist()) == {"R2"}


def test_what_a_kill_left_behind_is_swept(accepted, house):
    kept, orphan = stored(accepted, house), stored(accepted, house)
    assert vault.sweep("GM9001", {kept.data_key_id}, *house) == 1
    assert not orphan.path.exists()
    assert vault.load(kept, house[1]).rows == 6
    assert vault.sweep("GM9099", set(), *house) == 0


def test_the_original_is_erased(accepted):
    folder, _ = accepted
    vault.erase_original(folder)
    vault.erase_original(folder)
    assert not folder.exists()


def test_a_refused_folder_is_sealed_whole_and_can_come_back(deliver, house, tmp_path):
    folder = deliver({"ceo.csv": as_csv(ceo_rows(3, toelichting=[NAME] * 3)), f"{NAME}.csv": "x"})
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    item = quarantine.put_away(folder, "GM9001", *house, TODAY)
    assert not folder.exists()
    assert NAME.encode() not in item.path.read_bytes()
    assert quarantine.waiting("GM9001", house[0]) == [item]
    assert quarantine.file_of(item, "ceo.csv", house[1]) == before["ceo.csv"]
    back = quarantine.give_back(item, tmp_path / "terug", house[1])
    assert {path.name: path.read_bytes() for path in back.iterdir()} == before
    assert {path.stat().st_mode & 0o77 for path in (back, *back.iterdir())} == {0}


def test_a_refused_folder_of_any_size_and_name_is_sealed(deliver, house, tmp_path, monkeypatch):
    monkeypatch.setattr("ingest.quarantine.PIECE", 1_000)  # AES-GCM takes at most 2 GB at once
    folder = deliver({"ceo.csv": b"0123456789" * 1_234, "leeg.csv": b""})
    (folder / "map").mkdir()
    (folder / "map" / os.fsdecode(b"Ren\xe9e.csv")).write_text("x")
    before = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    item = quarantine.put_away(folder, "GM9001", *house, TODAY)
    back = quarantine.give_back(item, tmp_path / "terug", house[1])
    assert {path.relative_to(back): path.read_bytes() for path in back.rglob("*") if path.is_file()} == before


def test_quarantine_is_emptied_after_fourteen_days(deliver, house, tmp_path):
    item = quarantine.put_away(deliver({"ceo.csv": "x"}), "GM9001", *house, TODAY)
    assert quarantine.empty(*house, TODAY + dt.timedelta(days=13)) == {}
    assert quarantine.empty(*house, TODAY + dt.timedelta(days=14)) == {"GM9001": 1}
    assert not item.path.exists()
    with pytest.raises(KeyRefused):
        quarantine.give_back(item, tmp_path / "terug", house[1])


def test_giving_back_never_overwrites(deliver, house, tmp_path):
    item = quarantine.put_away(deliver({"ceo.csv": "x"}), "GM9001", *house, TODAY)
    with pytest.raises(InputRejected, match="lege map"):
        quarantine.give_back(item, tmp_path, house[1])
