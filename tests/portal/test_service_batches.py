"""`/v1`: many texts or a whole file at once; a program of one gemeente, limits, and nothing kept."""

import csv
import io
import json
import logging

import pytest
from programs import new_key
from small_home import OTHER, OWN
from starlette.testclient import TestClient

from portal.app import Serving, create_app
from portal.service.files import cleaned_file

CALL = "Bel 06-12345678 maar"


@pytest.fixture(scope="module")
def program(house):
    """A program of the own gemeente, somewhere else."""
    app = create_app(house, serving=Serving())
    return TestClient(
        app, raise_server_exceptions=False, headers={"X-Api-Key": new_key(house)}, client=("192.0.2.7", 1)
    )


def upload(client, text, kind="text/csv", **query):
    return client.post("/v1/files", content=text, headers={"content-type": kind}, params=query)


def test_detect_says_where_and_never_what(program):
    answer = program.post("/v1/detect", json={"texts": [{"id": "a", "text": CALL}, {"id": 2, "text": None}]})
    first, second = answer.json()["results"]
    assert (first["id"], second) == ("a", {"id": 2, "spans": []})
    assert [(one["start"], one["end"], one["label"]) for one in first["spans"]] == [(4, 15, "PHONE")]
    assert "06-12345678" not in answer.text


@pytest.mark.parametrize(
    ("mode", "text"),
    [("label", "Bel [TELEFOON 1] maar"), ("mask", "Bel █████ maar"), ("generalise", "Bel [TELEFOON 1] maar")],
)
def test_anonymise_by_mode(program, mode, text):
    answer = program.post("/v1/anonymise", json={"mode": mode, "texts": [{"id": 1, "text": CALL}]})
    assert answer.json() == {"results": [{"id": 1, "text": text, "tally": {"PHONE": 1}}]}


def test_pseudonyms_only_for_the_own_gemeente_of_the_key(program, house):
    scopes = {area: f"{area}/toegangsscan/2026" for area in (OWN, OTHER)}
    for area, scope in scopes.items():
        house.keyring.ensure_scope(area, scope)
    body = {"mode": "pseudonym", "texts": [{"id": 1, "text": f"{CALL}. {CALL}"}]}
    mine = program.post("/v1/anonymise", json={**body, "scope": scopes[OWN]})
    theirs = program.post("/v1/anonymise", json={**body, "scope": scopes[OTHER]})
    assert mine.status_code == 200
    assert len(set(mine.json()["results"][0]["text"].split(". "))) == 1
    assert theirs.status_code == 403
    assert set(theirs.json()) == {"error"}


@pytest.mark.parametrize("scope", [None, "", "GM9001", "../../x", f"{OWN}/toegangsscan/bestaat-niet"])
def test_a_scope_that_cannot_be_is_refused_in_words(program, scope):
    body = {"mode": "pseudonym", "scope": scope, "texts": [{"id": 1, "text": "x"}]}
    answer = program.post("/v1/anonymise", json=body)
    assert answer.status_code in (409, 422)
    assert set(answer.json()) == {"error"}


def test_without_a_key_pseudonyms_do_not_exist(anonymous):
    body = {"mode": "pseudonym", "scope": f"{OWN}/toegangsscan/2026", "texts": []}
    assert anonymous.post("/v1/anonymise", json=body).status_code == 403


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"texts": [{"id": 1, "text": 5}]}, "texts.0.text"), ({"texts": [{"text": "x"}]}, "texts.0.id"), ({}, "texts"),
        ({"texts": [], "mode": "Kanarie"}, "mode"), ({"texts": [], "Kanarie": 1}, "body"), ([], "body"),
        ({"texts": [{"id": 1, "text": "x"}] * 1001}, "texts"),
    ],
)  # fmt: skip
def test_a_body_that_is_not_as_described(program, body, where):
    answer = program.post("/v1/anonymise", json=body)
    assert answer.status_code == 422
    assert answer.json()["error"].endswith(where)
    assert "Kanarie" not in answer.text


@pytest.mark.parametrize(
    "body",
    [
        {f"veld{n}": 1 for n in range(30_000)},
        {"texts": [{f"veld{n}": 1 for n in range(30_000)}]},
        {"texts": [{"id": n, "text": "x", "veld": 1} for n in range(1000)]},
        {"texts": [{"veld": 1}] * 30_000},
    ],
)
def test_of_many_wrong_fields_not_every_one_is_named(program, body):
    """Naming 150,000 of them kept a processor busy for half a second."""
    answer = program.post("/v1/detect", json=body)
    assert answer.status_code == 422
    assert len(answer.text) < 1000


def test_a_csv_comes_back_without_details_and_without_formulas(program):
    text = "nummer;naam;toelichting;score\r\n1;Kees Verzonnen;Bel 06-12345678;4\r\n2;;\"=cmd|' /C calc'!A0\";\r\n"
    answer = upload(program, text)
    rows = list(csv.reader(io.StringIO(answer.content.decode()), delimiter=";"))
    assert rows == [
        ["nummer", "naam", "toelichting", "score"],
        ["1", "", "Bel [TELEFOON 1]", "4"],
        ["2", "", "'=cmd|' /C calc'!A0", ""],
    ]  # fmt: skip
    assert json.loads(answer.headers["x-toegangspeil-tally"]) == {"PHONE": 1}
    assert answer.headers["content-disposition"] == 'attachment; filename="geschoond.csv"'
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"


def test_a_jsonl_keeps_its_shape(program):
    row = {"id": 7, "achternaam": "Verzonnen", "verhaal": [CALL, {"later": CALL}], "klaar": True, "niets": None}
    answer = upload(program, json.dumps(row) + "\n\n" + json.dumps({"id": 8}), "application/jsonl")
    clean = "Bel [TELEFOON 1] maar"
    first, second = (json.loads(line) for line in answer.text.splitlines())
    assert first == {**row, "achternaam": None, "verhaal": [clean, {"later": clean}]}
    assert second == {"id": 8}


def test_a_number_in_a_jsonl_that_says_who_somebody_is_goes(program):
    row = {"code": [111222333], "score": 4, "deel": 0.25}
    (line,) = upload(program, json.dumps(row), "application/jsonl").text.splitlines()
    assert "111222333" not in line
    assert json.loads(line) == {**row, "code": ["[BSN 1]"]}


def test_a_text_keeps_its_lines(program):
    answer = upload(program, f"Eerste regel\r\n{CALL}\r\n" + "gewoon\n" * 5000, "text/plain")
    assert answer.text.startswith("Eerste regel\r\nBel [TELEFOON 1] maar\r\n")
    assert answer.text.count("gewoon\n") == 5000


@pytest.mark.parametrize("heading", ["Naam", "E-mail", "TELEFOON ", "Geboortedatum"])
def test_a_column_that_names_people_comes_back_empty(heading):
    done = cleaned_file("csv", f"{heading},x\nVerzonnen,1\n".encode(), list)
    assert done.splitlines()[1] == b",1"


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        (b"", "text/csv", 409), (b"  \n", "text/plain", 409), (b"a,b\n1\n", "text/csv", 409),
        (b"a,b\n\"1,2\n", "text/csv", 409), (b"{", "application/jsonl", 409), (b"[1]", "application/jsonl", 409),
        (b"[" * 50_000, "application/jsonl", 409), (b"PK\x03\x04\x00\x01", "text/csv", 409),
        (b"\x00\x01\x02", "text/plain", 409), (b"\xff\xfe\x00", "text/csv", 409), (b"x", "application/zip", 415),
        (b"x", "", 415), (b"a\n" + b"x" * 200_000, "text/csv", 409),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_in_words(program, text, kind, status):
    answer = upload(program, text, kind)
    assert answer.status_code == status, answer.text
    assert set(answer.json()) == {"error"}


def test_a_file_above_its_limit_is_not_read(program):
    assert upload(program, b"x" * (10 * 1024 * 1024 + 1)).status_code == 413


@pytest.mark.parametrize("depth", [10, 300, 600, 900])
def test_an_object_in_many_layers_is_cleaned_or_refused_in_words(program, depth):
    line = '{"a":' * depth + json.dumps(CALL) + "}" * depth
    answer = upload(program, line, "application/jsonl")
    assert answer.status_code in (200, 409)
    assert "06-12345678" not in answer.text
    assert answer.status_code == 200 or "te veel lagen" in answer.json()["error"]


def test_the_mode_of_a_file_is_checked(program):
    assert upload(program, "a\nx\n", mode="zomaar").status_code == 422
    assert upload(program, f"a\n{CALL}\n", mode="mask").text == "a\r\nBel █████ maar\r\n"


def test_no_text_is_stored_or_logged(program, home, caplog):
    caplog.set_level(logging.DEBUG)
    upload(program, "naam,x\nKanarie Zeldzaam,Kanarie belt 06-87654321\n")
    upload(program, b'"Kanarie', "text/csv")
    program.post("/v1/anonymise", json={"texts": [{"id": "Kanarie", "text": "Kanarie"}], "Kanarie": 1})
    assert "Kanarie" not in caplog.text
    assert not [p for p in home.rglob("*") if p.is_file() and b"Kanarie" in p.read_bytes()]


@pytest.mark.parametrize("path", ["/v1/detect", "/v1/anonymise", "/v1/files"])
def test_every_path_asks_a_key(house, path):
    client = TestClient(create_app(house), client=("192.0.2.8", 1))
    assert client.post(path, json={"texts": []}).status_code == 401


@pytest.mark.parametrize("path", ["/v1/detect", "/v1/anonymise", "/v1/files", "/analyze", "/anonymize"])
def test_nothing_of_a_body_is_read_before_the_key(house, path):
    client = TestClient(create_app(house), client=("192.0.2.9", 1))
    wrong = client.post(path, content=b"{", headers={"content-type": "application/json"})
    assert (wrong.status_code, wrong.headers["connection"]) == (401, "close")  # unreadable, and nobody saw it


@pytest.mark.parametrize("body", [b"{", b"[" * 100_000, b"\xff", b""])
def test_a_body_that_is_no_json(program, body):
    answer = program.post("/v1/detect", content=body)
    assert (answer.status_code, set(answer.json())) == (400, {"error"})


def test_the_page_describes_every_operation(anonymous):
    page = anonymous.get("/v1")
    document = anonymous.get("/v1/openapi.json").json()
    assert page.status_code == 200
    assert {"/v1/detect", "/v1/anonymise", "/v1/files"} <= set(document["paths"])
    assert all(path in page.text for path in document["paths"])
    assert "http-equiv" not in page.text
    assert page.headers["content-security-policy"].startswith("default-src 'none'")


def test_errors_under_v1_are_json(anonymous):
    for answer in (anonymous.get("/v1/bestaat-niet"), anonymous.get("/v1/detect")):
        assert answer.status_code in (404, 405)
        assert set(answer.json()) == {"error"}
