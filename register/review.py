"""The review list: doubtful detections for the PO, and the rules her decisions lead to (with a second approver)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, case, insert, select, update

from domain.delivery import DeliveryKey
from domain.errors import PolicyRefused
from register.actors import SYSTEM, Actor
from register.moves import Move, check_move
from register.permissions import Act, check, seen_areas
from register.store import Register, stamp
from register.tables import proposed_rules, review

SAMPLE = "steekproef"
"""Recogniser of a cleaned text that was drawn at random to be read: an estimate, not a doubt."""


class Decision(StrEnum):
    """What the officer says of one doubtful place."""

    PERSONAL = "persoonsgegeven"
    NOT_PERSONAL = "geen_persoonsgegeven"


class RuleState(StrEnum):
    """Where a proposed rule stands."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    RETURNED = "returned"
    ENDED = "ended"


STANDING = frozenset({RuleState.PROPOSED, RuleState.APPROVED})
"""States in which a rule works, or may come to work."""
RULE_MOVES: Mapping[str, Mapping[str, Move]] = {
    RuleState.PROPOSED: {
        RuleState.APPROVED: Move(Act.RULE_APPROVE, not_author=True),
        RuleState.RETURNED: Move(Act.RULE_APPROVE, comment=True),
    },
    RuleState.APPROVED: {RuleState.ENDED: Move(Act.RULE_APPROVE, not_author=True, comment=True)},
}


@dataclass(frozen=True)
class Doubt:
    """One place to look at; `snippet` is the reference of a sealed object in HOME/review, never the words."""

    key: DeliveryKey
    version: int
    label: str
    recogniser: str
    score: float
    snippet: str
    id: int = 0
    decision: Decision | None = None
    decided_by: str | None = None
    at: str = ""


@dataclass(frozen=True)
class Rule:
    """A proposed recogniser rule; `content` is sealed by the caller (it may hold a name)."""

    id: int
    area: str | None
    kind: str
    label: str
    content: str
    fingerprint: str
    state: RuleState
    author: str
    decided_by: str | None
    comment: str | None = None
    """Why it was returned or ended."""


def add_many(register: Register, doubts: Sequence[Doubt], *, by: Actor) -> None:
    """Put doubtful places on the list, one ledger line per delivery; a newer version of a delivery replaces them."""
    if not doubts:
        return
    with register.act() as writing:
        check(by, Act.REVIEW_ADD, *{doubt.key.area for doubt in doubts})
        names = sorted({str(doubt.key) for doubt in doubts})
        stale = update(review).where(review.c.key.in_(names), review.c.state == "open").values(state="replaced")
        writing.connection.execute(stale)
        rows = [
            {
                "area": one.key.area, "key": str(one.key), "version": one.version, "label": one.label,
                "recogniser": one.recogniser, "score": one.score, "snippet": one.snippet, "state": "open",
                "at": writing.at,
            }
            for one in doubts
        ]  # fmt: skip
        writing.connection.execute(insert(review), rows)
        for name in names:
            count = sum(row["key"] == name for row in rows)
            writing.log(by, Act.REVIEW_ADD, {"delivery": name, "doubts": count})


def decide(register: Register, number: int, decision: Decision, *, by: Actor, also: Sequence[int] = ()) -> Doubt:
    """Decide on one place; deciding the same again changes nothing.

    also: other places of the same words in the same area; those that are still open get the same decision.
    """
    with register.act() as writing:
        row = writing.connection.execute(select(review).where(review.c.id == number)).first()
        if row is None or row.state == "replaced":
            raise PolicyRefused("deze plek staat niet meer op de nakijklijst; ververs de lijst")
        check(by, Act.REVIEW_DECIDE, row.area)
        if row.decision == decision:
            writing.unchanged()
            return _doubt(row)
        values = {"state": "decided", "decision": decision.value, "decided_by": by.name, "decided_at": writing.at}
        changed = update(review).where(review.c.id == number).values(**values)
        others = review.c.id.in_(also) & (review.c.state == "open") & (review.c.area == row.area)
        same = writing.connection.execute(update(review).where(others, review.c.id != number).values(**values))
        what = {"doubt": number, "decision": decision.value}
        writing.log(by, Act.REVIEW_DECIDE, what | ({"same": same.rowcount} if same.rowcount else {}))
        return _doubt(writing.connection.execute(changed.returning(review)).one())


def reopen(register: Register, numbers: Sequence[int], *, by: Actor) -> None:
    """Take decisions back: the places are open again; what is open, replaced or erased stays as it is."""
    with register.act() as writing:
        here = review.c.id.in_(numbers) & (review.c.state == "decided") & (review.c.snippet != "")
        found = writing.connection.execute(select(review.c.id, review.c.area).where(here)).all()
        check(by, Act.REVIEW_DECIDE, *{row.area for row in found})
        if not found:
            writing.unchanged()
            return
        none = {"state": "open", "decision": None, "decided_by": None, "decided_at": None}
        writing.connection.execute(update(review).where(here).values(**none))
        writing.log(by, Act.REVIEW_DECIDE, {"doubt": min(row.id for row in found), "reopened": len(found)})


def list_open(register: Register, *, by: Actor, limit: int = 500, sampled: bool | None = None) -> list[Doubt]:
    """Open places in the areas this person may see, most doubtful first; only or without the sample when asked."""
    query = select(review).where(review.c.state == "open").order_by(review.c.score, review.c.id).limit(limit)
    if sampled is not None:
        query = query.where((review.c.recogniser == SAMPLE) == sampled)
    return _seen(register, query, by)


def list_decided(register: Register, *, by: Actor) -> list[Doubt]:
    """Decided places of which the words are still there, in the areas this person may see."""
    decided = (review.c.state == "decided") & (review.c.snippet != "")
    return _seen(register, select(review).where(decided).order_by(review.c.id), by)


def read_sample(register: Register, *, by: Actor) -> list[Doubt]:
    """Sampled texts that somebody read, in the areas this person may see; of every version."""
    read = (review.c.recogniser == SAMPLE) & (review.c.state == "decided")
    return _seen(register, select(review).where(read).order_by(review.c.id), by)


def _seen(register: Register, query: Select[Any], by: Actor) -> list[Doubt]:
    areas = seen_areas(by, Act.SEE_REVIEW)
    if areas is not None:
        query = query.where(review.c.area.in_(sorted(areas)))
    with register.read() as connection:
        return [_doubt(row) for row in connection.execute(query)]


def decisions(register: Register, key: DeliveryKey, version: int) -> list[Doubt]:
    """What was decided on a delivery, for cleaning it again and for the estimate of what is left."""
    here = (review.c.key == str(key)) & (review.c.version == version) & (review.c.state == "decided")
    with register.read() as connection:
        return [_doubt(row) for row in connection.execute(select(review).where(here).order_by(review.c.id))]


def sample_of(decided: Iterable[Doubt]) -> tuple[int, int]:
    """How many sampled texts were read and in how many something was left; doubtful places are no sample."""
    read = [one for one in decided if one.recogniser == SAMPLE]
    return len(read), sum(one.decision is not Decision.NOT_PERSONAL for one in read)


def expire(register: Register, older_than: timedelta = timedelta(days=30), *, by: Actor = SYSTEM) -> list[str]:
    """Close places older than 30 days; returns the snippet references that must now be erased."""
    with register.act() as writing:
        check(by, Act.REVIEW_ADD)
        writing.unchanged()
        old = review.c.at < stamp(writing.now - older_than)
        snippets = forget(writing.connection, old)
        if snippets:
            writing.log(by, Act.REVIEW_ADD, {"expired": len(snippets)})
        return snippets


def forget(connection: Connection, here: ColumnElement[bool]) -> list[str]:
    """Close places and let go of their snippets; returns the references that must now be erased."""
    held = here & (review.c.snippet != "")
    snippets = list(connection.execute(select(review.c.snippet).where(held)).scalars())
    closed = case((review.c.state == "open", "replaced"), else_=review.c.state)
    connection.execute(update(review).where(held).values(snippet="", state=closed))
    return snippets


def propose_rule(
    register: Register, kind: str, label: str, content: str, *, fingerprint: str, area: str | None, by: Actor
) -> int:
    """Propose a rule (kind: altijd, nooit or patroon); `fingerprint` is over the content before it was sealed."""
    with register.act() as writing:
        check(by, Act.RULE_PROPOSE, area)
        if kind not in ("altijd", "nooit", "patroon"):
            raise PolicyRefused("een herkenningsregel zegt 'altijd', 'nooit' of 'patroon'")
        values = {
            "area": area or "", "kind": kind, "label": label, "content": content, "fingerprint": fingerprint,
            "state": RuleState.PROPOSED.value, "author": by.name, "at": writing.at,
        }  # fmt: skip
        made = insert(proposed_rules).values(**values).returning(proposed_rules.c.id)
        number = int(writing.connection.execute(made).scalar_one())
        writing.log(by, Act.RULE_PROPOSE, {"rule": number, "kind": kind, "label": label, "fingerprint": fingerprint})
        return number


def decide_rule(
    register: Register, number: int, *, approve: bool, seen: str, by: Actor, comment: str | None = None
) -> Rule:
    """Approve somebody else's rule as seen (its fingerprint), or return it with a comment."""
    to = RuleState.APPROVED if approve else RuleState.RETURNED
    return _moved(register, number, to, seen, by, comment)


def end_rule(register: Register, number: int, *, seen: str, by: Actor, comment: str) -> Rule:
    """End somebody else's approved rule as seen, with a comment; the next cleaning does without it."""
    return _moved(register, number, RuleState.ENDED, seen, by, comment)


def _moved(register: Register, number: int, to: RuleState, seen: str, by: Actor, comment: str | None) -> Rule:
    register.check_words(comment)
    with register.act() as writing:
        row = writing.connection.execute(select(proposed_rules).where(proposed_rules.c.id == number)).first()
        if row is None or row.fingerprint != seen:
            raise PolicyRefused("deze regel bestaat niet of is veranderd; kijk opnieuw")
        check_move(
            RULE_MOVES, row.state, to, by=by, areas=(row.area or None,), authors=frozenset({row.author}),
            comment=comment, refusal=PolicyRefused,
        )  # fmt: skip
        values = {"state": to.value, "decided_by": by.name, "decided_at": writing.at, "comment": comment}
        changed = update(proposed_rules).where(proposed_rules.c.id == number).values(**values)
        what = {"rule": number, "fingerprint": seen, **writing.commented(comment)}
        writing.log(by, f"rule.{to.value}", what)
        return _rule(writing.connection.execute(changed.returning(proposed_rules)).one())


def rules(register: Register, *, state: RuleState | None = None, area: str | None = None) -> list[Rule]:
    """Rules in a state; with `area`, those that hold there (its own and national ones)."""
    query = select(proposed_rules).order_by(proposed_rules.c.id)
    if state is not None:
        query = query.where(proposed_rules.c.state == state.value)
    if area is not None:
        query = query.where(proposed_rules.c.area.in_(("", area)))
    with register.read() as connection:
        return [_rule(row) for row in connection.execute(query)]


def _doubt(row: Row[Any]) -> Doubt:
    decision = Decision(row.decision) if row.decision else None
    return Doubt(
        DeliveryKey.parse(row.key), row.version, row.label, row.recogniser, row.score, row.snippet, row.id, decision,
        row.decided_by, row.at,
    )  # fmt: skip


def _rule(row: Row[Any]) -> Rule:
    return Rule(
        row.id, row.area or None, row.kind, row.label, row.content, row.fingerprint, RuleState(row.state), row.author,
        row.decided_by, row.comment,
    )  # fmt: skip
