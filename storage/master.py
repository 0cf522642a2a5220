"""The master key: in a file of the home, or handed over by a secret store. It wraps every other key."""

import base64
import binascii
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from domain.errors import KeyRefused
from storage.atomic import write_atomic
from storage.settings import MASTER_VARIABLE, Settings

MASTER_FILE = "master.key"


class MasterKey(Protocol):
    """Where the master key comes from; a secret store can implement this."""

    def key(self) -> bytes:
        """The 32 bytes; raises KeyRefused when they cannot be had."""


@dataclass(frozen=True)
class FileMaster:
    """A master key in a file that only its owner may read."""

    path: Path

    def key(self) -> bytes:
        try:
            mode = self.path.stat().st_mode & 0o777
        except FileNotFoundError:
            raise KeyRefused("hoofdsleutel: het sleutelbestand is er niet; zet het terug uit de sleutelkopie") from None
        if mode & 0o077:
            raise KeyRefused("hoofdsleutel: andere gebruikers kunnen het bestand lezen; zet de rechten op 0600")
        return _decoded(self.path.read_bytes())

    @classmethod
    def create(cls, path: Path) -> "FileMaster":
        """A new random master key; never over an existing one."""
        if path.exists():
            raise KeyRefused("hoofdsleutel: er is al een sleutelbestand; een tweede zou alle gegevens onleesbaar maken")
        write_atomic(path, base64.b64encode(secrets.token_bytes(32)))
        return cls(path)


@dataclass(frozen=True)
class EnvMaster:
    """A master key in the environment (base64 of 32 bytes), as secret stores hand it over."""

    value: str = field(repr=False)

    def key(self) -> bytes:
        return _decoded(self.value.encode())


def _decoded(text: bytes) -> bytes:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != 32:
        raise KeyRefused("hoofdsleutel: er zijn 32 bytes in base64 nodig; controleer de sleutel")
    return key


def master_of(settings: Settings, environ: Mapping[str, str]) -> MasterKey:
    """The master key from where the settings say it is."""
    if settings.master == "environment":
        return EnvMaster(environ.get(MASTER_VARIABLE, ""))
    return FileMaster(settings.places.keys / MASTER_FILE)
