"""A disk that is full is said as it is, without the names of files; a half copy is no copy."""

import errno
import shutil
from pathlib import Path

import pytest

from domain.errors import unforeseen
from tests.commands.typed import Typed


@pytest.mark.parametrize("kind", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_not_called_a_mistake_of_ours(kind):
    said = unforeseen(OSError(kind, "No space left on device", "/elders/jan/ceo.csv"))
    assert "de schijf is vol" in said
    assert "jan" not in said


def test_another_error_of_the_system_is_told_by_kind_and_place():
    assert unforeseen(OSError(errno.EIO, "Input/output error")).startswith("onverwachte fout OSError")


def test_a_copy_that_does_not_fit_says_what_to_do(empty: Typed, tmp_path: Path, monkeypatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise shutil.Error([("/elders/jan/a", "/kopie/a", "[Errno 28] No space left on device: '/kopie/a'")])

    monkeypatch.setattr(shutil, "copytree", full)
    done = empty("backup", str(tmp_path / "kopie"))
    assert done.code == 3
    assert "wis de halve kopie en begin opnieuw" in done.err
    assert "jan" not in done.err


def test_a_copy_without_keys_says_so(empty: Typed, tmp_path: Path) -> None:
    said = empty("backup", str(tmp_path / "kopie")).out
    assert "De sleutels zijn niet meegegaan" in said
    assert "niet meegegaan" not in empty("backup", str(tmp_path / "twee"), "--keys", str(tmp_path / "sleutels")).out
