"""Keys: two random secrets per scope and a random key per object, wrapped by the master key.

The link secret makes pseudonyms and opens the vault; destroying it ends every pseudonym of that scope, for good. The
staging secret opens pseudonymised records, which are kept longer. Destroying a data key ends every copy of that
object, backups of data included (key backups are kept apart).
Files: `keys/<area>/<scope>.scope` (or `.gone` after it), `keys/<area>/<scope>.staging`, `keys/<area>/data/<id>.key`.
"""

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from domain.errors import KeyRefused
from storage.atomic import erase, sync_folder, write_atomic, write_first
from storage.envelope import seal, unseal
from storage.master import MasterKey

LINK, STAGING, GONE = "scope", "staging", "gone"
PURPOSES = {"pseudonym": LINK, "vault": LINK, "review": LINK, "surrogate": LINK, "staging": STAGING}
"""Which secret of a scope each purpose hangs on."""

_ID = re.compile(r"^[0-9a-f]{24}$")


@dataclass(frozen=True)
class DataKey:
    """The key of one stored object."""

    id: str
    key: bytes = field(repr=False)


@dataclass(frozen=True)
class Keyring:
    """All keys of a home. Nothing is cached: a destroyed key is gone at once."""

    folder: Path
    master: MasterKey

    def ensure_scope(self, area: str, scope: str) -> str:
        """Make the secrets of a scope when there are none; returns the scope.

        Raises KeyRefused when its link secret was destroyed: a new one would let a removed person come back.
        """
        if self._path(area, scope, GONE).exists():
            raise KeyRefused("sleutel van een meting: deze is vernietigd; van deze meting kan niets meer binnenkomen")
        for kind in (LINK, STAGING):
            path = self._path(area, scope, kind)
            if not path.exists():
                write_first(path, seal(os.urandom(32), self.master.key(), f"{kind}:{scope}"))
        return scope

    def has_scope(self, area: str, scope: str) -> bool:
        """Whether pseudonyms of a scope can still be made."""
        return self._path(area, scope, LINK).exists()

    def purpose_key(self, area: str, scope: str, purpose: str) -> bytes:
        """32 bytes for one purpose within a scope: HKDF-SHA256 of the secret it hangs on."""
        if purpose not in PURPOSES:
            raise KeyRefused(f"sleutel: het doel {purpose!r} bestaat niet")
        secret = self._open(area, scope, PURPOSES[purpose])
        return HKDF(SHA256(), 32, salt=None, info=f"toegangspeil/{purpose}/{scope}".encode()).derive(secret)

    def destroy_scope(self, area: str, scope: str) -> None:
        """Erase the link secret of a scope: no pseudonym of it can be made again, no vault object opened.

        Pseudonymised records stay readable until `destroy_staging`.
        """
        write_atomic(self._path(area, scope, GONE), b"")
        self._erase(area, scope, LINK)

    def destroy_staging(self, area: str, scope: str) -> None:
        """Erase the staging secret of a scope: no pseudonymised record of it can be read again."""
        self._erase(area, scope, STAGING)

    def scopes(self) -> list[tuple[str, str]]:
        """(area, scope) of every link secret that still lives, sorted."""
        return self._living(LINK)

    @contextmanager
    def new_data_key(self, area: str, scope: str, purpose: str) -> Iterator[DataKey]:
        """A fresh key for the one object that is written inside; after it, wrapped by the purpose key of its scope,
        the key is stored.

        In that order: a kill leaves at most an object that nobody can read, never a key without an object.
        """
        data_key = DataKey(secrets.token_hex(12), os.urandom(32))
        wrapping = self.purpose_key(area, scope, purpose)
        yield data_key
        wrapped = seal(data_key.key, wrapping, f"data:{data_key.id}")
        header = f"{purpose}\n{scope}\n".encode()
        write_atomic(self._data_path(area, data_key.id), header + wrapped)

    def data_key(self, area: str, key_id: str) -> bytes:
        """The key of an object; raises KeyRefused when it was destroyed."""
        try:
            content = self._data_path(area, key_id).read_bytes()
        except FileNotFoundError:
            raise KeyRefused("sleutel van een bestand: deze sleutel is vernietigd; de gegevens zijn weg") from None
        purpose, scope, wrapped = content.split(b"\n", 2)
        wrapping = self.purpose_key(area, scope.decode(), purpose.decode())
        return unseal(wrapped, wrapping, f"data:{key_id}")

    def destroy_data_key(self, area: str, key_id: str) -> None:
        """Erase the key of one object: no copy of that object can be read again."""
        path = self._data_path(area, key_id)
        erase(path)
        if path.parent.exists():
            sync_folder(path.parent)

    def rewrap(self, new: MasterKey) -> int:
        """Wrap every secret under another master key; data keys follow because secrets wrap them.

        Returns how many secrets there are. What is under the new one already stays, so that it can be done again after
        a kill; raises KeyRefused for a secret that neither key opens.
        """
        living = [(kind, area, scope) for kind in (LINK, STAGING) for area, scope in self._living(kind)]
        for kind, area, scope in living:
            try:
                secret = self._open(area, scope, kind)
            except KeyRefused:
                Keyring(self.folder, new)._open(area, scope, kind)
                continue
            write_atomic(self._path(area, scope, kind), seal(secret, new.key(), f"{kind}:{scope}"))
        return len(living)

    def _living(self, kind: str) -> list[tuple[str, str]]:
        found = ((path.parent.name, path.stem.replace("~", "/")) for path in self.folder.glob(f"*/*.{kind}"))
        return sorted(found)

    def _open(self, area: str, scope: str, kind: str) -> bytes:
        try:
            sealed = self._path(area, scope, kind).read_bytes()
        except FileNotFoundError:
            raise KeyRefused("sleutel van een meting: deze sleutel is er niet of is vernietigd") from None
        return unseal(sealed, self.master.key(), f"{kind}:{scope}")

    def _erase(self, area: str, scope: str, kind: str) -> None:
        erase(self._path(area, scope, kind))
        sync_folder(self.folder / area)

    def _path(self, area: str, scope: str, kind: str) -> Path:
        return self.folder / area / f"{scope.replace('/', '~')}.{kind}"

    def _data_path(self, area: str, key_id: str) -> Path:
        if not _ID.match(key_id):
            raise KeyRefused("sleutel van een bestand: de naam van de sleutel klopt niet")
        return self.folder / area / "data" / f"{key_id}.key"
