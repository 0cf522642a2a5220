"""What is past its term goes after two signatures, keys first; nothing goes before its term."""

from datetime import UTC, datetime, timedelta

import pytest

from pipelines.staging import files_of
from register import deliveries, retention, store
from tests.commands.typed import Typed

PO, OWNER = "privacy_officer-GM9001", "proceseigenaar-GM9001"


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch):
    """Let the register's clock run ahead by so many days."""

    def ahead(days: int) -> None:
        moved = lambda: datetime.now(UTC) + timedelta(days=days)  # noqa: E731
        monkeypatch.setattr(store.open_register, "__kwdefaults__", {"signer": None, "clock": moved})

    return ahead


def test_nothing_is_due_on_the_first_day(seen: Typed) -> None:
    assert "GM9001" not in seen("retention", "due", user=PO).out
    refused = seen("retention", "propose", "GM9001", user=PO)
    assert (refused.code, "niets om te vernietigen" in refused.err) == (1, True)


def test_everything_past_its_term_is_destroyed_after_two_signatures(filled: Typed, later) -> None:
    later(731)
    due = filled("retention", "due", user=PO)
    assert "ruwe gegevens" in due.out
    assert "gepseudonimiseerde gegevens" in due.out
    proposed = filled("retention", "propose", "GM9001", user=PO)
    assert proposed.code == 0, proposed.err
    assert "onleesbaar" in proposed.out
    seen = proposed.out.split()[-1]
    assert filled("retention", "destroy", "1", user="operator").code == 1
    assert filled("retention", "sign", "1", "--seen", "anders", user=PO).code == 1
    assert filled("retention", "sign", "1", "--seen", seen, user=PO).code == 0
    assert filled("retention", "sign", "1", "--seen", seen, user=PO).code == 1
    assert filled("retention", "destroy", "1", user="operator").code == 1
    assert "getekend" in filled("retention", "sign", "1", "--seen", seen, user=OWNER).out
    assert OWNER in filled("retention", "show", "1", user=PO).out

    with filled.house() as house:
        (row,) = deliveries.list_all(house.register)
        key, raw = row.key, house.places.vault_of("GM9001") / f"{row.vault_object}.{row.data_key}"
        assert raw.exists()
    assert filled("retention", "destroy", "1", user=PO).code == 1
    done = filled("retention", "destroy", "1", user="operator")
    assert done.code == 0, done.err
    with filled.house() as house:
        assert not raw.exists()
        assert files_of(house.places.checked_of("GM9001"), key) == []
        assert house.keyring.scopes() == [one for one in house.keyring.scopes() if one[0] != "GM9001"]
        assert not list(house.places.keys_of("GM9001").glob("GM9001~ceo_wmo~*.staging"))
    assert filled("retention", "tidy", user=PO).code == 1
    assert "1 van de nakijklijst" in filled("retention", "tidy", user="operator").out
    with filled.house() as house:
        assert not list(house.places.keys_of("GM9001").glob("data/*.key"))
        assert not list((house.places.review / "GM9001").iterdir())
        assert retention.due(house.register, house.register.clock()) == []
    assert filled("retention", "destroy", "1", user="operator").code == 0


def test_only_own_things_are_seen_and_signed(filled: Typed, later) -> None:
    later(731)
    assert "GM9001" not in filled("retention", "due", user="privacy_officer-GM9002").out
    assert filled("retention", "propose", "GM9001", user="privacy_officer-GM9002").code == 1
    filled("retention", "propose", "GM9001", user="operator")
    assert filled("retention", "show", "1", user="privacy_officer-GM9002").code == 1
    for user in ("movisie", "analyst-GM9001", None):
        assert filled("retention", "due", user=user).code == 1
