"""Other processes that help: the same outcomes in the same order, nothing left behind a kill, no value in an error."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from domain.delivery import DeliveryKey
from domain.errors import CannotCheck, ReleaseRefused
from domain.vocabulary import Role
from pipelines import cleaning, contributing, inbox, intake
from pipelines.cleaning import _clean_together
from pipelines.hands import Hands
from pipelines.house import House
from pipelines.inbox import Folder
from pipelines.intake import _taken_together, together
from pipelines.outcomes import Outcome
from pipelines.progress import run_waiting
from register import deliveries, verdicts
from register.actors import Actor
from register.deliveries import Delivery
from tests.road import canary, small_road
from tests.road.small_road import nothing_lies_about
from toegangspeil.demo.road import demo_actor

AREAS = ("GM9001", "GM9002", "GM9003")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    small_road.new_home(tmp_path / "home")
    with small_road.opened(tmp_path / "home") as opened:
        yield replace(opened, settings=replace(opened.settings, processes=2))


@pytest.fixture
def hands(house: House) -> Iterator[Hands]:
    house.hands.call()
    yield house.hands
    house.hands.close()


def _where(house: House, item: int) -> tuple[int, int, str]:
    return item, os.getpid(), house.today.isoformat()


def _refuses(_: House, item: int) -> int:
    if item == 2:
        raise ReleaseRefused("GM9002: er is niets")
    return item


def _breaks(_: House, item: int) -> int:
    raise ValueError(f"cannot convert {canary.NAME!r}")


def _ends(_: House, item: int) -> int:
    os._exit(9)


def test_what_they_make_comes_back_in_order_and_was_made_elsewhere(house: House, hands: Hands) -> None:
    found = list(hands.each(_where, range(20)))
    assert [item for item, _, _ in found] == list(range(20))
    assert os.getpid() not in {process for _, process, _ in found}
    assert {day for _, _, day in found} == {house.today.isoformat()}


def test_without_a_call_the_work_is_done_here(house: House) -> None:
    assert {process for _, process, _ in house.hands.each(_where, range(3))} == {os.getpid()}


def test_a_refusal_keeps_its_words_and_what_is_unforeseen_says_no_value(hands: Hands) -> None:
    with pytest.raises(ReleaseRefused, match="GM9002: er is niets") as refusal:
        list(hands.each(_refuses, range(5)))
    with pytest.raises(CannotCheck, match="onverwachte fout ValueError") as unforeseen:
        list(hands.each(_breaks, range(5)))
    for raised in (refusal, unforeseen):
        assert raised.value.__cause__ is None
        assert canary.traces_in(str(raised.value)) == set()


def test_a_hand_that_dies_is_told_and_says_to_start_again(hands: Hands) -> None:
    with pytest.raises(CannotCheck, match="start opnieuw"):
        list(hands.each(_ends, range(3)))


def _killed_after(first: Callable[[], object], house: House) -> None:
    """The first hand that comes here does some of its work and is killed; whoever comes later is not."""
    with suppress(FileExistsError):
        (house.places.home / "killed").touch(exist_ok=False)
        first()
        os.kill(os.getpid(), signal.SIGKILL)


def _killed_reading(house: House, folders: Sequence[Folder]) -> list[Outcome]:
    _killed_after(lambda: _taken_together(house, folders), house)
    return _taken_together(house, folders)


def _killed_cleaning(house: House, together: Sequence[Delivery]) -> list[Outcome]:
    _killed_after(lambda: _clean_together(house, together), house)
    return _clean_together(house, together)


@pytest.mark.slow  # four times the models
@pytest.mark.parametrize(
    ("module", "name", "killed"),
    [(intake, "_taken_together", _killed_reading), (cleaning, "_clean_together", _killed_cleaning)],
    ids=["reading", "cleaning"],
)
def test_a_killed_hand_leaves_nothing_half_done_and_the_next_run_finishes(
    house: House, monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str, killed: Callable[..., object]
) -> None:
    small_road.deliver(house.places)
    expected = {str(key) for key in inbox.waiting_keys(house.places, house.register)}
    monkeypatch.setattr("pipelines.runs._MANY", 2)
    monkeypatch.setattr(module, name, killed)
    with pytest.raises(CannotCheck, match="hulpproces is onverwacht gestopt"):
        run_waiting(house)
    accepted = {row.name for row in deliveries.list_all(house.register)}
    assert verdicts.latest_many(house.register) == {}
    assert accepted | {str(key) for key in inbox.waiting_keys(house.places, house.register)} == expected
    run_waiting(house)
    house.hands.close()
    assert {key for key, (passed, _) in _passed(house).items() if passed} == expected
    assert nothing_lies_about(house.places.home) == []


def test_folders_that_fill_the_same_key_go_to_one_hand_in_their_order() -> None:
    keys = [DeliveryKey(f"GM900{at}", "ceo_wmo", "2026", "client") for at in range(4)]
    a, b, c, d = (
        Folder(Path(name), "GM9001", some)
        for name, some in (
            ("a", (keys[0],)), ("b", (keys[1], keys[2])), ("c", (keys[3],)), ("d", (keys[0], keys[2])),
        )
    )  # fmt: skip
    assert together([a, b, c, d]) == [[c], [a, b, d]]
    assert together([a, b, c]) == [[a], [b], [c]]


def test_they_end_with_the_process_they_help(tmp_path: Path) -> None:
    small_road.new_home(tmp_path / "home")
    helped = subprocess.Popen(
        [sys.executable, __file__, str(tmp_path / "home")], stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert helped.stdout is not None
    at_work = [int(pid) for pid in helped.stdout.readline().split()]
    helped.kill()
    helped.wait()
    assert at_work
    assert _gone_within(30, at_work)


def test_with_and_without_them_the_same_comes_out(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not a byte of a preview differs: that is what officers sign."""
    home = tmp_path / "alone"
    small_road.new_home(home)
    with small_road.opened(home) as alone:
        small_road.deliver(alone.places)
        run_waiting(alone)
        kept = contributing.prepare(alone, AREAS, None, by=_operator(alone))
        passed = _passed(alone)
    small_road.deliver(house.places)
    monkeypatch.setattr("pipelines.runs._MANY", 2)
    monkeypatch.setattr(contributing, "_MANY", 2)
    run_waiting(house)
    made = contributing.prepare(house, AREAS, None, by=_operator(house))
    house.hands.close()
    assert _passed(house) == passed
    assert [one.content.preview_hash for one in made] == [one.content.preview_hash for one in kept]


def _passed(house: House) -> dict[str, tuple[bool, dict[str, int]]]:
    found = verdicts.latest_many(house.register)
    return {str(key): (one.passed, dict(one.counts)) for key, one in found.items()}


def _operator(house: House) -> Actor:
    return demo_actor(house, Role.OPERATOR)


def _gone_within(seconds: float, processes: Sequence[int]) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not any(Path(f"/proc/{process}").exists() for process in processes):
            return True
        time.sleep(0.1)
    return False


if __name__ == "__main__":
    with small_road.opened(Path(sys.argv[1])) as mine:
        called = Hands(replace(mine, settings=replace(mine.settings, processes=2)))
        called.call()
        print(*{process for _, process, _ in called.each(_where, range(8))}, flush=True)
        signal.pause()
