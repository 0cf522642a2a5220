"""The stages of `benchmarks.road`, and what it prints."""

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from benchmarks.spent import processor_seconds
from domain.vocabulary import Audience, Role
from pipelines import contributing, release_acts
from pipelines.house import House, open_house
from pipelines.installation import DEMO_PASSWORD, install
from pipelines.progress import run_waiting
from register import contributions, releases
from register.permissions import Act
from storage.places import Places
from storage.settings import change_settings, read_settings
from toegangspeil.demo import demo_gemeenten, write_ceo_deliveries, write_gemeenten
from toegangspeil.demo.road import demo_actor

RELEASE = "road"


class Timed(Protocol):
    """Measures a stage."""

    def timed(self, name: str) -> AbstractContextManager[None]:
        """What happens inside belongs to this stage."""


class Stages:
    """Seconds per stage, in the order they were done."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """Add what happens inside to the named stage."""
        started = time.perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - started


def make_home(home: Path, gemeenten: int) -> Places:
    """An installed demo home that knows these gemeenten; not counted."""
    codes = [gemeente.code for gemeente in demo_gemeenten(gemeenten)]
    install(home, demo=True, mode="verwerker", administrator="beheerder", password=DEMO_PASSWORD, gemeenten=codes)
    places = Places(home.resolve())
    change_settings(places, gemeenten_file=write_gemeenten(places.home / "gemeenten.csv", gemeenten).name)
    return places


def sign_all(house: House, codes: list[str], stages: Timed) -> None:
    """Freeze what every gemeente gives, and let its two officers sign."""
    operator = demo_actor(house, Role.OPERATOR)
    with stages.timed("contributions: freeze, preview"):
        prepared = contributing.prepare(house, codes, None, by=operator)
    with stages.timed("contributions: two signatures each"):
        for made in prepared:
            code = made.area
            officer, owner = demo_actor(house, Role.PRIVACY_OFFICER, code), demo_actor(house, Role.PROCESEIGENAAR, code)
            for act, by in ((Act.CONTRIBUTION_RULES, officer), (Act.CONTRIBUTION_RELEASE, owner)):
                contributions.sign(house.register, made.id, act, seen=made.content_hash, by=by)


def release_all(house: House, stages: Timed, name: str = RELEASE) -> None:
    """Build, protect, audit, approve and publish one release of everything signed."""
    operator, second = demo_actor(house, Role.OPERATOR), demo_actor(house, Role.PRIVACY_OFFICER)
    with stages.timed("release: marts, protect, audit, evidence"):
        made = release_acts.prepare(
            house, name, None, audience=Audience.DEELNEMERS, recipients=("Movisie",), by=operator
        )
    releases.approve(house.register, name, seen=made.content_hash or "", by=second)
    with stages.timed("publish: DuckDB, Parquet, CSV, reports"):
        release_acts.publish(house, name, by=operator)


def drive(gemeenten: int, metingen: tuple[str, ...], rows: int) -> tuple[Stages, Stages]:
    """The whole road once; returns its stages, and those of doing it again with nothing new."""
    stages, again = Stages(), Stages()
    with tempfile.TemporaryDirectory() as folder:
        places = make_home(Path(folder) / "home", gemeenten)
        made = write_ceo_deliveries(places.inbox, gemeenten=gemeenten, metingen=metingen, rows=rows)
        with open_house(read_settings(places.home, {}), {}) as house:
            _ = house.detector
            with stages.timed("run: read, vault, clean, gate"):
                done = run_waiting(house)
            if done.accepted != len(made) or done.closed:
                raise SystemExit(f"not everything came through: {done.sentence()}")
            sign_all(house, sorted({one.area for one in made}), stages)
            release_all(house, stages)
            with again.timed("run again, inbox empty"):
                run_waiting(house)
            write_ceo_deliveries(places.inbox, gemeenten=gemeenten, metingen=metingen, rows=rows)
            with again.timed("run again, same files delivered again"):
                repeated = run_waiting(house)
            if repeated.again != len(made):
                raise SystemExit(f"the same files were taken for new ones: {repeated.sentence()}")
    return stages, again


def show(small: Stages, large: Stages, factor: float) -> None:
    """One line a stage: both runs, and time per gemeente against the small run."""
    for name, seconds in large.seconds.items():
        ratio = seconds / (small.seconds[name] * factor)
        print(f"{name:50} {small.seconds[name]:9.2f} s {seconds:9.2f} s {ratio:8.2f} x")


def compare(asked: argparse.Namespace) -> None:
    """Print seconds per stage, the ratio to the small run, and the run with nothing new."""
    metingen = tuple(asked.metingen)
    drive(2, metingen[:1], 60)  # imports and first use of the libraries
    before = processor_seconds()
    small, _ = drive(asked.small, metingen, asked.rows)
    between = processor_seconds()
    large, again = drive(asked.gemeenten, metingen, asked.rows)
    work = between - before, processor_seconds() - between
    factor = asked.gemeenten / asked.small
    print(f"{len(metingen)} metingen x {asked.rows} rows, load {os.getloadavg()[0]:.1f}")
    print(f"{'':50} {asked.small:5} gem. {asked.gemeenten:7} gem. {'per gem.':>10}")
    show(small, large, factor)
    totals = sum(small.seconds.values()), sum(large.seconds.values())
    print(
        f"{'whole road (goal 1.2 x)':50} {totals[0]:9.2f} s {totals[1]:9.2f} s {totals[1] / totals[0] / factor:8.2f} x"
    )
    print(
        f"{'processor time, with the hands and the setting up':50} {work[0]:9.2f} s {work[1]:9.2f} s "
        f"{work[1] / work[0] / factor:8.2f} x"
    )
    for name, seconds in again.seconds.items():
        print(f"{name:50} {'':11} {seconds:9.2f} s {seconds / totals[1]:8.2%} of the road")
    print(f"{'peak memory':50} {'':11} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:9.2f} GB")
