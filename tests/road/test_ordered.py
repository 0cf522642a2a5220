"""What was asked for on a screen is done by the worker in the name of who asked: once, also after a kill."""

from pathlib import Path

import pytest

from domain.errors import ReleaseRefused
from domain.vocabulary import TOTAAL, Audience, Role
from pipelines import contributing, ordered
from pipelines.house import House
from register import contributions, ledger, releases, users, work
from register.permissions import Act
from register.releases import ReleaseState
from storage.lock import file_lock
from tests.road import small_road
from toegangspeil.demo.road import demo_actor
from toegangspeil.road import Road

AREAS = ("GM9001", "GM9002")
NAME = "op-het-scherm"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two gemeenten that both signed."""
    home = tmp_path_factory.mktemp("ordered") / "home"
    small_road.deliver(small_road.new_home(home, AREAS), AREAS, journeys=False)
    small_road.to_the_gate(home)
    with small_road.opened(home) as house:
        small_road.contribute(house)
    return home


def drafted(house: House, name: str = NAME) -> None:
    signed = [one.id for one in contributions.list_contributions(house.register)]
    operator = demo_actor(house, Role.OPERATOR)
    releases.prepare(house.register, name, signed, audience=Audience.DEELNEMERS, recipients=["Movisie"], by=operator)


def test_a_double_click_and_a_worker_that_died_make_one_release(home: Path) -> None:
    with small_road.opened(home) as house:
        operator = demo_actor(house, Role.OPERATOR)
        drafted(house)
        first = work.ask(house.register, Act.RELEASE_PREPARE, NAME, by=operator)
        assert work.ask(house.register, Act.RELEASE_PREPARE, NAME, by=operator) == first
        assert work.take_up(house.register) is not None  # and here the power went
        assert ordered.carry_out(house) == 1
        found = releases.get(house.register, NAME)
        assert (found.state, found.preparers) == (ReleaseState.SUBMITTED, ("operator",))
        assert ordered.carry_out(house) == 0
        closed = Road(house).closed(NAME)
        assert {one.codes["area"] for one in closed if one.codes} <= {*AREAS, TOTAAL}
        assert "T1" in {one.reason for one in closed}
        with pytest.raises(ReleaseRefused):
            work.ask(house.register, Act.RELEASE_PREPARE, NAME, by=operator)


def test_it_is_published_after_the_second_person_and_the_ledger_says_who_asked(home: Path) -> None:
    with small_road.opened(home) as house:
        operator, officer = demo_actor(house, Role.OPERATOR), demo_actor(house, Role.PRIVACY_OFFICER)
        with pytest.raises(ReleaseRefused):
            work.ask(house.register, Act.RELEASE_PUBLISH, NAME, by=operator)
        seen = releases.get(house.register, NAME).content_hash or ""
        releases.approve(house.register, NAME, seen=seen, by=officer)
        task = work.ask(house.register, Act.RELEASE_PUBLISH, NAME, by=operator)
        assert ordered.carry_out(house) == 1
        assert releases.get(house.register, NAME).state is ReleaseState.PUBLISHED
        assert (house.places.published / f"{NAME}.duckdb").exists()
        assert Road(house).closed(NAME) == []
        assert ledger.verify(house.register).lines > 0
        asked = work.of_release(house.register, NAME)
        assert asked is not None
        assert (asked.id, asked.state, asked.message, asked.by) == (task, work.DONE, "", "operator")


def test_a_refusal_is_kept_in_our_own_words(home: Path) -> None:
    """Who may not come in any more gets nothing done."""
    with small_road.opened(home) as house:
        administrator = users.authenticate(house.register, "beheerder", password="demo")
        made = contributing.prepare(house, AREAS[:1], None, by=demo_actor(house, Role.OPERATOR))
        small_road.sign(house, made[0])
        operator = demo_actor(house, Role.OPERATOR)
        audience, getters = Audience.DEELNEMERS, ["Movisie"]
        releases.prepare(house.register, "later", [made[0].id], audience=audience, recipients=getters, by=operator)
        work.ask(house.register, Act.RELEASE_PREPARE, "later", by=operator)
        users.disable(house.register, "operator", by=administrator)
        assert ordered.carry_out(house) == 1
        refused = work.of_release(house.register, "later")
        assert refused is not None
        assert (refused.state, refused.message) == (
            work.FAILED, "wie dit vroeg, is geen gebruiker meer; laat een ander het opnieuw vragen",
        )  # fmt: skip
        assert releases.get(house.register, "later").state is ReleaseState.DRAFT


def test_a_second_worker_leaves_the_first_alone(home: Path) -> None:
    with small_road.opened(home) as house, file_lock(house.places.work_lock):
        assert ordered.carry_out(house) == 0


def test_an_upload_is_closed_when_its_folder_was_read(home: Path) -> None:
    with small_road.opened(home) as house:
        steward = demo_actor(house, Role.DATA_STEWARD, AREAS[0])
        folder = house.places.inbox_of(AREAS[0]) / "zending-nog-hier"
        folder.mkdir(parents=True, exist_ok=True)
        work.add(house.register, AREAS[0], folder.name, by=steward)
        work.add(house.register, AREAS[0], "zending-al-weg", by=steward)
        ordered.carry_out(house)
        assert [task.name for task in work.open_uploads(house.register)] == [folder.name]
        folder.rmdir()
