"""Words that a reader would step over, or read as something else, are read or refused: never lost without a word."""

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import openpyxl
import pandas as pd
import pyreadstat
import pytest
from docx.oxml import parse_xml
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.comments import Comment

from domain.errors import InputRejected
from ingest.readers.quotes import pair_up
from ingest.readers.word import all_words

from .conftest import CONSENT, FIGURES, as_csv, ceo_rows

NAME = "Griet Zandbergen"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TALK = {"instrument": "klantreis_transcript", "codebook": "klantreis_transcript@1.0", "legal_basis": "6_1_a"}
TALK |= {"doelgroepen": {"client": FIGURES}, "art9_ground": CONSENT}
ROWS = ceo_rows(4, toelichting=["goed", "snel", "traag", "duur"])


def said(deliver: Any, read: Any, files: dict[str, Any], **fields: Any) -> str:
    with pytest.raises(InputRejected) as caught:
        read(deliver(files, **fields))
    assert NAME not in str(caught.value)
    return str(caught.value)


def column(read: Any, folder: Any, name: str) -> list[Any]:
    values: list[Any] = read(folder).records[0].tables["rows"].column(name).to_pylist()
    return values


def csv_with_text(text: str, at: int) -> str:
    lines = as_csv(ROWS).splitlines()
    lines[at] = lines[at].rsplit(";", 1)[0] + ";" + text
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(("text", "at"), [('"snel', 2), ('"afgebroken', 4), ('"sn"el', 2), ('"snel" ', 2)])
def test_a_quote_that_does_not_close_swallows_no_rows(deliver, read, text, at):
    assert "niet goed afgesloten" in said(deliver, read, {"ceo.csv": csv_with_text(text, at)})


@pytest.mark.parametrize(("text", "cell"), [('sn"el', 'sn"el'), ('"sn""el"', 'sn"el'), ('""""', '"'), ('""', "")])
def test_quotes_that_belong_to_an_answer_stay(deliver, read, text, cell):
    assert column(read, deliver({"ceo.csv": csv_with_text(text, 2)}), "toelichting")[1] == (cell or None)


@given(st.lists(st.text('a";\n', max_size=8), min_size=1, max_size=5))
def test_what_a_careful_program_writes_pairs_up(cells):
    line = ";".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    assert pair_up(f"{line}\n{line}".encode(), 0, ";")
    assert not pair_up(f'{line}\n{line};"'.encode(), 0, ";")


def test_a_header_with_an_open_quote_takes_no_time(deliver, read):
    assert "niet goed afgesloten" in said(deliver, read, {"ceo.csv": '"respondent;a\n' + "1;2\n" * 300_000})


def test_line_ends_of_an_old_mac(deliver, read):
    assert len(column(read, deliver({"ceo.csv": as_csv(ROWS).replace("\n", "\r")}), "respondent")) == 4


@pytest.mark.parametrize("inside", ["\n", "\r", "\r\n"])
def test_line_ends_of_an_old_mac_around_an_answer_of_two_lines(deliver, read, inside):
    sent = csv_with_text('"eerst@dan"', 2).replace("\n", "\r").replace("@", inside)
    found = deliver({"ceo.csv": sent})
    assert len(column(read, found, "respondent")) == 4
    assert column(read, found, "toelichting")[1].split() == ["eerst", "dan"]


@pytest.mark.parametrize(
    ("columns", "what"),
    [
        ({"leeftijd": ["1.000", "40", "41", "42"]}, "kolom 'leeftijd': 1 rij met iets anders dan een heel getal"),
        ({"geboortedatum": [f"01-02-1960 {NAME}"] * 4}, "4 rijen met een datum die wij niet kunnen lezen"),
    ],
)
def test_half_of_a_cell_is_not_read(deliver, read, columns, what):
    assert what in said(deliver, read, {"ceo.csv": as_csv(ceo_rows(4, **columns))})


def workbook(change: Callable[[Any], object], rows: dict[str, list[Any]] = ROWS) -> bytes:
    book = openpyxl.Workbook()
    for row in [list(rows), *zip(*rows.values(), strict=True)]:
        book.active.append(row)
    change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def comment(book: Any) -> None:
    book.active["M3"].comment = Comment(f"dit is {NAME}", NAME)


def hidden(book: Any) -> None:
    sheet = book.create_sheet("geheim")
    sheet.sheet_state = "hidden"
    sheet.append([NAME])


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (comment, "opmerkingen bij cellen"),
        (hidden, "blad 2 (verborgen): op dit blad staat geen enkele kolom die wij kennen"),
        (lambda book: book.active.__setitem__("M3", "=B3&C3"), "formules in die nog niet zijn uitgerekend"),
        (lambda book: book.active.merge_cells("M2:M4"), "samengevoegde cellen"),
    ],
)
def test_a_workbook_with_words_outside_its_cells(deliver, read, change, what):
    assert what in said(deliver, read, {"ceo.xlsx": workbook(change)})


def test_columns_and_rows_out_of_sight_are_read(deliver, read):
    def hide(book: Any) -> None:
        book.active.column_dimensions["M"].hidden = book.active.row_dimensions[3].hidden = True

    assert column(read, deliver({"ceo.xlsx": workbook(hide)}), "toelichting") == ROWS["toelichting"]


def test_a_merged_title_above_the_headers_is_fine(deliver, read):
    def title(book: Any) -> None:
        book.active.insert_rows(1)
        book.active["A1"] = "Uitkomsten"
        book.active.merge_cells("A1:M1")

    assert len(column(read, deliver({"ceo.xlsx": workbook(title)}), "respondent")) == 4


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return buffer.getvalue()


@pytest.mark.parametrize(
    "row",
    [
        b'<row r="900000"><c s="0" r="ZZ900000"><v>1</v></c></row>',
        b"<row r='900000'><c r='ZZ900000'><v>1</v></c></row>",
        b'<row r="900000">' + b"<c><v>1</v></c>" * 100 + b"</row>",
    ],
)
def test_a_far_cell_however_it_is_written(deliver, read, row):
    def far(sheet: bytes) -> bytes:
        return sheet.replace(b"</sheetData>", row + b"</sheetData>")

    data = with_part(workbook(lambda _: None), "xl/worksheets/sheet1.xml", far)
    assert "heel ver naar rechts" in said(deliver, read, {"ceo.xlsx": data})


def a_talk(element: str = "") -> Any:
    document = docx.Document()
    document.add_paragraph("Interviewer: hoe ging het?")
    paragraph = document.add_paragraph("Inwoner: goed")
    if element:
        paragraph._p.append(parse_xml(element))
    return document


def saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


RUN = f"<w:r><w:t> volgens {NAME}</w:t></w:r>"


@pytest.mark.parametrize("around", ["sdt><w:sdtContent", "smartTag", "fldSimple", "hyperlink"])
def test_words_inside_a_field_are_read(deliver, read, around):
    closing = "".join(f"</w:{name}>" for name in reversed(around.split("><w:")))
    document = a_talk(f"<w:{around}>{RUN}{closing}".replace(">", f" {W}>", 1))
    assert column(read, deliver({"g.docx": saved(document)}, **TALK), "text")[1] == f"goed volgens {NAME}"


def test_a_text_box_is_read_once(deliver, read):
    box = f"<w:txbxContent><w:p>{RUN}</w:p></w:txbxContent>"
    space = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    twice = f'<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>'
    document = a_talk(f"<w:r {W} {space}><mc:AlternateContent>{twice}</mc:AlternateContent></w:r>")
    assert column(read, deliver({"g.docx": saved(document)}, **TALK), "text")[1].count(NAME) == 1


@pytest.mark.parametrize(
    ("element", "what"),
    [
        (f'<w:ins {W} w:id="1" w:author="{NAME}">{RUN}</w:ins>', "wijzigingen"),
        (f'<w:del {W} w:id="1" w:author="{NAME}"><w:r><w:delText>{NAME}</w:delText></w:r></w:del>', "wijzigingen"),
        (f'<w:r {W}><w:commentReference w:id="1"/></w:r>', "opmerkingen"),
        (f'<w:r {W}><w:footnoteReference w:id="1"/></w:r>', "voetnoten"),
    ],
)
def test_a_document_that_is_not_finished(deliver, read, element, what):
    assert what in said(deliver, read, {"g.docx": saved(a_talk(element))}, **TALK)


def test_a_search_for_names_sees_every_part_of_a_document():
    document = a_talk(f'<w:del {W} w:id="1" w:author="Wie Schreef"><w:r><w:delText>weg</w:delText></w:r></w:del>')
    document.sections[0].header.paragraphs[0].text = "boven"
    document.add_comment(document.paragraphs[0].runs, text="ernaast", author="Wie Vroeg", initials="W")
    document.core_properties.author = "Wie Maakte"
    words = "\n".join(all_words(saved(document), "g.docx"))
    assert all(one in words for one in ("Wie Schreef", "weg", "boven", "ernaast", "Wie Vroeg", "Wie Maakte", "goed"))


@pytest.mark.parametrize("more", ['"toelichting": "later"', '"x": [["a"]]', '"x": [{"a": 1}]', r'"x": "\u0000"'])
def test_a_line_that_says_two_things_is_refused(deliver, read, more):
    lines = [json.dumps(dict(zip(ROWS, row, strict=True))) for row in zip(*ROWS.values(), strict=True)]
    lines[1] = lines[1][:-1] + f", {more}}}"
    assert "1 rij zonder plat JSON-object" in said(deliver, read, {"ceo.jsonl": "\n".join(lines)})


BEST_IS_5 = ["helemaal niet mee eens", "niet mee eens", "neutraal", "mee eens", "helemaal mee eens"]
ALL = {float(at): text for at, text in enumerate(BEST_IS_5, start=1)}


def sav(tmp_path: Any, rows: dict[str, list[Any]], labels: dict[str, dict[float, str]]) -> bytes:
    pyreadstat.write_sav(pd.DataFrame(rows), tmp_path / "x.sav", variable_value_labels=labels)
    return bytes((tmp_path / "x.sav").read_bytes())


def test_a_wijk_in_spss_is_its_label(deliver, read, tmp_path):
    data = sav(tmp_path, ceo_rows(4, wijk=[1.0, 1.0, 2.0, 2.0]), {"wijk": {1.0: "Oost", 2.0: "West"}})
    assert column(read, deliver({"ceo.sav": data}), "wijk") == ["Oost", "Oost", "West", "West"]


@pytest.mark.parametrize(
    ("labels", "what"),
    [
        ({1.0: "zeer oneens", 5.0: "zeer eens"}, "2 rijen met een antwoord buiten de schaal"),
        ({1.0: ALL[1.0], 5.0: ALL[5.0]}, "kolom B (de 2e): 2 rijen met een code zonder waardelabel"),
    ],
)
def test_a_code_of_which_the_label_is_not_known_is_not_read_by_its_number(deliver, read, tmp_path, labels, what):
    rows = ceo_rows(4, ceo01_vindbaarheid=[5.0, 4.0, 2.0, 1.0])
    assert what in said(deliver, read, {"ceo.sav": sav(tmp_path, rows, {"ceo01_vindbaarheid": labels})})


def test_labels_at_the_ends_only_in_the_direction_of_the_codebook(deliver, read, tmp_path):
    rows = ceo_rows(4, ceo01_vindbaarheid=[5.0, 4.0, 2.0, 1.0])
    ends = {1.0: "helemaal mee eens", 5.0: "helemaal niet mee eens"}
    data = sav(tmp_path, rows, {"ceo01_vindbaarheid": ends})
    assert column(read, deliver({"ceo.sav": data}), "ceo01_vindbaarheid") == ["5", "4", "2", "1"]
