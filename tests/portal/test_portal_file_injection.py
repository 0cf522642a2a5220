"""Names that attack, in the files people take along: tabellenboek, CSV, reports and PDF. Whoever opens them is safe."""

import csv
import io
import re
import zipfile
import zlib
from html.parser import HTMLParser

import pytest
from helpers_warehouse import answers, publish, scan, source
from openpyxl import load_workbook

from domain.vocabulary import Audience
from storage.gemeenten import Gemeente
from warehouse.exports import csv_bytes, tabellenboek
from warehouse.published import ReleaseMeta
from warehouse.reports.write import write_pdf, write_reports
from warehouse.sources import AreaBook

MARK = "zq7"
NAMES = (
    f"=cmd|' /C {MARK}'!A0", f"+31{MARK}", f"-2+3{MARK}", f"@SUM({MARK})", f"\t={MARK}", f"|{MARK}",
    f"<script>{MARK}(1)</script>", f"<img src=x onerror={MARK}()>", f"Dorp\u202efdp.{MARK}",
)  # fmt: skip
CODES = [f"GM90{n:02}" for n in range(1, len(NAMES) + 1)]
AREAS = AreaBook({code: Gemeente(code, name, "=1+1") for code, name in zip(CODES, NAMES, strict=True)})
STARTS_FORMULA = re.compile(r"[=+\-@\t\r\n|]")
ACTS_IN_PDF = (b"/JavaScript", b"/JS", b"/Launch", b"/URI", b"/SubmitForm", b"/OpenAction", b"/AA", b"/EmbeddedFile")


@pytest.fixture(scope="module")
def tables():
    book = scan(title=f'=HYPERLINK("x";"{MARK}")')
    for name, text in (("ervaring", f"<script>{MARK}(2)</script>"), ("cijfer", f"=1+1 {MARK}")):
        column = book.rows[name]
        book.tables["rows"][name] = column.model_copy(update={"text": text})
    said = {"ervaring": answers(eens=35, oneens=25), "leeftijd": ["18-44"] * 30 + ["85+"] * 30}
    return publish([source(code, said, book=book) for code in CODES], areas=AREAS)


@pytest.fixture(scope="module")
def reports(tables, tmp_path_factory):
    meta = ReleaseMeta("r1", f"</title><script>{MARK}(3)</script>", "2026-11-22", Audience.DEELNEMERS, 10, "c" * 64,
                       "0", (f"<b onmouseover={MARK}()>",))  # fmt: skip
    return write_reports(tables, meta, tmp_path_factory.mktemp("rapporten"))


def test_the_tabellenboek_has_no_formula_link_or_macro(tables):
    content = tabellenboek(tables)
    cells = [cell for sheet in load_workbook(io.BytesIO(content)) for row in sheet.iter_rows() for cell in row]
    texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert not [text for text in texts if STARTS_FORMULA.match(text)]
    for name in NAMES:
        assert {name, f"'{name}"} & set(texts), name
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [archive.read(one) for one in archive.namelist() if one.startswith("xl/worksheets/")]
        assert sheets
        assert not [one for one in archive.namelist() if "vba" in one.lower() or "externalLink" in one]
    assert not [sheet for sheet in sheets if re.search(rb"<f[ >]|<hyperlink", sheet)]


def test_no_csv_starts_a_cell_with_a_formula(tables):
    found = 0
    for table in tables.values():
        rows = list(csv.reader(io.StringIO(csv_bytes(table).decode())))
        cells = [cell for row in rows for cell in row]
        found += sum(MARK in cell for cell in cells)
        assert not [cell for cell in cells if re.match(r"[=+@\t\r|]|-\D", cell)]
    assert found > len(NAMES)


class Elements(HTMLParser):
    """Names of elements, attributes, and the text that is shown."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.text += data


def test_no_report_holds_a_script_or_a_handler(reports):
    shown = ""
    for path in reports:
        found = Elements(path.read_text(encoding="utf-8"))
        shown += found.text
        assert not found.names & {"script", "img", "iframe", "object", "embed", "base", "form"}
        assert not [name for name, _ in found.attributes if name.startswith("on")]
        assert not [value for name, value in found.attributes if name in ("href", "src") and value[:1] != "#"]
    assert f"<script>{MARK}(1)</script>" in shown
    assert f"<script>{MARK}(2)</script>" in shown


@pytest.mark.parametrize("number", [0, 6, 8], ids=["formula", "script", "rtl"])
def test_a_pdf_of_such_a_name_does_nothing_and_fetches_nothing(reports, number):
    path = next(one for one in reports if one.name == f"{CODES[number]}.html")
    content = write_pdf(path).read_bytes()
    assert content.startswith(b"%PDF")
    assert not [act for act in ACTS_IN_PDF if re.search(act + rb"(?![A-Za-z])", unpacked(content))]


def unpacked(content: bytes) -> bytes:
    """A PDF with its compressed parts opened, pictures and fonts too."""
    parts = [content]
    for packed in re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL):
        try:
            parts.append(zlib.decompress(packed))
        except zlib.error:
            continue
    assert len(parts) > 3
    return b"\n".join(parts)


def test_the_search_in_a_pdf_would_find_a_link():
    from weasyprint import HTML

    content = HTML(string='<a href="https://voorbeeld.nl">x</a>').write_pdf()
    assert b"/URI" in unpacked(content)
