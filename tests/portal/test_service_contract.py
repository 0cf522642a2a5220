"""Presidio's contract, written from its OpenAPI description: bodies, errors and status codes; and what is ours."""

import json

import pytest
from browsing import token_of

from anonymisation.engine import Detector
from anonymisation.warming import ANSWERS
from portal.house import open_house
from portal.service.analyse import Asked
from storage.settings import read_settings

TEXT = "hello world, my name is Jane Doe. My number is: 034453334"
NAME = {"start": 24, "end": 32, "score": 0.8, "entity_type": "NAME"}
PHONE = {"start": 48, "end": 57, "score": 0.95, "entity_type": "PHONE_NUMBER"}
KEY = "1111111111111111"


def anonymize(client, **body):
    return client.post("/anonymize", json={"text": TEXT, "analyzer_results": [NAME], **body})


def test_health_is_plain_text(anonymous):
    answer = anonymous.get("/health")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/plain; charset=utf-8")


def test_a_warm_service_has_read_what_people_write(home, monkeypatch):
    read = []
    monkeypatch.setattr(Detector, "detect", lambda _, text: read.append(text))
    with open_house(read_settings(home, {}), {}) as house:
        house.warm()
    assert read == [*ANSWERS]


def test_analyze_gives_a_list_of_results(anonymous):
    answer = anonymous.post("/analyze", json={"text": "Bel 06-12345678", "language": "nl"})
    assert answer.status_code == 200
    (found,) = answer.json()
    assert (found["entity_type"], found["start"], found["end"]) == ("PHONE", 4, 15)
    assert set(found) == {"entity_type", "start", "end", "score", "analysis_explanation"}


def test_analyze_of_a_list_gives_a_list_per_text(anonymous):
    answer = anonymous.post("/analyze", json={"text": ["Bel 06-12345678", "Goed geholpen"], "language": "nl"})
    assert [len(one) for one in answer.json()] == [1, 0]


@pytest.mark.parametrize(
    ("wish", "count"),
    [
        ({"entities": ["EMAIL"]}, 0), ({"entities": ["PHONE", "EMAIL"]}, 1), ({"score_threshold": 1.0}, 0),
        ({"score_threshold": 0.1}, 1), ({"allow_list": ["06-12345678"]}, 0), ({"return_decision_process": True}, 1),
        ({"correlation_id": "x"}, 1),
    ],
)  # fmt: skip
def test_analyze_listens_to_its_parameters(anonymous, wish, count):
    answer = anonymous.post("/analyze", json={"text": "Bel 06-12345678", "language": "nl", **wish})
    assert len(answer.json()) == count


ZIP = {"name": "Vak", "supported_language": "nl", "supported_entity": "VAK",
       "patterns": [{"name": "vak", "regex": "vak [a-z]", "score": 0.4}], "context": ["kast"]}  # fmt: skip
WORDS = {"name": "Namen", "supported_language": "nl", "supported_entity": "ONS", "deny_list": ["CAFÉ", "caf"]}


@pytest.mark.parametrize(
    ("wish", "kinds"),
    [
        ({"ad_hoc_recognizers": [ZIP, WORDS]}, ["VAK", "ONS", "PHONE"]),
        ({"ad_hoc_recognizers": [ZIP], "entities": ["VAK"]}, ["VAK"]),
        ({"ad_hoc_recognizers": [ZIP], "score_threshold": 0.5}, ["PHONE"]),
        ({"ad_hoc_recognizers": [ZIP | {"supported_language": "en"}]}, ["PHONE"]),
        ({"ad_hoc_recognizers": []}, ["PHONE"]),
    ],
)
def test_a_caller_may_bring_recognisers_for_one_request(anonymous, wish, kinds):
    text = "\ud800 het Vak b is café, geen cafés: 06-12345678"
    body = json.dumps({"text": text, "language": "nl", **wish})
    answer = anonymous.post("/analyze", content=body, headers={"content-type": "application/json"}).json()
    assert [one["entity_type"] for one in answer] == kinds
    places = {"VAK": "Vak b", "ONS": "café", "PHONE": "06-12345678"}
    assert all(text[one["start"] : one["end"]] == places[one["entity_type"]] for one in answer)
    after = anonymous.post("/analyze", content=json.dumps({"text": text, "language": "nl"}))
    assert [one["entity_type"] for one in after.json()] == ["PHONE"]


@pytest.mark.parametrize(
    "wrong",
    ["x", [1], [ZIP | {"patterns": [{"name": "x", "regex": "(?=a)", "score": 1}]}],
     [ZIP | {"patterns": [{"name": "x", "regex": "a", "score": 2}]}], [{"name": "x"}], [ZIP] * 21],
)  # fmt: skip
def test_recognisers_that_do_not_fit_are_refused(anonymous, wrong):
    answer = anonymous.post("/analyze", json={"text": "x", "language": "nl", "ad_hoc_recognizers": wrong})
    assert answer.status_code == 400
    assert set(answer.json()) == {"error"}


@pytest.mark.parametrize(
    ("body", "status", "error"),
    [
        ({"language": "nl"}, 500, "No text provided"),
        ({"text": "", "language": "nl"}, 500, "No text provided"),
        ({"text": "x"}, 500, "No language provided"),
        ({"text": "x", "language": "zz"}, 500, "No matching recognizers were found to serve the request."),
        ({"text": "x", "language": "nl", "entities": ["X"]}, 500, "No matching recognizers"),
        ({"text": 5, "language": "nl"}, 400, "Failed to parse /analyze request"),
        ({"text": "x", "language": "nl", "entities": "PERSON"}, 400, "Failed to parse /analyze request"),
        ({"text": "x", "language": "nl", "score_threshold": "hoog"}, 400, "Failed to parse /analyze request"),
        ([1], 400, "Failed to parse /analyze request"),
    ],
)
def test_errors_of_analyze(anonymous, body, status, error):
    answer = anonymous.post("/analyze", json=body)
    assert answer.status_code == status
    assert answer.json()["error"].startswith(error)


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("/analyze", "The browser (or proxy) sent a request that this server could not understand."),
        ("/anonymize", "Invalid request json"),
        ("/deanonymize", "Invalid request json"),
    ],
)
def test_a_body_that_is_no_json(anonymous, path, error):
    answer = anonymous.post(path, content=b'{"text": "Jan",}')
    assert (answer.status_code, answer.json()) == (400, {"error": error})


def test_lists_of_names(anonymous):
    assert "PERSON" in anonymous.get("/supportedentities?language=nl").json()
    assert len(anonymous.get("/recognizers?language=nl").json()) > 5
    presidios = {"replace", "redact", "mask", "hash", "encrypt", "keep"}
    assert set(anonymous.get("/anonymizers").json()) == presidios | {"label", "generalise"}
    assert "decrypt" in anonymous.get("/deanonymizers").json()
    assert anonymous.get("/recognizers?language=zz").status_code == 500


def test_replace_and_mask(anonymous):
    operators = {
        "DEFAULT": {"type": "replace", "new_value": "ANONYMIZED"},
        "PHONE_NUMBER": {"type": "mask", "masking_char": "*", "chars_to_mask": 4, "from_end": True},
    }
    answer = anonymize(anonymous, analyzer_results=[NAME, PHONE], anonymizers=operators)
    assert answer.json()["text"] == "hello world, my name is ANONYMIZED. My number is: 03445****"
    assert [item["operator"] for item in answer.json()["items"]] == ["mask", "replace"]


@pytest.mark.parametrize(
    ("operator", "expected"),
    [({"type": "redact"}, "name is ."), ({"type": "keep"}, "name is Jane Doe."), (None, "name is <NAME>.")],
)
def test_other_operators(anonymous, operator, expected):
    body = {"anonymizers": {"DEFAULT": operator}} if operator else {}
    assert expected in anonymize(anonymous, **body).json()["text"]


@pytest.mark.parametrize(
    ("operator", "label", "expected"),
    [("label", "PERSON", "[PERSOON]"), ("label", "NAME", "[NAME]"), ("generalise", "PERSON", "[PERSOON]")],
)
def test_our_own_operators(anonymous, operator, label, expected):
    results = [{**NAME, "entity_type": label}]
    answer = anonymize(anonymous, analyzer_results=results, anonymizers={"DEFAULT": {"type": operator}})
    assert f"name is {expected}." in answer.json()["text"]
    assert answer.json()["items"][0]["operator"] == operator


def test_generalising_keeps_what_is_coarse_enough(anonymous):
    text = "Zij is 83 jaar"
    results = [{"start": 7, "end": 14, "score": 0.9, "entity_type": "AGE"}]
    body = {"text": text, "analyzer_results": results, "anonymizers": {"AGE": {"type": "generalise"}}}
    assert anonymous.post("/anonymize", json=body).json()["text"] == "Zij is [leeftijd 80-89]"


@pytest.mark.parametrize(
    ("operators", "text", "ends"),
    [
        ({"NAME": "keep", "LOCATION": "replace"}, "I'm George Washington<LOCATION>", [31, 21]),
        ({"NAME": "replace", "LOCATION": "keep"}, "I'm <NAME>Washington Square Park", [32, 10]),
        ({"DEFAULT": "keep"}, "I'm George WashingtonWashington Square Park", [43, 21]),
    ],
)
def test_overlapping_results(anonymous, operators, text, ends):
    results = [{"start": 4, "end": 21, "score": 0.8, "entity_type": "NAME"},
               {"start": 11, "end": 33, "score": 0.8, "entity_type": "LOCATION"}]  # fmt: skip
    asked = {name: {"type": kind} for name, kind in operators.items()}
    body = {"text": "I'm George Washington Square Park", "analyzer_results": results, "anonymizers": asked}
    answer = anonymous.post("/anonymize", json=body).json()
    assert (answer["text"], [item["end"] for item in answer["items"]]) == (text, ends)


def test_decrypt_with_a_wrong_key_and_per_entity(anonymous):
    sealed = anonymize(
        anonymous,
        analyzer_results=[NAME, PHONE],
        anonymizers={"DEFAULT": {"type": "encrypt", "key": KEY}, "PHONE_NUMBER": {"type": "encrypt", "key": KEY[::-1]}},
    ).json()
    keys = {"DEFAULT": {"type": "decrypt", "key": KEY}, "PHONE_NUMBER": {"type": "decrypt", "key": KEY[::-1]}}
    body = {"text": sealed["text"], "anonymizer_results": sealed["items"], "deanonymizers": keys}
    back = anonymous.post("/deanonymize", json=body).json()
    assert back["text"] == TEXT
    assert {(item["operator"], item["entity_type"]) for item in back["items"]} == {
        ("decrypt", "NAME"), ("decrypt", "PHONE_NUMBER")
    }  # fmt: skip
    wrong = anonymous.post("/deanonymize", json={**body, "deanonymizers": {"DEFAULT": {"type": "decrypt", "key": "x"}}})
    assert wrong.status_code == 422
    assert wrong.json()["error"] == "Invalid input, key must be of length 128, 192 or 256 bits"


def test_the_explanation_has_presidios_fields(anonymous):
    body = {"text": "Bel 06-12345678", "language": "nl", "return_decision_process": True}
    why = anonymous.post("/analyze", json=body).json()[0]["analysis_explanation"]
    assert {
        "recognizer", "pattern_name", "pattern", "original_score", "score", "textual_explanation",
        "score_context_improvement", "supportive_context_word", "validation_result",
    } <= set(why)  # fmt: skip


def test_half_a_surrogate_pair_is_no_mishap(anonymous):
    answer = anonymous.post("/anonymize", content=b'{"text": "x\\ud800", "analyzer_results": []}')
    assert (answer.status_code, answer.json()["text"]) == (200, "x\ud800")


def test_hash_hides_the_name(anonymous):
    text = anonymize(anonymous, anonymizers={"NAME": {"type": "hash"}}).json()["text"]
    assert "Jane" not in text
    assert len(text) > len(TEXT) + 40


def test_encrypt_and_back(anonymous):
    sealed = anonymize(anonymous, anonymizers={"DEFAULT": {"type": "encrypt", "key": KEY}}).json()
    assert "Jane" not in sealed["text"]
    body = {
        "text": sealed["text"],
        "anonymizer_results": sealed["items"],
        "deanonymizers": {"DEFAULT": {"type": "decrypt", "key": KEY}},
    }
    assert anonymous.post("/deanonymize", json=body).json()["text"] == TEXT


@pytest.mark.parametrize(
    ("change", "status", "error"),
    [
        ({"analyzer_results": None}, 422, "Invalid input, request must contain analyzer results"),
        ({"text": "te kort"}, 422, "Invalid analyzer result, start: 24 and end: 32, while text length is only 7."),
        ({"anonymizers": {"DEFAULT": {"type": "zomaar"}}}, 422, "Invalid operator class 'zomaar'."),
        ({"anonymizers": {"DEFAULT": {"type": "surrogate_ahds"}}}, 422, "Invalid operator class 'surrogate_ahds'."),
        ({"anonymizers": {"DEFAULT": {"type": "custom"}}}, 400, "Custom type anonymizer is not supported"),
        ({"anonymizers": {"DEFAULT": {"type": "encrypt", "key": "kort"}}}, 422,
         "Invalid input, key must be of length 128, 192 or 256 bits"),
        ({"analyzer_results": [{"start": 5}]}, 422, "Invalid input"),
        ({"anonymizers": "x"}, 422, "Invalid input"),
    ],
)  # fmt: skip
def test_errors_of_anonymize(anonymous, change, status, error):
    answer = anonymize(anonymous, **change)
    assert answer.status_code == status, answer.text
    assert answer.json()["error"].startswith(error)


@pytest.mark.parametrize("body", [b'{"text": "\xff"}', b'{"text": ' + b"1" * 5_000 + b"}", b"[" * 50_000])
def test_a_body_that_no_reader_takes_is_told_in_the_words_of_the_service(anonymous, body):
    answer = anonymous.post("/v1/anonymise", content=body, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()) == (400, {"error": "Invalid request json"})


def test_an_empty_body(anonymous):
    answer = anonymous.post("/anonymize", json={})
    assert (answer.status_code, answer.json()) == (400, {"error": "Invalid request json"})


def test_the_openapi_document_describes_the_service_only(anonymous):
    paths = set(anonymous.get("/v1/openapi.json").json()["paths"])
    assert {"/analyze", "/anonymize", "/deanonymize", "/health"} <= paths
    assert "/inloggen" not in paths


def test_a_form_page_still_works_beside_the_service(anonymous):
    assert token_of(anonymous, "/inloggen")


def test_an_empty_text_without_results_stays_empty(anonymous):
    answer = anonymize(anonymous, text="", analyzer_results=[])
    assert (answer.status_code, answer.json()) == (200, {"text": "", "items": []})


def test_turning_back_without_a_key_changes_nothing(anonymous):
    answer = anonymous.post("/deanonymize", json={"text": "abc", "deanonymizers": None, "anonymizer_results": None})
    assert (answer.status_code, answer.json()) == (200, {"text": "abc", "items": []})
    assert anonymous.post("/deanonymize", json={"key": KEY}).json() == {"text": "", "items": []}


def test_fields_that_a_client_sends_as_null_are_as_if_absent(anonymous):
    asked = {"NAME": {"type": "keep", "new_value": None}, "PHONE_NUMBER": {"type": "replace", "new_value": None}}
    answer = anonymize(anonymous, analyzer_results=[NAME, PHONE], anonymizers=asked).json()
    assert answer["text"] == "hello world, my name is Jane Doe. My number is: <PHONE_NUMBER>"


def test_a_long_word_in_many_places_is_not_written_out(anonymous):
    places = [{"start": at, "end": at + 1, "score": 1, "entity_type": f"A{at}"} for at in range(0, 5000, 2)]
    body = {"text": "x" * 5000, "analyzer_results": places}
    long = {"anonymizers": {"DEFAULT": {"type": "replace", "new_value": "y" * 1_000_000}}}
    answer = anonymous.post("/anonymize", json=body | long)
    assert (answer.status_code, "too long" in answer.json()["error"]) == (422, True)


def test_names_that_are_asked_for_every_place_are_no_list():
    """A list of 90,000 held everybody up for eleven seconds."""
    asked = Asked({"text": "x", "language": "nl", "entities": ["PHONE"], "allow_list": ["x"]})
    assert isinstance(asked.entities, frozenset)
    assert isinstance(asked.allowed, frozenset)
