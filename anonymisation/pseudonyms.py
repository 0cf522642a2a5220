"""Pseudonyms: keyed hashes that mean nothing without the scope's key, and nothing outside the scope.

The key comes from the keyring (purpose `pseudonym`); destroying the scope secret makes every pseudonym final.
"""

import hashlib
import hmac
import unicodedata
from collections.abc import Callable, Iterable

import pyarrow as pa
import pyarrow.compute as pc

from domain.delivery import DeliveryKey, Manifest, panel_scope

_BLOCK = 64  # of SHA-256, for the HMAC pads (RFC 2104)
_SHORTEST_KEY = 32
LENGTH = 32


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
    inner = hashlib.sha256(block.translate(hmac.trans_36))
    outer = hashlib.sha256(block.translate(hmac.trans_5C))
    inner.update(f"{kind}\0{scope}\0".encode())

    def hash_of(text: str) -> str:
        first, second = inner.copy(), outer.copy()
        first.update(text.encode())
        second.update(first.digest())
        return second.hexdigest()[:LENGTH]

    return hash_of


def _mapped(column: pa.ChunkedArray, hash_of: Callable[[str], str], drop: str) -> pa.ChunkedArray:
    encoded = pc.dictionary_encode(column.cast(pa.string())).combine_chunks()
    clean = _normalised_values(encoded.dictionary, drop)
    hashes = pa.array([hash_of(text) if text else None for text in clean], pa.string())
    if len(hashes) == len(column):  # every value once: they already stand in their places
        return pa.chunked_array([hashes])
    return pa.chunked_array([pc.take(hashes, encoded.indices)])


def _normalised_values(values: pa.Array, drop: str) -> list[str]:
    """`normalised` of many values, in Arrow where it cannot differ (plain ASCII)."""
    if pc.all(pc.string_is_ascii(values)).as_py():
        clean = pc.ascii_lower(pc.replace_substring_regex(values, rf"[\s\x0b\x1c-\x1f{drop}]+", ""))
        return list(clean.to_pylist())
    return ["".join(char for char in normalised(value) if char not in drop) for value in values.to_pylist()]
