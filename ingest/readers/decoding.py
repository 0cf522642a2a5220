"""From bytes to UTF-8 text, or a refusal: an answer with broken letters is not what a resident wrote."""

import codecs
import re

import numpy as np
import numpy.typing as npt

from domain.errors import InputRejected

_SAVE_AS = "sla het bestand opnieuw op als 'CSV UTF-8'"
_SAVE_TEXT = "sla het document opnieuw op als .docx, of als tekst in UTF-8"
_PACKED = b"PK\x03\x04"  # a workbook, a Word document or a zip file
_NEW_PAGE = re.compile(rb"[\x0b\x0c]")
_TWICE = (b"\xc3\x83\xc2", b"\xc3\xa2\xe2\x82\xac", b"\xef\xbf\xbd")  # UTF-8 read as cp1252 and saved; lost letters
_DOS_LETTERS = b"\x82\x84\x88\x89\x8a\x8b"  # cp850: letters with accents lie where cp1252 has quotes
_DOS = re.compile(rb"(?<=[a-z])[\x82\x84\x88\x89\x8a\x8b](?=[a-z])|\x82\x82n")
_MAC_LETTERS = b"\x8e\x91\x95"  # Macintosh: e and i with accents lie where cp1252 has marks and a foreign capital
_MAC = re.compile(rb"(?<=[a-z])\x8e|\x8e\x8en|(?<=[ei])\x91(?=[a-rt-z])|(?<=[a-z])\x95(?=[a-z])")
_MIXED = re.compile(rb"\xef\xbb\xbf|\xc3[\x80-\xbf]")  # in a file that is no UTF-8: a part of it is
_STRANGE = ((_DOS_LETTERS, _DOS), (_MAC_LETTERS, _MAC), (b"\xc3\xef", _MIXED))
_END_OF_DOS = b"\x1a"
_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_TELLING = 16  # so many bytes show that every second one is empty
_CHUNK = 1 << 24
_PIECE = 1 << 20  # stays in the cache of the processor


def to_utf8(data: bytes, where: str, *, document: bool = False) -> bytes:
    """The text as UTF-8 bytes without BOM.

    document: a text of pages, no table; a new page is a new line.

    Reads UTF-8, UTF-16 and cp1252 (what Dutch Excel writes). Raises InputRejected for anything else.
    """
    now = _SAVE_TEXT if document else _SAVE_AS
    if data.startswith(_PACKED):
        raise InputRejected(
            f"{where}: dit is geen tekst maar een werkmap, een Word-document of een zip-bestand; geef het bestand de "
            f"goede naam (.xlsx, .ods of .docx) of pak het uit"
        )
    text = _utf16(data, where, now) if is_utf16(data) else _utf8(data, where, now)
    if not text.isascii():  # files that were put one behind the other bring a mark along each
        text = text.replace(codecs.BOM_UTF8, b"")
    text = text.removesuffix(_END_OF_DOS)
    if document:
        text = _NEW_PAGE.sub(b"\n", text)
    if _has_control(text):
        raise InputRejected(f"{where}: er staan tekens in die geen tekst zijn; {now}")
    return text.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if _ends_as_on_a_mac(text) else text


def _ends_as_on_a_mac(text: bytes) -> bool:
    """Whether only `\\r` ends a line, as Excel on a Mac writes it; between quotes a `\\n` may stand all the same."""
    first = text.find(b"\n")
    if first < 0:
        return b"\r" in text
    if b"\r" not in text or text.count(b'"', 0, first) % 2 == 0:
        return False
    outside = text.split(b'"')[::2]
    return any(b"\r" in part for part in outside) and not any(b"\n" in part for part in outside)


def _has_control(text: bytes) -> bool:
    """Whether bytes below space occur other than tab and line ends (counted: a pattern over 200 MB takes seconds)."""
    pieces = (np.frombuffer(text, np.uint8, min(_PIECE, len(text) - at), at) for at in range(0, len(text), _PIECE))
    return any(map(_holds_control, pieces))


def _holds_control(piece: npt.NDArray[np.uint8]) -> bool:
    plain = sum(np.count_nonzero(piece == sign) for sign in b"\t\n\r")
    return bool(np.count_nonzero(piece < ord(" ")) != plain)


def is_utf16(data: bytes) -> bool:
    """By its mark, or because every second byte of the beginning is empty, as Windows writes it without one."""
    head = data[:400]
    return head[:2] in _MARKS or (len(head) >= _TELLING and not any(head[1::2]) and all(head[::2]))


def _utf16(data: bytes, where: str, now: str) -> bytes:
    try:
        return data.decode("utf-16" if data[:2] in _MARKS else "utf-16-le").encode()
    except UnicodeError:
        raise InputRejected(f"{where}: de tekst (UTF-16) is afgebroken of beschadigd; {now}") from None


def _utf8(data: bytes, where: str, now: str) -> bytes:
    if data.isascii():
        return data
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _cp1252(data, where, now)
    if any(mark in data for mark in _TWICE):
        raise InputRejected(f"{where}: letters met accenten zijn eerder verkeerd omgezet; {now} vanuit de bron")
    return data


def _cp1252(data: bytes, where: str, now: str) -> bytes:
    strange = (any(one in data for one in letters) and found.search(data) for letters, found in _STRANGE)
    if not any(strange):
        try:
            return b"".join(data[at : at + _CHUNK].decode("cp1252").encode() for at in range(0, len(data), _CHUNK))
        except UnicodeDecodeError:
            pass
    raise InputRejected(f"{where}: de tekenset van het bestand is niet te herkennen; {now}") from None
