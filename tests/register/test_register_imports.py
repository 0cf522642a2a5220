"""Consents from a CSV, and a schema that grows."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text

from domain.consent import Said, SignedBy
from domain.errors import CannotCheck, InputRejected, WrongUsage
from domain.vocabulary import Purpose
from register import migrations, tables
from register.consent_import import read_consents
from register.store import moment_of, open_register, stamp
from register.words import text_hash
from tests.register.conftest import SIGNER

HEAD = "persoon;doel;wat;moment;getekend_door;tekst\n"
SCOPE = "GM9001/klantreis/2026"


def read(content: str) -> list:
    return read_consents(content.encode("cp1252"), SCOPE, lambda who: f"p-{len(who)}")


def test_a_csv_of_consents_is_read_without_keeping_who() -> None:
    rows = read(HEAD + "R-17;citaat_publiceren;toestemming;01-03-2026;ouder_of_voogd;Fijn geholpen.\n")
    (record,) = rows
    assert (record.purpose, record.said, record.signed_by) == (Purpose.CITAAT_PUBLICEREN, Said.CONSENT, SignedBy.PARENT)
    assert record.moment == datetime(2026, 3, 1, tzinfo=UTC)
    assert record.evidence_hash == text_hash("Fijn geholpen.")
    assert "R-17" not in repr(record)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("Truus;snoepen;toestemming;01-03-2026;;", "doel"),
        ("Truus;deelname;misschien;01-03-2026;;", "wat"),
        ("Truus;deelname;toestemming;31-02-2026;;", "moment"),
        ("Truus;deelname;toestemming;01-03-2026;buurvrouw;", "getekend_door"),
        (";deelname;toestemming;01-03-2026;;", "persoon"),
        ("Truus;deelname;toestemming;01-03-2026;;;extra", "aantal velden"),
    ],
)
def test_a_wrong_row_is_named_and_not_shown(row: str, column: str) -> None:
    with pytest.raises(InputRejected, match="rij 2") as refusal:
        read(HEAD + row + "\n")
    assert column in str(refusal.value)
    assert not any(word in str(refusal.value) for word in ("Truus", "snoepen", "misschien", "buurvrouw"))
    assert refusal.value.__cause__ is None


@pytest.mark.parametrize(
    "head", ["persoon;doel;wat\n", "persoon;doel;wat;moment;bsn\n", "persoon;doel;wat;moment;wat\n"]
)
def test_an_unknown_or_missing_column_is_refused(head: str) -> None:
    with pytest.raises(InputRejected, match="kolom"):
        read(head)


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)))
def test_moments_come_back_and_sort_as_text(moment: datetime) -> None:
    aware = moment.replace(tzinfo=UTC)
    assert moment_of(stamp(aware)) == aware
    assert (stamp(aware) < stamp(datetime(2050, 1, 1, tzinfo=UTC))) == (aware < datetime(2050, 1, 1, tzinfo=UTC))


def test_a_migration_runs_once_and_keeps_the_rows(register_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    open_register(register_url, signer=SIGNER).close()
    ran = []

    def second(connection: object) -> None:
        ran.append(connection)

    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, second))
    for _ in range(2):
        register = open_register(register_url, signer=SIGNER)
        with register.read() as connection:
            found = connection.execute(text("select value from settings where name = 'schema_version'")).scalar()
        register.close()
    assert (len(ran), found) == (1, str(len(migrations.MIGRATIONS)))


def test_a_register_of_the_first_version_is_brought_up_to_date(register_url: str) -> None:
    register = open_register(register_url, signer=SIGNER)
    with register.bookkeeping() as writing:
        for old in (
            "drop table microdata",
            "alter table contributions drop column comment",
            "alter table contributions drop column returned_by",
            "update settings set value = '1' where name = 'schema_version'",
        ):
            writing.connection.execute(text(old))
    register.close()
    again = open_register(register_url, signer=SIGNER)
    with again.read() as connection:
        assert connection.execute(select(tables.microdata)).all() == []
        assert connection.execute(select(tables.contributions.c.comment)).all() == []
    again.close()


def test_a_register_of_a_newer_version_is_refused(register_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, lambda _: None))
    open_register(register_url, signer=SIGNER).close()
    monkeypatch.undo()
    with pytest.raises(CannotCheck, match="nieuwere versie"):
        open_register(register_url, signer=SIGNER)


@pytest.mark.parametrize("url", ["", "mysql://x", "register.db", "sqlite"])
def test_another_kind_of_address_is_refused(url: str) -> None:
    with pytest.raises(WrongUsage, match="sqlite:///"):
        open_register(url)


def test_the_file_is_closed_to_others(tmp_path: Path) -> None:
    register = open_register(f"sqlite:///{tmp_path / 'register.db'}", signer=SIGNER)
    assert {path.stat().st_mode & 0o077 for path in tmp_path.glob("register.db*")} == {0}
    with register.read() as connection:
        assert connection.execute(text("pragma journal_mode")).scalar() == "wal"
    register.close()
