"""A BSN does not belong in a delivery: found in a header, a file name, or as a column of numbers.

One BSN in an open answer is another matter: that is removed later, counted and reported.
"""

import math
import re
from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from domain.errors import InputRejected
from ingest.parallel import each
from ingest.words import header_key, shown_columns

_WORDS = frozenset({"bsn", "burgerservicenummer", "burger_service_nummer", "sofinummer", "sofi_nummer", "bsnnummer"})
_WHOLE = r"^\W*(?:(?i:bsn)\W*)?(?:\d[. -]?){7,8}\d(?:[.,]0{1,2})?\W*$"
_MARKS = r"[.,]0{1,2}\W*$|\D"  # '123456782.0' is how a table program writes a number it took for a measure
_DIGITS = re.compile(r"(?<!\d)(?:\d{9}|\d{4}[. ]\d{2}[. ]\d{3}|\d{3}[. ]\d{3}[. ]\d{3})(?!\d)")
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_CHANCE = 1 / 11  # what share of other nine-digit numbers passes
_LIMIT = 1e-4
_LEAST = 5
_ADVICE = "een BSN mag niet in een aanlevering staan: haal het weg en lever opnieuw aan"


def check_names(names: Iterable[str], where: str, what: str) -> None:
    """Raises InputRejected when a name (of a file or a column) says BSN or is one.

    what: 'bestandsnaam' or 'kop van een kolom'.
    """
    for name in names:
        key = header_key(name)
        words = {key, *key.split("_")}
        if words & _WORDS or any(map(passes_elfproef, _numbers(name))):
            raise InputRejected(f"{where}: de {what} wijst op een BSN; {_ADVICE}")


def check_words(words: Iterable[str | None], where: str, what: str) -> None:
    """Raises InputRejected when a BSN stands in words that go with a file: its properties, a label, a sheet's name.

    what: where it stands, as in 'de eigenschappen van het bestand'.
    """
    if any(map(passes_elfproef, _numbers("\n".join(one for one in words if one)))):
        raise InputRejected(f"{where}: in {what} staat een BSN; {_ADVICE}")


def _numbers(name: str) -> list[str]:
    return [re.sub(r"\D", "", written) for written in _DIGITS.findall(name)]


def check_columns(table: pa.Table, where: str) -> None:
    """Raises InputRejected when more numbers in a column pass the elfproef than chance allows."""
    found = [at for at, is_bsn in enumerate(each(is_bsn_column, table.columns, rows=table.num_rows)) if is_bsn]
    if found:
        raise InputRejected(f"{where}: {shown_columns(found)}: de getallen zijn burgerservicenummers; {_ADVICE}")


def passes_elfproef(digits: str) -> bool:
    """Eleven-test of the BSN: 9..2 and -1 times the digits, sum divisible by 11. Source: Logisch Ontwerp BSN (RvIG)."""
    padded = digits.zfill(9)
    return (
        len(padded) == 9
        and padded != "0" * 9
        and sum(w * int(d) for w, d in zip(_WEIGHTS, padded, strict=True)) % 11 == 0
    )


def is_bsn_column(column: pa.ChunkedArray) -> bool:
    """Whether distinct 8- or 9-digit values pass the elfproef too often: one-sided binomial, p < 1e-4."""
    values = _distinct_numbers(column)
    passing = _passing(values)
    return passing >= _LEAST and _tail(passing, len(values)) < _LIMIT


def _distinct_numbers(column: pa.ChunkedArray) -> pa.Array:
    if pa.types.is_dictionary(column.type):
        chunks = [chunk.dictionary for chunk in column.chunks] or [pa.array([], pa.string())]
        column = pa.chunked_array(chunks)
    lengths = pc.binary_length(column)
    candidates = column.filter(pc.and_(pc.greater_equal(lengths, 8), pc.less_equal(lengths, 20)))
    numbers = candidates.filter(pc.match_substring_regex(candidates, _WHOLE))
    bare = pc.unique(pc.replace_substring_regex(numbers, _MARKS, ""))
    return bare.filter(pc.greater_equal(pc.binary_length(bare), 8))


def _passing(values: pa.Array) -> int:
    """How many pass; the sum is taken column by column of digits, without a loop over rows."""
    if len(values) == 0:
        return 0
    padded = pc.utf8_lpad(values, 9, "0")
    total = pa.scalar(0, pa.int64())
    for at, weight in enumerate(_WEIGHTS):
        digit = pc.cast(pc.utf8_slice_codeunits(padded, at, at + 1), pa.int64())
        total = pc.add(total, pc.multiply(digit, weight))
    rest = pc.subtract(total, pc.multiply(pc.divide(total, 11), 11))
    good = pc.and_(pc.equal(rest, 0), pc.not_equal(padded, "0" * 9))
    return int(pc.sum(good).as_py() or 0)


def _tail(passing: int, tried: int) -> float:
    """P(X >= passing) for X binomial(tried, 1/11)."""
    if passing <= tried * _CHANCE:
        return 1.0
    total, at = 0.0, passing
    while at <= tried:
        term = math.exp(
            math.lgamma(tried + 1) - math.lgamma(at + 1) - math.lgamma(tried - at + 1)
            + at * math.log(_CHANCE) + (tried - at) * math.log1p(-_CHANCE)
        )  # fmt: skip
        total += term
        if term < total * 1e-12:
            break
        at += 1
    return total
