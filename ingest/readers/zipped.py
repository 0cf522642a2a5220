"""Workbooks and documents are zip files: looked through before any library opens them.

Stops zip bombs, cut-off files, passwords, sheets whose size on paper would fill the memory, and what a reader of cells
would lose: comments, and formulas without an outcome.
"""

import io
import re
import zipfile
import zlib

from domain.errors import InputRejected

_LARGEST = 400_000_000
_RATIO = 200
_PARTS = 2_000
_CHUNK = 1 << 20
_MOST_COLUMNS = 2_000
_MOST_CELLS = 40_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CELL = re.compile(rb"""<(?:\w+:)?c\s(?:[^>]*?\s)?r=["']([A-Za-z]{1,3})(\d{1,7})["']""")
_ROW = re.compile(rb"""<(?:\w+:)?row\s(?:[^>]*?\s)?r=["'](\d{1,7})["']""")
_PLACELESS = re.compile(rb"<(?:\w+:)?c(?:\s(?![^>]*?\br=)|>)")
_UNCALCULATED = re.compile(
    rb"""<(?:\w+:)?c\b(?![^>]*t=["']str["'])[^>]*>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)"""
    rb"""\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"""
)
_COMMENTS = re.compile(r"comments?\d*\.xml$", re.IGNORECASE)
_ODS_CELL = re.compile(rb"<table:(?:covered-)?table-cell[^>]*>")
_ODS_UNCALCULATED = re.compile(rb"<table:table-cell(?![^>]*value-type)[^>]*table:formula[^>]*>")
_TIMES = re.compile(rb'number-(?:columns|rows)-repeated="(\d+)"')
_AGAIN = "sla het bestand opnieuw op en lever het nog eens aan"


def check_workbook(data: bytes, where: str, *, ods: bool = False) -> None:
    """Raises InputRejected unless this is a whole, open workbook of a size that can be read, and all in its cells."""
    for name, content in _parts(data, where):
        if ods and name == "META-INF/manifest.xml" and b"encryption-data" in content:
            raise _password(where)
        if _COMMENTS.search(name) or (ods and b"<office:annotation" in content):
            raise InputRejected(
                f"{where}: er staan opmerkingen bij cellen; neem over wat nodig is, verwijder ze en lever opnieuw aan"
            )
        if ods and name == "content.xml":
            _check(content, where, _extents_of_tables(content), _ODS_UNCALCULATED)
        elif b"sheetData" in content:
            _check(content, where, [_extent_of_sheet(content)], _UNCALCULATED)


def check_document(data: bytes, where: str) -> None:
    """Raises InputRejected unless this is a whole, open document of a size that can be read."""
    for _ in _parts(data, where):
        pass


def _password(where: str) -> InputRejected:
    return InputRejected(
        f"{where}: er zit een wachtwoord op het bestand; haal het wachtwoord eraf en lever opnieuw aan"
    )


def _parts(data: bytes, where: str) -> list[tuple[str, bytes]]:
    if data[:8] == _OLE:
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise _password(where)
        raise InputRejected(f"{where}: dit is een oude Office-indeling; sla het bestand op in de nieuwe indeling")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_sizes(archive, len(data), where)
            return [(entry.filename, _whole(archive, entry)) for entry in archive.infolist()]
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, RuntimeError):
        raise InputRejected(f"{where}: het bestand is afgebroken of beschadigd; {_AGAIN}") from None


def _check_sizes(archive: zipfile.ZipFile, packed: int, where: str) -> None:
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise _password(where)
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > _PARTS or unpacked > _LARGEST or unpacked > max(packed, 100_000) * _RATIO:
        raise InputRejected(
            f"{where}: het bestand wordt bij het uitpakken veel te groot (een zip-bom?); "
            f"lever een gewone werkmap of een csv-bestand aan"
        )


def _whole(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The unpacked part; zipfile checks its length and checksum, so a header that lies is found."""
    buffer = bytearray()
    with archive.open(entry) as part:
        while chunk := part.read(_CHUNK):
            buffer += chunk
            if len(buffer) > entry.file_size:
                raise zipfile.BadZipFile
    return bytes(buffer)


def _check(content: bytes, where: str, extents: list[tuple[int, int]], uncalculated: re.Pattern[bytes]) -> None:
    """A sheet is read as a full rectangle: one far cell would ask for all cells before it."""
    if any(columns > _MOST_COLUMNS or columns * rows > _MOST_CELLS for columns, rows in extents):
        raise InputRejected(
            f"{where}: een blad heeft gevulde cellen heel ver naar rechts of naar onderen; "
            f"kopieer alleen de tabel naar een nieuw blad en lever opnieuw aan"
        )
    if uncalculated.search(content):
        raise InputRejected(
            f"{where}: er staan formules in die nog niet zijn uitgerekend; open de werkmap, sla haar op en lever "
            f"opnieuw aan"
        )


def _extent_of_sheet(content: bytes) -> tuple[int, int]:
    """Columns and rows up to the last cell of a sheet; a cell may leave out its place."""
    columns, rows = 0, 0
    for letters, row in _CELL.findall(content):
        columns, rows = max(columns, _number(letters.upper())), max(rows, int(row))
    if placeless := len(_PLACELESS.findall(content)):
        columns = max(columns, min(placeless, _MOST_COLUMNS))
        rows = max([rows, *map(int, _ROW.findall(content))])
    return columns, rows


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _extents_of_tables(content: bytes) -> list[tuple[int, int]]:
    """Columns and rows up to the last filled cell, per table; equal cells and rows are written once with a number."""
    extents = []
    for table in content.split(b"<table:table ")[1:]:
        columns = rows = seen = 0
        for row in table.split(b"<table:table-row")[1:]:
            seen += _times(row[: row.find(b">")])
            if b"value-type" in row:
                columns, rows = max(columns, _width(row)), seen
        extents.append((columns, rows))
    return extents


def _width(row: bytes) -> int:
    width = seen = 0
    for cell in _ODS_CELL.findall(row):
        seen += _times(cell)
        if b"value-type" in cell:
            width = seen
    return width


def _times(tag: bytes) -> int:
    found = _TIMES.search(tag)
    return int(found[1]) if found else 1
