"""Users: who is who, and what happens after five wrong passwords."""

import pyotp
import pytest
from sqlalchemy import text

from domain.errors import NotAllowed, WrongUsage
from domain.vocabulary import Role
from register import users
from register.actors import SYSTEM, Actor, Grant
from register.passwords import new_totp
from register.store import Register
from tests.register.conftest import Clock

PASSWORD = "vier losse woorden hier"


@pytest.fixture
def admin(register: Register) -> Actor:
    return users.add_user(register, "aad", [Grant(Role.ADMINISTRATOR)], password=PASSWORD, by=SYSTEM)


@pytest.fixture
def officer(register: Register, admin: Actor) -> Actor:
    return users.add_user(register, "pieter", [Grant(Role.PRIVACY_OFFICER, "GM9001")], password=PASSWORD, by=admin)


def test_a_user_logs_in_with_her_roles(register: Register, officer: Actor) -> None:
    assert users.authenticate(register, "pieter", password=PASSWORD) == officer


def test_the_product_makes_only_the_first_administrator(register: Register, admin: Actor) -> None:
    with pytest.raises(NotAllowed):
        users.add_user(register, "eva", [Grant(Role.ADMINISTRATOR)], password=PASSWORD, by=SYSTEM)


def test_the_first_user_is_nothing_but_administrator(register: Register) -> None:
    roles = [Grant(Role.ADMINISTRATOR), Grant(Role.PRIVACY_OFFICER)]
    with pytest.raises(NotAllowed):
        users.add_user(register, "eva", roles, password=PASSWORD, by=SYSTEM)


def test_five_wrong_passwords_lock_for_a_quarter(register: Register, officer: Actor, clock: Clock) -> None:
    for _ in range(5):
        with pytest.raises(NotAllowed):
            users.authenticate(register, "pieter", password="fout")
    with pytest.raises(NotAllowed):
        users.authenticate(register, "pieter", password=PASSWORD)
    clock.pass_(minutes=16)
    assert users.authenticate(register, "pieter", password=PASSWORD) == officer


def test_an_unknown_user_gets_the_same_words(register: Register, officer: Actor) -> None:
    said = set()
    for name in ("pieter", "bestaat-niet"):
        with pytest.raises(NotAllowed) as refusal:
            users.authenticate(register, name, password="fout")
        said.add(str(refusal.value))
    assert len(said) == 1


def with_app(register: Register, officer: Actor, clock: Clock) -> str:
    """Put a secret in an app, and type its code."""
    secret = new_totp()
    users.set_totp(register, secret, pyotp.TOTP(secret).at(clock.now), by=officer)
    clock.pass_(minutes=1)
    return secret


def test_a_second_factor_is_kept_only_when_its_code_fits(register: Register, officer: Actor) -> None:
    with pytest.raises(NotAllowed, match="klopt niet"):
        users.set_totp(register, new_totp(), "000000", by=officer)
    assert users.authenticate(register, "pieter", password=PASSWORD) == officer


def test_with_totp_a_code_is_needed_and_works_once(register: Register, officer: Actor, clock: Clock) -> None:
    secret = with_app(register, officer, clock)
    code = pyotp.TOTP(secret).at(clock.now)
    with pytest.raises(NotAllowed):
        users.authenticate(register, "pieter", password=PASSWORD)
    assert users.authenticate(register, "pieter", password=PASSWORD, code=code) == officer
    with pytest.raises(NotAllowed):
        users.authenticate(register, "pieter", password=PASSWORD, code=code)


def test_a_lost_phone_is_cleared_by_somebody_else(
    register: Register, officer: Actor, admin: Actor, clock: Clock
) -> None:
    with_app(register, officer, clock)
    with pytest.raises(NotAllowed):
        users.clear_totp(register, "pieter", by=officer)
    users.clear_totp(register, "pieter", by=admin)
    assert users.authenticate(register, "pieter", password=PASSWORD) == officer


def test_who_is_invited_chooses_her_own_password_once(register: Register, admin: Actor, clock: Clock) -> None:
    eva = users.add_user(register, "eva", [Grant(Role.FG)], by=admin)
    for password in ("", PASSWORD):
        with pytest.raises(NotAllowed):
            users.authenticate(register, "eva", password=password)
    old, code = users.invite(register, "eva", by=admin), users.invite(register, "eva", by=admin)
    with pytest.raises(NotAllowed):
        users.by_token(register, code)  # an invitation is no session
    with pytest.raises(NotAllowed, match="minstens"):
        users.accept_invitation(register, "eva", code, "kort")
    for name, wrong in (("eva", old), ("eva", "x"), ("aad", code)):
        with pytest.raises(NotAllowed, match="uitnodiging klopt niet"):
            users.accept_invitation(register, name, wrong, PASSWORD)
    assert users.accept_invitation(register, "eva", code, PASSWORD) == eva
    assert users.authenticate(register, "eva", password=PASSWORD) == eva
    with pytest.raises(NotAllowed, match="uitnodiging klopt niet"):
        users.accept_invitation(register, "eva", code, "een heel ander wachtwoord")


def test_an_invitation_ends_after_three_days_and_is_given_by_an_administrator(
    register: Register, admin: Actor, officer: Actor, clock: Clock
) -> None:
    with pytest.raises(NotAllowed):
        users.invite(register, "aad", by=officer)
    with pytest.raises(NotAllowed):
        users.invite(register, "aad", by=admin)
    code = users.invite(register, "pieter", by=admin)
    clock.pass_(days=3)
    with pytest.raises(NotAllowed, match="verlopen"):
        users.accept_invitation(register, "pieter", code, PASSWORD)


def test_secrets_are_not_readable_in_the_register(
    register: Register, officer: Actor, admin: Actor, clock: Clock
) -> None:
    secret, token = with_app(register, officer, clock), users.make_token(register, "laptop", by=officer)
    session, code = users.start_session(register, officer), users.invite(register, "pieter", by=admin)
    with register.read() as connection:
        tables = (
            connection.execute(text("select * from users")).all(),
            connection.execute(text("select * from tokens")).all(),
        )
        stored = repr(tables)
    assert not any(word in stored for word in (secret, token, session, code, PASSWORD))


def test_tokens_and_sessions_end(register: Register, officer: Actor, clock: Clock) -> None:
    token, session = users.make_token(register, "laptop", by=officer), users.start_session(register, officer)
    assert users.authenticate(register, token=token) == officer
    assert users.by_token(register, session) == officer
    clock.pass_(hours=9)
    with pytest.raises(NotAllowed):
        users.by_token(register, session)
    clock.pass_(days=90)
    with pytest.raises(NotAllowed):
        users.authenticate(register, token=token)


def test_changed_roles_end_sessions(register: Register, officer: Actor, admin: Actor) -> None:
    session = users.start_session(register, officer)
    users.set_grants(register, "pieter", [Grant(Role.FG, "GM9001")], by=admin)
    with pytest.raises(NotAllowed):
        users.by_token(register, session)


def test_a_disabled_user_is_out(register: Register, officer: Actor, admin: Actor) -> None:
    users.disable(register, "pieter", by=admin)
    with pytest.raises(NotAllowed):
        users.authenticate(register, "pieter", password=PASSWORD)


def test_nobody_changes_her_own_roles(register: Register, admin: Actor) -> None:
    with pytest.raises(NotAllowed, match="eigen rollen"):
        users.set_grants(register, "aad", [Grant(Role.PRIVACY_OFFICER)], by=admin)


def test_a_gemeente_administrator_stays_in_her_gemeente(register: Register, admin: Actor) -> None:
    local = users.add_user(register, "lotte", [Grant(Role.ADMINISTRATOR, "GM9001")], password=PASSWORD, by=admin)
    users.add_user(register, "kees", [Grant(Role.ANALYST, "GM9001")], password=PASSWORD, by=local)
    for grant in (Grant(Role.ANALYST, "GM9002"), Grant(Role.PRIVACY_OFFICER)):
        with pytest.raises(NotAllowed):
            users.add_user(register, "wim", [grant], password=PASSWORD, by=local)


def test_demo_users_exist_only_in_a_demo_home(register: Register) -> None:
    grant = [Grant(Role.PRIVACY_OFFICER)]
    with pytest.raises(NotAllowed, match="demo"):
        users.add_user(register, "demo-po", grant, password="demo", by=SYSTEM, demo=True)
    users.mark_demo(register)
    users.add_user(register, "demo-po", grant, password="demo", by=SYSTEM, demo=True)
    assert users.authenticate(register, "demo-po", password="demo").name == "demo-po"


def test_a_short_password_is_refused(register: Register, admin: Actor) -> None:
    with pytest.raises(NotAllowed, match="12 tekens"):
        users.add_user(register, "eva", [Grant(Role.FG)], password="kort", by=admin)


def test_nobody_takes_the_name_of_the_product(register: Register, admin: Actor) -> None:
    with pytest.raises(WrongUsage):
        users.add_user(register, "systeem", [Grant(Role.FG)], password=PASSWORD, by=admin)
