"""Dagster's own event log in SQLite, kept open during a run and written a group at a time.

Dagster opens and closes its database for every event, and tells of every partition of every asset twice: with fifty
deliveries in a run that weighs more than the work. The files and their tables stay Dagster's; `dagster dev` reads them.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dagster as dg
from dagster._core.instance.ref import InstanceRef
from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._core.storage.event_log.schema import SqlEventLogStorageTable
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.engine import Engine
from sqlalchemy.pool import StaticPool

from storage.places import Places
from storage.yaml import read_yaml

_TOGETHER = ("DAGSTER_EVENT_BATCH_SIZE", "1000")  # the one way to ask Dagster for the events of a step together
_SECONDS = 30
_CHOSEN = ("storage", "event_log_storage")


class GroupedEventLog(SqliteEventLogStorage):
    """One open connection per database, and one transaction for the events that Dagster hands over together."""

    def __init__(self, base_dir: str, inst_data: Any = None) -> None:
        self._engines: dict[str, Engine] = {}
        super().__init__(base_dir, inst_data)

    @classmethod
    def from_config_value(cls, inst_data: Any, config_value: Any) -> "GroupedEventLog":
        """As Dagster makes it from its settings."""
        return cls(inst_data=inst_data, **config_value)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock:
            if shard not in self._engines:
                self._engines[shard] = _engine(self.conn_string_for_shard(shard))
            engine = self._engines[shard]
            if shard not in self._initialized_dbs:
                self._initdb(engine)
                self._initialized_dbs.add(shard)
            with engine.connect() as connection, connection.begin():
                yield connection

    def store_event_batch(self, events: Sequence[dg.EventLogEntry]) -> None:
        """The materialisations of one asset, or the plans for all, in two transactions instead of two an event."""
        if len({one.run_id for one in events}) != 1:
            super().store_event_batch(events)
            return
        rows = [self._event_to_row(one) for one in events]
        with self.run_connection(events[0].run_id) as connection:
            connection.execute(SqlEventLogStorageTable.insert(), rows)
        last = {one.get_dagster_event().asset_key: one for one in events}
        with self.index_transaction() as connection:
            statement = SqlEventLogStorageTable.insert().returning(
                SqlEventLogStorageTable.c.id, sort_by_parameter_order=True
            )
            ids = list(connection.execute(statement, rows).scalars())
            self._store_asset_event_tags(connection, events, ids)
            for one, number in zip(events, ids, strict=True):
                if last[one.get_dagster_event().asset_key] is one:
                    self._store_asset_event(connection, one, number)

    def dispose(self) -> None:
        """Close every database: the last one out folds its write-ahead log away."""
        super().dispose()
        for engine in self._engines.values():
            engine.dispose()
        self._engines.clear()


def instance_of(places: Places) -> dg.DagsterInstance:
    """The Dagster instance of a home; one that was told to keep its events elsewhere (PostgreSQL) does so."""
    os.environ.setdefault(*_TOGETHER)
    chosen: Mapping[str, Any] = {}
    if not set(_CHOSEN) & set(read_yaml(places.dagster / "dagster.yaml")):
        chosen = {"event_log_storage": _setting(places.dagster)}
    return dg.DagsterInstance.from_ref(InstanceRef.from_dir(str(places.dagster), overrides=chosen))


def _setting(folder: Path) -> dict[str, Any]:
    """The same folder that Dagster uses by itself."""
    config = {"base_dir": str(folder / "history" / "runs")}
    return {"module": __name__, "class": GroupedEventLog.__name__, "config": config}


def _engine(url: str) -> Engine:
    """One connection for all threads: Dagster's storage lets one at a time in."""
    engine = create_engine(url, poolclass=StaticPool, connect_args={"timeout": _SECONDS, "check_same_thread": False})
    event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: Any, _record: Any) -> None:
    """With a write-ahead log a kill loses nothing, and a power cut at most the last events, never the file."""
    connection.execute("pragma synchronous=NORMAL")
