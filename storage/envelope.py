"""AES-256-GCM envelopes: sealed bytes that know what they are for.

Layout: magic (4) | nonce (12) | ciphertext and tag. The context is authenticated, so an object that is moved to
another name does not open. Source: NIST SP 800-38D; implementation of the `cryptography` package.
"""

import os
import struct
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.errors import KeyRefused

_MAGIC = b"TPE1"
_NONCE = 12
_LENGTH = struct.Struct(">I")
PIECE = 1 << 26
"""How much goes in one piece: AES-GCM takes at most 2 GB at once."""


def seal(data: bytes | memoryview, key: bytes, context: str) -> bytes:
    """Encrypt `data` under a 32-byte key, bound to `context`."""
    nonce = os.urandom(_NONCE)
    return _MAGIC + nonce + AESGCM(key).encrypt(nonce, data, context.encode())


def unseal(data: bytes, key: bytes, context: str) -> bytes:
    """Decrypt what `seal` made; raises KeyRefused when key, context or bytes are not the same."""
    body = memoryview(data)
    if len(body) < len(_MAGIC) + _NONCE or bytes(body[:4]) != _MAGIC:
        raise KeyRefused("versleuteld object: dit bestand is niet door Toegangspeil gemaakt of is beschadigd")
    try:
        return AESGCM(key).decrypt(bytes(body[4:16]), bytes(body[16:]), context.encode())
    except InvalidTag:
        raise KeyRefused("versleuteld object: de sleutel past niet of het bestand is veranderd") from None


def seal_pieces(pieces: Iterable[bytes | memoryview], key: bytes, context: str) -> Iterator[bytes]:
    """What does not fit in memory: every piece sealed for its place, and at the end that it is the end."""
    number = 0
    for number, piece in enumerate(pieces, start=1):
        yield _framed(seal(piece, key, f"{context}#{number}"))
    yield _framed(seal(b"", key, f"{context}#{number} end"))


def unseal_pieces(file: BinaryIO, key: bytes, context: str) -> Iterator[bytes]:
    """The pieces that `seal_pieces` sealed; raises KeyRefused where one is missing, moved, changed or cut off."""
    number = 0
    sealed = _next(file)
    while following := _next(file):
        number += 1
        yield unseal(sealed, key, f"{context}#{number}")
        sealed = following
    unseal(sealed, key, f"{context}#{number} end")


def _framed(sealed: bytes) -> bytes:
    return _LENGTH.pack(len(sealed)) + sealed


def _next(file: BinaryIO) -> bytes:
    head = file.read(_LENGTH.size)
    return file.read(*_LENGTH.unpack(head)) if len(head) == _LENGTH.size else b""
