"""A second release beside a first: what a history of many gemeenten costs.

All gemeenten but one deliver CEO Wmo over three metingen; a release of these is published. Then the last one is late,
everybody signs again and a second release of the same metingen is made and published: every line of the first is laid
beside it. The first release, without a history, is the baseline; the audit of each file as published stands beside
it. Two sizes in one process show how it grows.

    python -m benchmarks.history [--gemeenten 60] [--small 15] [--metingen 2024 2025 2026] [--rows 100]
"""

import argparse
import os
import resource
import tempfile
from pathlib import Path


def main() -> None:
    """Ask, silence the libraries, drive."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gemeenten", type=int, default=60)
    parser.add_argument("--small", type=int, default=15)
    parser.add_argument("--metingen", nargs="+", default=["2024", "2025", "2026"])
    parser.add_argument("--rows", type=int, default=100)
    asked = parser.parse_args()
    from toegangspeil.main import quiet_libraries

    quiet_libraries()
    drive(2, asked.metingen[:1], 60)  # imports and first use of the libraries
    small, _ = drive(asked.small, asked.metingen, asked.rows)
    large, cells = drive(asked.gemeenten, asked.metingen, asked.rows)
    factor = asked.gemeenten / asked.small
    print(
        f"{len(asked.metingen)} metingen x {asked.rows} rows, {cells} cells of history, load {os.getloadavg()[0]:.1f}"
    )
    print(f"{'processor seconds':50} {asked.small:6} gem. {asked.gemeenten:7} gem. {'per gem.':>10}")
    for name, seconds in large.items():
        print(f"{name:50} {small[name]:9.2f} s {seconds:10.2f} s {seconds / small[name] / factor:8.2f} x")
    for made in ("release", "audit"):
        first, second = large[f"{made} 1"], large[f"{made} 2"]
        print(f"{made} with a history against without, {asked.gemeenten} gemeenten: {second / first:.2f} x")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")


def drive(gemeenten: int, metingen: list[str], rows: int) -> tuple[dict[str, float], int]:
    """Both releases once; returns processor seconds per stage, and how many cells the first one left in the history."""
    from anonymisation.disclosure.published import audit_published
    from benchmarks.road_drive import Stages, make_home, processor_seconds, release_all, sign_all
    from pipelines import past
    from pipelines.house import open_house
    from pipelines.progress import run_waiting
    from storage.settings import read_settings
    from toegangspeil.demo import write_ceo_deliveries

    stages, spent = Stages(processor_seconds), Stages(processor_seconds)
    with tempfile.TemporaryDirectory() as folder:
        places = make_home(Path(folder) / "home", gemeenten)
        made = write_ceo_deliveries(places.inbox, gemeenten=gemeenten, metingen=tuple(metingen), rows=rows)
        codes = sorted({one.area for one in made})
        late = Path(folder) / "late"
        for path in [one for one in places.inbox.rglob("*") if one.is_dir() and one.name == codes[-1]]:
            path.rename(late)
        with open_house(read_settings(places.home, {}), {}) as house:
            for number, here in enumerate((codes[:-1], codes), start=1):
                if number == 2:
                    late.rename(places.inbox / codes[-1])
                done = run_waiting(house)
                if done.closed or not done.accepted:
                    raise SystemExit(f"not everything came through: {done.sentence()}")
                sign_all(house, here, spent)
                with stages.timed(f"release {number}"):
                    release_all(house, spent, f"road-{number}")
                with stages.timed(f"audit {number}"):
                    report = audit_published(places.published / f"road-{number}.duckdb")
                if not report.safe:
                    raise SystemExit(f"the audit of release {number} learned {len(report.findings)} things")
            cells = sum(cell.release == "road-1" for cell in past.history_of(house).cells)
    return stages.seconds, cells


if __name__ == "__main__":
    main()
