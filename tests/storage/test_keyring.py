import base64
import os
from pathlib import Path

import pytest

from domain.errors import KeyRefused
from storage.keyring import Keyring
from storage.master import EnvMaster, FileMaster

SCOPE = "GM9001/ceo_wmo/2026"


@pytest.fixture
def keyring(tmp_path):
    ring = Keyring(tmp_path / "keys", EnvMaster(base64.b64encode(bytes(32)).decode()))
    ring.ensure_scope("GM9001", SCOPE)
    return ring


def test_a_purpose_key_is_stable_and_differs_per_purpose_and_scope(keyring):
    keyring.ensure_scope("GM9001", "GM9001/ceo_wmo/2027")
    first = keyring.purpose_key("GM9001", SCOPE, "pseudonym")
    assert first == keyring.purpose_key("GM9001", SCOPE, "pseudonym")
    assert first != keyring.purpose_key("GM9001", SCOPE, "vault")
    assert first != keyring.purpose_key("GM9001", "GM9001/ceo_wmo/2027", "pseudonym")


def test_a_second_ensure_keeps_the_secret(keyring):
    before = keyring.purpose_key("GM9001", SCOPE, "pseudonym")
    keyring.ensure_scope("GM9001", SCOPE)
    assert keyring.purpose_key("GM9001", SCOPE, "pseudonym") == before


def test_of_two_processes_at_once_the_first_secret_stays(keyring, monkeypatch):
    """Else pseudonyms that one of them already made would hang on a secret that is gone."""
    before = keyring.purpose_key("GM9001", SCOPE, "pseudonym")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "exists", lambda _: False)  # the other one had not written it yet when we looked
        keyring.ensure_scope("GM9001", SCOPE)
    assert keyring.purpose_key("GM9001", SCOPE, "pseudonym") == before
    assert not list(keyring.folder.rglob(".*.part"))


def stored_key(keyring, purpose):
    with keyring.new_data_key("GM9001", SCOPE, purpose) as data_key:
        return data_key


def test_a_key_is_stored_after_the_object_it_is_for(keyring, tmp_path):
    with keyring.new_data_key("GM9001", SCOPE, "vault") as data_key:
        assert not list(keyring.folder.rglob("*.key"))
    assert keyring.data_key("GM9001", data_key.id) == data_key.key
    with pytest.raises(FileNotFoundError), keyring.new_data_key("GM9001", SCOPE, "vault"):
        (tmp_path / "nowhere" / "object").write_bytes(b"")
    assert [path.stem for path in keyring.folder.rglob("*.key")] == [data_key.id]


def test_a_destroyed_scope_takes_its_data_keys_along(keyring):
    data_key = stored_key(keyring, "vault")
    keyring.destroy_scope("GM9001", SCOPE)
    assert not keyring.has_scope("GM9001", SCOPE)
    with pytest.raises(KeyRefused):
        keyring.data_key("GM9001", data_key.id)


def test_each_secret_ends_exactly_what_hangs_on_it(keyring):
    kept = {purpose: stored_key(keyring, purpose) for purpose in ("vault", "review", "staging")}
    keyring.destroy_scope("GM9001", SCOPE)
    for purpose in ("pseudonym", "surrogate", "vault", "review"):
        with pytest.raises(KeyRefused, match="vernietigd"):
            keyring.purpose_key("GM9001", SCOPE, purpose)
    for purpose in ("vault", "review"):
        with pytest.raises(KeyRefused):
            keyring.data_key("GM9001", kept[purpose].id)
    assert keyring.data_key("GM9001", kept["staging"].id) == kept["staging"].key
    keyring.destroy_staging("GM9001", SCOPE)
    with pytest.raises(KeyRefused):
        keyring.data_key("GM9001", kept["staging"].id)


def test_a_destroyed_scope_never_gets_a_new_secret(keyring):
    for _ in range(2):
        keyring.destroy_scope("GM9001", SCOPE)
        with pytest.raises(KeyRefused, match="niets meer binnenkomen"):
            keyring.ensure_scope("GM9001", SCOPE)
    assert keyring.scopes() == []


def test_a_destroyed_data_key_cannot_be_had_again(keyring):
    data_key = stored_key(keyring, "staging")
    assert keyring.data_key("GM9001", data_key.id) == data_key.key
    keyring.destroy_data_key("GM9001", data_key.id)
    with pytest.raises(KeyRefused):
        keyring.data_key("GM9001", data_key.id)


def test_rotating_the_master_keeps_what_it_wraps(keyring):
    before = keyring.purpose_key("GM9001", SCOPE, "pseudonym")
    data_key = stored_key(keyring, "vault")
    staged = stored_key(keyring, "staging")
    new = EnvMaster(base64.b64encode(os.urandom(32)).decode())
    assert keyring.rewrap(new) == 2
    assert keyring.rewrap(new) == 2, "again after a kill: nothing is left to do"
    rotated = Keyring(keyring.folder, new)
    assert rotated.purpose_key("GM9001", SCOPE, "pseudonym") == before
    assert rotated.data_key("GM9001", data_key.id) == data_key.key
    assert rotated.data_key("GM9001", staged.id) == staged.key
    with pytest.raises(KeyRefused):
        keyring.purpose_key("GM9001", SCOPE, "pseudonym")
    with pytest.raises(KeyRefused):
        keyring.rewrap(EnvMaster(base64.b64encode(os.urandom(32)).decode()))
    assert rotated.purpose_key("GM9001", SCOPE, "pseudonym") == before


def test_a_master_file_that_others_may_read_is_refused(tmp_path):
    master = FileMaster.create(tmp_path / "master.key")
    assert len(master.key()) == 32
    master.path.chmod(0o640)
    with pytest.raises(KeyRefused, match="0600"):
        master.key()


def test_a_second_master_never_overwrites_the_first(tmp_path):
    FileMaster.create(tmp_path / "master.key")
    with pytest.raises(KeyRefused):
        FileMaster.create(tmp_path / "master.key")


@pytest.mark.parametrize("text", ["", "kort", base64.b64encode(b"31 bytes is not enough, is it? ").decode()])
def test_a_master_of_another_length_is_refused(text):
    with pytest.raises(KeyRefused):
        EnvMaster(text).key()


def test_a_data_key_name_cannot_leave_its_folder(keyring):
    with pytest.raises(KeyRefused):
        keyring.data_key("GM9001", "../../secret")


def test_a_key_is_not_shown(keyring):
    data_key = stored_key(keyring, "vault")
    assert data_key.key.hex() not in repr(data_key)
    assert str(data_key.key) not in repr(data_key)
