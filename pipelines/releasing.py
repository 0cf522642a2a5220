"""Stations 7, 8 and 10 for one release: marts, protection with its certificate, publication."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from importlib.metadata import version

import pyarrow as pa

from anonymisation import disclosure
from anonymisation.disclosure.advice import advise
from anonymisation.disclosure.answers import rules as answers
from anonymisation.disclosure.certificate import officer_summary
from anonymisation.disclosure.certified import certified
from domain.contribution import Part
from domain.errors import ReleaseRefused
from domain.release import Protected
from domain.vocabulary import Audience
from pipelines import bundle, past
from pipelines.house import House
from pipelines.placing import book_for, book_of, moved
from pipelines.proof import evidence_of
from pipelines.sources import sources
from register import contributions, findings, releases
from register.actors import SYSTEM
from register.releases import Release, ReleaseState
from storage.canonical import fingerprint
from storage.duck import warehouse
from storage.lock import file_lock
from warehouse.counted_words import counted_in_words
from warehouse.exports import csv_bytes
from warehouse.marts import build_marts, people_counted, wipe_marts
from warehouse.onbekend import stays_as_printed
from warehouse.published import ReleaseMeta, for_audience, withdraw_release, write_release
from warehouse.sources import AreaBook
from warehouse.statistics import ApprovedFinding, ApprovedQuote, published_tables, to_advise, to_protect

PRODUCT = "Toegangspeil"


def build(house: House, name: str) -> Mapping[str, int]:
    """Tables of the approved breakdowns with real counts, from exactly the frozen contributions."""
    contents = [contribution.content for contribution in _frozen(house, name)]
    with file_lock(house.places.writer_lock), warehouse(house.places.warehouse) as connection:
        count = build_marts(
            connection, name, sources(house, contents), book_for(house, name), house.codebooks,
            history=past.history_before(house, name),
        )  # fmt: skip
    return {"deliveries": count, "contributions": len(contents)}


def protect_release(house: House, name: str) -> Mapping[str, int]:
    """Protect all tables of a release as one problem, seal them for the second person, attach their hashes.

    Raises DisclosureRefused when the audit finds one unsafe cell: nothing is attached then.
    """
    with file_lock(house.places.writer_lock), warehouse(house.places.warehouse) as connection:
        earlier = stays_as_printed(connection, name, past.history_before(house, name))
        asked = to_protect(connection, name, past.areas_before(house, name, earlier))
        found = disclosure.protect(asked.tables, asked.spec, asked.rules, earlier)
        merged, spec, along = to_advise(connection, asked)
        advice = advise(merged, spec, asked.rules, earlier, along=along)
        approved = _approved_words(house, name)
        tables = published_tables(
            connection, asked, found, answers, book_for(house, name), findings=approved[0], quotes=approved[1],
            earlier=past.figures_of(house, name), history=earlier,
        )  # fmt: skip
        people = people_counted(connection, name)
        said = [*moved(house, name), *counted_in_words(connection, name, tables, answers, asked.rules.minimum)]
    release = releases.get(house.register, name)
    proof = certified(found.certificate, for_audience(tables, release.audience))
    found = replace(found, certificate=proof, officer_summary=officer_summary(proof, found.evidence))
    bundle.write(house, name, tables, found, asked)
    audience = release.audience.value
    past.note(house, name, found, asked.spec, tables, certificate=certificate_hash(found), audience=audience)
    releases.attach(
        house.register,
        name,
        tables_hash=tables_hash(tables),
        certificate_hash=certificate_hash(found),
        evidence=evidence_of(house, found, advice, _parts(house, name), tables, said, people),
        by=SYSTEM,
    )
    return {"tables": len(tables), "cells": found.audit.cells, "suppressed": found.audit.suppressed}


def publish(house: House, name: str) -> Mapping[str, int]:
    """Put an approved release where its readers look; finishing a killed publication gives the same files.

    Last of all the sealed bundle is wiped: with it the real counts behind the release are gone.
    """
    from warehouse.reports import write_reports

    release = releases.get(house.register, name)
    if release.state is ReleaseState.PUBLISHED and not bundle.exists(house, name):
        return {"tables": 0, "reports": 0}
    prepared = bundle.read(house, name)
    mark, proof = tables_hash(prepared.tables), prepared.certificate_hash
    if release.published_at is None:
        release = releases.check_publishable(house.register, name, tables_hash=mark, certificate_hash=proof)
    meta = _meta(house, release, prepared)
    with file_lock(house.places.writer_lock):
        files = write_release(prepared.tables, meta, house.places.published)
        (files.folder / "certificate.json").write_bytes(prepared.certificate)
        reports = write_reports(prepared.tables, meta, files.reports, _together(book_of(house, name)))
        past.settle(house, name)
        releases.publish(house.register, name, tables_hash=mark, certificate_hash=proof)
        wipe_marts(house.places.warehouse, [name])
        bundle.wipe(house, name)
    return {"tables": len(prepared.tables), "reports": len(reports)}


def withdraw(house: House, name: str) -> list[str]:
    """End the availability of a release that the register says is withdrawn."""
    release = releases.get(house.register, name)
    if release.withdrawn_at is None:
        raise ReleaseRefused(f"uitgave {name} is nog niet ingetrokken; trek de uitgave eerst in, met een reden")
    with file_lock(house.places.writer_lock):
        return withdraw_release(house.places.published, name, on=release.withdrawn_at[:10])


def tables_hash(tables: Mapping[str, pa.Table]) -> str:
    """One fingerprint over every published table, as its CSV bytes."""
    return fingerprint({name: sha256(csv_bytes(table)).hexdigest() for name, table in sorted(tables.items())})


def certificate_hash(found: Protected) -> str:
    """Fingerprint of the certificate's canonical form."""
    return fingerprint(found.certificate.as_dict())


def _frozen(house: House, name: str) -> list[contributions.Contribution]:
    release = releases.get(house.register, name)
    return contributions.frozen(house.register, [number for number, _ in release.contributions])


def _approved_words(house: House, name: str) -> tuple[list[ApprovedFinding], list[ApprovedQuote]]:
    """Findings and quotes that officers approved for the deliveries of this release."""
    found: list[ApprovedFinding] = []
    quotes: list[ApprovedQuote] = []
    for area, instrument, meting in _metingen(house, name):
        rows = findings.publishable(house.register, area, instrument, meting, house.register.clock())
        for row in rows:
            if row.kind is findings.FindingKind.QUOTE and row.expires_at is not None:
                expires = date.fromisoformat(row.expires_at[:10])
                quotes.append(ApprovedQuote(f"Q{row.id}", area, instrument, meting, row.text, expires))
            else:
                found.append(ApprovedFinding(f"F{row.id}", area, instrument, meting, row.text, row.phase or None))
    return found, quotes


def _metingen(house: House, name: str) -> list[tuple[str, str, str]]:
    return sorted({(part.key.area, part.key.instrument, part.key.meting) for part in _parts(house, name)})


def _parts(house: House, name: str) -> list[Part]:
    return [part for contribution in _frozen(house, name) for part in contribution.content.parts]


def _together(book: AreaBook) -> Mapping[str, Sequence[str]]:
    """Of every verband the names of its gemeenten."""
    known = book.gemeenten
    return {
        code: sorted((known[member].name if member in known else member for member in one.members), key=str.casefold)
        for code, one in known.items()
        if one.members
    }


def _meta(house: House, release: Release, prepared: bundle.Prepared) -> ReleaseMeta:
    audience = release.audience if release.audience is Audience.OPENBAAR else Audience.DEELNEMERS
    return ReleaseMeta(
        release.name,
        f"{PRODUCT} {release.name}",
        (release.published_at or house.today.isoformat())[:10],
        audience,
        json.loads(prepared.certificate)["minimum"],
        prepared.certificate_hash,
        version("toegangspeil"),
        release.recipients,
    )
