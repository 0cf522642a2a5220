"""What an older copy of a register does not know any more, told by a later export of its ledger."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from register import contributions, ledger
from register.actors import SYSTEM
from register.findings import FindingState
from register.microdata import MicrodataState
from register.missed import TAKEN_AWAY, missed
from register.permissions import Act
from register.policies import PolicyState
from register.releases import ReleaseState
from register.review import RuleState
from register.store import Register, open_register
from tests.register import road
from tests.register.conftest import SIGNER, Clock
from tests.register.people import EIGENAAR, NATIONAL_OFFICER, OFFICER, STEWARD

MOVES = {
    "policy": PolicyState, "release": ReleaseState, "finding": FindingState, "rule": RuleState,
    "microdata": MicrodataState,
}  # fmt: skip


def test_every_act_that_is_named_is_one_that_a_line_can_say() -> None:
    lines = {f"{thing}.{state}" for thing, states in MOVES.items() for state in states} | set(Act) | {"removal.done"}
    assert lines >= TAKEN_AWAY


@pytest.mark.parametrize("act", ["contribution.withdraw", "contribution.return"])
def test_a_contribution_that_was_taken_back_is_named(
    register: Register, clock: Clock, tmp_path: Path, act: str
) -> None:
    if register.engine.dialect.name != "sqlite":
        pytest.skip("of SQLite only a copy is one file that can be put back")
    policy = road.approved(register, road.base_policy(), SYSTEM, NATIONAL_OFFICER).fingerprint
    part = road.checked(register, road.delivered(register, road.key()), policy)
    one = road.signed(register, road.content(part), steward=STEWARD, officer=OFFICER, eigenaar=EIGENAAR)
    copy = tmp_path / "copy.db"
    with closing(sqlite3.connect(str(register.engine.url.database))) as connection:
        connection.execute("vacuum into ?", [str(copy)])
    if act == "contribution.withdraw":
        contributions.withdraw(register, one.id, by=EIGENAAR)
    else:
        contributions.send_back(register, one.id, comment="de periode klopt niet", by=OFFICER)
    export = tmp_path / "logboek.txt"
    ledger.export(register, export)
    put_back = open_register(f"sqlite:///{copy}", signer=SIGNER, clock=clock)
    try:
        assert [(line["act"], line["what"]["contribution"]) for line in missed(put_back, export)] == [(act, one.id)]
    finally:
        put_back.close()
