"""Pseudonyms: keyed hashes that mean nothing without the scope's key, and nothing outside the scope.

The key comes from the keyring (purpose `pseudonym`); destroying the scope secret makes every pseudonym final.
"""

import hashlib
import hmac
import unicodedata
from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib import import_module
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from domain.delivery import DeliveryKey, Manifest, panel_scope

_BLOCK = 64  # of SHA-256, for the HMAC pads (RFC 2104)
_SHORTEST_KEY = 32
LENGTH = 32
_LOOK = 1_000


def pseudonym_scope(key: DeliveryKey, manifest: Manifest) -> str:
    """What may be linked: gemeente × instrument × meting; over metingen only for a klantenpanel with an end date."""
    return panel_scope(key.area, key.instrument) if manifest.link_scope == "panel" else key.scope


def normalised(identifier: str) -> str:
    """The identifier without what people write differently: spaces, case, full-width signs."""
    return "".join(unicodedata.normalize("NFKC", identifier).casefold().split())


def pseudonym(identifier: str, *, key: bytes, scope: str) -> str:
    """Keyed hash of an identifier (HMAC-SHA-256).

    identifier: as delivered; spaces and case do not matter.
    key: 32 bytes or more, from the keyring, never from settings or code.
    scope: what may be linked together, e.g. "GM9001/ceo_wmo/2026"; another scope gives
        another pseudonym for the same person.
    Returns 32 hex characters (128 bits).
    Raises ValueError if the key is shorter than 32 bytes or the identifier is empty.
    """
    if not normalised(identifier):
        raise ValueError("an empty identifier has no pseudonym")
    return _hasher(key, "person", scope)(normalised(identifier))


def receipt_pseudonym(code: str, *, key: bytes, scope: str) -> str:
    """Keyed hash of an ontvangstcode, with which a resident can withdraw without a name; as `pseudonym`.

    Dashes do not matter either: the code is typed over from a letter.
    """
    clean = normalised(code).replace("-", "")
    if not clean:
        raise ValueError("an empty ontvangstcode has no pseudonym")
    return _hasher(key, "ontvangstcode", scope)(clean)


def pseudonymise_column(column: pa.ChunkedArray, *, key: bytes, scope: str) -> pa.ChunkedArray:
    """`pseudonym` of every value; no value and an empty value stay null. Every distinct value is hashed once."""
    return _mapped(column, _hasher(key, "person", scope), drop="")


def receipt_column(column: pa.ChunkedArray, *, key: bytes, scope: str) -> pa.ChunkedArray:
    """`receipt_pseudonym` of every value; no value and an empty value stay null."""
    return _mapped(column, _hasher(key, "ontvangstcode", scope), drop="-")


def random_ids(count: int, *, key: bytes, scope: str, content: bytes) -> pa.ChunkedArray:
    """Ids for rows without an identifier: different for every row, equal again when the same delivery is run again.

    content: digest of what was delivered. An id is a keyed hash of content and position, so that a run that was
    killed gives the same release, while nobody without the key can say which row it was; a corrected delivery
    gets new ids. Because they stand for a place in a file and not for a person, no request can be answered with them.
    """
    hash_of = _hasher(key, "row", f"{scope}/{content.hex()}")
    return pa.chunked_array([pa.array([hash_of(str(position)) for position in range(count)], pa.string())])


def content_digest(tables: Iterable[tuple[str, pa.Table]]) -> bytes:
    """SHA-256 over the values of tables, independent of how they are cut in chunks."""
    digest = hashlib.sha256()
    for name, table in sorted(tables, key=lambda item: item[0]):
        digest.update(name.encode() + b"\0")
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, table.schema.remove_metadata()) as stream:
            stream.write_table(table.replace_schema_metadata(None).combine_chunks())
        digest.update(sink.getvalue())
    return digest.digest()


def _hasher(key: bytes, kind: str, scope: str) -> Callable[[str], str]:
    """HMAC-SHA-256 with the key blocks hashed once: three times as fast over a million values as `hmac.digest`."""
    if len(key) < _SHORTEST_KEY:
        raise ValueError("the pseudonym key is shorter than 32 bytes")
    block = (hashlib.sha256(key).digest() if len(key) > _BLOCK else key).ljust(_BLOCK, b"\0")
    inner, outer = _sha256(block.translate(hmac.trans_36)), _sha256(block.translate(hmac.trans_5C))
    inner.update(f"{kind}\0{scope}\0".encode())

    def hash_of(text: str) -> str:
        first, second = inner.copy(), outer.copy()
        first.update(text.encode())
        second.update(first.digest())
        made: str = second.hexdigest()[:LENGTH]
        return made

    return hash_of


def _mapped(column: pa.ChunkedArray, hash_of: Callable[[str], str], drop: str) -> pa.ChunkedArray:
    texts = column.cast(pa.string())
    if _mostly_distinct(texts):  # looking for equal values would cost more than hashing them again
        return pa.chunked_array([_hashes(chunk, hash_of, drop) for chunk in texts.chunks], pa.string())
    encoded = pc.dictionary_encode(texts).combine_chunks()
    return pa.chunked_array([pc.take(_hashes(encoded.dictionary, hash_of, drop), encoded.indices)])


def _mostly_distinct(texts: pa.ChunkedArray) -> bool:
    """Judged by the first values: a number per person is, an ontvangstcode that most left out is not."""
    first = texts.slice(0, _LOOK)
    return bool(10 * pc.count_distinct(first).as_py() >= 9 * len(first))


def _hashes(values: pa.Array, hash_of: Callable[[str], str], drop: str) -> pa.Array:
    return pa.array([hash_of(text) if text else None for text in _normalised_values(values, drop)], pa.string())


def _normalised_values(values: pa.Array, drop: str) -> list[str | None]:
    """`normalised` of many values, in Arrow where it cannot differ (plain ASCII)."""
    if pc.all(pc.string_is_ascii(values)).as_py():
        clean = pc.ascii_lower(pc.replace_substring_regex(values, rf"[\s\x0b\x1c-\x1f{drop}]+", ""))
        return list(clean.to_pylist())
    return [
        None if value is None else "".join(char for char in normalised(value) if char not in drop)
        for value in values.to_pylist()
    ]


def _own_sha256() -> Callable[[bytes], Any]:
    """Python's own SHA-256 where it is there: the same digests, and a third less time for short texts.

    OpenSSL's objects are dear to copy, and a pseudonym copies two.
    """
    for module in ("_sha2", "_sha256"):  # its name since Python 3.12, and before
        with suppress(ImportError):
            made: Callable[[bytes], Any] = import_module(module).sha256
            return made
    return hashlib.sha256


_sha256 = _own_sha256()
