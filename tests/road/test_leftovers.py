"""What a kill or an unfinished upload leaves behind ends clean: at the next run, or at the daily tidying."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from ingest import drafts, vault
from pipelines import inbox, intake, tidying
from pipelines.house import House
from pipelines.persons import files_with
from pipelines.progress import run_waiting
from pipelines.removing import find
from pipelines.tidying import tidy
from register import deliveries, retention, review
from register.store import utc_now
from register.waiting import waiting_for
from storage.duck import warehouse
from storage.keyring import Keyring
from tests.road import canary, small_road
from warehouse.marts import releases_in
from warehouse.statements import run as run_sql


class Killed(BaseException):
    """As a power cut: nobody catches it."""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    small_road.new_home(tmp_path / "home")
    with small_road.opened(tmp_path / "home") as opened:
        yield opened


def _review_files(house: House) -> set[str]:
    return {path.name for path in (house.places.review / "GM9001").glob("GM*.bin")}


def _key_exists(keyring: Keyring, file: str) -> bool:
    return (keyring.folder / "GM9001" / "data" / f"{file.split('.')[-2]}.key").exists()


@pytest.fixture
def orphan(house: House, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a sealed review file of which the officer's list never heard, because the run was killed."""
    small_road.deliver(house.places, ("GM9001",), journeys=False)

    def killed(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(review, "add_many", killed)
        with pytest.raises(BaseException):  # noqa: B017, PT011 (Dagster or the road may pass it on as they like)
            run_waiting(house)
    (left,) = _review_files(house)
    assert retention.review_files(house.register) == frozenset()
    return left


def test_the_next_run_leaves_only_what_the_list_points_to(house: House, orphan: str) -> None:
    run_waiting(house)
    assert _review_files(house) == retention.review_files(house.register)
    assert orphan not in _review_files(house)
    assert not _key_exists(house.keyring, orphan)


def test_tidying_sweeps_it_when_nobody_runs_again(house: House, orphan: str) -> None:
    assert tidy(house)["review"] == 1
    assert _review_files(house) == set()
    assert not _key_exists(house.keyring, orphan)


def test_unfinished_uploads_and_copies_end_and_what_is_being_written_stays(house: House) -> None:
    places = house.places
    left = [drafts.upload_folder(places, "0123"), drafts.copy_folder(places, "GM9001", "zending-0123")]
    for folder in left:
        folder.mkdir(parents=True)
        (folder / "ceo.csv").write_text(f"naam\n{canary.NAME}\n")
    small_road.deliver(places, ("GM9002",), journeys=False)
    assert tidy(house)["inbox_leftovers"] == 0
    assert drafts.sweep(places, older_than=-1.0) == 2
    assert not any(folder.exists() for folder in left)
    assert len(list(places.inbox.glob("GM9002/*"))) == 1


def test_real_counts_of_a_release_that_never_will_be_end(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    path = house.places.warehouse
    with warehouse(path) as connection:
        run_sql(connection, "schema")
        for name in ("afgewezen", "wacht"):
            connection.execute("insert into marts.deliveries (release, delivery_no) values (?, 1)", [name])
    monkeypatch.setattr(tidying, "_final", lambda _: ["afgewezen"])
    assert tidy(house)["counts"] == 1
    assert releases_in(path) == {"wacht"}
    assert b"afgewezen" not in path.read_bytes()


def test_a_copy_with_old_files_is_not_old_itself(house: House) -> None:
    """Copying keeps the times of the files: an hour counts from the last change here."""
    import os

    folder = drafts.upload_folder(house.places, "0123")
    folder.mkdir(parents=True)
    (folder / "ceo.csv").write_text("naam\n")
    os.utime(folder / "ceo.csv", (0, 0))
    os.utime(folder, (0, 0))
    assert drafts.sweep(house.places) == 0


def test_rules_whose_two_years_are_over_wait_for_somebody(house: House) -> None:
    later = replace(house.register, clock=lambda: utc_now() + timedelta(days=731))
    assert tidy(replace(house, register=later))["policies"] > 0
    assert any("akkoord is verlopen" in one["what"] for one in waiting_for(house.register))
    assert tidy(replace(house, register=later))["policies"] == 0


def test_who_waits_in_the_vault_is_found_before_anything_is_cleaned(house: House) -> None:
    small_road.deliver(house.places, ("GM9001",), journeys=False)
    intake.take_in(house, inbox.waiting_keys(house.places, house.register))
    (delivery,) = deliveries.list_all(house.register)
    stored = vault.vault_object("GM9001", str(delivery.vault_object), str(delivery.data_key), house.places)
    number = vault.load(stored, house.keyring).tables["rows"]["respondent"][0].as_py()
    assert files_with(house, delivery) == []
    who = find(house, "GM9001", "ceo_wmo", small_road.METING, number)
    assert who is not None
    assert find(house, "GM9001", "ceo_wmo", small_road.METING, f"{number}0") is None
    run_waiting(house)
    assert find(house, "GM9001", "ceo_wmo", small_road.METING, number) == who
