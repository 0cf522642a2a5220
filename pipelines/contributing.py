"""Station 6: what one gemeente gives, in fingerprints, with the preview that its officers sign."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from hashlib import sha256

import pyarrow as pa
from duckdb import DuckDBPyConnection

from anonymisation import disclosure
from anonymisation.disclosure import answers
from anonymisation.disclosure.advice import advise
from domain.contribution import ContributionContent
from domain.delivery import Manifest
from domain.errors import ReleaseRefused
from domain.release import Advice, History, Protected
from domain.vocabulary import Audience
from pipelines.checking import checked_files
from pipelines.house import House
from pipelines.sources import area_book, manifest_of, sources
from register import contributions
from register.actors import Actor
from register.contributions import Contribution
from storage.canonical import fingerprint
from storage.duck import memory
from warehouse.marts import build_marts
from warehouse.statistics import ToProtect, published_facts, published_tables, to_protect

_NARROWEST = list(Audience)
PREVIEW = "voorbeeld"
_MANY = 8
"""From this many previews other processes are worth the seconds they need to wake up."""


def prepare(house: House, areas: Iterable[str], meting: str | None, *, by: Actor) -> list[Contribution]:
    """Freeze the checked deliveries of each area (and meting) as a contribution that waits for two signatures.

    Raises ReleaseRefused when an area has nothing that passed the gate.
    """
    named = list(areas)
    if len(named) >= _MANY:
        house.hands.call()
    contents = list(house.hands.each(partial(content_of, meting=meting), named))
    return contributions.prepare_many(house.register, contents, by=by)


def content_of(house: House, area: str, meting: str | None) -> ContributionContent:
    """Everything the signatures of an area are over."""
    parts = [part for part in checked_files(house, area) if meting is None or part.key.meting == meting]
    if not parts:
        nothing = f"{area}: er is niets dat de controle heeft doorstaan; kijk"
        raise ReleaseRefused(f"{nothing} met 'toegangspeil status'", on_screen=f"{nothing} op de pagina Aanleveringen")
    manifests = [manifest_of(house, part) for part in parts]
    bare = ContributionContent(area, tuple(parts), _recipients(manifests), _audience(manifests), "")
    return ContributionContent(
        area, bare.parts, bare.recipients, bare.zichtbaar_voor, fingerprint(preview_digest(_digested(house, bare)))
    )


def preview(house: House, content: ContributionContent) -> dict[str, pa.Table]:
    """The protected tables of one contribution by itself: what could be shown if nobody else took part."""
    return _previewed(house, content)[0]


def preview_with_advice(house: House, content: ContributionContent) -> tuple[dict[str, pa.Table], tuple[Advice, ...]]:
    """The same, with what every approved merge would bring back: before anybody asks for a release."""
    tables, asked = _previewed(house, content)
    return tables, advise(asked.tables, asked.spec, asked.rules, along=asked.rules.merges)


def _previewed(house: House, content: ContributionContent) -> tuple[dict[str, pa.Table], ToProtect]:
    with _protected(house, content) as (connection, asked, found):
        return published_tables(connection, asked, found, answers, area_book(house)), asked


def _digested(house: House, content: ContributionContent) -> dict[str, pa.Table]:
    """What of the preview is signed: its facts."""
    with _protected(house, content) as (connection, asked, found):
        return published_facts(connection, asked, found, answers)


@contextmanager
def _protected(house: House, content: ContributionContent) -> Iterator[tuple[DuckDBPyConnection, ToProtect, Protected]]:
    """The marts of one contribution by itself, and what protect makes of them."""
    with memory(threads=1) as connection:
        build_marts(connection, PREVIEW, sources(house, [content]), area_book(house), house.codebooks)
        asked = to_protect(connection, PREVIEW)
        yield connection, asked, disclosure.protect(asked.tables, asked.spec, asked.rules, History.none())


def preview_digest(tables: Mapping[str, pa.Table]) -> dict[str, str]:
    """SHA-256 per table over its rows as text, so that it does not depend on how Arrow stores them."""
    return {name: _rows_digest(table) for name, table in sorted(tables.items()) if name.startswith("fact_")}


def _rows_digest(table: pa.Table) -> str:
    """Of every row in order, its values under their names; JSON because no value can look like two."""
    names = sorted(table.column_names)
    columns = [[str(value) for value in table[name].to_pylist()] for name in names]
    return sha256(json.dumps([names, columns], ensure_ascii=False).encode()).hexdigest()


def _recipients(manifests: Iterable[Manifest]) -> tuple[str, ...]:
    """Only who is named in every letter of the contribution."""
    named = [set(manifest.recipients) for manifest in manifests]
    return tuple(sorted(set.intersection(*named))) if named else ()


def _audience(manifests: Iterable[Manifest]) -> Audience:
    """The narrowest of what the deliveries allow."""
    return min((manifest.zichtbaar_voor for manifest in manifests), key=_NARROWEST.index)
