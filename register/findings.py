"""Findings, quotes and personas: written by the steward, six ticks, approved by the PO."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, insert, select, update

from domain.consent import Said
from domain.contribution import Part
from domain.errors import ConsentRefused, DisclosureRefused
from domain.vocabulary import Purpose
from register.actors import Actor
from register.consents import records_of
from register.moves import Move, check_move
from register.permissions import Act, check, seen_areas
from register.store import Register, Writing, moment_of, stamp
from register.tables import findings
from register.words import dump, text_hash
from storage.canonical import fingerprint

TICKS = ("geen_leeftijd", "geen_wijk", "geen_diagnose", "geen_gezin", "geen_zeldzame_gebeurtenis", "geen_derde")
LENGTH = 280
PER_METING = 25


class FindingKind(StrEnum):
    """What is published, and what it rests on."""

    FINDING = "bevinding"
    QUOTE = "citaat"
    PERSONA = "persona"


class FindingState(StrEnum):
    """Where a finding stands."""

    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"


FINDING_MOVES: Mapping[str, Mapping[str, Move]] = {
    FindingState.SUBMITTED: {
        FindingState.APPROVED: Move(Act.FINDING_DECIDE, not_author=True),
        FindingState.RETURNED: Move(Act.FINDING_DECIDE, comment=True),
    },
}
SUPPORT = {FindingKind.FINDING: 3, FindingKind.QUOTE: 1, FindingKind.PERSONA: 5}
MADE_UP = "Bedacht persoon, samengesteld uit meerdere gesprekken. "


@dataclass(frozen=True)
class NewFinding:
    """A finding before it is judged. `evidence`: pseudonyms of the journeys behind it; stays inside.

    pseudonym, consent_evidence, expires_at: for a quote, whose own consent is for exactly this text.
    """

    area: str
    instrument: str
    meting: str
    doelgroep: str
    text: str
    evidence: Sequence[str]
    ticks: Sequence[str]
    kind: FindingKind = FindingKind.FINDING
    phase: str = ""
    pseudonym: str | None = None
    expires_at: datetime | None = None

    def __post_init__(self) -> None:
        """Every tick, enough people behind it, short enough; a quote has its person and an end date."""
        if missing := [tick for tick in TICKS if tick not in self.ticks]:
            left = ", ".join(missing).replace("_", " ")
            raise DisclosureRefused(f"kijk de tekst na op elk punt; nog niet nagekeken: {left}")
        if len(set(self.evidence)) < SUPPORT[self.kind]:
            raise DisclosureRefused(f"een {self.kind.value} moet uit minstens {SUPPORT[self.kind]} gesprekken komen")
        if not self.text.strip() or (len(self.text) > LENGTH and self.kind is not FindingKind.PERSONA):
            raise DisclosureRefused(f"schrijf één zin van hoogstens {LENGTH} tekens")
        if self.kind is FindingKind.QUOTE and (self.pseudonym is None or self.expires_at is None):
            raise ConsentRefused("een citaat heeft eigen toestemming met een einddatum nodig")

    @property
    def shown(self) -> str:
        """The text as it is published; a persona says that it is made up."""
        if self.kind is FindingKind.PERSONA and not self.text.startswith(MADE_UP):
            return MADE_UP + self.text
        return self.text


@dataclass(frozen=True)
class WrittenFinding:
    """A finding in the register; `journeys` is a count, the evidence is not in here."""

    id: int
    area: str
    instrument: str
    meting: str
    doelgroep: str
    phase: str
    kind: FindingKind
    text: str
    journeys: int
    content_hash: str
    state: FindingState
    author: str
    expires_at: str | None
    comment: str | None


def add(register: Register, new: NewFinding, *, by: Actor) -> WrittenFinding:
    """Offer a finding to the PO; at most 25 per area and meting; one quote per person per meting.

    Its words are published: what names somebody is refused (a persona has a made-up name, so of it the officer judges).
    """
    if new.kind is not FindingKind.PERSONA:
        register.check_words(new.text, new.area)
    with register.act() as writing:
        check(by, Act.FINDING_WRITE, new.area)
        _check_room(writing.connection, new)
        if new.kind is FindingKind.QUOTE:
            _check_quote(writing.connection, new, writing.at)
        values = _values(new, by, writing.at)
        row = writing.connection.execute(insert(findings).values(**values).returning(findings)).one()
        what = {"finding": row.id, "area": new.area, "kind": new.kind.value, "content": row.content_hash}
        writing.log(by, Act.FINDING_WRITE, what)
        return _finding(row)


def approve(register: Register, number: int, *, seen: str, by: Actor) -> WrittenFinding:
    """Approve exactly the text that was seen (`content_hash`), by somebody who did not write it."""
    return _decided(register, number, FindingState.APPROVED, by, None, seen)


def send_back(register: Register, number: int, *, comment: str, by: Actor) -> WrittenFinding:
    """Return a finding with a comment."""
    return _decided(register, number, FindingState.RETURNED, by, comment, None)


def list_findings(register: Register, *, by: Actor) -> list[WrittenFinding]:
    """Findings in the areas this person writes or judges, oldest first."""
    areas = seen_areas(by, Act.SEE_FINDINGS)
    query = select(findings).order_by(findings.c.id)
    if areas is not None:
        query = query.where(findings.c.area.in_(sorted(areas)))
    with register.read() as connection:
        return [_finding(row) for row in connection.execute(query)]


def publishable(register: Register, area: str, instrument: str, meting: str, at: datetime) -> list[WrittenFinding]:
    """Approved findings that may go into a release at this moment: quotes only while their consent stands."""
    return _publishable(register, (findings.c.area == area) & _of(instrument, meting), at)


def along(register: Register, parts: Iterable[Part]) -> list[WrittenFinding]:
    """Approved findings and quotes that would go along with these deliveries now, in the order they were written."""
    metingen = {(part.key.area, part.key.instrument, part.key.meting) for part in parts}
    here = findings.c.area.in_({area for area, _instrument, _meting in metingen})
    rows = _publishable(register, here, register.clock())
    return [one for one in rows if (one.area, one.instrument, one.meting) in metingen]


def _of(instrument: str, meting: str) -> ColumnElement[bool]:
    return (findings.c.instrument == instrument) & (findings.c.meting == meting)


def _publishable(register: Register, where: ColumnElement[bool], at: datetime) -> list[WrittenFinding]:
    query = select(findings).where(where, findings.c.state == FindingState.APPROVED.value)
    with register.read() as connection:
        rows = connection.execute(query.order_by(findings.c.id)).all()
        return [_finding(row) for row in rows if row.content_hash == _mark(row) and _stands(connection, row, stamp(at))]


def quotes_of(register: Register, area: str, pseudonym: str) -> list[str]:
    """Approved quotes of one person, for who asks what is held of her."""
    here = (findings.c.area == area) & (findings.c.pseudonym == pseudonym)
    approved = findings.c.state == FindingState.APPROVED.value
    with register.read() as connection:
        rows = connection.execute(select(findings.c.text).where(here, approved).order_by(findings.c.id))
        return list(rows.scalars())


def _decided(
    register: Register, number: int, to: FindingState, by: Actor, comment: str | None, seen: str | None
) -> WrittenFinding:
    register.check_words(comment)
    with register.act() as writing:
        row = writing.connection.execute(select(findings).where(findings.c.id == number)).first()
        if row is None:
            raise DisclosureRefused("deze bevinding bestaat niet; bekijk de lijst met bevindingen")
        check_move(
            FINDING_MOVES, row.state, to, by=by, areas=(row.area,), authors=frozenset({row.author}),
            comment=comment, refusal=DisclosureRefused,
        )  # fmt: skip
        if to is FindingState.APPROVED:
            _check_approvable(writing, row, seen)
        values = {"state": to.value, "decided_by": by.name, "decided_at": writing.at, "comment": comment}
        changed = update(findings).where(findings.c.id == number).values(**values)
        what = {"finding": number, "content": row.content_hash, **writing.commented(comment)}
        writing.log(by, f"finding.{to.value}", what)
        return _finding(writing.connection.execute(changed.returning(findings)).one())


def _check_approvable(writing: Writing, row: Row[Any], seen: str | None) -> None:
    if seen != row.content_hash or row.content_hash != _mark(row):
        raise DisclosureRefused("de tekst is veranderd sinds u die zag; kijk opnieuw")
    if not _stands(writing.connection, row, writing.at):
        raise ConsentRefused("de toestemming voor dit citaat geldt niet (meer); stuur het citaat terug")


def _check_room(connection: Connection, new: NewFinding) -> None:
    here = (findings.c.area == new.area) & (findings.c.meting == new.meting)
    alive = findings.c.state != FindingState.RETURNED.value
    count = connection.execute(select(func.count()).select_from(findings).where(here, alive)).scalar_one()
    if count >= PER_METING:
        raise DisclosureRefused(f"per gemeente en meting kunnen er {PER_METING} bevindingen zijn; kies de beste")


def _check_quote(connection: Connection, new: NewFinding, at: str) -> None:
    mine = (findings.c.pseudonym == new.pseudonym) & (findings.c.meting == new.meting)
    alive = (findings.c.state != FindingState.RETURNED.value) & (findings.c.area == new.area)
    if connection.execute(select(findings.c.id).where(mine, alive)).first() is not None:
        raise ConsentRefused("van deze persoon is er al een citaat in deze meting; kies er één")
    scope = f"{new.area}/{new.instrument}/{new.meting}"
    if not _consent_for(connection, scope, str(new.pseudonym), text_hash(new.text), at):
        raise ConsentRefused("er is geen geldende toestemming voor precies deze tekst; vraag die eerst")


def _stands(connection: Connection, row: Row[Any], at: str) -> bool:
    if row.kind != FindingKind.QUOTE:
        return True
    scope = f"{row.area}/{row.instrument}/{row.meting}"
    return row.expires_at > at and _consent_for(connection, scope, row.pseudonym, text_hash(row.text), at)


def _consent_for(connection: Connection, scope: str, pseudonym: str, evidence: str, at: str) -> bool:
    """The newest word of this person on publishing a quote is a yes to exactly this text that has not ended."""
    said = [
        record
        for record in records_of(connection, scope, pseudonym, Purpose.CITAAT_PUBLICEREN)
        if record.moment <= moment_of(at)
    ]
    newest = [record for record in said if record.moment == max(one.moment for one in said)]
    yes = [record for record in newest if record.said is Said.CONSENT and record.evidence_hash == evidence]
    if not yes or any(record.said is not Said.CONSENT for record in newest):
        return False
    return all(record.expires_at is None or record.expires_at > moment_of(at) for record in yes)


def _values(new: NewFinding, by: Actor, at: str) -> dict[str, Any]:
    values = {
        "area": new.area, "instrument": new.instrument, "meting": new.meting, "doelgroep": new.doelgroep,
        "phase": new.phase, "kind": new.kind.value, "text": new.shown, "journeys": len(set(new.evidence)),
        "evidence": dump(sorted(set(new.evidence))), "ticks": dump(sorted(new.ticks)), "pseudonym": new.pseudonym,
        "expires_at": stamp(new.expires_at) if new.expires_at else None,
    }  # fmt: skip
    fixed = {"state": FindingState.SUBMITTED.value, "author": by.name, "at": at}
    return {**values, "content_hash": fingerprint(values), **fixed}


def _mark(row: Row[Any]) -> str:
    names = (
        "area", "instrument", "meting", "doelgroep", "phase", "kind", "text", "journeys", "evidence", "ticks",
        "pseudonym", "expires_at",
    )  # fmt: skip
    return fingerprint({name: getattr(row, name) for name in names})


def _finding(row: Row[Any]) -> WrittenFinding:
    return WrittenFinding(
        row.id, row.area, row.instrument, row.meting, row.doelgroep, row.phase, FindingKind(row.kind), row.text,
        row.journeys, row.content_hash, FindingState(row.state), row.author, row.expires_at, row.comment,
    )  # fmt: skip
