"""A file of answers in, the same file without personal details out: CSV, JSONL or plain text.

Every cell is cleaned; a column or field that names people by its heading (naam, adres, telefoon …) comes back empty. No
cell of a CSV can be taken for a formula. Problems are told by row or line, never with what stands there.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import pyarrow as pa

from domain.errors import InputRejected
from domain.policy import NEVER_PSEUDONYMISED
from ingest.words import header_key
from warehouse.exports import harmless

Clean = Callable[[Sequence[str]], list[str]]
EMPTIED = NEVER_PSEUDONYMISED | {
    "respondent", "ontvangstcode", "bsn", "burgerservicenummer", "voornaam", "voornamen", "achternaam",
    "tussenvoegsel", "initialen", "straat", "straatnaam", "huisnummer", "e_mail", "emailadres", "e_mailadres",
    "telefoonnummer", "mobiel", "iban", "rekeningnummer", "name", "address", "phone",
}  # fmt: skip
_ROWS = 500
_PART = 20_000
_LONG = 8
"""Figures from which a number may say who somebody is."""
_FILE = "het bestand"


def cleaned_file(kind: str, data: bytes, clean: Clean) -> bytes:
    """The cleaned file. kind: csv, jsonl or txt. Raises InputRejected when it cannot be read whole."""
    from ingest.readers.decoding import to_utf8

    if not data.strip():
        raise InputRejected(f"{_FILE} is leeg")
    return _KINDS[kind](to_utf8(data, _FILE), clean)


def _csv(data: bytes, clean: Clean) -> bytes:
    from ingest.readers.delimited import header_of

    delimiter, headers, start = header_of(data, _FILE)
    emptied = {at for at, header in enumerate(headers) if header_key(header) in EMPTIED}
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(_without_formulas(clean(headers)))
    reader = csv.reader(io.StringIO(data[start:].decode(), newline=""), delimiter=delimiter)
    rows = _whole_rows(reader, len(headers))
    while part := list(islice(rows, _ROWS)):
        cells = ["" if at in emptied else cell for row in part for at, cell in enumerate(row)]
        done = _without_formulas(clean(cells))
        writer.writerows(done[at : at + len(headers)] for at in range(0, len(done), len(headers)))
    return out.getvalue().encode()


def _whole_rows(reader: Iterable[list[str]], width: int) -> Iterator[list[str]]:
    rows = enumerate(reader, start=1)
    while True:
        try:
            number, row = next(rows)
        except StopIteration:
            return
        except csv.Error:
            raise InputRejected(f"{_FILE} is niet als tabel te lezen; maak de export opnieuw") from None
        if row and len(row) != width:
            raise InputRejected(f"rij {number} heeft een ander aantal kolommen dan de koppen; maak de export opnieuw")
        if row:
            yield row


def _without_formulas(cells: Sequence[str]) -> list[str]:
    return list(harmless(pa.chunked_array([pa.array(cells, pa.string())])).to_pylist())


def _jsonl(data: bytes, clean: Clean) -> bytes:
    lines = enumerate((line for line in data.splitlines() if line.strip()), start=1)
    out = io.BytesIO()
    while part := list(islice(lines, _ROWS)):
        rows = [_object(line, number) for number, line in part]
        done = iter(clean([text for (number, _), row in zip(part, rows, strict=True) for text in _texts(row, number)]))
        for row in rows:
            text = json.dumps(_refilled(row, done), ensure_ascii=False)
            out.write(text.encode("utf-8", "backslashreplace") + b"\n")
    return out.getvalue()


def _object(line: bytes, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict):
        raise InputRejected(f"regel {number} is geen JSON-object; geef per regel één object")
    return row


def _texts(row: dict[str, Any], number: int) -> list[str]:
    """The texts of an object, in the order in which `_walk` meets them; raises InputRejected when it is too deep."""
    found: list[str] = []

    def keep(text: str) -> str:
        found.append(text)
        return text

    try:
        _walk(row, keep)
    except RecursionError:
        raise InputRejected(f"regel {number} heeft te veel lagen in elkaar; maak de export platter") from None
    return found


def _refilled(row: dict[str, Any], texts: Iterator[str]) -> Any:
    """The object with its texts replaced, in the same order."""
    return _walk(row, lambda _: next(texts))


def _walk(value: Any, text_of: Callable[[str], str]) -> Any:
    """The value with every text in it replaced; what stands under a heading that names people becomes null.

    A long number is a text as well (a telephone, a BSN); the name of a field stays as it is.
    """
    if isinstance(value, str):
        return text_of(value)
    if isinstance(value, int | float) and len(written := json.dumps(value)) >= _LONG:
        cleaned = text_of(written)
        return value if cleaned == written else cleaned
    if isinstance(value, list):
        return [_walk(one, text_of) for one in value]
    if isinstance(value, dict):
        return {name: None if header_key(name) in EMPTIED else _walk(one, text_of) for name, one in value.items()}
    return value


def _txt(data: bytes, clean: Clean) -> bytes:
    """A text is cleaned in parts that end where a line ends, so that a detail is not cut in two."""
    parts, now = [], ""
    for line in data.decode().splitlines(keepends=True):
        if now and len(now) + len(line) > _PART:
            parts.append(now)
            now = ""
        now += line
    return "".join(clean([*parts, now])).encode("utf-8", "backslashreplace")


_KINDS: dict[str, Callable[[bytes, Clean], bytes]] = {"csv": _csv, "jsonl": _jsonl, "txt": _txt}
