"""A power cut at every station, and starting again: the same release as if nothing had happened.

CSV and Parquet byte for byte, DuckDB row for row. One home is cut at each place of the road in turn, in a process of
its own each time; another walks the same deliveries in one go. Slow: a process a place.
"""

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from register import ledger
from register.signing import read_public_key
from tests.road import small_road
from tests.road.small_road import KILLED, RELEASE, nothing_lies_about

PLACES = (
    "ingest.vault.store",
    "register.deliveries.accept_many",
    "ingest.vault.erase_original",
    "pipelines.cleaning.keep_review",
    "pipelines.cleaning.write_pending",
    "before pipelines.checking._judged",
    "before pipelines.checking._promote",
    "pipelines.checking._promote",
    "pipelines.contributing.contributions.prepare_many",
    "tests.road.small_road.contributions.sign",
    "pipelines.release_acts.releases.prepare",
    "pipelines.releasing.build_marts",
    "pipelines.bundle.write",
    "pipelines.releasing.past.note",
    "pipelines.releasing.releases.attach",
    "pipelines.release_acts.releases.submit",
    "tests.road.small_road.releases.approve",
    "pipelines.releasing.write_release",
    "pipelines.releasing.past.settle",
    "pipelines.releasing.releases.publish",
    "pipelines.releasing.wipe_marts",
)
ROOT = Path(small_road.__file__).resolve().parents[2]

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]


def walk(home: Path, *kill_at: str) -> int:
    """The road in a process of its own; gives its exit code."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DAGSTER_DISABLE_TELEMETRY": "1"}
    script = [sys.executable, "-m", "tests.road.small_road", str(home), *kill_at]
    done = subprocess.run(script, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=900, check=False)
    assert done.returncode in (0, KILLED), done.stderr[-2000:]
    return done.returncode


def new_home(home: Path) -> Path:
    small_road.deliver(small_road.new_home(home))
    return home


def files_of(home: Path) -> dict[str, bytes]:
    """CSV and Parquet of the release."""
    folder = home / "published" / RELEASE
    found = [path for path in folder.rglob("*") if path.suffix in (".csv", ".parquet")]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(found)}


def rows_of(home: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table of the published database."""
    with duckdb.connect(str(home / "published" / f"{RELEASE}.duckdb"), read_only=True) as connection:
        tables = [name for (name,) in connection.sql("select table_name from duckdb_tables()").fetchall()]
        return {name: connection.sql(f'select * from "{name}" order by all').fetchall() for name in sorted(tables)}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release of a road that nobody cut."""
    home = new_home(tmp_path_factory.mktemp("whole") / "home")
    assert walk(home) == 0
    return home


@pytest.fixture(scope="module")
def cut(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same deliveries on a road that was cut at every place and walked to the end after it."""
    home = new_home(tmp_path_factory.mktemp("cut") / "home")
    for place in PLACES:
        assert walk(home, place) == KILLED, f"{place} was never reached"
    assert walk(home) == 0
    return home


def test_csv_and_parquet_are_byte_for_byte_the_same(whole: Path, cut: Path) -> None:
    expected, found = files_of(whole), files_of(cut)
    assert len(expected) > 30
    assert sorted(found) == sorted(expected)
    assert [name for name in expected if found[name] != expected[name]] == []


def test_the_database_is_row_for_row_the_same(whole: Path, cut: Path) -> None:
    expected, found = rows_of(whole), rows_of(cut)
    assert sorted(found) == sorted(expected)
    assert [name for name in expected if found[name] != expected[name]] == []


def test_no_kill_leaves_anything_behind(cut: Path) -> None:
    assert nothing_lies_about(cut) == []


def test_the_ledger_of_the_cut_road_is_whole(cut: Path) -> None:
    with small_road.opened(cut) as house:
        assert ledger.verify(house.register, public_key=read_public_key(house.places.keys)).ok
