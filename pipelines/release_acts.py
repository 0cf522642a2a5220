"""Acts of people on a release, with the runs that belong to them."""

from collections.abc import Iterable
from pathlib import Path

from domain.errors import ReleaseRefused
from domain.vocabulary import Audience
from pipelines import releasing
from pipelines.house import House
from pipelines.runs import run_release
from register import contributions, releases
from register.actors import Actor
from register.contributions import ContributionState
from register.permissions import Act, check
from register.releases import Release, ReleaseState


def prepare(
    house: House,
    name: str,
    numbers: Iterable[int] | None,
    *,
    audience: Audience,
    recipients: Iterable[str],
    by: Actor,
) -> Release:
    """Freeze contributions (default: all that are fully signed), build, protect, and submit to a second person."""
    chosen = list(numbers) if numbers is not None else _signed(house)
    if not chosen:
        raise ReleaseRefused("er zijn geen bijdragen met beide handtekeningen; laat eerst PO en proceseigenaar tekenen")
    releases.prepare(house.register, name, chosen, audience=audience, recipients=recipients, by=by)
    return build(house, name, by=by)


def build(house: House, name: str, *, by: Actor) -> Release:
    """Build and protect a draft and submit it; one that was submitted already stays as it is."""
    found = releases.get(house.register, name)
    check(by, Act.RELEASE_PREPARE, *found.areas)
    if found.state is ReleaseState.SUBMITTED:
        return found
    run_release(house, name, publish=False)
    return releases.submit(house.register, name, by=by)


def publish(house: House, name: str, *, by: Actor) -> Path:
    """Publish what was approved; returns the DuckDB file."""
    found = releases.get(house.register, name)
    check(by, Act.RELEASE_PUBLISH, *found.areas)
    run_release(house, name, publish=True)
    return house.places.published / f"{name}.duckdb"


def withdraw(house: House, name: str, *, comment: str, by: Actor) -> list[str]:
    """Withdraw in the register first, then remove the files; doing it again finishes a killed withdrawal."""
    if releases.get(house.register, name).withdrawn_at is None:
        releases.withdraw(house.register, name, comment=comment, by=by)
    return releasing.withdraw(house, name)


def _signed(house: House) -> list[int]:
    found = contributions.list_contributions(house.register)
    return [row.id for row in found if row.state is ContributionState.SIGNED and row.release is None]
