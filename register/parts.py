"""Whether parts of a contribution may still be used: one look at deliveries, verdicts and policies for all of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, select

from domain.contribution import Part
from domain.errors import ReleaseRefused
from domain.vocabulary import DeliveryState
from register.tables import deliveries, policies, verdicts
from register.words import load

_CHUNK = 500


@dataclass(frozen=True)
class Facts:
    """What the register knows at one moment of some deliveries."""

    standing: dict[str, Row[Any]]
    verdicts: dict[str, Row[Any]]
    policies: frozenset[str]


def facts_of(connection: Connection, parts: Iterable[Part], at: str) -> Facts:
    """Current versions, newest verdicts and policies in force, for the deliveries of these parts."""
    keys = sorted({str(part.key) for part in parts})
    standing: dict[str, Row[Any]] = {}
    newest: dict[str, Row[Any]] = {}
    for start in range(0, len(keys), _CHUNK):
        some = keys[start : start + _CHUNK]
        accepted = (deliveries.c.state == DeliveryState.ACCEPTED.value) & deliveries.c.key.in_(some)
        rows = connection.execute(select(deliveries.c.key, deliveries.c.version, deliveries.c.manifest).where(accepted))
        standing |= {row.key: row for row in rows}
        last = select(func.max(verdicts.c.id)).where(verdicts.c.key.in_(some)).group_by(verdicts.c.key)
        newest |= {row.key: row for row in connection.execute(select(verdicts).where(verdicts.c.id.in_(last)))}
    force = (policies.c.state == "approved") & (policies.c.valid_until > at)
    marks = connection.execute(select(policies.c.fingerprint).where(force)).scalars()
    return Facts(standing, newest, frozenset(marks))


def check_part(facts: Facts, part: Part) -> None:
    """Delivery still current, its staging file passed the gate, its policy still in force; else ReleaseRefused."""
    name = str(part.key)
    delivery, verdict = facts.standing.get(name), facts.verdicts.get(name)
    if delivery is None or delivery.version != part.version:
        raise ReleaseRefused(f"aanlevering {name} is gecorrigeerd of ingetrokken; zet de bijdrage opnieuw klaar")
    if verdict is None or not verdict.passed or verdict.file_hash != part.staging_hash:
        raise ReleaseRefused(f"aanlevering {name} is niet door de controle gekomen; voer de verwerking opnieuw uit")
    if verdict.policy_fingerprint != part.policy_fingerprint or part.policy_fingerprint not in facts.policies:
        raise ReleaseRefused(
            f"aanlevering {name} is niet met de geldende regels bewerkt; laat de aanlevering opnieuw verwerken"
        )


def check_recipients(facts: Facts, part: Part, recipients: Sequence[str]) -> None:
    """A recipient who is not named in the letter gets nothing."""
    named = set(load(facts.standing[str(part.key)].manifest).get("recipients") or [])
    if missing := sorted(set(recipients) - named):
        raise ReleaseRefused(
            f"ontvanger {missing[0]!r} staat niet in de brief bij {part.key}; haal deze ontvanger uit de bijdrage"
        )
