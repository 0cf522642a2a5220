"""The wizard recognises a file by its headers; the template that goes out can come back."""

import io

import openpyxl
import pytest

from domain.errors import InputRejected
from domain.vocabulary import Kind
from ingest.expected import expected_of, labels_of
from ingest.readers import read_file
from ingest.recognise import headers_of, recognise
from ingest.sheets import sheet_name
from ingest.template import asked, heads, template
from storage.codebooks import Codebooks

from .conftest import as_csv, ceo_rows, journey_files

BOOKS = [Codebooks().get(reference) for reference in Codebooks().references()]
KLANTREIS = Codebooks().get("klantreis@1.0")


def test_a_ceo_is_recognised_with_what_is_still_a_question(tmp_path):
    rows = ceo_rows(3, Opmerking=["x"] * 3, ipaddr=["1"] * 3)
    del rows["ceo10_kwaliteit_leven"]
    (tmp_path / "uitvoer.csv").write_text(as_csv(rows), encoding="utf-8")
    best = recognise(headers_of(tmp_path / "uitvoer.csv"), BOOKS)[0]
    assert best.codebook == "ceo_wmo@2016.1"
    assert best.missing == ["ceo10_kwaliteit_leven"]
    assert best.unknown == ["Opmerking", "ipaddr"]
    assert best.hidden == ["IP-adres"]
    assert best.columns["leeftijd"] == "leeftijd"


@pytest.mark.parametrize("book", [b for b in BOOKS if b.kind is not Kind.TRANSCRIPTS], ids=lambda b: b.reference)
def test_every_codebook_is_recognised_by_its_own_headers(book):
    assert recognise(list(book.rows), BOOKS)[0].codebook == book.reference


def test_headers_that_say_nothing_give_no_guess():
    assert recognise(["a", "b"], BOOKS) == []


def test_headers_of_a_broken_file_are_refused(tmp_path):
    (tmp_path / "x.xlsx").write_bytes(b"geen werkmap")
    with pytest.raises(InputRejected):
        headers_of(tmp_path / "x.xlsx")


def filled() -> bytes:
    """The template of the klantreis, filled in by choosing from the lists."""
    book = openpyxl.load_workbook(io.BytesIO(template(KLANTREIS)))
    steps = {"journey": "1", "seq": 1, "phase": "melding", "emotion": "positief", "knelpunten": "wachttijd; brieven"}
    aspects = {"journey": "1", "phase": "melding", "aspect": "communicatie en informatie", "score": "negatief"}
    for table, cells in (("rows", steps), ("aspects", aspects)):
        sheet = book[sheet_name(KLANTREIS, table)]
        headers = [cell.value for cell in sheet[1]]
        for name, value in cells.items():
            sheet.cell(3, headers.index(heads(KLANTREIS, table)[name]) + 1, value)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_filled_template_comes_back_as_a_delivery(deliver, read):
    _, fields = journey_files()
    fields["files"] = [
        {"path": "reizen.xlsx", "sheet": sheet_name(KLANTREIS, "rows")},
        {"path": "reizen.xlsx", "sheet": sheet_name(KLANTREIS, "aspects"), "table": "aspects"},
    ]
    tables = read(deliver({"reizen.xlsx": filled()}, **fields)).records[0].tables
    assert tables["rows"].select(["journey", "seq", "emotion", "knelpunten"]).to_pylist() == [
        {"journey": "1", "seq": 1, "emotion": "1", "knelpunten": "wachttijd;brieven"}
    ]
    aspect = {"journey": "1", "phase": "melding", "aspect": "communicatie", "score": "-1"}
    assert tables["aspects"].to_pylist() == [aspect]


def test_a_template_asks_no_names_and_offers_lists():
    book = openpyxl.load_workbook(io.BytesIO(template(KLANTREIS)))
    assert book.sheetnames == ["Uitleg", "Reizen", "Aspecten", "Keuzes"]
    headers = [cell.value for cell in book["Reizen"][1]]
    assert headers == list(heads(KLANTREIS, "rows").values())
    assert not {"naam", "adres", "email", "clientnummer"} & set(asked(KLANTREIS, "rows"))
    checks = book["Reizen"].data_validations.dataValidation
    lists = {str(check.sqref).split(":")[0]: check.formula1 for check in checks}
    letter = openpyxl.utils.get_column_letter(headers.index(heads(KLANTREIS, "rows")["phase"]) + 1)
    assert lists[f"{letter}3"].startswith("Keuzes!")


OPEN = {"integer": 30, "decimal": 1, "date": "01-03-2026", "identifier": "R1", "yesno": "ja"}
TABLES = [(book, table) for book in BOOKS for table in book.tables]


@pytest.mark.parametrize(("book", "table"), TABLES, ids=[f"{book.reference} {table}" for book, table in TABLES])
def test_heads_are_words_and_the_row_under_them_is_no_answer(book, table, tmp_path):
    workbook = openpyxl.load_workbook(io.BytesIO(template(book)))
    sheet = workbook[sheet_name(book, table)]
    for at, (name, column) in enumerate(asked(book, table).items(), start=1):
        answers = [label for label in labels_of(book, column).values() if label]
        sheet.cell(3, at, answers[0] if answers else OPEN.get(column.type.value, "goed"))
        assert sheet.cell(1, at).value in (column.text, name)
    workbook.save(tmp_path / "sjabloon.xlsx")
    expected = expected_of(book, table, {})
    (read,) = read_file(tmp_path / "sjabloon.xlsx", expected, "sjabloon", sheet.title)
    assert [expected.column(header) for header in read.column_names] == list(asked(book, table))
    assert read.num_rows == 1


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.reference)
def test_every_codebook_has_a_template(book):
    assert openpyxl.load_workbook(io.BytesIO(template(book))).sheetnames[0] == "Uitleg"
