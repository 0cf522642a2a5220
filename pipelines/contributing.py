"""Station 6: what one gemeente gives, in fingerprints, with the preview that its officers sign.

The preview holds what no release printed yet; what one did print stays as it was (T10), and was signed then.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from hashlib import sha256

import pyarrow as pa
from duckdb import DuckDBPyConnection

from anonymisation import disclosure
from anonymisation.disclosure.answers import rules as answers
from domain.contribution import ContributionContent, studies
from domain.delivery import AREA, Manifest
from domain.errors import ReleaseRefused, WrongUsage
from domain.release import History, Protected
from domain.vocabulary import Audience
from pipelines.checking import checked_files
from pipelines.house import House
from pipelines.past import Shown, shown_of
from pipelines.sources import area_book, manifest_of, sources
from register import contributions, releases
from register.actors import Actor
from register.contributions import Contribution, ContributionState
from register.releases import ReleaseState
from storage.canonical import fingerprint
from storage.duck import memory
from warehouse.marts import build_marts
from warehouse.onbekend import stays_as_printed
from warehouse.statistics import ToProtect, published_facts, to_protect

_NARROWEST = list(Audience)
PREVIEW = "voorbeeld"
_MANY = 8
"""From this many previews other processes are worth the seconds they need to wake up."""


def prepare(house: House, areas: Iterable[str], meting: str | None, *, by: Actor) -> list[Contribution]:
    """Freeze the checked deliveries of each area (and meting) as a contribution that waits for two signatures.

    Raises WrongUsage for what is no code of an area, ReleaseRefused when an area has nothing that passed the gate.
    """
    named = list(areas)
    if not all(map(AREA.fullmatch, named)):
        raise WrongUsage("schrijf een gemeente als GM en vier cijfers, een samenwerkingsverband als SV en vier cijfers")
    if len(named) >= _MANY:
        house.hands.call()
    contents = list(house.hands.each(partial(content_of, meting=meting), named))
    return contributions.prepare_many(house.register, contents, by=by)


def content_of(house: House, area: str, meting: str | None) -> ContributionContent:
    """Everything the signatures of an area are over."""
    parts = [part for part in checked_files(house, area) if meting is None or part.key.meting == meting]
    if not parts:
        what = f"{area}, meting {meting}" if meting else area
        nothing = f"{what}: er is niets dat de controle heeft doorstaan; kijk"
        raise ReleaseRefused(f"{nothing} met 'toegangspeil status'", on_screen=f"{nothing} op de pagina Aanleveringen")
    manifests = [manifest_of(house, part) for part in parts]
    content = ContributionContent(area, tuple(parts), _recipients(manifests), _audience(manifests), "")
    content = replace(content, repeats=_printed_already(house, content))
    return replace(content, preview_hash=preview_hash(house, content))


def preview_hash(house: House, content: ContributionContent) -> str:
    """What is signed of the figures: the facts that no release printed yet, as they could be shown now.

    Of people who were counted in an earlier print, beside that print.
    """
    fresh = replace(content, parts=content.fresh, repeats={}) if content.fresh else None
    facts = _facts(house, fresh) if fresh else {}
    return fingerprint(preview_digest(facts))


def _printed_already(house: House, content: ContributionContent) -> dict[str, str]:
    """Studies of which a release that can be read printed exactly these deliveries, with the last that did."""
    now = studies(content.parts)
    found: dict[str, str] = {}
    for one in _published(house, content.area):
        release = releases.get(house.register, one.release or "")
        if release.state is ReleaseState.PUBLISHED and one.content.goes_outside == content.goes_outside:
            then = studies(one.content.parts)
            found |= {study: release.name for study, parts in now.items() if then.get(study) == parts}
    return found


def _published(house: House, area: str) -> list[Contribution]:
    return contributions.list_contributions(house.register, area=area, states=[ContributionState.PUBLISHED])


def _facts(house: House, content: ContributionContent) -> dict[str, pa.Table]:
    """The facts of a contribution by itself, beside what was shown if a release had other deliveries of its studies."""
    now = studies(content.parts)
    before = (studies(one.content.parts) for one in _published(house, content.area))
    other = any(then.get(study, parts) != parts for then in before for study, parts in now.items())
    shown = shown_of(house, content.area, content.parts) if other else Shown()
    with _protected(house, content, shown) as (connection, asked, found, history):
        return published_facts(connection, asked, found, answers, earlier=shown.figures, history=history)


@contextmanager
def _protected(
    house: House, content: ContributionContent, shown: Shown
) -> Iterator[tuple[DuckDBPyConnection, ToProtect, Protected, History]]:
    """The marts of one contribution by itself, what protect makes of them, and the history that it got."""
    with memory(threads=1) as connection:
        every = sources(house, [content])
        build_marts(connection, PREVIEW, every, area_book(house), house.codebooks, history=shown.history)
        history = stays_as_printed(connection, PREVIEW, shown.history)
        asked = to_protect(connection, PREVIEW)
        yield connection, asked, disclosure.protect(asked.tables, asked.spec, asked.rules, history), history


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
