"""Numbered migrations of the register: each runs once, in its own transaction, in order."""

from collections.abc import Callable

from sqlalchemy import Connection, insert, select, update

from domain.errors import CannotCheck
from register.tables import METADATA, settings

VERSION = "schema_version"


def _first(connection: Connection) -> None:
    METADATA.create_all(connection)


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (_first,)


def migrate(connection: Connection) -> None:
    """Bring the schema up to date; a register from a newer version of the product is refused."""
    settings.create(connection, checkfirst=True)
    row = connection.execute(select(settings.c.value).where(settings.c.name == VERSION)).first()
    done = int(row.value) if row else 0
    if done > len(MIGRATIONS):
        raise CannotCheck("het register is gemaakt door een nieuwere versie van Toegangspeil; werk het programma bij")
    for step in MIGRATIONS[done:]:
        step(connection)
    if row is None:
        connection.execute(insert(settings).values(name=VERSION, value=str(len(MIGRATIONS))))
    elif done < len(MIGRATIONS):
        connection.execute(update(settings).where(settings.c.name == VERSION).values(value=str(len(MIGRATIONS))))
