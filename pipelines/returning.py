"""A refused folder taken back out of quarantine, by a steward of every gemeente it is about."""

from pathlib import Path

from domain.delivery import read_manifest
from domain.errors import InputRejected
from ingest import quarantine
from ingest.manifest import NAME
from ingest.quarantine import Quarantined
from pipelines.house import House
from register import deliveries
from register.actors import Actor
from register.permissions import Act, check, seen_areas
from storage.yaml import parse_yaml


def refused(house: House, *, by: Actor) -> list[Quarantined]:
    """What lies in quarantine of the gemeenten where this person may take it back, oldest first."""
    areas = seen_areas(by, Act.QUARANTINE_GIVE_BACK) or ()
    found = [one for area in areas for one in quarantine.waiting(area, house.places)]
    return sorted(found, key=lambda one: (one.since, one.area, one.id))


def give_back(house: House, number: str, target: Path, *, by: Actor) -> Path:
    """Put a refused folder in `target` as it was; the line in the ledger stands before a file is written.

    Raises InputRejected when it is not there for this person or the target is not empty, NotAllowed when it is also
    about a gemeente of somebody else.
    """
    found = [one for one in refused(house, by=by) if one.id == number]
    if not found:
        raise InputRejected("quarantaine: deze aanlevering is er niet (meer); kijk met toegangspeil quarantine list")
    (item,) = found
    check(by, Act.QUARANTINE_GIVE_BACK, item.area, *_others(house, item))
    quarantine.check_empty(target)
    deliveries.record_given_back(house.register, item.area, item.id, by=by)
    return quarantine.give_back(item, target, house.keyring)


def _others(house: House, item: Quarantined) -> list[str]:
    """Whom its manifest names; of one that cannot be read we know only in whose inbox it lay."""
    try:
        return read_manifest(parse_yaml(quarantine.file_of(item, NAME, house.keyring), NAME)).areas()
    except InputRejected:
        return []
