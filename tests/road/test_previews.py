"""What officers sign: the figures that no release printed yet; what one did print is repeated, and not made again."""

from pathlib import Path

import pytest

from domain.contribution import ContributionContent
from domain.vocabulary import TOTAAL, Role
from pipelines import contributing, release_acts
from portal.measuring import make_evidence
from storage.places import Places
from tests.road import small_road
from toegangspeil.demo import surveys
from toegangspeil.demo.acts import remove_one
from toegangspeil.demo.folder import Box, DemoDelivery
from toegangspeil.demo.road import demo_actor
from toegangspeil.road import Road
from warehouse.sources import AreaBook

AREAS = ("GM9001", "GM9002")
STUDY = "GM9001/ceo_wmo/2025"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> tuple[Places, list[DemoDelivery]]:
    """Meting 2025 is published; 2026 passed the gate."""
    places = small_road.new_home(tmp_path_factory.mktemp("previews") / "home", AREAS)
    made = [_ceo(places, area, "2025") for area in AREAS]
    small_road.to_the_gate(places.home)
    with small_road.opened(places.home) as house:
        small_road.published(house, "een", AREAS)
    for area in AREAS:
        _ceo(places, area, "2026")
    small_road.to_the_gate(places.home)
    return places, made


def test_only_what_is_new_is_in_the_preview(home: tuple[Places, list[DemoDelivery]]) -> None:
    with small_road.opened(home[0].home) as house:
        both, new = contributing.content_of(house, AREAS[0], None), contributing.content_of(house, AREAS[0], "2026")
    assert both.repeats == {STUDY: "een"}
    assert {part.key.meting for part in both.parts} == {"2025", "2026"}
    assert {part.key.meting for part in both.fresh} == {"2026"}
    assert both.preview_hash == new.preview_hash
    assert new.repeats == {}
    assert ContributionContent.from_canonical(both.canonical()) == both


def test_the_page_shows_what_is_repeated_as_it_was_printed(home: tuple[Places, list[DemoDelivery]]) -> None:
    with small_road.opened(home[0].home) as house:
        content = contributing.content_of(house, AREAS[0], None)
        evidence = make_evidence(content, Road(house), AreaBook(house.gemeenten), house.codebooks)
        printed = Road(house).shown(content)[1][0]["fact_result"]
    assert evidence.safe
    assert _everybody(evidence.tables["fact_result"]) >= _everybody(printed) > set()  # beside others groups may close
    assert _figures(evidence.tables["fact_result"], "2026")


def test_after_a_removal_the_figures_are_signed_as_they_were_printed(
    home: tuple[Places, list[DemoDelivery]],
) -> None:
    """Made anew, one resident less would move them; the release repeats them."""
    places, made = home
    with small_road.opened(places.home) as house:
        before = contributing.content_of(house, AREAS[0], "2025")
        remove_one(house, made[:1])
        content = contributing.content_of(house, AREAS[0], "2025")
        printed = Road(house).shown(content)[1][0]["fact_result"]
        assert (before.repeats, content.repeats) == ({STUDY: "een"}, {})
        assert printed.num_rows
        evidence = make_evidence(content, Road(house), AreaBook(house.gemeenten), house.codebooks)
        assert _figures(evidence.tables["fact_result"], "2025") == _figures(printed, "2025")
        assert evidence.same


def test_what_a_withdrawn_release_printed_is_made_again(tmp_path: Path) -> None:
    places = small_road.new_home(tmp_path / "home", AREAS)
    for area in AREAS:
        _ceo(places, area, "2025")
    small_road.to_the_gate(places.home)
    with small_road.opened(places.home) as house:
        first = contributing.content_of(house, AREAS[0], None)
        small_road.published(house, "een", AREAS)
        again = contributing.content_of(house, AREAS[0], None)
        release_acts.withdraw(house, "een", comment="fout in de brief", by=demo_actor(house, Role.OPERATOR))
        after = contributing.content_of(house, AREAS[0], None)
    assert (first.repeats, again.repeats, after.repeats) == ({}, {STUDY: "een"}, {})
    assert first.preview_hash == after.preview_hash != again.preview_hash


def _everybody(table):
    return {one for one in _figures(table, "2025") if one[2] == TOTAAL}


def _figures(table, meting):
    """What is shown of the gemeente itself."""
    names = ("question", "statistic", "breakdown", "breakdown_value", "value", "label", "base", "base_band", "status")
    rows = [row for row in table.to_pylist() if row["meting"] == meting and row["area"] == AREAS[0]]
    return {tuple(row[name] for name in names) for row in rows if row["status"] in ("published", "indicative")}


def _ceo(places: Places, area: str, meting: str) -> DemoDelivery:
    rows = 60 + 10 * AREAS.index(area)
    return surveys.ceo_wmo(Box(places.inbox, 7), area, meting, rows, ontvangstcode=True)
