"""The key that signs the head of the ledger, kept in the keys folder under the master key."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from domain.errors import KeyRefused
from storage.atomic import write_atomic
from storage.envelope import seal, unseal
from storage.master import MasterKey

SEALED_NAME = "ledger.key"
PUBLIC_NAME = "ledger.pub"
_CONTEXT = "ledger:signing"


@dataclass(frozen=True)
class Signer:
    """Ed25519 signing key (32 bytes seed); also the root of the key that seals TOTP secrets."""

    seed: bytes = field(repr=False)

    @classmethod
    def new(cls) -> Self:
        """A fresh key, not stored anywhere."""
        return cls(Ed25519PrivateKey.generate().private_bytes_raw())

    @property
    def public_key(self) -> bytes:
        """The 32 bytes that anybody may know."""
        return self._private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    @property
    def sealing_key(self) -> bytes:
        """32 bytes for sealing small secrets inside the register."""
        return HKDF(SHA256(), 32, salt=None, info=b"toegangspeil/register/sealing").derive(self.seed)

    @property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    def sign(self, message: bytes) -> bytes:
        """64 bytes of signature."""
        return self._private.sign(message)


def signature_holds(public_key: bytes, signature: bytes, message: bytes) -> bool:
    """Whether `signature` over `message` was made with the private half of `public_key`."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def make_signer(keys: Path, master: MasterKey) -> Signer:
    """Make the signing key of a home (`keys/ledger.key` sealed, `keys/ledger.pub` open); never over an existing one."""
    if (keys / SEALED_NAME).exists():
        raise KeyRefused("sleutel van het logboek: die is er al; een tweede zou het logboek onbewijsbaar maken")
    signer = Signer.new()
    write_atomic(keys / SEALED_NAME, seal(signer.seed, master.key(), _CONTEXT))
    write_atomic(keys / PUBLIC_NAME, signer.public_key.hex().encode() + b"\n", mode=0o644)
    return signer


def read_signer(keys: Path, master: MasterKey) -> Signer:
    """The signing key of a home; raises KeyRefused when it is not there or the master key does not fit."""
    try:
        sealed = (keys / SEALED_NAME).read_bytes()
    except FileNotFoundError:
        raise KeyRefused("sleutel van het logboek: die is er niet; zet hem terug uit de sleutelkopie") from None
    return Signer(unseal(sealed, master.key(), _CONTEXT))


def rewrap_signer(keys: Path, old: MasterKey, new: MasterKey) -> None:
    """Seal the signing key under another master key (with `Keyring.rewrap`); already done is fine."""
    try:
        signer = read_signer(keys, old)
    except KeyRefused:
        signer = read_signer(keys, new)
    write_atomic(keys / SEALED_NAME, seal(signer.seed, new.key(), _CONTEXT))


def read_public_key(keys: Path) -> bytes | None:
    """The public half that was noted at `init`, if it is there."""
    path = keys / PUBLIC_NAME
    return bytes.fromhex(path.read_text().strip()) if path.exists() else None
