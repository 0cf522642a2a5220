"""Words in a register: sealed, and not to be guessed by their fingerprint."""

from pathlib import Path

import pytest

from storage.keyring import Keyring
from storage.master import FileMaster
from storage.sealed_text import open_text, sealed_text


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    return Keyring(tmp_path / "keys", FileMaster.create(tmp_path / "master.key"))


def written(keyring, word):
    """Content and fingerprint of a row that was written whole."""
    with sealed_text(keyring, "GM9001", "nakijken/regels", {"word": word}) as row:
        return row


def test_words_come_back_and_stand_nowhere(keyring):
    content, _ = written(keyring, "verzonnen")
    assert "verzonnen" not in content
    assert open_text(keyring, "GM9001", content) == {"word": "verzonnen"}


def test_the_same_words_have_another_fingerprint(keyring):
    assert len({written(keyring, "jan")[1] for _ in range(3)}) == 3


def test_with_their_key_the_words_are_gone(keyring):
    content, _ = written(keyring, "jan")
    keyring.destroy_data_key("GM9001", content.partition(".")[0])
    assert open_text(keyring, "GM9001", content) is None


def broken_off(keyring):
    with sealed_text(keyring, "GM9001", "nakijken/regels", {"word": "jan"}) as (content, _):
        assert open_text(keyring, "GM9001", content) is None
        raise KeyboardInterrupt


def test_a_row_that_was_not_written_leaves_no_key(keyring):
    with pytest.raises(KeyboardInterrupt):
        broken_off(keyring)
    assert not list(keyring.folder.rglob("*.key"))
