"""What waits for whom: one list for `status` and for the start page."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any, TypedDict

from sqlalchemy import Connection, Table, exists, func, select

from domain.dutch import day, grouped, moment
from domain.vocabulary import Role
from register.actors import Actor
from register.contributions import ContributionState, list_contributions
from register.permissions import Reach
from register.releases import ReleaseState, list_releases
from register.review import SAMPLE
from register.store import Register, stamp
from register.tables import (
    advice,
    consent_texts,
    deliveries,
    destructions,
    findings,
    leaks,
    microdata,
    policies,
    proposed_rules,
    requests,
    review,
    verdicts,
)
from register.words import load
from register.work import releases_in_hand

REMEMBERED = timedelta(days=14)
"""As long as quarantine keeps what was refused."""
_AGAIN = "Verbeter het bestand en lever het opnieuw aan"


class Waiting(TypedDict):
    """One thing somebody has to do; `gemeente` is None for national work, `link` a path in the portal.

    `reach`: who with that role; OWN: never somebody with a national one, ANY: also the people of every gemeente.
    `authors`: who made it, and so cannot approve it.
    """

    role: str
    gemeente: str | None
    what: str
    link: str
    reach: Reach
    authors: Sequence[str]


AT_WORK = frozenset({Role.DATA_STEWARD, Role.PRIVACY_OFFICER, Role.PROCESEIGENAAR, Role.OPERATOR})
"""Nothing ever waits for another role: it is not looked for."""


def waiting_for(register: Register, *, by: Actor | None = None) -> list[Waiting]:
    """Everything that waits; with `by`, only what this person can do."""
    if by is not None and not any(grant.role in AT_WORK for grant in by.grants):
        return []
    with register.read() as connection:
        found = [*_policies(connection), *_residents(connection), *_text(connection), *_rest(connection)]
        found += _deliveries(connection, stamp(register.clock() - REMEMBERED))
    found += [*_contributions(register), *_releases(register)]
    return [one for one in found if by is None or _mine(one, by)]


def _mine(one: Waiting, by: Actor) -> bool:
    if by.name in one["authors"]:
        return False
    areas = {grant.area for grant in by.grants if grant.role.value == one["role"]}
    if one["reach"] is Reach.ANY:
        return bool(areas)
    return one["gemeente"] in areas or (one["reach"] is Reach.AREA and None in areas)


def _one(
    role: Role, area: str | None, what: str, link: str, reach: Reach = Reach.AREA, *, authors: Sequence[str] = ()
) -> Waiting:
    return {
        "role": role.value, "gemeente": area or None, "what": what, "link": link, "reach": reach, "authors": authors,
    }  # fmt: skip


def _in_state(connection: Connection, table: Table, *states: str) -> Iterable[Any]:
    return connection.execute(select(table).where(table.c.state.in_(states)).order_by(table.c.id)).all()


def _policies(connection: Connection) -> Iterator[Waiting]:
    for row in _in_state(connection, policies, "draft", "returned", "submitted", "lapsed"):
        name = f"regels voor {row.instrument} ({row.codebook})"
        link = f"/regels/{row.id}"
        if row.state == "submitted":
            yield _one(
                Role.PRIVACY_OFFICER, row.area, f"{name} goedkeuren of terugsturen", link, authors=load(row.author)
            )
        elif row.state == "lapsed":
            if not _renewed(connection, row):
                yield _one(Role.DATA_STEWARD, row.area, f"{name} opnieuw indienen: het akkoord is verlopen", link)
        else:
            yield _one(Role.DATA_STEWARD, row.area, f"{name} indienen", link)


def _renewed(connection: Connection, row: Any) -> bool:
    same = (policies.c.area == row.area) & (policies.c.codebook == row.codebook) & (policies.c.id > row.id)
    return connection.execute(select(policies.c.id).where(same).limit(1)).first() is not None


def _deliveries(connection: Connection, since: str) -> Iterator[Waiting]:
    """What the gate stopped, until it is delivered again; what was refused, until something new of the area came."""
    newest = select(func.max(verdicts.c.id)).group_by(verdicts.c.key).scalar_subquery()
    current = (deliveries.c.key == verdicts.c.key) & (deliveries.c.version == verdicts.c.version)
    stopped = (
        select(deliveries)
        .join(verdicts, current)
        .where(verdicts.c.id.in_(newest), ~verdicts.c.passed, deliveries.c.state == "accepted")
        .order_by(deliveries.c.id)
    )
    for row in connection.execute(stopped):
        what = f"aanlevering {row.instrument} {row.meting} is gestopt bij de controle. {_AGAIN}"
        yield _one(Role.DATA_STEWARD, row.area, what, "/aanleveringen")
    later = deliveries.alias()
    better = exists().where(
        later.c.area == deliveries.c.area, later.c.state == "accepted", later.c.id > deliveries.c.id
    )
    refused = (
        (deliveries.c.state == "quarantined") & (deliveries.c.at >= since) & deliveries.c.area.is_not(None) & ~better
    )
    for row in connection.execute(select(deliveries).where(refused).order_by(deliveries.c.id)):
        what = f"aanlevering is geweigerd. Bekijk waarom. {_AGAIN}"
        yield _one(Role.DATA_STEWARD, row.area, what, "/aanleveringen")


def _contributions(register: Register) -> Iterator[Waiting]:
    offered = {number for one in list_releases(register) for number, _content in one.contributions}
    states = (ContributionState.PREPARED, ContributionState.RETURNED, ContributionState.SIGNED)
    found = list_contributions(register, states=states)
    signed = [one for one in found if one.state is ContributionState.SIGNED and one.id not in offered]
    if signed:
        many = "1 getekende bijdrage" if len(signed) == 1 else f"{grouped(len(signed))} getekende bijdragen"
        area = signed[0].area if len({one.area for one in signed}) == 1 else None
        yield _one(Role.OPERATOR, area, f"uitgave klaarzetten met {many}", "/uitgave-klaarzetten")
    for one in found:
        link = f"/bijdragen/{one.id}"
        if one.state is ContributionState.RETURNED:
            yield _one(Role.DATA_STEWARD, one.area, f"bijdrage {one.id}: opnieuw klaarzetten", link)
            continue
        if one.state is ContributionState.PREPARED and one.rules_followed_by is None:
            yield _one(
                Role.PRIVACY_OFFICER, one.area, f"bijdrage {one.id}: kijken of de regels zijn gevolgd", link, Reach.OWN
            )
        if one.state is ContributionState.PREPARED and one.released_by is None:
            yield _one(Role.PROCESEIGENAAR, one.area, f"bijdrage {one.id}: beslissen over vrijgeven", link, Reach.OWN)


def _releases(register: Register) -> Iterator[Waiting]:
    todo = {
        ReleaseState.DRAFT: (Role.OPERATOR, "tabellen maken en indienen"),
        ReleaseState.RETURNED: (Role.OPERATOR, "opnieuw klaarzetten"),
        ReleaseState.SUBMITTED: (Role.PRIVACY_OFFICER, "goedkeuren of terugsturen"),
        ReleaseState.APPROVED: (Role.OPERATOR, "publiceren"),
    }
    with register.read() as connection:
        in_hand = releases_in_hand(connection)
    for one in list_releases(register):
        if one.state in todo and one.name not in in_hand:
            role, what = todo[one.state]
            area = one.areas[0] if len(one.areas) == 1 else None
            yield _one(role, area, f"uitgave {one.name}: {what}", f"/uitgaven/{one.name}")


def _residents(connection: Connection) -> Iterator[Waiting]:
    for row in _in_state(connection, requests, "ontvangen", "toegewezen"):
        link = f"/verzoeken/{row.id}"
        if row.state == "ontvangen":
            what = f"verzoek {row.id} ({row.kind}): beslissen voor {day(row.due_at)}"
            yield _one(Role.PRIVACY_OFFICER, row.area, what, link, Reach.OWN)
        elif row.kind == "inzage":
            yield _one(Role.PRIVACY_OFFICER, row.area, f"verzoek {row.id}: inzage geven", link, Reach.OWN)
        else:
            what = f"verzoek {row.id}: de verwijdering is toegewezen en nog niet gedaan. Kijk of de verwerking loopt"
            yield _one(Role.OPERATOR, row.area, what, "/aanleveringen")


def _text(connection: Connection) -> Iterator[Waiting]:
    officer = Role.PRIVACY_OFFICER
    for row in _in_state(connection, consent_texts, "draft"):
        yield _one(
            officer, row.area, f"toestemmingstekst {row.id} goedkeuren", f"/teksten/{row.id}", authors=[row.author]
        )
    for row in _in_state(connection, findings, "submitted", "returned"):
        role, what = (officer, "nakijken") if row.state == "submitted" else (Role.DATA_STEWARD, "herschrijven")
        authors = [row.author] if row.state == "submitted" else []
        yield _one(role, row.area, f"{row.kind} {row.id} {what}", f"/bevindingen/{row.id}", authors=authors)
    sampled = (review.c.recogniser == SAMPLE).label("sampled")
    open_ = select(review.c.area, sampled, func.count().label("many")).where(review.c.state == "open")
    for row in connection.execute(open_.group_by(review.c.area, sampled).order_by(review.c.area, sampled)):
        todo, one, more, link = (
            ("steekproef lezen", "tekst", "teksten", "/nakijken/steekproef")
            if row.sampled
            else ("nakijklijst", "plek", "plekken", "/nakijken/lijst")
        )
        yield _one(officer, row.area, f"{todo}: {grouped(row.many)} {one if row.many == 1 else more}", link)
    for row in _in_state(connection, proposed_rules, "proposed"):
        what = f"herkenningsregel {row.id} van een ander beoordelen"
        yield _one(officer, row.area, what, f"/nakijken/regels/{row.id}", authors=[row.author])


def _rest(connection: Connection) -> Iterator[Waiting]:
    for row in _in_state(connection, destructions, "proposed", "signed"):
        link = f"/bewaren/{row.id}"
        if row.state == "signed":
            yield _one(Role.OPERATOR, row.area, f"vernietiging {row.id} uitvoeren", link)
            continue
        already = len(load(row.signed_by))
        for role in (Role.PRIVACY_OFFICER, Role.PROCESEIGENAAR):
            yield _one(role, row.area, f"vernietiging {row.id} tekenen ({already} van 2)", link, Reach.OWN)
    for row in _in_state(connection, microdata, "requested"):
        what = f"aanvraag {row.id} voor rijen: goedkeuren of terugsturen"
        yield _one(Role.PRIVACY_OFFICER, row.area, what, f"/microdata/{row.id}", Reach.OWN, authors=[row.asked_by])
    for row in connection.execute(select(advice).where(advice.c.answered_by.is_(None)).order_by(advice.c.id)):
        yield _one(
            Role.PRIVACY_OFFICER,
            row.area,
            f"advies {row.id} van de {row.role.upper()} beantwoorden",
            f"/advies/{row.id}",
        )
    for row in connection.execute(select(leaks).where(leaks.c.reported_at.is_(None)).order_by(leaks.c.id)):
        link, until = f"/datalek/{row.id}", moment(row.deadline)
        if row.area:
            yield _one(Role.PRIVACY_OFFICER, row.area, f"mogelijk datalek {row.id} afronden voor {until}", link)
        else:  # whose it is has to be seen by somebody
            what = f"mogelijk datalek {row.id} lezen: de gemeente is niet bekend. Beslissen voor {until}"
            yield _one(Role.PRIVACY_OFFICER, None, what, link, Reach.ANY)
