"""What a register that was put back from a copy has missed, told by an export of its ledger that was kept elsewhere."""

import json
from pathlib import Path
from typing import Any

from domain.errors import CannotCheck
from register.ledger import export_lines, head_of, verify
from register.permissions import Act
from register.store import Register

TAKEN_AWAY = frozenset(
    {
        "removal.done", "release.withdrawn", "policy.replaced", "policy.lapsed", "rule.approved", "rule.ended",
        "microdata.returned",
        "microdata.made", Act.CONTRIBUTION_RETURN, Act.CONTRIBUTION_WITHDRAW, Act.REQUEST_RECEIVE, Act.REQUEST_DECIDE,
        Act.CONSENT_RECORD, Act.RETENTION_CARRY_OUT, Act.LEAK_NOTE, Act.USER_MANAGE, Act.API_KEY_MANAGE,
        Act.KEY_MANAGE,
    }
)  # fmt: skip
"""Acts that end something or answer somebody: undone by putting an older copy back. What an approval replaced or used
up counts for something again then."""


def missed(register: Register, export: Path) -> list[dict[str, Any]]:
    """Lines of TAKEN_AWAY that came after where this register stands, oldest first.

    Raises CannotCheck when the export is not whole, or is not of this ledger.
    """
    head, whole = head_of(register), verify(export)
    if not whole.ok:
        raise CannotCheck("de bewaarde uitvoer van het logboek is niet heel; kies een andere met --anchor")
    if whole.lines <= head.count:
        if not verify(register, anchor=export).ok:
            raise _another()
        return []
    later = []
    for seq, body, hash_ in export_lines(export):
        if seq == head.count and hash_ != head.hash:
            raise _another()
        if seq > head.count:
            later.append(json.loads(body))
    return [line for line in later if line["act"] in TAKEN_AWAY]


def _another() -> CannotCheck:
    return CannotCheck("de bewaarde uitvoer is van een ander logboek dan deze kopie; kies een andere met --anchor")
