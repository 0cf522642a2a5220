"""What a steward puts in the wrong place of the inbox: said at once, read or refused after an hour, never lost."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.vocabulary import Role
from ingest import quarantine
from pipelines import inbox, intake
from pipelines.house import House
from pipelines.installation import examine
from pipelines.status import status_of
from register import deliveries
from register.actors import Actor, Grant
from storage.yaml import read_yaml, write_yaml
from tests.road import small_road

NAME = "Griet Zandbergen"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    small_road.new_home(tmp_path / "home")
    with small_road.opened(tmp_path / "home") as opened:
        yield opened


def delivered(house: House) -> Path:
    """The folder of a good delivery of GM9001."""
    return small_road.deliver(house.places, ("GM9001",), journeys=False)[0].folder


def read_all(house: House) -> list[str]:
    """What a run does with the inbox, without the cleaning after it; the states that came of it."""
    inbox.gather(house.places, older_than=-1.0)
    intake.refuse_unreadable(house)
    intake.take_in(house, [key for folder in inbox.folders(house.places) for key in folder.keys])
    return [row.state.value for row in deliveries.list_all(house.register)]


def left_in(house: House) -> list[str]:
    return [path.name for path in house.places.inbox.rglob("*") if not path.is_dir()]


def test_a_delivery_without_a_folder_is_read_once_it_lies_still(house: House) -> None:
    folder = delivered(house)
    for path in list(folder.iterdir()):
        path.rename(folder.parent / path.name)
    folder.rmdir()
    assert inbox.gather(house.places) == 0
    assert len(inbox.loose(house.places)[folder.parent]) == 2
    assert read_all(house) == ["accepted"]
    assert left_in(house) == []


@pytest.mark.parametrize("where", ["", "GM9001", NAME])
def test_a_file_without_delivery_yaml_can_be_given_back(house: House, tmp_path: Path, where: str) -> None:
    place = house.places.inbox / where
    place.mkdir(exist_ok=True)
    (place / f"{NAME}.csv").write_text("naam\n")
    assert read_all(house) == ["quarantined"]
    (row,) = deliveries.list_all(house.register)
    assert row.reason.startswith("inbox: hier lagen losse bestanden zonder delivery.yaml; zet ze daarmee in een map")
    area = "GM9001" if where == "GM9001" else inbox.INBOX_AREA
    (sealed,) = quarantine.waiting(area, house.places)
    back = quarantine.give_back(sealed, tmp_path / "terug", house.keyring)
    assert [path.read_text() for path in back.iterdir()] == ["naam\n"]
    assert left_in(house) == []


@pytest.mark.parametrize("part", ["instrument", "doelgroepen", "meting"])
def test_status_shows_no_words_of_a_manifest_that_nobody_read(house: House, part: str) -> None:
    folder = delivered(house)
    assert status_of(house)["deliveries"][0]["delivery"] == "GM9001.ceo_wmo.2026.client"
    content = read_yaml(folder / "delivery.yaml")
    (figures,) = content["doelgroepen"].values()
    named = {"instrument": "griet", "doelgroepen": {"griet": figures}, "meting": {**content["meting"], "name": "Griet"}}
    write_yaml(folder / "delivery.yaml", {**content, part: named[part]})
    assert "griet" not in str(status_of(house)).lower()


@pytest.mark.parametrize("part", ["instrument", "doelgroepen"])
def test_a_key_of_unknown_words_reaches_no_list(house: House, part: str) -> None:
    content = read_yaml((folder := delivered(house)) / "delivery.yaml")
    (figures,) = content["doelgroepen"].values()
    write_yaml(folder / "delivery.yaml", {**content, part: "griet" if part == "instrument" else {"griet": figures}})
    assert read_all(house) == ["quarantined"]
    (row,) = deliveries.list_all(house.register)
    assert row.key is None
    assert "griet" not in f"{row.name} {row.reason}".lower()
    assert b"griet" not in house.places.home.joinpath("register.db").read_bytes().lower()


def test_a_folder_in_the_inbox_itself_goes_to_the_gemeente_it_names(house: House) -> None:
    delivered(house).rename(house.places.inbox / NAME)
    (folder,) = inbox.folders(house.places)
    assert folder.area == "GM9001"
    assert read_all(house) == ["accepted"]
    (row,) = deliveries.list_all(house.register)
    assert row.source.startswith("GM9001 zending ")
    assert list(house.places.inbox.glob(NAME)) == []


def test_status_and_doctor_say_it_at_once_and_only_to_whom_it_concerns(house: House) -> None:
    for place in (house.places.inbox, house.places.inbox / "GM9001"):
        place.mkdir(exist_ok=True)
        (place / f"{NAME}.csv").write_text("naam\n")
    (house.places.inbox / "GM9001" / ".nog-bezig.csv").write_text("naam\n")
    found = {row["delivery"]: row for row in status_of(house)["deliveries"]}
    assert set(found) == {"GM9001 los in de inbox", "installatie los in de inbox"}
    assert found["GM9001 los in de inbox"]["state"] == "waiting"
    assert "losse bestanden (1); zet ze met delivery.yaml in een map" in found["GM9001 los in de inbox"]["reason"]
    steward = Actor.of("jo", Grant(Role.DATA_STEWARD, "GM9001"))
    assert [row["delivery"] for row in status_of(house, by=steward)["deliveries"]] == ["GM9001 los in de inbox"]
    assert "2 losse bestanden" in {finding.part: finding.seen for finding in examine(house)}["inbox"]


def test_a_link_to_the_folder_of_another_is_not_followed(house: House) -> None:
    folder = delivered(house)
    (house.places.inbox / "GM9002").mkdir()
    os.symlink(folder, house.places.inbox / "GM9002" / "zending")
    assert sorted(read_all(house)) == ["accepted", "quarantined"]
    assert left_in(house) == []
