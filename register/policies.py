"""Policies: drafted by one, approved by another, bound to their content, for two years at most."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from domain.errors import PolicyRefused
from domain.instruments import Codebook
from domain.policy import OUTSIDE_GROUP, Policy
from register.actors import SYSTEM, Actor
from register.moves import Move, check_move
from register.permissions import Act, check
from register.store import Register, Writing, is_demo, stamp
from register.strictness import Change, differences, looser_parts
from register.tables import policies
from register.words import dump, load
from storage.canonical import fingerprint

VALID = timedelta(days=2 * 365)


class PolicyState(StrEnum):
    """Where a version of a policy stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"
    REPLACED = "replaced"
    LAPSED = "lapsed"


POLICY_MOVES: Mapping[str, Mapping[str, Move]] = {
    PolicyState.DRAFT: {PolicyState.SUBMITTED: Move(Act.POLICY_SUBMIT)},
    PolicyState.SUBMITTED: {
        PolicyState.APPROVED: Move(Act.POLICY_DECIDE, not_author=True),
        PolicyState.RETURNED: Move(Act.POLICY_DECIDE, comment=True),
        PolicyState.DRAFT: Move(Act.POLICY_SAVE),
    },
    PolicyState.RETURNED: {PolicyState.DRAFT: Move(Act.POLICY_SAVE)},
    PolicyState.APPROVED: {
        PolicyState.REPLACED: Move(Act.POLICY_DECIDE),
        PolicyState.LAPSED: Move(Act.POLICY_SAVE),
    },
}
_OPEN = (PolicyState.DRAFT, PolicyState.SUBMITTED, PolicyState.RETURNED)


@dataclass(frozen=True)
class PolicyVersion:
    """One version of a policy in the register."""

    id: int
    policy: Policy = field(repr=False)
    fingerprint: str
    state: PolicyState
    authors: tuple[str, ...]
    decided_by: str | None
    decided_at: str | None
    valid_until: str | None
    comment: str | None
    at: str


def save_draft(register: Register, policy: Policy, *, codebook: Codebook, by: Actor) -> PolicyVersion:
    """Save a draft; an open draft of the same policy is overwritten and loses its submission.

    Raises PolicyRefused where a treatment is looser than allowed, or an overlay looser than the base in force.
    """
    _check_content(policy, codebook)
    with register.act() as writing:
        check(by, Act.POLICY_SAVE, policy.gemeente)
        _check_overlay(writing.connection, policy, writing.at)
        open_row = _open_row(writing.connection, policy)
        content, mark = dump(policy.canonical()), fingerprint(policy.canonical())
        if open_row is not None and open_row.state != PolicyState.DRAFT:
            _check(open_row, PolicyState.DRAFT, by)
        values = _draft_values(policy, content, mark, writing.at, _with(open_row, by))
        row = _written(writing, open_row, values)
        writing.log(by, Act.POLICY_SAVE, {"policy": row.id, "fingerprint": mark, "area": policy.gemeente})
        return _version(row)


def submit(register: Register, version: int, *, by: Actor) -> PolicyVersion:
    """Offer a draft for approval; who submits counts as an author."""
    with register.act() as writing:
        row = _get(writing.connection, version)
        _check(row, PolicyState.SUBMITTED, by)
        return _moved(writing, row, PolicyState.SUBMITTED, by, author=_with(row, by))


def approve(register: Register, version: int, *, seen: str, by: Actor) -> PolicyVersion:
    """Approve what the approver saw: `seen` is the fingerprint on her screen. The version before it is replaced."""
    with register.act() as writing:
        row = _get(writing.connection, version)
        _check(row, PolicyState.APPROVED, by)
        if row.fingerprint != seen or not _intact(row):
            raise PolicyRefused("de regels zijn veranderd sinds u ze zag; bekijk ze opnieuw")
        policy = _version(row).policy
        _check_overlay(writing.connection, policy, writing.at)
        _replace_earlier(writing, row, by)
        until = stamp(writing.now + VALID)
        extra = {"decided_by": by.name, "decided_at": writing.at, "valid_until": until, "comment": None}
        return _moved(writing, row, PolicyState.APPROVED, by, **extra)


def send_back(register: Register, version: int, *, comment: str, by: Actor) -> PolicyVersion:
    """Return a submitted policy to its author; the comment is compulsory."""
    register.check_words(comment)
    with register.act() as writing:
        row = _get(writing.connection, version)
        _check(row, PolicyState.RETURNED, by, comment)
        extra = {"decided_by": by.name, "decided_at": writing.at, "comment": comment}
        return _moved(writing, row, PolicyState.RETURNED, by, **extra)


def lapse_expired(register: Register, *, by: Actor = SYSTEM) -> list[PolicyVersion]:
    """Mark approvals older than two years as lapsed, so that somebody is asked to renew them; returns them.

    They count for nothing already, from the moment that their two years are over.
    """
    with register.act() as writing:
        writing.unchanged()
        old = policies.c.valid_until <= writing.at
        query = select(policies).where(policies.c.state == PolicyState.APPROVED.value, old)
        rows = writing.connection.execute(query).all()
        for row in rows:
            _check(row, PolicyState.LAPSED, by)
        return [_moved(writing, row, PolicyState.LAPSED, by) for row in rows]


def approved_policy(
    register: Register, gemeente: str, instrument: str, codebook: str, codebook_fingerprint: str, at: datetime
) -> tuple[Policy, str]:
    """The policy in force for a gemeente (its overlay, else the base) and its fingerprint.

    Raises PolicyRefused, with what to do, when none is approved, it has lapsed, or the codebook has changed since.
    """
    with register.read() as connection:
        row = _last_approved(connection, gemeente, instrument, codebook)
        row = row or _last_approved(connection, "", instrument, codebook)
        if row is None:
            raise PolicyRefused(
                f"regels voor {instrument} met codeboek {codebook} zijn niet goedgekeurd voor {gemeente}; "
                f"dien ze in en vraag de privacy officer om akkoord"
            )
        _check_force(row, codebook_fingerprint, stamp(at))
        policy = _version(row).policy
        _check_overlay(connection, policy, stamp(at))
        return policy, row.fingerprint


def versions(register: Register, *, states: tuple[PolicyState, ...] = tuple(PolicyState)) -> list[PolicyVersion]:
    """Versions in these states, oldest first."""
    query = select(policies).where(policies.c.state.in_([state.value for state in states])).order_by(policies.c.id)
    with register.read() as connection:
        return [_version(row) for row in connection.execute(query)]


def version(register: Register, number: int) -> PolicyVersion:
    """One version; raises PolicyRefused when it does not exist."""
    with register.read() as connection:
        return _version(_get(connection, number))


def changes(register: Register, number: int) -> list[Change]:
    """What a version changes against what is in force for the same area (for an overlay without one: the base)."""
    with register.read() as connection:
        row = _get(connection, number)
        before = _in_force(connection, row.area, row.instrument, row.codebook, but=row.id)
        before = before or _base_row(connection, row.instrument, row.codebook, but=row.id)
        return differences(_version(before).policy, _version(row).policy) if before else []


def _check_content(policy: Policy, codebook: Codebook) -> None:
    if codebook.reference != policy.codebook:
        raise PolicyRefused(f"de regels horen bij codeboek {policy.codebook}; geef dat codeboek mee")
    policy.check_against(codebook)
    if policy.min_group < OUTSIDE_GROUP and policy.recipients:
        raise PolicyRefused(
            f"een kleinste groep onder {OUTSIDE_GROUP} mag alleen als niets de gemeente verlaat; haal de ontvangers weg"
        )


def _check_overlay(connection: Connection, policy: Policy, at: str) -> None:
    """A gemeente may be stricter than the base that is in force, never looser; without a base there is no overlay."""
    if policy.gemeente is None:
        return
    base = _base_row(connection, policy.instrument, policy.codebook)
    if base is None or base.valid_until <= at:
        raise PolicyRefused(
            f"er zijn geen goedgekeurde basisregels voor {policy.instrument}; laat die eerst goedkeuren"
        )
    if looser := looser_parts(_version(base).policy, policy):
        raise PolicyRefused(
            f"regels van {policy.gemeente} mogen alleen strenger zijn dan de basisregels; pas aan: {looser[0]}"
        )


def _check_force(row: Row[Any], codebook_fingerprint: str, at: str) -> None:
    if not _intact(row):
        raise PolicyRefused("de goedgekeurde regels zijn buiten het programma om veranderd; laat ze opnieuw goedkeuren")
    if row.valid_until <= at:
        raise PolicyRefused(
            f"het akkoord op de regels voor {row.instrument} is ouder dan twee jaar; "
            f"dien ze opnieuw in en vraag de privacy officer om akkoord"
        )
    if row.codebook_fingerprint != codebook_fingerprint:
        raise PolicyRefused(
            f"codeboek {row.codebook} is veranderd sinds het akkoord op de regels; "
            f"dien de regels opnieuw in met het nieuwe codeboek"
        )


def _intact(row: Row[Any]) -> bool:
    return _mark(row.content) == str(row.fingerprint)


@lru_cache(maxsize=64)
def _mark(content: str) -> str:
    """Fingerprint of what is stored; the same text is hashed once, not for every delivery."""
    return fingerprint(load(content))


@lru_cache(maxsize=64)
def _policy(content: str) -> Policy:
    """What is stored, read once; a policy is never changed, only copied."""
    return Policy.model_validate(load(content))


def _last_approved(connection: Connection, area: str, instrument: str, codebook: str) -> Row[Any] | None:
    """Also when its two years are over: a gemeente never falls back to base rules that may be looser than its own."""
    return _in_force(connection, area, instrument, codebook, states=(PolicyState.APPROVED, PolicyState.LAPSED))


def _in_force(
    connection: Connection, area: str, instrument: str, codebook: str | None, *, but: int = 0,
    states: tuple[PolicyState, ...] = (PolicyState.APPROVED,),
) -> Row[Any] | None:  # fmt: skip
    query = select(policies).where(
        policies.c.area == area,
        policies.c.instrument == instrument,
        policies.c.state.in_([state.value for state in states]),
        policies.c.id != but,
    )
    if codebook is not None:
        query = query.where(policies.c.codebook == codebook)
    return connection.execute(query.order_by(policies.c.decided_at.desc(), policies.c.id.desc()).limit(1)).first()


def _base_row(connection: Connection, instrument: str, codebook: str, *, but: int = 0) -> Row[Any] | None:
    """The base for an overlay: of the same codebook, else (a local codebook) the newest of the instrument."""
    same = _in_force(connection, "", instrument, codebook, but=but)
    return same or _in_force(connection, "", instrument, None, but=but)


def _replace_earlier(writing: Writing, row: Row[Any], by: Actor) -> None:
    while earlier := _in_force(writing.connection, row.area, row.instrument, row.codebook, but=row.id):
        _moved(writing, earlier, PolicyState.REPLACED, by)


def _open_row(connection: Connection, policy: Policy) -> Row[Any] | None:
    query = select(policies).where(
        policies.c.area == (policy.gemeente or ""),
        policies.c.instrument == policy.instrument,
        policies.c.codebook == policy.codebook,
        policies.c.state.in_([state.value for state in _OPEN]),
    )
    return connection.execute(query).first()


def _draft_values(policy: Policy, content: str, mark: str, at: str, authors: str) -> dict[str, Any]:
    return {
        "policy": policy.id, "area": policy.gemeente or "", "instrument": policy.instrument,
        "codebook": policy.codebook, "codebook_fingerprint": policy.codebook_fingerprint, "fingerprint": mark,
        "content": content, "state": PolicyState.DRAFT.value, "author": authors, "at": at,
    }  # fmt: skip


def _written(writing: Writing, open_row: Row[Any] | None, values: dict[str, Any]) -> Row[Any]:
    statement: Any = insert(policies).values(**values)
    if open_row is not None:
        statement = update(policies).where(policies.c.id == open_row.id).values(**values)
    return writing.connection.execute(statement.returning(policies)).one()


def _with(row: Row[Any] | None, by: Actor) -> str:
    """Everybody who had a hand in this version."""
    return dump(sorted({*(load(row.author) if row else []), by.name}))


def _check(row: Row[Any], to: PolicyState, by: Actor, comment: str | None = None) -> None:
    check_move(
        POLICY_MOVES, row.state, to, by=by, areas=(row.area or None,), authors=frozenset(load(row.author)),
        comment=comment, refusal=PolicyRefused,
    )  # fmt: skip


def _moved(writing: Writing, row: Row[Any], to: PolicyState, by: Actor, **values: Any) -> PolicyVersion:
    statement = update(policies).where(policies.c.id == row.id).values(state=to.value, **values)
    after = writing.connection.execute(statement.returning(policies)).one()
    what = {"policy": row.id, "fingerprint": row.fingerprint, "from": row.state, "to": to.value}
    demo = is_demo(writing.connection)
    writing.log(by, f"policy.{to.value}", {**what, "demo": demo, **writing.commented(values.get("comment"))})
    return _version(after)


def _get(connection: Connection, number: int) -> Row[Any]:
    row = connection.execute(select(policies).where(policies.c.id == number)).first()
    if row is None:
        raise PolicyRefused(
            "deze regels bestaan niet in het register; bekijk de lijst met: toegangspeil policy list",
            on_screen="deze regels bestaan niet in het register; bekijk de lijst op de pagina Regels",
        )
    return row


def _version(row: Row[Any]) -> PolicyVersion:
    return PolicyVersion(
        row.id, _policy(row.content), row.fingerprint, PolicyState(row.state),
        tuple(load(row.author)), row.decided_by, row.decided_at, row.valid_until, row.comment, row.at,
    )  # fmt: skip
