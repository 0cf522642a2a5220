"""One answer as delivered -> the codebook's code. Works on distinct answers, so a loop here is short."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from domain.bands import bands_named
from domain.errors import InputRejected
from domain.instruments import Codebook, Column
from domain.vocabulary import ColumnType
from ingest.expected import labels_of
from ingest.words import MISSING, NO_OPINION, SAME, fold, header_key

WRONG = object()
_NONE: Mapping[str, Mapping[str, str]] = {}
Reading = Callable[[str], Any]
_NUMBER = re.compile(r"^[+-]?\d{1,12}(?:[.,]\d+)?$")
_CODE_FIRST = re.compile(r"^(-?\d{1,3})\s*(?:[=.:)]|-)\s*(.+)$")
_TIME = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_DUTCH_DATE = re.compile(rf"^(\d{{1,2}})[-/.](\d{{1,2}})[-/.](\d{{4}}){_TIME}$")
_ISO_DATE = re.compile(rf"^(\d{{4}})-(\d{{1,2}})-(\d{{1,2}}){_TIME}$")
_YEARS = re.compile(r"\s*jaar\s*$", re.IGNORECASE)
_THOUSANDS = re.compile(r"^[+-]?\d{1,3}(?:[.,]\d{3})+$")
_YES = frozenset({"ja", "j", "yes", "y", "1", "true", "waar", "x", "aangevinkt", "akkoord", "genoemd"})
_NO = frozenset({"nee", "n", "no", "0", "2", "false", "onwaar", "niet aangevinkt", "niet akkoord", "niet genoemd"})
_POSTCODE = re.compile(r"\b[1-9]\d{3} ?[A-Z]{2}\b")
_SPLIT = re.compile(r"[;|,\n]")
_LONGEST = 80


def reading_of(column: Column, codebook: Codebook, codes: Mapping[str, Mapping[str, str]] = _NONE) -> Reading:
    """The function that reads one answer of a column: a code, None for no answer, or WRONG.

    codes: scale -> what the numbers in this file mean; then a number not among them is WRONG.
    """
    match column.type:
        case ColumnType.SCALE:
            return _scaled(labels_of(codebook, column), codes.get(column.scale or ""))
        case ColumnType.CATEGORY:
            return _coded(column.values) if column.values else _free
        case ColumnType.TAGS:
            return _tags(column.values)
        case ColumnType.YESNO:
            return _yes_no
        case ColumnType.INTEGER:
            return _banded(column.bands) if column.bands else _integer
        case ColumnType.DATE:
            return _date
        case _:
            raise AssertionError("read as a whole column")


def own_codes(labels: Mapping[str, str], given: Mapping[str, str], where: str) -> dict[str, str | None]:
    """What numbers in a file mean, as codes of the codebook; None is 'geen antwoord'.

    Raises InputRejected for a word that is no answer on this scale.
    """
    by_label = {fold(label): code for code, label in labels.items()}
    meant = {fold(code): by_label.get(fold(word)) for code, word in given.items()}
    if any(meant[fold(code)] is None and fold(word) not in MISSING for code, word in given.items()):
        raise InputRejected(f"{where} staat een woord dat geen antwoord is; kies uit: {', '.join(labels.values())}")
    return meant


def _scaled(labels: dict[str, str], given: Mapping[str, str] | None) -> Reading:
    """Answers on a scale, in the codebook's numbers or in those that whoever delivers explained."""
    if given is None:
        return _coded(labels)
    own, words = own_codes(labels, given, "codes"), _coded({code: label for code, label in labels.items() if label})

    def read(answer: str) -> Any:
        folded = re.sub(r"[.,]0+$", "", fold(answer))
        if folded in own:
            return own[folded]
        return WRONG if folded.lstrip("-").isdecimal() else words(answer)

    return read


def _coded(labels: dict[str, str]) -> Reading:
    known = {fold(code): code for code in labels} | {fold(code.replace("_", " ")): code for code in labels}
    known |= {fold(label): code for code, label in labels.items() if label}

    def read(answer: str) -> Any:
        folded = fold(answer)
        if folded in known:
            return known[folded]
        if same := known.get(SAME.get(folded, "")) or _no_opinion(folded, known):
            return same
        if folded in MISSING:
            return None
        return _number_or_both(folded, known)

    return read


def _no_opinion(folded: str, known: Mapping[str, str]) -> str | None:
    return known.get("geen mening") or known.get("weet niet") if folded in NO_OPINION else None


def _number_or_both(folded: str, known: dict[str, str]) -> Any:
    """'3,0' for 3; '1 = helemaal mee eens' when code and label say the same."""
    if re.fullmatch(r"-?\d{1,3}[.,]0+", folded):
        return known.get(re.split(r"[.,]", folded)[0], WRONG)
    if both := _CODE_FIRST.match(folded):
        code = known.get(both[1])
        return code if code is not None and known.get(both[2]) == code else WRONG
    return WRONG


def _free(answer: str) -> Any:
    """An open list of names (wijk, aanbieder): tidy, and short."""
    tidy = " ".join(unicodedata.normalize("NFC", answer).split())
    if fold(tidy) in MISSING:
        return None
    return tidy if len(tidy) <= _LONGEST and "@" not in tidy and not _POSTCODE.search(tidy) else WRONG


def _tags(labels: dict[str, str]) -> Reading:
    one = _coded(labels)
    order = {code: at for at, code in enumerate(labels)}

    def read(answer: str) -> Any:
        if fold(answer) in MISSING:
            return None
        if isinstance(whole := one(answer), str):
            return whole
        codes = [one(part) for part in _SPLIT.split(answer) if part.strip()]
        if any(code is WRONG for code in codes):
            return WRONG
        return ";".join(sorted({code for code in codes if code is not None}, key=order.__getitem__)) or None

    return read


def _yes_no(answer: str) -> Any:
    folded = fold(answer)
    if folded in MISSING:
        return None
    return "ja" if folded in _YES else "nee" if folded in _NO else WRONG


def _integer(answer: str) -> Any:
    if fold(answer) in MISSING:
        return None
    written = answer.strip()  # not folded: that makes a small 2 above the line a digit of the number
    if not _NUMBER.match(written) or _THOUSANDS.match(written):  # '1.000' is a thousand here and one elsewhere
        return WRONG
    number = float(written.replace(",", "."))
    return int(number) if number.is_integer() else WRONG


def _banded(name: str) -> Reading:
    """A whole number, or the label of a band ('65-74', '65 t/m 74', '85+'): then the band's first number.

    Bureaus often deliver classes only; the number falls in the same band again, and says no more than the class.
    """
    bands = bands_named(name)
    edges = {_bare_band(label): edge for label, edge in zip(bands.labels, bands.edges, strict=True)}

    def read(answer: str) -> Any:
        edge = edges.get(_bare_band(answer))
        return _integer(_YEARS.sub("", answer)) if edge is None else edge

    return read


def _bare_band(text: str) -> str:
    bare = fold(text).replace("–", "-").replace("t/m", "-").replace("tot en met", "-").replace("jaar", "")
    return re.sub(r"en ouder|of ouder|of langer", "+", bare).replace(" ", "")


def _date(answer: str) -> Any:
    folded = answer.strip()
    if fold(folded) in MISSING:
        return None
    dutch, iso = _DUTCH_DATE.match(folded), _ISO_DATE.match(folded)
    try:
        if dutch:
            return dt.date(int(dutch[3]), int(dutch[2]), int(dutch[1]))
        if iso:
            return dt.date(int(iso[1]), int(iso[2]), int(iso[3]))
    except ValueError:
        return WRONG
    return WRONG


def area_code(answer: str) -> Any:
    """A GM-code: 'GM0000', 'gm0000' or only its number."""
    key = header_key(answer)
    if key in MISSING:
        return None
    digits = key.removeprefix("gm")
    return f"GM{int(digits):04d}" if digits.isdigit() and len(digits) <= 4 else WRONG
