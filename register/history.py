"""Counters of released cells: how many people came in or left since, and nobody's name or pseudonym."""

from collections.abc import Mapping

from sqlalchemy import Connection, bindparam, insert, select, update

from register.store import Register
from register.tables import counters


def add_to_counters(connection: Connection, release: str, cells: Mapping[str, tuple[int, int]]) -> None:
    """Add (persons in, persons out) to cells of a release, within the transaction of a removal."""
    known = {row.cell for row in connection.execute(select(counters.c.cell).where(counters.c.release == release))}
    rows = [{"r": release, "c": cell, "came": came, "gone": gone} for cell, (came, gone) in sorted(cells.items())]
    here = (counters.c.release == bindparam("r")) & (counters.c.cell == bindparam("c"))
    raised = {
        "delta_in": counters.c.delta_in + bindparam("came"),
        "delta_out": counters.c.delta_out + bindparam("gone"),
    }
    if old := [row for row in rows if row["c"] in known]:
        connection.execute(update(counters).where(here).values(**raised), old)
    if new := [row for row in rows if row["c"] not in known]:
        names = ("release", "cell", "delta_in", "delta_out")
        connection.execute(insert(counters), [dict(zip(names, row.values(), strict=True)) for row in new])


def counters_of(register: Register, release: str | None = None) -> dict[tuple[str, str], tuple[int, int]]:
    """(release, cell) -> (persons in, persons out); cells that nobody left or joined are not in it."""
    query = select(counters)
    if release is not None:
        query = query.where(counters.c.release == release)
    with register.read() as connection:
        return {(row.release, row.cell): (row.delta_in, row.delta_out) for row in connection.execute(query)}
