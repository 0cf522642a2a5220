"""A register per test, on SQLite; with TOEGANGSPEIL_TEST_POSTGRES the same tests run on PostgreSQL."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from register.signing import Signer
from register.store import Register, open_register

SIGNER = Signer(bytes(range(32)))


class Clock:
    """A clock that stands still until it is told to move."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def empty_register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with its tables made, to copy from: making them takes longer than most tests."""
    path = tmp_path_factory.mktemp("empty") / "register.db"
    open_register(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def register_url(tmp_path: Path, empty_register: Path) -> Iterator[str]:
    server = os.environ.get("TOEGANGSPEIL_TEST_POSTGRES")
    if server is None:
        shutil.copy(empty_register, tmp_path / "register.db")
        yield f"sqlite:///{tmp_path / 'register.db'}"
        return
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("drop schema public cascade"))
        connection.execute(text("create schema public"))
    engine.dispose()
    yield server


@pytest.fixture
def register(register_url: str, clock: Callable[[], datetime]) -> Iterator[Register]:
    opened = open_register(register_url, signer=SIGNER, clock=clock)
    yield opened
    opened.close()
