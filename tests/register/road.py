"""Helpers: the whole road through the register with made-up fingerprints."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from domain.contribution import ContributionContent, Part
from domain.delivery import DeliveryKey
from domain.instruments import Codebook
from domain.policy import Policy, default_policy
from domain.vocabulary import Audience
from register import contributions, deliveries, policies, releases, verdicts
from register.actors import SYSTEM, Actor
from register.store import Register
from register.words import text_hash
from storage.codebooks import Codebooks

CEO = "ceo_wmo@2016.1"


@cache
def books() -> Codebooks:
    return Codebooks(None)


def codebook(reference: str = CEO) -> Codebook:
    return books().get(reference)


def base_policy(reference: str = CEO, **changes: Any) -> Policy:
    policy = default_policy(codebook(reference), books().fingerprint(reference))
    return policy.model_copy(update=changes)


def approved(register: Register, policy: Policy, author: Actor, approver: Actor) -> policies.PolicyVersion:
    draft = policies.save_draft(register, policy, codebook=codebook(policy.codebook), by=author)
    policies.submit(register, draft.id, by=author)
    return policies.approve(register, draft.id, seen=draft.fingerprint, by=approver)


def key(area: str = "GM9001", meting: str = "2026", instrument: str = "ceo_wmo") -> DeliveryKey:
    return DeliveryKey(area, instrument, meting, "client")


def delivered(
    register: Register, name: DeliveryKey, *, content: str = "een", manifest: Mapping[str, Any] | None = None
) -> deliveries.Delivery:
    row = deliveries.NewDelivery(
        key=name, fingerprint=text_hash(f"{name}{content}"), rows=116, vault_object=f"object-{content}",
        data_key=f"key-{content}", manifest=manifest or {"gemeenten": [name.area], "recipients": ["Movisie"]},
    )  # fmt: skip
    return deliveries.accept(register, row, by=SYSTEM)


def checked(register: Register, delivery: deliveries.Delivery, policy: str, *, file: str = "staging") -> Part:
    assert delivery.key is not None
    mark = text_hash(f"{delivery.key}{delivery.version}{file}")
    verdict = verdicts.Verdict(delivery.key, delivery.version, mark, True, policy_fingerprint=policy)
    verdicts.record(register, verdict, by=SYSTEM)
    return Part(delivery.key, delivery.version, mark, policy)


def content(*parts: Part, audience: Audience = Audience.DEELNEMERS, preview: str = "voorbeeld") -> ContributionContent:
    return ContributionContent(parts[0].key.area, parts, ("Movisie",), audience, text_hash(preview))


def signed(
    register: Register, given: ContributionContent, *, steward: Actor, officer: Actor, eigenaar: Actor
) -> contributions.Contribution:
    one = contributions.prepare(register, given, by=steward)
    contributions.sign(register, one.id, contributions.RULES, seen=one.content_hash, by=officer)
    return contributions.sign(register, one.id, contributions.RELEASE, seen=one.content_hash, by=eigenaar)


def attached(register: Register, name: str, by: Actor = SYSTEM, tables: str = "tabellen") -> releases.Release:
    return releases.attach(
        register, name, tables_hash=text_hash(tables), certificate_hash=text_hash("certificaat"),
        evidence={"gate": "passed"}, by=by,
    )  # fmt: skip


HASHES = {"tables_hash": text_hash("tabellen"), "certificate_hash": text_hash("certificaat")}
