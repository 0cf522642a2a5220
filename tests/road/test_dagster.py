"""What Dagster loads and stores: a graph with counts, a sensor that asks once, and of a failure only our own words."""

from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from domain.errors import CannotCheck, DisclosureRefused
from pipelines import releasing
from pipelines.definitions import ASSETS, defs
from pipelines.house import House
from pipelines.resources import OpenHome
from pipelines.runs import groups, run_release
from pipelines.sensors import inbox_sensor
from tests.road import canary, small_road


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    small_road.new_home(tmp_path / "home")
    with small_road.opened(tmp_path / "home") as opened:
        yield opened


def test_the_definitions_load() -> None:
    loaded = defs()
    dg.Definitions.validate_loadable(loaded)
    assert {key.path[-1] for asset in ASSETS for key in asset.keys} == {
        "delivery", "cleaned", "checked", "marts", "protected", "published",
    }  # fmt: skip


def test_every_asset_says_what_it_is_whose_it_is_and_how() -> None:
    for asset in ASSETS:
        (spec,) = asset.specs
        assert len(spec.description or "") > 40
        assert spec.owners
        assert spec.kinds


@pytest.mark.parametrize(
    ("wanted", "runs"),
    [
        ([], []),
        (["b"], [["b"]]),
        (["a", "b", "c"], [["a", "b"], ["c"]]),
        (["a", "c"], [["a"], ["c"]]),
        (["e", "d", "a"], [["a"], ["d", "e"]]),
    ],
)
def test_only_neighbours_share_a_run_and_at_most_size_of_them(wanted: list[str], runs: list[list[str]]) -> None:
    assert list(groups(["a", "b", "c", "d", "e"], wanted, size=2)) == runs


def test_the_sensor_asks_for_each_waiting_delivery_once_for_the_same_content(house: House) -> None:
    small_road.deliver(house.places, ("GM9001", "GM9002"), rows=12, journeys=False)
    canary.plant_refused(house.places, "GM9003")
    with dg.DagsterInstance.ephemeral() as instance:
        first, second = (_looked(house, instance) for _ in range(2))
        small_road.deliver(house.places, ("GM9001",), rows=12, seed=8, journeys=False)
        third = _looked(house, instance)
    good = {"GM9001.ceo_wmo.2026.client", "GM9002.ceo_wmo.2026.client"}
    asked = {request.partition_key: request.run_key for request in first.run_requests or []}
    assert set(asked) >= good
    assert all(key is None or "zwanenbliksum" not in key.lower() for key in asked.values())
    assert {request.partition_key: request.run_key for request in second.run_requests or []} == asked
    changed = {request.partition_key: request.run_key for request in third.run_requests or []}
    assert {key for key in asked if changed[key] != asked[key]} == {"GM9001.ceo_wmo.2026.client"}


@pytest.mark.parametrize(
    ("raised", "told"),
    [
        (DisclosureRefused("de aanval leerde 3 dingen die niet mogen"), "de aanval leerde 3 dingen die niet mogen"),
        (ValueError(f"cannot convert {canary.NAME!r} to int"), "onverwachte fout ValueError"),
    ],
)
def test_of_a_failing_step_only_our_words_are_told_and_kept(
    house: House, monkeypatch: pytest.MonkeyPatch, raised: Exception, told: str
) -> None:
    def fails(*_: object) -> None:
        raise raised

    monkeypatch.setattr(releasing, "build", fails)
    with pytest.raises(CannotCheck, match=told) as refusal:
        run_release(house, "proef", publish=False)
    assert canary.traces_in(str(refusal.value)) == set()
    assert canary.leaks(house.places.home) == {}


def _looked(house: House, instance: dg.DagsterInstance) -> dg.SensorResult:
    context = dg.build_sensor_context(instance=instance, resources={"home": OpenHome(house)})
    found = inbox_sensor(context)
    assert isinstance(found, dg.SensorResult)
    return found
