"""init, doctor, backup, deliver, status, user, gemeenten, ledger, contribution and release: at least once each."""

import base64
import datetime as dt
import json
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import pytest

from pipelines.house import House
from register import contributions, users
from tests.commands.typed import Typed
from toegangspeil.commands import common, delivery

PO, OWNER, STEWARD = "privacy_officer-GM9001", "proceseigenaar-GM9001", "data_steward-GM9001"


def test_a_home_is_made_once(text_only: Typed, tmp_path: Path) -> None:
    home = str(tmp_path / "nieuw")
    made = text_only("init", "--home", home, typed="een lang wachtwoord 9\neen lang wachtwoord 9\n")
    assert made.code == 0, made.err
    assert text_only("init", "--home", home, "--demo").code == 2


def test_a_password_that_is_typed_two_ways_is_asked_again(text_only: Typed, tmp_path: Path) -> None:
    twice = "een lang wachtwoord 9\neen lang wachtwoord 9\n"
    said = text_only("init", "--home", str(tmp_path / "nieuw"), typed="een lang wachtwoord 8\n" + twice)
    assert (said.code, "niet gelijk" in said.err) == (1, True), "the third line is the first of a new pair"
    made = text_only(
        "init", "--home", str(tmp_path / "nieuw"), typed=f"een lang wachtwoord 8\n{twice.split()[0]}\n{twice}"
    )
    assert made.code == 0, made.err
    assert "Nog een keer" in made.err


def test_the_list_of_cbs_is_taken_with_its_own_headings(empty: Typed, tmp_path: Path) -> None:
    listed = tmp_path / "cbs.csv"
    listed.write_text(
        "Gemeentecode;GemeentecodeGM;Gemeentenaam;Provinciecode;ProvinciecodePV;Provincienaam\n"
        "9001;GM9001;Zilverhoek;90;PV90;Noordmark\n"
    )
    assert empty("gemeenten", "import", str(listed)).code == 0
    assert empty("gemeenten", "list").out.splitlines()[-1].split() == ["GM9001", "Zilverhoek", "Noordmark"]


def test_a_list_without_headings_says_which_are_needed(empty: Typed, tmp_path: Path) -> None:
    listed = tmp_path / "cbs.csv"
    listed.write_text("GM9001,Zilverhoek,Noordmark\n")
    said = empty("gemeenten", "import", str(listed))
    assert (said.code, "code, name en province" in said.err, "Provincienaam" in said.err) == (1, True, True)
    assert "Zilverhoek" not in said.err


def test_doctor_finds_a_new_home_in_order(empty: Typed) -> None:
    said = empty("doctor")
    assert said.code == 0, said.out


def test_doctor_names_what_is_wrong(empty: Typed) -> None:
    assert empty.home is not None
    (empty.home / "keys" / "master.key").chmod(0o644)
    said = empty("doctor")
    assert said.code == 1


def test_doctor_looks_at_the_ledger_itself(empty: Typed) -> None:
    assert empty.home is not None
    with sqlite3.connect(empty.home / "register.db") as register:
        register.execute("update ledger set hash = ? where seq = 2", (bytes(32),))
    said = empty("doctor")
    assert (said.code, "regel 2 van het logboek klopt niet" in said.out) == (1, True)


def test_doctor_does_not_take_a_ledger_that_somebody_else_signed(empty: Typed) -> None:
    assert empty.home is not None
    (empty.home / "keys" / "ledger.pub").write_text("00" * 32)
    said = empty("doctor")
    assert (said.code, "de handtekening onder het logboek klopt niet" in said.out) == (1, True)


@pytest.mark.parametrize("place", ["Griet Zandbergen.csv", "GM9001/Griet Zandbergen.csv"])
def test_doctor_counts_files_that_nobody_would_read(empty: Typed, place: str) -> None:
    assert empty.home is not None
    file = empty.home / "inbox" / place
    file.parent.mkdir(exist_ok=True)
    file.write_text("naam\n")
    said = empty("doctor")
    assert (said.code, "1 losse bestanden" in said.out, "Griet" in said.out) == (1, True, False)


@pytest.mark.parametrize("role", ["data_steward@", "data_steward@gm9001", "data_steward@GM9001 ", "baas@GM9001"])
def test_a_role_is_for_an_area_that_can_exist(empty: Typed, role: str) -> None:
    said = empty("user", "add", "nieuw", "--role", role, user="beheerder", typed="een lang wachtwoord 9\n" * 2)
    assert said.code == 2
    assert "nieuw" not in empty("user", "list", user="beheerder").out


def test_a_home_put_back_elsewhere_is_whole_and_closed(filled: Typed, text_only: Typed, tmp_path: Path) -> None:
    assert filled.home is not None
    listed = tmp_path / "lijst.csv"
    listed.write_text("code,name,province\nGM9001,Zilverhoek,Noordmark\n")
    assert filled("gemeenten", "import", str(listed)).code == 0
    waits = filled.home / "inbox" / "GM9001" / "zending-x"
    waits.mkdir()
    (waits / "ceo.csv").write_text("naam\nGriet Zandbergen\n")
    data, keys, back = tmp_path / "data", tmp_path / "sleutels", tmp_path / "terug"
    copied = filled("backup", str(data), "--keys", str(keys))
    assert copied.code == 0
    assert not list(data.rglob("ceo.csv"))
    assert not (data / "keys").exists()
    shutil.rmtree(filled.home)
    restored = text_only("restore", str(data), "--keys", str(keys), "--home", str(back))
    assert restored.code == 0
    assert copied.out.split()[0] == restored.out.split()[0]
    said = text_only("doctor", "--home", str(back))
    assert said.code == 0, said.out
    assert "1 bekend" in said.out


@pytest.mark.parametrize("place", ["kopie", "logs/kopie"])
def test_a_backup_goes_to_another_place(empty: Typed, place: str) -> None:
    assert empty.home is not None
    said = empty("backup", str(empty.home / place))
    assert (said.code, "kies een andere plaats" in said.err) == (2, True)


def test_a_backup_can_be_put_back(seen: Typed, text_only: Typed, tmp_path: Path) -> None:
    assert seen("backup", str(tmp_path / "data"), "--keys", str(tmp_path / "sleutels")).code == 0
    back = tmp_path / "terug"
    done = text_only("restore", str(tmp_path / "data"), "--keys", str(tmp_path / "sleutels"), "--home", str(back))
    assert done.code == 0, done.err
    assert text_only("ledger", "verify", "--home", str(back)).code == 0


def test_another_master_key_opens_everything_and_the_old_one_nothing(seen: Typed, monkeypatch) -> None:
    assert seen.home is not None
    keys = seen.home / "keys"
    old = (keys / "master.key").read_bytes()
    assert seen("rekey").code == 1
    assert seen("rekey", user="movisie").code == 1
    assert (keys / "master.key").read_bytes() == old
    done = seen("rekey", user="beheerder")
    assert done.code == 0, done.err
    assert (keys / "master.key").read_bytes() != old
    assert not (keys / "master.key.new").exists()
    assert (keys / "master.key").stat().st_mode & 0o777 == 0o600
    assert seen("ledger", "verify").code == 0
    assert seen("review", "list", user=PO).code == 0
    monkeypatch.setenv("TOEGANGSPEIL_MASTER_KEY", old.decode())
    assert "past niet" in seen("ledger", "verify").err


@pytest.mark.parametrize("killed_in", ["rewrap_signer", "_take_over"])
def test_a_change_of_key_that_was_killed_is_ended_by_asking_again(empty: Typed, monkeypatch, killed_in: str) -> None:
    assert empty.home is not None
    with monkeypatch.context() as killing:
        killing.setattr(f"pipelines.rekeying.{killed_in}", lambda *_: 1 / 0)
        assert empty("rekey", user="beheerder").code == 3
    done = empty("rekey")
    assert done.code == 0, done.err
    assert empty("doctor").code == 0
    assert empty("ledger", "verify").code == 0


def test_a_master_key_of_the_environment_is_changed_with_both_given(empty: Typed, monkeypatch) -> None:
    assert empty.home is not None
    monkeypatch.setenv("TOEGANGSPEIL_MASTER_KEY", (empty.home / "keys" / "master.key").read_text())
    assert "32 bytes" in empty("rekey", user="beheerder").err
    monkeypatch.setenv("TOEGANGSPEIL_NEW_MASTER_KEY", (empty.home / "keys" / "master.key").read_text())
    assert "dezelfde" in empty("rekey", user="beheerder").err
    new = base64.b64encode(os.urandom(32)).decode()
    monkeypatch.setenv("TOEGANGSPEIL_NEW_MASTER_KEY", new)
    assert empty("rekey", user="beheerder").code == 0
    assert empty("ledger", "verify").code == 1
    monkeypatch.setenv("TOEGANGSPEIL_MASTER_KEY", new)
    assert empty("ledger", "verify").code == 0


def test_status_tells_what_was_delivered(seen: Typed) -> None:
    found = json.loads(seen("status", "--json").out)
    (row,) = found["deliveries"]
    assert (row["delivery"], row["state"], row["rows"]) == ("GM9001.ceo_wmo.2026.client", "accepted", 30)


def test_status_of_one_gemeente_or_of_what_somebody_may_see(seen: Typed) -> None:
    everything = json.loads(seen("status", "--json").out)
    own = json.loads(seen("status", "--json", "--area", "GM9001").out)
    assert own == everything
    assert {row["gemeente"] for row in own["waiting_for"]} == {"GM9001"}
    other = json.loads(seen("status", "--json", "--area", "GM9002").out)
    assert (other["deliveries"], other["waiting_for"]) == ([], [])
    mistyped = seen("status", "--area", "GM9999")
    assert (mistyped.code, "staat niet in de lijst" in mistyped.err) == (2, True)
    elsewhere = json.loads(seen("status", "--json", user="data_steward-GM9002").out)
    assert (elsewhere["deliveries"], elsewhere["waiting_for"]) == ([], [])
    assert json.loads(seen("status", "--json", "--area", "GM9001", user="data_steward-GM9002").out)["deliveries"] == []


def test_delivering_needs_a_person_of_that_gemeente(empty: Typed, tmp_path: Path) -> None:
    from tests.commands.typed import write_ceo

    folder = str(write_ceo(tmp_path / "zending"))
    assert empty("deliver", folder).code == 1
    assert empty("deliver", folder, user="data_steward-GM9002").code == 1
    assert empty("deliver", folder, user="movisie").code == 1


def test_users_are_made_and_closed_by_the_administrator(empty: Typed) -> None:
    typed = "een lang wachtwoord 9\n" * 2
    words = ("user", "add", "nieuw", "--role", "analyst@GM9001")
    assert empty(*words, user=PO, typed=typed).code == 1
    assert empty(*words, user="beheerder", typed=typed).code == 0
    assert re.search(r"nieuw +analyst@GM9001 +nee", empty("user", "list", user="beheerder").out)
    assert empty("user", "block", "nieuw", user="beheerder").code == 0
    assert re.search(r"nieuw +analyst@GM9001 +ja", empty("user", "list", user="beheerder").out)
    assert empty("user", "add", "x", "--role", "keizer@GM9001", user="beheerder", typed=typed).code == 2


def test_a_token_stands_for_a_person(empty: Typed, monkeypatch) -> None:
    token = empty("user", "token", user=PO).out.strip()
    monkeypatch.setenv("TOEGANGSPEIL_TOKEN", token)
    assert empty("request", "list").code == 0
    monkeypatch.setenv("TOEGANGSPEIL_TOKEN", "verkeerd")
    assert empty("request", "list").code == 1


def test_gemeenten_are_listed(seen: Typed) -> None:
    assert "GM9002" in seen("gemeenten", "list").out


def test_a_contribution_is_shown_and_signed_by_its_own_officers_only(filled: Typed) -> None:
    assert filled("contribution", "prepare", "GM9001", user="movisie").code == 1
    made = filled("contribution", "prepare", "GM9001", user=STEWARD)
    assert made.code == 0, made.err
    for user in ("movisie", "privacy_officer", "privacy_officer-GM9002", "analyst-GM9001", None):
        refused = filled("contribution", "show", "1", user=user)
        assert refused.code == 1
        assert "voorbeeld" not in refused.out
    assert "voorbeeld" in filled("contribution", "show", "1", user=PO).out
    with filled.house() as house:
        seen = contributions.get(house.register, 1).content_hash
    assert filled("contribution", "sign", "1", "--seen", seen, "--rules", user=OWNER).code == 1
    assert filled("contribution", "sign", "1", "--seen", seen, user=PO).code == 2
    assert filled("contribution", "sign", "1", "--seen", seen, "--rules", user=PO).code == 0
    assert filled("contribution", "sign", "1", "--seen", seen, "--release", user=OWNER).code == 0
    assert filled("contribution", "withdraw", "1", user="movisie").code == 1


def test_a_release_needs_signed_contributions_and_the_right_person(seen: Typed) -> None:
    assert seen("release", "prepare", "r1", user="movisie").code == 1
    assert seen("release", "prepare", "r1", user="operator").code == 1
    for act in (
        ("show", "r1"),
        ("publish", "r1"),
        ("approve", "r1", "--seen", "x"),
        ("withdraw", "r1", "--comment", "y"),
    ):
        assert seen("release", *act, user="privacy_officer").code == 1
        assert seen("release", *act).code == 1
    assert seen("release", "list").code == 0


def test_a_ledger_that_was_put_back_does_not_fit_its_anchor(empty: Typed, tmp_path: Path) -> None:
    assert empty.home is not None
    before = (empty.home / "register.db").read_bytes()
    assert empty("leak", "note", "--text", "iets", user="privacy_officer").code == 0
    kept = tmp_path / "logboek"
    assert empty("ledger", "export", str(kept)).code == 0
    assert empty("ledger", "verify", "--anchor", str(kept)).code == 0
    for left in empty.home.glob("register.db*"):
        left.unlink()
    (empty.home / "register.db").write_bytes(before)
    assert empty("ledger", "verify").code == 0
    back = empty("ledger", "verify", "--anchor", str(kept))
    assert (back.code, "past niet bij" in back.err) == (1, True)


def test_an_invited_user_chooses_her_own_password(empty: Typed) -> None:
    assert empty("user", "add", "eva", "--role", "fg", "--invited", user="beheerder").code == 0
    for user in ("privacy_officer", "movisie", None):
        assert empty("user", "invite", "eva", user=user).code == 1
    invited = empty("user", "invite", "eva", user="beheerder")
    assert (invited.code, len(invited.out.split())) == (0, 1)
    with empty.house() as house:
        users.accept_invitation(house.register, "eva", invited.out.strip(), "vier losse woorden hier")
        assert users.authenticate(house.register, "eva", password="vier losse woorden hier").roles == ["fg"]


def test_a_watcher_opens_the_home_anew_every_day(empty: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    """Terms, and the day until which a consent holds, go by the day on which the home was opened."""
    opened: list[dt.date] = []
    days = iter([dt.date.today(), dt.date.today(), dt.date.today() + dt.timedelta(days=1)])

    class Calendar(dt.date):
        @classmethod
        def today(cls) -> Self:
            return cls.fromordinal(next(days).toordinal())

    @contextmanager
    def watched(home: Path | None) -> Iterator[House]:
        with common.house(home) as one:
            opened.append(one.today)
            yield one

    monkeypatch.setattr(delivery, "house", watched)
    monkeypatch.setattr(delivery, "date", Calendar)
    monkeypatch.setattr(delivery, "_PAUSE", 0.0)
    with pytest.raises(StopIteration):  # the calendar ends on the second day
        delivery.run.callback(empty.home, None, True, False)  # type: ignore[misc]
    assert len(opened) == 2


@pytest.mark.parametrize(
    ("words", "user"),
    [("status", None), ("run", None), ("doctor", None), ("contribution list", None), ("release list", None),
     ("request list", "privacy_officer-GM9001"), ("policy list", "privacy_officer"), ("gemeenten list", None),
     ("retention due", "privacy_officer")],
)  # fmt: skip
def test_what_a_machine_reads_is_one_json_document(empty: Typed, words: str, user: str | None) -> None:
    done = empty(*words.split(), "--json", user=user)
    assert done.code == 0, done.err
    assert isinstance(json.loads(done.out), list if words not in ("status", "run") else dict)


def test_who_delivered_stays_in_the_list_of_gemeenten(filled: Typed, tmp_path: Path) -> None:
    """A list of a later year has no gemeente that went up in another; earlier releases still need it."""
    listed = tmp_path / "cbs.csv"
    listed.write_text("code;name;province\nGM9777;Nieuwland;Noordmark\n")
    said = filled("gemeenten", "import", str(listed))
    assert (said.code, "GM9001: niet in deze lijst, wel eerder aangeleverd" in said.out) == (0, True)
    known = {row["code"] for row in json.loads(filled("gemeenten", "list", "--json").out)}
    assert known == {"GM9001", "GM9777"}
    listed.write_text(
        "code,name,province,valid_from,valid_to,successor\nGM9777,Nieuwland,Noordmark,2026-01-01,,\n"
        "GM9001,Zilverhoek,Noordmark,,2026-01-01,GM9777\n"
    )
    said = filled("gemeenten", "import", str(listed))
    assert (said.code, "wel eerder aangeleverd" in said.out) == (0, False)
    with filled.house() as house:
        assert house.gemeenten["GM9001"].successor == "GM9777"


def test_a_day_in_the_list_of_gemeenten_is_a_day(empty: Typed, tmp_path: Path) -> None:
    listed = tmp_path / "cbs.csv"
    listed.write_text("code,name,province,valid_to\nGM9777,Nieuwland,Noordmark,1-1-2026\n")
    said = empty("gemeenten", "import", str(listed))
    assert (said.code, "2026-01-01" in said.err) == (1, True)


def test_run_refuses_a_delivery_that_is_not_there(filled: Typed) -> None:
    known = filled("run", "--only", "GM9001.ceo_wmo.2026.client")
    assert (known.code, "0 aanleveringen verwerkt" in known.out) == (0, True), known.err
    for key, said in (("GM9001.ceo_wmo.2027.client", "toegangspeil status"), ("onzin", "<gemeente>.<instrument>")):
        refused = filled("run", "--only", key)
        assert (refused.code, said in refused.err, refused.out) == (1, True, "")
