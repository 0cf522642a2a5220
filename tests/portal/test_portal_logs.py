"""Logs are JSON lines: kind of page, status, time and a number per request; no value, query or library words."""

import io
import json
import logging

import pytest
from browsing import post
from starlette.testclient import TestClient

from portal import logs
from portal.app import create_app


@pytest.fixture
def lines():
    """What is logged, as objects; the logging of the tests is put back afterwards."""
    root, ours = logging.getLogger(), logging.getLogger("toegangspeil")
    kept = root.handlers, root.level, ours.level
    stream = io.StringIO()
    logs.configure(stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers, root.level, ours.level = kept
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(name).propagate = True


def test_a_request_is_one_line_without_its_query(anonymous, lines):
    answer = anonymous.get("/uitgaven/geheime-uitgave?vraag=Kanarie", headers={"user-agent": "Kanarie"})
    (line,) = lines()
    assert set(line) == {"event", "level", "logger", "timestamp", "request", "method", "route", "status", "ms"}
    assert (line["method"], line["route"], line["status"]) == ("GET", "/uitgaven/{name}", 303)
    assert line["request"] == answer.headers["x-request-id"]
    assert "geheime-uitgave" not in json.dumps(line)
    assert "Kanarie" not in json.dumps(line)


def test_a_mishap_says_its_kind_and_place_with_the_number_of_the_request(house, lines):
    app = create_app(house)

    @app.get("/stuk")
    def broken():
        raise RuntimeError("Kanarie Zeldzaam")

    answer = TestClient(app, raise_server_exceptions=False).get("/stuk")
    assert answer.status_code == 500
    mishap = next(line for line in lines() if line["level"] == "error")
    assert mishap["event"].startswith("onverwachte fout RuntimeError bij")
    assert mishap["request"] == next(line for line in lines() if line["event"] == "request")["request"]
    assert "Kanarie" not in json.dumps(lines())


def test_a_traceback_of_a_library_is_not_repeated(lines):
    try:
        raise ValueError("Kanarie 06-12345678")
    except ValueError:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
        logging.getLogger("een.bibliotheek").warning("text was Kanarie")
    first, second = lines()
    assert first["event"].startswith("onverwachte fout ValueError")
    assert second["event"] == "a library said something; its words are not kept"
    assert "Kanarie" not in json.dumps([first, second])


def test_a_method_that_nobody_knows_is_not_written_down(anonymous, lines):
    anonymous.request("KANARIE", "/inloggen")
    assert lines()[0]["method"] == "other"


def test_two_requests_have_two_numbers_and_a_client_cannot_choose_one(anonymous, lines):
    for _ in range(2):
        anonymous.get("/health", headers={"x-request-id": "gekozen"})
    numbers = {line["request"] for line in lines()}
    assert len(numbers) == 2
    assert "gekozen" not in numbers


def test_at_the_lowest_level_no_logger_writes_what_anybody_sent(anonymous, sign_in, lines):
    known = [logging.getLogger(name) for name in list(logging.root.manager.loggerDict)]
    levels = [one.level for one in known]
    for one in (logging.getLogger(), *known):
        one.setLevel(1)
    body = {"text": "Kanarie belt 06-12345678", "language": "nl", "texts": [{"id": "Kanarie", "text": "Kanarie"}]}
    sent = {"X-Api-Key": "Kanarie", "authorization": "Bearer Kanarie", "cookie": "tp_sessie=Kanarie"}
    try:
        for path in ("/analyze", "/anonymize", "/v1/detect", "/v1/anonymise"):
            anonymous.post(path, json=body)
            anonymous.post(f"{path}?Kanarie=Kanarie", content="Kanarie", headers=sent)
        anonymous.post("/v1/files?mode=Kanarie", content="naam\nKanarie\n", headers={"content-type": "text/csv"})
        post(anonymous, "/inloggen", naam="Kanarie", wachtwoord="Kanarie")
        officer = sign_in("privacy_officer")
        for path in ("/verantwoording", "/vergelijken", "/Kanarie"):
            officer.get(f"{path}?wie=Kanarie&gebied=Kanarie&uitgave=Kanarie")
        post(officer, "/regels/proberen", tekst="Kanarie belt 06-12345678")
    finally:
        for one, level in zip(known, levels, strict=True):
            one.setLevel(level)
    written = lines()
    assert {"toegangspeil.requests"} < {line["logger"] for line in written}, "libraries spoke as well"
    assert "Kanarie" not in json.dumps(written)
    assert "06-12345678" not in json.dumps(written)
