"""The whole road on made-up deliveries: every act by a demo user, every station by Dagster."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from domain.vocabulary import Audience, Role
from pipelines import contributing, release_acts
from pipelines.house import House, open_house
from pipelines.installation import DEMO_PASSWORD, approve_drafts, draft_policies, install
from pipelines.progress import run_waiting
from register import contributions, deliveries, releases
from register.permissions import Act
from storage.places import Places
from storage.settings import change_settings, read_settings
from toegangspeil.demo import VERBAND, demo_gemeenten, write_deliveries, write_gemeenten
from toegangspeil.demo.acts import add_finding, demo_actor, remove_one

RELEASE = "demo-2026"
Step = Callable[[str], None]


@dataclass(frozen=True)
class Shown:
    """Where to look when the demo is done."""

    database: Path
    report: Path
    deliveries: int
    sentence: str


def run_demo(home: Path, *, gemeenten: int, seed: int, step: Step) -> Shown:
    """Install, deliver, clean, check, contribute, release and publish; `step` hears what happens now."""
    step("Inrichten: sleutels, register, regels en demo-gebruikers")
    codes = [gemeente.code for gemeente in demo_gemeenten(gemeenten)]
    install(
        home, demo=True, mode="verwerker", administrator="beheerder", password=DEMO_PASSWORD,
        gemeenten=[*codes, VERBAND[0]],
    )  # fmt: skip
    step("Verzonnen aanleveringen schrijven")
    places = Places(home.resolve())
    change_settings(places, gemeenten_file=write_gemeenten(places.home / "gemeenten.csv", gemeenten).name)
    made = write_deliveries(places.inbox, gemeenten=gemeenten, seed=seed, local_codebooks=places.codebooks)
    with _house(home) as house:
        approve_drafts(house, draft_policies(house, only_new=True))
        step(f"{len(made)} zendingen lezen, schoonmaken en controleren")
        done = run_waiting(house)
        step("Eén inwoner vraagt om verwijdering; een bevinding wordt nagekeken")
        remove_one(house, made)
        add_finding(house)
        step("Bijdragen klaarzetten en laten tekenen")
        _contribute(house)
        step("Uitgave samenstellen en beveiligen")
        _release(house)
    return Shown(
        places.published / f"{RELEASE}.duckdb",
        places.published / RELEASE / "rapporten",
        len(made),
        done.sentence(),
    )


def _contribute(house: House) -> None:
    operator = demo_actor(house, Role.OPERATOR)
    areas = sorted({key.area for key in deliveries.current_many(house.register)})
    for area in areas:
        (made,) = contributing.prepare(house, [area], None, by=operator)
        officer, owner = demo_actor(house, Role.PRIVACY_OFFICER, area), demo_actor(house, Role.PROCESEIGENAAR, area)
        contributions.sign(house.register, made.id, Act.CONTRIBUTION_RULES, seen=made.content_hash, by=officer)
        contributions.sign(house.register, made.id, Act.CONTRIBUTION_RELEASE, seen=made.content_hash, by=owner)


def _release(house: House) -> None:
    operator = demo_actor(house, Role.OPERATOR)
    offered = release_acts.prepare(
        house, RELEASE, None, audience=Audience.DEELNEMERS, recipients=("Movisie",), by=operator
    )
    second = demo_actor(house, Role.PRIVACY_OFFICER)
    releases.approve(house.register, RELEASE, seen=offered.content_hash or "", by=second)
    release_acts.publish(house, RELEASE, by=operator)


@contextmanager
def _house(home: Path) -> Iterator[House]:
    with open_house(read_settings(home, {}), {}) as house:
        yield house
