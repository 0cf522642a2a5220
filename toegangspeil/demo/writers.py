"""The kinds of file that gemeenten send, written so that the same rows give the same bytes."""

import io
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

Rows = Mapping[str, Sequence[Any]]
_MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def csv_text(rows: Rows, delimiter: str = ";", comma: bool = True) -> str:
    """Rows as text; cells that need it are quoted, numbers with a decimal comma when asked."""

    def cell(value: Any) -> str:
        if value is None:
            return ""
        text = str(value).replace(".", ",") if comma and isinstance(value, float) else str(value)
        return '"' + text.replace('"', '""') + '"' if delimiter in text or '"' in text or "\n" in text else text

    columns = [[cell(value) for value in values] for values in rows.values()]
    lines = [delimiter.join(rows), *map(delimiter.join, zip(*columns, strict=True))]
    return "\n".join(lines) + "\n"


def write_csv(path: Path, rows: Rows, *, delimiter: str = ";", encoding: str = "utf-8", comma: bool = True) -> None:
    """A delimited file; `comma` writes decimals as Dutch Excel does."""
    path.write_bytes(csv_text(rows, delimiter, comma).replace("\n", "\r\n").encode(encoding))


def write_jsonl(path: Path, rows: Rows) -> None:
    """One object a line."""
    found = (dict(zip(rows, row, strict=True)) for row in zip(*rows.values(), strict=True))
    lines = (json.dumps(row, ensure_ascii=False) for row in found)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_xlsx(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> None:
    """A workbook of sheets given as lists of rows, headers included."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    path.write_bytes(stable_zip(buffer.getvalue()))


def as_rows(rows: Rows, labels: Mapping[str, str] | None = None) -> list[list[Any]]:
    """Headers, a second header row of labels when given, and the rows."""
    head = [list(rows)]
    if labels is not None:
        head.append([labels.get(name, "") for name in rows])
    return head + [list(row) for row in zip(*rows.values(), strict=True)]


def write_ods(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> None:
    """A minimal OpenDocument spreadsheet."""
    body = "".join(
        f'<table:table table:name="{escape(name)}">{"".join(_ods_row(row) for row in rows)}</table:table>'
        for name, rows in sheets.items()
    )
    spaces = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{spaces} office:version="1.3"><office:body>'
        f"<office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    listed = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    path.write_bytes(_zipped({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": listed}))


def _ods_row(row: Sequence[Any]) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>"


def _ods_cell(value: Any) -> str:
    if value in (None, ""):
        return "<table:table-cell/>"
    number = isinstance(value, int | float)
    kind = f'office:value-type="float" office:value="{value}"' if number else 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{escape(str(value))}</text:p></table:table-cell>"


def write_sav(
    path: Path, rows: Rows, labels: Mapping[str, Mapping[float, str]], missing: Mapping[str, list[float]]
) -> None:
    """An SPSS file with value labels and user-missing values."""
    import pandas as pd
    import pyreadstat

    frame = pd.DataFrame({name: list(values) for name, values in rows.items()})
    pyreadstat.write_sav(frame, path, variable_value_labels=dict(labels), missing_ranges=dict(missing))
    data = bytearray(path.read_bytes())
    data[92:109] = b"01 Jan 2612:00:00"  # date and time of creation in the file header
    path.write_bytes(bytes(data))


def write_docx(path: Path, paragraphs: Sequence[str]) -> None:
    """A document of paragraphs."""
    import docx

    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    buffer = io.BytesIO()
    document.save(buffer)
    path.write_bytes(stable_zip(buffer.getvalue()))


def stable_zip(data: bytes) -> bytes:
    """The same parts without the moment of writing."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    fixed = {name: _MOMENT.sub(b"2026-01-01T00:00:00Z", part) for name, part in parts.items() if "core" in name}
    return _zipped({**parts, **fixed})


def _zipped(parts: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
