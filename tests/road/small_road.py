"""The whole road on a few made-up deliveries, in steps that can be done again: what the road tests drive.

As a script (`python small_road.py HOME [KILL_AT]`) it goes as far as it can; KILL_AT names a place where the process
ends at once, as in a power cut.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from domain.vocabulary import Audience, Role
from pipelines import contributing, release_acts
from pipelines.house import House, open_house
from pipelines.installation import DEMO_PASSWORD, install
from pipelines.progress import Done, run_waiting
from register import contributions, deliveries, releases
from register.contributions import ContributionState
from register.permissions import Act
from register.releases import ReleaseState
from storage.places import Places
from storage.settings import change_settings, read_settings
from toegangspeil.demo import surveys, talks, write_gemeenten
from toegangspeil.demo.folder import Box, DemoDelivery
from toegangspeil.demo.road import demo_actor

AREAS = ("GM9001", "GM9002", "GM9003")
METING = "2026"
RELEASE = "proef-2026"
KILLED = 77


def new_home(home: Path, areas: Iterable[str] = AREAS) -> Places:
    """A demo home that knows twelve made-up gemeenten, with officers for `areas`."""
    install(home, demo=True, mode="verwerker", administrator="beheerder", password=DEMO_PASSWORD, gemeenten=areas)
    places = Places(home.resolve())
    change_settings(places, gemeenten_file=write_gemeenten(places.home / "gemeenten.csv", 12).name)
    return places


def deliver(
    places: Places, areas: Iterable[str] = AREAS, *, rows: int = 45, seed: int = 7, journeys: bool = True
) -> list[DemoDelivery]:
    """A CEO Wmo of every gemeente, and twelve journeys of the first."""
    box = Box(places.inbox, seed)
    named = list(areas)
    made = [surveys.ceo_wmo(box, area, METING, rows + 4 * at) for at, area in enumerate(named)]
    return [*made, talks.klantreis(box, named[0], METING, 12)] if journeys else made


def nothing_lies_about(home: Path) -> list[str]:
    """What stays in the inbox, vault objects that no delivery names, files that wait for nothing, keys without one."""
    with opened(home) as house:
        named = {row.data_key for row in deliveries.list_all(house.register)}
    vault = [path.name for path in (home / "vault").rglob("*") if path.is_file() and path.suffix[1:] not in named]
    pending = [path.name for path in (home / "pseudonymised" / "pending").rglob("*") if path.is_file()]
    half = [path.name for path in (home / "published").iterdir() if path.name.startswith(".")]
    inbox = [path.name for path in (home / "inbox").glob("*/*")]
    sealed = {part for path in home.rglob("*.*") if path.suffix != ".key" for part in path.name.split(".")}
    keys = [path.name for path in (home / "keys").glob("*/data/*.key") if path.stem not in sealed]
    return [*inbox, *vault, *pending, *half, *keys]


@contextmanager
def opened(home: Path) -> Iterator[House]:
    """The home, opened as a command does it."""
    with open_house(read_settings(home, {}), {}) as house:
        yield house


def to_the_gate(home: Path) -> Done:
    """`toegangspeil run`."""
    with opened(home) as house:
        return run_waiting(house)


def contribute(house: House) -> None:
    """Every area that has something prepares it, and both officers sign; what was done before is left alone."""
    found = {row.content.area: row for row in contributions.list_contributions(house.register)}
    for area in sorted({key.area for key in deliveries.current_many(house.register)}):
        if area not in found:
            (found[area],) = contributing.prepare(house, [area], None, by=demo_actor(house, Role.OPERATOR))
        if found[area].state is ContributionState.PREPARED:
            sign(house, found[area])


def offer(house: House, name: str = RELEASE) -> releases.Release:
    """Prepare a release from everything that is signed; a killed preparation is done again."""
    return release_acts.prepare(
        house, name, None, audience=Audience.DEELNEMERS, recipients=("Movisie",), by=demo_actor(house, Role.OPERATOR)
    )


def publish(house: House, name: str = RELEASE) -> Path:
    """The second person approves, the operator publishes."""
    found = releases.get(house.register, name)
    if found.state is ReleaseState.SUBMITTED:
        officer = demo_actor(house, Role.PRIVACY_OFFICER)
        releases.approve(house.register, name, seen=found.content_hash or "", by=officer)
    return release_acts.publish(house, name, by=demo_actor(house, Role.OPERATOR))


def whole_road(home: Path) -> Path:
    """From the inbox to a published release; may be called again after a kill. Returns the DuckDB file."""
    to_the_gate(home)
    with opened(home) as house:
        contribute(house)
        known = {row.name: row.state for row in releases.list_releases(house.register)}
        if known.get(RELEASE) in (None, ReleaseState.DRAFT):
            offer(house)
        return publish(house)


def published(house: House, name: str, areas: Iterable[str] = AREAS, meting: str | None = None) -> Path:
    """The file of a release for which each gemeente gives what it has of a meting (of all), again if need be."""
    by = demo_actor(house, Role.OPERATOR)
    rows = contributing.prepare(house, areas, meting, by=by)
    for row in rows:
        sign(house, row)
    numbers = [row.id for row in rows]
    release_acts.prepare(house, name, numbers, audience=Audience.DEELNEMERS, recipients=("Movisie",), by=by)
    return publish(house, name)


def sign(house: House, made: contributions.Contribution) -> None:
    for act, role in (
        (Act.CONTRIBUTION_RULES, Role.PRIVACY_OFFICER),
        (Act.CONTRIBUTION_RELEASE, Role.PROCESEIGENAAR),
    ):
        by = demo_actor(house, role, made.content.area)
        contributions.sign(house.register, made.id, act, seen=made.content_hash, by=by)


# ---------- the power cut


def kill_after(place: str) -> None:
    """End this process right after the function at `place` returned for the first time, without any clean-up.

    place: `module.name.function`; the name is replaced where the module looks it up. With `before ` in front: right
    before it is called.
    """
    moment, _, named = place.rpartition(" ")
    parts = named.split(".")
    at = next(n for n in range(len(parts) - 1, 0, -1) if find_module(".".join(parts[:n])))
    owner: Any = sys.modules["__main__"] if parts[:at][-1] == "small_road" else import_module(".".join(parts[:at]))
    for name in parts[at:-1]:
        owner = getattr(owner, name)
    before: Callable[..., Any] = getattr(owner, parts[-1])

    @wraps(before)
    def ends_here(*args: Any, **kwargs: Any) -> Any:
        if moment != "before":
            before(*args, **kwargs)
        os._exit(KILLED)

    setattr(owner, parts[-1], ends_here)


def find_module(name: str) -> bool:
    """Whether a dotted name is a module (and not something in one)."""
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False


if __name__ == "__main__":
    if len(sys.argv) > 2:
        kill_after(sys.argv[2])
    whole_road(Path(sys.argv[1]))
