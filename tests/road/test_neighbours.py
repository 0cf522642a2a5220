"""A refusal holds up nobody and loses nothing; the same again is said; a correction supersedes; rules come first."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from domain.delivery import DeliveryKey
from domain.errors import CannotCheck, NotAllowed, WrongUsage
from domain.vocabulary import DeliveryState, Role
from ingest import quarantine
from pipelines import checking, cleaning, inbox, intake
from pipelines.house import House
from pipelines.installation import approve_drafts, draft_policies, examine
from pipelines.progress import run_waiting
from pipelines.staging import files_of
from pipelines.status import status_of
from portal.progress import outcome
from register import deliveries, ledger_lines, verdicts
from register.actors import SYSTEM, Actor, Grant
from storage.yaml import read_yaml, write_yaml
from tests.road import small_road
from tests.road.small_road import METING
from toegangspeil.demo import surveys, writers
from toegangspeil.demo.answers import survey
from toegangspeil.demo.folder import Box, figures, finish

KEY = DeliveryKey("GM9001", "ceo_wmo", METING, "client")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    small_road.new_home(tmp_path / "home")
    with small_road.opened(tmp_path / "home") as opened:
        yield opened


Spoil = Callable[[dict[str, list[Any]]], None]


def deliver(
    house: House, area: str, *, seed: int = 7, n: int = 30, spoil: Spoil | None = None, codebook: str = "ceo_wmo@2016.1"
) -> Path:
    """A CEO Wmo without open answers (so that no detector is loaded), which `spoil` may make wrong."""
    box = Box(house.places.inbox, seed)
    rows = survey(box.random("ceo", area), surveys.BOOKS.get("ceo_wmo@2016.1"), n)
    del rows["toelichting"]
    if spoil is not None:
        spoil(rows)
    folder = box.folder(area, f"zending-{seed}")
    writers.write_csv(folder / "ceo.csv", rows)
    files = [{"path": "ceo.csv"}]
    finish(folder, area, "ceo_wmo", METING, codebook, {"client": figures(n, 0.38)}, files, n)
    return folder


def wrong(rows: dict[str, list[Any]]) -> None:
    rows["ceo01_vindbaarheid"] = ["7"] * len(rows["ceo01_vindbaarheid"])


def states(house: House) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in deliveries.list_all(house.register):
        found.setdefault(row.name, []).append(row.state.value)
    return found


def test_good_deliveries_pass_beside_a_refused_one_that_can_be_given_back(house: House, tmp_path: Path) -> None:
    deliver(house, "GM9001")
    bad = deliver(house, "GM9002", spoil=wrong)
    before = {path.name: path.read_bytes() for path in bad.iterdir()}
    deliver(house, "GM9003")
    done = run_waiting(house)
    assert (done.accepted, done.quarantined, done.closed) == (2, 1, 0)
    assert not bad.exists()
    (sealed,) = quarantine.waiting("GM9002", house.places)
    assert b"ceo01" not in sealed.path.read_bytes()
    back = quarantine.give_back(sealed, tmp_path / "terug", house.keyring)
    assert {path.name: path.read_bytes() for path in back.iterdir()} == before
    (row,) = [row for row in status_of(house)["deliveries"] if row["state"] == "quarantined"]
    assert "ceo01_vindbaarheid" in row["reason"]
    assert "30 rijen" in row["reason"]


def test_the_same_content_again_is_said_and_skipped_and_other_content_supersedes(house: House) -> None:
    deliver(house, "GM9001")
    assert run_waiting(house).accepted == 1
    again = deliver(house, "GM9001")
    done = run_waiting(house)
    assert (done.accepted, done.again, again.exists()) == (0, 1, False)
    assert "1 al eerder aangeleverd" in done.sentence()
    deliver(house, "GM9001", seed=8)
    assert run_waiting(house).accepted == 1
    assert states(house) == {str(KEY): ["superseded", "accepted"]}
    standing = deliveries.current(house.register, KEY)
    verdict = verdicts.latest(house.register, KEY)
    assert standing is not None
    assert verdict is not None
    assert (standing.version, verdict.version, verdict.passed) == (2, 2, True)


def test_a_refused_correction_leaves_the_version_that_stands(house: House) -> None:
    deliver(house, "GM9001")
    run_waiting(house)
    deliver(house, "GM9001", seed=8, spoil=wrong)
    run_waiting(house)
    assert states(house) == {str(KEY): ["accepted", "quarantined"]}
    assert len(files_of(house.places.checked_of("GM9001"), KEY)) == 1


def test_a_kill_between_the_refusal_and_the_quarantine_loses_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(house, "GM9001", spoil=wrong)

    def power_cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(quarantine, "put_away", power_cut)
        with pytest.raises(KeyboardInterrupt):
            intake.take_in(house, [KEY])
    run_waiting(house)
    assert states(house) == {str(KEY): ["quarantined"]}
    assert len(quarantine.waiting("GM9001", house.places)) == 1


def test_a_delivery_waits_for_rules_that_nobody_approved_yet(house: House) -> None:
    reference = own_codebook(house)
    deliver(house, "GM9001", codebook=reference)
    deliver(house, "GM9002")
    done = run_waiting(house)
    assert (done.accepted, done.closed) == (2, 1)
    stopped = row_of(house, KEY)
    assert stopped["state"] == DeliveryState.ACCEPTED.value
    assert "regels" in stopped["reason"]
    assert files_of(house.places.checked_of("GM9001"), KEY) == []

    drafts = draft_policies(house, only_new=True)
    said = ledger_lines.length(house.register)
    run_waiting(house)
    run_waiting(house)
    assert row_of(house, KEY)["reason"] != ""
    assert ledger_lines.length(house.register) == said  # tried again, with nothing new to say
    approve_drafts(house, drafts)
    done = run_waiting(house)
    assert (done.accepted, done.resumed, done.closed) == (0, 1, 0)
    assert done.sentence().startswith("1 aanlevering verwerkt")
    assert "regels" not in row_of(house, KEY)["reason"]
    assert len(files_of(house.places.checked_of("GM9001"), KEY)) == 1


def test_a_run_that_is_broken_off_says_where_and_goes_on(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    deliver(house, "GM9001")
    with monkeypatch.context() as patch:
        patch.setattr(cleaning, "_cleaned", lambda *_: signal.raise_signal(signal.SIGTERM))
        with pytest.raises(CannotCheck, match=r"in stap 'cleaned' onderbroken.*start opnieuw"):
            run_waiting(house)
    done = run_waiting(house)
    assert (done.accepted, done.resumed, done.closed) == (0, 1, 0)


def own_codebook(house: House) -> str:
    """A codebook of the gemeente with one question more: its rules have to be approved first."""
    question = {
        "class": "measure", "type": "scale", "scale": "eens", "theme": "contact", "statistic": "share",
        "text": "De website hielp mij verder.",
    }  # fmt: skip
    content = {
        "id": "ceo_wmo_GM9001", "version": "2026.1", "extends": "ceo_wmo@2016.1", "title": "CEO met eigen vraag",
        "tables": {"rows": {"GM9001_website": question}},
    }  # fmt: skip
    write_yaml(house.places.codebooks / "ceo_wmo_GM9001@2026.1.yaml", content)
    return "ceo_wmo_GM9001@2026.1"


def row_of(house: House, key: DeliveryKey) -> dict[str, Any]:
    (row,) = [row for row in status_of(house)["deliveries"] if row["delivery"] == str(key)]
    return row


def test_a_kill_between_a_verdict_and_the_move_is_repaired(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    deliver(house, "GM9001")
    with monkeypatch.context() as patch:
        patch.setattr(checking, "_promote", lambda *_: None)
        run_waiting(house)
    assert files_of(house.places.checked_of("GM9001"), KEY) == []
    assert run_waiting(house).touched == 0
    (file,) = files_of(house.places.checked_of("GM9001"), KEY)
    found = verdicts.latest(house.register, KEY)
    assert found is not None
    assert (found.passed, found.file_hash) == (True, file.hash)


@pytest.mark.parametrize("inbox", ["GM9002", "Griet Zandbergen"])
def test_a_folder_in_the_inbox_of_another_is_refused_without_its_name(house: House, inbox: str) -> None:
    folder = deliver(house, "GM9001")
    (house.places.inbox / inbox).mkdir(exist_ok=True)
    folder.rename(house.places.inbox / inbox / folder.name)
    assert intake.refuse_unreadable(house) == 1
    (row,) = deliveries.list_all(house.register)
    assert "in de inbox van een andere gemeente" in row.reason
    assert row.key is None
    assert row.area == (inbox if inbox == "GM9002" else "installatie")
    assert not [path for path in house.places.home.rglob("*") if "Griet" in path.name and path.name != inbox]


def test_a_steward_delivers_for_her_own_gemeenten_only(house: House, tmp_path: Path) -> None:
    folder = deliver(house, "GM9001").rename(tmp_path / "aanlevering")
    manifest = read_yaml(folder / "delivery.yaml")
    write_yaml(folder / "delivery.yaml", {**manifest, "gemeenten": ["GM9001", "GM9002"], "per_row": True})
    steward = Actor.of("jo", Grant(Role.DATA_STEWARD, "GM9001"))
    with pytest.raises(NotAllowed, match="GM9002"):
        intake.put_in_inbox(house, [folder], None, steward)
    write_yaml(folder / "delivery.yaml", manifest)
    assert intake.put_in_inbox(house, [folder], None, steward)[0] == "GM9001"


def test_two_files_of_one_name_do_not_become_one(house: House, tmp_path: Path) -> None:
    folder = deliver(house, "GM9001").rename(tmp_path / "aanlevering")
    (tmp_path / "ander").mkdir()
    (tmp_path / "ander" / "ceo.csv").write_text("x")
    files = [folder / "ceo.csv", tmp_path / "ander" / "ceo.csv"]
    with pytest.raises(WrongUsage, match="elk een eigen naam"):
        intake.put_in_inbox(house, files, folder / "delivery.yaml", SYSTEM)
    with pytest.raises(WrongUsage, match="elk een eigen naam"):
        intake.put_in_inbox(house, [folder / "delivery.yaml"], folder / "delivery.yaml", SYSTEM)


def test_without_numbers_the_steward_hears_that_nobody_can_be_found(house: House) -> None:
    def nameless(rows: dict[str, list[Any]]) -> None:
        rows["email"] = ["iemand@post.example"] * len(rows.pop("respondent"))

    deliver(house, "GM9001", spoil=nameless)
    run_waiting(house)
    (row,) = status_of(house)["deliveries"]
    assert row["state"] == "accepted"
    assert "geen kolom 'respondent', dus wij kunnen niemand terugvinden" in row["reason"]
    assert "niet nodig en gaan niet verder dan de kluis: email" in row["reason"]
    assert outcome(deliveries.list_all(house.register)[0], None).reason == ""


def test_names_that_are_no_utf8_are_refused_and_hold_up_nobody(house: House) -> None:
    folder = deliver(house, "GM9001", seed=1)
    (folder / os.fsdecode(b"Ren\xe9e.csv")).write_text("x")
    deliver(house, "GM9002", seed=2).rename(house.places.inbox / "GM9002" / os.fsdecode(b"van Ren\xe9e"))
    done = run_waiting(house)
    assert (done.accepted, done.quarantined) == (1, 1)
    (refused,) = [row for row in deliveries.list_all(house.register) if row.state is DeliveryState.QUARANTINED]
    assert "van 1 bestand kunnen wij de naam niet lezen (een andere tekenset); geef een naam" in refused.reason


def test_a_folder_that_may_not_be_read_waits_and_holds_up_nobody(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    shut = deliver(house, "GM9001", seed=1)
    deliver(house, "GM9002", seed=2)
    monkeypatch.setattr("pipelines.inbox._is_closed", lambda path: path == shut)  # who is root may read everything
    assert run_waiting(house).accepted == 1
    assert shut.exists()
    rows = {row["delivery"]: row["reason"] for row in status_of(house)["deliveries"]}
    assert rows["GM9001 dicht in de inbox"].startswith(
        "inbox: mappen die wij niet kunnen lezen (1); geef het programma"
    )
    (finding,) = [one for one in examine(house) if one.part == "inbox"]
    assert (finding.good, "1 mappen die wij niet kunnen lezen" in finding.seen) == (False, True)


def test_a_broken_codebook_of_one_gemeente_holds_up_nobody_else(house: House) -> None:
    (house.places.codebooks / "GM9001_ceo@1.yaml").write_text("extends: ceo_wmo@2016.1\ntables: [a]\n")
    deliver(house, "GM9002")
    assert run_waiting(house).accepted == 1
    (finding,) = [one for one in examine(house) if one.part == "codeboeken"]
    assert not finding.good


def test_a_file_without_rights_closes_its_folder(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = deliver(house, "GM9001")
    assert inbox.closed(house.places) == []
    with monkeypatch.context() as patch:
        patch.setattr(os, "access", lambda path, *_, **__: os.path.basename(path) != "ceo.csv")
        closed = inbox.closed(house.places)
    assert [one.path for one in closed] == [folder]
