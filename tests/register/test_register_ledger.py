"""The ledger: every act leaves a line, and whoever touches one byte is found."""

import traceback
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from domain.errors import CannotCheck, KeyRefused
from register import ledger
from register.actors import SYSTEM
from register.signing import Signer
from register.store import Register, open_register


def write(register: Register, lines: int) -> None:
    with register.act() as writing:
        for number in range(lines):
            writing.log(SYSTEM, "system.note", {"number": number})


def test_a_whole_ledger_verifies(register: Register) -> None:
    write(register, 3)
    write(register, 2)
    found = ledger.verify(register, public_key=register.signer.public_key)
    assert (found.ok, found.lines, found.first_broken) == (True, 5, None)


def test_an_act_without_a_line_is_not_saved(register: Register) -> None:
    with pytest.raises(CannotCheck), register.act() as writing:
        writing.connection.execute(text("insert into settings (name, value) values ('x', 'y')"))
    with register.read() as connection:
        assert connection.execute(text("select count(*) from settings where name = 'x'")).scalar() == 0


def test_without_the_signing_key_nothing_is_written(register_url: str) -> None:
    unsigned = open_register(register_url)
    with pytest.raises(KeyRefused, match="sleutel van het logboek"):
        write(unsigned, 1)
    unsigned.close()


def test_a_head_signed_by_somebody_else_is_found(register: Register) -> None:
    write(register, 2)
    assert not ledger.verify(register, public_key=Signer.new().public_key).ok


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("delete from ledger where seq = 2", 2),
        ("delete from ledger where seq = 4", 4),
        ("update ledger set body = (select body from ledger where seq = 1) where seq = 3", 3),
        ("update ledger set hash = (select hash from ledger where seq = 1) where seq = 3", 3),
        ("delete from ledger_head", 1),
        ("update ledger_head set at = '2020'", 5),
        ("update ledger_head set lines = 3", 5),
    ],
)
def test_tampering_in_the_register_is_found(register: Register, statement: str, broken: int) -> None:
    write(register, 4)
    with register.bookkeeping() as writing:
        writing.connection.execute(text(statement))
    found = ledger.verify(register)
    assert (found.ok, found.first_broken) == (False, broken)


def test_a_ledger_put_back_in_time_is_found_with_an_earlier_export(register: Register, tmp_path: Path) -> None:
    write(register, 3)
    with register.read() as connection:
        old = connection.execute(text("select lines, hash, signature, at from ledger_head")).one()
    write(register, 2)
    anchor = tmp_path / "bewaard.jsonl"
    ledger.export(register, anchor)
    write(register, 1)
    assert ledger.verify(register, anchor=anchor).ok
    with register.bookkeeping() as writing:
        writing.connection.execute(text("delete from ledger where seq > 3"))
        statement = text("update ledger_head set lines = :lines, hash = :hash, signature = :signature, at = :at")
        writing.connection.execute(statement, dict(old._mapping))
    assert ledger.verify(register).ok
    found = ledger.verify(register, anchor=anchor)
    assert (found.ok, found.first_broken) == (False, 4)


def test_an_act_in_an_act_is_refused(register: Register) -> None:
    with pytest.raises(CannotCheck, match="handeling in een andere"), register.act():
        write(register, 1)
    assert ledger.verify(register).lines == 0


def test_a_failing_database_does_not_show_what_was_written(register: Register) -> None:
    statement = text("insert into settings (name, value) values (:name, 'x')")
    with pytest.raises(CannotCheck) as refusal, register.bookkeeping() as writing:
        writing.connection.execute(statement, [{"name": "Truus Voorbeeld"}] * 2)
    assert "Truus" not in "".join(traceback.format_exception(refusal.value))
    assert refusal.value.__suppress_context__


def exported(register: Register, path: Path) -> bytes:
    write(register, 6)
    assert ledger.export(register, path) == 6
    assert ledger.verify(path).ok
    return path.read_bytes()


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_flipping_any_byte_of_an_export_is_found(register: Register, tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "logboek.jsonl"
    content = path.read_bytes() if path.exists() else exported(register, path)
    at = data.draw(st.integers(0, len(content) - 1))
    flip = data.draw(st.integers(1, 255))
    other = tmp_path / "anders.jsonl"
    other.write_bytes(content[:at] + bytes([content[at] ^ flip]) + content[at + 1 :])
    found = ledger.verify(other)
    line = content[:at].count(b"\n")
    assert not found.ok
    assert found.first_broken is not None
    assert line == 0 or found.first_broken == line


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.data())
def test_dropping_swapping_and_truncating_are_found(register: Register, tmp_path: Path, cut: st.DataObject) -> None:
    path = tmp_path / "logboek.jsonl"
    content = path.read_bytes() if path.exists() else exported(register, path)
    lines = content.splitlines(keepends=True)
    first, second = sorted(cut.draw(st.lists(st.integers(1, 6), min_size=2, max_size=2, unique=True)))
    swapped = lines.copy()
    swapped[first], swapped[second] = swapped[second], swapped[first]
    for changed in (lines[:first] + lines[first + 1 :], swapped, lines[:second]):
        other = tmp_path / "anders.jsonl"
        other.write_bytes(b"".join(changed))
        assert not ledger.verify(other).ok
    other.write_bytes(content[: cut.draw(st.integers(1, len(content) - 1))])
    assert not ledger.verify(other).ok
