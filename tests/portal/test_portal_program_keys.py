"""Sleutels voor programma's: made by an administrator, shown once, opens the service, ended at once, in the ledger."""

import re

import pytest
from browsing import post, token_of
from small_home import NASTY, OTHER, OWN
from starlette.testclient import TestClient
from test_portal_users import accept, made, visitor

from domain.errors import NotAllowed
from portal.pages.program_keys import state_of
from register import api_keys
from register.api_keys import ApiKey

PAGE = "/gebruikers/sleutels"


@pytest.fixture
def admin(sign_in) -> TestClient:
    return sign_in("beheerder")


def key_made(client: TestClient, label: str, area: str = OWN) -> str:
    answer = post(client, PAGE, programma=label, gebied=area)
    assert answer.status_code == 200, answer.text
    return re.search(r'<code class="hash">([\w-]{20,})</code>', answer.text)[1]


def row_of(client: TestClient, label: str) -> str:
    return re.search(rf'<tr><th scope="row">{label}</th>.*?</tr>', client.get(PAGE).text, re.DOTALL)[0]


def test_a_key_is_shown_once_opens_the_service_and_ends_at_once(admin: TestClient, house) -> None:
    secret = key_made(admin, "zaaksysteem")
    assert secret not in admin.get(PAGE).text
    assert ("nog niet" in row_of(admin, "zaaksysteem"), "geldig" in row_of(admin, "zaaksysteem")) == (True, True)
    found = api_keys.by_key(house.register, secret)
    assert (found.area, found.label) == (OWN, "zaaksysteem")
    assert "nog niet" not in row_of(admin, "zaaksysteem")
    gone = post(admin, f"{PAGE}/{found.id}/intrekken", page=PAGE)
    assert gone.headers["location"] == f"{PAGE}?gedaan=sleutel-ingetrokken"
    assert "ingetrokken" in row_of(admin, "zaaksysteem")
    with pytest.raises(NotAllowed):
        api_keys.by_key(house.register, secret)


def test_the_ledger_says_who_made_it_and_not_what_it_is(admin: TestClient) -> None:
    secret = key_made(admin, "onderzoek")
    page = admin.get("/verantwoording").text
    assert "Sleutels voor de dienst uitgeven en intrekken" in page
    assert "uitgegeven: ja" in page
    assert secret not in page


def test_an_administrator_of_one_gemeente_sees_and_makes_only_its_keys(admin: TestClient, app, house) -> None:
    client = visitor(app)
    accept(client, "lokaal", made(admin, "lokaal", "administrator"))
    theirs = api_keys.by_key(house.register, key_made(admin, "van-de-ander", OTHER))
    page = client.get(PAGE).text
    assert ("van-de-ander" in page, f'value="{OTHER}"' in page, f'value="{OWN}"' in page) == (False, False, True)
    assert post(client, PAGE, programma="x", gebied=OTHER).status_code == 422
    assert post(client, f"{PAGE}/{theirs.id}/intrekken", page=PAGE).status_code == 404
    assert "Ja, intrekken" in row_of(admin, "van-de-ander")
    assert key_made(client, "eigen")


@pytest.mark.parametrize(
    "fields",
    [{"programma": "", "gebied": OWN}, {"programma": "x" * 81, "gebied": OWN}, {"programma": "x", "gebied": "GM0000"},
     {"programma": "x"}],
)  # fmt: skip
def test_a_form_that_cannot_be_is_refused(admin: TestClient, fields: dict[str, str]) -> None:
    assert post(admin, PAGE, **fields).status_code == 422


def test_nobody_else_comes_here_and_a_label_is_never_markup(admin: TestClient, sign_in) -> None:
    key_made(admin, NASTY)
    assert NASTY not in admin.get(PAGE).text
    for user in ("operator", "privacy_officer", "movisie", "fg", f"data_steward-{OWN}"):
        client = sign_in(user)
        token = token_of(client, "/")
        assert client.get(PAGE).status_code == 403
        for path in (PAGE, f"{PAGE}/1/intrekken"):
            assert client.post(path, data={"token": token, "programma": "x", "gebied": OWN}).status_code == 403


@pytest.mark.parametrize(
    ("expires", "withdrawn", "state"),
    [("2027", None, "valid"), ("2026", None, "lapsed"), ("2025", None, "lapsed"), ("2027", "2026", "withdrawn")],
)
def test_how_a_key_stands(expires: str, withdrawn: str | None, state: str) -> None:
    one = ApiKey(1, OWN, "x", "beheerder", "2024", expires, withdrawn, None)
    assert state_of(one, "2026") == state
