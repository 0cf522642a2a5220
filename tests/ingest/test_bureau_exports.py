"""Good files that looked strange: they are read, with the answers that are in them."""

import pytest

from .awkward import rows_of
from .conftest import ITEMS, as_csv, ceo_rows

ITEM = ITEMS[0]
YES_NO = next(item for item in ITEMS if item.startswith("ceo05"))


def first(deliver, read, answer, item=ITEM):
    rows = ceo_rows(8)
    rows[item] = [answer, *rows[item][1:]]
    return rows_of(read, deliver({"ceo.csv": as_csv(rows)})).column(item).to_pylist()[0]


@pytest.mark.parametrize(
    "answer", ["Weet ik niet/geen mening", "geen mening / weet niet", "Weet het niet", "Geen mening of weet ik niet"]
)
def test_every_way_to_say_that_somebody_has_no_opinion(deliver, read, answer):
    assert first(deliver, read, answer) == "8"
    assert first(deliver, read, answer, YES_NO) == "8"


@pytest.mark.parametrize("answer", ["Wil ik niet zeggen", "#VALUE!", "geen opgave"])
def test_words_for_no_answer(deliver, read, answer):
    assert first(deliver, read, answer) is None


def test_an_apostrophe_that_excel_writes_before_a_number_is_no_part_of_it(deliver, read):
    rows = ceo_rows(8, respondent=[f"'{at}" for at in range(8)], gewicht=["'1,5"] * 8, leeftijd=["'67"] * 8)
    rows[ITEM] = [f"'{answer}" for answer in rows[ITEM]]
    rows["toelichting"] = ["'70 was beter"] * 8
    table = rows_of(read, deliver({"ceo.csv": as_csv(rows)}))
    assert table.column(ITEM).to_pylist() == [str(one) for one in ceo_rows(8)[ITEM]]
    assert table.column("respondent").to_pylist() == [str(at) for at in range(8)]
    assert table.column("leeftijd").to_pylist() == [67] * 8
    assert str(table.column("gewicht").to_pylist()[0]) == "1.500000"
    assert table.column("toelichting").to_pylist()[0] == "'70 was beter"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16"])
def test_utf16_with_and_without_its_mark(deliver, read, encoding):
    assert read(deliver({"ceo.csv": as_csv(ceo_rows(8)).encode(encoding)})).rows == 8
