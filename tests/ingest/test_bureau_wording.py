"""Headers, answers and sheets as bureaus and stewards write them: known where that is sure, else refused in words."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from .awkward import CEO, ROWS, TEXT, refusal, rows_of, workbook
from .conftest import as_csv

QUESTIONS = {item: CEO.rows[item].text for item in ROWS if item.startswith("ceo")}


def renamed(shape: str) -> dict[str, list[Any]]:
    """The same answers under headers of another shape; {n} is a number, {question} the whole question."""
    numbers = {item: at for at, item in enumerate(QUESTIONS, start=1)}
    return {
        shape.format(n=numbers[name], question=QUESTIONS[name]) if name in QUESTIONS else name: values
        for name, values in ROWS.items()
    }


@pytest.mark.parametrize(
    "shape",
    ["{question}", "{n}. {question}", "V{n}. {question}", "Vraag {n}: {question}", "G01Q{n:02d}. {question}",
     "3a {question}", "Stellingen over het contact [{question}]", "Q{n} [{n}. {question}]"],
)  # fmt: skip
def test_a_question_with_its_number_or_block_is_known(deliver, read, shape):
    table = rows_of(read, deliver({"ceo.csv": as_csv(renamed(shape))}))
    assert all(table.column(item).to_pylist() == list(map(str, ROWS[item])) for item in QUESTIONS)


def test_a_number_before_another_question_is_not_guessed(deliver, read):
    said = refusal(deliver, read, {"ceo.csv": as_csv({**ROWS, "3. Kende u de medewerker al?": [1] * 8})})
    assert "kolom N (de 14e) staat niet in codeboek" in said


def two_rows_of_headers() -> list[list[Any]]:
    upper, lower = [], []
    for name in ROWS:
        upper.append("Contact" if name == "ceo01_vindbaarheid" else "" if name in QUESTIONS else name)
        lower.append(QUESTIONS.get(name, ""))
    return [upper, lower, *map(list, zip(*ROWS.values(), strict=True))]


def test_two_rows_of_headers_in_a_csv_and_in_a_workbook(deliver, read):
    lines = two_rows_of_headers()
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    buffer = io.BytesIO()
    book.save(buffer)
    text = "\n".join(";".join(map(str, line)) for line in lines)
    for files in ({"ceo.csv": text}, {"ceo.xlsx": buffer.getvalue()}):
        table = rows_of(read, deliver(files, files=[{"path": next(iter(files))}]))
        assert table.column("respondent").to_pylist() == ROWS["respondent"]
        assert table.column("ceo03_serieus").to_pylist() == list(map(str, ROWS["ceo03_serieus"]))
        (deliver({}) / next(iter(files))).unlink()


@pytest.mark.parametrize(
    ("column", "written", "meant"),
    [
        ("ceo01_vindbaarheid", "Eens", "2"),
        ("ceo01_vindbaarheid", "Helemaal mee oneens", "5"),
        ("ceo01_vindbaarheid", "Oneens", "4"),
        ("ceo01_vindbaarheid", "Niet mee eens, niet mee oneens", "3"),
        ("ceo01_vindbaarheid", "Weet ik niet", "8"),
        ("ceo05_clientondersteuner", "Weet ik niet", "8"),
        ("geslacht", "Vrouwelijk", "v"),
        ("leeftijd", "72 jaar", 72),
    ],
)
def test_an_answer_in_other_words_that_say_the_same(deliver, read, column, written, meant):
    table = rows_of(read, deliver({"ceo.csv": as_csv({**ROWS, column: [written] * 8})}))
    assert table.column(column).to_pylist() == [meant] * 8


def test_the_first_person_with_words_for_answers_is_no_row_of_labels(deliver, read):
    words = {name: ["Eens", *values[1:]] if name in QUESTIONS else values for name, values in ROWS.items()}
    rows = {**words, "ceo05_clientondersteuner": ["ja", *ROWS["ceo05_clientondersteuner"][1:]]}
    assert rows_of(read, deliver({"ceo.csv": as_csv({**rows, "leeftijd": ["", *[70] * 7]})})).num_rows == 8


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"ceo01_vindbaarheid": [7] * 8}, "het codeboek kent 1 (helemaal mee eens), 2 (mee eens)"),
        ({"leeftijd": ["45 tot 65"] * 8}, "schrijf een getal, of een van deze groepen: 18-44, 45-64"),
        ({"respondent": ["1,00E+05"] * 8}, "kolom 'respondent': Excel heeft 8 rijen afgerond (zoals 1,23E+05)"),
        ({"geboortedatum": [19876] * 8}, "schrijf dd-mm-jjjj (in Excel: celopmaak Datum)"),
    ],
)
def test_a_refusal_says_what_can_be_written(deliver, read, columns, said):
    assert said in refusal(deliver, read, {"ceo.csv": as_csv({**ROWS, **columns})})


def test_a_note_below_the_answers_is_named_as_such(deliver, read):
    said = refusal(deliver, read, {"ceo.csv": TEXT + "Bron: bureau\n"})
    assert "1 rij met een ander aantal kolommen dan de 13 koppen; zijn het geen antwoorden (een noot" in said


def beside(title: str, *rows: list[Any], hidden: bool = False, first: bool = False) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        sheet = book.create_sheet(title, 0 if first else None)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if hidden else "visible"

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (beside("Draaitabel", ["Rijlabels", "Hoeveel"], ["ja", 3]), "blad 2: op dit blad staat geen enkele kolom die"),
        (beside("x", ["Rijlabels"], ["ja"], hidden=True), "blad 2 (verborgen): op dit blad staat geen enkele kolom"),
        (beside("Voorblad", ["CEO Wmo"], first=True), "blad 1: op dit blad staat geen enkele kolom die wij kennen"),
        (beside("x", ["Naam"], ["Fien Zomerdijk"], hidden=True), "een tweede blad (misschien verborgen) heeft geen"),
    ],
)
def test_a_sheet_beside_the_answers_is_named(deliver, read, change, said):
    assert said in refusal(deliver, read, {"ceo.xlsx": workbook(ROWS, change)})


def test_open_answers_on_the_first_sheet_are_still_joined_to_the_answers(deliver, read):
    opened = [["respondent", "toelichting"], *([one, f"tekst {one}"] for one in ROWS["respondent"])]
    rows = {name: values for name, values in ROWS.items() if name != "toelichting"}
    table = rows_of(read, deliver({"ceo.xlsx": workbook(rows, beside("Open", *opened, first=True))}))
    assert table.column("toelichting").to_pylist() == [f"tekst {one}" for one in ROWS["respondent"]]
