"""The words of a doubtful place: from the sealed review files, for one page, kept nowhere."""

import json
import re
from dataclasses import dataclass, field

from domain.errors import KeyRefused
from portal.house import House
from storage.envelope import unseal

_REFERENCE = re.compile(r"^(?P<file>[A-Za-z0-9_.-]+\.(?P<key>[A-Za-z0-9_-]+)\.bin)#(?P<row>\d+)$")


@dataclass(frozen=True)
class Snippet:
    """Words before, the doubtful words, and words after; of a sampled text everything stands in `before`."""

    before: str = field(repr=False)
    found: str = field(repr=False)
    after: str = field(repr=False)


def snippet_of(house: House, area: str, reference: str) -> Snippet | None:
    """The words behind a reference; None when the file or its key is gone."""
    parts = _REFERENCE.match(reference)
    if parts is None:
        return None
    try:
        sealed = (house.places.review / area / parts["file"]).read_bytes()
        rows = json.loads(unseal(sealed, house.keyring.data_key(area, parts["key"]), parts["file"]))
        row = rows[int(parts["row"])]
    except (FileNotFoundError, KeyRefused, IndexError):
        return None
    return Snippet(row["before"], row["found"], row["after"])
