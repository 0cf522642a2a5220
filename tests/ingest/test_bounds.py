"""A small file that would be huge once it is read: refused before it fills the memory or keeps the processor busy."""

import io
import json
import time
import zipfile
from contextlib import suppress
from typing import Any

import pytest

from domain.errors import InputRejected
from domain.vocabulary import Kind
from ingest.expected import Expected
from ingest.readers import read_file
from storage.yaml import read_yaml
from toegangspeil.demo import writers

from .awkward import ROWS, refusal, workbook
from .conftest import ceo_rows

TOO_MUCH = "in de cellen staat veel meer tekst dan wij kunnen lezen"
FAR = "heel ver naar rechts of naar onderen"


def changed(data: bytes, part: str, change: Any) -> bytes:
    """A workbook with one part rewritten, or added when it is not there."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts.get(part, b""))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def ods(tmp_path: Any, old: bytes, new: bytes) -> bytes:
    writers.write_ods(tmp_path / "x.ods", {"Data": writers.as_rows(ceo_rows(3))})
    data = (tmp_path / "x.ods").read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert old in archive.read("content.xml")
    return changed(data, "content.xml", lambda content: content.replace(old, new, 1))


def test_one_text_in_many_cells_of_an_xlsx(deliver, read):
    cells = "".join(f'<row r="{at}"><c r="A{at}" t="s"><v>0</v></c></row>' for at in range(1, 40_001))
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{cells}'.encode()
    data = changed(workbook(ROWS), "xl/worksheets/sheet1.xml", lambda _: sheet + b"</sheetData></worksheet>")
    data = changed(data, "xl/sharedStrings.xml", lambda _: b"<sst><si><t>" + b"q" * 32_000 + b"</t></si></sst>")
    assert TOO_MUCH in refusal(deliver, read, {"ceo.xlsx": data})


def test_a_long_text_in_one_cell_beside_many_short_ones_is_read(deliver, read):
    rows = ceo_rows(900, toelichting=["lang verhaal " * 2_000, *["kort"] * 899])
    assert read(deliver({"ceo.xlsx": workbook(rows)})).rows == 900


@pytest.mark.parametrize(
    ("repeated", "said"),
    [
        (b"table:number-rows-repeated='9999999' ", FAR),
        (b'table:number-rows-repeated = "9999999" ', FAR),
        (b'table:number-rows-repeated="&#57;999999" ', FAR),
        (b"table:number-rows-repeated='30000' ", TOO_MUCH),
    ],
)
def test_an_ods_that_repeats_a_row_however_it_is_written(deliver, read, tmp_path, repeated, said):
    long = b'<table:table-cell office:value-type="string"><text:p>' + b"q" * 32_000 + b"</text:p></table:table-cell>"
    data = ods(tmp_path, b"<table:table-row>", b"<table:table-row\n" + repeated + b">" + long)
    assert said in refusal(deliver, read, {"ceo.ods": data})


def test_an_ods_whose_cells_have_a_value_and_no_kind(deliver, read, tmp_path):
    cell = b"<table:table-cell table:number-columns-repeated='9999999' office:string-value='q'/>"
    data = ods(tmp_path, b"<table:table-row>", b"<table:table-row>" + cell)
    assert FAR in refusal(deliver, read, {"ceo.ods": data})


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "docProps/app.xml"])
@pytest.mark.parametrize("part", [b"<c " * 300_000, b"<" * 900_000, b"<c><f></f>" + b" " * 900_000])
def test_xml_of_nothing_but_beginnings_is_looked_through_once(deliver, read, name, part):
    data = changed(workbook(ROWS), name, lambda content: content + b"<sheetData>" + part)
    folder, started = deliver({"ceo.xlsx": data}), time.process_time()
    with suppress(InputRejected):
        read(folder)
    assert time.process_time() - started < 5


def test_jsonl_with_another_field_on_every_line(deliver, read):
    lines = "".join(json.dumps({f"veld{at}": 1}) + "\n" for at in range(3_000))
    assert "er zijn meer dan 2000 velden" in refusal(deliver, read, {"ceo.jsonl": lines.encode()})


@pytest.mark.parametrize("name", ["\\ud800", "\\u0000"])
def test_jsonl_with_a_field_name_that_is_no_text(deliver, read, name):
    said = refusal(deliver, read, {"ceo.jsonl": b'{"' + name.encode() + b'": 1, "respondent": "R1"}\n'})
    assert "1 rij zonder plat JSON-object" in said


def test_spss_with_more_cells_than_can_be_read(deliver, read, monkeypatch, tmp_path):
    writers.write_sav(tmp_path / "x.sav", ROWS, {}, {})
    data = (tmp_path / "x.sav").read_bytes()
    monkeypatch.setattr("ingest.readers.spss.MOST_CELLS", 7 * len(ROWS))
    assert TOO_MUCH in refusal(deliver, read, {"ceo.sav": data})
    monkeypatch.setattr("ingest.readers.spss.MOST_CELLS", 8 * len(ROWS))
    assert read(deliver({"ceo.sav": data})).rows == 8


@pytest.mark.parametrize(
    "line",
    ["x" + " " * 40_000 + "y", " " * 40_000 + "1", "<v " + " " * 40_000, "<a" * 40_000],
    ids=["spaces", "spaces in front", "a voice", "marks"],
)
@pytest.mark.parametrize("name", ["gesprek.txt", "gesprek.vtt"])
def test_a_line_of_a_talk_that_is_very_wide(tmp_path, name, line):
    path = tmp_path / name
    path.write_text(f"00:01.000 --> 00:02.000\nInwoner: ja\n{line}\n")
    started = time.process_time()
    read_file(path, Expected(kind=Kind.TRANSCRIPTS), name)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "text",
    [
        "a: &a0 {k: v}\n" + "".join(f"b{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}\n" for n in range(1, 10)),
        "a: &a [x]\n" + "".join(f"b{n}: &b{n} [{', '.join([f'*b{n - 1}' if n else '*a'] * 9)}]\n" for n in range(9)),
        "a: &a [*a]\n",
        f"a: &a [{'x, ' * 10_000}]\n" + "".join(f"b{n}: *a\n" for n in range(100)),
    ],
    ids=["merged", "listed", "inside itself", "wide"],
)
def test_a_manifest_that_grows_when_its_aliases_are_written_out(tmp_path, text):
    (tmp_path / "delivery.yaml").write_text(text)
    with pytest.raises(InputRejected, match="geen goed YAML"):
        read_yaml(tmp_path / "delivery.yaml")
