"""One look at a text: characters that hide or imitate others are read as what they stand for, offsets stay true.

`fold` keeps the length of what it is given, so an index in the folded text is an index in the view; `View.origin`
maps an index in the view back to the text as it was given.
"""

import unicodedata
from typing import NamedTuple

# Cyrillic and Greek letters that look like Latin ones; used only in words that also hold Latin letters or digits.
LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁԛԝһАВЕКМНОРСТУХІЈЅαοινρτυκΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxijsdqwhABEKMHOPCTYXIJSaoivptukABEZHIKMNOPTYX",
)
_SPECIAL = {
    "ß": "s",
    "ø": "o",
    "đ": "d",
    "ł": "l",
    "ı": "i",
    "æ": "a",
    "œ": "o",
    "þ": "t",
    "ð": "d",
    "ə": "e",
    "ŋ": "n",
    "’": "'",
    "‘": "'",
    "`": "'",
    "´": "'",
    "ʼ": "'",
    "‐": "-",
    "‑": "-",
    "–": "-",
    "—": "-",
    "−": "-",
    "\xa0": " ",
}


def _fold_table() -> dict[int, str]:
    table = {ord(k): v for k, v in _SPECIAL.items()}
    for code in [*range(0xC0, 0x250), *range(0x1E00, 0x1F00)]:
        char = chr(code)
        base = unicodedata.normalize("NFD", char)[0].lower()
        base = _SPECIAL.get(char.lower()[:1], base)
        if len(base) == 1:
            table[code] = base
    for code in range(65, 91):
        table[code] = chr(code + 32)
    return table


_FOLD = _fold_table()


def fold(text: str) -> str:
    """Lower case without accents, character for character (same length)."""
    return text.lower() if text.isascii() else text.translate(_FOLD)


class View(NamedTuple):
    """A text as it reads; `origin` is None when nothing had to change."""

    text: str
    origin: tuple[int, ...] | None = None
    ends: tuple[int, ...] = ()

    def __repr__(self) -> str:
        return "View(…)"

    def to_given(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the given text behind view[start:end]."""
        if self.origin is None:
            return start, end
        return self.origin[start], self.ends[end - 1] if end > start else self.origin[start]


def _plain(text: str) -> bool:
    """True when every character stands for itself (the quick and usual case)."""
    return (text.isascii() and "\x00" not in text) or not any(map(_odd, set(text)))


def _odd(char: str) -> bool:
    code = ord(char)
    if code < 0x80:
        return code == 0
    if code < 0x250:
        return code == 0xAD
    return not (0x1E00 <= code < 0x1F00 or 0x2010 <= code <= 0x2027 or code == 0x20AC)


def look(text: str) -> View:
    """Read a text: compose accents, drop invisible characters, full-width and lookalike letters to plain ones."""
    if _plain(text):
        return View(text)
    chars: list[str] = []
    origin: list[int] = []
    ends: list[int] = []
    for index, char in enumerate(text):
        category = unicodedata.category(char)
        if category == "Cf":
            continue
        if category == "Mn" and chars:
            joined = unicodedata.normalize("NFC", chars[-1] + char)
            if len(joined) == 1:
                chars[-1] = joined
            ends[-1] = index + 1
            continue
        if category == "Cs" or char == "\x00":
            plain = " "
        else:
            plain = char if ord(char) < 0x250 else unicodedata.normalize("NFKC", char)
        chars.extend(plain)
        origin.extend([index] * len(plain))
        ends.extend([index + 1] * len(plain))
    return View(_without_lookalikes("".join(chars)), tuple(origin), tuple(ends))


def _without_lookalikes(text: str) -> str:
    """Words that mix scripts are read as Latin; words of one script stay what they are."""
    if text.translate(LOOKALIKES) == text:
        return text
    out, start = [], 0
    for end in range(len(text) + 1):
        if end == len(text) or not text[end].isalnum():
            word = text[start:end]
            out.append(_latin(word))
            out.append(text[end : end + 1])
            start = end + 1
    return "".join(out)


def _latin(word: str) -> str:
    if any(c.isascii() and c.isalnum() for c in word) and not word.isascii():
        return word.translate(LOOKALIKES)
    return word
