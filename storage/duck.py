"""The one door to DuckDB: it never reaches the network, never spills rows of persons, and always closes."""

import os
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import duckdb

from domain.errors import CannotCheck

_CLOSED: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
}


_numbers = count()


@cache
def _engine(threads: int | None, process: int) -> duckdb.DuckDBPyConnection:
    """What runs the in-memory databases of one process: starting it costs more than most of our questions."""
    chosen = {} if threads is None else {"threads": threads}
    return duckdb.connect(":memory:", config={**_CLOSED, **chosen, "temp_directory": ""})


@contextmanager
def memory(*, threads: int | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty in-memory database that cannot spill: for rows of persons. For a small table one thread is cheapest.

    A database of its own per caller, which nobody else can name; with the connection go its temporary tables and what
    was registered, with the database everything else. Settings are shared: do not change them here.
    """
    engine = _engine(threads, os.getpid())
    name = f"memory_{next(_numbers)}"
    connection = engine.cursor()
    try:
        connection.execute(f"attach ':memory:' as {name}")
        connection.execute(f"use {name}")
        yield connection
    finally:
        connection.close()  # first: what is still going on is rolled back, and the database is free
        with closing(engine.cursor()) as after:
            after.execute(f"detach {name}")


@contextmanager
def warehouse(path: Path, *, read_only: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database file; an open writer locks every reader out, so it always closes.

    Raises CannotCheck when another process holds it.
    """
    try:
        connection = duckdb.connect(str(path), read_only=read_only, config={**_CLOSED, "temp_directory": ""})
        if not read_only:
            path.chmod(0o600)
    except duckdb.IOException:
        raise CannotCheck(
            f"{path.name}: het bestand is er niet of een ander proces is ermee bezig; probeer het zo nog eens"
        ) from None
    try:
        yield connection
    finally:
        connection.close()


def rewrite(path: Path) -> None:
    """Write a database file anew: until then the bytes of what was deleted stay in its free blocks."""
    fresh = path.with_name(f".{path.name}.part")
    fresh.unlink(missing_ok=True)  # of a killed attempt
    with closing(duckdb.connect(":memory:", config={**_CLOSED, "temp_directory": ""})) as connection:
        for name, file, options in (("old", path, "(read_only)"), ("new", fresh, "")):
            quoted = str(file).replace("'", "''")
            connection.execute(f"attach '{quoted}' as {name} {options}")
        fresh.chmod(0o600)
        connection.execute("copy from database old to new")
    os.replace(fresh, path)


@contextmanager
def analyst(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A published file, read-only and locked: no files, no network, no settings can be reached from SQL."""
    locked = {
        **{name: value for name, value in _CLOSED.items() if name != "python_enable_replacements"},
        "enable_external_access": "false",
        "lock_configuration": "true",
        "memory_limit": "512MB",
        "threads": "1",
    }
    connection = duckdb.connect(str(path), read_only=True, config=locked)
    try:
        yield connection
    finally:
        connection.close()


def query(connection: duckdb.DuckDBPyConnection, sql: str, **values: Any) -> list[tuple[Any, ...]]:
    """All rows of a query; `$name` in the SQL is filled from `values`.

    Always fetches everything: in DuckDB 2 a half-read result keeps the connection busy.
    """
    return connection.execute(sql, values or None).fetchall()


@contextmanager
def registered(connection: duckdb.DuckDBPyConnection, **tables: Any) -> Iterator[None]:
    """Show Arrow tables under a name for the length of a block.

    After a failed statement nothing can be taken away before the rollback: then the failure is what is told.
    """
    for name, table in tables.items():
        connection.register(name, table)
    try:
        yield
    except BaseException:
        with suppress(duckdb.Error):
            _unregister(connection, tables)
        raise
    _unregister(connection, tables)


def _unregister(connection: duckdb.DuckDBPyConnection, names: Iterable[str]) -> None:
    for name in names:
        connection.unregister(name)
