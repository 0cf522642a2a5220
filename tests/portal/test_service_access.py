"""Who may ask the service, from where and how often; and what it keeps of a text: nothing."""

import json
import logging
import os
import subprocess
import sys

import pytest
from programs import administrator, new_key
from starlette.testclient import TestClient

from portal.app import Serving, create_app
from portal.attempts import Attempts
from portal.service import metrics
from register import api_keys


def closed(house, **serving):
    return TestClient(create_app(house, serving=Serving(**serving)), follow_redirects=False)


def test_without_open_service_a_key_is_asked_and_turning_back_does_not_exist(house):
    client = closed(house)
    body = {"text": "Bel 06-12345678", "language": "nl"}
    assert client.post("/analyze", json=body).status_code == 401
    key = new_key(house)
    assert client.post("/analyze", json=body, headers={"X-Api-Key": key}).status_code == 200
    assert client.post("/analyze", json=body, headers={"X-Api-Key": "raden"}).status_code == 401
    assert client.post("/deanonymize", json={"text": "x"}, headers={"X-Api-Key": key}).status_code == 404


def test_a_session_or_token_of_a_person_is_no_key(house, sign_in):
    from register.users import by_token, make_token

    session = sign_in("operator").cookies["tp_sessie"]
    token = make_token(house.register, "dienst", by=by_token(house.register, session))
    for secret in (session, token):
        assert closed(house).get("/anonymizers", headers={"X-Api-Key": secret}).status_code == 401


def test_a_withdrawn_key_opens_nothing(house):
    key = new_key(house)
    number = api_keys.by_key(house.register, key).id
    assert closed(house).get("/anonymizers", headers={"Authorization": f"Bearer {key}"}).status_code == 200
    api_keys.withdraw(house.register, number, by=administrator(house))
    assert closed(house).get("/anonymizers", headers={"X-Api-Key": key}).status_code == 401


def test_a_program_that_floods_hears_when_to_come_back(house):
    client, key = closed(house), new_key(house)
    client.app.state.keys._requests = Attempts(2, 60)
    answers = [client.get("/anonymizers", headers={"X-Api-Key": key}) for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert answers[2].headers["retry-after"] == "60"


def test_somebody_who_guesses_keys_is_stopped(house):
    client = closed(house)
    answers = [client.get("/anonymizers", headers={"X-Api-Key": str(i)}).status_code for i in range(12)]
    assert answers[0] == 401
    assert answers[-1] == 429


@pytest.mark.parametrize(
    "headers",
    [{"host": "elders.example"}, {"sec-fetch-site": "cross-site"}, {"x-real-ip": "192.0.2.7"}, {"via": "1.1 p"},
     {"origin": "https://elders.example"}, {"origin": "null"}, {"origin": "http://testserver:81"}, {"origin": ""},
     {"origin": "http://localhost"}],
)  # fmt: skip
def test_a_page_elsewhere_cannot_borrow_this_machine(anonymous, headers):
    assert anonymous.post("/analyze", json={"text": "x", "language": "nl"}, headers=headers).status_code in (401, 429)


def test_from_another_address_the_open_service_asks_a_key(app):
    client = TestClient(app, client=("192.0.2.7", 5000))
    assert client.get("/anonymizers").status_code == 401
    assert client.get("/metrics").status_code == 404


def test_no_text_is_stored_or_logged(anonymous, home, caplog):
    caplog.set_level(logging.DEBUG)
    for body in ({"text": "Kanarie Zeldzaam 06-87654321", "language": "nl"}, {"text": "Kanarie", "language": "zz"}):
        anonymous.post("/analyze", json=body)
    for text, end in (("Kanarie Zeldzaam is mijn naam", 16), ("Kanarie", 32)):
        place = {"start": 0, "end": end, "score": 0.8, "entity_type": "NAME"}
        anonymous.post("/anonymize", json={"text": text, "analyzer_results": [place]})
    assert "Kanarie" not in caplog.text
    assert not [p for p in home.rglob("*") if p.is_file() and b"Kanarie" in p.read_bytes()]
    assert "Kanarie" not in anonymous.get("/metrics").text


def test_too_many_texts_and_too_large_a_body(anonymous):
    many = {"text": ["x"] * 1001, "language": "nl"}
    assert anonymous.post("/analyze", json=many).status_code == 400
    assert anonymous.post("/analyze", content=json.dumps({"text": "x" * 3_000_000})).status_code == 413


def test_metrics_count_by_route_and_never_by_address(anonymous):
    anonymous.get("/uitgaven/geheime-naam")
    text = anonymous.get("/metrics").text
    assert "toegangspeil_requests_total" in text
    assert "geheime-naam" not in text


def test_processes_that_serve_together_count_together(tmp_path):
    served = "from portal.service import metrics; metrics.REQUESTS.labels('/health', '200').inc()"
    environ = {**os.environ, metrics.FOLDER: str(tmp_path)}
    for code in (served, served):
        subprocess.run([sys.executable, "-c", code], env=environ, check=True, timeout=60)
    asked = [sys.executable, "-c", "from portal.service import metrics; print(metrics.told().decode())"]
    told = subprocess.run(asked, env=environ, check=True, timeout=60, capture_output=True, text=True).stdout
    assert 'toegangspeil_requests_total{route="/health",status="200"} 2.0' in told


def test_a_page_of_its_own_may_ask(anonymous):
    asked = {"text": "x", "language": "nl"}
    assert anonymous.post("/analyze", json=asked, headers={"origin": "http://testserver"}).status_code == 200
