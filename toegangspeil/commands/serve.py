"""`toegangspeil serve`: the portal and the anonymisation service, on this machine unless told otherwise."""

import atexit
import ipaddress
import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from typing import TYPE_CHECKING

import click

from toegangspeil.commands.common import home_option

if TYPE_CHECKING:
    from fastapi import FastAPI

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
    from portal.patience import PatientProtocol
    from storage.settings import read_settings
    from toegangspeil.watcher import watching

    if open_service and not is_loopback(host):
        raise WrongUsage("--open-service kan alleen op deze computer zelf (127.0.0.1); laat --host weg")
    settings = read_settings(home, os.environ)
    signal.signal(signal.SIGTERM, _stop)  # uvicorn hands the signal on when it is done: end the watcher then
    configure()
    os.environ[_CHOSEN] = json.dumps([str(settings.places.home), open_service, not is_loopback(host)])
    with watching(settings.places.home) if worker else nullcontext(), _counting_together(workers):
        click.echo(f"Toegangspeil: http://{host}:{port}  (stoppen: Ctrl+C)")
        uvicorn.run(
            f"{__name__}:application", factory=True, host=host, port=port, workers=workers, access_log=False,
            log_config=None, server_header=False, http=PatientProtocol,
        )  # fmt: skip


def application() -> "FastAPI":
    """The portal of this process, as `serve` was asked for it; the home stays open until the process ends."""
    from portal.app import Serving, create_app
    from portal.house import open_house
    from portal.logs import configure
    from storage.settings import read_settings
    from toegangspeil.road import Road

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


def is_loopback(host: str) -> bool:
    """Whether an address is this machine itself."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@contextmanager
def _counting_together(workers: int) -> Iterator[None]:
    """A folder in which several processes count their requests and the attempts at them; one alone needs none."""
    from portal.attempts import FOLDER

    if workers == 1:
        yield
        return
    with TemporaryDirectory() as requests, TemporaryDirectory() as attempts:
        os.environ |= {"PROMETHEUS_MULTIPROC_DIR": requests, FOLDER: attempts}
        yield
