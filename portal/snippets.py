"""The words of a doubtful place: from the sealed review files, for one page, kept nowhere."""

import json
import re
from collections.abc import Sequence
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

    @property
    def word(self) -> str:
        """The doubtful words as a rule has them."""
        return " ".join(self.found.casefold().split())


def snippet_of(house: House, area: str, reference: str) -> Snippet | None:
    """The words behind a reference; None when the file or its key is gone."""
    return snippets_of(house, area, [reference])[0]


def snippets_of(house: House, area: str, references: Sequence[str]) -> list[Snippet | None]:
    """The words behind each reference, in order; a file of many places is opened once."""
    opened: dict[str, list[dict[str, str]]] = {}
    return [_snippet(house, area, reference, opened) for reference in references]


def _snippet(house: House, area: str, reference: str, opened: dict[str, list[dict[str, str]]]) -> Snippet | None:
    parts = _REFERENCE.match(reference)
    if parts is None:
        return None
    name = parts["file"]
    try:
        if name not in opened:
            sealed = (house.places.review / area / name).read_bytes()
            opened[name] = json.loads(unseal(sealed, house.keyring.data_key(area, parts["key"]), name))
        row = opened[name][int(parts["row"])]
    except (FileNotFoundError, KeyRefused, IndexError):
        return None
    return Snippet(row["before"], row["found"], row["after"])
