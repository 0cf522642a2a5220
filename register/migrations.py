"""Numbered migrations of the register: each runs once, in its own transaction, in order."""

from collections.abc import Callable

from sqlalchemy import Connection, Table, insert, inspect, select, update
from sqlalchemy.schema import CreateColumn

from domain.errors import CannotCheck
from register.tables import (
    METADATA,
    api_keys,
    consent_sets,
    contributions,
    deliveries,
    microdata,
    requests,
    review,
    settings,
    work,
)

VERSION = "schema_version"


def _first(connection: Connection) -> None:
    METADATA.create_all(connection)


def _second(connection: Connection) -> None:
    """Rows for researchers need an approval; a contribution can be returned with a comment."""
    microdata.create(connection, checkfirst=True)
    _add_columns(connection, contributions, "returned_by", "comment")


def _third(connection: Connection) -> None:
    """Programs get keys for the service."""
    api_keys.create(connection, checkfirst=True)


def _fourth(connection: Connection) -> None:
    """What a whole delivery says of a purpose is kept as a set."""
    consent_sets.create(connection, checkfirst=True)


def _fifth(connection: Connection) -> None:
    """The queue also holds releases to prepare and to publish."""
    _add_columns(connection, work, "act")


def _sixth(connection: Connection) -> None:
    """Of every key of a program, the day on which it was used last."""
    _add_columns(connection, api_keys, "last_used_on")


def _seventh(connection: Connection) -> None:
    """A refusal is kept as it is said on a screen too."""
    _add_columns(connection, deliveries, "on_screen")


def _eighth(connection: Connection) -> None:
    """To leave out a whole text was an answer that nothing followed; it said that there is a personal detail."""
    dropped = update(review).where(review.c.decision == "tekst_weglaten")
    connection.execute(dropped.values(decision="persoonsgegeven"))


def _ninth(connection: Connection) -> None:
    """A request carries the mark that the resident got on the public page."""
    _add_columns(connection, requests, "reference")


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (
    _first, _second, _third, _fourth, _fifth, _sixth, _seventh, _eighth, _ninth,
)  # fmt: skip


def _add_columns(connection: Connection, table: Table, *names: str) -> None:
    """Columns that a table made by an earlier version does not have yet."""
    known = {column["name"] for column in inspect(connection).get_columns(table.name)}
    for name in set(names) - known:
        column = CreateColumn(table.c[name]).compile(dialect=connection.dialect)
        connection.exec_driver_sql(f"alter table {table.name} add column {column}")


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
