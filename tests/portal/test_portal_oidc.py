"""Signing in at the gemeente's own provider, a real one on the loopback: only known users, only their own attempt."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlparse

import pytest
import requests
from browsing import post
from small_home import OWN
from starlette.testclient import TestClient

from domain.errors import WrongUsage
from portal.app import create_app
from portal.entrance import COOKIE, SECRET_VARIABLE
from portal.house import House
from portal.security import SESSION_COOKIE
from storage.settings import SignInProvider
from tests.register.oidc_provider import CLIENT, SECRET, LocalProvider, running

HERE = "http://testserver"
BUTTON = "Inloggen met uw organisatie"
NEW = {"rol": "privacy_officer", "gebied": OWN, "page": "/gebruikers"}


@pytest.fixture(scope="module")
def provider() -> Iterator[type[LocalProvider]]:
    with running() as found:
        yield found


@pytest.fixture(scope="module")
def served(house: House, provider: type[LocalProvider]):
    """The portal with a provider, and one user who signs in there, made on the page for users."""
    chosen = SignInProvider(provider.issuer, CLIENT, HERE)
    app = create_app(
        replace(house, settings=replace(house.settings, sign_in=chosen)), environ={SECRET_VARIABLE: SECRET}
    )
    app.state.sign_in_attempts.__init__(1000, 900)
    admin = TestClient(app, follow_redirects=False)
    post(admin, "/inloggen", naam="beheerder", wachtwoord="demo")
    made = post(admin, "/gebruikers/nieuw", naam="pieter", kenmerk="po-7", **NEW)
    assert made.headers["location"] == "/gebruikers?gedaan=gemaakt"
    return app


@pytest.fixture
def visitor(served, provider: type[LocalProvider]) -> TestClient:
    provider.person, provider.claims = "po-7", {}
    return TestClient(served, follow_redirects=False)


def to_provider(visitor: TestClient, to: str = "/regels") -> str:
    """Leave for the provider; where it sends the visitor back to."""
    left = visitor.get(f"/inloggen/organisatie?naar={to}")
    assert left.status_code == 303
    back = requests.get(left.headers["location"], allow_redirects=False, timeout=5).headers["Location"]
    assert back.startswith(f"{HERE}/inloggen/terug?")
    return back.removeprefix(HERE)


def test_the_button_is_there_only_with_a_provider(visitor: TestClient, anonymous: TestClient) -> None:
    assert BUTTON in visitor.get("/inloggen").text
    assert BUTTON not in anonymous.get("/inloggen").text
    assert anonymous.get("/inloggen/organisatie").status_code == 404
    assert anonymous.get("/inloggen/terug?code=x&state=x").status_code == 404


def test_a_known_person_comes_in_where_she_was_going(visitor: TestClient) -> None:
    answer = visitor.get(to_provider(visitor))
    assert (answer.status_code, answer.headers["location"]) == (303, "/regels")
    assert SESSION_COOKIE in answer.cookies
    assert COOKIE not in visitor.cookies
    assert "pieter" in visitor.get("/").text


def test_the_cookie_of_an_attempt_is_short_and_out_of_reach(visitor: TestClient) -> None:
    cookie = visitor.get("/inloggen/organisatie").headers["set-cookie"].lower()
    assert all(word in cookie for word in ("httponly", "samesite=lax", "max-age=600", "path=/inloggen"))


def test_somebody_we_do_not_know_stays_out(visitor: TestClient, provider: type[LocalProvider]) -> None:
    provider.person = "iemand-anders"
    answer = visitor.get(to_provider(visitor))
    assert (answer.status_code, "nog geen gebruiker" in answer.text) == (403, True)
    assert SESSION_COOKIE not in visitor.cookies


def test_the_attempt_of_another_browser_is_no_use(visitor: TestClient, served) -> None:
    back = to_provider(visitor)
    other = TestClient(served, follow_redirects=False)
    assert other.get(back).status_code == 403
    other.cookies.set(COOKIE, "verzonnen", path="/inloggen")
    assert other.get(back).status_code == 403
    to_provider(other)
    assert other.get(back).status_code == 403  # her own attempt has another state
    assert SESSION_COOKIE not in other.cookies


@pytest.mark.parametrize("back", ["", "?state=x", "?code=x", "?state=é&code=é", "?error=access_denied&state=x"])
def test_a_bent_return_is_a_plain_refusal(visitor: TestClient, back: str) -> None:
    to_provider(visitor)
    answer = visitor.get(f"/inloggen/terug{back}")
    assert (answer.status_code, "niet gelukt" in answer.text) == (403, True)


def test_a_code_works_once(visitor: TestClient, served) -> None:
    back = to_provider(visitor)
    kept = visitor.cookies.get(COOKIE)
    assert visitor.get(back).status_code == 303
    again = TestClient(served, follow_redirects=False)
    again.cookies.set(COOKIE, str(kept), path="/inloggen")
    assert again.get(back).status_code == 403


def test_a_token_for_another_service_is_refused(visitor: TestClient, provider: type[LocalProvider]) -> None:
    provider.claims = {"aud": "een-andere-dienst"}
    assert visitor.get(to_provider(visitor)).status_code == 403


@pytest.mark.parametrize("away", ["//elders.example", "https://elders.example"])
def test_coming_back_never_leads_elsewhere(visitor: TestClient, away: str) -> None:
    answer = visitor.get(to_provider(visitor, away))
    assert urlparse(answer.headers["location"]).netloc == ""


def test_her_password_is_not_asked_and_none_fits(visitor: TestClient) -> None:
    assert post(visitor, "/inloggen", naam="pieter", wachtwoord="").status_code == 403


def test_a_provider_that_is_away_is_said_plainly(house: House) -> None:
    settings = replace(house.settings, sign_in=SignInProvider("http://127.0.0.1:9", CLIENT, HERE))
    app = create_app(replace(house, settings=settings), environ={SECRET_VARIABLE: SECRET})
    answer = TestClient(app, follow_redirects=False).get("/inloggen/organisatie")
    assert (answer.status_code, "antwoordt niet goed" in answer.text) == (403, True)


def test_without_its_secret_the_portal_does_not_start(house: House) -> None:
    settings = replace(house.settings, sign_in=SignInProvider("http://127.0.0.1:9", CLIENT, HERE))
    with pytest.raises(WrongUsage, match=SECRET_VARIABLE):
        create_app(replace(house, settings=settings))
