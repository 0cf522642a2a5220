"""One large file through the whole intake road: CSV in the inbox -> vault -> cleaned -> checked staging.

Beside it, in the same run, DuckDB that reads every column of the same CSV and writes Parquet. Everything counts that
`toegangspeil run` does: hashing, encryption, the register, Dagster. Imports are paid by a first delivery of 300 rows.
Goal: at most 6 x DuckDB (reading 3 x, cleaning and gate 3 x) in 2 GB.

    python -m benchmarks.staging_file [--rows 1000000] [--times 2]
"""

import argparse
import os
import resource
import shutil
import tempfile
import time
from pathlib import Path

import pyarrow as pa

from benchmarks.intake import REFERENCE, baseline, best, write_delivery
from domain.delivery import DeliveryKey
from pipelines.house import House, open_house
from pipelines.installation import DEMO_PASSWORD, install
from pipelines.progress import run_waiting
from register import verdicts
from storage.codebooks import Codebooks
from storage.places import Places
from storage.settings import change_settings, read_settings
from toegangspeil.demo import write_gemeenten
from toegangspeil.main import quiet_libraries

KEY = DeliveryKey("GM9001", "ceo_wmo", "2026", "client")


def run_file(house: House, folder: Path) -> float:
    """Seconds from a folder in the inbox to the verdict of the gate."""
    inbox = house.places.inbox_of(KEY.area)
    inbox.mkdir(exist_ok=True)
    shutil.move(folder, inbox / folder.name)
    started = time.perf_counter()
    done = run_waiting(house)
    seconds = time.perf_counter() - started
    if done.quarantined or done.closed or not done.accepted:
        raise SystemExit(f"the file did not come through: {done.sentence()}")
    if not all(verdict.passed for verdict in verdicts.latest_many(house.register).values()):
        raise SystemExit("the gate stayed closed")
    return seconds


def main() -> None:
    """Print both, and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=2)
    asked = parser.parse_args()
    quiet_libraries()
    pa.set_cpu_count(2)
    book = Codebooks().get(REFERENCE)
    with tempfile.TemporaryDirectory() as name:
        places = Places(Path(name).resolve() / "home")
        install(places.home, demo=True, mode="verwerker", administrator="beheerder", password=DEMO_PASSWORD)
        change_settings(places, gemeenten_file=str(write_gemeenten(Path(name) / "gemeenten.csv", 1)))
        write_delivery(Path(name) / "klein", book, 300)
        columns = write_delivery(Path(name) / "groot", book, asked.rows)
        source = Path(name) / "groot" / "ceo.csv"
        size = source.stat().st_size / 1e6
        theirs, _ = best(lambda: baseline(source, Path(name) / "x.parquet"), asked.times)
        with open_house(read_settings(places.home, {}), {}) as house:
            run_file(house, Path(name) / "klein")
            ours = run_file(house, Path(name) / "groot")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{asked.rows:,} rows x {columns} columns, {size:.0f} MB, load {os.getloadavg()[0]:.1f}")
    print(f"DuckDB, CSV to Parquet                 {theirs:8.2f} s")
    print(f"file in the inbox to checked staging   {ours:8.2f} s")
    print(f"ratio (goal 6)                         {ours / theirs:8.2f} x")
    print(f"peak memory (goal 2 GB)                {memory:8.2f} GB")


if __name__ == "__main__":
    main()
