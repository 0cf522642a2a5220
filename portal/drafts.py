"""Files between two pages of the upload: in a hidden folder of the inbox, bound to one user, gone after an hour."""

import hmac
import re
import secrets
import shutil
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from starlette.datastructures import UploadFile

from domain.errors import InputRejected
from ingest import drafts
from ingest.bsn import check_names
from ingest.words import shown_file
from portal.house import House
from portal.speech import _
from portal.uploads import checked_name, save
from register.actors import Actor

_DRAFT = re.compile(r"^[0-9a-f]{16}-[0-9a-f]{24}$")


def put_down(house: House, files: Sequence[UploadFile], *, by: Actor) -> str:
    """Check and keep uploaded files; returns the name of the draft. Raises InputRejected in plain Dutch."""
    drafts.sweep(house.places)
    if not files:
        raise InputRejected(_("kies minstens één bestand"))
    names = [checked_name(one) for one in files]
    if len(set(names)) != len(names):
        raise InputRejected(_("twee bestanden hebben dezelfde naam; geef ze elk een eigen naam"))
    number = secrets.token_hex(8)
    draft = f"{number}-{_mark(house, number, by)}"
    folder = drafts.upload_folder(house.places, draft)
    folder.mkdir(parents=True, mode=0o700)
    try:
        for at, (one, name) in enumerate(zip(files, names, strict=True), start=1):
            where = shown_file(name, at)
            check_names([name], where, "bestandsnaam")
            save(one, folder / name, where)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return draft


def opened(house: House, draft: str, *, by: Actor) -> Path | None:
    """The folder of somebody's own draft; None when it is gone or of another."""
    if not _DRAFT.match(draft):
        return None
    number, _, mark = draft.partition("-")
    folder = drafts.upload_folder(house.places, draft)
    mine = hmac.compare_digest(mark, _mark(house, number, by))
    return folder if mine and folder.is_dir() else None


def _mark(house: House, number: str, by: Actor) -> str:
    return hmac.new(house.form_key, f"portal:draft:{number}:{by.name}".encode(), sha256).hexdigest()[:24]
