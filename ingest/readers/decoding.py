"""From bytes to UTF-8 text, or a refusal: an answer with broken letters is not what a resident wrote."""

import codecs
import re

import numpy as np

from domain.errors import InputRejected

_SAVE_AS = "sla het bestand opnieuw op als 'CSV UTF-8'"
_TWICE = (b"\xc3\x83\xc2", b"\xc3\xa2\xe2\x82\xac", b"\xef\xbf\xbd")  # UTF-8 read as cp1252 and saved; lost letters
_DOS_LETTERS = b"\x82\x84\x88\x89\x8a\x8b"  # cp850: letters with accents lie where cp1252 has quotes
_DOS = re.compile(rb"(?<=[a-z])[\x82\x84\x88\x89\x8a\x8b](?=[a-z])")
_CHUNK = 1 << 24


def to_utf8(data: bytes, where: str) -> bytes:
    """The text as UTF-8 bytes without BOM.

    Reads UTF-8, UTF-16 with BOM and cp1252 (what Dutch Excel writes). Raises InputRejected for anything else.
    """
    text = _utf16(data, where) if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else _utf8(data, where)
    if _has_control(text):
        raise InputRejected(f"{where}: er staan tekens in die geen tekst zijn; {_SAVE_AS}")
    return text if b"\n" in text else text.replace(b"\r", b"\n")  # as Excel on a Mac ends its lines


def _has_control(text: bytes) -> bool:
    """Whether bytes below space occur other than tab and line ends (counted: a pattern over 200 MB takes seconds)."""
    low = sum(
        int(np.count_nonzero(np.frombuffer(text, np.uint8, min(_CHUNK, len(text) - at), at) < 32))
        for at in range(0, len(text), _CHUNK)
    )
    return low != text.count(b"\t") + text.count(b"\n") + text.count(b"\r")


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
    if any(mark in data for mark in _TWICE):
        raise InputRejected(f"{where}: letters met accenten zijn eerder verkeerd omgezet; {_SAVE_AS} vanuit de bron")
    return data


def _cp1252(data: bytes, where: str) -> bytes:
    if not (any(letter in data for letter in _DOS_LETTERS) and _DOS.search(data)):
        try:
            return b"".join(data[at : at + _CHUNK].decode("cp1252").encode() for at in range(0, len(data), _CHUNK))
        except UnicodeDecodeError:
            pass
    raise InputRejected(f"{where}: de tekenset van het bestand is niet te herkennen; {_SAVE_AS}") from None
