"""`toegangspeil serve`: the portal and the anonymisation service, on this machine unless told otherwise."""

import atexit
import io
import ipaddress
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from typing import TYPE_CHECKING
from zipfile import ZipFile

import click

from toegangspeil.commands.common import home_option

if TYPE_CHECKING:
    import pyarrow as pa
    from fastapi import FastAPI

    from domain.contribution import ContributionContent
    from domain.delivery import DeliveryKey
    from domain.release import History
    from pipelines.house import House as RoadHouse
    from portal.house import House
    from portal.station import RowsRisk
    from register.actors import Actor
    from register.microdata import MicrodataContent, MicrodataRequest
    from register.retention import Destruction
    from storage.settings import Settings
    from warehouse.sources import MartSource

LOOPBACK = "127.0.0.1"
_CHOSEN = "TOEGANGSPEIL_SERVE"
"""What `serve` hands on to the processes that serve: home, open service, https."""


@click.command()
@home_option
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--host", default=LOOPBACK, show_default=True, help="Another address only behind a proxy with https.")
@click.option("--open-service", is_flag=True, help="The service answers without a key; only on this machine.")
@click.option("--workers", type=click.IntRange(1, 16), default=1, show_default=True, help="How many serve at once.")
@click.option("--worker/--no-worker", default=True, help="Also process what is delivered (toegangspeil run --watch).")
def serve(home: Path | None, port: int, host: str, open_service: bool, workers: int, worker: bool) -> None:
    """Serve the portal until it is stopped."""
    import uvicorn

    from domain.errors import WrongUsage
    from portal.logs import configure
    from storage.settings import read_settings

    if open_service and not is_loopback(host):
        raise WrongUsage("--open-service kan alleen op deze computer zelf (127.0.0.1); laat --host weg")
    settings = read_settings(home, os.environ)
    signal.signal(signal.SIGTERM, _stop)  # uvicorn hands the signal on when it is done: end the worker then
    configure()
    os.environ[_CHOSEN] = json.dumps([str(settings.places.home), open_service, not is_loopback(host)])
    with _worker(settings) if worker else _nothing(), _counting_together(workers):
        click.echo(f"Toegangspeil: http://{host}:{port}  (stoppen: Ctrl+C)")
        uvicorn.run(
            f"{__name__}:application", factory=True, host=host, port=port, workers=workers, access_log=False,
            log_config=None, server_header=False,
        )  # fmt: skip


def application() -> "FastAPI":
    """The portal of this process, as `serve` was asked for it; the home stays open until the process ends."""
    from portal.app import Serving, create_app
    from portal.house import open_house
    from portal.logs import configure
    from storage.settings import read_settings

    configure()
    home, open_service, secure = json.loads(os.environ[_CHOSEN])
    opened = open_house(read_settings(Path(home), os.environ), os.environ)
    house = opened.__enter__()
    atexit.register(opened.__exit__, None, None, None)
    warming = Timer(5.0, house.warm)  # after the first answer, before the first text
    warming.daemon = True
    warming.start()
    serving = Serving(open_service=open_service, secure=secure)
    return create_app(house, serving=serving, station=Road(house), environ=os.environ)


def _stop(_signal: int, _frame: object) -> None:
    raise SystemExit(0)


class Road:
    """What the portal may ask of the road behind it (portal.station.Station)."""

    def __init__(self, house: "House") -> None:
        self._portal = house

    @cached_property
    def _house(self) -> "RoadHouse":
        from pipelines.house import House as RoadHouse

        house = self._portal
        return RoadHouse(house.settings, house.keyring, house.register, house.codebooks)

    def sources(self, content: "ContributionContent") -> "Iterable[MartSource]":
        """The checked deliveries of a contribution."""
        from pipelines.sources import sources

        return sources(self._house, [content])

    def digest(self, tables: "Mapping[str, pa.Table]") -> object:
        """What a preview hash is taken over."""
        from pipelines.contributing import preview_digest

        return preview_digest(tables)

    def history(self) -> "History":
        """Every cell of earlier releases."""
        from pipelines.past import history_of

        return history_of(self._house)

    def find(self, key: "DeliveryKey", number: str) -> str | None:
        """Pseudonym of who has this number in a study."""
        from pipelines.removing import find

        return find(self._house, key.area, key.instrument, key.meting, number)

    def ask_rows(self, scope: str, purpose: str, public_key: bytes, *, by: "Actor") -> "MicrodataRequest":
        """Ask for the rows of a study for oneself."""
        from pipelines.researching import ask

        return ask(self._house, scope, purpose, public_key, by=by)

    def risks(self, content: "MicrodataContent") -> "list[RowsRisk]":
        """What would go along now, per delivery."""
        from pipelines.researching import preview
        from portal.station import RowsRisk

        cards = preview(self._house, content)
        return [
            RowsRisk(str(given.part.key), safe.after.people, safe.dropped, safe.after.words) for given, safe in cards
        ]

    def rows(self, scope: str, *, by: "Actor") -> bytes:
        """The approved rows, sealed for their receiver, as one ZIP."""
        from pipelines.researching import microdata

        with TemporaryDirectory() as folder:
            microdata(self._house, scope, Path(folder), by=by)
            made = io.BytesIO()
            with ZipFile(made, "w") as archive:
                for path in sorted(Path(folder).iterdir()):
                    archive.write(path, path.name)
        return made.getvalue()

    def destroy(self, number: int, *, by: "Actor") -> "Destruction":
        """Carry out what two persons signed."""
        from pipelines.retaining import destroy

        return destroy(self._house, number, by=by)


def is_loopback(host: str) -> bool:
    """Whether an address is this machine itself."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@contextmanager
def _worker(settings: "Settings") -> Iterator[None]:
    """The one process that takes deliveries from the inbox; it ends with the portal."""
    command = [sys.executable, "-m", "toegangspeil", "run", "--watch", "--home", str(settings.places.home)]
    running = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        yield
    finally:
        running.terminate()
        running.wait(20)


@contextmanager
def _counting_together(workers: int) -> Iterator[None]:
    """A folder in which several processes count their requests; one alone needs none."""
    if workers == 1:
        yield
        return
    with TemporaryDirectory() as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        yield


@contextmanager
def _nothing() -> Iterator[None]:
    yield
