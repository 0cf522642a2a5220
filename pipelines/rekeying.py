"""Another master key for a home: every secret is wrapped anew, no data is touched.

It can be killed at any point and done again: what is under the new key stays, and the old key goes last.
"""

import os
from collections.abc import Mapping
from pathlib import Path

from domain.errors import KeyRefused, WrongUsage
from register.signing import read_signer, rewrap_signer
from storage.atomic import sync_folder
from storage.keyring import Keyring
from storage.master import MASTER_FILE, EnvMaster, FileMaster, MasterKey, master_of
from storage.settings import Settings

NEW_VARIABLE = "TOEGANGSPEIL_NEW_MASTER_KEY"


def under_way(settings: Settings) -> bool:
    """Whether a change of key in the file of this home was begun and not ended."""
    return _new_file(settings).path.exists()


def rekey(settings: Settings, environ: Mapping[str, str]) -> int:
    """Put everything under a new master key; returns how many secrets of metingen that were.

    The key in a file is drawn here. One that comes from the environment is given beside the old one, in NEW_VARIABLE.
    Nothing else may use the home meanwhile.
    """
    old, new = master_of(settings, environ), _new(settings, environ)
    if old.key() == new.key():
        raise WrongUsage("de nieuwe hoofdsleutel is dezelfde als de oude; geef een andere")
    keys = settings.places.keys
    _check_signer(settings, old, new)
    done = Keyring(keys, old).rewrap(new)
    rewrap_signer(keys, old, new)
    if isinstance(new, FileMaster):
        _take_over(new, keys)
    return done


def _take_over(new: FileMaster, keys: Path) -> None:
    os.replace(new.path, keys / MASTER_FILE)
    sync_folder(keys)


def _new(settings: Settings, environ: Mapping[str, str]) -> MasterKey:
    if settings.master == "environment":
        return EnvMaster(environ.get(NEW_VARIABLE, ""))
    made = _new_file(settings)
    return made if made.path.exists() else FileMaster.create(made.path)


def _new_file(settings: Settings) -> FileMaster:
    return FileMaster(settings.places.keys / f"{MASTER_FILE}.new")


def _check_signer(settings: Settings, old: MasterKey, new: MasterKey) -> None:
    """One of the two keys is the one of this home, before anything is written."""
    try:
        read_signer(settings.places.keys, old)
    except KeyRefused:
        read_signer(settings.places.keys, new)
