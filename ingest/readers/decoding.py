"""From bytes to UTF-8 text, or a refusal: an answer with broken letters is not what a resident wrote."""

import codecs
import re

from domain.errors import InputRejected

_SAVE_AS = "sla het bestand opnieuw op als 'CSV UTF-8'"
_TWICE = re.compile(rb"\xc3\x83\xc2[\x80-\xbf]|\xc3\xa2\xe2\x82\xac")  # UTF-8 read as cp1252 and saved again
_DOS = re.compile(rb"[a-z][\x82\x84\x88\x89\x8a\x8b][a-z]")  # cp850: letters with accents lie where cp1252 has quotes
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def to_utf8(data: bytes, where: str) -> bytes:
    """The text as UTF-8 bytes without BOM.

    Reads UTF-8, UTF-16 with BOM and cp1252 (what Dutch Excel writes). Raises InputRejected for anything else.
    """
    text = _utf16(data, where) if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else _utf8(data, where)
    if _CONTROL.search(text):
        raise InputRejected(f"{where}: er staan tekens in die geen tekst zijn; {_SAVE_AS}")
    return text


def _utf16(data: bytes, where: str) -> bytes:
    try:
        return data.decode("utf-16").encode()
    except UnicodeError:
        raise InputRejected(f"{where}: de tekst (UTF-16) is afgebroken of beschadigd; {_SAVE_AS}") from None


def _utf8(data: bytes, where: str) -> bytes:
    if data.isascii():
        return data
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _cp1252(data, where)
    if _TWICE.search(data) or b"\xef\xbf\xbd" in data:
        raise InputRejected(f"{where}: letters met accenten zijn eerder verkeerd omgezet; {_SAVE_AS} vanuit de bron")
    return data


def _cp1252(data: bytes, where: str) -> bytes:
    if not _DOS.search(data):
        try:
            return data.decode("cp1252").encode()
        except UnicodeDecodeError:
            pass
    raise InputRejected(f"{where}: de tekenset van het bestand is niet te herkennen; {_SAVE_AS}") from None
