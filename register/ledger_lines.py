"""Lines of the ledger for people: newest first, filtered by the database, a page at a time."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Text, cast, false, func, or_, select
from sqlalchemy.dialects.postgresql import JSONB

from register.store import Register
from register.tables import (
    contributions,
    destructions,
    findings,
    ledger,
    ledger_head,
    microdata,
    requests,
)

Line = dict[str, Any]
_THINGS = {
    "contribution": contributions, "destruction": destructions, "finding": findings, "microdata": microdata,
    "request": requests,
}  # fmt: skip
"""Things of one gemeente that a line names by number only."""
PUT_BACK = "restore"
"""The event of a line that says that a copy was put back."""


@dataclass(frozen=True)
class Wanted:
    """Which lines. who, act: part of a name. acts: acts that are wanted beside it, whatever their name. areas: lines
    that name one of these areas, by itself, in the key of a delivery or by the number of a thing (None: all)."""

    who: str = ""
    act: str = ""
    acts: frozenset[str] = frozenset()
    areas: frozenset[str] | None = None


def newest(register: Register, wanted: Wanted, *, before: int | None = None, limit: int) -> list[Line]:
    """The newest `limit` lines that are wanted, of those before line `before`; newest first."""
    with register.read() as connection:
        query = select(ledger.c.body).where(*_conditions(connection, wanted)).order_by(ledger.c.seq.desc()).limit(limit)
        if before is not None:
            query = query.where(ledger.c.seq < before)
        return [json.loads(body) for body in connection.execute(query).scalars()]


def about(register: Register, *, contribution: int, deliveries: Collection[str]) -> list[Line]:
    """Every line about a contribution or one of these deliveries, oldest first."""
    with register.read() as connection:
        here = or_(
            _field(connection, "what", "contribution") == str(contribution),
            _field(connection, "what", "delivery").in_(sorted(deliveries)),
        )
        return [json.loads(body) for body in connection.execute(_lines().where(here)).scalars()]


def length(register: Register) -> int:
    """How many lines there are, as the signed head says."""
    with register.read() as connection:
        return connection.execute(select(ledger_head.c.lines)).scalar() or 0


def put_back(register: Register) -> Line | None:
    """The newest line that says that a copy was put back; None when that never happened."""
    with register.read() as connection:
        restored = _field(connection, "what", "event") == PUT_BACK
        body = connection.execute(select(ledger.c.body).where(restored).order_by(ledger.c.seq.desc())).scalar()
    return json.loads(body) if body else None


def _lines() -> Any:
    return select(ledger.c.body).order_by(ledger.c.seq)


def _conditions(connection: Connection, wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.who:
        found.append(_field(connection, "who").icontains(wanted.who, autoescape=True))
    if wanted.act:
        act = _field(connection, "act")
        found.append(or_(act.icontains(wanted.act, autoescape=True), act.in_(sorted(wanted.acts))))
    if wanted.areas is not None:
        area, delivery = _field(connection, "what", "area"), _field(connection, "what", "delivery")
        own = [delivery.startswith(f"{one}.", autoescape=True) for one in sorted(wanted.areas)]
        own += [
            _field(connection, "what", name).in_(
                select(cast(table.c.id, Text)).where(table.c.area.in_(sorted(wanted.areas)))
            )
            for name, table in _THINGS.items()
        ]
        found.append(or_(false(), area.in_(sorted(wanted.areas)), *own))
    return found


def _field(connection: Connection, *path: str) -> ColumnElement[str]:
    """A field of the body as text, NULL where it is absent."""
    found: ColumnElement[str]
    if connection.dialect.name == "postgresql":
        found = cast(func.convert_from(ledger.c.body, "UTF8"), JSONB)[path].astext
    else:
        found = cast(func.json_extract(cast(ledger.c.body, Text), "$." + ".".join(path)), Text)
    return found
