"""Words in a register: sealed, and not to be guessed by their fingerprint."""

from pathlib import Path

import pytest

from storage.keyring import Keyring
from storage.master import FileMaster
from storage.sealed_text import open_text, seal_text


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    return Keyring(tmp_path / "keys", FileMaster.create(tmp_path / "master.key"))


def test_words_come_back_and_stand_nowhere(keyring):
    content, _ = seal_text(keyring, "GM9001", "nakijken/regels", {"word": "verzonnen"})
    assert "verzonnen" not in content
    assert open_text(keyring, "GM9001", content) == {"word": "verzonnen"}


def test_the_same_words_have_another_fingerprint(keyring):
    marks = {seal_text(keyring, "GM9001", "nakijken/regels", {"word": "jan"})[1] for _ in range(3)}
    assert len(marks) == 3


def test_with_their_key_the_words_are_gone(keyring):
    content, _ = seal_text(keyring, "GM9001", "nakijken/regels", {"word": "jan"})
    keyring.destroy_data_key("GM9001", content.partition(".")[0])
    assert open_text(keyring, "GM9001", content) is None
