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
    text_hash: str
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


def approve(register: Register, number: int, *, seen: str, by: Actor) -> ConsentText:
    """Approve a text of somebody else, exactly as seen (`text_hash`)."""
    return _decided(register, number, TextState.APPROVED, None, seen, by)


def send_back(register: Register, number: int, *, comment: str, by: Actor) -> ConsentText:
    """Return a text with a comment; another text is a new version."""
    return _decided(register, number, TextState.RETURNED, comment, None, by)


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


def _decided(
    register: Register, number: int, to: TextState, comment: str | None, seen: str | None, by: Actor
) -> ConsentText:
    register.check_words(comment)
    with register.act() as writing:
        row = writing.connection.execute(select(consent_texts).where(consent_texts.c.id == number)).first()
        if row is None:
            raise ConsentRefused(
                "deze tekst bestaat niet; bekijk de lijst met: toegangspeil consent-text list",
                on_screen="deze tekst bestaat niet; bekijk de lijst op de pagina Teksten",
            )
        check_move(
            TEXT_MOVES, row.state, to, by=by, areas=(row.area or None,), authors=frozenset({row.author}),
            comment=comment, refusal=ConsentRefused,
        )  # fmt: skip
        if to is TextState.APPROVED and not seen == row.text_hash == text_hash(row.text):
            raise ConsentRefused("de tekst is een andere dan u zag; kijk opnieuw")
        values = {"state": to.value, "decided_by": by.name, "decided_at": writing.at, "comment": comment}
        changed = update(consent_texts).where(consent_texts.c.id == number).values(**values)
        what = {"text": number, "hash": row.text_hash, **writing.commented(comment)}
        writing.log(by, f"consent_text.{to.value}", what)
        return _text(writing.connection.execute(changed.returning(consent_texts)).one())


def _text(row: Row[Any]) -> ConsentText:
    return ConsentText(
        row.id, row.area or None, Purpose(row.purpose), row.module, row.version, row.text,
        row.text_hash, tuple(load(row.recipients)), TextState(row.state), row.author, row.comment,
    )  # fmt: skip
