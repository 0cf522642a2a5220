"""Contributions: prepared from checked deliveries, signed by the PO and by the proceseigenaar, never by one person."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    String,
    cast,
    delete,
    exists,
    insert,
    literal,
    select,
    update,
)  # fmt: skip

from domain.contribution import ContributionContent
from domain.errors import NotAllowed, ReleaseRefused
from register.actors import Actor
from register.moves import CAREFUL
from register.parts import Facts, check_part, check_recipients, facts_of
from register.permissions import Act, check
from register.store import Register, Writing, stamp
from register.tables import contributions, releases, signatures
from register.words import dump, load
from storage.canonical import fingerprint

_SUBJECT = "contribution:"
_DECIDED = "deze bijdrage is al gepubliceerd, ingetrokken of teruggestuurd; bekijk haar opnieuw"
RULES, RELEASE = Act.CONTRIBUTION_RULES, Act.CONTRIBUTION_RELEASE


class ContributionState(StrEnum):
    """Where a contribution stands; `signed` follows from the signatures."""

    PREPARED = "prepared"
    RETURNED = "returned"
    SIGNED = "signed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


_OPEN = (ContributionState.PREPARED, ContributionState.RETURNED)


@dataclass(frozen=True)
class Contribution:
    """A contribution with who signed it. `content_hash` is what signatures are over."""

    id: int
    content: ContributionContent = field(repr=False)
    content_hash: str
    state: ContributionState
    prepared_by: str
    rules_followed_by: str | None
    released_by: str | None
    release: str | None
    comment: str | None
    at: str

    @property
    def area(self) -> str:
        """Gemeente or verband."""
        return self.content.area


def prepare(register: Register, content: ContributionContent, *, by: Actor) -> Contribution:
    """Prepare a contribution; an open one of the same deliveries is renewed, and any change voids its signatures.

    Raises ReleaseRefused when a part did not pass the gate, was corrected since, or a recipient is not in the letter.
    """
    return prepare_many(register, [content], by=by)[0]


def prepare_many(register: Register, given: Sequence[ContributionContent], *, by: Actor) -> list[Contribution]:
    """Prepare several contributions in one transaction, one ledger line each: all of them or none."""
    with register.act() as writing:
        writing.unchanged()
        facts = facts_of(writing.connection, [part for content in given for part in content.parts], writing.at)
        return [_prepared(writing, content, facts, by) for content in given]


def sign(register: Register, number: int, act: Act, *, seen: str, by: Actor) -> Contribution:
    """Sign what was seen: `act` is RULES (PO: regels gevolgd) or RELEASE (proceseigenaar: wij geven vrij).

    seen: the content hash on the signer's screen. Raises NotAllowed for the wrong role or the same person twice,
    ReleaseRefused when anything changed. Signing the same again changes nothing.
    """
    return sign_many(register, [(number, seen)], act, by=by)[0]


def sign_many(register: Register, given: Sequence[tuple[int, str]], act: Act, *, by: Actor) -> list[Contribution]:
    """Sign several (number, seen) in one transaction, one ledger line each: all of them or none."""
    if act not in (RULES, RELEASE):
        raise ReleaseRefused("een bijdrage wordt getekend met 'regels gevolgd' of 'wij geven vrij'")
    with register.act() as writing:
        writing.unchanged()
        rows = [_get(writing.connection, number) for number, _ in given]
        facts = facts_of(writing.connection, [part for row in rows for part in _content(row.content).parts], writing.at)
        return [_signed(writing, row, act, seen, facts, by) for row, (_, seen) in zip(rows, given, strict=True)]


def send_back(register: Register, number: int, *, comment: str, by: Actor) -> Contribution:
    """Return a contribution to who prepared it, with a comment; its signatures go, and a release that holds it waits.

    Preparing the same deliveries again offers it anew, under the same number.
    """
    register.check_words(comment)
    with register.act() as writing:
        row = _get(writing.connection, number)
        check(by, Act.CONTRIBUTION_RETURN, row.area)
        if row.state != ContributionState.PREPARED:
            raise ReleaseRefused(_DECIDED)
        if not comment.strip():
            raise ReleaseRefused(f"geef een toelichting ({CAREFUL})")
        values = {"state": ContributionState.RETURNED.value, "returned_by": by.name, "comment": comment}
        what = {"contribution": number, "content": row.content_hash, "comment": writing.mark(comment)}
        return _ended(writing, number, values, Act.CONTRIBUTION_RETURN, what, by)


def withdraw(register: Register, number: int, *, by: Actor) -> Contribution:
    """Take a contribution back before publication; a release that holds it goes back to draft."""
    with register.act() as writing:
        row = _get(writing.connection, number)
        check(by, Act.CONTRIBUTION_WITHDRAW, row.area)
        if row.state not in _OPEN:
            raise ReleaseRefused("deze bijdrage is al gepubliceerd of ingetrokken; trek zo nodig de uitgave in")
        values = {"state": ContributionState.WITHDRAWN.value}
        return _ended(writing, number, values, Act.CONTRIBUTION_WITHDRAW, {"contribution": number}, by)


def frozen(register: Register, numbers: Iterable[int]) -> list[Contribution]:
    """These contributions, all signed by two persons and unchanged since.

    Raises ReleaseRefused naming the first that is not.
    """
    with register.read() as connection:
        return check_frozen(connection, [(number, None) for number in numbers], stamp(register.clock()))


def check_frozen(connection: Connection, wanted: Sequence[tuple[int, str | None]], at: str) -> list[Contribution]:
    """Contributions that may go into a release now; with a content hash, exactly that content."""
    asked = contributions.c.id.in_([number for number, _ in wanted])
    known = {row.id: row for row in connection.execute(select(contributions).where(asked))}
    rows = [known.get(number) or _get(connection, number) for number, _ in wanted]
    signed = _signatures(connection, asked)
    found = [_with_signatures(row, signed.get(row.id, {})) for row in rows]
    facts = facts_of(connection, [part for one in found for part in one.content.parts], at)
    return [_frozen(one, row, content, facts) for one, row, (_, content) in zip(found, rows, wanted, strict=True)]


def _frozen(found: Contribution, row: Row[Any], content_hash: str | None, facts: Facts) -> Contribution:
    number = row.id
    if found.state is ContributionState.PUBLISHED:
        raise ReleaseRefused(
            f"bijdrage {number} van {row.area} is al gepubliceerd in {row.release}; zet haar opnieuw klaar"
        )
    if found.state is ContributionState.WITHDRAWN:
        raise ReleaseRefused(f"bijdrage {number} van {row.area} is ingetrokken; maak de uitgave zonder haar")
    if found.state is not ContributionState.SIGNED:
        raise ReleaseRefused(f"bijdrage {number} van {row.area} is niet door twee mensen getekend; vraag om akkoord")
    if not _is_whole(row.content, row.content_hash) or content_hash not in (None, row.content_hash):
        raise ReleaseRefused(f"bijdrage {number} van {row.area} is veranderd; zet de uitgave opnieuw klaar")
    for part in found.content.parts:
        check_part(facts, part)
    return found


@lru_cache(4096)
def _is_whole(content: str, content_hash: str) -> bool:
    """Whether a content is what was signed; a list of hundreds is looked at on every page."""
    return fingerprint(load(content)) == content_hash


def get(register: Register, number: int) -> Contribution:
    """One contribution; raises ReleaseRefused when it does not exist."""
    with register.read() as connection:
        return _contribution(connection, _get(connection, number))


def list_contributions(
    register: Register, *, area: str | None = None, states: Iterable[ContributionState] = ()
) -> list[Contribution]:
    """Contributions, oldest first; with `states`, those that stand there (`signed` is kept as `prepared`)."""
    asked = [contributions.c.area == area] if area is not None else []
    if states:
        kept = {ContributionState.PREPARED if one is ContributionState.SIGNED else one for one in states}
        asked.append(contributions.c.state.in_(sorted(kept)))
    with register.read() as connection:
        signed = _signatures(connection, *asked)
        rows = connection.execute(select(contributions).where(*asked).order_by(contributions.c.id)).all()
    found = [_with_signatures(row, signed.get(row.id, {})) for row in rows]
    return [one for one in found if not states or one.state in states]


def areas_by_state(register: Register, meting: str | None = None) -> dict[ContributionState, set[str]]:
    """Of which gemeenten and verbanden a contribution (that holds a meting) stands where, without what is in them."""
    rules, release = signatures.alias(), signatures.alias()
    both = exists().where(
        _over_content(rules), rules.c.act == RULES.value, _over_content(release), release.c.act == RELEASE.value,
        rules.c.by != release.c.by, contributions.c.state == ContributionState.PREPARED.value,
    )  # fmt: skip
    kept: dict[tuple[str, bool], set[str]] = {}
    with register.read() as connection:
        query = select(contributions.c.area, contributions.c.state, both).distinct()
        if meting is not None:
            query = query.where(contributions.c.deliveries.contains(f".{meting}.", autoescape=True))
        for area, state, signed in connection.execute(query).all():
            kept.setdefault((state, signed), set()).add(area)
    found: dict[ContributionState, set[str]] = {}
    for (state, signed), areas in kept.items():
        found.setdefault(_state(state, both=signed), set()).update(areas)
    return found


def _prepared(writing: Writing, content: ContributionContent, facts: Facts, by: Actor) -> Contribution:
    check(by, Act.CONTRIBUTION_PREPARE, content.area)
    for part in content.parts:
        check_part(facts, part)
        check_recipients(facts, part, content.recipients)
    mark = fingerprint(content.canonical())
    row = _open(writing.connection, content)
    if row is None or row.content_hash != mark or row.state != ContributionState.PREPARED:
        row = _written(writing, content, mark, row, by)
        writing.log(by, Act.CONTRIBUTION_PREPARE, {"contribution": row.id, "area": content.area, "content": mark})
    return _contribution(writing.connection, row)


def _signed(writing: Writing, row: Row[Any], act: Act, seen: str, facts: Facts, by: Actor) -> Contribution:
    number = row.id
    check(by, act, row.area)
    _check_signable(row, seen, facts)
    before = _signed_by(writing.connection, row)
    if before.get(act) != by.name:
        _check_person(act, before, by)
        _store_signature(writing, row, act, by)
        writing.log(by, act, {"contribution": number, "content": row.content_hash})
    return _contribution(writing.connection, row)


def _ended(
    writing: Writing, number: int, values: dict[str, Any], act: Act, what: dict[str, Any], by: Actor
) -> Contribution:
    """Take a contribution off the table: no signature stands, and releases under way go back to draft."""
    writing.connection.execute(update(contributions).where(contributions.c.id == number).values(**values))
    writing.connection.execute(delete(signatures).where(signatures.c.subject == _subject(number)))
    writing.log(by, act, {**what, "releases_back_to_draft": _send_releases_back(writing, number)})
    return _contribution(writing.connection, _get(writing.connection, number))


def _open(connection: Connection, content: ContributionContent) -> Row[Any] | None:
    query = select(contributions).where(
        contributions.c.deliveries == _names(content), contributions.c.state.in_([state.value for state in _OPEN])
    )
    return connection.execute(query).first()


def _written(writing: Writing, content: ContributionContent, mark: str, before: Row[Any] | None, by: Actor) -> Row[Any]:
    values = {
        "area": content.area, "deliveries": _names(content), "content": dump(content.canonical()),
        "content_hash": mark, "state": ContributionState.PREPARED.value, "prepared_by": by.name, "at": writing.at,
        "returned_by": None, "comment": None,
    }  # fmt: skip
    if before is None:
        return writing.connection.execute(insert(contributions).values(**values).returning(contributions)).one()
    writing.connection.execute(delete(signatures).where(signatures.c.subject == _subject(before.id)))
    _send_releases_back(writing, before.id)
    changed = update(contributions).where(contributions.c.id == before.id).values(**values)
    return writing.connection.execute(changed.returning(contributions)).one()


def _check_signable(row: Row[Any], seen: str, facts: Facts) -> None:
    if row.state != ContributionState.PREPARED:
        raise ReleaseRefused(_DECIDED)
    if row.content_hash != seen or not _is_whole(row.content, seen):
        raise ReleaseRefused("de bijdrage is veranderd sinds u die zag; kijk opnieuw")
    for part in _content(row.content).parts:
        check_part(facts, part)


def _check_person(act: Act, before: Mapping[Act, str], by: Actor) -> None:
    other = before.get(RELEASE if act is RULES else RULES)
    if other == by.name:
        raise NotAllowed(
            f"{by.name} tekende al voor het andere deel; 'regels gevolgd' en 'wij geven vrij' zijn er twee"
        )
    if act in before:
        raise ReleaseRefused("hiervoor is al getekend door een ander; u hoeft niets te doen")


def _store_signature(writing: Writing, row: Row[Any], act: Act, by: Actor) -> None:
    subject = _subject(row.id)
    writing.connection.execute(delete(signatures).where(signatures.c.subject == subject, signatures.c.act == act.value))
    values = {"subject": subject, "act": act.value, "content_hash": row.content_hash, "by": by.name, "at": writing.at}
    writing.connection.execute(insert(signatures).values(**values))


def _signatures(connection: Connection, *asked: ColumnElement[bool]) -> dict[int, dict[Act, str]]:
    """Signatures over the content as it is now, of the contributions that were asked for; who signed, by act."""
    found: dict[int, dict[Act, str]] = {}
    query = select(contributions.c.id, signatures.c.act, signatures.c.by)
    query = query.join(signatures, _over_content(signatures)).where(*asked)
    for row in connection.execute(query):
        found.setdefault(row.id, {})[Act(row.act)] = row.by
    return found


def _over_content(signed: FromClause) -> ColumnElement[bool]:
    """Of a contribution, over its content as it is now."""
    subject = literal(_SUBJECT) + cast(contributions.c.id, String)
    return (signed.c.subject == subject) & (signed.c.content_hash == contributions.c.content_hash)


def _send_releases_back(writing: Writing, number: int) -> list[str]:
    """Releases under way that hold this contribution lose tables and approval: back to draft."""
    open_ = releases.c.state.in_(("submitted", "approved", "draft", "returned"))
    held = [
        row.name
        for row in writing.connection.execute(select(releases).where(open_))
        if number in [part["id"] for part in load(row.contributions)]
    ]
    if held:
        cleared = dict.fromkeys(("tables_hash", "certificate_hash", "evidence", "content_hash"))
        cleared |= dict.fromkeys(("approved_by", "approved_hash", "approved_at"))
        writing.connection.execute(update(releases).where(releases.c.name.in_(held)).values(state="draft", **cleared))
    return held


def _names(content: ContributionContent) -> str:
    return dump([str(part.key) for part in content.parts])


@lru_cache(4096)
def _content(text: str) -> ContributionContent:
    """Kept by its text: a list is read at every look at a page, and the same text is the same content for ever."""
    return ContributionContent.from_canonical(load(text))


def _subject(number: int) -> str:
    return f"{_SUBJECT}{number}"


def _get(connection: Connection, number: int) -> Row[Any]:
    row = connection.execute(select(contributions).where(contributions.c.id == number)).first()
    if row is None:
        raise ReleaseRefused("deze bijdrage bestaat niet; bekijk de lijst met bijdragen")
    return row


def _contribution(connection: Connection, row: Row[Any]) -> Contribution:
    return _with_signatures(row, _signed_by(connection, row))


def _signed_by(connection: Connection, row: Row[Any]) -> Mapping[Act, str]:
    return _signatures(connection, contributions.c.id == row.id).get(row.id, {})


def _with_signatures(row: Row[Any], signed: Mapping[Act, str]) -> Contribution:
    return Contribution(
        row.id, _content(row.content), row.content_hash, _state(row.state, both=_both(signed)), row.prepared_by,
        signed.get(RULES), signed.get(RELEASE), row.release, row.comment, row.at,
    )  # fmt: skip


def _both(signed: Mapping[Act, str]) -> bool:
    """Whether two people said both sentences."""
    return {RULES, RELEASE} <= signed.keys() and signed[RULES] != signed[RELEASE]


def _state(kept: str, *, both: bool) -> ContributionState:
    """What the register keeps, or `signed` once two people signed."""
    state = ContributionState(kept)
    return ContributionState.SIGNED if both and state is ContributionState.PREPARED else state
