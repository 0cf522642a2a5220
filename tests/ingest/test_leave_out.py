"""What whoever delivers does not want read goes no further; a BSN in it is refused all the same."""

import pytest

from domain.errors import InputRejected

from .conftest import as_csv, ceo_rows

ROWS = ceo_rows(8, **{"Opmerking bureau": ["x"] * 8, "Startdate": ["1"] * 8})


def given(*headers, **more):
    return {"files": [{"path": "ceo.csv", "leave_out": list(headers), **more}]}


def test_a_column_left_out_is_not_read(deliver, read):
    found = read(deliver({"ceo.csv": as_csv(ROWS)}, **given("opmerking BUREAU", "Startdate")))
    assert set(found.records[0].tables["rows"].column_names) == set(ceo_rows(1))


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        (["Startdate"], "kolom M (de 13e) staat niet in codeboek"),
        (
            ["Startdate", "Opmerking bureau", "Bron"],
            "1 van de koppen bij 'leave_out' in delivery.yaml staan niet in het",
        ),
    ],
)
def test_what_is_not_named_or_not_there_is_refused(deliver, read, headers, said):
    with pytest.raises(InputRejected) as caught:
        read(deliver({"ceo.csv": as_csv(ROWS)}, **given(*headers)))
    assert said in str(caught.value)


def test_a_bsn_in_a_column_left_out_is_still_refused(deliver, read):
    numbers = ["100000009", "100000010", "100000022", "100000034", "100000046", "100000058", "100000071", "100000083"]
    with pytest.raises(InputRejected, match="burgerservicenummers"):
        read(deliver({"ceo.csv": as_csv({**ROWS, "Startdate": numbers})}, **given("Startdate", "Opmerking bureau")))


@pytest.mark.parametrize("header", ["toestemming_deelname", "Toestemming onderzoek?", "ontvangstcode", "doelgroep"])
def test_what_says_who_takes_part_cannot_be_left_out(deliver, read, header):
    with pytest.raises(InputRejected, match="die zegt wie mee mag doen"):
        read(deliver({"ceo.csv": as_csv(ceo_rows(8, **{header: ["nee"] * 8}))}, **given(header)))


def test_a_question_left_out_that_the_codebook_needs_is_missed(deliver, read):
    with pytest.raises(InputRejected, match="ontbreekt een kolom: 'ceo03_serieus'"):
        read(deliver({"ceo.csv": as_csv(ceo_rows(8))}, **given("ceo03_serieus")))
