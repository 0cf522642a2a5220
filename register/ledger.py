"""The ledger: a hash chain with one line per act, its head signed.

A line's hash is SHA-256(previous hash | body); the body is RFC 8785 JSON of who, when, what. The signed head holds
the number of lines and the last hash, so a missing tail is found as well.
"""

import json
import re
from binascii import hexlify, unhexlify
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from sqlalchemy import Connection, insert, select, update

from domain.dutch import moment
from domain.errors import CannotCheck, KeyRefused
from register.actors import Actor
from register.signing import Signer, signature_holds
from register.tables import ledger, ledger_head
from storage.canonical import canonical_bytes

if TYPE_CHECKING:
    from register.store import Register

START = bytes(32)
Line = tuple[int, bytes, bytes]
"""Number, body, hash."""

_FORMAT = "toegangspeil-logboek-1"
_BATCH = 20_000
_HEX = re.compile(rb"[0-9a-f]{64}")


@dataclass(frozen=True)
class Entry:
    """One act, before it gets its place in the chain."""

    by: Actor
    act: str
    what: Mapping[str, Any]


@dataclass(frozen=True)
class Head:
    """Where the chain stands, signed."""

    count: int
    hash: bytes
    at: str
    signature: bytes
    public_key: bytes

    def message(self) -> bytes:
        """What the signature is over."""
        return canonical_bytes({"at": self.at, "count": self.count, "hash": self.hash.hex()})

    def holds(self) -> bool:
        """Whether the signature fits."""
        return signature_holds(self.public_key, self.signature, self.message())


@dataclass(frozen=True)
class Verification:
    """What `verify` found; `first_broken` counts from 1."""

    ok: bool
    lines: int
    first_broken: int | None
    message: str


def linked(previous: bytes, body: bytes) -> bytes:
    """The hash of a line."""
    return sha256(previous + body).digest()


def read_head(connection: Connection) -> Head | None:
    """The head as stored; None for an empty ledger."""
    row = connection.execute(select(ledger_head)).first()
    return Head(row.lines, row.hash, row.at, row.signature, row.public_key) if row else None


def needed(signer: Signer | None) -> Signer:
    """Who signs the ledger; raises KeyRefused where the register was opened without."""
    if signer is None:
        raise KeyRefused("het logboek kan niet worden getekend: open het register met de sleutel van het logboek")
    return signer


def head_of(register: "Register") -> Head:
    """Where the ledger of a register stands; raises CannotCheck while it is empty."""
    with register.read() as connection:
        head = read_head(connection)
    if head is None:
        raise CannotCheck("het logboek is leeg; er is nog niets om uit te voeren")
    return head


def append(connection: Connection, signer: Signer | None, entries: Iterable[Entry], at: str) -> None:
    """Add lines and sign the new head, within the transaction of the caller (who holds the write lock)."""
    signer = needed(signer)
    head = read_head(connection)
    count, last = (head.count, head.hash) if head else (0, START)
    rows = []
    for entry in entries:
        count += 1
        body = canonical_bytes(
            {
                "act": entry.act, "at": at, "roles": entry.by.roles,
                "seq": count, "what": dict(entry.what), "who": entry.by.name,
            }
        )  # fmt: skip
        last = linked(last, body)
        rows.append({"seq": count, "body": body, "hash": last})
    connection.execute(insert(ledger), rows)
    unsigned = Head(count, last, at, b"", signer.public_key)
    values = {
        "lines": count, "hash": last, "at": at,
        "signature": signer.sign(unsigned.message()), "public_key": signer.public_key,
    }  # fmt: skip
    connection.execute(update(ledger_head).values(**values) if head else insert(ledger_head).values(id=1, **values))


def export(register: "Register", path: Path) -> int:
    """Write head and lines to a file that `verify` reads without the register; returns the number of lines."""
    with register.read() as connection, path.open("wb") as file:
        head = read_head(connection)
        if head is None:
            raise CannotCheck("het logboek is leeg; er is nog niets om uit te voeren")
        file.write(canonical_bytes({"format": _FORMAT, **_plain(head)}) + b"\n")
        for batch in _stored(connection):
            file.write(b"".join(hexlify(hash_) + b" " + body + b"\n" for _, body, hash_ in batch))
        return head.count


def verify(source: "Register | Path", *, public_key: bytes | None = None, anchor: Path | None = None) -> Verification:
    """Check the whole chain and its signed head, of a register or of an exported file.

    public_key: the key noted at `init`; given, a head signed by another key is refused.
    anchor: an earlier export kept elsewhere; given, a ledger that was put back to before it is found.
    """
    known = _read_anchor(anchor) if anchor else None
    if isinstance(source, Path):
        return _verify_export(source, public_key, known)
    with source.read() as connection:
        return _verdict(read_head(connection), _stored(connection), public_key, known)


def export_lines(path: Path) -> Iterator[Line]:
    """Every line of an exported file; `verify` says first whether it is whole."""
    with path.open("rb") as file:
        file.readline()
        for batch in _exported_lines(file):
            yield from batch


def read_lines(register: "Register", *, since: int = 0, limit: int = 200) -> list[bytes]:
    """Bodies of the lines after `since`, oldest first, for an export."""
    with register.read() as connection:
        rows = connection.execute(select(ledger.c.body).where(ledger.c.seq > since).order_by(ledger.c.seq).limit(limit))
        return [row.body for row in rows]


def _plain(head: Head) -> dict[str, Any]:
    return {
        "count": head.count, "hash": head.hash.hex(), "at": head.at,
        "signature": head.signature.hex(), "public_key": head.public_key.hex(),
    }  # fmt: skip


def _stored(connection: Connection) -> Iterator[list[Line]]:
    """Stored lines in batches, by the raw driver: a million in a few seconds."""
    raw: Any = connection.connection
    server_side = connection.dialect.name == "postgresql"
    cursor = raw.cursor(name="ledger") if server_side else raw.cursor()
    try:
        cursor.execute("select seq, body, hash from ledger order by seq")
        while rows := cursor.fetchmany(_BATCH):
            yield [(seq, bytes(body), bytes(hash_)) for seq, body, hash_ in rows] if server_side else rows
    finally:
        cursor.close()


def _broken_line(batches: Iterable[list[Line]], watch: int) -> tuple[int, bytes, bytes, int | None]:
    """(good lines, last good hash, hash of line `watch`, number of the first broken line or None)."""
    last, good, seen = START, 0, b""
    for batch in batches:
        for seq, body, hash_ in batch:
            if sha256(last + body).digest() != hash_ or seq != good + 1:
                return good, last, seen, good + 1
            last = hash_
            good += 1
            if good == watch:
                seen = last
    return good, last, seen, None


def _verdict(
    head: Head | None, lines: Iterable[list[Line]], public_key: bytes | None, anchor: Head | None
) -> Verification:
    good, last, seen, broken = _broken_line(lines, anchor.count if anchor else 0)
    if broken is not None:
        return Verification(False, good, broken, f"regel {broken} van het logboek klopt niet")
    if anchor is not None and seen != anchor.hash:
        first = min(good + 1, anchor.count)
        return Verification(False, good, first, f"het logboek past niet bij de bewaarde uitvoer van {anchor.at}")
    if head is None:
        if good:
            return Verification(False, good, 1, "het logboek heeft regels maar geen getekend slot")
        return Verification(True, 0, None, "het logboek is leeg")
    if not head.holds() or (public_key is not None and public_key != head.public_key):
        return Verification(False, good, good + 1, "de handtekening onder het logboek klopt niet")
    if head.count != good or head.hash != last:
        first = min(good, head.count) + 1
        return Verification(False, good, first, f"regel {first} van het logboek ontbreekt of is er te veel")
    return Verification(True, good, None, f"het logboek klopt: {good} regels, getekend op {moment(head.at)}")


def _read_anchor(path: Path) -> Head:
    with path.open("rb") as file:
        head = _exported_head(file.readline())
    if head is None or not head.holds():
        raise CannotCheck("de bewaarde uitvoer van het logboek is niet getekend of beschadigd; kies een andere")
    return head


def _verify_export(path: Path, public_key: bytes | None, anchor: Head | None) -> Verification:
    with path.open("rb") as file:
        head = _exported_head(file.readline())
        if head is None:
            return Verification(False, 0, 1, "de kop van dit bestand klopt niet; voer het logboek opnieuw uit")
        return _verdict(head, _exported_lines(file), public_key, anchor)


def _exported_lines(file: BinaryIO) -> Iterator[list[Line]]:
    number = 0
    while lines := file.readlines(_BATCH * 256):
        yield [(number + at, line[65:-1], _exported_hash(line)) for at, line in enumerate(lines, start=1)]
        number += len(lines)


def _exported_hash(line: bytes) -> bytes:
    """The hash in front of an exported line; nothing when the line is not whole or not as we write it."""
    if line[64:65] != b" " or line[-1:] != b"\n" or not _HEX.fullmatch(line, 0, 64):
        return b""
    return unhexlify(line[:64])


def _exported_head(line: bytes) -> Head | None:
    try:
        content = json.loads(line)
        raw = {name: bytes.fromhex(content[name]) for name in ("hash", "signature", "public_key")}
        head = Head(int(content["count"]), at=str(content["at"]), **raw)
    except (ValueError, KeyError, TypeError):
        return None
    same = canonical_bytes({"format": _FORMAT, **_plain(head)}) + b"\n" == line
    return head if same else None
