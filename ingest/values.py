"""A delivered table -> the same table in the codebook's codes and types. Counts only; never shows a value.

Arrow types that come out: integer int64, decimal decimal128(18, 6), date date32, everything else string;
tags are codes in the codebook's order with `;` between; yesno is 'ja' or 'nee'; no answer is NULL.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from domain.bands import bands_named
from domain.errors import InputRejected
from domain.instruments import Codebook, Column
from domain.vocabulary import ColumnClass, ColumnType, Kind
from ingest.answers import WRONG, Reading, area_code, reading_of
from ingest.codes import Codes
from ingest.expected import labels_of
from ingest.parallel import each
from ingest.suspicious import check_nines, check_no_fractions, check_no_totals, check_weights
from ingest.words import MISSING, rows_word

DECIMAL = pa.decimal128(18, 6)
_ARROW = {ColumnType.INTEGER: pa.int64(), ColumnType.DATE: pa.date32(), ColumnType.DECIMAL: DECIMAL}
_FILLED = (ColumnType.CATEGORY, ColumnType.INTEGER, ColumnType.IDENTIFIER)
_EARLIEST = dt.date(1900, 1, 1)
_NUMBER = r"^-?\d{1,11}(?:[.,]\d+)?$"
_ROUNDED = r"^\d[.,]\d+E\+\d+$"
_LARGEST = 1e11
_ROUNDING = 0.021
_MOST_GROUPS = 30


@dataclass(frozen=True)
class _Wrong(Exception):
    """A column that does not fit: how many rows, and what to do about it."""

    rows: int
    what: str


def normalise(
    table: pa.Table, codebook: Codebook, name: str, where: str, today: dt.date, codes: Codes = MappingProxyType({})
) -> pa.Table:
    """The table in codes and types of the codebook, without rows that are empty.

    codes: what the numbers of the file mean, per scale.

    Raises InputRejected naming file, column, count of rows and what to do.
    """

    def read(column: str) -> pa.Array | _Wrong:
        try:
            return _column(table.column(column), column, codebook.tables[name][column], codebook, today, codes)
        except _Wrong as wrong:
            return wrong

    arrays = each(read, table.column_names, rows=table.num_rows)
    wrongs = {
        column: array for column, array in zip(table.column_names, arrays, strict=True) if isinstance(array, _Wrong)
    }
    good = {column: array for column, array in zip(table.column_names, arrays, strict=True) if column not in wrongs}
    if problems := [f"kolom '{column}': {rows_word(wrong.rows)} {wrong.what}" for column, wrong in wrongs.items()]:
        check_no_totals(pa.table(good), codebook, name, where)  # the sum of all ages is no age either: say which it is
        others = [f"'{column}'" for column in wrongs][1:]
        listed = ", ".join(others[:5]) + (f" en nog {len(others) - 5}" if len(others) > 5 else "")
        more = f" (kijk ook naar {'kolom' if len(others) == 1 else 'de kolommen'} {listed})" if others else ""
        raise InputRejected(f"{where}: {problems[0]}{more}")
    tidy = _filled(pa.table(good), table.column_names)  # a spreadsheet saves empty rows
    _check_filled(tidy, codebook, name, where)
    check_no_totals(tidy, codebook, name, where)
    check_nines(tidy, codebook, name, where)
    check_weights(tidy, codebook, where)
    check_no_fractions(tidy, codebook, where)
    _check_triads(tidy, where)
    return tidy


def answered(table: pa.Table, codebook: Codebook) -> pa.Table:
    """The rows of a survey in which at least one question is answered: a returned blank is no response."""
    names = [*codebook.columns_of(ColumnClass.MEASURE), *codebook.columns_of(ColumnClass.TEXT)]
    if codebook.kind is not Kind.SURVEY:
        return table
    return _filled(table, [column for column in names if column in table.column_names])


def check_unique(table: pa.Table, codebook: Codebook, name: str, where: str) -> None:
    """Raises InputRejected when columns that together name a row occur twice (`unique` of the codebook).

    Capitals and spaces tell nobody apart, as in a pseudonym.
    """
    listed = codebook.unique.get(name, [])
    names = [column for column in listed if column in table.column_names]
    if not names or (codebook.person in listed and codebook.person not in names):
        return
    keys = [_as_one(table.column(column)) for column in names]
    if len(keys) == 1:
        distinct = len(pc.unique(keys[0]))
    else:
        distinct = pa.table(keys, names=names).group_by(names).aggregate([]).num_rows
    _check_not_rounded(table, names[0], where)
    if double := table.num_rows - distinct:
        raise InputRejected(
            f"{where}: {rows_word(double)} te veel met dezelfde {' en '.join(repr(column) for column in names)}; "
            f"elke combinatie mag een keer voorkomen: haal de dubbele rijen weg"
        )


def _as_one(values: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.utf8_lower(pc.replace_substring(values, " ", "")) if pa.types.is_string(values.type) else values


def _check_not_rounded(table: pa.Table, name: str, where: str) -> None:
    """Excel saves a long number as 1,23E+05: people who are told apart by it would become one."""
    values = table.column(name)
    if pa.types.is_string(values.type) and (rows := pc.sum(pc.match_substring_regex(values, _ROUNDED)).as_py()):
        raise InputRejected(
            f"{where}: kolom '{name}': Excel heeft {rows_word(rows)} afgerond (zoals 1,23E+05); "
            f"maak de export opnieuw, met die kolom als tekst"
        )


def _column(
    column: pa.ChunkedArray, name: str, rule: Column, codebook: Codebook, today: dt.date, codes: Codes
) -> pa.Array:
    if rule.type is ColumnType.TEXT:
        return _trimmed(column)
    column = _without_apostrophe(column)
    if rule.type is ColumnType.IDENTIFIER:
        return _trimmed(column)
    if rule.type is ColumnType.DECIMAL:
        out = _decimals(column)
    else:
        reading = area_code if name == "gemeente" else reading_of(rule, codebook, codes)
        out = _each(column, reading, _ARROW.get(rule.type, pa.string()), lambda: _advice(rule, codebook, name))
        if rule.cls is ColumnClass.QUASI and rule.type is ColumnType.CATEGORY and not rule.values:
            _check_group(out)
    _check_range(out, rule)
    if rule.type is ColumnType.DATE:
        _check_dates(out, today)
    return out


def _each(column: pa.ChunkedArray, reading: Reading, kind: pa.DataType, advice: Callable[[], str]) -> pa.Array:
    """Every distinct answer read once, then spread over the rows."""
    column = column.unify_dictionaries() if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    encoded = column.combine_chunks()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = pa.concat_arrays(encoded.chunks) if encoded.num_chunks else pa.array([], column.type)
    read = [None if answer is None else reading(answer) for answer in encoded.dictionary.to_pylist()]
    wrong = [at for at, answer in enumerate(read) if answer is WRONG]
    if wrong and (rows := pc.sum(pc.is_in(encoded.indices, pa.array(wrong, encoded.indices.type))).as_py()):
        raise _Wrong(rows, advice())
    return _array([None if answer is WRONG else answer for answer in read], kind).take(encoded.indices)


def _array(values: list[Any], kind: pa.DataType) -> pa.Array:
    try:
        return pa.array(values, kind)
    except (pa.ArrowException, OverflowError):
        raise _Wrong(1, "met een getal dat veel te groot is; verbeter de rijen") from None


def _advice(rule: Column, codebook: Codebook, name: str) -> str:
    codes = [f"{code} ({label})" if label else code for code, label in labels_of(codebook, rule).items()]
    match rule.type:
        case ColumnType.SCALE | ColumnType.TAGS if codes:
            return f"met een antwoord buiten de schaal; het codeboek kent {_listed(codes)}: verbeter de rijen"
        case ColumnType.CATEGORY if name == "gemeente":
            return "zonder goede GM-code; schrijf GM en vier cijfers, of zeg wat elke waarde betekent ('codes')"
        case ColumnType.CATEGORY if codes:
            return f"met een antwoord dat niet in de lijst staat; het codeboek kent {_listed(codes)}: verbeter de rijen"
        case ColumnType.CATEGORY:
            what = "met een tekst die te lang is, of met een e-mailadres of hele postcode"
            return f"{what}; zet hier alleen korte namen van groepen"
        case ColumnType.YESNO:
            return "met iets anders dan ja of nee; schrijf ja of nee"
        case ColumnType.INTEGER if rule.bands:
            classes = _listed(list(bands_named(rule.bands).labels))
            return f"met iets anders dan een heel getal; schrijf een getal, of een van deze groepen: {classes}"
        case ColumnType.INTEGER:
            return "met iets anders dan een heel getal; verbeter de rijen"
        case _:
            return "met een datum die wij niet kunnen lezen; schrijf dd-mm-jjjj (in Excel: celopmaak Datum)"


def _without_apostrophe(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Numbers without the ' that Excel writes before a number that is text."""
    if not pa.types.is_string(column.type):
        found = column.unify_dictionaries()
        looked = found.chunk(0).dictionary if pa.types.is_dictionary(found.type) and found.num_chunks else None
        if looked is None or not pc.any(pc.starts_with(looked, "'")).as_py():
            return column
        column = found.cast(pa.string())
    if not pc.any(pc.starts_with(column, "'")).as_py():
        return column
    return pc.replace_substring_regex(column, r"^'([-+]?\d)", r"\1")


def _listed(codes: list[str]) -> str:
    return ", ".join(codes[:9]) + (" …" if len(codes) > 9 else "")


def _trimmed(column: pa.ChunkedArray) -> pa.Array:
    """Text without spaces around it; words for 'no answer' become NULL."""
    trimmed = pc.utf8_trim_whitespace(_plain(column))
    return pc.if_else(pc.is_in(trimmed, _missing()), pa.scalar(None, pa.string()), trimmed)


@cache
def _missing() -> pa.Array:
    """The words for 'no answer' as people write them (made on first use: it makes pyarrow import pandas)."""
    return pa.array(sorted({form for word in MISSING for form in (word, word.upper(), word.capitalize())}), pa.string())


def _plain(column: pa.ChunkedArray) -> pa.Array:
    out = column.cast(pa.string()).combine_chunks()
    return out if isinstance(out, pa.Array) else pa.concat_arrays(out.chunks)


def _decimals(column: pa.ChunkedArray) -> pa.Array:
    """Numbers with a comma or a point, to six decimals."""
    text = _trimmed(column)
    try:
        numbers = pc.cast(pc.replace_substring(text, ",", "."), pa.float64())
    except pa.ArrowInvalid:
        numbers = None
    fits = pc.match_substring_regex(text, _NUMBER) if numbers is None else pc.less(pc.abs(numbers), _LARGEST)
    if rows := pc.sum(pc.invert(fits)).as_py():
        raise _Wrong(rows, "met iets anders dan een getal; schrijf een getal met een komma of een punt")
    return pc.round(numbers, 6).cast(DECIMAL, safe=False)


def _check_range(values: pa.Array, rule: Column) -> None:
    low, high = rule.minimum, rule.maximum
    if (low is None and high is None) or not (pa.types.is_integer(values.type) or pa.types.is_decimal(values.type)):
        return
    span = pc.min_max(values).as_py()
    if span["min"] is None or ((low is None or span["min"] >= low) and (high is None or span["max"] <= high)):
        return
    numbers = values.cast(pa.float64())
    outside = pc.or_(
        pc.less(numbers, low if low is not None else -1e300), pc.greater(numbers, high if high is not None else 1e300)
    )
    raise _Wrong(pc.sum(outside).as_py(), f"buiten het bereik {_limits(low, high)}; verbeter de rijen")


def _limits(low: float | None, high: float | None) -> str:
    if low is None:
        return f"tot en met {high:g}"
    return f"vanaf {low:g}" if high is None else f"{low:g} tot en met {high:g}"


def _check_group(values: pa.Array) -> None:
    """A group (wijk, aanbieder) that nearly everybody has to herself is no group but a name or an address."""
    distinct, filled = pc.count_distinct(values).as_py(), len(values) - values.null_count
    if distinct > _MOST_GROUPS and distinct * 2 > filled:
        raise _Wrong(distinct, "met elk een andere waarde: dit is geen groep; haal de kolom weg of maak er groepen van")


def _check_dates(values: pa.Array, today: dt.date) -> None:
    if rows := pc.sum(pc.greater(values, pa.scalar(today, pa.date32()))).as_py():
        raise _Wrong(rows, "met een datum in de toekomst; verbeter de rijen")
    if rows := pc.sum(pc.less(values, pa.scalar(_EARLIEST, pa.date32()))).as_py():
        raise _Wrong(rows, "met een datum voor 1900; verbeter de rijen")


def _filled(table: pa.Table, names: Sequence[str]) -> pa.Table:
    """The rows in which one of these columns has a value."""
    empty = None
    for column in map(table.column, names):
        if column.null_count == 0:
            return table
        nulls = pc.is_null(column)
        empty = nulls if empty is None else pc.and_(empty, nulls)
        if not pc.any(empty).as_py():
            return table
    return table if empty is None else table.filter(pc.invert(empty))


def _check_triads(table: pa.Table, where: str) -> None:
    """The three parts of a triangle (`triad_<name>_<corner>`) are together 1, within rounding."""
    triads: dict[str, list[str]] = {}
    for name in table.column_names:
        if name.startswith("triad_"):
            triads.setdefault(name.rsplit("_", 1)[0], []).append(name)
    for triad, parts in triads.items():
        total = pa.scalar(0.0)
        for part in parts:
            total = pc.add(total, table.column(part).cast(pa.float64()))
        if len(parts) == 3 and (rows := pc.sum(pc.greater(pc.abs(pc.subtract(total, 1.0)), _ROUNDING)).as_py()):
            raise InputRejected(
                f"{where}: kolommen '{triad}_…': {rows_word(rows)} waarvan de delen samen niet 1 zijn; "
                f"verbeter de rijen"
            )


def _check_filled(table: pa.Table, codebook: Codebook, name: str, where: str) -> None:
    """The columns that tell rows and people apart have a value in every row."""
    if codebook.kind is Kind.SURVEY:
        names = [codebook.person] if codebook.person in table.column_names else []
    else:
        rules = codebook.tables[name]
        names = [col for col in table.column_names if rules[col].required and rules[col].type in _FILLED]
    for column in names:
        if rows := table.column(column).null_count:
            raise InputRejected(f"{where}: kolom '{column}': {rows_word(rows)} zonder waarde; vul de kolom overal in")
