"""Workbooks and documents are zip files: looked through before any library opens them.

Stops zip bombs, cut-off files, passwords, macros, and a BSN in the properties that travel with every file.
"""

import io
import re
import zipfile
import zlib

from domain.errors import InputRejected
from ingest.bsn import check_words

_LARGEST = 400_000_000
_RATIO = 200
_PARTS = 2_000
_CHUNK = 1 << 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACROS = re.compile(r"vbaproject\.bin$|^Basic/|^Scripts/", re.IGNORECASE)
_PROPERTIES = re.compile(r"^docProps/|^meta\.xml$", re.IGNORECASE)
_TAG = re.compile(rb"<[^<>]*>")
_XML = (".xml", ".rels", ".vml")
_UNSEEN = re.compile(
    rb"\xff\xfe|\xfe\xff|\x00|<\x00|\s*<\?xml[^>]*encoding\s*=\s*[\"'](?!utf-8|us-ascii|iso-8859|windows-125)",
    re.IGNORECASE,
)
"""How XML begins whose words our searches would pass over (UTF-16, UTF-7 and the like); no office program writes it."""
_AGAIN = "sla het bestand opnieuw op en lever het nog eens aan"


def parts_of(data: bytes, where: str) -> dict[str, bytes]:
    """Every part by its name; raises InputRejected unless this is a whole, open file of a size that can be read."""
    parts = _unpacked(data, where)
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):  # OpenDocument: its parts are no XML then
        raise password(where)
    if any(map(_MACROS.search, parts)):
        raise InputRejected(f"{where}: er zitten macro's (programma's) in dit bestand; bewaar het zonder macro's")
    if any(b"<!ENTITY" in content for content in parts.values()):  # no office program writes words elsewhere
        raise _broken(where)
    if any(name.casefold().endswith(_XML) and _UNSEEN.match(content) for name, content in parts.items()):
        raise _broken(where)
    texts = [_TAG.sub(b" ", content) for name, content in parts.items() if _PROPERTIES.match(name)]
    check_words((text.decode("utf-8", "replace") for text in texts), where, "de eigenschappen van het bestand")
    return parts


def password(where: str) -> InputRejected:
    """The refusal of a file that asks for a password."""
    return InputRejected(
        f"{where}: er zit een wachtwoord op het bestand; haal het wachtwoord eraf en lever opnieuw aan"
    )


def _broken(where: str) -> InputRejected:
    return InputRejected(f"{where}: het bestand is afgebroken of beschadigd; {_AGAIN}")


def check_open(data: bytes, where: str) -> None:
    """Raises InputRejected for an Office file in its old shape, which is also the shape round a password."""
    if data[:8] == _OLE:
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise password(where)
        raise InputRejected(f"{where}: dit is een oude Office-indeling; sla het bestand op in de nieuwe indeling")


def _unpacked(data: bytes, where: str) -> dict[str, bytes]:
    check_open(data, where)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_sizes(archive, len(data), where)
            entries = archive.infolist()
            parts = {entry.filename: _whole(archive, entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, RuntimeError):
        raise _broken(where) from None
    if len(parts) < len(entries):  # a part twice: which one a library reads is anybody's guess
        raise _broken(where)
    return parts


def _check_sizes(archive: zipfile.ZipFile, packed: int, where: str) -> None:
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise password(where)
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
