"""Making and examining a home."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from anonymisation.text import Label
from domain.errors import CannotCheck, ToegangspeilError, WrongUsage
from domain.policy import default_policy
from domain.vocabulary import Role
from pipelines.house import House, open_house
from pipelines.inbox import closed, loose
from register import consent_texts, ledger, policies, users
from register.actors import SYSTEM, Actor, Grant
from register.defaults import save_default_texts
from register.passwords import hash_password
from register.signing import make_signer, read_public_key
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
class Examined:
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


def examine(house: House) -> list[Examined]:
    """Keys, register, ledger, detector, protection at rest and DuckDB, one line each."""
    return [
        _examined("hoofdsleutel", lambda: "leesbaar, alleen voor de eigenaar" * bool(house.keyring.master.key())),
        _examined("sleutels", lambda: f"{len(house.keyring.scopes())} metingen met een eigen sleutel"),
        _examined("logboek", lambda: _ledger(house)),
        _examined("herkenning van namen", lambda: _detector(house)),
        _examined("codeboeken", lambda: f"{len([house.codebooks.get(one) for one in house.codebooks.references()])} "
                  "te lezen"),
        _examined("gemeenten", lambda: f"{len(house.gemeenten)} bekend"),
        _closed(house.places.home),
        _inbox(house.places),
        Examined("versleuteling warehouse.duckdb", True, "bevat tellingen, geen rijen van personen; zet de map op een "
                "versleutelde schijf (LUKS)"),
    ]  # fmt: skip


def _ledger(house: House) -> str:
    found = ledger.verify(house.register, public_key=read_public_key(house.places.keys))
    if not found.ok:
        raise CannotCheck(found.message)
    return f"{found.lines} regels, keten en handtekening kloppen"


def _detector(house: House) -> str:
    """Raises CannotCheck when it passes over a name or a number that nobody may miss."""
    labels = {span.label for span in house.detector.detect("Bel Jan de Vries op 06-12345678")}
    if not {Label.PERSON, Label.PHONE} <= labels:
        raise CannotCheck("de naam of het nummer in de proefzin is niet gevonden; installeer het programma opnieuw")
    without = "; zonder taalmodel (ner: none), dus meer namen die op geen lijst staan blijven staan"
    return "naam en nummer gevonden in de proefzin" + (without if house.settings.ner == "none" else "")


def _examined(part: str, look: Callable[[], str]) -> Examined:
    try:
        return Examined(part, True, look())
    except ToegangspeilError as refusal:
        return Examined(part, False, str(refusal))


def _closed(home: Path) -> Examined:
    wide = [path.name for path in home.iterdir() if path.stat().st_mode & 0o007]
    return Examined(
        "rechten op bestanden", not wide, "alleen voor de eigenaar" if not wide else f"te ruim: {len(wide)}"
    )


def _inbox(places: Places) -> Examined:
    """What lies there and is not read: files beside the delivered folders (until they lie still for an hour), and
    folders that the program may not open.
    """
    files, folders = sum(map(len, loose(places).values())), len(closed(places))
    wrong = [f"{files} losse bestanden; zet ze met delivery.yaml in een map, of wis ze"] if files else []
    if folders:
        wrong.append(f"{folders} mappen die wij niet kunnen lezen; geef het programma rechten om te lezen en te wissen")
    return Examined("inbox", not wrong, "; ".join(wrong) or "geen los bestand")
