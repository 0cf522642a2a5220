"""Daily housekeeping: what is past a fixed term, and what killed runs left behind. Nothing here needs a signature."""

from collections.abc import Mapping
from contextlib import suppress

from domain.errors import CannotCheck
from ingest import drafts, quarantine
from pipelines import bundle, intake
from pipelines.evidence import sweep_review
from pipelines.house import House
from register import policies, releases, retention, review
from register.releases import ReleaseState
from storage.lock import file_lock
from warehouse.marts import releases_in, wipe_marts

_FINAL = (ReleaseState.PUBLISHED, ReleaseState.WITHDRAWN, ReleaseState.REJECTED)


def tidy(house: House) -> Mapping[str, int]:
    """Destroy what is past its term, with a ledger line per area; returns counts. Waits for a run that is busy."""
    with file_lock(house.places.run_lock, timeout=600):
        return {
            "quarantine": _quarantine(house),
            "review": _review(house),
            "bundles": _bundles(house),
            "counts": _counts(house),
            "policies": len(policies.lapse_expired(house.register)),
            "vault_leftovers": intake.sweep(house),
            "inbox_leftovers": drafts.sweep(house.places),
        }


def _quarantine(house: House) -> int:
    """Refused folders after fourteen days."""
    gone = quarantine.empty(house.places, house.keyring, today=house.today)
    for area, count in gone.items():
        retention.record_emptied(house.register, "quarantine", area, count)
    return sum(gone.values())


def _review(house: House) -> int:
    """Snippets after thirty days, and files that no place on the list points to: the key first."""
    review.expire(house.register)
    total = 0
    for folder in sorted(path for path in house.places.review.iterdir() if path.name != bundle.AREA):
        if gone := sweep_review(house, folder.name):
            retention.record_emptied(house.register, "review", folder.name, gone)
        total += gone
    return total


def _bundles(house: House) -> int:
    """Sealed tables of releases that are out, or never will be."""
    with file_lock(house.places.writer_lock):
        return sum(bundle.wipe(house, name) for name in _final(house))


def _counts(house: House) -> int:
    """Real counts of releases that are out, or never will be; the next time when somebody has the file open."""
    with file_lock(house.places.writer_lock), suppress(CannotCheck):
        left = releases_in(house.places.warehouse).intersection(_final(house))
        if left:
            wipe_marts(house.places.warehouse, sorted(left))
        return len(left)
    return 0


def _final(house: House) -> list[str]:
    return [one.name for one in releases.list_releases(house.register) if one.state in _FINAL]
