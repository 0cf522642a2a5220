"""What the delivery itself says people are called: given to the detector, and searched for afterwards."""

import pytest

from tests.stations.small import FakeDetector

NAMED = {
    "respondent": ["r1", "r2"],
    "naam": ["Sanne Prins", "Omar el Haddad"],
    "email": ["s.prins@voorbeeld.nl", None],
    "telefoon": ["06-12345678", None],
    "adres": ["Dorpsstraat 12, 1234 AB Ons Dorp", None],
}


def left(ceo, *texts):
    return dict(ceo.clean({**NAMED, "toelichting": [*texts, None][:2]}).leftovers)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("ik ben Sanne Prins", {"naam"}),
        ("groet, sanne", {"naam"}),
        ("SANNE PRINS", {"naam"}),
        ("de buurman Omar el Haddad hielp", {"naam"}),
        ("mail naar s.prins@voorbeeld.nl", {"email"}),
        ("bel 06 - 12 34 56 78", {"telefoon"}),
        ("bel +31612345678", {"telefoon"}),
        ("ik woon Dorpsstraat 12", {"adres"}),
        ("mevrouw Prins werd geholpen", {"naam"}),
    ],
)
def test_what_the_columns_hold_is_found_in_the_output(ceo, text, kinds):
    assert set(left(ceo, text)) >= kinds


@pytest.mark.parametrize(
    "text",
    [
        "[PERSOON 1] belde",
        "als een prins behandeld",  # an everyday word in lower case
        "Prins Clauslaan was dicht",  # … or with the capital of a sentence
        "Omar was aardig",  # somebody else's first name alone says too little
        "Dorpsstraat is lang",
        "sannering",
        "el wijkteam",
    ],
)
def test_what_only_looks_like_it_is_not_counted(ceo, text):
    assert left(ceo, text) == {}


def test_the_detector_gets_the_names_of_the_person_and_full_names_that_stand_there(ceo):
    detector = FakeDetector()
    ceo.clean({**NAMED, "toelichting": ["met Omar el Haddad erbij", "goed"]}, detector=detector)
    assert dict(detector.asked) == {
        "met Omar el Haddad erbij": frozenset({"Sanne Prins", "omar el haddad"}),
        "goed": frozenset({"Omar el Haddad"}),
    }


def test_a_name_in_a_column_that_is_kept_is_found_too(ceo):
    cleaned = ceo.clean({**NAMED, "aanbieder": ["Zorg Sanne Prins", "De Brug"]})
    assert cleaned.leftovers == {"naam": 1}


def test_names_are_in_no_output(ceo):
    cleaned = ceo.clean({**NAMED, "toelichting": ["Sanne Prins hier", None]}, detector=FakeDetector("Sanne Prins"))
    everything = str(cleaned.records.tables["rows"].to_pylist()) + repr(cleaned)
    assert "Sanne" not in everything
    assert cleaned.leftovers == {}
