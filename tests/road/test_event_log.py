"""Events written a group at a time are the events Dagster would have written one by one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from pipelines.event_log import GroupedEventLog, instance_of
from storage.places import Places

KEYS = ("GM9001.ceo_wmo.2026.client", "GM9002.ceo_wmo.2026.client", "GM9003.ceo_wmo.2026.client")
PARTS = dg.DynamicPartitionsDefinition(name="delivery")
ASSET = dg.AssetKey("counted")


@dg.asset(name="counted", partitions_def=PARTS, backfill_policy=dg.BackfillPolicy.single_run())
def counted() -> dg.MaterializeResult[None]:
    return dg.MaterializeResult(metadata={"rows": 7})


QUIET = "telemetry: {enabled: false}\n"


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return _new(tmp_path / "home")


def _new(home: Path) -> Places:
    made = Places(home)
    made.create()
    (made.dagster / "dagster.yaml").write_text(QUIET)
    return made


def _run(instance: dg.DagsterInstance, keys: tuple[str, ...]) -> str:
    instance.add_dynamic_partitions("delivery", list(keys))
    tags = {"dagster/asset_partition_range_start": keys[0], "dagster/asset_partition_range_end": keys[-1]}
    return dg.materialize([counted], instance=instance, tags=tags).run_id


def _kept(places: Places, run: str) -> dict[str, Any]:
    """What a plain Dagster reads back from the files of a home."""
    with dg.DagsterInstance.from_config(str(places.dagster)) as plain:
        assert not isinstance(plain.event_log_storage, GroupedEventLog)
        told = [record.event_log_entry.dagster_event for record in plain.get_records_for_run(run).records]
        last = plain.get_latest_materialization_event(ASSET)
        return {
            "told": [(one.event_type_value, one.partition) for one in told if one],
            "materialised": plain.get_materialized_partitions(ASSET),
            "planned": plain.event_log_storage.get_latest_planned_materialization_info(ASSET) is not None,
            "last": last.dagster_event.partition if last and last.dagster_event else None,
            "rows": last.asset_materialization.metadata["rows"].value if last and last.asset_materialization else None,
            "assets": plain.all_asset_keys(),
        }


def test_a_plain_dagster_reads_the_same_from_both(places: Places, tmp_path: Path) -> None:
    with instance_of(places) as grouped:
        assert isinstance(grouped.event_log_storage, GroupedEventLog)
        run = _run(grouped, KEYS)
    plainly = _new(tmp_path / "plain")
    with dg.DagsterInstance.from_config(str(plainly.dagster)) as plain:
        plain_run = _run(plain, KEYS)
    found = _kept(places, run)
    assert found == _kept(plainly, plain_run)
    assert found["materialised"] == set(KEYS)
    assert found["rows"] == 7


def test_a_second_run_adds_to_the_first(places: Places) -> None:
    with instance_of(places) as grouped:
        _run(grouped, KEYS[:2])
    with instance_of(places) as grouped:
        run = _run(grouped, KEYS[2:])
    assert _kept(places, run)["materialised"] == set(KEYS)


def test_nothing_stays_open_behind_a_run(places: Places) -> None:
    with instance_of(places) as grouped:
        _run(grouped, KEYS)
    assert list(places.dagster.rglob("*-wal")) == []


def test_a_home_that_keeps_its_events_elsewhere_is_left_alone(places: Places, tmp_path: Path) -> None:
    chosen = f"{QUIET}storage:\n  sqlite: {{base_dir: {tmp_path / 'elsewhere'}}}\n"
    (places.dagster / "dagster.yaml").write_text(chosen)
    with instance_of(places) as instance:
        assert not isinstance(instance.event_log_storage, GroupedEventLog)


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("DAGSTER_EVENT_BATCH_SIZE", raising=False)
    yield
    monkeypatch.delenv("DAGSTER_EVENT_BATCH_SIZE", raising=False)
