"""Kill −9 anywhere, and fifty at once: nothing half, nothing lost, one chain."""

import os
import random
import signal
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from domain.errors import ToegangspeilError
from register import contributions, ledger, releases
from register.store import Register, open_register, utc_now
from tests.register import life, road
from tests.register.conftest import SIGNER
from tests.register.postgres import throwaway_server


def opened(url: str) -> Register:
    return open_register(url, signer=SIGNER, clock=utc_now)


def live(url: str, said: int, meting: str) -> None:
    """Child: act after act, each told to the parent once it returned."""
    register = opened(url)
    for act in life.steps(register, "GM9001", meting):
        act()
        os.write(said, f"{ledger.verify(register).lines}\n".encode())


def killed(url: str, meting: str, acts: int, after: float) -> int:
    """Run a life in another process, kill it some moment after so many acts; returns the lines it said were safe."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            live(url, writing, meting)
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as file:
        said = [line for _, line in zip(range(acts), file, strict=False)]
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
        said += file.read().splitlines()
    os.waitpid(child, 0)
    return int(said[-1]) if said else 0


def survive(url: str, rounds: int) -> int:
    seed = random.Random(7)
    before = 0
    for number in range(rounds):
        safe = killed(url, f"m{number}", seed.randrange(1, 33), seed.uniform(0, 0.03))
        register = opened(url)
        for removal in life.removals.open_removals(register):
            life.removals.carry_out(register, removal.request, life.NoStore())
        lines = life.check_whole(register)
        register.close()
        assert lines >= max(safe, before)
        before = lines
    assert before > rounds
    return before


def test_a_whole_life_leaves_a_whole_register(register: Register) -> None:
    for act in life.steps(register, "GM9001", "2026"):
        act()
        life.check_whole(register)
    assert releases.get(register, "GM9001-2026").state is releases.ReleaseState.WITHDRAWN


def test_a_few_kills(tmp_path: Path) -> None:
    assert survive(f"sqlite:///{tmp_path / 'register.db'}", 5) > 5


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_two_hundred_kills(tmp_path: Path) -> None:
    assert survive(f"sqlite:///{tmp_path / 'register.db'}", 200) > 200


def client(url: str, number: int) -> int:
    """A whole life of its own gemeente."""
    register = opened(url)
    done = 0
    for act in life.steps(register, f"GM{number:04}", "2026"):
        act()
        done += 1
    register.close()
    return done


def racer(url: str, name: str, number: int) -> str:
    """Everybody tries the same approval at the same moment."""
    register = opened(url)
    try:
        seen = str(releases.get(register, name).content_hash)
        releases.approve(register, name, seen=seen, by=life.OFFICERS[number % 2])
    except ToegangspeilError:
        return "refused"
    finally:
        register.close()
    return "approved"


def fifty_at_once(url: str) -> list[str]:
    register = opened(url)
    life.base(register)
    register.close()
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.register.test_register_endurance"])
    with ProcessPoolExecutor(50, mp_context=context) as pool:
        done = list(pool.map(client, [url] * 50, range(50)))
        assert len(set(done)) == 1
        register = opened(url)
        assert life.check_whole(register) > 50 * 20
        name = race_prepared(register)
        tried = list(pool.map(racer, [url] * 50, [name] * 50, range(50)))
    assert life.check_whole(register) > 0
    register.close()
    return tried


def race_prepared(register: Register) -> str:
    who, key = life.people("GM9999"), road.key("GM9999")
    part = road.checked(register, road.delivered(register, key), life.base(register))
    one = contributions.prepare(register, road.content(part), by=who["steward"])
    contributions.sign(register, one.id, contributions.RULES, seen=one.content_hash, by=who["officer"])
    contributions.sign(register, one.id, contributions.RELEASE, seen=one.content_hash, by=who["eigenaar"])
    steps = list(life.release_steps(register, "race", one.id))
    for step in steps[:3]:
        step()
    return "race"


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_fifty_clients_on_sqlite(tmp_path: Path) -> None:
    assert fifty_at_once(f"sqlite:///{tmp_path / 'register.db'}").count("approved") == 1


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_fifty_clients_on_postgresql() -> None:
    with throwaway_server() as url:
        assert fifty_at_once(url).count("approved") == 1
