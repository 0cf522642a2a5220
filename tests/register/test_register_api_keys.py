"""Keys of programs: per gemeente, shown once, ended at once; the register holds only their hash."""

from collections.abc import Callable
from pathlib import Path

import pytest

from domain.errors import NotAllowed, WrongUsage
from domain.vocabulary import Role
from register import api_keys
from register.store import Register
from tests.register.conftest import Clock
from tests.register.people import ADMIN, AREA, OFFICER, OTHER, person

LOCAL = person("loes", Role.ADMINISTRATOR, AREA)


def test_a_key_opens_the_service_until_it_is_withdrawn(register: Register) -> None:
    secret = api_keys.issue(register, AREA, "zaaksysteem", by=ADMIN)
    found = api_keys.by_key(register, secret)
    assert (found.area, found.label, found.withdrawn_at) == (AREA, "zaaksysteem", None)
    for _ in range(2):
        api_keys.withdraw(register, found.id, by=ADMIN)
    with pytest.raises(NotAllowed, match="onbekend of verlopen"):
        api_keys.by_key(register, secret)


def test_the_day_of_the_last_use_is_kept_and_nothing_else_of_it(register: Register, clock: Clock) -> None:
    secret = api_keys.issue(register, AREA, "zaaksysteem", by=ADMIN)
    assert api_keys.list_keys(register, by=ADMIN)[0].last_used_on is None
    for days in (0, 0, 3):
        clock.pass_(days=days)
        api_keys.by_key(register, secret)
        assert api_keys.list_keys(register, by=ADMIN)[0].last_used_on == register.clock().date().isoformat()


@pytest.mark.parametrize(("days", "opens"), [(364, True), (365, False), (4000, False)])
def test_a_key_lasts_a_year_at_most(register: Register, clock: Clock, days: int, opens: bool) -> None:
    secret = api_keys.issue(register, AREA, "zaaksysteem", by=ADMIN, lasts=api_keys.LASTS * 5)
    clock.pass_(days=days)
    if opens:
        assert api_keys.by_key(register, secret).area == AREA
        return
    with pytest.raises(NotAllowed):
        api_keys.by_key(register, secret)


def test_the_key_itself_is_stored_nowhere(register: Register, tmp_path: Path) -> None:
    secret = api_keys.issue(register, AREA, "zaaksysteem", by=ADMIN)
    files = [one for one in tmp_path.rglob("*") if one.is_file()]
    assert not [one for one in files if secret.encode() in one.read_bytes()]


@pytest.mark.parametrize(
    "attempt",
    [
        lambda r, number: api_keys.issue(r, OTHER, "x", by=LOCAL),
        lambda r, number: api_keys.withdraw(r, number, by=LOCAL),
        lambda r, number: api_keys.issue(r, AREA, "x", by=OFFICER),
        lambda r, number: api_keys.list_keys(r, by=OFFICER),
    ],
)
def test_only_the_administrator_of_this_gemeente(register: Register, attempt: Callable[..., object]) -> None:
    api_keys.issue(register, OTHER, "van de ander", by=ADMIN)
    number = api_keys.list_keys(register, by=ADMIN)[0].id
    with pytest.raises(NotAllowed):
        attempt(register, number)
    assert api_keys.list_keys(register, by=ADMIN)[0].withdrawn_at is None


def test_an_administrator_of_one_gemeente_sees_its_keys_only(register: Register) -> None:
    for area in (AREA, OTHER):
        api_keys.issue(register, area, f"programma van {area}", by=ADMIN)
    assert [one.area for one in api_keys.list_keys(register, by=LOCAL)] == [AREA]


@pytest.mark.parametrize("label", ["", "   ", "x" * 81])
def test_a_key_says_what_it_is_for(register: Register, label: str) -> None:
    with pytest.raises(WrongUsage, match="welk programma"):
        api_keys.issue(register, AREA, label, by=ADMIN)


def test_a_key_that_does_not_exist_cannot_be_withdrawn(register: Register) -> None:
    with pytest.raises(WrongUsage, match="bestaat niet"):
        api_keys.withdraw(register, 7, by=ADMIN)
