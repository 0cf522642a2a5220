"""What residents read before they say yes: purpose, module, version, recipients; approved by a second person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from domain.errors import ConsentRefused
from domain.vocabulary import Purpose
from register.actors import Actor
from register.moves import Move, check_move
from register.permissions import Act, check
from register.store import Register
from register.tables import consent_texts
from register.words import dump, load, text_hash


class TextState(StrEnum):
    """Where a text stands; a changed text is a new version."""

    DRAFT = "draft"
    APPROVED = "approved"
    RETURNED = "returned"


TEXT_MOVES: Mapping[str, Mapping[str, Move]] = {
    TextState.DRAFT: {
        TextState.APPROVED: Move(Act.TEXT_DECIDE, not_author=True),
        TextState.RETURNED: Move(Act.TEXT_DECIDE, comment=True),
    },
}


@dataclass(frozen=True)
class ConsentText:
    """One version of a text, of one area or (None) for all."""

    id: int
    area: str | None
    purpose: Purpose
    module: str
    version: int
    text: str
    recipients: tuple[str, ...]
    state: TextState
    author: str
    comment: str | None


def save_text(
    register: Register, purpose: Purpose, text: str, *, recipients: Iterable[str], by: Actor,
    area: str | None = None, module: str = "algemeen",
) -> ConsentText:  # fmt: skip
    """A new version of a text, as a draft."""
    with register.act() as writing:
        check(by, Act.TEXT_SAVE, area)
        here = (consent_texts.c.area == (area or "")) & (consent_texts.c.purpose == purpose.value)
        highest = select(func.max(consent_texts.c.version)).where(here, consent_texts.c.module == module)
        values = {
            "area": area or "", "purpose": purpose.value, "module": module,
            "version": (writing.connection.execute(highest).scalar() or 0) + 1, "text": text,
            "text_hash": text_hash(text), "recipients": dump(sorted(set(recipients))),
            "state": TextState.DRAFT.value, "author": by.name, "at": writing.at,
        }  # fmt: skip
        row = writing.connection.execute(insert(consent_texts).values(**values).returning(consent_texts)).one()
        writing.log(by, Act.TEXT_SAVE, {"text": row.id, "purpose": purpose.value, "hash": row.text_hash})
        return _text(row)


def decide_text(
    register: Register, number: int, *, approve: bool, by: Actor, comment: str | None = None
) -> ConsentText:
    """Approve a text of somebody else, or return it with a comment."""
    to = TextState.APPROVED if approve else TextState.RETURNED
    with register.act() as writing:
        row = writing.connection.execute(select(consent_texts).where(consent_texts.c.id == number)).first()
        if row is None:
            raise ConsentRefused("deze toestemmingstekst bestaat niet")
        check_move(
            TEXT_MOVES, row.state, to, by=by, areas=(row.area or None,), authors=frozenset({row.author}),
            comment=comment, refusal=ConsentRefused,
        )  # fmt: skip
        values = {"state": to.value, "decided_by": by.name, "decided_at": writing.at, "comment": comment}
        changed = update(consent_texts).where(consent_texts.c.id == number).values(**values)
        writing.log(by, f"consent_text.{to.value}", {"text": number, "hash": row.text_hash})
        return _text(writing.connection.execute(changed.returning(consent_texts)).one())


def list_texts(register: Register) -> list[ConsentText]:
    """Every version, oldest first."""
    with register.read() as connection:
        return [_text(row) for row in connection.execute(select(consent_texts).order_by(consent_texts.c.id))]


def approved_version(connection: Connection, area: str, purpose: Purpose, module: str, version: int) -> ConsentText:
    """The approved text a consent refers to (of the area, else for all); raises ConsentRefused."""
    query = select(consent_texts).where(
        consent_texts.c.area.in_((area, "")),
        consent_texts.c.purpose == purpose.value,
        consent_texts.c.module == module,
        consent_texts.c.version == version,
        consent_texts.c.state == TextState.APPROVED.value,
    )
    row = connection.execute(query.order_by(consent_texts.c.area.desc()).limit(1)).first()
    if row is None:
        raise ConsentRefused(
            f"de toestemmingstekst voor {purpose.value} ({module}, versie {version}) is niet goedgekeurd; "
            f"vraag de privacy officer om akkoord"
        )
    return _text(row)


def _text(row: Row[Any]) -> ConsentText:
    return ConsentText(
        row.id, row.area or None, Purpose(row.purpose), row.module, row.version, row.text,
        tuple(load(row.recipients)), TextState(row.state), row.author, row.comment,
    )  # fmt: skip
