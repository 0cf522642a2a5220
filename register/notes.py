"""Events of the installation that belong in the ledger: keys made, rotated or destroyed; backups; exports."""

from collections.abc import Mapping

from register.actors import SYSTEM, Actor
from register.permissions import Act, check
from register.store import Register


def note_key(register: Register, event: str, ids: Mapping[str, str | int], *, area: str | None, by: Actor) -> None:
    """Record what happened to a key (made, rotated, destroyed, copied); ids only, never key material."""
    with register.act() as writing:
        check(by, Act.KEY_MANAGE, area)
        writing.log(by, Act.KEY_MANAGE, {"event": event, **ids})


def note_event(register: Register, event: str, ids: Mapping[str, str | int], *, by: Actor = SYSTEM) -> None:
    """Record an event of the installation, such as a copy that was put back."""
    with register.act() as writing:
        check(by, Act.SYSTEM_NOTE)
        writing.log(by, Act.SYSTEM_NOTE, {"event": event, **ids})
