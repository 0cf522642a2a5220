"""One life of a delivery through every writing command, and what must be true of the register at any moment."""

import json
from collections import Counter
from collections.abc import Callable, Iterator

from sqlalchemy import func, select

from domain.consent import ConsentRecord, RequestKind, Said
from domain.contribution import Part
from domain.vocabulary import Audience, LegalBasis, Purpose, Role
from register import (
    advising,
    consent_texts,
    consents,
    contributions,
    deliveries,
    downloads,
    findings,
    ledger,
    microdata,
    policies,
    releases,
    removals,
    requests,
    review,
    tables,
    work,
)  # fmt: skip
from register.actors import SYSTEM, Actor, Grant
from register.removals import Rewritten, StoredObject, Zone
from register.store import Register
from tests.register import road
from tests.register.test_register_findings import finding

OPERATOR = Actor.of("olga", Role.OPERATOR)
OFFICERS = [Actor.of(name, Role.PRIVACY_OFFICER) for name in ("nadia", "noor")]


class NoStore:
    """Objects that need no rewriting."""

    def rewrite(self, item: StoredObject, pseudonym: str) -> Rewritten:
        return Rewritten(f"{item.object}-new", f"{item.data_key}-new", 1)

    def destroy(self, item: object) -> None:
        """Nothing to destroy."""


def people(area: str) -> dict[str, Actor]:
    roles = {
        "steward": Role.DATA_STEWARD,
        "officer": Role.PRIVACY_OFFICER,
        "eigenaar": Role.PROCESEIGENAAR,
        "analyst": Role.ANALYST,
        "fg": Role.FG,
    }
    return {name: Actor.of(f"{name}-{area}", Grant(role, area)) for name, role in roles.items()}


def base(register: Register) -> str:
    """The base policy in force, approved when there is none."""
    found = policies.versions(register, states=(policies.PolicyState.APPROVED,))
    return (
        found[0].fingerprint if found else road.approved(register, road.base_policy(), SYSTEM, OFFICERS[0]).fingerprint
    )


def steps(register: Register, area: str, meting: str) -> Iterator[Callable[[], object]]:
    """Acts in order; each is one transaction (or resumable), so that a kill may fall anywhere."""
    who, key, r = people(area), road.key(area, meting), register
    mark = base(register)
    yield lambda: work.add(r, area, f"map-{meting}", by=who["steward"])
    yield lambda: road.delivered(r, key, content="eerst")
    yield lambda: deliveries.refuse(r, deliveries.Refusal(area, f"x{meting}", "kolom onbekend"), by=SYSTEM)
    delivery = road.delivered(r, key, content=meting)
    yield lambda: road.checked(r, delivery, mark)
    yield lambda: review.add_many(r, [review.Doubt(key, 1, "PERSON", "names", 0.5, "s")], by=SYSTEM)
    yield lambda: policies.save_draft(r, own(area, len(meting)), codebook=road.codebook(), by=who["steward"])
    record = ConsentRecord(key.scope, "p1", Purpose.DEELNAME, Said.REFUSAL, r.clock())
    yield lambda: consents.record_consents(r, [record], by=who["steward"])
    yield lambda: findings.add(r, finding(area=area, meting=meting), by=who["steward"])
    yield lambda: advising.advise(r, "dpia", "korter", area=area, role=Role.FG, by=who["fg"])
    part = road.checked(r, delivery, mark)
    yield from text_steps(r, area, who)
    yield from microdata_steps(r, part, who)
    one = contributions.prepare(r, road.content(part), by=who["steward"])
    yield lambda: contributions.send_back(r, one.id, comment="kijk nog eens", by=who["eigenaar"])
    one = contributions.prepare(r, road.content(part), by=who["steward"])
    yield lambda: contributions.sign(r, one.id, contributions.RULES, seen=one.content_hash, by=who["officer"])
    yield lambda: contributions.sign(r, one.id, contributions.RELEASE, seen=one.content_hash, by=who["eigenaar"])
    yield from release_steps(r, f"{area}-{meting}", one.id)
    yield from removal_steps(r, area, meting, delivery, who)


def text_steps(r: Register, area: str, who: dict[str, Actor]) -> Iterator[Callable[[], object]]:
    text = consent_texts.save_text(r, Purpose.DEELNAME, "tekst", recipients=[], by=who["steward"], area=area)
    yield lambda: consent_texts.approve(r, text.id, seen=text.text_hash, by=who["officer"])


def microdata_steps(r: Register, part: Part, who: dict[str, Actor]) -> Iterator[Callable[[], object]]:
    given = (microdata.Given(part, ("leeftijd",), "f" * 64),)
    content = microdata.MicrodataContent(part.key.scope, who["analyst"].name, "0f" * 32, "verdieping", given)
    asked = microdata.ask(r, content, by=who["analyst"])
    yield lambda: microdata.approve(r, asked.id, seen=asked.content_hash, by=who["officer"])
    yield lambda: microdata.spend(r, asked.id, content, counts={}, by=who["analyst"])


def release_steps(r: Register, name: str, number: int) -> Iterator[Callable[[], object]]:
    how = {"audience": Audience.MOVISIE, "recipients": ["Movisie"]}
    yield lambda: releases.prepare(r, name, [number], by=OPERATOR, **how)
    yield lambda: road.attached(r, name)
    yield lambda: releases.submit(r, name, by=OPERATOR)
    yield lambda: releases.approve(r, name, seen=str(releases.get(r, name).content_hash), by=OFFICERS[1])
    yield lambda: releases.publish(r, name, **road.HASHES)
    yield lambda: downloads.log_download(r, name, "release.duckdb", "Movisie", by=OPERATOR)
    yield lambda: downloads.note_leak(r, "iets", discovered_at=r.clock(), by=OFFICERS[0], release=name)
    yield lambda: releases.withdraw(r, name, comment="fout", by=OFFICERS[0])


def removal_steps(
    r: Register, area: str, meting: str, delivery: deliveries.Delivery, who: dict[str, Actor]
) -> Iterator[Callable[[], object]]:
    kind, basis = RequestKind.VERWIJDEREN, LegalBasis.WMO
    request = requests.receive(r, area, "ceo_wmo", meting, kind, basis, pseudonym="p1", by=who["steward"])
    yield lambda: requests.decide(r, request.id, grant=True, reason="recht", by=who["officer"])
    asked = requests.receive(r, area, "ceo_wmo", meting, RequestKind.INZAGE, basis, pseudonym="p1", by=who["steward"])
    yield lambda: requests.decide(r, asked.id, grant=True, reason="recht", by=who["officer"])
    yield lambda: requests.enclose(r, asked.id, rows=1, by=who["officer"])
    objects = [StoredObject(Zone.VAULT, area, delivery.id, str(delivery.key), "o", "k")]
    yield lambda: removals.plan(r, request.id, objects, counters={"r": {"cel": (0, 1)}})
    yield lambda: removals.carry_out(r, request.id, NoStore())


def own(area: str, group: int) -> object:
    return road.base_policy(gemeente=area, id=f"eigen-{area}", min_group=12 + group)


ONE_LINE_EACH = {
    "deliveries": "delivery.record", "verdicts": "verdict.record", "requests": "request.receive",
    "findings": "finding.write", "advice": "advice.give", "work": "work.add", "downloads": "release.download",
    "leaks": "leak.note", "removals": "removal.planned",
    "microdata": "microdata.ask", "consent_texts": "consent_text.save",
}  # fmt: skip


def check_whole(register: Register) -> int:
    """Nothing half: chain and signature hold, and rows and lines tell the same story. Returns the number of lines."""
    found = ledger.verify(register)
    assert found.ok, found.message
    lines = [json.loads(line) for line in ledger.read_lines(register, limit=10**6)]
    acts = Counter(line["act"] for line in lines)
    with register.read() as connection:
        for name, act in ONE_LINE_EACH.items():
            table = tables.METADATA.tables[name]
            assert connection.execute(select(func.count()).select_from(table)).scalar() == acts[act], name
        published = connection.execute(
            select(func.count()).select_from(tables.releases).where(tables.releases.c.published_at.is_not(None))
        )
        assert published.scalar() == acts["release.published"]
        made = select(func.count()).select_from(tables.microdata).where(tables.microdata.c.state == "made")
        assert connection.execute(made).scalar() == acts["microdata.made"]
        done = select(func.count()).select_from(tables.removals).where(tables.removals.c.state == "done")
        assert connection.execute(done).scalar() == acts["removal.done"]
        raised = connection.execute(select(func.coalesce(func.sum(tables.counters.c.delta_out), 0))).scalar()
        assert raised == acts["removal.switched"]
        standing = select(tables.deliveries.c.key).where(tables.deliveries.c.state == "accepted")
        keys = [row.key for row in connection.execute(standing)]
        assert len(keys) == len(set(keys))
    return found.lines
