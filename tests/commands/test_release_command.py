"""A small release by command: prepared, approved by another, published once, its sealed bundle gone afterwards."""

from pathlib import Path

import pytest

from pipelines import bundle
from pipelines.installation import DEMO_PASSWORD
from pipelines.tidying import tidy
from register import contributions, releases
from register.users import authenticate
from storage.places import Places
from tests.commands.typed import Typed

PO, OWNER, STEWARD = "privacy_officer-GM9001", "proceseigenaar-GM9001", "data_steward-GM9001"


@pytest.fixture
def signed(filled: Typed) -> Typed:
    """One contribution with both signatures."""
    assert filled("contribution", "prepare", "GM9001", user=STEWARD).code == 0
    with filled.house() as house:
        seen = contributions.get(house.register, 1).content_hash
    for user, what in ((PO, "--rules"), (OWNER, "--release")):
        assert filled("contribution", "sign", "1", "--seen", seen, what, user=user).code == 0
    return filled


@pytest.fixture
def offered(signed: Typed) -> str:
    """The hash of a release of one gemeente that waits for its second person."""
    made = signed("release", "prepare", "r1", "--audience", "movisie", user="operator")
    assert made.code == 0, made.err
    with signed.house() as house:
        return str(releases.get(house.register, "r1").content_hash)


def bundles(say: Typed) -> list[Path]:
    assert say.home is not None
    return list((Places(say.home).review / bundle.AREA).glob("r1.*.bin"))


def keys(say: Typed) -> list[Path]:
    assert say.home is not None
    return [path for path in Places(say.home).keys.rglob("*") if path.parts[-2:] and "release" in path.parts]


def test_published_once_and_the_bundle_is_gone(filled: Typed, offered: str) -> None:
    assert len(bundles(filled)) == 1
    assert filled("release", "approve", "r1", "--seen", offered, user="operator").code == 1
    assert filled("release", "approve", "r1", "--seen", "anders", user="privacy_officer").code == 1
    assert filled("release", "approve", "r1", "--seen", offered, user="privacy_officer").code == 0
    done = filled("release", "publish", "r1", user="operator")
    assert done.code == 0, done.err
    assert bundles(filled) == []
    assert [path.name for path in keys(filled) if path.is_file()] == ["release~r1.gone"]
    assert filled("release", "publish", "r1", user="operator").code == 0
    assert filled.home is not None
    assert (Places(filled.home).published / "r1.duckdb").exists()


def test_a_release_for_the_gemeente_itself_goes_to_nobody_else(signed: Typed) -> None:
    made = signed("release", "prepare", "eigen1", "--audience", "eigen", user="operator")
    assert made.code == 0, made.err
    with signed.house() as house:
        found = releases.get(house.register, "eigen1")
        assert found.recipients == ()
        assert [one.name for one in releases.list_releases(house.register)] == ["eigen1"]
    assert signed("release", "approve", "eigen1", "--seen", found.content_hash, user="privacy_officer").code == 0
    assert signed("release", "publish", "eigen1", user="operator").code == 0


def test_the_command_takes_no_approval_either_before_the_five_sentences_are_true(
    filled: Typed, offered: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as lost:
        lost.setattr("portal.approving.manifests_of", lambda _register, parts: [None for _ in parts])
        refused = filled("release", "approve", "r1", "--seen", offered, user="privacy_officer")
    assert refused.code == 1
    assert "nog niet alle vijf zinnen zijn waar" in refused.err
    with filled.house() as house:
        assert releases.get(house.register, "r1").approved_by is None
    assert filled("release", "approve", "r1", "--seen", offered, user="privacy_officer").code == 0


def test_a_returned_release_can_be_prepared_again_and_a_rejected_one_leaves_nothing(
    filled: Typed, offered: str
) -> None:
    assert filled("release", "return", "r1", "--comment", "kijk nog eens", user="privacy_officer").code == 0
    with filled.house() as house:
        assert tidy(house)["bundles"] == 0
    assert filled("release", "prepare", "r1", "--audience", "movisie", user="operator").code == 0
    assert len(bundles(filled)) == 1
    with filled.house() as house:
        by = authenticate(house.register, "privacy_officer", password=DEMO_PASSWORD)
        releases.reject(house.register, "r1", comment="te weinig mensen", by=by)
        assert tidy(house)["bundles"] == 1
    assert bundles(filled) == []
