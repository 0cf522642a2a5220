"""What `status` shows: the same facts for the command and for whoever asks by machine. Loads nothing that cleans."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from domain.delivery import DeliveryKey
from domain.vocabulary import DeliveryState
from ingest.own_words import of_ours
from pipelines import inbox
from pipelines.house import House
from register import deliveries, releases, verdicts
from register.actors import Actor
from register.deliveries import Delivery
from register.ledger_lines import put_back
from register.permissions import Act, may
from register.verdicts import Verdict
from register.waiting import waiting_for


def status_of(house: House, by: Actor | None = None, area: str | None = None) -> dict[str, list[dict[str, Any]]]:
    """`{deliveries, releases, waiting_for}` as design.md fixes it, and whose a task is (`gemeente`; null: national);
    where a copy was put back `put_back` too, with the newest (`at`, in UTC, and `line`: where its ledger ended).

    by: only what this person may see; without, all (whoever runs the installation can read the register anyway).
    area: only what is of this gemeente or verband.
    """
    found = verdicts.latest_many(house.register)
    rows = deliveries.list_all(house.register, by=by)
    waits = waiting_for(house.register, by=by)
    copy = put_back(house.register)
    delivered = [
        *_inbox_rows(house, by),
        *_loose_rows(house, by),
        *_closed_rows(house, by),
        *[_delivery_row(row, found) for row in rows],
    ]
    return {
        "deliveries": [row for row in delivered if area is None or _is_of(area, row)],
        "releases": [
            {"release": row.name, "state": row.state.value, "gemeenten": list(row.areas)}
            for row in releases.list_releases(house.register, by=by)
            if area is None or area in row.areas
        ],
        "waiting_for": [
            {name: row[name] for name in ("role", "gemeente", "what")}
            for row in waits
            if area is None or area == row["gemeente"]
        ],
        **({"put_back": [{"at": copy["at"], "line": copy["what"]["line"]}]} if copy else {}),
    }


def _is_of(area: str, row: Mapping[str, Any]) -> bool:
    """A delivery of a verband is also of its gemeenten."""
    return area in row["gemeenten"] or row["delivery"].startswith(f"{area}.")


def _delivery_row(row: Delivery, found: Mapping[DeliveryKey, Verdict]) -> dict[str, Any]:
    verdict = found.get(row.key) if row.key else None
    reason = row.reason
    if row.state is DeliveryState.ACCEPTED and verdict is not None and not verdict.passed:
        reason = f"gestopt bij de controle: {'; '.join(verdict.failed)}"
    return {
        "delivery": row.name,
        "gemeenten": row.gemeenten,
        "instrument": row.key.instrument if row.key else None,
        "meting": row.key.meting if row.key else None,
        "state": row.state.value,
        "reason": reason,
        "rows": row.rows,
    }


def _inbox_rows(house: House, by: Actor | None) -> list[dict[str, Any]]:
    """What nobody read yet; a key that may hold somebody's name is not shown."""
    keys = [key for folder in inbox.folders(house.places) for key in folder.keys if _may_see(by, key.area)]
    books = house.codebooks.readable() if keys else []
    return [
        _waiting_row(str(key), key.area, instrument=key.instrument, meting=key.meting)
        if of_ours(key, books)
        else _waiting_row(f"{key.area} nog niet gelezen", key.area)
        for key in keys
    ]


def _loose_rows(house: House, by: Actor | None) -> list[dict[str, Any]]:
    """Files beside the folders: said at once, so that nobody waits for them in vain."""
    found: Counter[str] = Counter()
    for top, paths in inbox.loose(house.places).items():
        found[inbox.area_of(top)] += len(paths)
    now = "zet ze met delivery.yaml in een map, anders lezen wij ze na een uur als een aanlevering"
    return [
        _waiting_row(f"{area} los in de inbox", area, reason=f"inbox: losse bestanden ({count}); {now}")
        for area, count in found.items()
        if _may_see(by, area)
    ]


def _closed_rows(house: House, by: Actor | None) -> list[dict[str, Any]]:
    """Folders that the program may not open: nobody else says that they are there."""
    found = Counter(folder.area for folder in inbox.closed(house.places))
    what, now = "mappen die wij niet kunnen lezen", "geef het programma rechten om te lezen en te wissen"
    return [
        _waiting_row(f"{area} dicht in de inbox", area, reason=f"inbox: {what} ({count}); {now}")
        for area, count in found.items()
        if _may_see(by, area)
    ]


def _may_see(by: Actor | None, area: str) -> bool:
    return by is None or may(by, Act.SEE_DELIVERIES, area)


def _waiting_row(name: str, area: str, **more: str) -> dict[str, Any]:
    """`more` fills what is known of it."""
    empty = {"instrument": None, "meting": None, "state": DeliveryState.WAITING.value, "reason": "", "rows": None}
    gemeenten = [] if area == inbox.INBOX_AREA else [area]
    return {"delivery": name, "gemeenten": gemeenten, **empty, **more}
