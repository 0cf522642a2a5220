"""Station 5 for a list of deliveries: pending files in, verdict rows out, passed files renamed to checked."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from domain.contribution import Part
from domain.delivery import DeliveryKey
from domain.errors import PolicyRefused
from domain.records import CheckedRecords
from pipelines.cleaning import approved
from pipelines.house import House
from pipelines.outcomes import Outcome, attempt, key_of
from pipelines.staging import StagingFile, destroy, files_of, read_staging
from quality.gate import Gate, Subject, Verdict
from register import deliveries, verdicts
from register.actors import SYSTEM
from register.deliveries import Delivery

_ROWS_AT_ONCE = 200_000


@dataclass(frozen=True)
class _Waiting:
    """A pending file that is opened and ready to be judged."""

    file: StagingFile
    subject: Subject = field(repr=False)


def check(house: House, keys: Iterable[DeliveryKey]) -> list[Outcome]:
    """Judge every pending file; a closed gate of one does not hold up its neighbours."""
    standing = deliveries.current_many(house.register, keys)
    gate = Gate()
    outcomes: list[Outcome] = []
    for chunk in _chunks([standing[key] for key in sorted(standing)]):
        opened: list[_Waiting] = []
        for delivery in chunk:
            found, refused = attempt(key_of(delivery), partial(_opened, house, delivery))
            opened += found
            outcomes += refused
        outcomes += _judged(house, gate, opened)
    return outcomes


def finish_moves(house: House) -> int:
    """Move files that passed while a kill came between their verdict and their move; returns how many."""
    passed = [verdict for verdict in verdicts.latest_many(house.register).values() if verdict.passed]
    late = [
        file
        for verdict in passed
        for file in files_of(house.places.pending_of(verdict.key.area), verdict.key, verdict.version)
        if file.hash == verdict.file_hash
    ]
    for file in late:
        _promote(house, file)
    return len(late)


def checked_records(house: House, key: DeliveryKey, version: int, staging_hash: str) -> CheckedRecords | None:
    """What marts may read of a key: the checked file with exactly this hash and a passing verdict row; else None."""
    verdict = verdicts.latest(house.register, key)
    delivery = deliveries.current(house.register, key)
    if verdict is None or delivery is None or not verdict.passed or verdict.file_hash != staging_hash:
        return None
    codebook, mark = str(delivery.manifest["codebook"]), verdict.policy_fingerprint
    for file in files_of(house.places.checked_of(key.area), key, version):
        if file.hash == staging_hash:
            records, _ = read_staging(file, house.keyring, codebook=codebook)
            return CheckedRecords(key, codebook, records.tables, policy_fingerprint=mark, file_hash=staging_hash)
    return None


def checked_files(house: House, area: str) -> list[Part]:
    """What stands of an area in checked staging: newest versions with a passing verdict on exactly that file."""
    standing = deliveries.current_many(house.register, area=area)
    found = verdicts.latest_many(house.register, standing)
    return [
        Part(key, row.version, found[key].file_hash, found[key].policy_fingerprint)
        for key, row in sorted(standing.items())
        if key in found and found[key].passed and found[key].version == row.version
    ]


def _opened(house: House, delivery: Delivery) -> list[_Waiting]:
    """The pending file of a delivery, or nothing when it was judged before."""
    key = key_of(delivery)
    reference = str(delivery.manifest["codebook"])
    policy, mark = approved(house, key.area, reference, key.instrument)
    waiting = []
    for file in files_of(house.places.pending_of(key.area), key, delivery.version):
        records, leftovers = read_staging(file, house.keyring, codebook=reference)
        if records.policy_fingerprint != mark:  # a second person decided between the cleaning and this look
            raise PolicyRefused(
                "de regels zijn veranderd tijdens het schoonmaken; de volgende verwerking begint opnieuw"
            )
        waiting.append(_Waiting(file, Subject(records, house.codebooks.get(reference), policy, leftovers)))
    return waiting


def _judged(house: House, gate: Gate, waiting: list[_Waiting]) -> list[Outcome]:
    if not waiting:
        return []
    found = gate.verdicts([one.subject for one in waiting])
    rows = [_row(one, verdict) for one, verdict in zip(waiting, found, strict=True)]
    verdicts.record_many(house.register, rows, by=SYSTEM)
    for one, verdict in zip(waiting, found, strict=True):
        if verdict.passed:
            _promote(house, one.file)
    return [
        Outcome(one.file.key, dict(verdict.counts), verdict.reason())
        for one, verdict in zip(waiting, found, strict=True)
    ]


def _row(one: _Waiting, verdict: Verdict) -> verdicts.Verdict:
    return verdicts.Verdict(
        one.file.key,
        one.file.version,
        one.file.hash,
        verdict.passed,
        tuple(rule.sentence() for rule in verdict.failed),
        dict(verdict.counts),
        verdict.policy_fingerprint,
    )


def _promote(house: House, file: StagingFile) -> None:
    """Rename to checked; earlier checked files of the key stay while a release may stand on them."""
    target = file.checked_path(house.places)
    target.parent.mkdir(parents=True, exist_ok=True)
    for old in files_of(target.parent, file.key, file.version):
        destroy(old, house.keyring)
    os.replace(file.path, target)


def _chunks(found: list[Delivery]) -> Iterator[list[Delivery]]:
    """Deliveries that are judged together: as many as fit in memory, because each judgement has a fixed cost."""
    chunk: list[Delivery] = []
    for delivery in found:
        if chunk and sum(one.rows for one in chunk) + delivery.rows > _ROWS_AT_ONCE:
            yield chunk
            chunk = []
        chunk.append(delivery)
    if chunk:
        yield chunk
