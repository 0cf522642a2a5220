"""Stations 3 and 4 for a list of deliveries: vault objects in, sealed pending files out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import partial

from anonymisation.pseudonyms import pseudonym_scope
from anonymisation.spans import Label
from anonymisation.station import CleanedDelivery, clean_delivery
from domain.consent import Standing
from domain.delivery import DeliveryKey
from domain.instruments import Codebook
from domain.policy import Policy
from domain.records import RawRecords
from domain.vocabulary import ColumnClass, Purpose, Treatment
from ingest import vault
from pipelines.evidence import keep_consents, keep_review
from pipelines.house import House
from pipelines.outcomes import Outcome, attempt, key_of
from pipelines.staging import write_pending
from register import consents, deliveries, policies, verdicts
from register.actors import SYSTEM
from register.deliveries import Delivery

NO_FILE = ""
"""The file hash of a verdict over a delivery that could not be cleaned: it passes nothing and is tried again."""
BSN_GONE = "in de open antwoorden stond een BSN, dat haalden wij weg"
"""Behind a delivery; without a number, so that a second reading under other rules says the same."""


def clean(house: House, keys: Iterable[DeliveryKey]) -> list[Outcome]:
    """Clean every accepted delivery; a refusal of one does not hold up its neighbours."""
    standing = _to_clean(house, keys)
    done = house.hands.each(_clean_together, _by_scope(standing))
    outcomes = sorted((one for some in done for one in some), key=lambda outcome: outcome.key)
    _record_refusals(house, outcomes, standing)
    _tell_of_numbers(house, outcomes, standing)
    return outcomes


def _record_refusals(house: House, outcomes: Iterable[Outcome], standing: Mapping[DeliveryKey, Delivery]) -> None:
    """A verdict per refusal that is new: what is tried again at every look says nothing new in the ledger."""
    refused = {one.key: (standing[one.key].version, NO_FILE, (one.refusal,)) for one in outcomes if one.refusal}
    known = {
        key: (v.version, v.file_hash, v.failed) for key, v in verdicts.latest_many(house.register, refused).items()
    }
    new = [
        verdicts.Verdict(key, version, file, False, failed)
        for key, (version, file, failed) in refused.items()
        if known.get(key) != (version, file, failed)
    ]
    verdicts.record_many(house.register, new, by=SYSTEM)


def _tell_of_numbers(house: House, outcomes: Iterable[Outcome], standing: Mapping[DeliveryKey, Delivery]) -> None:
    """Who delivered and the officer hear that residents wrote a BSN in an open answer, and that it is gone."""
    for one in outcomes:
        if one.counts.get(f"found_{Label.BSN}", 0):
            deliveries.add_notice(house.register, standing[one.key].id, BSN_GONE, by=SYSTEM)


def _to_clean(house: House, keys: Iterable[DeliveryKey]) -> dict[DeliveryKey, Delivery]:
    """Versions that stand, without those that were judged already and whose raw data or correction did not make it.

    A refused correction touches nothing: cleaning the standing version again would void what was signed over it.
    """
    found = deliveries.current_many(house.register, keys)
    judged = {
        (key, v.version) for key, v in verdicts.latest_many(house.register, found).items() if v.file_hash != NO_FILE
    }
    newest = {row.key: row.id for row in deliveries.list_all(house.register) if row.key in found}
    return {
        key: one
        for key, one in found.items()
        if (key, one.version) not in judged or (one.vault_object and newest[key] == one.id)
    }


def _by_scope(standing: Mapping[DeliveryKey, Delivery]) -> list[list[Delivery]]:
    """Deliveries with the same pseudonyms stay together, in order: what people said in one counts for the next."""
    groups: dict[str | None, list[Delivery]] = {}
    for key in sorted(standing):
        groups.setdefault(standing[key].scope, []).append(standing[key])
    return list(groups.values())


def _clean_together(house: House, together: Sequence[Delivery]) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for one in together:
        found, refused = attempt(key_of(one), partial(_cleaned, house, one))
        outcomes += [*found, *refused]
    return outcomes


def approved(house: House, area: str, codebook: str, instrument: str) -> tuple[Policy, str]:
    """The approved policy of an area for a codebook, with its fingerprint; raises PolicyRefused."""
    mark = house.codebooks.fingerprint(codebook)
    return policies.approved_policy(house.register, area, instrument, codebook, mark, house.register.clock())


def _cleaned(house: House, delivery: Delivery) -> list[Outcome]:
    key = key_of(delivery)
    stored = vault.vault_object(key.area, delivery.vault_object or "", delivery.data_key or "", house.places)
    raw = vault.load(stored, house.keyring)
    cleaned = _clean_one(house, raw)
    keep_consents(house, raw, cleaned, delivery.fingerprint)
    keep_review(house, key, delivery.version, cleaned)
    write_pending(cleaned.records, cleaned.leftovers, delivery.version, house.places, house.keyring)
    counts = {"rows": cleaned.records.rows, "removed_rows": cleaned.removed.rows}
    return [Outcome(key, {**counts, **{f"found_{label}": n for label, n in sorted(cleaned.tally.items())}})]


def _clean_one(house: House, raw: RawRecords) -> CleanedDelivery:
    codebook = house.codebooks.get(raw.codebook)
    policy, mark = approved(house, raw.key.area, raw.codebook, raw.key.instrument)
    scope = pseudonym_scope(raw.key, raw.manifest)
    house.keyring.ensure_scope(raw.key.area, scope)
    return clean_delivery(
        raw,
        codebook=codebook,
        policy=policy,
        policy_fingerprint=mark,
        pseudonym_key=house.keyring.purpose_key(raw.key.area, scope, "pseudonym"),
        tombstones=consents.removed(house.register, scope),
        consent=partial(_standing, house, scope),
        detector=house.detector_for(raw.key.area) if _has_text(raw, codebook, policy) else None,
        cut_off=house.today,
        surrogate_key=house.keyring.purpose_key(raw.key.area, scope, "surrogate"),
        processes=house.settings.processes,
    )


def _has_text(raw: RawRecords, codebook: Codebook, policy: Policy) -> bool:
    """Whether any delivered column is to be cleaned: only then is the detector worth its start-up."""
    return any(
        column in raw.tables[table].column_names and policy.rule_of(table, column).do is Treatment.CLEAN_TEXT
        for table in raw.tables
        for column in codebook.columns_of(ColumnClass.TEXT, table=table)
    )


def _standing(house: House, scope: str, purpose: Purpose, on: date) -> Mapping[str, bool]:
    """What the register holds for everybody in a scope; a withdrawal or an expired consent is a no."""
    at = datetime.combine(on, time.max, tzinfo=UTC)
    found = consents.standings_at(house.register, scope, purpose, at)
    return {pseudonym: standing is Standing.GIVEN for pseudonym, standing in found.items()}
