"""Keys with which programs of one gemeente call the anonymisation service: shown once, stored as a hash, withdrawn."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, insert, select, update

from domain.errors import NotAllowed, WrongUsage
from register.actors import Actor
from register.passwords import new_secret, secret_hash
from register.permissions import Act, check, seen_areas
from register.store import Register, stamp
from register.tables import api_keys

LASTS = timedelta(days=365)
_LONGEST = 80


@dataclass(frozen=True)
class ApiKey:
    """What is known of a key; the key itself is nowhere."""

    id: int
    area: str
    label: str
    by: str
    created_at: str
    expires_at: str
    withdrawn_at: str | None
    last_used_on: str | None


def issue(register: Register, area: str, label: str, *, by: Actor, lasts: timedelta = LASTS) -> str:
    """A new key for programs of a gemeente, for a year at most; shown once.

    label: which program will use it.
    """
    if not label.strip() or len(label) > _LONGEST:
        raise WrongUsage(f"zeg in 1 tot {_LONGEST} tekens welk programma deze sleutel gebruikt")
    secret = new_secret()
    with register.act() as writing:
        check(by, Act.API_KEY_MANAGE, area)
        values = {
            "area": area, "label": label.strip(), "hash": secret_hash(secret), "by": by.name,
            "created_at": writing.at, "expires_at": stamp(writing.now + min(lasts, LASTS)),
        }  # fmt: skip
        made = writing.connection.execute(insert(api_keys).values(**values).returning(api_keys.c.id)).scalar_one()
        writing.log(by, Act.API_KEY_MANAGE, {"api_key": made, "area": area, "issued": True})
    return secret


def withdraw(register: Register, number: int, *, by: Actor) -> None:
    """End a key at once; a key that has ended already stays ended."""
    with register.act() as writing:
        row = writing.connection.execute(select(api_keys).where(api_keys.c.id == number)).first()
        if row is None:
            raise WrongUsage(f"sleutel {number} bestaat niet; bekijk de lijst met sleutels")
        check(by, Act.API_KEY_MANAGE, row.area)
        if row.withdrawn_at is not None:
            writing.unchanged()
            return
        ended = update(api_keys).where(api_keys.c.id == number).values(withdrawn_at=writing.at)
        writing.connection.execute(ended)
        writing.log(by, Act.API_KEY_MANAGE, {"api_key": number, "area": row.area, "issued": False})


def list_keys(register: Register, *, by: Actor) -> list[ApiKey]:
    """Keys of the gemeenten that somebody manages, oldest first; raises NotAllowed when there are none."""
    areas = seen_areas(by, Act.API_KEY_MANAGE)
    if areas is not None and not areas:
        check(by, Act.API_KEY_MANAGE)
    query = select(api_keys).order_by(api_keys.c.id)
    if areas is not None:
        query = query.where(api_keys.c.area.in_(areas))
    with register.read() as connection:
        return [_key(row) for row in connection.execute(query)]


def by_key(register: Register, secret: str) -> ApiKey:
    """Which key this is, with a note that it was used today; raises NotAllowed when it is unknown or has ended."""
    now = stamp(register.clock())
    living = (api_keys.c.expires_at > now) & api_keys.c.withdrawn_at.is_(None)
    with register.read() as connection:
        row = connection.execute(select(api_keys).where(api_keys.c.hash == secret_hash(secret), living)).first()
    if row is None:
        raise NotAllowed("deze sleutel is onbekend of verlopen; vraag de beheerder om een nieuwe")
    if row.last_used_on != now[:10]:  # once a day: a program calls hundreds of times a minute
        used = update(api_keys).where(api_keys.c.id == row.id).values(last_used_on=now[:10])
        with register.bookkeeping() as writing:
            writing.connection.execute(used)
    return _key(row)


def _key(row: Row[Any]) -> ApiKey:
    return ApiKey(
        row.id, row.area, row.label, row.by, row.created_at, row.expires_at, row.withdrawn_at, row.last_used_on
    )
