"""A klantenpanel is linked over metingen until its last day: who withdraws is out of all of it, and stays out."""

from datetime import date

import pyarrow.compute as pc
import pytest

from pipelines.checking import checked_files, checked_records
from register import consents, deliveries, retention
from register.retention import Kept, Zone
from register.store import stamp
from tests.commands.typed import Typed
from toegangspeil.demo import talks
from toegangspeil.demo.folder import Box

AREA, SCOPE = "GM9001", "GM9001/klantenpanel/panel"
PO = "privacy_officer-GM9001"


@pytest.fixture
def panel(empty: Typed) -> Typed:
    with empty.house() as house:
        for meting in ("2024", "2025"):
            talks.klantenpanel(Box(house.places.inbox, 7), AREA, meting, 15)
    done = empty("run")
    assert "2 aanleveringen verwerkt, 0 geweigerd, 0 gestopt" in done.out, done.out + done.err
    return empty


def members(say: Typed) -> dict[str, set[str]]:
    """Meting -> pseudonyms in the checked rows."""
    with say.house() as house:
        parts = checked_files(house, AREA)
        found = {p.key.meting: checked_records(house, p.key, p.version, p.staging_hash) for p in parts}
        return {
            meting: set(pc.unique(one.tables["rows"]["pseudonym"]).to_pylist())
            for meting, one in found.items()
            if one is not None
        }


def code(say: Typed) -> str:
    """A number of the panel, from the vault."""
    from ingest import vault

    with say.house() as house:
        row = deliveries.list_all(house.register)[0]
        stored = vault.vault_object(AREA, row.vault_object, row.data_key, house.places)
        return str(vault.load(stored, house.keyring).tables["rows"]["respondent"][0])


def test_a_member_who_withdraws_is_out_of_every_meting(panel: Typed) -> None:
    before = members(panel)
    assert before["2024"] & before["2025"], "the panel is linked over metingen"
    asked = panel("request", "receive", f"{AREA}/klantenpanel/2025", "intrekken", user=PO, typed=f"{code(panel)}\n")
    assert (asked.code, "artikel 11" in asked.out) == (0, False), asked.err
    assert panel("request", "decide", "1", "--grant", "--reason", "recht", user=PO).code == 0
    done = panel("request", "carry-out", "1", user="operator")
    assert done.code == 0, done.err
    after = members(panel)
    (gone,) = before["2025"] - after["2025"]
    assert before["2024"] - after["2024"] == ({gone} & before["2024"])
    with panel.house() as house:
        assert consents.removed(house.register, SCOPE) == {gone}


def test_the_key_of_the_panel_ends_on_the_agreed_day(panel: Typed) -> None:
    with panel.house() as house:
        until = max(date.fromisoformat(d.manifest["panel_until"]) for d in deliveries.list_all(house.register))
        late = house.register.clock().replace(year=until.year + 5)
        found = {one.kept: one.since for one in retention.due(house.register, late)}
        assert house.keyring.has_scope(AREA, SCOPE)
    assert found[Kept(Zone.KEYS, AREA, SCOPE, SCOPE)] == f"{until.year + 1}-01-01T00:00:00.000000Z"
    assert Kept(Zone.KEYS, AREA, f"{AREA}/klantenpanel/2025", f"{AREA}/klantenpanel/2025") in found
    assert stamp(late) > max(found.values())
