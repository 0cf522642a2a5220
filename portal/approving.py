"""The five sentences of a contribution and of a release, and signing under them: the same for pages and commands."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from domain.contribution import ContributionContent, Part
from domain.delivery import Manifest, read_manifest
from domain.errors import ReleaseRefused
from portal.evidence import Evidence
from portal.sentences import Letters, Sentence, all_true, five, five_of_release
from portal.speech import _
from register import contributions, deliveries, releases
from register.actors import Actor
from register.contributions import Contribution
from register.findings import along
from register.permissions import Act
from register.releases import Release
from register.store import Register

NameOf = Callable[[str], str]
_NOT_YET = _("nog niet alle vijf zinnen zijn waar")


def sign(register: Register, number: int, act: Act, *, seen: str, by: Actor, evidence: Evidence | None) -> Contribution:
    """One signature under a contribution, over exactly what was seen; raises ReleaseRefused before all five sentences
    are true. evidence: None while it is still being measured.
    """
    found = contributions.get(register, number)
    if evidence is None or not all_true(sentences_of_contribution(register, found, evidence)):
        raise ReleaseRefused(_("{not_yet}; bekijk de bijdrage opnieuw", not_yet=_NOT_YET))
    return contributions.sign(register, number, act, seen=seen, by=by)


def sentences_of_contribution(
    register: Register, found: Contribution, evidence: Evidence, name_of: NameOf = str
) -> list[Sentence]:
    """The five sentences as they are now; whether they are true does not hang on names."""
    content = found.content
    return five(
        name_of(found.area), content.recipients, content.zichtbaar_voor, manifests_of(register, content.parts),
        along(register, content.parts), evidence,
    )  # fmt: skip


def approve(register: Register, name: str, *, seen: str, by: Actor) -> Release:
    """The second person approves what she saw; raises ReleaseRefused before all five sentences are true."""
    if not all_true(sentences_of(register, releases.get(register, name))):
        raise ReleaseRefused(
            _("{not_yet}; bekijk de uitgave opnieuw in het portaal", not_yet=_NOT_YET),
            on_screen=_("{not_yet}; bekijk de uitgave opnieuw", not_yet=_NOT_YET),
        )
    return releases.approve(register, name, seen=seen, by=by)


def sentences_of(register: Register, found: Release, name_of: NameOf = str) -> list[Sentence]:
    """The five sentences over all contributions in a release; whether they are true does not hang on names."""
    numbers = {number for number, _content in found.contributions}
    held = [one.content for one in contributions.list_contributions(register) if one.id in numbers]
    return five_of_release(
        [name_of(area) for area in found.areas], found.recipients, found.audience,
        letters_of(register, held, name_of), along(register, (part for one in held for part in one.parts)),
        found.evidence,
    )  # fmt: skip


def letters_of(register: Register, held: Sequence[ContributionContent], name_of: NameOf) -> Letters:
    """Per gemeente or verband the manifests of all that it gives."""
    parts = [part for one in held for part in one.parts]
    found: dict[str, list[Manifest | None]] = defaultdict(list)
    for part, manifest in zip(parts, manifests_of(register, parts), strict=True):
        found[name_of(part.key.area)].append(manifest)
    return dict(sorted(found.items()))


def manifests_of(register: Register, parts: Sequence[Part]) -> list[Manifest | None]:
    """The manifest of each delivery; None for one that was replaced since, and then nobody can sign."""
    standing = deliveries.current_many(register, [part.key for part in parts])
    found = [standing.get(part.key) for part in parts]
    return [
        read_manifest(dict(one.manifest)) if one and one.version == part.version and one.manifest else None
        for part, one in zip(parts, found, strict=True)
    ]
