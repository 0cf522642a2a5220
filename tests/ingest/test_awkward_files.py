"""Files as gemeenten send them, and worse: read as they were meant, or refused in one line that says what to do."""

import datetime as dt
import io
import unicodedata
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pandas as pd
import pyreadstat
import pytest

from toegangspeil.demo import writers

from .awkward import BSN, ROWS, TEXT, refusal, rows_of, workbook
from .conftest import CONSENT, FIGURES, as_csv, ceo_rows, journey_files

COUNTED = {"instrument": "aggregaat", "codebook": "aggregaat@1.0", "doelgroepen": {"client": FIGURES}}
COUNTED |= {"art9_ground": None}
SHARES: dict[str, list[Any]] = {"gemeente": ["GM9001"] * 2, "periode": [2026] * 2, "indicator": ["snel", "goed"]}
TALK = {"instrument": "klantreis_transcript", "codebook": "klantreis_transcript@1.0", "legal_basis": "6_1_a"}
TALK |= {"doelgroepen": {"client": FIGURES}, "art9_ground": CONSENT}


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode().replace(b"\nR003", b"\n\xef\xbb\xbfR003"),
        b"\xef\xbb\xbf\xef\xbb\xbf" + TEXT.encode(),
        TEXT.encode() + b"\x1a",
        TEXT.replace("leeftijd", "leef\u200btijd\u00a0").encode(),
        ("Uitkomsten CEO Wmo 2026;;;\nGemaakt op 1 juli;;;\n\n" + TEXT).encode(),
        b"\r\n\r\n" + TEXT.encode(),
        TEXT.replace("\n", ";" * 16_000 + "\n").encode(),
        TEXT.replace("\n", ";;\n", 1).replace("\n", "; ;\u00a0\n").replace("; ;\u00a0\n", "\n", 1).encode(),
    ],
    ids=[
        "mark in the middle",
        "two marks",
        "end of DOS",
        "unseen marks",
        "title",
        "empty lines",
        "empty columns",
        "a space where nobody looks",
    ],
)
def test_a_csv_that_is_only_untidy(deliver, read, data):
    table = rows_of(read, deliver({"ceo.csv": data}))
    assert table.column("respondent").to_pylist() == ROWS["respondent"]
    assert table.column("leeftijd").to_pylist() == ROWS["leeftijd"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (as_csv({**ROWS, "toelichting": ["cliënt"] * 8}).encode("mac_roman"), "tekenset van het bestand is niet"),
        (as_csv({**ROWS, "toelichting": ["één"] * 8}).encode("cp850"), "tekenset van het bestand is niet te herkennen"),
        (TEXT.encode() + "R9;één\n".encode() + "R8;één\n".encode("cp1252"), "tekenset van het bestand is niet"),
        (TEXT.replace(";", "^").encode(), "ceo.csv: wij zien maar een kolom; zet ; of , of een tab tussen"),
        (workbook(ROWS), "ceo.csv: dit is geen tekst maar een werkmap, een Word-document of een zip-bestand; geef"),
        (b"<html><table><tr><td>respondent</td></tr></table></html>", "wij zien maar een kolom"),
        (as_csv({f"v{at}": [1] for at in range(3_000)}).encode(), "er zijn meer dan 2000 kolommen"),
        (b"respondent" + b";" * 50_000 + b"\n", "er zijn meer dan 2000 kolommen"),
        ((TEXT + "Gemiddeld" + ";1" * 10 + ";45;\n").encode(), "kolom 'respondent': 1 rij met een totaal of"),
        ((TEXT + "Totaal (n=8)" + ";1" * 10 + ";45;\n").encode(), "kolom 'respondent': 1 rij met een totaal of"),
        ((TEXT + "n = 8" + ";1" * 10 + ";45;\n").encode(), "kolom 'respondent': 1 rij met een totaal of"),
        (as_csv({**ROWS, "toelichting": ["ok"] * 7 + ["Gemiddelde"]}).encode(), "kolom 'toelichting': 1 rij met een"),
        (as_csv({**ROWS, "wijk": ["Noord"] * 7 + ["Eindtotaal:"]}).encode(), "kolom 'wijk': 1 rij met een totaal of"),
        ((TEXT + "Totaal" + ";1" * 10 + ";412;\n").encode(), "kolom 'respondent': 1 rij met een totaal of"),
        (as_csv({**ROWS, "respondent": ["a1", "A 1", *"bcdefg"]}).encode(), "1 rij te veel met dezelfde 'respondent'"),
        (as_csv({**ROWS, "gewicht": [0, 0, *[1] * 6]}).encode(), "'gewicht': 2 rijen met een weegfactor van 0 (of"),
        (as_csv({**ROWS, "gewicht": ["0,125"] * 8}).encode(), "'gewicht': de weegfactoren zijn gemiddeld niet"),
        (as_csv({**ROWS, "gewicht": [12] * 8}).encode(), "'gewicht': de weegfactoren zijn gemiddeld niet ongeveer 1"),
        (as_csv({**ROWS, "leeftijd": [99] * 3 + [70] * 5}).encode(), "'leeftijd': 3 rijen met 99, dat lijkt"),
        (as_csv({**ROWS, "leeftijd": ["4²"] * 8}).encode(), "8 rijen met iets anders dan een heel getal"),
    ],
)  # fmt: skip
def test_a_csv_that_would_be_read_otherwise_than_it_was_meant(deliver, read, data, said):
    assert said in refusal(deliver, read, {"ceo.csv": data})


@pytest.mark.parametrize("shape", ["{}.0", "{},00", "'{}", '"=""{}"""', "BSN {}", "bsn: {}"])
def test_a_column_of_bsn_however_a_program_wrote_it(deliver, read, shape):
    rows = {**ROWS, "clientnummer": BSN}
    lines = as_csv({**rows, "clientnummer": ["@"] * 8}).splitlines()
    filled = [lines[0], *(line.replace("@", shape.format(bsn)) for line, bsn in zip(lines[1:], BSN, strict=True))]
    said = refusal(deliver, read, {"ceo.csv": "\n".join(filled)})
    assert "kolom N (de 14e): de getallen zijn burgerservicenummers" in said


@pytest.mark.parametrize(
    "columns",
    [
        {"leeftijd": [99, 99, 70, 70, 70, 70, 70, 70]},
        {"leeftijd": [99, 99, 99, 90, 92, 97, 70, 70]},
        {"toelichting": ["gemiddeld", "totaal", *["ok"] * 6]},
        {"toelichting": [*["ok"] * 7, "totaal niet goed geholpen"]},
        {"wijk": ["Aantal Hoven", *["Somerwijk"] * 7]},
        {"gewicht": ["0,1", "0,1", 2, "0,5", "1,5", 1, "", 2]},
        {"respondent": ["N 1", "n2", "S3", "T4", "G5", "A6", "M7", "N"]},
    ],
)
def test_what_only_looks_like_a_total_or_a_code_is_read(deliver, read, columns):
    assert read(deliver({"ceo.csv": as_csv({**ROWS, **columns})})).rows == 8


def test_an_export_pasted_under_itself_counts_nobody_twice(deliver, read):
    rows = {name: values for name, values in ceo_rows(24).items() if name != "respondent"}
    whole = as_csv(rows)
    twice = whole + whole.partition("\n")[2]
    assert "dezelfde 24 rijen staan er twee keer in" in refusal(deliver, read, {"ceo.csv": twice})
    assert read(deliver({"ceo.csv": whole})).rows == 24


def test_a_sheet_beside_the_journeys_that_nobody_filled_in_is_fine(deliver, read):
    files, fields = journey_files()
    files["aspecten.csv"] = files["aspecten.csv"].partition("\n")[0] + "\n"
    assert set(read(deliver(files, **fields)).records[0].tables) == {"rows"}


def test_a_whole_postcode_is_no_name_of_a_wijk(deliver, read):
    said = refusal(deliver, read, {"ceo.csv": as_csv({**ROWS, "wijk": ["9712 AB", *["Somerwijk"] * 7]})})
    assert "kolom 'wijk': 1 rij met een tekst die te lang is, of met een e-mailadres of hele postcode" in said


def test_a_waiting_time_of_999_twice_is_a_code(deliver, read):
    files, fields = journey_files()
    files["reizen.csv"] = files["reizen.csv"].replace(";3;", ";999;").replace(";40;", ";999;")
    assert "kolom 'waiting_days': 2 rijen met 999" in refusal(deliver, read, files, **fields)


def test_who_answered_nothing_does_not_count_and_the_steward_hears_it(deliver, read):
    found = read(deliver({"ceo.csv": TEXT + "\nR801;\nBron: bureau;\n".replace(";\n", ";" * 12 + "\n")}))
    assert found.rows == 8
    assert "2 rijen zonder een enkel antwoord tellen niet mee" in found.notices


def test_a_survey_of_blanks_is_refused(deliver, read):
    blank = {name: values if name == "respondent" else [""] * 8 for name, values in ROWS.items()}
    assert "geen rijen met antwoorden" in refusal(deliver, read, {"ceo.csv": as_csv(blank)})


# --- workbooks


def with_parts(data: bytes, change: Callable[[str, bytes], bytes], **more: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(part, old.read(part)))
        for part, content in more.items():
            new.writestr(part, content)
    return buffer.getvalue()


def as_they_are(_: str, content: bytes) -> bytes:
    return content


def opendocument(
    tmp_path: Any, rows: dict[str, list[Any]], change: Callable[[bytes], bytes] = lambda sheet: sheet
) -> bytes:
    writers.write_ods(tmp_path / "x.ods", {"Data": writers.as_rows(rows)})
    data = (tmp_path / "x.ods").read_bytes()
    return with_parts(data, lambda part, content: change(content) if part == "content.xml" else content)


def above(book: Any) -> None:
    book.active.insert_rows(1, 5)
    book.active["A1"] = "Uitkomsten CEO Wmo"


def list_of_bsn(book: Any) -> None:
    for row in [["sleutel", "nummer"], *([f"R{at}", int(bsn)] for at, bsn in enumerate(BSN))]:
        (book["codeboek"] if "codeboek" in book else book.create_sheet("codeboek")).append(row)


def described(book: Any) -> None:
    book.properties.description = f"lijst van {BSN[0]}"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (workbook(ROWS, lambda book: book.create_sheet(f"codeboek {BSN[0]}")), "in de naam van een blad staat een BSN"),
        (workbook(ROWS, list_of_bsn), "ceo.xlsx, blad 'codeboek': kolom B (de 2e): de getallen zijn burgerservice"),
        (workbook(ROWS, described), "in de eigenschappen van het bestand staat een BSN"),
        (with_parts(workbook(ROWS), as_they_are, **{"xl/vbaProject.bin": b"x"}), "er zitten macro's (programma's) in"),
        (with_parts(workbook(ROWS), as_they_are, **{"xl/workbook.bin": b"x"}), "deze Excel-indeling lezen wij niet"),
        (with_parts(workbook(ROWS), as_they_are, **{"xl/x.xml": b'<!DOCTYPE x [<!ENTITY a "b">]>'}), "beschadigd"),
        (with_parts(workbook(ROWS), lambda _, part: part.replace(b'<c r="B3" t="n"><v>2</v></c>',
            b'<c r="B3" t="e"><v>#REF!</v></c>')), "er staan cellen in met #VERW! of #NAAM?"),
    ],
)  # fmt: skip
def test_a_workbook_with_what_may_not_travel(deliver, read, data, said):
    assert said in refusal(deliver, read, {"ceo.xlsx": data})


def test_lines_above_the_headers_and_a_sheet_with_a_chart_are_fine(deliver, read):
    data = workbook(ROWS, lambda book: (above(book), book.create_chartsheet("Grafiek")))
    assert rows_of(read, deliver({"ceo.xlsx": data})).num_rows == 8


@pytest.mark.parametrize("span", ["rows", "columns"])
@pytest.mark.parametrize("name", ["ceo.ods", "ceo.xlsx"])
def test_merged_answers_in_an_opendocument_are_refused(deliver, read, tmp_path, span, name):
    """Whatever the file is called: the library looks at what is in it, so we do too."""

    def merged(sheet: bytes) -> bytes:
        cell = b'<table:table-cell office:value-type="string"><text:p>prima'
        assert cell in sheet
        return sheet.replace(cell, cell.replace(b" office", b' table:number-%b-spanned="2" office' % span.encode()))

    said = refusal(deliver, read, {name: opendocument(tmp_path, ROWS, merged)})
    assert "tussen de antwoorden staan samengevoegde cellen" in said


def test_a_merged_title_in_an_opendocument_is_fine(deliver, read, tmp_path):
    title = b'<table:table-row><table:table-cell table:number-columns-spanned="9" office:value-type="string">'
    title += b"<text:p>Uitkomsten</text:p></table:table-cell></table:table-row><table:table-row>"
    data = opendocument(tmp_path, ROWS, lambda sheet: sheet.replace(b"<table:table-row>", title, 1))
    assert rows_of(read, deliver({"ceo.ods": data})).num_rows == 8


# --- tables that somebody else counted


def shares(*values: Any) -> dict[str, list[Any]]:
    return {**SHARES, "waarde": list(values)}


def shown_as(shape: str) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        for row in (2, 3):
            book.active.cell(row, 4).number_format = shape

    return change


def test_a_percent_sign_in_text_is_read(deliver, read):
    folder = deliver({"cijfers.csv": as_csv(shares("81,5%", "72 %"))}, **COUNTED)
    assert [float(value) for value in rows_of(read, folder).column("waarde").to_pylist()] == [81.5, 72.0]


@pytest.mark.parametrize(("shape", "refused"), [("0%", True), ("0.0%", True), ('0.0"%"', False), ("0.0", False)])
def test_a_cell_that_shows_a_percentage_is_not_read_as_a_hundredth(deliver, read, shape, refused):
    data = {"cijfers.xlsx": workbook(shares(81.5, 0.5), shown_as(shape))}
    if refused:
        assert "cijfers.xlsx: er staan cellen in met procent-opmaak" in refusal(deliver, read, data, **COUNTED)
    else:
        assert rows_of(read, deliver(data, **COUNTED)).num_rows == 2


@pytest.mark.parametrize(("values", "refused"), [((0.815, 0.5), True), ((0.5, 81.5), False), ((0, 1), False)])
def test_shares_written_as_fractions_are_refused_where_they_are_the_most(deliver, read, values, refused):
    data = {"cijfers.csv": as_csv(shares(*values))}
    if refused:
        assert "kolom 'waarde': 2 rijen tussen 0 en 1; schrijf een" in refusal(deliver, read, data, **COUNTED)
    else:
        assert rows_of(read, deliver(data, **COUNTED)).num_rows == 2


def test_a_percentage_in_an_opendocument(deliver, read, tmp_path):
    old, new = b'value-type="float" office:value="0.', b'value-type="percentage" office:value="0.'
    data = opendocument(tmp_path, shares(0.815, 0.5), lambda sheet: sheet.replace(old, new))
    assert "procent-opmaak" in refusal(deliver, read, {"cijfers.ods": data}, **COUNTED)


def test_a_share_that_stands_there_twice(deliver, read):
    rows = {name: [*values, values[0]] for name, values in shares(80, 70).items()}
    said = refusal(deliver, read, {"a.csv": as_csv(rows)}, **COUNTED)
    assert "1 rij te veel met dezelfde 'gemeente' en 'periode' en 'indicator'" in said


# --- SPSS and documents


@pytest.mark.parametrize(
    "beside",
    [
        {"file_label": f"lijst {BSN[0]}"},
        {"note": f"van {BSN[0]}"},
        {"column_labels": [f"Vraag over {BSN[0]}", *[""] * (len(ROWS) - 1)]},
        {"variable_value_labels": {"leeftijd": {30: BSN[0]}}},
    ],
)
def test_a_bsn_in_a_label_of_spss(deliver, read, tmp_path, beside):
    pyreadstat.write_sav(pd.DataFrame(ROWS), tmp_path / "x.sav", **beside)
    said = refusal(deliver, read, {"ceo.sav": (tmp_path / "x.sav").read_bytes()})
    assert "in een label of notitie van het SPSS-bestand staat een BSN" in said


def talk(change: Callable[[Any], object]) -> bytes:
    document = docx.Document()
    document.add_paragraph("Interviewer: hoe ging het?")
    document.add_paragraph("Inwoner: goed")
    change(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_a_bsn_in_the_properties_of_a_document(deliver, read):
    data = talk(lambda document: setattr(document.core_properties, "title", f"gesprek met {BSN[0]}"))
    assert "in de eigenschappen van het bestand staat een BSN" in refusal(deliver, read, {"gesprek.docx": data}, **TALK)


@pytest.mark.parametrize("written", ["utf-16", "utf-16-be", "utf-32"])
def test_a_bsn_in_properties_that_our_search_would_pass_over_is_refused(deliver, read, written):
    data = talk(lambda document: setattr(document.core_properties, "title", f"gesprek met {BSN[0]}"))
    core = "docProps/core.xml"
    other = with_parts(data, lambda name, content: content.decode().encode(written) if name == core else content)
    assert "afgebroken of beschadigd" in refusal(deliver, read, {"gesprek.docx": other}, **TALK)


def test_what_stands_above_the_pages_is_not_kept(deliver, read):
    data = talk(lambda document: setattr(document.sections[0].header.paragraphs[0], "text", f"BSN {BSN[0]}"))
    table = rows_of(read, deliver({"gesprek.docx": data}, **TALK))
    assert table.column("text").to_pylist() == ["hoe ging het?", "goed"]


def test_pages_of_a_text_are_lines(deliver, read):
    table = rows_of(read, deliver({"gesprek.txt": "Interviewer: hoe?\n\x0cInwoner: goed\x0bja\n"}, **TALK))
    assert table.column("text").to_pylist() == ["hoe?", "goed\nja"]


# --- the folder


@pytest.mark.parametrize("left", ["~$ceo.xlsx", ".~lock.ceo.csv#", "._ceo.csv"])
def test_what_office_programs_leave_beside_a_file_is_stepped_over(deliver, read, left):
    folder = deliver({"ceo.csv": TEXT, left: "wie het open heeft"}, files=[{"path": "ceo.csv"}])
    assert read(folder).rows == 8


@pytest.mark.parametrize(("lies", "named"), [("CEO.CSV", "ceo.csv"), ("cliënten.csv", "NFD"), ("ceo.csv", "./ceo.csv")])
def test_a_name_that_a_system_wrote_otherwise_is_found(deliver, read, lies, named):
    path = unicodedata.normalize("NFD", lies) if named == "NFD" else named
    assert read(deliver({lies: TEXT}, files=[{"path": path}])).rows == 8


def test_two_files_that_differ_in_capitals_only_are_two(deliver, read):
    other = as_csv(ceo_rows(3, respondent=["S1", "S2", "S3"], toelichting=["x"] * 3))
    assert read(deliver({"ceo.csv": TEXT, "CEO.csv": other})).rows == 11
    assert "zit niet in de aanlevering" in refusal(
        deliver, read, {"ceo.csv": TEXT, "CEO.csv": other}, files=[{"path": "Ceo.csv"}]
    )


def test_a_day_in_a_workbook_that_counts_from_1904(deliver, read):
    rows = {**ROWS, "geboortedatum": [dt.datetime(1950, 1, 31)] * 8}
    data = with_parts(workbook(rows), lambda _, part: part.replace(b"<workbookPr", b'<workbookPr date1904="1"', 1))
    table = rows_of(read, deliver({"ceo.xlsx": data}))
    assert table.column("geboortedatum").to_pylist() == [dt.date(1954, 2, 1)] * 8
