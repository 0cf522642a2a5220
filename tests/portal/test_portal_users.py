"""Gebruikers: made with an invitation, first password and second factor chosen by the user herself."""

import html
import re
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from browsing import post, token_of
from small_home import OWN
from starlette.testclient import TestClient

from portal.pages.second_factor import qr_code
from register.passwords import totp_address

PASSWORD = "vier losse woorden hier"
PAGE = "/gebruikers"


@pytest.fixture
def admin(sign_in) -> TestClient:
    return sign_in("beheerder")


def invitation(answer) -> str:
    return re.search(r"<code>([\w-]{40,})</code>", answer.text)[1]


def made(admin: TestClient, name: str, role: str = "fg") -> str:
    answer = post(admin, "/gebruikers/nieuw", page=PAGE, naam=name, rol=role, gebied=OWN)
    assert answer.status_code == 200, answer.text
    return invitation(answer)


def visitor(app) -> TestClient:
    app.state.sign_in_attempts.__init__(1000, 900)
    return TestClient(app, follow_redirects=False)


def accept(client: TestClient, name: str, code: str, password: str = PASSWORD, again: str | None = None):
    return post(
        client, "/inloggen/eerste", naam=name, uitnodiging=code, wachtwoord=password, nog_eens=again or password
    )  # fmt: skip


def test_from_invitation_to_password_to_second_factor(admin: TestClient, app) -> None:
    code = made(admin, "eva")
    assert code not in admin.get(PAGE).text
    assert "nog geen wachtwoord" in admin.get(PAGE).text
    client = visitor(app)
    chosen = accept(client, "eva", code)
    assert (chosen.status_code, chosen.headers["location"].split("?")[0]) == (303, "/mijn-inloggen")
    page = client.get("/mijn-inloggen").text
    secret, token = re.search(r'name="sleutel" value="(\w+)"', page)[1], token_of(client, "/mijn-inloggen")
    wrong = client.post("/mijn-inloggen", data={"token": token, "sleutel": secret, "code": "000000"})
    assert wrong.status_code == 403
    now = pyotp.TOTP(secret).at(datetime.now(UTC))
    kept = client.post("/mijn-inloggen", data={"token": token, "sleutel": secret, "code": now})
    assert kept.headers["location"] == "/mijn-inloggen?gedaan=code"
    assert "wachtwoord en code" in admin.get(PAGE).text
    other = visitor(app)
    assert post(other, "/inloggen", naam="eva", wachtwoord=PASSWORD).status_code == 403
    later = pyotp.TOTP(secret).at(datetime.now(UTC) + timedelta(seconds=30))
    assert post(other, "/inloggen", naam="eva", wachtwoord=PASSWORD, code=later).status_code == 303


def test_the_key_is_shown_as_a_code_for_the_camera_beside_its_letters(admin: TestClient, app) -> None:
    client = visitor(app)
    accept(client, "kim", made(admin, "kim"))
    page = html.unescape(client.get("/mijn-inloggen").text)
    secret = re.search(r'name="sleutel" value="(\w+)"', page)[1]
    read = pyotp.parse_uri(re.search(r'href="(otpauth://[^"]+)"', page)[1])
    assert (read.secret, read.name, read.issuer) == (secret, "kim", "Toegangspeil")
    drawn = re.search(r'<div class="qr" role="img" aria-label="[^"]+">(<svg .*?</svg>)', page)[1]
    assert drawn == str(qr_code(totp_address(secret, "kim")))
    assert " style=" not in drawn
    assert " ".join(re.findall(".{4}", secret)) in page


@pytest.mark.parametrize("sleutel", ["", "geen-base32!", "x" * 500])
def test_a_bent_second_factor_is_a_plain_refusal(admin: TestClient, app, sleutel: str) -> None:
    client = visitor(app)
    accept(client, f"bent{len(sleutel)}", made(admin, f"bent{len(sleutel)}"))
    assert post(client, "/mijn-inloggen", sleutel=sleutel, code="123456").status_code == 403


def test_an_invitation_works_once_for_its_own_user_and_two_equal_passwords(admin: TestClient, app) -> None:
    code, client = made(admin, "noor"), visitor(app)
    assert accept(client, "movisie", code).status_code == 403
    assert accept(client, "noor", code, again="iets anders hier").status_code == 403
    short = accept(client, "noor", code, "kort")
    assert (short.status_code, "minstens" in short.text) == (403, True)
    assert accept(client, "noor", code).status_code == 303
    assert accept(visitor(app), "noor", code).status_code == 403


def test_an_invitation_is_no_session(admin: TestClient, app) -> None:
    client = TestClient(app, follow_redirects=False, cookies={"tp_sessie": made(admin, "saar")})
    assert client.get("/").status_code == 303


def test_roles_are_changed_and_end_the_session(admin: TestClient, app) -> None:
    client = visitor(app)
    accept(client, "ciske", made(admin, "ciske"))
    assert client.get("/gebruikers").status_code == 403
    page = "/gebruikers/een?naam=ciske"
    assert "functionaris" in admin.get(page).text
    changed = post(admin, "/gebruikers/rollen", page=page, naam="ciske", rol="analyst", gebied=OWN)
    assert changed.status_code == 303
    assert client.get("/").status_code == 303
    row = re.search(r"<tr><th scope=\"row\">ciske</th><td[^>]*>(.*?)</td>", admin.get(PAGE).text)[1]
    assert (row.startswith("analist"), "functionaris" in row) == (True, False)


def test_a_forgotten_password_and_a_lost_phone(admin: TestClient, app) -> None:
    client = visitor(app)
    accept(client, "teun", made(admin, "teun"))
    page = "/gebruikers/een?naam=teun"
    again = invitation(post(admin, "/gebruikers/uitnodigen", page=page, naam="teun"))
    assert accept(visitor(app), "teun", again, "een heel ander wachtwoord").status_code == 303
    assert post(visitor(app), "/inloggen", naam="teun", wachtwoord=PASSWORD).status_code == 403
    assert post(admin, "/gebruikers/zonder-code", page=page, naam="teun").status_code == 303


def test_a_blocked_user_is_out_and_cannot_come_back_with_an_invitation(admin: TestClient, app) -> None:
    code = made(admin, "guus")
    assert post(admin, "/gebruikers/blokkeren", page="/gebruikers/een?naam=guus", naam="guus").status_code == 303
    assert accept(visitor(app), "guus", code).status_code == 403
    assert "geblokkeerd" in admin.get(PAGE).text


@pytest.mark.parametrize(
    ("fields", "status"),
    [({"naam": "beheerder", "rol": "fg"}, 422), ({"naam": " ", "rol": "fg"}, 422), ({"naam": "x", "rol": "baas"}, 422),
     ({"naam": "x", "rol": "fg", "gebied": "GM0000"}, 422), ({"naam": "x", "rol": "fg", "kenmerk": "sub"}, 422)],
)  # fmt: skip
def test_a_form_that_cannot_be_is_refused(admin: TestClient, fields: dict[str, str], status: int) -> None:
    assert post(admin, "/gebruikers/nieuw", page=PAGE, **fields).status_code == status


def test_nobody_changes_herself_and_nobody_else_comes_here(admin: TestClient, sign_in) -> None:
    token = token_of(admin, PAGE)
    for act in ("uitnodigen", "rollen", "zonder-code", "blokkeren"):
        assert admin.post(f"/gebruikers/{act}", data={"token": token, "naam": "beheerder"}).status_code == 403
        assert admin.post(f"/gebruikers/{act}", data={"token": token, "naam": "bestaat-niet"}).status_code == 404
    for user in ("privacy_officer", "operator", "movisie", f"data_steward-{OWN}"):
        client = sign_in(user)
        mine = token_of(client, "/")
        for act in ("nieuw", "uitnodigen", "rollen", "zonder-code", "blokkeren"):
            sent = client.post(f"/gebruikers/{act}", data={"token": mine, "naam": "fg", "rol": "fg"})
            assert sent.status_code == 403, (user, act)
