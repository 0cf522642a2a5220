"""AES-256-GCM envelopes: sealed bytes that know what they are for.

Layout: magic (4) | nonce (12) | ciphertext and tag. The context is authenticated, so an object that is moved to
another name does not open. Source: NIST SP 800-38D; implementation of the `cryptography` package.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.errors import KeyRefused

_MAGIC = b"TPE1"
_NONCE = 12


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
