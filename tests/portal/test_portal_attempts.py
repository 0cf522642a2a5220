"""How often somebody may try: the same limit whether one process serves or several."""

import subprocess
import sys

import pytest

from portal.attempts import Attempts, Counting

OTHER = "import sys; from pathlib import Path; from portal.attempts import Attempts\n"
OTHER += "one = Attempts(5, 900, Path(sys.argv[1])); print(sum(one.allow('198.51.100.7') for _ in range(5)))"


@pytest.fixture(params=["memory", "file"])
def limited(request, tmp_path):
    return Attempts(3, 900, tmp_path / "x.sqlite" if request.param == "file" else None)


def test_so_many_and_no_more(limited):
    assert [limited.allow("198.51.100.7") for _ in range(5)] == [True, True, True, False, False]
    assert limited.allow("198.51.100.8")


def test_what_succeeded_does_not_count(limited):
    for _ in range(10):
        assert limited.allow("198.51.100.7")
        limited.forget("198.51.100.7")
    assert [limited.allow("198.51.100.7") for _ in range(4)] == [True, True, True, False]


def test_after_a_while_one_may_try_again(limited, monkeypatch):
    monkeypatch.setattr("portal.attempts.time.monotonic", lambda: 1000.0)
    assert [limited.allow("a") for _ in range(4)] == [True, True, True, False]
    monkeypatch.setattr("portal.attempts.time.monotonic", lambda: 1901.0)
    assert limited.allow("a")


def test_processes_that_serve_together_count_together(tmp_path):
    one = Counting(str(tmp_path)).attempts("sign-in", 5, 900)
    assert [one.allow("198.51.100.7") for _ in range(2)] == [True, True]
    done = subprocess.run(
        [sys.executable, "-c", OTHER, str(tmp_path / "sign-in.sqlite")], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "3"
    assert not one.allow("198.51.100.7")


def test_no_address_stands_in_the_file(tmp_path):
    assert Counting(str(tmp_path)).attempts("public", 5, 900).allow("198.51.100.7")
    assert b"198.51" not in (tmp_path / "public.sqlite").read_bytes()
