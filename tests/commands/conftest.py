"""Small demo homes to type commands at."""

import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from anonymisation import streams, text
from pipelines import house
from pipelines.installation import DEMO_PASSWORD, install
from storage.places import Places
from storage.settings import change_settings
from tests.commands.typed import AREAS, Typed, write_ceo


@pytest.fixture(scope="session", autouse=True)
def _one_detector() -> Iterator[None]:
    """Loading its lists takes seconds; every command of these tests shares one detector per setting."""
    once = cache(text.build_detector)
    with pytest.MonkeyPatch.context() as patch:
        for module in (text, streams, house):
            patch.setattr(module, "build_detector", once)
        yield


@pytest.fixture(autouse=True)
def _nobody_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TOEGANGSPEIL_TOKEN", "TOEGANGSPEIL_HOME"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo home with users for two gemeenten and nothing delivered."""
    home = tmp_path_factory.mktemp("commands") / "home"
    install(home, demo=True, mode="verwerker", administrator="beheerder", password=DEMO_PASSWORD, gemeenten=AREAS)
    return _settled(home)


@pytest.fixture(scope="session")
def delivered(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same home after one CEO of made-up people went up to the gate."""
    home = tmp_path_factory.mktemp("delivered") / "home"
    shutil.copytree(installed, home)
    _settled(home)
    say = Typed(home)
    folder = write_ceo(home.parent / "zending")
    assert say("deliver", str(folder), user="data_steward-GM9001").code == 0
    done = say("run")
    assert done.code == 0, done.err
    assert "1 aanlevering verwerkt" in done.out
    return home


@pytest.fixture(scope="session")
def text_only() -> Typed:
    """The commands that need no home."""
    return Typed()


@pytest.fixture
def empty(installed: Path, tmp_path: Path) -> Typed:
    """A home of one's own, without deliveries."""
    return _copy(installed, tmp_path)


@pytest.fixture
def filled(delivered: Path, tmp_path: Path) -> Typed:
    """A home of one's own, with one delivery behind the gate."""
    return _copy(delivered, tmp_path)


@pytest.fixture(scope="session")
def seen(delivered: Path) -> Typed:
    """The delivered home itself, for tests that change nothing."""
    return Typed(delivered)


def _copy(source: Path, to: Path) -> Typed:
    home = to / "home"
    shutil.copytree(source, home)
    return Typed(_settled(home))


def _settled(home: Path) -> Path:
    """The list of gemeenten is named by its path, so a copy gets its own."""
    listed = home / "gemeenten.csv"
    rows = "".join(f"{code},Verzonnen {code[-1]},Utrecht\n" for code in AREAS)
    listed.write_text(f"code,name,province\n{rows}", encoding="utf-8")
    listed.chmod(0o600)
    change_settings(Places(home), gemeenten_file=str(listed))
    return home
