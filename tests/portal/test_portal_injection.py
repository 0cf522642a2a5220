"""Every field of every form, and names of columns and gemeenten, filled with what breaks careless programs.

Made from the pages themselves: whatever form a role sees is filled and sent; afterwards every page is read again.
"""

import csv
import io
import re
from html.parser import HTMLParser

import pytest
import small_home
from browsing import post, token_of
from small_home import OWN
from starlette.testclient import TestClient
from test_portal_matrix import USERS, filled, routes

from portal.security import is_service

MARK = "zq7"
PAYLOADS = (
    f'"><script>{MARK}(1)</script>', f"'><img src=x onerror={MARK}()>", f"{{{{ 7*7 }}}}{{% raw %}}{MARK}",
    f"{MARK}'; drop table users; --", f"=cmd|' /C {MARK}'!A0", f"../../{MARK}\0\r\nset-cookie: x=y",
    f"${{{MARK}}}\U0001f600",
)  # fmt: skip
RAW = (f"<script>{MARK}", f"<img src=x onerror={MARK}", f"49{MARK}")
NASTY_NAME = f'Dorp<b onmouseover="{MARK}()">&'
KEPT = {"token", "gezien", "seen"}  # without these a form is refused before its fields are read
DAILY = (f"data_steward-{OWN}", f"privacy_officer-{OWN}")
EVERYBODY = [pytest.param(user, marks=() if user in DAILY else pytest.mark.slow) for user in USERS]
LEAVES = {"/uitloggen"}  # ends the session that the next forms need


class Forms(HTMLParser):
    """Action and fields of every form on a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str], set[str]]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag == "form" and said.get("method", "get").lower() == "post":
            self.found.append((said.get("action") or "", {}, set()))
        elif self.found and tag in ("input", "textarea", "select", "button") and said.get("name"):
            self.found[-1][1].setdefault(said["name"], said.get("value") or "")
            if tag != "button" and said.get("type") not in ("hidden", "file", "checkbox"):
                self.found[-1][2].add(said["name"])


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The small home, with a gemeente whose name is an attack."""
    kept = dict(small_home.NAMES)
    small_home.NAMES[OWN] = NASTY_NAME
    try:
        listed = small_home.make_home(tmp_path_factory.mktemp("nasty") / "home")
        rows = [("code", "name", "province"), *((code, name, "=1+1") for code, name in small_home.NAMES.items())]
        out = io.StringIO()
        csv.writer(out).writerows(rows)
        (listed / "gemeenten.csv").write_text(out.getvalue())
        return listed
    finally:
        small_home.NAMES.update(kept)


def pages(app):
    found = [one for route in routes(app, "GET") for one in filled(route)]
    return [one for one in found if not is_service(one) and not one.endswith((".pdf", ".png", ".duckdb"))]


def attack(client: TestClient, page: str, payload: str) -> int:
    """Fill and send every form of a page; returns how many."""
    sent = 0
    answer = client.get(page)
    if "html" not in answer.headers.get("content-type", ""):
        return 0
    for action, fields, typed in Forms(answer.text).found:
        if (action or page).split("?")[0] in LEAVES or "token" not in fields:
            continue
        content = {name: payload if name in typed or name not in KEPT else value for name, value in fields.items()}
        done = client.post(action or page, data=content)
        assert done.status_code < 500, (page, action, payload)
        assert not [raw for raw in RAW if raw in done.text], (page, action, payload)
        assert "set-cookie" not in str(done.headers.get("location", "")).lower()
        sent += 1
        only_typed = {name: payload if name in typed else value for name, value in fields.items()}
        again = client.post(action or page, data=only_typed)
        assert again.status_code < 500, (page, action, payload)
        assert not [raw for raw in RAW if raw in again.text], (page, action, payload)
    return sent


@pytest.mark.parametrize("user", EVERYBODY)
def test_no_form_breaks_or_repeats_an_attack(app, sign_in, user):
    app.state.public_attempts.__init__(10_000, 3600)
    client = sign_in(user)
    sent = 0
    for number, page in enumerate(pages(app)):
        sent += attack(client, page, PAYLOADS[number % len(PAYLOADS)])
    assert sent > 0
    assert client.get("/").status_code == 200, "the attack ended the session"


@pytest.mark.parametrize("user", EVERYBODY)
def test_afterwards_no_page_holds_an_attack(app, sign_in, user):
    """Runs after the forms were filled: what was kept is escaped wherever it is shown."""
    client, seen = sign_in(user), 0
    for page in pages(app):
        text = client.get(page).text
        assert not [raw for raw in (*RAW, '<b onmouseover="') if raw in text], page
        seen += MARK in text
    assert seen > 0 or user not in DAILY, "nothing of the attacks was kept: this test looks at nothing"


def test_a_gemeente_with_an_attack_for_a_name_is_shown_escaped(sign_in):
    page = sign_in(f"data_steward-{OWN}").get("/aanleveringen/nieuw").text
    assert "Dorp&lt;b onmouseover=&#34;" in page


@pytest.mark.parametrize("payload", PAYLOADS)
def test_names_of_columns_are_shown_escaped(sign_in, payload):
    client = sign_in(f"data_steward-{OWN}")
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([["respondent", payload.replace("\0", "")], ["1", "2"]])
    form = {"token": token_of(client, "/aanleveringen/nieuw"), "gemeente": OWN}
    files = [("bestanden", ("x.csv", out.getvalue().encode(), "text/csv"))]
    answer = client.post("/aanleveringen/nieuw", data=form, files=files)
    page = client.get(answer.headers["location"]) if answer.status_code == 303 else answer
    assert page.status_code in (200, 409)
    assert not [raw for raw in RAW if raw in page.text]


def test_no_download_starts_a_cell_with_a_formula(app, sign_in):
    client = sign_in("movisie")
    for path in [one for one in pages(app) if one.split("?")[0].endswith(".csv")]:
        answer = client.get(path)
        if answer.status_code != 200:
            continue
        cells = [cell for row in csv.reader(io.StringIO(answer.text)) for cell in row]
        assert cells
        assert not [cell for cell in cells if re.match(r"[=+@\t\r|]|-\D", cell)], path


def test_a_query_in_an_address_is_never_repeated_raw(app, sign_in):
    client = sign_in("movisie")
    for page in ("/vergelijken", "/perspectieven", "/klantreis", "/gegevens", "/uitgaven", "/inloggen"):
        for payload in PAYLOADS:
            names = ("uitgave", "vraag", "gemeente", "meting", "naar", "gedaan", "doelgroep", "soort")
            answer = client.get(page, params=dict.fromkeys(names, payload))
            assert answer.status_code < 500, (page, payload)
            assert not [raw for raw in RAW if raw in answer.text], (page, payload)


def test_signing_in_with_an_attack_for_a_name(anonymous):
    for payload in PAYLOADS:
        answer = post(anonymous, "/inloggen", naam=payload, wachtwoord=payload, naar=payload)
        assert answer.status_code in (303, 403)
        assert not [raw for raw in RAW if raw in answer.text]
