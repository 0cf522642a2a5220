"""Files that only their receiver opens: sealed for her public key, by standards that other tools also read.

Keys: X25519 in PEM (RFC 8410), the private half under a passphrase (PKCS 8). Sealing: HPKE (RFC 9180), base mode, with
X25519, HKDF-SHA256 and AES-256-GCM; a sealed file is the encapsulated key followed by the ciphertext.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from domain.errors import KeyRefused

SHORTEST = 16
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_INFO = b"toegangspeil microdata 2"


def key_pair(passphrase: str) -> tuple[bytes, bytes]:
    """A new (private, public) pair in PEM; the private half opens with the passphrase only."""
    if len(passphrase) < SHORTEST:
        raise KeyRefused(f"de wachtzin is te kort; kies er een van minstens {SHORTEST} tekens")
    key = X25519PrivateKey.generate()
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(passphrase.encode()),
    )
    spki = serialization.PublicFormat.SubjectPublicKeyInfo
    return private, key.public_key().public_bytes(serialization.Encoding.PEM, spki)


def read_public(pem: bytes) -> str:
    """The public key in 64 hex characters, which is how people compare it; raises KeyRefused for anything else."""
    try:
        key = serialization.load_pem_public_key(pem)
    except ValueError:
        key = None
    if not isinstance(key, X25519PublicKey):
        raise KeyRefused(
            "dit is geen openbare sleutel (X25519) van een ontvanger; maak een paar met: toegangspeil microdata key",
            on_screen="dit is geen openbare sleutel van een ontvanger; maak een paar zoals op deze pagina staat",
        )
    text = key.public_bytes_raw().hex()
    seal(b"", text)  # a point with which nothing can be kept secret is refused here, not at the export
    return text


def seal(data: bytes, public: str) -> bytes:
    """Encrypt for the holder of a public key (64 hex characters)."""
    try:
        return _SUITE.encrypt(data, X25519PublicKey.from_public_bytes(bytes.fromhex(public)), info=_INFO)
    except ValueError:
        raise KeyRefused(
            "met deze openbare sleutel kan niets versleuteld worden; vraag de ontvanger om een nieuwe"
        ) from None


def open_sealed(data: bytes, private: X25519PrivateKey) -> bytes:
    """The file again; raises KeyRefused for another key or a changed file."""
    try:
        return _SUITE.decrypt(data, private, info=_INFO)
    except (InvalidTag, ValueError):
        raise KeyRefused("deze sleutel past niet, of het bestand is veranderd; vraag het opnieuw aan") from None


def read_private(pem: bytes, passphrase: str) -> X25519PrivateKey:
    """The private key; raises KeyRefused for a wrong passphrase or another kind of file."""
    try:
        key = serialization.load_pem_private_key(pem, passphrase.encode())
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, X25519PrivateKey):
        raise KeyRefused("de wachtzin past niet bij deze sleutel, of dit is geen geheime sleutel (X25519)")
    return key
