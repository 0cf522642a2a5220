"""One test per way in which gemeenten send a file; all give the same table."""

import datetime as dt
import io
import json
from typing import Any

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.errors import InputRejected
from ingest.expected import Expected, expected_of
from ingest.readers import delimited
from ingest.readers.aggregate import unfold_symbols
from storage.codebooks import Codebooks
from toegangspeil.demo import writers

from .conftest import CONSENT, FIGURES, ITEMS, as_csv, ceo_rows

BOOK = Codebooks().get("ceo_wmo@2016.1")
WIJK = ["Súd", "Noord", "De Akkers"]


def rows_of(intake: Any) -> Any:
    return intake.records[0].tables["rows"]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_in_every_delimiter_and_encoding(deliver, read, delimiter, encoding):
    rows = ceo_rows(3, wijk=WIJK, toelichting=["Het was fijn; echt, €5", "", 'Zij zei "ja"\nen belde'])
    table = rows_of(read(deliver({"ceo.csv": as_csv(rows, delimiter).encode(encoding)})))
    assert table.column("wijk").to_pylist() == WIJK
    assert table.column("toelichting").to_pylist() == ["Het was fijn; echt, €5", None, 'Zij zei "ja"\nen belde']


def test_csv_with_the_sep_line_and_line_ends_of_excel(deliver, read):
    text = "sep=;\n" + as_csv(ceo_rows(3, wijk=WIJK)) + ";" * 12 + "\n\n"
    assert rows_of(read(deliver({"ceo.csv": text.replace("\n", "\r\n")}))).num_rows == 3


def test_csv_with_questions_under_the_headers(deliver, read):
    head, body = as_csv(ceo_rows(3)).split("\n", 1)
    questions = ";".join(BOOK.rows[name].text or name for name in head.split(";"))
    assert rows_of(read(deliver({"ceo.csv": f"{head}\n{questions}\n{body}"}))).num_rows == 3
    tool = ";".join("{'ImportId':'QID'}" for _ in head.split(";"))
    assert rows_of(read(deliver({"ceo.csv": f"{head}\n{questions}\n{tool}\n{body}"}))).num_rows == 3


def test_headers_may_be_the_questions_themselves(deliver, read):
    rows = {BOOK.rows[name].text: values for name, values in ceo_rows(3).items()}
    assert rows_of(read(deliver({"ceo.csv": as_csv(rows)}))).column("leeftijd").to_pylist() == [30, 37, 44]


def test_own_headers_are_mapped_by_the_manifest(deliver, read):
    rows = ceo_rows(3)
    rows["Lft"] = rows.pop("leeftijd")
    rows[" CEO01 Vindbaarheid "] = rows.pop("ceo01_vindbaarheid")
    folder = deliver({"ceo.csv": as_csv(rows)}, files=[{"path": "ceo.csv", "columns": {"Lft": "leeftijd"}}])
    assert {"leeftijd", "ceo01_vindbaarheid"} <= set(rows_of(read(folder)).column_names)


def workbook(sheets: dict[str, list[list[Any]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def sheets_of(rows: dict[str, list[Any]]) -> dict[str, list[list[Any]]]:
    """Data with a merged title, two header rows and a date; open answers in another order."""
    texts = {name: column.text for name, column in BOOK.rows.items()}
    data = [["Uitkomsten 2026"], *writers.as_rows({**rows, "geboortedatum": [dt.date(1950, 1, 2)] * 3}, texts)]
    answers = [["respondent", "toelichting"], ["R002", "derde"], ["R000", "eerste"]]
    return {"Codeboek": [["kolom", "uitleg"], ["V1", "iets"]], "Open antwoorden": answers, "Data": data}


def test_xlsx_with_codeboek_open_answers_and_two_header_rows(deliver, read):
    table = rows_of(read(deliver({"ceo.xlsx": workbook(sheets_of(ceo_rows(3)))})))
    assert table.column("toelichting").to_pylist() == ["eerste", None, "derde"]
    assert table.column("geboortedatum").to_pylist() == [dt.date(1950, 1, 2)] * 3
    assert table.column("leeftijd").to_pylist() == [30, 37, 44]


def test_ods_like_xlsx(deliver, read, tmp_path):
    sheets = sheets_of(ceo_rows(3))
    sheets["Data"] = [[str(cell) if isinstance(cell, dt.date) else cell for cell in row] for row in sheets["Data"]]
    writers.write_ods(tmp_path / "ceo.ods", sheets)
    table = rows_of(read(deliver({"ceo.ods": (tmp_path / "ceo.ods").read_bytes()})))
    assert table.column("toelichting").to_pylist() == ["eerste", None, "derde"]
    assert table.num_rows == 3


def test_open_answers_of_strangers_are_refused(deliver, read):
    sheets = sheets_of(ceo_rows(3))
    sheets["Open antwoorden"].append(["R777", "wie ben ik"])
    with pytest.raises(InputRejected, match="1 rij bij geen 'respondent' van het eerste blad"):
        read(deliver({"ceo.xlsx": workbook(sheets)}))


def test_a_sheet_can_be_named(deliver, read):
    data = workbook({"Oud": [["iets"], ["anders"]], "Data": writers.as_rows(ceo_rows(3))})
    folder = deliver({"ceo.xlsx": data}, files=[{"path": "ceo.xlsx", "sheet": "Data"}])
    assert rows_of(read(folder)).num_rows == 3


def test_sav_labels_say_what_a_code_means(deliver, read, tmp_path):
    """In this file 5 is the best answer; 6 'geen mening' and 9 'onleesbaar' are user-missing."""
    texts = ["helemaal niet mee eens", "niet mee eens", "neutraal", "mee eens", "helemaal mee eens", "geen mening"]
    labels = {float(at): text for at, text in enumerate(texts, start=1)} | {9.0: "onleesbaar"}
    rows = ceo_rows(3, ceo01_vindbaarheid=[5.0, 6.0, 9.0], gewicht=[1.25, 0.8, 1.0])
    rows = {name: [float(v) for v in values] if name in ITEMS else values for name, values in rows.items()}
    missing = {"ceo01_vindbaarheid": [6.0, 9.0]}
    writers.write_sav(tmp_path / "x.sav", rows, {"ceo01_vindbaarheid": labels}, missing)
    table = rows_of(read(deliver({"ceo.sav": (tmp_path / "x.sav").read_bytes()})))
    assert table.column("ceo01_vindbaarheid").to_pylist() == ["1", "8", None]
    assert [float(value) for value in table.column("gewicht").to_pylist()] == [1.25, 0.8, 1.0]
    assert table.column("respondent").to_pylist() == ["R000", "R001", "R002"]


STORY = {
    "instrument": "verhaal",
    "codebook": "verhaal@1.0",
    "doelgroepen": {"inwoner": FIGURES},
    "legal_basis": "6_1_a",
    "art9_ground": CONSENT,
}


def test_jsonl_stories(deliver, read):
    line = {"respondent": 1, "verhaal": 1.0, "text": "Het begon met een brief", "dyad_regie": 0.25}
    lines = [{**line, "thema": ["brieven", "respect"], "toestemming_deelname": True}, {**line, "respondent": 2}]
    table = rows_of(read(deliver({"v.jsonl": "\n".join(map(json.dumps, lines))}, **STORY)))
    assert table.column("thema").to_pylist() == ["respect;brieven", None]
    assert table.column("toestemming_deelname").to_pylist() == ["ja", None]


@pytest.mark.parametrize("bad", ['{"respondent": 1', "[1]", '{"a": {"b": 1}}', "niets"])
def test_jsonl_that_is_cut_off_or_nested_is_refused(deliver, read, bad):
    with pytest.raises(InputRejected, match="1 rij zonder plat JSON-object"):
        read(deliver({"verhalen.jsonl": '{"respondent": 1, "verhaal": 1, "text": "a"}\n' + bad}, **STORY))


TALK = {**STORY, "instrument": "klantreis_transcript", "codebook": "klantreis_transcript@1.0"}
TALK["doelgroepen"] = {"client": FIGURES}
LINES = ["Gesprek thuis", "Interviewer: Hoe begon het?", "[00:12] R: Met een brief.", "En toen wachten.", "I: En nu?"]
TURNS = ["onbekend", "interviewer", "inwoner", "interviewer"]


def test_transcripts_in_word_and_text_have_turns(deliver, read):
    document = docx.Document()
    for line in LINES:
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    table = rows_of(read(deliver({"g1.docx": buffer.getvalue(), "g2.txt": "\n".join(LINES)}, **TALK)))
    assert table.column("journey").to_pylist() == ["g1"] * 4 + ["g2"] * 4
    assert table.column("speaker").to_pylist() == TURNS * 2
    assert table.column("text").to_pylist()[2] == "Met een brief.\nEn toen wachten."


def test_a_transcript_without_turns_is_refused(deliver, read):
    with pytest.raises(InputRejected, match="geen beurt van de inwoner"):
        read(deliver({"gesprek.txt": "Alleen een verslag."}, **TALK))


def test_an_aggregate_keeps_its_symbols_apart(deliver, read):
    rows = {
        "gemeente": ["GM9001"] * 3,
        "periode": ["2025"] * 3,
        "indicator": ["ceo01", "ceo02", "ceo03"],
        "uitsplitsing": ["", "TOTAAL", "leeftijd"],
        "waarde": ["78,5", "x", "?"],
        "aantal": [212, "", ""],
    }
    fields = {"instrument": "aggregaat", "codebook": "aggregaat@1.0", "art9_ground": None}
    table = rows_of(read(deliver({"cijfers.csv": as_csv(rows)}, **fields)))
    assert table.column("symbool").to_pylist() == [None, "onderdrukt", "ontbreekt"]
    assert table.column("uitsplitsing").to_pylist() == ["TOTAAL", "TOTAAL", "leeftijd"]
    assert [value is None for value in table.column("waarde").to_pylist()] == [False, True, True]


def test_a_table_without_values_has_no_symbols():
    import pyarrow as pa

    table = pa.table({"periode": ["2025"]})
    assert unfold_symbols(table) is table


SIMPLE = Expected({"a": "a", "b": "b"}, frozenset({"a"}))
# Without the letters that accents turn into when a file is converted twice: such a file is refused, and tested apart.
CELL = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff\ufffdÃâ"), max_size=20)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(cells=st.lists(st.tuples(CELL, CELL), min_size=1, max_size=6), delimiter=st.sampled_from(";,\t|"))
def test_what_was_written_as_csv_comes_back(tmp_path, cells, delimiter):
    path = tmp_path / "x.csv"
    lines = [delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [("a", "b"), *cells]]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    table = delimited.read(path, SIMPLE, "x.csv")[0]
    got = [tuple(column[at].as_py() for column in table.columns) for at in range(table.num_rows)]
    assert got == cells


def test_every_question_of_every_codebook_is_found_by_name_and_by_text():
    for reference in Codebooks().references():
        book = Codebooks().get(reference)
        for table, columns in book.tables.items():
            expected = expected_of(book, table, {})
            texts = [column.text for column in columns.values()]
            for name, column in columns.items():
                assert expected.column(name.upper()) == name
                if column.text and texts.count(column.text) == 1:
                    assert expected.column(column.text) in (name, None) or column.text.casefold() in columns
