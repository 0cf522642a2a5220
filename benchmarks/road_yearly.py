"""Metingen one after the other through the whole road: a release for each, beside those before it.

Of every meting but the last some gemeenten are late: they deliver it with the next one, so that later releases print
earlier questions again for more gemeenten. Every release is attacked as `toegangspeil audit` does, beside the earlier
ones in its folder.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from anonymisation.disclosure.published import audit_published
from benchmarks.road_drive import drive, make_home, release_all, sign_all
from benchmarks.spent import peak, processor_seconds, start_peak
from pipelines import past
from pipelines.house import House, open_house
from pipelines.progress import run_waiting
from storage.settings import read_settings
from toegangspeil.demo import DemoDelivery, write_ceo_deliveries


class Steps:
    """Per step the clock, processor seconds and the highest memory of this process, printed as soon as it ends.

    So a run that is stopped says how far it came, and what the last step had taken by then.
    """

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """Measure and print what happens inside."""
        start_peak()
        began, worked, end = perf_counter(), processor_seconds(), " (stopped)"
        try:
            yield
            end = ""
        finally:
            print(
                f"  {name:42} {perf_counter() - began:8.1f} s {processor_seconds() - worked:8.1f} s cpu "
                f"{peak():7.0f} MB{end}",
                flush=True,
            )


def yearly(asked: argparse.Namespace) -> None:
    """One release per meting, in one home."""
    drive(2, tuple(asked.metingen[:1]), 60)  # imports and first use of the libraries
    began, worked, steps = perf_counter(), processor_seconds(), Steps()
    with tempfile.TemporaryDirectory() as folder:
        places = make_home(Path(folder) / "home", asked.gemeenten)
        late: list[DemoDelivery] = []
        codes: set[str] = set()
        with open_house(read_settings(places.home, {}), {}) as house:
            for at, meting in enumerate(asked.metingen):
                made = write_ceo_deliveries(
                    places.inbox, gemeenten=asked.gemeenten, metingen=(meting,), rows=asked.rows
                )
                waiting = made[at :: asked.late] if asked.late and meting != asked.metingen[-1] else []
                _aside(waiting, places.home / "late")
                _back(late, places.home / "late")
                now = [*late, *(one for one in made if one not in waiting)]
                print(f"meting {meting}: {len(now)} deliveries, {len(late)} of them late")
                codes |= {one.area for one in now}
                _one_release(house, f"road-{meting}", sorted(codes), steps)
                late = waiting
                spent = f"{perf_counter() - began:.0f} s, {processor_seconds() - worked:.0f} s cpu"
                print(f"until here: {spent}, load {os.getloadavg()[0]:.1f}", flush=True)


def _one_release(house: House, name: str, codes: list[str], steps: Steps) -> None:
    """Everything that waits, to a published and audited release. Raises SystemExit when the audit learns anything."""
    with steps.timed("run: read, vault, clean, gate"):
        done = run_waiting(house)
    if done.closed:
        raise SystemExit(f"not everything came through: {done.sentence()}")
    sign_all(house, codes, steps)
    with steps.timed("history: read the cells of earlier releases"):
        cells = len(past.history_of(house).cells)
    print(f"  {cells} earlier cells")
    release_all(house, steps, name)
    with steps.timed("audit of the file, beside the earlier ones"):
        report = audit_published(house.places.published / f"{name}.duckdb")
    print(f"  audit: {report.cells} cells, {report.suppressed} closed, {len(report.findings)} findings")
    if not report.safe:
        raise SystemExit("\n".join(f"{one.threat} {one.table} {one.where}: {one.learned}" for one in report.findings))


def _aside(made: Sequence[DemoDelivery], shelf: Path) -> None:
    """Keep deliveries from the inbox."""
    for one in made:
        place = shelf / one.area / one.folder.name
        place.parent.mkdir(parents=True, exist_ok=True)
        one.folder.rename(place)


def _back(made: Sequence[DemoDelivery], shelf: Path) -> None:
    for one in made:
        (shelf / one.area / one.folder.name).rename(one.folder)
