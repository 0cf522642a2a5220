"""Signing in: the same words for every reason, a session out of reach of scripts, forms only from our own pages."""

import asyncio

import pytest
from browsing import post, token_of
from starlette.testclient import TestClient

WRONG = "wachtwoord of code klopt niet"


def test_nobody_sees_a_page_before_signing_in(anonymous):
    answer = anonymous.get("/vergelijken")
    assert (answer.status_code, answer.headers["location"]) == (303, "/inloggen?naar=/vergelijken")


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(anonymous):
    answer = post(anonymous, "/inloggen", naam="movisie", wachtwoord="demo")
    cookie = answer.headers["set-cookie"].lower()
    assert answer.status_code == 303
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


def test_over_https_the_cookie_is_secure(house):
    from starlette.testclient import TestClient

    from portal.app import Serving, create_app

    client = TestClient(create_app(house, serving=Serving(secure=True)), base_url="https://testserver")
    answer = client.get("/inloggen")
    assert "secure" in answer.headers["set-cookie"].lower()
    assert answer.headers["strict-transport-security"].startswith("max-age=")


@pytest.mark.parametrize(("name", "password"), [("movisie", "fout"), ("niemand", "demo"), ("", ""), ("movisie", "")])
def test_every_failure_has_the_same_words(anonymous, name, password):
    answer = post(anonymous, "/inloggen", naam=name, wachtwoord=password)
    assert answer.status_code == 403
    assert WRONG in answer.text


def test_a_form_without_our_token_is_refused(sign_in):
    answer = sign_in("movisie").post("/uitloggen", data={"token": "verzonnen"})
    assert answer.status_code == 403
    assert sign_in("movisie").get("/").status_code == 200


def test_the_token_of_somebody_else_is_refused(sign_in):
    token = token_of(sign_in("operator"), "/")
    assert sign_in("movisie").post("/uitloggen", data={"token": token}).status_code == 403


@pytest.mark.parametrize("away", ["//elders.example", "https://elders.example", "/\\elders.example", "javascript:x"])
def test_signing_in_never_leads_elsewhere(anonymous, away):
    token = token_of(anonymous, "/inloggen")
    form = {"token": token, "naam": "movisie", "wachtwoord": "demo", "naar": away}
    assert anonymous.post("/inloggen", data=form).headers["location"] == "/"


def test_too_many_attempts_from_one_address_wait(anonymous, app):
    app.state.sign_in_attempts.__init__(2, 900)
    answers = [post(anonymous, "/inloggen", naam="niemand", wachtwoord="x") for _ in range(3)]
    app.state.sign_in_attempts.__init__(1000, 900)
    assert [one.status_code for one in answers] == [403, 403, 429]
    assert "Wacht een kwartier" in answers[2].text


def test_after_signing_out_the_session_is_gone(app):
    from starlette.testclient import TestClient

    client = TestClient(app, follow_redirects=False)
    post(client, "/inloggen", naam="analyst", wachtwoord="demo")
    kept = dict(client.cookies)
    post(client, "/uitloggen", page="/")
    again = TestClient(app, follow_redirects=False, cookies=kept)
    assert again.get("/").status_code == 303


def test_signing_in_gives_a_session_nobody_knew_and_ends_the_one_before(app):
    client = TestClient(app, follow_redirects=False)
    client.cookies.set("tp_sessie", "gekozen-door-een-ander")
    post(client, "/inloggen", naam="movisie", wachtwoord="demo")
    (first,) = {value for value in client.cookies.jar if value.name == "tp_sessie" and len(value.value) > 30}
    assert post(client, "/inloggen", naam="fg", wachtwoord="demo").status_code == 303
    for session, status in ((first.value, 303), ("gekozen-door-een-ander", 303)):
        other = TestClient(app, follow_redirects=False, cookies={"tp_sessie": session})
        assert other.get("/").status_code == status


@pytest.mark.parametrize(
    ("cookies", "answer"),
    [(b"", b"/inloggen"), (b"tp_sessie=van-niemand", b"/inloggen?gedaan=verlopen")],
    ids=["nobody", "ended"],
)
def test_nothing_of_a_large_upload_is_read_before_signing_in(app, cookies, answer):
    sent = []

    async def receive():
        raise AssertionError("read")

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/aanleveringen/nieuw", "query_string": b"", "root_path": "",
             "headers": [(b"content-length", b"40000000"), (b"cookie", cookies)], "scheme": "http",
             "http_version": "1.1", "server": ("localhost", 80), "client": ("192.0.2.1", 1)}  # fmt: skip
    asyncio.run(app(scope, receive, send))
    assert (sent[0]["status"], dict(sent[0]["headers"])[b"location"]) == (303, answer)


def test_who_was_away_too_long_signs_in_again_and_is_told_why(sign_in, anonymous):
    client = sign_in("movisie")
    token = token_of(client, "/")
    anonymous.cookies.set("tp_sessie", "van-gisteren")
    here = {"referer": "http://testserver/vergelijken?vraag=x"}
    answer = anonymous.post("/uitloggen", data={"token": token}, headers=here)
    assert (answer.status_code, answer.headers["location"]) == (303, "/inloggen?naar=/vergelijken&gedaan=verlopen")
    assert "Log opnieuw in" in anonymous.get(answer.headers["location"]).text


@pytest.mark.parametrize("referer", ["http://elders.example/x", "http://[", "", "geen adres"])
def test_an_ended_session_never_leads_elsewhere(anonymous, referer):
    anonymous.cookies.set("tp_sessie", "van-gisteren")
    answer = anonymous.post("/uitloggen", data={"token": "x"}, headers={"referer": referer})
    assert answer.headers["location"] == "/inloggen?gedaan=verlopen"


def test_an_office_behind_one_address_may_sign_in_as_often_as_it_likes(house):
    from portal.app import create_app

    app = create_app(house)
    for _time in range(25):
        answer = post(TestClient(app, follow_redirects=False), "/inloggen", naam="movisie", wachtwoord="demo")
        assert answer.headers["location"] == "/"
    wrong = [post(TestClient(app), "/inloggen", naam=f"niemand{n}", wachtwoord="fout").status_code for n in range(21)]
    assert (wrong[-2], wrong[-1]) == (403, 429)
