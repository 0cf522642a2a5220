"""Every route as every role: a page, or a plain refusal; never data of another gemeente. Made from the app itself."""

import re

import pytest
from fastapi.routing import APIRoute
from small_home import NASTY, OTHER, OWN, SECRET_REASON

from portal.security import is_service

USERS = (
    "operator", "privacy_officer", "movisie", "analyst", "fg", "ciso", "beheerder",
    f"data_steward-{OWN}", f"privacy_officer-{OWN}", f"proceseigenaar-{OWN}", f"analyst-{OWN}",
)  # fmt: skip
VALUES = {"number": ("1", "2", "3", "4", "999"), "name": ("r1", "anders"), "release": ("r1", "anders"),
          "area": (OWN, OTHER, "../x"), "kind": ("alle", "dpia", "x"), "instrument": ("toegangsscan",),
          "reference": ("x", "klantreis@1.0"),
          "draft": ("x", f"{'0' * 16}-{'0' * 24}")}  # fmt: skip
LOCAL = [user for user in USERS if user.endswith(OWN)]
# What only Andershuizen's own people, or national officers, may read.
THEIRS = (SECRET_REASON[1:], "De brief is moeilijk", "streng")


def routes(app, method: str) -> list[str]:
    found = []

    def walk(items):
        for route in items:
            if isinstance(route, APIRoute) and method in route.methods:
                found.append(route.path)
            elif hasattr(route, "original_router"):
                walk(route.original_router.routes)

    walk(app.routes)
    return sorted(set(found))


def filled(path: str) -> list[str]:
    paths = [path]
    while any("{" in one for one in paths):
        name = re.search(r"\{(\w+)(?::\w+)?\}", next(one for one in paths if "{" in one))[1]
        values = VALUES[name] if name != "name" or "gegevens" not in path else ("r1.duckdb", "csv/fact_result.csv", "x")
        paths = [re.sub(r"\{" + name + r"(?::\w+)?\}", value, one, count=1) for one in paths for value in values]
    return paths


def test_the_matrix_sees_the_whole_app(app):
    assert len(routes(app, "GET")) > 30
    assert "/bijdragen/{number:int}" in routes(app, "GET")


@pytest.mark.parametrize("user", USERS)
def test_every_page_is_a_page_or_a_plain_refusal(app, sign_in, user):
    client = sign_in(user)
    for path in (one for route in routes(app, "GET") for one in filled(route) if not one.endswith(".pdf")):
        answer = client.get(path)
        assert answer.status_code in (200, 303, 403, 404), (user, path)
        assert NASTY not in answer.text, (user, path)
        assert "Traceback" not in answer.text
        if user in LOCAL:
            assert not [words for words in THEIRS if words in answer.text], (user, path)


@pytest.mark.parametrize(("path", "words"), [("/aanleveringen", THEIRS[0]), ("/bevindingen/1", THEIRS[1])])
def test_their_own_people_do_see_it(sign_in, path, words):
    assert words in sign_in(f"data_steward-{OTHER}").get(path).text
    assert words not in sign_in(f"data_steward-{OWN}").get(path).text


@pytest.mark.parametrize("user", [None, *USERS])
def test_no_form_is_taken_without_a_token(app, sign_in, anonymous, user):
    client = anonymous if user is None else sign_in(user)
    for path in (one for route in routes(app, "POST") for one in filled(route)):
        if is_service(path):
            continue
        unread = user is None and path.startswith("/aanleveringen/nieuw")  # too large to look at for a stranger
        assert client.post(path, data={"x": "y"}).status_code == (303 if unread else 403), path


def test_without_signing_in_only_public_pages_open(app, anonymous):
    public = {"/inloggen", "/inloggen/eerste", "/uw-antwoorden", "/toegankelijkheid", "/health", "/metrics", "/v1"}
    service = {"/recognizers", "/supportedentities", "/anonymizers", "/deanonymizers"}
    for path in (one for route in routes(app, "GET") for one in filled(route)):
        status = anonymous.get(path).status_code
        assert status == 200 if path in public | service else status in (303, 404), path


@pytest.mark.parametrize("path", ["/bijdragen", "/bijdragen/3", "/aanleveringen", "/nakijken", "/verzoeken", "/regels"])
def test_movisie_never_sees_what_is_not_published(sign_in, path):
    assert sign_in("movisie").get(path).status_code in (403, 404)


@pytest.mark.parametrize("number", [2, 4, 999])
def test_a_contribution_of_another_gemeente_looks_like_none(sign_in, number):
    client = sign_in(f"privacy_officer-{OWN}")
    mine, theirs = client.get("/bijdragen/1"), client.get(f"/bijdragen/{number}")
    assert (mine.status_code, theirs.status_code) == (200, 404)


def test_the_menu_shows_only_what_opens(sign_in):
    for user in USERS:
        client = sign_in(user)
        for path in re.findall(r'<li><a href="(/[a-z]*)"', client.get("/").text):
            assert client.get(path).status_code == 200, (user, path)
