"""From contributions to what the marts read: checked records with their codebook, policy and figures."""

from collections.abc import Iterable, Iterator

from domain.contribution import ContributionContent, Part
from domain.delivery import Manifest, read_manifest
from domain.errors import ReleaseRefused
from pipelines.checking import checked_records
from pipelines.cleaning import approved
from pipelines.house import House
from pipelines.sharing import shareable
from register import deliveries
from warehouse.sources import AreaBook, MartSource


def sources(house: House, contents: Iterable[ContributionContent]) -> Iterator[MartSource]:
    """One source per frozen delivery, opened one at a time.

    Who did not consent to sharing is left out of what goes outside the gemeente.
    Raises ReleaseRefused when a file is not the one that was checked and signed.
    """
    for content in contents:
        for part in content.parts:
            yield _source(house, part, outside=content.goes_outside)


def manifest_of(house: House, part: Part) -> Manifest:
    """The manifest under which a part was delivered."""
    delivery = deliveries.current(house.register, part.key)
    if delivery is None or delivery.version != part.version:
        raise ReleaseRefused(f"{part.key}: er is een nieuwere aanlevering; zet de bijdrage opnieuw klaar")
    return read_manifest(dict(delivery.manifest))


def area_book(house: House) -> AreaBook:
    """Every gemeente and verband that a release may name."""
    return AreaBook(house.gemeenten)


def _source(house: House, part: Part, *, outside: bool) -> MartSource:
    manifest = manifest_of(house, part)
    records = checked_records(house, part.key, part.version, part.staging_hash)
    if records is None or records.policy_fingerprint != part.policy_fingerprint:
        raise ReleaseRefused(
            f"{part.key}: het gecontroleerde bestand is niet meer hetzelfde; zet de bijdrage opnieuw klaar"
        )
    codebook = house.codebooks.get(manifest.codebook)
    if outside:
        records = shareable(house, records, manifest, codebook)
    policy, _ = approved(house, part.key.area, manifest.codebook, part.key.instrument)
    return MartSource(records, codebook, policy, manifest.figures_of(part.key), manifest.meting)
