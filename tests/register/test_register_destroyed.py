"""What was destroyed cannot be read any more: not from a zone, not from a backup, not from the register or its log."""

import shutil
from pathlib import Path

import pytest

from domain.errors import KeyRefused
from register import deliveries, retention
from register.actors import SYSTEM
from register.retention import Kept, Zone
from register.store import Register, empty_log, open_register
from storage.atomic import erase, write_atomic
from storage.envelope import seal, unseal
from storage.keyring import Keyring
from storage.master import FileMaster
from tests.register import road
from tests.register.conftest import SIGNER, Clock
from tests.register.people import EIGENAAR, OFFICER, STEWARD

SECRET = b"respondent Truus Voorbeeld, Lindelaan 12"


class Home:
    """A vault, its keys, and copies of both kinds of backup."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.vault = folder, folder / "vault"
        self.keyring = Keyring(folder / "keys", FileMaster.create(folder / "keys" / "master.key"))
        self.scope = road.key().scope
        self.keyring.ensure_scope("GM9001", self.scope)
        with self.keyring.new_data_key("GM9001", self.scope, "vault") as self.data_key:
            write_atomic(self.vault / "object.bin", seal(SECRET, self.data_key.key, "object"))

    def destroy(self, kept: Kept) -> None:
        """The key first, then the object."""
        if kept.zone is Zone.KEYS:
            self.keyring.destroy_scope(kept.area, kept.scope)
        elif kept.data_key:
            self.keyring.destroy_data_key(kept.area, kept.data_key)
            erase(self.vault / "object.bin")

    def read(self, copy: Path) -> bytes:
        """As anybody with the whole home and this copy of the object could."""
        return unseal(copy.read_bytes(), self.keyring.data_key("GM9001", self.data_key.id), "object")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def destroyed(register: Register, home: Home, clock: Clock) -> None:
    manifest = {"gemeenten": ["GM9001"], "notice": "kenmerk-dat-weg-mag"}
    row = deliveries.NewDelivery(road.key(), "f", 1, "object.bin", home.data_key.id, manifest)
    deliveries.accept(register, row, by=SYSTEM)
    clock.pass_(days=185)
    objects = [one.kept for one in retention.due(register, clock.now)]
    assert {one.zone for one in objects} == {Zone.RAW, Zone.KEYS}
    proposal = retention.propose(register, "GM9001", objects, by=STEWARD)
    for signer in (OFFICER, EIGENAAR):
        retention.sign(register, proposal.id, seen=proposal.content_hash, by=signer)
    retention.carry_out(register, proposal.id, home)


def test_a_backup_of_the_data_is_unreadable_too(register: Register, home: Home, clock: Clock) -> None:
    copy = Path(shutil.copy(home.vault / "object.bin", home.folder / "backup.bin"))
    assert home.read(copy) == SECRET
    destroyed(register, home, clock)
    assert not (home.vault / "object.bin").exists()
    with pytest.raises(KeyRefused, match="vernietigd"):
        home.read(copy)


def test_no_pseudonym_of_the_scope_can_be_made_again(register: Register, home: Home, clock: Clock) -> None:
    assert len(home.keyring.purpose_key("GM9001", home.scope, "pseudonym")) == 32
    destroyed(register, home, clock)
    with pytest.raises(KeyRefused):
        home.keyring.purpose_key("GM9001", home.scope, "pseudonym")


def test_erased_rows_are_not_left_in_file_or_log(tmp_path: Path) -> None:
    register = open_register(f"sqlite:///{tmp_path / 'register.db'}", signer=SIGNER)
    road.delivered(register, road.key(), manifest={"notice": "kenmerk-dat-weg-mag"})
    assert found(tmp_path, b"kenmerk-dat-weg-mag")
    with register.bookkeeping() as writing:
        writing.connection.exec_driver_sql("delete from deliveries")
    empty_log(register)
    assert not found(tmp_path, b"kenmerk-dat-weg-mag")
    register.close()


def found(folder: Path, words: bytes) -> bool:
    return any(words in path.read_bytes() for path in folder.glob("register.db*"))
