"""The hand-written lists in `training/lists/` and the names of Faker (MIT), read into plain tuples."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "lists"
FAKER_LOCALES = (
    ("nl_NL", 6), ("nl_BE", 2), ("tr_TR", 3), ("fr_DZ", 4), ("pl_PL", 2), ("es_ES", 1), ("en_IN", 1), ("de_DE", 1),
    ("fr_FR", 1), ("hr_HR", 1), ("ro_RO", 1), ("id_ID", 1), ("tw_GH", 2), ("yo_NG", 1), ("en_KE", 1), ("az_AZ", 1),
    ("it_IT", 1), ("pt_PT", 1), ("en_GB", 1), ("sw", 1),
)  # fmt: skip
HAND_WEIGHTS = {"nederlands": 12, "marokko": 5, "turkije": 4, "suriname": 4, "friesland": 3, "limburg": 3}


@dataclass(frozen=True)
class Community:
    """First and last names that go together, and how often they are drawn."""

    name: str
    first: tuple[str, ...]
    last: tuple[str, ...]
    weight: int


def rows(file: str) -> list[list[str]]:
    """The lines of one list, split at the bars; the last field is a comma separated list."""
    lines = (FOLDER / file).read_text(encoding="utf-8").splitlines()
    return [[field.strip() for field in line.split("|")] for line in lines if line.strip() and line[0] != "#"]


def items(field: str) -> tuple[str, ...]:
    """Comma separated names."""
    return tuple(name.strip() for name in field.split(",") if name.strip())


@cache
def by_kind(file: str) -> dict[str, tuple[str, ...]]:
    """A list of `kind | names` lines; a kind may have several."""
    found: dict[str, tuple[str, ...]] = {}
    for kind, names in rows(file):
        found[kind] = found.get(kind, ()) + items(names)
    return found


@cache
def communities() -> tuple[Community, ...]:
    """All communities: written by hand first, then Faker's, in a fixed order."""
    return (*_written(), *(_from_faker(locale, weight) for locale, weight in FAKER_LOCALES))


def _written() -> list[Community]:
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for community, kind, names in rows("names.txt"):
        kinds = found.setdefault(community, {})
        kinds[kind] = kinds.get(kind, ()) + items(names)
    return [Community(name, kinds["first"], kinds["last"], HAND_WEIGHTS.get(name, 2)) for name, kinds in found.items()]


def _from_faker(locale: str, weight: int) -> Community:
    provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
    first = _latin(getattr(provider, "first_names", ()))
    last = _latin(getattr(provider, "last_names", ()))
    return Community(locale, first, last if len(last) > 5 else (), weight)


def _latin(names: Iterable[object]) -> tuple[str, ...]:
    """Names in Latin letters, once each, in alphabetical order (Faker's own order is not promised)."""
    return tuple(
        sorted({str(name) for name in names if str(name)[:1].isascii() or str(name)[:1] in "ÇĞİÖŞÜŁŚŻÉÁÈČĐŠŽ"})
    )


@cache
def towns() -> tuple[str, ...]:
    """Dutch towns and villages: Faker's list and our own."""
    provider = importlib.import_module("faker.providers.address.nl_NL").Provider
    own = by_kind("places.txt")
    return tuple(sorted({*provider.cities, *own["town"], *own["village"]}))


@cache
def first_names() -> frozenset[str]:
    """Every first name, lower case."""
    return frozenset(name.lower() for community in communities() for name in community.first)


@cache
def last_names() -> frozenset[str]:
    """Every last name, lower case."""
    return frozenset(name.lower() for community in communities() for name in community.last)


@cache
def words(kind: str) -> frozenset[str]:
    """Lower-case words of one kind in `words.txt`."""
    return frozenset(by_kind("words.txt")[kind])


@cache
def swaps() -> tuple[tuple[str, ...], ...]:
    """Groups of words that may take each other's place."""
    return tuple(group for kind, group in by_kind("words.txt").items() if kind.startswith("swap"))


@cache
def questions() -> tuple[str, ...]:
    """What an interviewer asks, one a line."""
    return tuple(line[0] for line in rows("questions.txt"))
