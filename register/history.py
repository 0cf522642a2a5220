"""Counters of released cells: how many people came in or left since, and nobody's name or pseudonym."""

from collections.abc import Mapping

from sqlalchemy import Connection, insert, select, update

from register.actors import SYSTEM, Actor
from register.permissions import Act, check
from register.store import Register
from register.tables import counters


def raise_counters(
    register: Register, release: str, cells: Mapping[str, tuple[int, int]], *, by: Actor = SYSTEM
) -> None:
    """Add (persons in, persons out) to cells of a release; for late arrivals. A removal does this in its own step."""
    with register.act() as writing:
        check(by, Act.REMOVAL_CARRY_OUT)
        add_to_counters(writing.connection, release, cells)
        writing.log(by, "release.counters", {"release": release, "cells": len(cells)})


def add_to_counters(connection: Connection, release: str, cells: Mapping[str, tuple[int, int]]) -> None:
    """As `raise_counters`, within the transaction of another act."""
    for cell, (came, left) in sorted(cells.items()):
        here = (counters.c.release == release) & (counters.c.cell == cell)
        values = {"delta_in": counters.c.delta_in + came, "delta_out": counters.c.delta_out + left}
        if connection.execute(update(counters).where(here).values(**values)).rowcount == 0:
            connection.execute(insert(counters).values(release=release, cell=cell, delta_in=came, delta_out=left))


def counters_of(register: Register, release: str | None = None) -> dict[tuple[str, str], tuple[int, int]]:
    """(release, cell) -> (persons in, persons out); cells that nobody left or joined are not in it."""
    query = select(counters)
    if release is not None:
        query = query.where(counters.c.release == release)
    with register.read() as connection:
        return {(row.release, row.cell): (row.delta_in, row.delta_out) for row in connection.execute(query)}
