"""A contribution that was late joins the next release, beside everybody of the first; the audit of both learns nothing.

Nor where a gemeente of the first takes no part again. Also which gemeenten a printed line holds, and that another
delivery of a published gemeente changes nothing.
"""

import duckdb
import pytest

from anonymisation.disclosure.published import audit_published
from domain.delivery import DeliveryKey
from domain.release import EarlierCell, History, Status
from pipelines.joining import compared
from tests.road import small_road
from tests.road.small_road import published
from toegangspeil.demo import surveys
from toegangspeil.demo.acts import remove_one
from toegangspeil.demo.folder import Box

AREAS = ("GM9001", "GM9002", "GM9003", "GM9004")
EVERY = (*AREAS, "GM9007", "GM9010")
SCOPE = "doelgroep=client|instrument=ceo_wmo|meting=2026|question=vraag"
PARENTS = [(area, "PV90") for area in AREAS] + [("GM9001", "SV9001"), ("GM9002", "SV9001")]


def test_a_late_gemeente_is_in_the_next_release_with_everybody(tmp_path):
    places = small_road.new_home(tmp_path / "home", AREAS)
    small_road.deliver(places, AREAS, journeys=False)
    small_road.to_the_gate(places.home)
    with small_road.opened(places.home) as house:
        files = [published(house, "een", AREAS[:3]), published(house, "twee", AREAS)]
    assert [people(file, "NL") > 0 for file in files] == [True, True]
    assert people(files[1], "NL") - people(files[0], "NL") == people(files[1], "GM9004") >= 10
    assert [audit_published(file, 10).findings for file in files] == [(), ()]


@pytest.mark.parametrize("joins", ["GM9010", "GM9002"])
def test_a_gemeente_that_takes_no_part_again_leaves_a_provincie(tmp_path, joins):
    """joins: in the provincie that lost one, or elsewhere: then the provincie is printed no more."""
    first, places = ["GM9001", "GM9004", "GM9007", "GM9003"], small_road.new_home(tmp_path / "home", EVERY)
    small_road.deliver(places, [*first, joins], rows=90, journeys=False)
    small_road.to_the_gate(places.home)
    with small_road.opened(places.home) as house:
        files = [published(house, "een", first), published(house, "twee", [*first[1:], joins])]
    assert "PV91" in printed_areas(files[0])
    assert ("PV91" in printed_areas(files[1])) is (joins == "GM9010")
    assert [audit_published(file, 10).findings for file in files] == [(), ()]


def test_a_removal_between_two_lists_leaves_the_figures_as_they_were(tmp_path):
    """Everybody has the short list; one resident goes, and somebody delivers last year with the long one."""
    places = small_road.new_home(tmp_path / "home", AREAS)
    short = [of_list(places, area, "ceo_wmo@2025.1", 40 + 6 * at) for at, area in enumerate(AREAS[:3])]
    small_road.to_the_gate(places.home)
    with small_road.opened(places.home) as house:
        first = published(house, "een", AREAS[:3])
        remove_one(house, short)
        of_list(places, AREAS[3], "ceo_wmo@2016.1", 50, "2025")
    small_road.to_the_gate(places.home)
    with small_road.opened(places.home) as house:
        second = published(house, "twee", AREAS)
    assert figures(first, AREAS[0]) == figures(second, AREAS[0])


def test_a_removal_and_a_small_late_gemeente_leave_a_release_that_goes_out(tmp_path):
    """What stays as printed told the late one, with its own numbers, only what it could read in the first release."""
    places = small_road.new_home(tmp_path / "home", AREAS)
    made = [of_list(places, area, "ceo_wmo@2016.1", rows) for area, rows in zip(AREAS, (160, 120, 90), strict=False)]
    small_road.to_the_gate(places.home)
    with small_road.opened(places.home) as house:
        files = [published(house, "een", AREAS[:3])]
        remove_one(house, made)
        of_list(places, AREAS[3], "ceo_wmo@2016.1", 50)
    small_road.to_the_gate(places.home)
    with small_road.opened(places.home) as house:
        files += [published(house, "twee", AREAS)]
    assert figures(files[0], AREAS[0]) == figures(files[1], AREAS[0])
    assert not {AREAS[3], "NL", "PV90"} & printed_areas(files[1])
    assert [audit_published(file, 10).findings for file in files] == [(), ()]


def of_list(places, area, reference, rows, meting="2026"):
    return surveys.ceo_wmo(Box(places.inbox, 7), area, meting, rows, reference=reference, ontvangstcode=True)


def figures(file, area):
    """What stands there of a gemeente; that it asked otherwise than who came later is no figure."""
    asked = (
        "select question, statistic, breakdown, breakdown_value, value, base, base_band, status from fact_result "
        "where area = ? and status <> 'not_comparable' and statistic not like '%weighted' order by all"
    )
    with duckdb.connect(str(file), read_only=True) as connection:
        return connection.execute(asked, [area]).fetchall()


def people(file, area):
    asked = "select base from fact_result where area = ? and breakdown = 'TOTAAL' order by question, statistic limit 1"
    with duckdb.connect(str(file), read_only=True) as connection:
        return connection.execute(asked, [area]).fetchall()[0][0]


def printed_areas(file):
    with duckdb.connect(str(file), read_only=True) as connection:
        return {area for (area,) in connection.execute("select area from fact_result where base > 0").fetchall()}


def cell(*key):
    return EarlierCell("een", "totaal", SCOPE, key, 40, Status.PUBLISHED, 10)


def given(*areas, doelgroep="client", version=1):
    return {DeliveryKey(area, "ceo_wmo", "2026", doelgroep): version for area in areas}


def beside(then, now, *key):
    (found,) = compared(History((cell(*key),)), {"een": then}, now, PARENTS).cells
    return found


@pytest.mark.parametrize(
    ("area", "unchanged"), [(None, False), ("PV90", False), ("SV9001", True), ("GM9001", True), ("GM9003", True)]
)
def test_only_lines_with_the_late_gemeente_in_them_hold_other_people(area, unchanged):
    found = beside(given(*AREAS[:3]), given(*AREAS), *([("area", area)] if area else []))
    assert found.unchanged is unchanged
    assert found.settled(10)


def test_one_that_went_and_one_that_joined_make_another_line_of_as_many():
    found = beside(given(*AREAS[:3]), given(*AREAS[1:]))
    assert not found.unchanged
    assert found.settled(10)


@pytest.mark.parametrize(
    "now",
    [
        given("GM9001", version=2),
        given("GM9001") | given("GM9001", doelgroep="vertegenwoordiger"),
        given("SV9001"),
    ],
)
def test_another_delivery_about_published_people_leaves_everything_as_it_was(now):
    assert not beside(given("GM9001"), now).settled(10)


def test_a_line_with_a_correction_that_lost_a_gemeente_is_not_printed_again():
    """Its parts of now would not add up to it: the release was refused."""
    found = beside(given(*AREAS), given(*AREAS[:2]) | given(AREAS[2], version=2))
    assert (found.settled(10), bool(found.people)) == (False, True)
    assert not beside(given(*AREAS[:3]), given(*AREAS[:2], AREAS[3]) | given(AREAS[2], version=2)).people


def test_the_same_deliveries_are_the_same_people():
    assert beside(given(*AREAS), given(*AREAS)) == cell()
