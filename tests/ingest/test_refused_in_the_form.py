"""Whoever answered questions on a screen never saw delivery.yaml: a refusal then names the question, not the field."""

import re

import pytest

from domain.errors import InputRejected

from .conftest import ITEMS, as_csv, ceo_rows

TURNED = {item: [5] * 40 for item in ITEMS if not item.startswith("ceo05")}
LEFT_OUT = {"files": [{"path": "ceo.csv", "leave_out": ["toestemming_deelname"]}]}
ASKED_FIVE = {"doelgroepen": {"client": {"invited": 5, "population": 800, "steekproef": "allen"}}}
BACKWARDS = {"meting": {"name": "2026", "start": "2026-06-30", "end": "2026-01-01"}}


@pytest.mark.parametrize(
    ("columns", "changes", "in_the_file", "in_the_form"),
    [
        ({"Opmerking": ["x"] * 12}, {}, "zet in delivery.yaml bij 'columns'",
         "kolom M (de 13e) staat niet in codeboek ceo_wmo@2016.1; kies bij stap 2 wat het is, of laat hem weg"),
        ({"ipaddr": ["1"] * 12}, {}, "delivery.yaml bij 'leave_out'", "(IP-adres); kies bij stap 2: niet lezen"),
        ({"ceo03_serieus": None}, {}, "zet in delivery.yaml bij 'columns' welke kop",
         "ceo.csv: er ontbreekt een kolom: 'ceo03_serieus'; voeg toe, of kies bij stap 2 welke kolom dat is"),
        ({"toestemming_deelname": ["nee"] * 12}, LEFT_OUT, "'leave_out' in delivery.yaml",
         "ceo.csv: u liet een kolom weg die zegt wie mee mag doen of bij welke groep iemand hoort; kies bij stap 2 wat "
         "het is, anders telt iemand mee die niet wil"),
        ({"doelgroep": ["vertegenwoordiger"] * 12}, {}, "een waarde die niet in delivery.yaml staat",
         "ceo.csv: kolom 'doelgroep': 12 rijen van een andere groep dan u koos; verbeter de rijen, of kies bij stap 2 "
         "wie antwoord gaven"),
        ({}, ASKED_FIVE, "verbeter 'invited'",
         "doelgroep client: er zijn 12 rijen, meer dan er mensen zijn gevraagd; verbeter bij stap 2 hoeveel mensen "
         "zijn gevraagd, of het bestand"),
        ({}, BACKWARDS, "verbeter 'meting'", "de meting eindigt voor zij begint; verbeter de eerste of de laatste dag"),
        ({}, {"notice_date": "2027-01-01"}, "'notice_date'",
         "de datum van de informatiebrief ligt in de toekomst; verbeter die datum"),
        ({}, {"art9_ground": None}, "'art9_ground'",
         "dit gaat over gezondheid; kies de grond daarvoor en zeg waarom die hier geldt"),
        ({}, {"legal_basis": "6_1_a"}, "'legal_basis'", "kies een andere grond"),
    ],
)  # fmt: skip
def test_the_same_refusal_is_said_in_the_words_of_each(deliver, read, columns, changes, in_the_file, in_the_form):
    with pytest.raises(InputRejected) as caught:
        read(deliver({"ceo.csv": as_csv(ceo_rows(12, **columns))}, **changes))
    assert in_the_file in str(caught.value)
    assert in_the_form in caught.value.on_screen
    fields = r"delivery\.yaml|'(columns|leave_out|codes|invited|meting|notice_date|art9_ground|legal_basis)'"
    assert not re.search(fields, caught.value.on_screen)


def test_answers_counted_the_other_way_round_lead_to_the_question_about_the_numbers(deliver, read):
    with pytest.raises(InputRejected) as caught:
        read(deliver({"ceo.csv": as_csv(ceo_rows(40, **TURNED))}))
    assert "in delivery.yaml bij 'codes'" in str(caught.value)
    assert caught.value.on_screen.endswith(
        "is het bij u andersom? Zeg bij stap 2 wat elk cijfer betekent, ook als het zo klopt"
    )


def test_a_file_without_a_safe_name_is_named_by_its_place(deliver, read):
    files = {"files": [{"path": "Geertruida Wapperom.csv"}]}
    with pytest.raises(InputRejected, match=r"^bestand 1 \(csv\): er ontbreekt"):
        read(deliver({"Geertruida Wapperom.csv": as_csv(ceo_rows(12, ceo03_serieus=None))}, **files))
