"""Two keys per meting: when one ends, exactly what hangs on it ends, in every copy."""

import json
import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.errors import KeyRefused
from ingest import vault
from pipelines.checking import checked_files, checked_records
from pipelines.house import House
from pipelines.installation import install
from pipelines.removing import find
from pipelines.staging import files_of, read_staging
from register import deliveries, retention, store
from register.ledger_lines import Wanted, newest
from register.notes import note_event
from register.retention import Zone
from tests.commands.typed import PEOPLE, Typed, write_ceo

PO, OWNER, STEWARD = "privacy_officer-GM9001", "proceseigenaar-GM9001", "data_steward-GM9001"
SCOPE = "GM9001/ceo_wmo/2026"


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch):
    def ahead(days: int) -> None:
        moved = lambda: datetime.now(UTC) + timedelta(days=days)  # noqa: E731
        monkeypatch.setattr(store.open_register, "__kwdefaults__", {"signer": None, "clock": moved})

    return ahead


def destroy(say: Typed, number: str) -> set[Zone]:
    """Propose everything that is due, sign it twice, carry it out; returns what went."""
    proposed = say("retention", "propose", "GM9001", user=PO)
    assert proposed.code == 0, proposed.err
    for signer in (PO, OWNER):
        assert say("retention", "sign", number, "--seen", proposed.out.split()[-1], user=signer).code == 0
    done = say("retention", "destroy", number, user="operator")
    assert done.code == 0, done.err
    with say.house() as house:
        return {kept.zone for kept in retention.get(house.register, int(number)).objects}


def rows(house: House) -> int:
    """Rows that can be read from the checked zone."""
    found = [checked_records(house, p.key, p.version, p.staging_hash) for p in checked_files(house, "GM9001")]
    return sum(one.rows for one in found if one is not None)


def test_nobody_can_be_found_after_184_days_but_the_tables_can_still_be_made(filled: Typed, later, tmp_path: Path):
    with filled.house() as house:
        assert find(house, "GM9001", "ceo_wmo", "2026", "R003") is not None
    later(185)
    assert destroy(filled, "1") == {Zone.RAW, Zone.KEYS}
    with filled.house() as house:
        assert find(house, "GM9001", "ceo_wmo", "2026", "R003") is None
        for purpose in ("pseudonym", "surrogate", "vault", "review"):
            with pytest.raises(KeyRefused):
                house.keyring.purpose_key("GM9001", SCOPE, purpose)
        assert rows(house) == PEOPLE
    made = filled("contribution", "prepare", "GM9001", user=STEWARD)
    assert made.code == 0, made.err
    asked = filled("request", "receive", SCOPE, "verwijderen", user=PO, typed="R003\n")
    assert (asked.code, "artikel 11" in asked.out) == (0, True), asked.err


def test_a_correction_after_the_key_is_refused_and_brings_nobody_back(filled: Typed, later, tmp_path: Path) -> None:
    later(185)
    destroy(filled, "1")
    folder = write_ceo(tmp_path / "correctie", lambda at: at != 3)
    assert filled("deliver", str(folder), user=STEWARD).code == 0
    assert "1 geweigerd" in filled("run").out
    assert "niets meer binnenkomen" in filled("status").out
    with filled.house() as house:
        assert rows(house) == PEOPLE
        assert not house.keyring.has_scope("GM9001", SCOPE)


def test_a_copy_of_the_vault_with_its_data_key_is_unreadable_without_the_scope(filled: Typed, later, tmp_path: Path):
    with filled.house() as house:
        (row,) = deliveries.list_all(house.register)
        stored = vault.vault_object("GM9001", row.vault_object, row.data_key, house.places)
        shutil.copytree(house.places.vault, tmp_path / "vault")
        shutil.copytree(house.places.keys_of("GM9001") / "data", tmp_path / "data")
        assert vault.load(stored, house.keyring).rows == PEOPLE
    later(185)
    destroy(filled, "1")
    with filled.house() as house:
        shutil.copytree(tmp_path / "vault", house.places.vault, dirs_exist_ok=True)
        shutil.copytree(tmp_path / "data", house.places.keys_of("GM9001") / "data", dirs_exist_ok=True)
        with pytest.raises(KeyRefused, match="vernietigd"):
            vault.load(stored, house.keyring)


def test_after_two_years_no_copy_of_the_checked_rows_can_be_read(filled: Typed, later, tmp_path: Path) -> None:
    with filled.house() as house:
        (row,) = deliveries.list_all(house.register)
        (file,) = files_of(house.places.checked_of("GM9001"), row.key)
        shutil.copytree(file.path.parent, tmp_path / "checked")
        shutil.copytree(house.places.keys_of("GM9001") / "data", tmp_path / "data")
    later(185)
    destroy(filled, "1")
    later(731)
    assert destroy(filled, "2") == {Zone.PSEUDONYMISED, Zone.STAGING_KEYS}
    with filled.house() as house:
        shutil.copytree(tmp_path / "checked", file.path.parent, dirs_exist_ok=True)
        shutil.copytree(tmp_path / "data", house.places.keys_of("GM9001") / "data", dirs_exist_ok=True)
        with pytest.raises(KeyRefused, match="vernietigd"):
            read_staging(file, house.keyring, codebook="ceo_wmo@2016.1")
        assert retention.due(house.register, house.register.clock()) == []


def test_a_copy_from_before_a_removal_says_who_has_to_go_again(filled: Typed, text_only: Typed, tmp_path: Path) -> None:
    """Register, data and keys of one old copy: she is in it again, and nothing in the copy can know."""
    assert filled("request", "receive", SCOPE, "verwijderen", user=STEWARD, typed="R003\n").code == 0
    copy = (str(tmp_path / "data"), "--keys", str(tmp_path / "sleutels"))
    assert filled("backup", *copy).code == 0
    early, late = tmp_path / "vroeg", tmp_path / "laat"
    assert filled("ledger", "export", str(early)).code == 0
    assert filled("request", "decide", "1", "--grant", "--reason", "recht", user=PO).code == 0
    assert filled("request", "carry-out", "1", user="operator").code == 0
    assert filled("ledger", "export", str(late)).code == 0

    def put_back(name: str, *anchor: str):
        return text_only("restore", *copy, *anchor, "--home", str(tmp_path / name))

    plain = put_back("een")
    assert (plain.code, "staat er weer in" in plain.out, "--anchor" in plain.out) == (0, True, True)
    told = put_back("twee", "--anchor", str(late))
    assert told.code == 0
    assert re.search(r"gegevens van een inwoner: verwijderd +verzoek 1", told.out)
    assert "R003" not in told.out
    assert "niets verwijderd of ingetrokken" in put_back("drie", "--anchor", str(early)).out
    back = Typed(tmp_path / "twee")
    assert back("ledger", "verify").code == 0
    with back.house() as house:
        (line,) = newest(house.register, Wanted(act="system.note"), limit=1)
        assert line["what"] == {"event": "restore", "line": line["seq"] - 1}
    assert f"kopie teruggezet, van regel {line['seq'] - 1} van het logboek" in back("status").out
    assert json.loads(back("status", "--json").out)["put_back"] == [{"at": line["at"], "line": line["seq"] - 1}]
    assert "kopie teruggezet" not in filled("status").out
    assert back("request", "decide", "1", "--grant", "--reason", "recht", user=PO).code == 0
    assert back("request", "carry-out", "1", user="operator").code == 0
    with back.house() as house:
        assert find(house, "GM9001", "ceo_wmo", "2026", "R003") is None


@pytest.mark.parametrize("shape", ["shorter", "longer", "broken"])
def test_an_export_of_another_ledger_tells_nothing(filled: Typed, text_only: Typed, tmp_path: Path, shape: str) -> None:
    copy, elsewhere = (str(tmp_path / "data"), "--keys", str(tmp_path / "sleutels")), tmp_path / "ander"
    install(
        elsewhere, demo=False, mode="verwerker", administrator="baas", password="een lang wachtwoord 9", gemeenten=[]
    )
    other = Typed(elsewhere)
    with other.house() as house:
        for _ in range(90 if shape == "longer" else 1):
            note_event(house.register, "restore", {"line": 1})
    export = tmp_path / "elders.txt"
    assert other("ledger", "export", str(export)).code == 0
    if shape == "broken":
        export.write_bytes(export.read_bytes()[:-40])
    assert filled("backup", *copy).code == 0
    said = text_only("restore", *copy, "--anchor", str(export), "--home", str(tmp_path / "terug"))
    assert (said.code, ("niet heel" if shape == "broken" else "ander logboek") in said.err) == (3, True)
    kept = tmp_path / "logboek.txt"  # the home is there all the same, and its ledger says where it comes from
    assert Typed(tmp_path / "terug")("ledger", "export", str(kept)).code == 0
    assert '"event":"restore"' in kept.read_text(encoding="utf-8").replace(" ", "")


def test_an_old_key_backup_brings_nothing_back(filled: Typed, text_only: Typed, later, tmp_path: Path) -> None:
    assert filled("request", "receive", SCOPE, "verwijderen", user=STEWARD, typed="R003\n").code == 0
    assert filled("backup", str(tmp_path / "eerst"), "--keys", str(tmp_path / "oude-sleutels")).code == 0
    with filled.house() as house:
        (old,) = files_of(house.places.checked_of("GM9001"), deliveries.list_all(house.register)[0].key)
    assert filled("request", "decide", "1", "--grant", "--reason", "recht", user=PO).code == 0
    assert filled("request", "carry-out", "1", user="operator").code == 0
    later(185)
    destroy(filled, "1")
    assert filled("backup", str(tmp_path / "nu")).code == 0
    back = tmp_path / "terug"
    done = text_only("restore", str(tmp_path / "nu"), "--keys", str(tmp_path / "oude-sleutels"), "--home", str(back))
    assert done.code == 0, done.err
    with Typed(back).house() as house:
        assert not house.keyring.has_scope("GM9001", SCOPE)
        with pytest.raises(KeyRefused):
            house.keyring.ensure_scope("GM9001", SCOPE)
        with pytest.raises(KeyRefused):
            house.keyring.data_key("GM9001", old.data_key)
