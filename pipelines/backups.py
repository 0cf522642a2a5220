"""Copies of a home, and a home from copies: data and keys apart."""

import shutil
import sqlite3
from pathlib import Path

from domain.errors import CannotCheck, WrongUsage
from pipelines.house import House
from pipelines.installation import DAGSTER_YAML
from storage.places import Places


def back_up(house: House, target: Path, keys_target: Path | None) -> int:
    """Copy data and register to `target`, keys to `keys_target` only; returns how many files, keys included.

    What waits in the inbox stays behind: it lies there as it was delivered, readable by whoever gets the copy.
    """
    places = house.places
    if any(one.resolve().is_relative_to(places.home) for one in (target, keys_target) if one is not None):
        raise WrongUsage("een kopie in de map zelf beschermt nergens tegen; kies een andere plaats")
    if keys_target is not None and keys_target.resolve().is_relative_to(target.resolve()):
        raise WrongUsage("de sleutels horen niet bij de gegevens: kies voor --keys een andere plaats")
    if target.exists() and any(target.iterdir()):
        raise WrongUsage("de map voor de kopie is niet leeg; kies een lege map")
    left = {"keys", "dagster", "inbox", ".writer.lock", ".run.lock"}
    top = str(places.home)

    def stays(folder: str, names: list[str]) -> list[str]:
        return [n for n in names if folder == top and (n in left or n.startswith("register.db"))]

    try:
        shutil.copytree(places.home, target, ignore=stays, dirs_exist_ok=True)
        _copy_register(places.home / "register.db", target / "register.db")
        if keys_target is not None:
            shutil.copytree(places.keys, keys_target, dirs_exist_ok=True)
    except (OSError, sqlite3.OperationalError):  # their messages name every file
        raise CannotCheck(
            "de kopie is niet af: de schijf is vol of niet te beschrijven; maak plaats vrij, wis de halve kopie en "
            "begin opnieuw"
        ) from None
    return _files(target, keys_target)


def put_back(source: Path, keys_source: Path, home: Path) -> int:
    """Fill an empty home from a backup of data and a backup of keys; returns how many files, as `back_up` counts."""
    if home.exists() and any(home.iterdir()):
        raise WrongUsage("de map is niet leeg; zet een kopie alleen terug in een lege map")
    shutil.copytree(source, home, dirs_exist_ok=True)
    shutil.copytree(keys_source, home / "keys", dirs_exist_ok=True)
    Places(home).create()
    (home / "dagster" / "dagster.yaml").write_text(DAGSTER_YAML)
    return _files(source, keys_source)


def _files(*folders: Path | None) -> int:
    return sum(path.is_file() for folder in folders if folder is not None for path in folder.rglob("*"))


def _copy_register(source: Path, target: Path) -> None:
    """SQLite's own backup, so that a writer at the same moment does no harm."""
    if not source.exists():
        raise CannotCheck("het register staat niet in deze map (PostgreSQL?); maak daarvan een eigen kopie")
    target.touch(mode=0o600)  # SQLite would make it readable for everybody
    with sqlite3.connect(source) as reading, sqlite3.connect(target) as writing:
        reading.backup(writing)
