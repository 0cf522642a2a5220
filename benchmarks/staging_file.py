"""One large file through the whole intake road: CSV in the inbox -> vault -> cleaned -> checked staging.

Beside it, in turns, DuckDB that reads every column of the same CSV and writes Parquet. Everything counts that
`toegangspeil run` does: hashing, encryption, the register, Dagster. Imports are paid by a first delivery of 300 rows.
Of each the best turn counts, because this machine may be shared; the ratio of every turn stands beside it.
Goal: at most 6 x DuckDB (reading 3 x, cleaning and gate 3 x) in 2 GB.

    python -m benchmarks.staging_file [--rows 1000000] [--times 3]
"""

import argparse
import os
import resource
import shutil
import tempfile
from pathlib import Path

import pyarrow as pa

from benchmarks.intake import REFERENCE, baseline, best, write_delivery
from domain.delivery import DeliveryKey
from domain.instruments import Codebook
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
Times = tuple[float, float]


def run_file(house: House, folder: Path) -> None:
    """From a folder in the inbox to the verdict of the gate."""
    inbox = house.places.inbox_of(KEY.area)
    inbox.mkdir(exist_ok=True)
    shutil.move(folder, inbox / folder.name)
    done = run_waiting(house)
    if done.quarantined or done.closed or not done.accepted:
        raise SystemExit(f"the file did not come through: {done.sentence()}")
    if not all(verdict.passed for verdict in verdicts.latest_many(house.register).values()):
        raise SystemExit("the gate stayed closed")


def one_turn(folder: Path, large: Path, book: Codebook) -> tuple[Times, Times]:
    """Both once, in a new home: by the clock and in processor time, DuckDB first."""
    places = Places(folder.resolve() / "home")
    install(places.home, demo=True, mode="verwerker", administrator="beheerder", password=DEMO_PASSWORD)
    change_settings(places, gemeenten_file=str(write_gemeenten(folder / "gemeenten.csv", 1)))
    write_delivery(folder / "klein", book, 300)
    shutil.copytree(large, folder / "groot")
    theirs = best(lambda: baseline(large / "ceo.csv", folder / "x.parquet"), 1)
    with open_house(read_settings(places.home, {}), {}) as house:
        run_file(house, folder / "klein")
        return theirs, best(lambda: run_file(house, folder / "groot"), 1)


def main() -> None:
    """Print both, and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=3)
    asked = parser.parse_args()
    quiet_libraries()
    pa.set_cpu_count(2)
    book = Codebooks().get(REFERENCE)
    with tempfile.TemporaryDirectory() as name:
        large = Path(name) / "bron"
        columns = write_delivery(large, book, asked.rows)
        size = (large / "ceo.csv").stat().st_size / 1e6
        turns = [one_turn(Path(name) / f"beurt {n}", large, book) for n in range(1, asked.times + 1)]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{asked.rows:,} rows x {columns} columns, {size:.0f} MB, load {os.getloadavg()[0]:.1f}")
    theirs, ours = (tuple(map(min, zip(*side, strict=True))) for side in zip(*turns, strict=True))
    print(f"DuckDB, CSV to Parquet                 {theirs[0]:8.2f} s   processor {theirs[1]:8.2f} s")
    print(f"file in the inbox to checked staging   {ours[0]:8.2f} s   processor {ours[1]:8.2f} s")
    each = ", ".join(f"{us[0] / them[0]:.2f}" for them, us in turns)
    print(
        f"ratio (goal 6)                         {ours[0] / theirs[0]:8.2f} x   processor {ours[1] / theirs[1]:8.2f} x"
    )
    print(f"ratio of every turn                    {each}")
    print(f"peak memory (goal 2 GB)                {memory:8.2f} GB")


if __name__ == "__main__":
    main()
