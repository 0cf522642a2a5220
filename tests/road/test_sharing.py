"""People who said no to sharing count in nothing that leaves the gemeente, and in everything that stays."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pyarrow.compute as pc
import pytest

from domain.consent import ConsentRecord, Said, Standing, may_leave
from domain.contribution import ContributionContent
from domain.vocabulary import Audience, Purpose, Role
from pipelines import contributing
from pipelines.contributing import content_of
from pipelines.house import House
from pipelines.sources import sources
from portal.measuring import make_evidence
from register import consents
from register.actors import SYSTEM
from tests.road import small_road
from toegangspeil.demo.road import demo_actor
from toegangspeil.road import Road
from warehouse.sources import AreaBook

AREA = "GM9001"


@pytest.mark.parametrize(
    ("standings", "demanded", "leaves"),
    [
        ([None], False, True),
        ([None], True, False),
        ([Standing.NEVER_ASKED], True, False),
        ([Standing.GIVEN, None], True, True),
        ([Standing.GIVEN, Standing.WITHDRAWN], False, False),
        ([Standing.REFUSED], False, False),
        ([Standing.EXPIRED], False, False),
    ],
)
def test_a_no_keeps_answers_home_and_interviews_need_a_yes(
    standings: list[Standing | None], demanded: bool, leaves: bool
) -> None:
    assert may_leave(standings, demanded) is leaves


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("sharing") / "home"
    places = small_road.new_home(made, (AREA,))
    small_road.deliver(places, (AREA,), rows=30)
    small_road.to_the_gate(made)
    return made


def people(house: House, content: ContributionContent) -> dict[str, set[str]]:
    return {
        source.records.key.instrument: set(pc.unique(source.records.tables["rows"]["pseudonym"]).to_pylist())
        for source in sources(house, [content])
    }


def test_the_resident_who_said_no_in_the_interview_is_only_in_what_stays(home: Path) -> None:
    with small_road.opened(home) as house:
        outside = content_of(house, AREA, None)
        inside = replace(outside, recipients=(), zichtbaar_voor=Audience.EIGEN)
        assert len(people(house, inside)["klantreis"]) == 12
        assert len(people(house, outside)["klantreis"]) == 11  # in the made-up journeys, number 2 said no


def test_the_second_person_and_the_contribution_count_the_same_people(home: Path) -> None:
    """Whoever said no is in neither number; the gate, before the refusals, counted one more."""
    with small_road.opened(home) as house:
        made, *_ = contributing.prepare(house, [AREA], None, by=demo_actor(house, Role.OPERATOR))
        small_road.sign(house, made)
        evidence = make_evidence(made.content, Road(house), AreaBook(house.gemeenten))
        of_release = small_road.offer(house).evidence
        inside = sum(map(len, people(house, made.content).values()))
    assert of_release["figures"]["people"] == evidence.people == inside
    assert sum(one["counts"]["persons"] for one in of_release["gate"]) == inside + 1


def test_a_later_withdrawal_holds_for_every_table_made_after_it(home: Path) -> None:
    with small_road.opened(home) as house:
        content = content_of(house, AREA, None)
        before = people(house, content)["ceo_wmo"]
        gone = sorted(before)[0]
        now = house.register.clock() - timedelta(seconds=1)
        no = ConsentRecord(f"{AREA}/ceo_wmo/{small_road.METING}", gone, Purpose.DELEN_MOVISIE, Said.WITHDRAWAL, now)
        consents.record_consents(house.register, [no], by=SYSTEM)
        assert people(house, content)["ceo_wmo"] == before - {gone}
