"""A refused folder taken back out of quarantine, by a steward of every gemeente it is about."""

from pathlib import Path

from domain.delivery import Manifest, read_manifest
from domain.errors import InputRejected
from ingest import quarantine
from ingest.manifest import NAME
from ingest.own_words import of_ours
from ingest.quarantine import Quarantined
from pipelines.house import House
from register import deliveries
from register.actors import Actor
from register.permissions import Act, check, seen_areas
from storage.yaml import parse_yaml

_MOST = 200 * 2**20
"""Bytes of a sealed folder that still go over a page."""


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
    item = _found(house, number, by)
    quarantine.check_empty(target)
    deliveries.record_given_back(house.register, item.area, item.id, by=by)
    return quarantine.give_back(item, target, house.keyring)


def give_back_zipped(house: House, number: str, *, by: Actor) -> bytes:
    """A refused folder as a ZIP for its steward; the line in the ledger stands before a byte is read.

    Raises what `give_back` raises, and InputRejected when it is too large to hold in memory.
    """
    item = _found(house, number, by)
    if item.size > _MOST:
        raise InputRejected("quarantaine: dit is te groot om op te halen; vraag het aan de beheerder van de verwerking")
    deliveries.record_given_back(house.register, item.area, item.id, by=by)
    return quarantine.zipped(item, house.keyring)


def _found(house: House, number: str, by: Actor) -> Quarantined:
    """What lies under this number, for who may take it back."""
    found = [one for one in refused(house, by=by) if one.id == number]
    if not found:
        gone = "quarantaine: deze aanlevering is er niet (meer)"
        raise InputRejected(f"{gone}; kijk met toegangspeil quarantine list", on_screen=gone)
    (item,) = found
    check(by, Act.QUARANTINE_GIVE_BACK, item.area, *_others(house, item))
    return item


def studies(house: House, item: Quarantined) -> list[str]:
    """Of which studies a refused folder is (area/instrument/meting), as far as its manifest says that in our words."""
    manifest = _manifest(house, item)
    keys = manifest.keys() if manifest else ()
    return sorted({key.scope for key in keys if of_ours(key, house.codebooks.readable())})


def _others(house: House, item: Quarantined) -> list[str]:
    """Whom its manifest names; of one that cannot be read we know only in whose inbox it lay."""
    manifest = _manifest(house, item)
    return manifest.areas() if manifest else []


def _manifest(house: House, item: Quarantined) -> Manifest | None:
    try:
        return read_manifest(parse_yaml(quarantine.file_of(item, NAME, house.keyring), NAME))
    except InputRejected:
        return None
