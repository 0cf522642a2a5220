"""A granted removal carried through vault and staging; the register keeps the plan, so that a kill loses nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pyarrow.compute as pc

from anonymisation.disclosure.history import touched
from anonymisation.disclosure.naming import scope_parts
from anonymisation.pseudonyms import pseudonym, receipt_pseudonym
from domain.errors import CannotCheck, KeyRefused, Refused
from domain.records import PseudonymisedRecords
from domain.release import EarlierCell, History
from ingest import vault
from pipelines.evidence import sweep_review
from pipelines.house import House
from pipelines.joining import delivered
from pipelines.outcomes import key_of
from pipelines.past import cell_name, history_of
from pipelines.persons import (
    cleaned_under,
    delivery_of,
    files_with,
    hers,
    in_vault,
    is_her,
    marks,
    people_of,
    records_of,
)
from pipelines.placing import book_of
from pipelines.staging import StagingFile, destroy, write_staging
from quality.gate import Subject, open_gate
from quality.subset import counts_without
from register import deliveries, removals, requests, verdicts
from register.actors import SYSTEM, Actor
from register.deliveries import Delivery
from register.removals import Counters, Removal, Rewritten, StoredObject, Zone
from register.requests import Request
from warehouse.definitions import answered
from warehouse.scopes import RESPONSE


def find(house: House, area: str, instrument: str, meting: str, typed: str) -> str | None:
    """Pseudonym of the person with this code or identifier; None when nobody can be found (art. 11 AVG).

    As her rows carry it; of what was accepted and not cleaned yet, as the vault knows her.
    """
    scope = deliveries.linked_scope(house.register, f"{area}/{instrument}/{meting}")
    if not typed.strip() or not house.keyring.has_scope(area, scope):
        return None
    key = house.keyring.purpose_key(area, scope, "pseudonym")
    tried = {pseudonym(typed, key=key, scope=scope), receipt_pseudonym(typed, key=key, scope=scope)}
    held = deliveries.linked(house.register, scope)
    for delivery in held:
        for file in files_with(house, delivery):
            for who in people_of(records_of(house, delivery, file).tables["rows"], tried):
                return who
    return next((who for delivery in held for who in sorted(tried) if in_vault(house, delivery, who)), None)


def remove(house: House, request: Request, *, by: Actor = SYSTEM) -> Removal:
    """Plan (once) and carry out a granted removal; started again it goes on where it was."""
    return _carry_out(house, request.id, _planned(house, request, by), by)


def _planned(house: House, request: Request, by: Actor) -> str:
    """Write down what goes; returns the scope. Nothing is touched before."""
    if request.pseudonym is None:
        raise KeyRefused("bij dit verzoek is niemand gevonden; stuur de brief over artikel 11")
    scope = deliveries.linked_scope(house.register, request.scope)
    objects = [
        item
        for delivery in deliveries.linked(house.register, scope)
        for item in _objects(house, delivery, request.pseudonym)
    ]
    counters = _counters(house, scope, request.pseudonym)
    removals.plan(house.register, request.id, objects, scope=scope, counters=counters, by=by)
    return scope


def carry_out_granted(house: House) -> None:
    """Finish removals that a kill left halfway, then do what was granted since. Before any sweep of unknown objects.

    One that cannot be planned holds up nobody: it stays granted, on the list of the operator. One that fails halfway
    stops everything: a sweep would destroy the copies that it already made.
    """
    for removal in removals.open_removals(house.register):
        _carry_out(house, removal.request, removal.scope, SYSTEM)
    for request in requests.to_remove(house.register):
        try:
            scope = _planned(house, request, SYSTEM)
        except (Refused, CannotCheck):
            continue
        _carry_out(house, request.id, scope, SYSTEM)


def _carry_out(house: House, request: int, scope: str, by: Actor) -> Removal:
    """Rows and snippets go; a kill before the sweep leaves snippets without a place, which daily tidying destroys."""
    done = removals.carry_out(house.register, request, _Rewriter(house, scope), by=by)
    sweep_review(house, scope.split("/", 1)[0])
    return done


@dataclass(frozen=True)
class _Rewriter:
    """Copies without one person, under new keys; every method may be called again."""

    house: House = field(repr=False)
    scope: str

    def rewrite(self, item: StoredObject, pseudonym: str) -> Rewritten:
        """A copy without the person, beside the old object; the register names which one holds."""
        delivery = delivery_of(self.house, item.delivery)
        if item.zone is Zone.VAULT:
            return self._vault(item, delivery, pseudonym)
        return self._staging(item, delivery, pseudonym)

    def destroy(self, item: StoredObject) -> None:
        """End the old object: its key first."""
        if item.zone is Zone.VAULT:
            old = vault.vault_object(item.area, item.object, item.data_key, self.house.places)
            vault.destroy(old, self.house.keyring)
            return
        for file in files_with(self.house, delivery_of(self.house, item.delivery)):
            if file.path.name == item.object:
                destroy(file, self.house.keyring)

    def _vault(self, item: StoredObject, delivery: Delivery, who: str) -> Rewritten:
        house = self.house
        stored = vault.vault_object(item.area, item.object, item.data_key, house.places)
        key = house.keyring.purpose_key(item.area, self.scope, "pseudonym")
        person = house.codebooks.get(str(delivery.manifest["codebook"])).person
        made, gone = stored, 0
        for column, mark in marks(house, delivery):
            if not gone:
                hit = partial(is_her, who, mark, key, self.scope)
                made, gone = vault.rewrite_without(
                    stored, house.places, house.keyring, column=column, gone=hit, person=person
                )
        if not gone:
            raise CannotCheck(f"verzoek: de persoon staat niet meer in het origineel van {item.key}; meld dit")
        return Rewritten(made.id, made.data_key_id, delivery.rows - gone)

    def _staging(self, item: StoredObject, delivery: Delivery, who: str) -> Rewritten:
        house = self.house
        (file,) = (file for file in files_with(house, delivery) if file.path.name == item.object)
        records = records_of(house, delivery, file)
        tables = {name: table.filter(pc.invert(hers(table, who))) for name, table in records.tables.items()}
        smaller = PseudonymisedRecords(
            records.key, records.codebook, tables, policy_fingerprint=records.policy_fingerprint
        )
        made = write_staging(file.path.parent, smaller, {}, file.version, house.keyring)
        return Rewritten(
            made.path.name,
            made.data_key,
            smaller.rows,
            {
                **_judged(house, delivery, file, records, smaller),
                "file_hash": made.hash,
                "policy_fingerprint": records.policy_fingerprint,
            },
        )


def _judged(
    house: House, delivery: Delivery, file: StagingFile, records: PseudonymisedRecords, smaller: PseudonymisedRecords
) -> dict[str, Any]:
    """The verdict over the copy: what the gate said of the judged file, when fewer rows cannot change it; else anew."""
    policy, _ = cleaned_under(house, delivery)
    codebook = house.codebooks.get(records.codebook)
    earlier = verdicts.latest(house.register, records.key)
    if earlier is not None and earlier.passed and earlier.file_hash == file.hash:
        counts = counts_without(Subject(records, codebook, policy), Subject(smaller, codebook, policy))
        if counts is not None:
            return {"passed": True, "failed": [], "counts": counts}
    verdict = open_gate(smaller, codebook=codebook, policy=policy, leftovers={})
    failed = [rule.sentence() for rule in verdict.failed]
    return {"passed": verdict.passed, "failed": failed, "counts": dict(verdict.counts)}


def _counters(house: House, scope: str, who: str) -> Counters:
    """Released cells that hold the person, each one left; counted before anything is erased.

    Only of releases in which her delivery took part: one that was late stands in none of their cells.
    """
    history = history_of(house)
    shown: dict[str, list[EarlierCell]] = {}
    for cell in history.cells:
        shown.setdefault(cell.release, []).append(cell)
    made_of = {release: delivered(house, release) for release in shown}
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for delivery in deliveries.linked(house.register, scope):
        took_part = [release for release, made in made_of.items() if key_of(delivery) in made]
        for file in files_with(house, delivery) if took_part else ():
            records = records_of(house, delivery, file)
            for release in took_part:
                cells = History(tuple(shown[release]))
                people = _codes(house, cells, delivery, records, who, book_of(house, release).parents())
                for _, cell_scope, key in touched(cells, people):
                    found.setdefault(release, {})[cell_name(cell_scope, key)] = (0, 1)
    return found


def _codes(
    house: House, history: History, delivery: Delivery, records: PseudonymisedRecords, who: str,
    areas: Iterable[tuple[str, str]],
) -> Iterable[tuple[str, Mapping[str, str]]]:  # fmt: skip
    """Per released scope of this meting the codes of the person, with every level above them.

    areas: (gemeente, area above it), of which a gemeente has more than one.
    """
    mine = records.tables["rows"].filter(hers(records.tables["rows"], who)).to_pylist()
    if not mine:
        return
    policy, _ = cleaned_under(house, delivery)
    codebook = house.codebooks.get(records.codebook)
    questions = [{RESPONSE, *answered(row, codebook, house.codebooks)} for row in mine]
    above: dict[str, list[str]] = {}
    for area, up in areas:
        above.setdefault(area, []).append(up)
    for cell in {cell.scope for cell in history.cells}:
        parts = scope_parts(cell)
        if (parts["instrument"], parts["meting"]) != (records.key.instrument, records.key.meting):
            continue
        for row, counted in zip(mine, questions, strict=True):
            if parts["question"] in counted:
                area, own = str(row["gemeente"]), {dim: row.get(dim) for dim in policy.breakdowns}
                codes = {dim: _climb(policy.hierarchies.get(dim, {}), code) for dim, code in own.items() if code}
                codes["area"] = [area, *above.get(area, ())]
                yield cell, {dim: "|".join(levels) for dim, levels in codes.items()}


def _climb(parents: Mapping[str, str], code: str) -> list[str]:
    found = [code]
    while code in parents and parents[code] not in found:
        code = parents[code]
        found.append(code)
    return found


def _objects(house: House, delivery: Delivery, who: str) -> Iterable[StoredObject]:
    """The objects of a delivery that hold the person."""
    key = key_of(delivery)
    if delivery.vault_object and delivery.data_key and in_vault(house, delivery, who):
        yield StoredObject(Zone.VAULT, key.area, delivery.id, str(key), delivery.vault_object, delivery.data_key)
    for file in files_with(house, delivery):
        if pc.any(hers(records_of(house, delivery, file).tables["rows"], who)).as_py():
            yield StoredObject(Zone.STAGING, key.area, delivery.id, str(key), file.path.name, file.data_key)
