"""Workbooks and documents are zip files: looked through before any library opens them.

Stops zip bombs, cut-off files, passwords, and sheets whose size on paper would fill the memory.
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
_CELL = re.compile(rb'<(?:x:)?c r="([A-Z]{1,3})(\d{1,7})"')
_ODS_CELL = re.compile(rb"<table:table-cell[^>]*>")
_ODS_ROW = re.compile(rb'<table:table-row[^>]*number-rows-repeated="(\d+)"[^>]*>(.*?)</table:table-row>', re.DOTALL)
_REPEATED = re.compile(rb'number-columns-repeated="(\d+)"')
_AGAIN = "sla het bestand opnieuw op en lever het nog eens aan"


def check_workbook(data: bytes, where: str, *, ods: bool = False) -> None:
    """Raises InputRejected unless this is a whole, open workbook of a size that can be read."""
    check = _check_ods if ods else _check_sheet
    for name, content in _parts(data, where):
        if ods and name == "META-INF/manifest.xml" and b"encryption-data" in content:
            raise _password(where)
        if name == "content.xml" if ods else name.startswith("xl/worksheets/"):
            check(content, where)


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


def _too_large(where: str) -> InputRejected:
    return InputRejected(
        f"{where}: een blad heeft gevulde cellen heel ver naar rechts of naar onderen; "
        f"kopieer alleen de tabel naar een nieuw blad en lever opnieuw aan"
    )


def _check_sheet(content: bytes, where: str) -> None:
    """A sheet is read as a full rectangle: one far cell would ask for all cells before it."""
    columns, rows = 0, 0
    for letters, row in _CELL.findall(content):
        columns = max(columns, _number(letters))
        rows = max(rows, int(row))
    if columns > _MOST_COLUMNS or columns * rows > _MOST_CELLS:
        raise _too_large(where)


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _check_ods(content: bytes, where: str) -> None:
    """ODS writes equal cells and rows once with a number of times."""
    for cell in _ODS_CELL.findall(content):
        times = _REPEATED.search(cell)
        if times and b"value-type" in cell and int(times[1]) > _MOST_COLUMNS:
            raise _too_large(where)
    for times_row, cells in _ODS_ROW.findall(content):
        if b"value-type" in cells and int(times_row) > 100_000:
            raise _too_large(where)
