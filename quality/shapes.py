"""Shapes and checksums of direct identifiers, read on normalised text.

Written apart from the recognisers that clean: what they miss must not be missed here for the same reason.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator

from stdnum import iban as stdnum_iban
from stdnum.nl import bsn as stdnum_bsn

# What the cleaning writes; only these are taken out before looking, so that nobody hides behind brackets.
PLACEHOLDER = re.compile(r"\[[A-Z][A-Z-]+ (?:\d{1,4}|[0-9a-f]{8})\]|█+")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
_SIGNS = re.compile(r"\d\D*\d|@|\bat\b|\bapenstaartje\b", re.IGNORECASE)

_ALONE, _NO_MORE = r"(?<!\d)(?<!\d[.,-])", r"(?!\d)(?![.,-]\d)"  # not the middle of a longer number
_NINE = re.compile(rf"{_ALONE}\d{{9}}{_NO_MORE}")
_BSN_GROUPS = r"\d{4}[. ]\d{2}[. ]\d{3}|\d{3}[. -]\d{3}[. -]\d{3}|\d{2}[. ]\d{3}[. ]\d{4}"
_BSN_GROUPED = re.compile(rf"{_ALONE}(?:{_BSN_GROUPS}){_NO_MORE}")
_BSN_NAMED = re.compile(r"\b(?:bsn|burgerservicenummer|sofi-?nummer)\b\D{0,20}(\d[\d .-]{6,11}\d)", re.IGNORECASE)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ .-]?[A-Z0-9]){11,30}", re.IGNORECASE)
_EMAIL = re.compile(
    r"[\w.+-]+\s?(?:@|[(\[]\s?(?:at|apenstaartje)\s?[)\]]|\s(?:at|apenstaartje)\s)\s?[\w-]+"
    r"(?:\s?[(\[]?(?:\.|\s(?:punt|dot)\s|(?<=\()(?:punt|dot))[)\]]?\s?[a-z]{2,})+",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\d+])(?<!\d[.,-])(?:(?:\+|00)31[ .-]?(?:\(0\))?[ .-]?|\(?0)(?:\)?[ ./-]{0,3}\d\)?){9}(?!\d|-\d)"
)
_PUBLIC_PHONE = re.compile(r"^\(?0(?:8|90)0")
_PLATE = re.compile(
    r"\b(?:[A-Z]{2}-\d{2}-\d{2}|\d{2}-\d{2}-[A-Z]{2}|\d{2}-[A-Z]{2}-\d{2}|[A-Z]{2}-\d{2}-[A-Z]{2}|[A-Z]{2}-[A-Z]{2}-\d{2}"
    r"|\d{2}-[A-Z]{2}-[A-Z]{2}|\d{2}-[A-Z]{3}-\d|\d-[A-Z]{3}-\d{2}|[A-Z]{2}-\d{3}-[A-Z]|[A-Z]-\d{3}-[A-Z]{2}"
    r"|[A-Z]{3}-\d{2}-[A-Z]|\d-[A-Z]{2}-\d{3})\b"
)
_POSTCODE = r"[1-9]\d{3} ?(?!SA|SD|SS)[A-Z]{2}\b"
_HOME = re.compile(rf"\b{_POSTCODE}[ ,]*(?:nr\.? ?)?\d{{1,5}}\b|\b\d{{1,5}} ?[a-zA-Z]{{0,2}}[ ,]+{_POSTCODE}")


def normalised(text: str) -> str:
    """The text with look-alike signs read as plain ones, invisible ones left out, placeholders taken away."""
    plain = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    return PLACEHOLDER.sub(" ", plain.translate(_DASHES)).replace("\xa0", " ")


def may_hold_details(text: str) -> bool:
    """False when no shape here nor a stock recogniser could match: fewer than two digits, no sign of an e-mail."""
    return _SIGNS.search(text) is not None


def _bsns(text: str) -> Iterator[str]:
    yield from _NINE.findall(text)
    yield from _BSN_GROUPED.findall(text)
    yield from _BSN_NAMED.findall(text)


def count_bsn(text: str) -> int:
    """Numbers that pass the elfproef: nine digits, or eight behind the word BSN."""
    digits = (re.sub(r"\D", "", found).zfill(9) for found in _bsns(text))
    return len({number for number in digits if stdnum_bsn.is_valid(number)})


def count_nine_digits(text: str) -> int:
    """Any nine digits in a row: whether or not it is a BSN, it is a number of somebody."""
    return len(_NINE.findall(text))


def count_iban(text: str) -> int:
    """Account numbers of any country that pass mod 97."""
    return sum(_holds_iban(re.sub(r"[ .-]", "", match.group())) for match in _IBAN.finditer(text))


def _holds_iban(run: str) -> bool:
    return any(stdnum_iban.is_valid(run[:length], check_country=False) for length in range(15, min(len(run), 34) + 1))


def count_phone(text: str) -> int:
    """Dutch numbers of ten digits, in every way of writing; 0800 and 0900 belong to organisations."""
    return sum(_PUBLIC_PHONE.match(match.group()) is None for match in _PHONE.finditer(text))


def _matches(pattern: re.Pattern[str]) -> Callable[[str], int]:
    return lambda text: sum(1 for _ in pattern.finditer(text))


SHAPES: dict[str, Callable[[str], int]] = {
    "bsn": count_bsn,
    "iban": count_iban,
    "email": _matches(_EMAIL),
    "telefoon": count_phone,
    "kenteken": _matches(_PLATE),
    "postcode_huisnummer": _matches(_HOME),
}
