"""Messages of residents: sealed where they are written down, opened by the gemeente, then destroyed.

The public page never looks anything up, so it cannot tell whether a code exists.
"""

import json
import re
import secrets
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime

from domain.errors import KeyRefused
from portal.house import House
from storage.atomic import write_atomic
from storage.envelope import seal, unseal

_SCOPE = "verzoeken/openbaar"
_FILE = re.compile(r"^verzoek\.(?P<key>[A-Za-z0-9_-]+)\.bin$")
_MARKS = "BCDFGHJKLMNPQRSTVWXZ23456789"
MOST_WAITING = 500


@dataclass(frozen=True)
class Letter:
    """A message as the gemeente reads it; `code` is what the resident typed."""

    id: str
    area: str
    instrument: str
    meting: str
    code: str = field(repr=False)
    at: str = ""
    reference: str = ""


def put_down(house: House, area: str, instrument: str, meting: str, code: str) -> str | None:
    """Seal a message under a data key of its own; returns the mark by which the resident comes back to it.

    The mark is drawn at random and says nothing of the code. None: the box is full, and nothing was kept.
    """
    folder = house.places.review / area
    if len(list(folder.glob("verzoek.*.bin"))) >= MOST_WAITING:
        return None
    reference = drawn_mark()
    house.keyring.ensure_scope(area, _SCOPE)
    content = {"instrument": instrument, "meting": meting, "code": code, "at": datetime.now(UTC).isoformat(),
               "reference": reference}  # fmt: skip
    with house.keyring.new_data_key(area, _SCOPE, "review") as data_key:
        path = folder / f"verzoek.{data_key.id}.bin"
        write_atomic(path, seal(json.dumps(content).encode(), data_key.key, path.name))
    return reference


def drawn_mark() -> str:
    """Eight characters that nobody mixes up on the telephone, in two groups."""
    drawn = "".join(secrets.choice(_MARKS) for _ in range(8))
    return f"{drawn[:4]}-{drawn[4:]}"


def waiting(house: House, area: str) -> list[Letter]:
    """Messages for a gemeente, oldest first."""
    found = [_opened(house, area, path.name) for path in (house.places.review / area).glob("verzoek.*.bin")]
    return sorted((one for one in found if one is not None), key=lambda one: one.at)


def counts(house: House) -> Counter[str]:
    """How many messages wait, per gemeente or verband; nothing is opened for it."""
    return Counter(path.parent.name for path in house.places.review.glob("*/verzoek.*.bin"))


def destroy(house: House, area: str, letter: str) -> None:
    """Destroy the key first, so that no copy can be read, then the file."""
    parts = _FILE.match(letter)
    if parts is None:
        return
    house.keyring.destroy_data_key(area, parts["key"])
    (house.places.review / area / letter).unlink(missing_ok=True)


def _opened(house: House, area: str, name: str) -> Letter | None:
    parts = _FILE.match(name)
    if parts is None:
        return None
    try:
        sealed = (house.places.review / area / name).read_bytes()
        content = json.loads(unseal(sealed, house.keyring.data_key(area, parts["key"]), name))
    except (FileNotFoundError, KeyRefused):
        return None
    return Letter(name, area, content["instrument"], content["meting"], content["code"], content["at"],
                  content.get("reference", ""))  # fmt: skip
