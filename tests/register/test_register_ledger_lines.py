"""Lines of the ledger for a page: newest first, filtered by the database, on SQLite and on PostgreSQL."""

import pytest
from sqlalchemy import insert

from register import ledger_lines
from register.actors import SYSTEM
from register.ledger_lines import Wanted
from register.store import Register
from register.tables import destructions

KEY = "GM9001.ceo_wmo.2026.client"


@pytest.fixture
def lines(register: Register) -> Register:
    with register.act() as writing:
        for act, what in (
            ("delivery.record", {"delivery": KEY}), ("contribution.prepare", {"area": "GM9001", "contribution": 1}),
            ("contribution.prepare", {"area": "GM9002", "contribution": 11}), ("policy.approved", {"policy": "a_b"}),
            ("delivery.record", {"delivery": "GM90012.ceo_wmo.2026.client"}),
        ):  # fmt: skip
            writing.log(SYSTEM, act, what)
    return register


def numbers(register: Register, wanted: Wanted, before: int | None = None, limit: int = 9) -> list[int]:
    return [line["seq"] for line in ledger_lines.newest(register, wanted, before=before, limit=limit)]


def test_newest_first_a_page_at_a_time(lines: Register) -> None:
    assert numbers(lines, Wanted(), limit=2) == [5, 4]
    assert numbers(lines, Wanted(), before=4, limit=2) == [3, 2]
    assert ledger_lines.length(lines) == 5


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(areas=frozenset({"GM9001"})), [2, 1]),
        (Wanted(areas=frozenset()), []),
        (Wanted(act="CONTRIB"), [3, 2]),
        (Wanted(act="geen", acts=frozenset({"policy.approved"})), [4]),
        (Wanted(act="_"), []),
        (Wanted(who=SYSTEM.name), [5, 4, 3, 2, 1]),
        (Wanted(who="%"), []),
    ],
)
def test_only_what_is_wanted(lines: Register, wanted: Wanted, found: list[int]) -> None:
    assert numbers(lines, wanted) == found


def test_everything_about_a_contribution_and_its_deliveries(lines: Register) -> None:
    assert [line["seq"] for line in ledger_lines.about(lines, contribution=1, deliveries=[KEY])] == [1, 2]


def test_lines_that_name_a_thing_by_number_belong_to_its_gemeente(register: Register) -> None:
    with register.act() as writing:
        for area in ("GM9001", "GM9002"):
            values = {"area": area, "scope": "", "zone": "", "objects": "[]", "content_hash": "x", "state": "proposed",
                      "proposed_by": "a", "signed_by": "[]", "at": writing.at}  # fmt: skip
            writing.connection.execute(insert(destructions).values(**values))
        for number in (1, 2, 3):
            writing.log(SYSTEM, "retention.sign", {"destruction": number})
    assert numbers(register, Wanted(areas=frozenset({"GM9001"}))) == [1]
    assert numbers(register, Wanted(areas=frozenset({"GM9001", "GM9002"}))) == [2, 1]
