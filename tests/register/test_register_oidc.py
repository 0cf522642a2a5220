"""Logging in at the gemeente's own provider: everything that does not fit is a refusal."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest
import requests
from joserfc.jwk import RSAKey

from domain.errors import CannotCheck, NotAllowed
from domain.vocabulary import Role
from register import oidc, users
from register.actors import SYSTEM, Actor, Grant
from register.store import Register
from tests.register.conftest import Clock
from tests.register.oidc_provider import CLIENT, SECRET, LocalProvider, running

BACK = "https://toegangspeil.voorbeeld.nl/aanmelden/terug"


@pytest.fixture
def local(register: Register, clock: Clock) -> Iterator[type[LocalProvider]]:
    clock.now = datetime.now(UTC)
    admin = users.add_user(register, "aad", [Grant(Role.ADMINISTRATOR)], password="vier losse woorden", by=SYSTEM)
    with running() as provider:
        users.add_user(
            register, "pieter", [Grant(Role.PRIVACY_OFFICER, "GM9001")], password="vier losse woorden", by=admin,
            subject=oidc.subject_of(provider.issuer, "po-7"),
        )  # fmt: skip
        yield provider


def log_in(register: Register, local: type[LocalProvider], **bent: Any) -> Actor:
    provider = oidc.discover(local.issuer, CLIENT, bent.get("secret", SECRET))
    attempt = oidc.begin(provider, BACK)
    answer = requests.get(attempt.url, allow_redirects=False, timeout=5)
    back = {name: values[0] for name, values in parse_qs(urlparse(answer.headers["Location"]).query).items()}
    if "verifier" in bent:
        attempt = oidc.Attempt(attempt.url, attempt.state, attempt.nonce, bent["verifier"], BACK)
    return oidc.finish(register, provider, attempt, state=bent.get("state", back["state"]), code=back["code"])


def test_a_known_person_gets_her_roles(register: Register, local: type[LocalProvider]) -> None:
    assert log_in(register, local) == Actor.of("pieter", Grant(Role.PRIVACY_OFFICER, "GM9001"))


def test_somebody_we_do_not_know_does_not_get_in(register: Register, local: type[LocalProvider]) -> None:
    local.person = "iemand-anders"
    with pytest.raises(NotAllowed, match="nog geen gebruiker"):
        log_in(register, local)


BENT = [
    {"aud": "een-andere-dienst"},
    {"iss": "https://elders.voorbeeld.nl"},
    {"nonce": "oud"},
    {"exp": 1},
    {"sub": None},
]


@pytest.mark.parametrize("claims", BENT, ids=lambda claims: next(iter(claims)))
def test_a_token_that_does_not_fit_is_refused(
    register: Register, local: type[LocalProvider], claims: dict[str, Any]
) -> None:
    local.claims = claims
    with pytest.raises(NotAllowed, match="niet gelukt"):
        log_in(register, local)


def test_a_token_signed_by_somebody_else_is_refused(register: Register, local: type[LocalProvider]) -> None:
    local.signing = RSAKey.generate_key(2048, {"kid": "eerste"})
    with pytest.raises(NotAllowed, match="niet gelukt"):
        log_in(register, local)


@pytest.mark.parametrize("bent", [{"state": "anders"}, {"verifier": "a" * 50}, {"secret": "fout"}], ids=str)
def test_a_bent_return_is_refused(register: Register, local: type[LocalProvider], bent: dict[str, str]) -> None:
    with pytest.raises(NotAllowed, match="niet gelukt"):
        log_in(register, local, **bent)


def test_a_provider_that_is_not_there_is_said_plainly() -> None:
    with pytest.raises(CannotCheck, match="antwoordt niet goed"):
        oidc.discover("http://127.0.0.1:9", CLIENT, SECRET)


def test_another_issuer_is_refused(local: type[LocalProvider]) -> None:
    with pytest.raises(CannotCheck, match="noemt zichzelf anders"):
        oidc.discover(local.issuer + "/", CLIENT, SECRET)


@pytest.mark.parametrize("keys", [{}, {"keys": None}, {"keys": [1]}, {"keys": [{"kty": "onbekend"}]}], ids=str)
def test_keys_that_are_none_let_nobody_in(register: Register, local: type[LocalProvider], keys: dict[str, Any]) -> None:
    local.keys = keys
    with pytest.raises(NotAllowed, match="niet gelukt"):
        log_in(register, local)


def test_a_provider_that_does_not_say_where_to_go_is_refused_at_the_start(local: type[LocalProvider]) -> None:
    local.ends = {"authorization_endpoint": "authorize"}
    with pytest.raises(CannotCheck, match="niet waar hij te bereiken is"):
        oidc.discover(local.issuer, CLIENT, SECRET)
