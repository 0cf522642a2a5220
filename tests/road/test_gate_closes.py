"""A detector that finds nothing does not open the gate, and what did not pass it cannot be contributed."""

from pathlib import Path

import pytest

from domain.delivery import DeliveryKey
from domain.errors import ReleaseRefused
from domain.vocabulary import Role
from pipelines import contributing
from pipelines.cleaning import approved
from pipelines.progress import run_waiting
from pipelines.staging import files_of
from pipelines.status import status_of
from register import verdicts
from tests.road import canary, small_road
from tests.road.small_road import METING
from toegangspeil.demo.road import demo_actor

KEY = DeliveryKey("GM9001", "ceo_wmo", METING, "client")


def broken(self: object, texts: list[str], *_: object, **__: object) -> list[list[object]]:
    """A detector after a bad change: it finds nothing in any text."""
    return [[] for _ in texts]


def test_a_broken_detector_closes_the_gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    places = small_road.new_home(tmp_path / "home")
    canary.plant_survey(places, "GM9001", n=12)
    with small_road.opened(places.home) as house:
        monkeypatch.setattr(type(house.detector), "weigh_many", broken)
        done = run_waiting(house)
        verdict = verdicts.latest(house.register, KEY)
        assert done.closed == 1
        assert verdict is not None
        assert not verdict.passed
        assert verdict.failed
        assert list(places.checked.rglob("*.bin")) == []
        assert len(files_of(places.pending_of("GM9001"), KEY)) == 1
        (row,) = status_of(house)["deliveries"]
        assert row["reason"] == f"gestopt bij de controle: {'; '.join(verdict.failed)}"
        assert canary.traces_in(row["reason"]) == set()
        with pytest.raises(ReleaseRefused, match="GM9001: er is niets dat de controle heeft doorstaan"):
            contributing.prepare(house, ["GM9001"], None, by=demo_actor(house, Role.OPERATOR))


def test_rules_that_were_approved_during_the_cleaning_judge_nothing_that_was_cleaned_by_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = small_road.new_home(tmp_path / "home")
    canary.plant_survey(places, "GM9001", n=12)
    with small_road.opened(places.home) as house:
        before = approved(house, "GM9001", "ceo_wmo@2016.1", "ceo_wmo")
        with monkeypatch.context() as decided:
            decided.setattr("pipelines.checking.approved", lambda *_: (before[0], "other rules"))
            run_waiting(house)
        assert verdicts.latest(house.register, KEY) is None
        assert list(places.checked.rglob("*.bin")) == []
        assert run_waiting(house).resumed == 1
        verdict = verdicts.latest(house.register, KEY)
        assert verdict is not None
        assert (verdict.passed, verdict.policy_fingerprint) == (True, before[1])
