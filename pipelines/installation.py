"""Making, examining, copying and restoring a home."""

import shutil
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from domain.errors import CannotCheck, ToegangspeilError, WrongUsage
from domain.policy import default_policy
from domain.vocabulary import Role
from pipelines.house import House, open_house
from register import consent_texts, ledger, policies, users
from register.actors import SYSTEM, Actor, Grant
from register.defaults import save_default_texts
from register.passwords import hash_password
from register.signing import make_signer
from storage.master import MASTER_FILE, FileMaster
from storage.places import Places
from storage.settings import Settings, write_settings

DAGSTER_YAML = """\
telemetry: {enabled: false}
nux: {enabled: false}
compute_logs:
  module: dagster._core.storage.noop_compute_log_manager
  class: NoOpComputeLogManager
concurrency:
  runs: {max_concurrent_runs: 1}
  pools: {default_limit: 1, granularity: run}
"""
DEMO_PASSWORD = "demo"  # noqa: S105 (public on purpose: only a home marked as demo has such users)
NATIONAL = (Role.OPERATOR, Role.PRIVACY_OFFICER, Role.MOVISIE, Role.ANALYST, Role.FG, Role.CISO)
LOCAL = (Role.DATA_STEWARD, Role.PRIVACY_OFFICER, Role.PROCESEIGENAAR, Role.ANALYST)


@dataclass(frozen=True)
class Installed:
    """What `install` made."""

    policies: int
    users: int


@dataclass(frozen=True)
class Finding:
    """One line of `doctor`."""

    part: str
    good: bool
    seen: str


def install(
    home: Path, *, demo: bool, mode: str, administrator: str, password: str, gemeenten: Iterable[str] = ()
) -> Installed:
    """Make folders, keys, register, draft policies and the first administrator.

    demo: also adds users for every role and approves the drafts; the ledger says so.
    Raises WrongUsage when the folder already is a home.
    """
    places = Places(home.resolve())
    if places.settings.exists():
        raise WrongUsage("deze map is al ingericht; kies een lege map")
    hash_password(password, demo=demo)  # refuses a weak one before anything is made
    places.create()
    make_signer(places.keys, FileMaster.create(places.keys / MASTER_FILE))
    (places.dagster / "dagster.yaml").write_text(DAGSTER_YAML)
    settings = Settings(places, register_url=places.register_url, demo=demo)
    with open_house(settings, {}) as house:
        if demo:
            users.mark_demo(house.register)
        admin = users.add_user(
            house.register, administrator, [Grant(Role.ADMINISTRATOR)], password=password, by=SYSTEM, demo=demo
        )
        drafts = draft_policies(house)
        save_default_texts(house.register)
        made = _demo_people(house, gemeenten) if demo else []
        if demo:
            approve_drafts(house, drafts)
            _approve_texts(house)
    write_settings(places, demo=demo, mode=mode)
    return Installed(len(drafts), len(made) + (admin is not None))


def draft_policies(house: House, *, only_new: bool = False) -> list[policies.PolicyVersion]:
    """Save and submit a default policy for every codebook; a privacy officer has to approve each.

    only_new: leave codebooks alone that have a policy already (after local codebooks were added).
    """
    known = {version.policy.codebook for version in policies.versions(house.register)} if only_new else set()
    made = []
    for reference in (name for name in house.codebooks.references() if name not in known):
        codebook = house.codebooks.get(reference)
        policy = default_policy(codebook, house.codebooks.fingerprint(reference))
        draft = policies.save_draft(house.register, policy, codebook=codebook, by=SYSTEM)
        made.append(policies.submit(house.register, draft.id, by=SYSTEM))
    return made


def demo_name(role: Role, area: str | None = None) -> str:
    """Name of the demo user for a role, for one gemeente or national."""
    return role.value if area is None else f"{role.value}-{area}"


def _demo_people(house: House, gemeenten: Iterable[str]) -> list[Actor]:
    wanted = [(role, None) for role in NATIONAL] + [(role, area) for area in gemeenten for role in LOCAL]
    return [
        users.add_user(
            house.register,
            demo_name(role, area),
            [Grant(role, area)],
            password=DEMO_PASSWORD,
            by=SYSTEM,
            demo=True,
        )
        for role, area in wanted
    ]


def approve_drafts(house: House, drafts: list[policies.PolicyVersion]) -> None:
    """Let the demo's privacy officer approve drafts; only a demo home has her."""
    officer = users.authenticate(house.register, demo_name(Role.PRIVACY_OFFICER), password=DEMO_PASSWORD)
    for draft in drafts:
        policies.approve(house.register, draft.id, seen=draft.fingerprint, by=officer)


def _approve_texts(house: House) -> None:
    officer = users.authenticate(house.register, demo_name(Role.PRIVACY_OFFICER), password=DEMO_PASSWORD)
    for text in consent_texts.list_texts(house.register):
        consent_texts.approve(house.register, text.id, seen=text.text_hash, by=officer)


def examine(house: House) -> list[Finding]:
    """Keys, register, ledger, detector, protection at rest and DuckDB, one line each."""
    return [
        _examined("hoofdsleutel", lambda: house.keyring.master.key() and "leesbaar, alleen voor de eigenaar"),
        _examined("sleutels", lambda: f"{len(house.keyring.scopes())} metingen met een eigen sleutel"),
        _examined("logboek", lambda: f"{ledger.verify(house.register).lines} regels, keten en handtekening kloppen"),
        _examined("herkenning van namen", lambda: f"{len(house.detector.detect('Bel Jan de Vries op 06-12345678'))} "
                  "kenmerken gevonden in de proefzin"),
        _examined("gemeenten", lambda: f"{len(house.gemeenten)} bekend"),
        _closed(house.places.home),
        Finding("versleuteling warehouse.duckdb", True, "bevat tellingen, geen rijen van personen; zet de map op een "
                "versleutelde schijf (LUKS)"),
    ]  # fmt: skip


def _examined(part: str, look: object) -> Finding:
    try:
        return Finding(part, True, str(look()))  # type: ignore[operator]
    except ToegangspeilError as refusal:
        return Finding(part, False, str(refusal))


def _closed(home: Path) -> Finding:
    wide = [path.name for path in home.iterdir() if path.stat().st_mode & 0o007]
    return Finding("rechten op bestanden", not wide, "alleen voor de eigenaar" if not wide else f"te ruim: {len(wide)}")


def back_up(house: House, target: Path, keys_target: Path | None) -> int:
    """Copy data and register to `target`, keys to `keys_target` only; returns the number of files.

    What waits in the inbox stays behind: it lies there as it was delivered, readable by whoever gets the copy.
    """
    places = house.places
    if any(one.resolve().is_relative_to(places.home) for one in (target, keys_target) if one is not None):
        raise WrongUsage("een kopie in de map zelf beschermt nergens tegen; kies een andere plaats")
    if keys_target is not None and keys_target.resolve().is_relative_to(target.resolve()):
        raise WrongUsage("de sleutels horen niet bij de gegevens: kies voor --keys een andere plaats")
    if target.exists() and any(target.iterdir()):
        raise WrongUsage("de map voor de kopie is niet leeg; kies een lege map")
    left = {"keys", "dagster", "inbox", ".writer.lock", ".run.lock"}
    top = str(places.home)
    shutil.copytree(
        places.home,
        target,
        ignore=lambda folder, names: [n for n in names if folder == top and (n in left or n.startswith("register.db"))],
        dirs_exist_ok=True,
    )
    _copy_register(places.home / "register.db", target / "register.db")
    if keys_target is not None:
        shutil.copytree(places.keys, keys_target, dirs_exist_ok=True)
    return sum(path.is_file() for path in target.rglob("*"))


def put_back(source: Path, keys_source: Path, home: Path) -> int:
    """Fill an empty home from a backup of data and a backup of keys."""
    if home.exists() and any(home.iterdir()):
        raise WrongUsage("de map is niet leeg; zet een kopie alleen terug in een lege map")
    shutil.copytree(source, home, dirs_exist_ok=True)
    shutil.copytree(keys_source, home / "keys", dirs_exist_ok=True)
    Places(home).create()
    (home / "dagster" / "dagster.yaml").write_text(DAGSTER_YAML)
    return sum(path.is_file() for path in home.rglob("*"))


def _copy_register(source: Path, target: Path) -> None:
    """SQLite's own backup, so that a writer at the same moment does no harm."""
    if not source.exists():
        raise CannotCheck("het register staat niet in deze map (PostgreSQL?); maak daarvan een eigen kopie")
    target.touch(mode=0o600)  # SQLite would make it readable for everybody
    with sqlite3.connect(source) as reading, sqlite3.connect(target) as writing:
        reading.backup(writing)
