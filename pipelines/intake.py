"""Stations 1 and 2: folders in the inbox read, checked and put in the vault; or refused into quarantine."""

import hmac
import os
import re
import shutil
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from domain.delivery import DeliveryKey, read_manifest
from domain.errors import CannotCheck, InputRejected, KeyRefused, Refused, WrongUsage, unforeseen
from ingest import drafts, quarantine, vault
from ingest.intake import Intake, content_fingerprint, read_delivery
from ingest.manifest import NAME
from ingest.own_words import check_meting, check_words, for_register
from ingest.parallel import each
from pipelines.house import House
from pipelines.inbox import INBOX_AREA, LOOSE, Folder, folders
from pipelines.outcomes import Outcome
from register import deliveries, policies
from register.actors import SYSTEM, Actor
from register.deliveries import NewDelivery, Refusal
from register.permissions import Act, check
from storage.canonical import fingerprint
from storage.yaml import read_yaml

INBOX_SCOPE = f"{INBOX_AREA}/inbox"
_OURS = re.compile(rf"(?:zending-|{LOOSE})[0-9a-f]{{12}}")
"""Names of folders that we made: chance, which the portal finds back by its hash."""


def take_in(house: House, keys: Iterable[DeliveryKey]) -> list[Outcome]:
    """Read every folder that fills one of these keys: whole into the vault, or whole into quarantine."""
    wanted = set(keys)
    chosen = [folder for folder in folders(house.places) if wanted & set(folder.keys)]
    return [one for taken in house.hands.each(_taken_together, together(chosen)) for one in taken]


def together(chosen: Iterable[Folder]) -> list[list[Folder]]:
    """Folders that fill the same key stay together, in their order: the later one is the correction."""
    groups: list[list[Folder]] = []
    of: dict[DeliveryKey, list[Folder]] = {}
    for folder in chosen:
        mine: list[Folder] = []
        for before in {id(of[key]): of[key] for key in folder.keys if key in of}.values():
            groups.remove(before)
            mine += before
        mine.append(folder)
        groups.append(mine)
        of |= dict.fromkeys((key for one in mine for key in one.keys), mine)
    return groups


def _taken_together(house: House, some: Iterable[Folder]) -> list[Outcome]:
    return [outcome for folder in some for outcome in _taken(house, folder)]


def refuse_unreadable(house: House) -> int:
    """Folders whose manifest cannot be read, or whose key may name somebody, go to quarantine; returns how many.

    Comes before their keys reach any list: a refusal for its name is recorded without the key.
    """
    found = [(folder, _manifest_problem(house, folder)) for folder in folders(house.places)]
    refused = [(folder, problem) for folder, problem in found if problem is not None]
    for folder, problem in refused:
        _refuse(house, replace(folder, keys=()), problem)
    return len(refused)


def skip_known(house: House) -> int:
    """Folders with exactly the content of an accepted delivery are said and erased; returns how many."""
    again = [
        f for f in folders(house.places) if f.keys and deliveries.already_delivered(house.register, _mark(house, f))
    ]
    for folder in again:
        vault.erase_original(folder.path)
    return len(again)


def stamps(house: House) -> dict[str, str]:
    """Per waiting key a mark of its content, so that a sensor asks once for the same files."""
    return {str(key): _mark(house, folder)[:16] for folder in folders(house.places) for key in folder.keys}


def sweep(house: House) -> int:
    """Vault objects that no delivery points to (a killed run left them) are destroyed; returns how many."""
    known = {row.data_key for row in deliveries.list_all(house.register) if row.data_key}
    areas = [folder.name for folder in house.places.vault.iterdir()]
    return sum(vault.sweep(area, known, house.places, house.keyring) for area in areas)


def put_in_inbox(house: House, files: list[Path], manifest: Path | None, by: Actor) -> tuple[str, str]:
    """Copy files and manifest to a new folder in the inbox, complete at once; returns area and folder name."""
    source = files[0] if manifest is None and len(files) == 1 and files[0].is_dir() else None
    described = source / NAME if source else manifest
    if described is None:
        raise WrongUsage("geef met --manifest de delivery.yaml, of één map waar alles in zit")
    areas = read_manifest(read_yaml(described)).areas()
    check(by, Act.WORK_ADD, *areas)
    names = [file.name for file in files]
    if source is None and (len({NAME, *names}) <= len(names) or not all(file.is_file() for file in files)):
        raise WrongUsage("geef losse bestanden met elk een eigen naam (en niet 'delivery.yaml'), of één map")
    area = areas[0]
    name = f"zending-{uuid4().hex[:12]}"
    building = drafts.copy_folder(house.places, area, name)
    if source:
        shutil.copytree(source, building)
    else:
        building.mkdir(parents=True)
        shutil.copyfile(described, building / NAME)
        for file in files:
            shutil.copyfile(file, building / file.name)
    building.rename(building.with_name(name))
    return area, name


def _taken(house: House, folder: Folder) -> list[Outcome]:
    mark = _mark(house, folder)
    try:
        codes = [code for code in house.gemeenten if code.startswith("GM")]
        found = read_delivery(folder.path, codebooks=house.codebooks, gemeenten=codes, today=house.today)
    except InputRejected as refusal:
        return _refuse(house, folder, refusal)
    except CannotCheck:
        raise
    except Exception as error:  # a file nobody thought of; its message could hold a value
        said = InputRejected(f"wij konden deze aanlevering niet lezen; meld dit: {unforeseen(error)}")
        return _refuse(house, folder, said)
    try:
        _keep(house, found, mark, folder)
    except KeyRefused as gone:  # the term for corrections is over
        return _refuse(house, folder, gone)
    vault.erase_original(folder.path)
    return [Outcome(records.key, {"rows": records.rows}) for records in found.records]


def _keep(house: House, found: Intake, mark: str, folder: Folder) -> None:
    manifest = for_register(found.manifest, recipients=_approved_recipients(house), mark=partial(keyed, house))
    source, notice = _label(house, folder), "; ".join(found.notices)
    seal = partial(vault.store, places=house.places, keyring=house.keyring, content=mark)
    rows = [
        NewDelivery(records.key, mark, records.rows, kept.id, kept.data_key_id, manifest, source, notice)
        for records, kept in zip(found.records, each(seal, found.records, rows=found.rows), strict=True)
    ]
    deliveries.accept_many(house.register, rows, by=SYSTEM)


def _approved_recipients(house: House) -> frozenset[str]:
    """Movisie, and who officers named in the rules in force."""
    inside = policies.versions(house.register, states=(policies.PolicyState.APPROVED,))
    return frozenset({"Movisie"}).union(*(version.policy.recipients for version in inside))


def keyed(house: House, text: str) -> str:
    """A short mark of a text, worth nothing without the key of this installation."""
    house.keyring.ensure_scope(INBOX_AREA, INBOX_SCOPE)
    key = house.keyring.purpose_key(INBOX_AREA, INBOX_SCOPE, "vault")
    return hmac.new(key, os.fsencode(text), sha256).hexdigest()[:8]


def _refuse(house: House, folder: Folder, why: Refused) -> list[Outcome]:
    """Into quarantine, with one refusal per key (or one for the folder when no key can be read).

    The register hears it first: a kill in between leaves the folder in the inbox, and it is refused again.
    """
    mark = _mark(house, folder)
    keys: list[DeliveryKey | None] = list(folder.keys) or [None]
    label = _label(house, folder)
    rows = [Refusal(folder.area, mark, str(why), key=key, source=label, on_screen=why.on_screen) for key in keys]
    said = {(row.key, row.fingerprint, row.source) for row in deliveries.list_all(house.register)}
    fresh = [row for row in rows if (row.key, row.fingerprint, row.source) not in said]
    deliveries.refuse_many(house.register, fresh, by=SYSTEM)
    quarantine.put_away(folder.path, folder.area, house.places, house.keyring, house.today)
    return [Outcome(key, refusal=str(why)) for key in keys if key is not None]


def _manifest_problem(house: House, folder: Folder) -> InputRejected | None:
    """Why a folder cannot even get its keys; None when it can."""
    if folder.path.name.startswith(LOOSE) and not (folder.path / NAME).exists():
        return InputRejected(
            f"inbox: hier lagen losse bestanden zonder {NAME}; zet ze daarmee in een map en lever opnieuw aan"
        )
    try:
        manifest = read_manifest(read_yaml(folder.path / NAME))
        manifest.keys()
        check_words(manifest, house.codebooks.readable())
        check_meting(manifest)
        if folder.area not in manifest.areas():
            elsewhere = f"{NAME}: deze map ligt in de inbox van een andere gemeente; lever aan"
            return InputRejected(
                f"{elsewhere} met toegangspeil deliver", on_screen=f"{elsewhere} op de pagina Aanleveringen"
            )
    except InputRejected as refusal:
        return refusal
    return None if folder.keys else InputRejected(f"{NAME}: dit bestand kan niet worden gelezen")


def _mark(house: House, folder: Folder) -> str:
    house.keyring.ensure_scope(INBOX_AREA, INBOX_SCOPE)
    return content_fingerprint(folder.path, house.keyring.purpose_key(INBOX_AREA, INBOX_SCOPE, "vault"))


def _label(house: House, folder: Folder) -> str:
    """A name that is safe to show: the folder's own name could hold anything, and be guessed from a plain hash."""
    name = folder.path.name
    return f"{folder.area} zending {fingerprint(name)[:8] if _OURS.fullmatch(name) else keyed(house, name)}"
