"""The small home of these tests: two gemeenten, a contribution each, one published release. Nobody in it exists."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import pyarrow as pa
from helpers_warehouse import AREAS, answers, protect_primary_only, scan, source

from anonymisation.disclosure.answers import rules as answer_rules
from anonymisation.disclosure.closed import ClosedCell
from anonymisation.review import ReviewRow
from domain.contribution import ContributionContent, Part
from domain.delivery import DeliveryKey
from domain.errors import InputRejected, KeyRefused, ReleaseRefused
from domain.policy import default_policy
from domain.release import History
from domain.vocabulary import Audience, Role
from pipelines.installation import demo_name, install
from portal.house import House, open_house
from portal.station import Refused, RowsRisk
from register import (
    contributions,
    deliveries,
    findings,
    microdata,
    policies,
    releases,
    requests,
    retention,
    review,
    users,
    verdicts,
    work,
)
from register.actors import SYSTEM, Actor
from register.contributions import Contribution
from register.deliveries import NewDelivery, Refusal
from register.microdata import Given, MicrodataContent, MicrodataRequest
from register.permissions import Act, seen_areas
from register.retention import Destruction, Kept
from register.words import text_hash
from storage.atomic import write_atomic
from storage.duck import memory
from storage.envelope import seal
from storage.settings import change_settings, read_settings
from warehouse.marts import build_marts
from warehouse.published import ReleaseMeta, write_release
from warehouse.reports import write_reports
from warehouse.sources import MartSource
from warehouse.statistics import published_tables, to_protect

OWN, OTHER = "GM9001", "GM9002"
NAMES = {OWN: "Vraagdorp", OTHER: "Andershuizen"}
RELEASE = "r1"
NASTY = "<script>alert('x')</script>"
SECRET_REASON = "kolom 7 mist een kop; vul de kop in en lever opnieuw aan"
BOOK = scan()
RISK = {
    "herleiden": "elke groep telt 10 mensen",
    "kenmerken die wij weglaten": '"Leeftijd in jaren" bij 4 %.',
}
KEY, PREVIEW = "ab" * 32, "cd" * 32


class Destroyer:
    """Notes what would be destroyed."""

    def __init__(self, gone: list[Kept]) -> None:
        self.gone = gone

    def destroy(self, kept: Kept) -> None:
        self.gone.append(kept)


class FakeRoad:
    """Opens made-up deliveries instead of sealed ones, and destroys nothing but notes it."""

    def __init__(self, house: House | None = None) -> None:
        self.house = house
        self.gone: list[Kept] = []

    def sources(self, content: ContributionContent) -> Iterable[MartSource]:
        yield made_up(content.area)

    def preview_hash(self, content: ContributionContent) -> str:
        return PREVIEW

    def shown(self, content: ContributionContent) -> tuple[History, list[Mapping[str, pa.Table]]]:
        return History.none(), []

    def prepare(self, area: str, meting: str | None, *, by: Actor) -> Contribution:
        judged = verdicts.latest_many(self.house.register)
        passed = [
            one for key, one in judged.items() if key.area == area and meting in (None, key.meting) and one.passed
        ]
        if not passed:
            raise ReleaseRefused("er is niets dat de controle heeft doorstaan")
        verdict = max(passed, key=lambda one: one.key)
        part = Part(verdict.key, verdict.version, verdict.file_hash, verdict.policy_fingerprint)
        return contributions.prepare(self.house.register, content_of(area, part), by=by)

    def closed(self, release: str) -> list[ClosedCell]:
        scope = {"instrument": "toegangsscan", "meting": "2026", "doelgroep": "inwoner", "question": "ervaring"}
        return [ClosedCell("leeftijd", scope, {"area": OTHER, "leeftijd": "85+"}, "T1")]

    def find(self, key: DeliveryKey, number: str) -> str | None:
        return f"pseudoniem-{number}" if number.startswith("J") else None

    def enclosure(self, number: int, *, by: Actor) -> bytes:
        requests.enclose(self.house.register, number, rows=1, by=by)
        return b"%PDF-verzonnen"

    def refused(self, *, by: Actor) -> list[Refused]:
        areas = seen_areas(by, Act.QUARANTINE_GIVE_BACK) or ()
        return (
            [Refused("f" * 24, OWN, "2026-11-20", "2026-12-04", 12_000, [f"{OWN}/toegangsscan/2026"])]
            if OWN in areas
            else []
        )

    def take_back(self, number: str, *, by: Actor) -> bytes:
        if number not in [one.id for one in self.refused(by=by)]:
            raise InputRejected("quarantaine: deze aanlevering is er niet (meer)")
        return b"PK"

    def ask_rows(
        self, scope: str, purpose: str, public_key: bytes, first: Sequence[str], *, by: Actor
    ) -> MicrodataRequest:
        if b"PUBLIC" not in public_key:
            raise KeyRefused("dit is geen openbare sleutel")
        verdict = next(one for key, one in verdicts.latest_many(self.house.register).items() if key.scope == scope)
        part = Part(verdict.key, verdict.version, verdict.file_hash, verdict.policy_fingerprint)
        given = (Given(part, ("leeftijd", "ervaring"), "r" * 64),)
        content = MicrodataContent(scope, by.name, KEY, purpose, given, tuple(first))
        return microdata.ask(self.house.register, content, by=by)

    def risks(self, content: MicrodataContent) -> list[RowsRisk]:
        return [RowsRisk(str(one.part.key), 57, dict(RISK)) for one in content.given]

    def rows(self, scope: str, *, by: Actor) -> bytes:
        found = microdata.approved_for(self.house.register, scope, by=by)
        microdata.spend(self.house.register, found.id, found.content, counts={"rows": [57]}, by=by)
        return b"PK verzegeld"

    def destroy(self, number: int, *, by: Actor) -> Destruction:
        return retention.carry_out(self.house.register, number, Destroyer(self.gone), by=by)


EVIDENCE = {
    "summary": "Niemand is te zien.",
    "certificate": {"minimum": 10},
    "audit": {"cells": 400, "suppressed": 60, "attacks": ["optellen"]},
    "figures": {"cells": 666, "hidden": 107, "talks": False, "people": 122, "elsewhere": 0},
    "gate": [{"delivery": "x", "counts": {"persons": 60}}, {"delivery": "y", "counts": {"persons": 62}}],
}
"""What a worker attaches to a release beside its tables, in counts."""


def made_up(area: str) -> MartSource:
    ages = ["18-44"] * 20 + ["85+"] * 40
    more = 5 if area == OWN else 0
    found = source(area, {"ervaring": answers(eens=35 + more, oneens=25 - more), "leeftijd": ages})
    rows = found.records.tables["rows"]
    rows = rows.set_column(0, "pseudonym", pa.array([f"{area}{i}" for i in range(rows.num_rows)]))
    found.records.tables["rows"] = rows  # type: ignore[index]
    return found


def make_home(home: Path) -> Path:
    install(home, demo=True, mode="verwerker", administrator="beheerder", password="demo", gemeenten=[OWN, OTHER])
    listed = "code,name,province\n" + "".join(f"{code},{name},Oostland\n" for code, name in NAMES.items())
    (home / "gemeenten.csv").write_text(listed)
    settings = read_settings(home, {})
    change_settings(settings.places, gemeenten_file=str(home / "gemeenten.csv"), ner="none")
    with open_house(read_settings(home, {}), {}) as house:
        _fill(house)
    return home


def person(house: House, role: Role, area: str | None = None) -> Actor:
    return users.authenticate(house.register, demo_name(role, area), password="demo")


def _fill(house: House) -> None:
    officer = person(house, Role.PRIVACY_OFFICER)
    policy = next(one for one in policies.versions(house.register) if one.policy.codebook == "toegangsscan@2021.1")
    for area in (OWN, OTHER):
        _delivered(house, area, policy.fingerprint)
    _refused(house)
    _talks(house)
    _overlay(house, officer)
    _finding(house)
    _published(house)
    _open_contribution(house, policy.fingerprint)


def _delivered(house: House, area: str, policy: str, meting: str = "2026") -> Part:
    key = DeliveryKey(area, "toegangsscan", meting, "inwoner")
    manifest = {
        "gemeenten": [area], "instrument": "toegangsscan", "codebook": "toegangsscan@2021.1",
        "meting": {"name": meting, "start": f"{meting}-01-01", "end": f"{meting}-06-30"},
        "doelgroepen": {"inwoner": {"invited": 100, "population": 1000, "steekproef": "allen"}},
        "legal_basis": "6_1_a", "role_movisie": "ontvanger_van_tabellen", "notice": "brief",
        "notice_date": "2026-01-05", "recipients": ["Movisie"], "zichtbaar_voor": "deelnemers",
        "files": [{"path": "scan.csv"}],
    }  # fmt: skip
    given = NewDelivery(
        key, text_hash(str(key)), 60, f"object-{area}-{meting}", "key", manifest, source=f"{area} zending"
    )
    done = deliveries.accept(house.register, given, by=SYSTEM)
    mark = text_hash(f"{key}{done.version}")
    verdict = verdicts.Verdict(
        key, done.version, mark, True, counts={"persons": 60, "rows": 60}, policy_fingerprint=policy
    )
    verdicts.record(house.register, verdict, by=SYSTEM)
    return Part(key, done.version, mark, policy)


def _talks(house: House) -> None:
    """A klantreis that was read: two doubtful places and two texts of the sample, sealed as cleaning does."""
    key = DeliveryKey(OTHER, "klantreis", "2026", "client")
    given = NewDelivery(key, text_hash(str(key)), 12, "object-k", "key", {"codebook": "klantreis@1.0"})
    done = deliveries.accept(house.register, given, by=SYSTEM)
    rows = [
        ReviewRow(str(key), n, "finding", 4, 12, "PERSON", 0.3 + n / 10, "bij ", f"Verzonnen{n}", " gebeld")
        for n in range(2)
    ] + [ReviewRow(str(key), n, "finding", 0, 0, review.SAMPLE, 1.0, f"gelote tekst {n}", "", "") for n in range(2)]
    keep_rows(house, key, done.version, rows)


def keep_rows(house: House, key: DeliveryKey, version: int, rows: list[ReviewRow]) -> None:
    """Seal places and sampled texts, and put them on the officer's list."""
    house.keyring.ensure_scope(key.area, key.scope)
    with house.keyring.new_data_key(key.area, key.scope, "review") as data_key:
        path = house.places.review / key.area / f"{key}.v{version}.{data_key.id}.bin"
        write_atomic(path, seal(json.dumps([asdict(row) for row in rows]).encode(), data_key.key, path.name))
    doubts = [
        review.Doubt(key, version, row.label, "detector" if row.found else review.SAMPLE, row.score,
                     f"{path.name}#{n}")
        for n, row in enumerate(rows)
    ]  # fmt: skip
    review.add_many(house.register, doubts, by=SYSTEM)


def _refused(house: House) -> None:
    deliveries.refuse(
        house.register, Refusal(OTHER, text_hash("r"), SECRET_REASON, source=f"{OTHER} {NASTY}"), by=SYSTEM
    )
    work.add(house.register, OWN, "zending-x", by=person(house, Role.DATA_STEWARD, OWN))


def _overlay(house: House, officer: Actor) -> None:
    reference = "toegangsscan@2021.1"
    book = house.codebooks.get(reference)
    base = default_policy(book, house.codebooks.fingerprint(reference))
    stricter = base.model_copy(update={"id": "streng", "gemeente": OTHER, "min_group": 15})
    steward = person(house, Role.DATA_STEWARD, OTHER)
    draft = policies.save_draft(house.register, stricter, codebook=book, by=steward)
    policies.submit(house.register, draft.id, by=steward)


def _finding(house: House) -> None:
    new = findings.NewFinding(
        OTHER, "toegangsscan", "2026", "inwoner", f"De brief is moeilijk {NASTY}", ["a", "b", "c"], findings.TICKS
    )
    findings.add(house.register, new, by=person(house, Role.DATA_STEWARD, OTHER))


def content_of(area: str, part: Part) -> ContributionContent:
    return ContributionContent(area, (part,), ("Movisie",), Audience.DEELNEMERS, PREVIEW)


def _published(house: House) -> None:
    register, operator = house.register, person(house, Role.OPERATOR)
    numbers = []
    judged = verdicts.latest_many(register)
    for area in (OWN, OTHER):
        verdict = judged[DeliveryKey(area, "toegangsscan", "2026", "inwoner")]
        part = Part(verdict.key, verdict.version, verdict.file_hash, verdict.policy_fingerprint)
        one = contributions.prepare(register, content_of(area, part), by=operator)
        for act, role in ((contributions.RULES, Role.PRIVACY_OFFICER), (contributions.RELEASE, Role.PROCESEIGENAAR)):
            contributions.sign(register, one.id, act, seen=one.content_hash, by=person(house, role, area))
        numbers.append(one.id)
    with memory() as connection:
        build_marts(connection, RELEASE, [made_up(OWN), made_up(OTHER)], AREAS)
        asked = to_protect(connection, RELEASE)
        tables = published_tables(connection, asked, protect_primary_only(asked), answer_rules, AREAS)
    hashes = {"tables_hash": "t" * 64, "certificate_hash": "c" * 64}
    releases.prepare(register, RELEASE, numbers, audience=Audience.DEELNEMERS, recipients=["Movisie"], by=operator)
    offered = releases.attach(register, RELEASE, **hashes, evidence=EVIDENCE, by=operator)
    releases.submit(register, RELEASE, by=operator)
    second = person(house, Role.PRIVACY_OFFICER)
    releases.approve(register, RELEASE, seen=offered.content_hash or "", by=second)
    meta = ReleaseMeta(RELEASE, "Proef", "2026-11-22", Audience.DEELNEMERS, 10, "c" * 64, "0", ("Movisie",))
    files = write_release(tables, meta, house.places.published)
    write_reports(tables, meta, files.reports)
    releases.publish(register, RELEASE, **hashes, by=operator)


def _open_contribution(house: House, policy: str) -> None:
    for area in (OWN, OTHER):
        part = _delivered(house, area, policy, "2027")
        contributions.prepare(house.register, content_of(area, part), by=person(house, Role.OPERATOR))
