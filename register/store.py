"""The one door to the register: SQLite (WAL) or PostgreSQL; every act in one transaction with its ledger line."""

import fcntl
import hmac
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, select, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from domain.dutch import grouped
from domain.errors import CannotCheck, DisclosureRefused, WrongUsage
from register import ledger
from register.actors import Actor
from register.migrations import migrate
from register.signing import Signer
from register.tables import settings

Clock = Callable[[], datetime]
NamesSomebody = Callable[[str, str], bool]
"""Whether a text holds a name, number or address of somebody, under the rules of this area ('' for none of its own)."""
LONGEST_WORDS = 5000
"""Characters of a comment, reason or advice: about two pages."""
_WAIT_SECONDS = 60
_BUSY: ContextVar[bool] = ContextVar("register_busy", default=False)
_LOCK = 0x746F6567  # 'toeg': the advisory lock that writers on PostgreSQL take


def utc_now() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """A moment as the register writes it: sortable text in UTC."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def moment_of(text: str) -> datetime:
    """Back from `stamp`."""
    return datetime.fromisoformat(text)


@dataclass
class Writing:
    """One act under way: a connection, the moment, and the ledger lines it will leave."""

    connection: Connection
    now: datetime
    signer: Signer | None = field(default=None, repr=False)
    entries: list[ledger.Entry] = field(default_factory=list)
    changed_nothing: bool = False

    @property
    def at(self) -> str:
        """The moment of this act, as written."""
        return stamp(self.now)

    def log(self, by: Actor, act: str, what: Mapping[str, Any]) -> None:
        """Leave a ledger line: ids, fingerprints and counts only, no value and no free text."""
        self.entries.append(ledger.Entry(by, act, what))

    def mark(self, words: str) -> str:
        """Free text as a line may hold it: the words stay where they can be erased, and nobody without our key guesses
        them from this. Raises KeyRefused where no line can be written.
        """
        key = ledger.needed(self.signer).sealing_key
        return hmac.new(key, b"ledger:text:" + words.encode(), sha256).hexdigest()

    def commented(self, words: str | None) -> dict[str, str]:
        """How a line holds a comment or a reason, where there is one."""
        return {"comment": self.mark(words)} if words else {}

    def unchanged(self) -> None:
        """Say that this act found its work already done (the same again): then no line is needed."""
        self.changed_nothing = True


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """An act inside an act would wait for itself for ever; say so instead."""
    if _BUSY.get():
        raise CannotCheck("interne fout: een handeling in een andere handeling; er is niets bewaard")
    token = _BUSY.set(True)
    try:
        yield
    finally:
        _BUSY.reset(token)


@dataclass(frozen=True)
class Register:
    """An open register. `signer` may be missing for reading; without it nothing can be written."""

    engine: Engine
    signer: Signer | None = None
    clock: Clock = utc_now
    names_somebody: NamesSomebody | None = field(default=None, repr=False)

    def check_words(self, words: str | None, area: str = "") -> None:
        """Raises WrongUsage for a comment or reason that nobody will read to its end, and DisclosureRefused for one in
        which somebody seems to be named: others read it, and it stays. Call it before `act`: reading takes a moment,
        and writers wait for each other. Without `names_somebody` nobody looks; every home is opened with one. area:
        whose officers' own rules count too.
        """
        if words and len(words.replace("\r\n", "\n")) > LONGEST_WORDS:
            raise WrongUsage(f"uw tekst is te lang; schrijf hoogstens {grouped(LONGEST_WORDS)} tekens")
        if words and self.names_somebody is not None and self.names_somebody(words, area):
            raise DisclosureRefused(
                "in uw tekst lijkt een naam, adres of nummer van iemand te staan; anderen lezen deze tekst en hij "
                "blijft bewaard: schrijf hem zonder, bijvoorbeeld met de functie in plaats van de naam"
            )

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent look; never waits for a writer on SQLite."""
        with self._translated(), self.engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    @contextmanager
    def act(self) -> Iterator[Writing]:
        """One act: what it changes and its ledger lines are written together or not at all.

        Writers take turns, so what a check read is still so when the act is written.
        """
        with self.bookkeeping() as writing:
            yield writing
            if not writing.entries:
                if writing.changed_nothing:
                    return
                raise CannotCheck("interne fout: een handeling zonder regel in het logboek is niet bewaard")
            ledger.append(writing.connection, self.signer, writing.entries, writing.at)

    @contextmanager
    def bookkeeping(self) -> Iterator[Writing]:
        """A write that is no act of a person: failed log-ins, claimed work, sessions."""
        with _one_at_a_time(), self._translated(), self._turn(), self.engine.connect() as plain:
            connection = plain.execution_options(register_write=True)
            with connection.begin():
                if connection.dialect.name == "postgresql":
                    connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
                yield Writing(connection, self.clock(), self.signer)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Queue for SQLite's one writer. Its own waiting favours newcomers, so that the patient time out.

        Blocks until the writer before is done; the system frees the lock when that process dies.
        """
        file = self.engine.url.database
        if self.engine.dialect.name != "sqlite" or not file or file.startswith(":"):
            yield
            return
        handle = os.open(f"{file}-turn", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            kind = type(error.orig).__name__
        else:
            return
        raise CannotCheck(f"het register is niet bereikbaar of bezet ({kind}); probeer het zo opnieuw") from None

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()


def open_register(
    url: str, *, signer: Signer | None = None, clock: Clock = utc_now, names_somebody: NamesSomebody | None = None
) -> Register:
    """Open the register, make or migrate its tables.

    url: `sqlite:///…` or `postgresql…`; raises WrongUsage for anything else, CannotCheck when it cannot be reached.
    """
    engine = _engine(_parsed(url))
    register = Register(engine, signer, clock, names_somebody)
    with register.bookkeeping() as writing:
        migrate(writing.connection)
    return register


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        parsed = None
    if parsed is None or parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise WrongUsage("register: geef een adres dat begint met sqlite:/// of postgresql://")
    if parsed.drivername == "postgresql":
        return parsed.set(drivername="postgresql+psycopg2")
    return parsed


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "postgresql":
        return create_engine(url, hide_parameters=True, pool_pre_ping=True, isolation_level="READ COMMITTED")
    if url.database and not url.database.startswith(":"):
        os.close(os.open(url.database, os.O_CREAT | os.O_RDWR, 0o600))
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": _WAIT_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """WAL; nothing acknowledged is lost at a power cut; deleted rows are overwritten."""
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout={_WAIT_SECONDS * 1000}", "journal_mode=WAL", "synchronous=FULL",
        "foreign_keys=ON", "secure_delete=ON", "trusted_schema=OFF", "cell_size_check=ON",
    ):  # fmt: skip
        connection.execute(f"pragma {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("register_write")
    connection.exec_driver_sql("begin immediate" if writes else "begin")


def is_demo(connection: Connection) -> bool:
    """Whether this home was marked as a demo."""
    return connection.execute(select(settings.c.name).where(settings.c.name == "demo")).first() is not None


def empty_log(register: Register) -> None:
    """Fold SQLite's write-ahead log back into the file and empty it, so that nothing destroyed lives on in it."""
    if register.engine.dialect.name == "sqlite":
        with register.engine.connect() as connection:
            raw = connection.connection.cursor()
            raw.execute("pragma wal_checkpoint(truncate)")
            raw.close()
