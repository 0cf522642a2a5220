"""Every caller of the in-memory door gets a database of its own, and nothing of it stays for the next."""

import duckdb
import pyarrow as pa
import pytest

from storage.duck import memory, query, registered

EVERYTHING = (
    "select table_name from duckdb_tables() union all select view_name from duckdb_views() where not internal "
    "union all select database_name from duckdb_databases() where database_name like 'memory_%'"
)


def fill(connection):
    connection.execute("create schema marts")
    connection.execute("create table marts.people as select 'Jorien Zandkasteel' as naam")
    connection.execute("create temp table counted as select 1 as n")
    connection.execute("create view seen as select * from counted")
    connection.register("fresh", pa.table({"naam": ["Jorien Zandkasteel"]}))


def broken_off():
    with memory(threads=1) as connection:
        connection.execute("begin transaction")
        fill(connection)
        connection.execute("select * from range(100000)")  # half read
        connection.execute("select naam::integer from marts.people")


def left_behind():
    with memory(threads=1) as connection:
        return [name for (name,) in query(connection, EVERYTHING)]


def test_nothing_stays_for_the_next():
    with memory(threads=1) as connection:
        fill(connection)
        assert {"people", "counted", "seen", "fresh"} <= {name for (name,) in query(connection, EVERYTHING)}
    assert len(left_behind()) == 1  # its own, empty


def test_nothing_stays_of_what_broke_off_halfway():
    with pytest.raises(duckdb.ConversionException):
        broken_off()
    assert len(left_behind()) == 1


def test_two_at_once_do_not_see_each_other():
    with memory(threads=1) as one, memory(threads=1) as other:
        fill(one)
        fill(other)
        one.execute("delete from marts.people")
        assert query(other, "select * from marts.people") == [("Jorien Zandkasteel",)]
    assert len(left_behind()) == 1


def test_what_failed_is_told_and_not_that_a_table_could_not_be_put_away():
    with memory() as connection:
        connection.execute("begin transaction")
        with pytest.raises(duckdb.ConversionException), registered(connection, fresh=pa.table({"n": ["een"]})):
            connection.execute("select n::integer from fresh").fetchall()
