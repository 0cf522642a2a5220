"""How often somebody may try: counted in memory, or together by all processes that serve (FOLDER)."""

import sqlite3
import time
from hashlib import sha256
from pathlib import Path
from threading import Lock

FOLDER = "TOEGANGSPEIL_COUNTING"
"""The folder in which several processes count together; `serve` makes it, and it goes when they end."""
_TABLE = """
CREATE TABLE IF NOT EXISTS seen (who TEXT, at REAL);
CREATE INDEX IF NOT EXISTS of_whom ON seen (who);
CREATE INDEX IF NOT EXISTS since ON seen (at);
"""
_PATIENCE = 5.0


class Attempts:
    """At most `most` attempts per address in `within` seconds; forgotten at a restart.

    file: where other processes of this machine count too; without it in memory. Only a hash of an address is kept.
    """

    def __init__(self, most: int, within: float, file: Path | None = None) -> None:
        self._most, self._within, self._lock = most, within, Lock()
        self._seen = sqlite3.connect(
            file or ":memory:", timeout=_PATIENCE, isolation_level=None, check_same_thread=False
        )
        self._seen.executescript(f"PRAGMA synchronous=OFF; {_TABLE}")

    def allow(self, who: str) -> bool:
        """Count an attempt; False when there were too many."""
        name, now = sha256(who.encode()).hexdigest(), time.monotonic()  # one clock for all processes of a machine
        with self._lock:
            self._seen.execute("BEGIN IMMEDIATE")
            try:
                self._seen.execute("DELETE FROM seen WHERE at < ?", (now - self._within,))
                ((many,),) = self._seen.execute("SELECT count(*) FROM seen WHERE who = ?", (name,))
                if many < self._most:
                    self._seen.execute("INSERT INTO seen VALUES (?, ?)", (name, now))
            finally:
                self._seen.execute("COMMIT")
        return bool(many < self._most)

    def forget(self, who: str) -> None:
        """The last attempt succeeded and does not count: an office shares one address."""
        name = sha256(who.encode()).hexdigest()
        last = "SELECT rowid FROM seen WHERE who = ? ORDER BY at DESC LIMIT 1"
        with self._lock:
            self._seen.execute(f"DELETE FROM seen WHERE rowid = ({last})", (name,))  # noqa: S608 - two fixed sentences


class Counting:
    """Makes the counters of one process; with a folder they are shared with the others that serve."""

    def __init__(self, folder: str = "") -> None:
        self._folder = Path(folder) if folder else None

    def attempts(self, name: str, most: int, within: float) -> Attempts:
        """The counter under this name."""
        return Attempts(most, within, self._folder / f"{name}.sqlite" if self._folder else None)
