"""Rows of one gemeente for its own researcher: asked by her, approved by a second person, made once.

The approval is over exactly one content: which checked files, under which rules, which columns, for whom and why.
Anything changed since makes it count for nothing; so do thirty days.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from domain.contribution import Part
from domain.delivery import DeliveryKey
from domain.errors import NotAllowed, ReleaseRefused
from register.actors import Actor
from register.moves import Move, check_move
from register.parts import check_part, facts_of
from register.permissions import Act, check, seen_areas
from register.store import Register, Writing, stamp
from register.tables import microdata
from register.words import dump, load
from storage.canonical import fingerprint

VALID = timedelta(days=30)
_KEY = re.compile("[0-9a-f]{64}")


class MicrodataState(StrEnum):
    """Where a request for rows stands."""

    REQUESTED = "requested"
    APPROVED = "approved"
    RETURNED = "returned"
    MADE = "made"


MICRODATA_MOVES: Mapping[str, Mapping[str, Move]] = {
    MicrodataState.REQUESTED: {
        MicrodataState.APPROVED: Move(Act.MICRODATA_DECIDE, not_author=True),
        MicrodataState.RETURNED: Move(Act.MICRODATA_DECIDE, comment=True),
    },
    MicrodataState.APPROVED: {
        MicrodataState.MADE: Move(Act.SEE_MICRODATA),
        MicrodataState.RETURNED: Move(Act.MICRODATA_DECIDE, comment=True),
    },
}


@dataclass(frozen=True, order=True)
class Given:
    """Of one checked delivery: the columns that go along and the thresholds they must meet."""

    part: Part
    columns: tuple[str, ...]
    rules: str  # fingerprint of the thresholds and hierarchies


@dataclass(frozen=True)
class MicrodataContent:
    """All that an approval is over.

    receiver: a user name. key: her public key (64 hex characters), the only one that opens what is made.
    purpose: free text, without names. first: columns that stay as fine as they can, the most important first.
    """

    scope: str
    receiver: str
    key: str
    purpose: str
    given: tuple[Given, ...]
    first: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Something is asked, in a fixed order, all of one study, and it says why and for which key."""
        object.__setattr__(self, "given", tuple(sorted(self.given)))
        if not self.given or {one.part.key.scope for one in self.given} != {self.scope}:
            raise ReleaseRefused("van dit onderzoek is er niets dat de controle heeft doorstaan; kijk met status")
        if not self.purpose.strip():
            raise ReleaseRefused("zeg waarvoor de rijen nodig zijn; schrijf geen namen")
        if not _KEY.fullmatch(self.key):
            raise ReleaseRefused("geef de openbare sleutel van de ontvanger mee; maak hem met microdata key")

    @property
    def area(self) -> str:
        """The gemeente whose residents these are."""
        return self.scope.split("/")[0]

    def canonical(self) -> dict[str, Any]:
        """Plain data that the content hash is taken over."""
        given = [
            {"delivery": str(one.part.key), "version": one.part.version, "staging": one.part.staging_hash,
             "policy": one.part.policy_fingerprint, "columns": list(one.columns), "rules": one.rules}
            for one in self.given
        ]  # fmt: skip
        return {
            "scope": self.scope, "receiver": self.receiver, "key": self.key, "purpose": self.purpose, "given": given,
            **({"first": list(self.first)} if self.first else {}),
        }  # fmt: skip

    @classmethod
    def from_canonical(cls, content: Mapping[str, Any]) -> "MicrodataContent":
        """Back from `canonical`."""
        given = tuple(
            Given(
                Part(DeliveryKey.parse(one["delivery"]), one["version"], one["staging"], one["policy"]),
                tuple(one["columns"]), one["rules"],
            )
            for one in content["given"]
        )  # fmt: skip
        first = tuple(content.get("first", ()))
        return cls(content["scope"], content["receiver"], content["key"], content["purpose"], given, first)


@dataclass(frozen=True)
class MicrodataRequest:
    """A request with its decision; `content_hash` is what the approval is over."""

    id: int
    content: MicrodataContent = field(repr=False)
    content_hash: str
    state: MicrodataState
    asked_by: str
    decided_by: str | None
    valid_until: str | None
    comment: str | None
    at: str


def ask(register: Register, content: MicrodataContent, *, by: Actor) -> MicrodataRequest:
    """Ask for rows for oneself; the same open request again changes nothing."""
    register.check_words(content.purpose)
    with register.act() as writing:
        check(by, Act.MICRODATA_ASK, content.area)
        if content.receiver != by.name:
            raise NotAllowed("rijen vraagt u alleen voor uzelf aan; laat de onderzoeker het zelf doen")
        _check_parts(writing.connection, content, writing.at)
        mark = fingerprint(content.canonical())
        here = (microdata.c.content_hash == mark) & (microdata.c.state == MicrodataState.REQUESTED.value)
        if (open_ := writing.connection.execute(select(microdata).where(here)).first()) is not None:
            writing.unchanged()
            return _request(open_)
        values = {
            "area": content.area, "receiver": content.receiver, "content": dump(content.canonical()),
            "content_hash": mark, "state": MicrodataState.REQUESTED.value, "asked_by": by.name, "at": writing.at,
        }  # fmt: skip
        row = writing.connection.execute(insert(microdata).values(**values).returning(microdata)).one()
        writing.log(by, Act.MICRODATA_ASK, {"microdata": row.id, "scope": content.scope, "content": mark})
        return _request(row)


def approve(register: Register, number: int, *, seen: str, by: Actor) -> MicrodataRequest:
    """Approve what was seen, by somebody who did not ask for it; counts for thirty days and one time."""
    with register.act() as writing:
        row = _get(writing.connection, number)
        _check(row, MicrodataState.APPROVED, by)
        if row.content_hash != seen or not _intact(row):
            raise ReleaseRefused("de aanvraag is veranderd sinds u die zag; kijk opnieuw")
        _check_parts(writing.connection, _content(row), writing.at)
        until = stamp(writing.now + VALID)
        return _moved(writing, row, MicrodataState.APPROVED, by, **_decision(writing, by, until=until))


def send_back(register: Register, number: int, *, comment: str, by: Actor) -> MicrodataRequest:
    """Return a request, or take back an approval that was not used yet; the comment is compulsory."""
    register.check_words(comment)
    with register.act() as writing:
        row = _get(writing.connection, number)
        _check(row, MicrodataState.RETURNED, by, comment)
        return _moved(writing, row, MicrodataState.RETURNED, by, **_decision(writing, by, comment=comment))


def approved_for(register: Register, scope: str, *, by: Actor) -> MicrodataRequest:
    """The unused approval that lets this person have rows of a study; raises ReleaseRefused when there is none."""
    check(by, Act.SEE_MICRODATA, scope.split("/")[0])
    here = (microdata.c.receiver == by.name) & (microdata.c.state == MicrodataState.APPROVED.value)
    with register.read() as connection:
        rows = [_request(row) for row in connection.execute(select(microdata).where(here).order_by(microdata.c.id))]
    found = [one for one in rows if one.content.scope == scope]
    if not found:
        raise ReleaseRefused(
            "voor deze rijen is nog geen akkoord; vraag het aan met: toegangspeil microdata ask (een privacy officer "
            "van de gemeente beslist)",
            on_screen="voor deze rijen is nog geen akkoord; vraag het aan op de pagina Rijen voor onderzoek (een "
            "privacy officer van de gemeente beslist)",
        )
    return found[-1]


def spend(register: Register, number: int, content: MicrodataContent, *, counts: Mapping[str, Any], by: Actor) -> None:
    """Use an approval for exactly this content, once; the ledger line stands before a file is written.

    counts: what the line says of the result (rows left out, smallest class), never a value.
    """
    with register.act() as writing:
        row = _get(writing.connection, number)
        _check(row, MicrodataState.MADE, by)
        if row.receiver != by.name:
            raise NotAllowed("dit akkoord is van een andere onderzoeker")
        if row.valid_until <= writing.at:
            raise ReleaseRefused("dit akkoord is ouder dan 30 dagen; vraag het opnieuw aan")
        if row.decided_by == row.asked_by or not _intact(row) or fingerprint(content.canonical()) != row.content_hash:
            raise ReleaseRefused("er is iets veranderd sinds het akkoord op deze rijen; vraag het opnieuw aan")
        _check_parts(writing.connection, content, writing.at)
        _moved(writing, row, MicrodataState.MADE, by, what=counts, made_at=writing.at)


def get(register: Register, number: int) -> MicrodataRequest:
    """One request; raises ReleaseRefused when it does not exist."""
    with register.read() as connection:
        return _request(_get(connection, number))


def list_requests(register: Register, *, by: Actor) -> list[MicrodataRequest]:
    """One's own requests, and those of areas where this person decides; oldest first."""
    decides = seen_areas(by, Act.MICRODATA_DECIDE)
    with register.read() as connection:
        rows = [_request(row) for row in connection.execute(select(microdata).order_by(microdata.c.id))]
    return [one for one in rows if one.asked_by == by.name or decides is None or one.content.area in decides]


def _check_parts(connection: Connection, content: MicrodataContent, at: str) -> None:
    """Every file is still the checked one, under rules that are still in force."""
    facts = facts_of(connection, [one.part for one in content.given], at)
    for one in content.given:
        check_part(facts, one.part)


def _intact(row: Row[Any]) -> bool:
    return fingerprint(load(row.content)) == str(row.content_hash)


def _check(row: Row[Any], to: MicrodataState, by: Actor, comment: str | None = None) -> None:
    check_move(
        MICRODATA_MOVES, row.state, to, by=by, areas=(row.area,), authors=frozenset({row.asked_by}),
        comment=comment, refusal=ReleaseRefused,
    )  # fmt: skip


def _decision(writing: Writing, by: Actor, *, until: str | None = None, comment: str | None = None) -> dict[str, Any]:
    return {"decided_by": by.name, "decided_at": writing.at, "valid_until": until, "comment": comment}


def _moved(
    writing: Writing, row: Row[Any], to: MicrodataState, by: Actor, *, what: Mapping[str, Any] | None = None,
    **values: Any,
) -> MicrodataRequest:  # fmt: skip
    changed = update(microdata).where(microdata.c.id == row.id).values(state=to.value, **values)
    line = {"microdata": row.id, "scope": _content(row).scope, "content": row.content_hash}
    line |= {"from": row.state, "to": to.value, **(what or {}), **writing.commented(values.get("comment"))}
    writing.log(by, f"microdata.{to.value}", line)
    return _request(writing.connection.execute(changed.returning(microdata)).one())


def _get(connection: Connection, number: int) -> Row[Any]:
    row = connection.execute(select(microdata).where(microdata.c.id == number)).first()
    if row is None:
        raise ReleaseRefused(
            "deze aanvraag bestaat niet; bekijk de lijst met: toegangspeil microdata list",
            on_screen="deze aanvraag bestaat niet; bekijk de lijst op de pagina Rijen voor onderzoek",
        )
    return row


def _content(row: Row[Any]) -> MicrodataContent:
    return MicrodataContent.from_canonical(load(row.content))


def _request(row: Row[Any]) -> MicrodataRequest:
    return MicrodataRequest(
        row.id, _content(row), row.content_hash, MicrodataState(row.state), row.asked_by, row.decided_by,
        row.valid_until, row.comment, row.at,
    )  # fmt: skip
