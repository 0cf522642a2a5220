"""What tests of awkward files share: a small CEO, a workbook of it, and the one line of a refusal."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from domain.errors import InputRejected
from storage.codebooks import Codebooks
from toegangspeil.demo import writers

from .conftest import as_csv, ceo_rows

BSN = [str(n) for n in (100000009, 100000010, 100000022, 100000034, 100000046, 100000058, 100000071, 100000083)]
ROWS = ceo_rows(8, toelichting=["prima", "ging goed", "", "traag", *["ok"] * 4])
TEXT = as_csv(ROWS)
CEO = Codebooks().get("ceo_wmo@2016.1")


def rows_of(read: Any, folder: Any) -> Any:
    return read(folder).records[0].tables["rows"]


def refusal(deliver: Any, read: Any, files: dict[str, Any], /, **fields: Any) -> str:
    with pytest.raises(InputRejected) as caught:
        read(deliver(files, **fields))
    said = str(caught.value)
    assert "\n" not in said
    assert not any(number in said for number in BSN)
    return said


def workbook(rows: dict[str, list[Any]], change: Callable[[Any], object] = lambda book: None) -> bytes:
    book = openpyxl.Workbook()
    for row in writers.as_rows(rows):
        book.active.append(row)
    change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
