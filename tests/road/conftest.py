"""One published release that most tests of the road look at: with canaries planted, and without a network."""

import contextlib
import io
import logging
import os
import socket
import sys
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import pytest

from storage.places import Places
from tests.road import canary, small_road

_LOGGERS = ("", "dagster", "great_expectations", "presidio-analyzer", "presidio-anonymizer", "sqlalchemy.engine")


@dataclass(frozen=True)
class Walked:
    """A home whose road is walked, and all that was said on the way."""

    home: Path
    said: str
    before_publication: dict[str, set[str]]
    refused: int
    attempts: list[str]

    @property
    def places(self) -> Places:
        return Places(self.home)


@pytest.fixture(scope="session")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Walked:
    """Three gemeenten deliver, sign and publish; every library logs at DEBUG; nothing can reach a network."""
    home = tmp_path_factory.mktemp("walked") / "home"
    with _listening(home.parent) as said, no_network() as attempts:
        places = small_road.new_home(home)
        canary.plant_survey(places, "GM9001")
        canary.plant_journeys(places, "GM9001")
        canary.plant_transcripts(places, "GM9001")
        canary.plant_stories(places, "GM9001")
        canary.plant_panel(places, "GM9001")
        canary.plant_in_category(places, "GM9002", "wijk")
        small_road.deliver(places, ("GM9003",), journeys=False)
        refused = canary.plant_refused(places, "GM9003")
        with small_road.opened(home) as house:
            canary.consent_to_talk(house, "GM9001")
        small_road.to_the_gate(home)
        with small_road.opened(home) as house:
            small_road.contribute(house)
            small_road.offer(house)
            found = canary.leaks(home)
            small_road.publish(house)
    return Walked(home, "".join(said), found, refused, attempts)


@contextlib.contextmanager
def no_network() -> Iterator[list[str]]:
    """Every attempt to look up a host or to connect ends in an error, and is told (a library may swallow it)."""
    attempts: list[str] = []

    def refuse(*args: Any, **kwargs: Any) -> NoReturn:
        attempts.append("".join(traceback.format_stack(limit=6)))
        raise AssertionError("something reached for the network")

    with pytest.MonkeyPatch.context() as patch:
        for name in ("getaddrinfo", "gethostbyname", "create_connection"):
            patch.setattr(socket, name, refuse)
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, refuse)
        yield attempts


@contextlib.contextmanager
def _listening(folder: Path) -> Iterator[list[str]]:
    """All logging at DEBUG, and what is written to stdout and stderr, also by what is not Python."""
    said: list[str] = []
    logged = io.StringIO()
    handler = logging.StreamHandler(logged)
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    before = [(logger.level, logger.propagate) for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)
        logger.propagate = False  # pytest would keep every line for its report
    printed = folder / "printed.txt"
    try:
        with _printed_to(printed):
            yield said
    finally:
        for logger, (level, propagate) in zip(loggers, before, strict=True):
            logger.removeHandler(handler)
            logger.setLevel(level)
            logger.propagate = propagate
        said += [logged.getvalue(), printed.read_text("utf-8", "replace")]


@contextlib.contextmanager
def _printed_to(path: Path) -> Iterator[None]:
    kept = os.dup(1), os.dup(2)
    with path.open("w") as file, contextlib.redirect_stdout(file), contextlib.redirect_stderr(file):
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
        try:
            yield
        finally:
            sys.stdout.flush()
            os.dup2(kept[0], 1)
            os.dup2(kept[1], 2)
            os.close(kept[0])
            os.close(kept[1])
