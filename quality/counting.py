"""One DuckDB query over tables with the same columns: how many cells of every column are not as they should be.

Columns are called c0, c1 … in the query, so that no delivered name is ever part of SQL.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from domain.errors import CannotCheck
from storage import duck

_SHAPES = {
    "pseudonym": "not regexp_full_match({c}, '[0-9a-f]{{32}}')",
    "quarter": "not regexp_full_match({c}, '[0-9]{{4}}-K[1-4]')",
    "area": "not regexp_full_match({c}, '[1-9][0-9]')",
}
_NINE_DIGITS = 10_000_000  # eight digits count too: a BSN loses its leading zero in a spreadsheet
_TRIANGLE_SLACK = 0.02


@dataclass(frozen=True)
class Check:
    """What one query must count for a column."""

    numeric: bool = False
    required: bool = False
    always: bool = False  # no row without it, whatever the codebook says
    codes: tuple[str, ...] = ()
    several: bool = False  # codes divided by ; or |
    minimum: float | None = None
    maximum: float | None = None
    shape: str | None = None
    same_as: int | None = None  # 0: the area of the delivery, 1: its doelgroep
    open_number: bool = False  # nothing bounds it: nine digits would not be noticed


@dataclass(frozen=True)
class Counted:
    """What was counted in one table of one delivery."""

    rows: int
    columns: dict[str, dict[str, int]]
    persons: int
    duplicates: int
    not_one: int


def count_tables(
    tables: Sequence[pa.Table],
    places: Sequence[tuple[str, str]],
    checks: Mapping[str, Check],
    *,
    unique: Sequence[str],
    triangles: Sequence[Sequence[str]],
) -> list[Counted]:
    """Counts per table, in the order given.

    places: area and doelgroep of every table. Raises CannotCheck when the query fails; nothing passes then.
    """
    names = list(checks)
    alias = {name: f"c{i}" for i, name in enumerate(names)}
    terms = [(name, fact, sql) for name in names for fact, sql in _terms(alias[name], checks[name]).items()]
    parts = [f"count(*) filter (where {sql})" for _, _, sql in terms]
    parts.append(f"count(distinct {alias['pseudonym']})" if "pseudonym" in alias else "0")
    doubles = ", ".join(alias[name] for name in unique)
    parts.append(f"count(*) - count(distinct ({doubles}))" if unique else "0")
    outside = " or ".join(_off_triangle([alias[name] for name in group]) for group in triangles)
    parts.append(f"count(*) filter (where {outside})" if triangles else "0")
    rows = _run(f"select d, count(*), {', '.join(parts)} from t join p using (d) group by d", tables, places, names)  # noqa: S608
    return [_counted(rows.get(d), names, terms) for d in range(len(tables))]


def _run(
    sql: str, tables: Sequence[pa.Table], places: Sequence[tuple[str, str]], names: Sequence[str]
) -> dict[int, tuple[Any, ...]]:
    numbered = [
        table.select(list(names))
        .rename_columns([f"c{i}" for i in range(len(names))])
        .append_column("d", pa.repeat(pa.scalar(d, pa.int32()), table.num_rows))
        for d, table in enumerate(tables)
    ]
    where = pa.table(
        {
            "d": pa.array(range(len(places)), pa.int32()),
            "place0": [area for area, _ in places],
            "place1": [doelgroep for _, doelgroep in places],
        }
    )
    try:
        with duck.memory() as con, duck.registered(con, t=pa.concat_tables(numbered), p=where):
            return {row[0]: row[1:] for row in duck.query(con, sql)}
    except duckdb.Error as error:
        reason = type(error).__name__
    raise CannotCheck(f"de controle kon niet tellen ({reason}); er gaat niets door. Meld de fout")


def _counted(row: tuple[Any, ...] | None, names: Sequence[str], terms: Sequence[tuple[str, str, str]]) -> Counted:
    columns: dict[str, dict[str, int]] = {name: {} for name in names}
    if row is None:
        return Counted(0, columns, 0, 0, 0)
    for (name, fact, _), value in zip(terms, row[1:-3], strict=True):
        columns[name][fact] = int(value)
    return Counted(int(row[0]), columns, *map(int, row[-3:]))


def _terms(c: str, check: Check) -> dict[str, str]:
    """Fact -> condition under which a cell counts for it."""
    terms: dict[str, str] = {}
    if check.required:
        terms["empty"] = f"{c} is null"
    if check.always:
        terms["unknown"] = f"{c} is null"
    if check.shape is not None:
        terms["wrong_shape"] = _SHAPES[check.shape].format(c=c)
    if check.codes:
        terms["off_scale"] = _off_codes(c, check)
    if check.minimum is not None or check.maximum is not None:
        terms["out_of_range"] = _out_of_range(c, check)
    if check.same_as is not None:
        terms["elsewhere"] = f"{c} is distinct from place{check.same_as}"
    if check.open_number:
        terms["nine_digits"] = f"abs({c}) >= {_NINE_DIGITS}"
    return terms


def _off_codes(c: str, check: Check) -> str:
    if check.numeric:
        numbers = [code for code in check.codes if code.lstrip("-").isdigit()]
        return f"{c} not in ({', '.join(numbers)})" if numbers else f"{c} is not null"
    codes = ", ".join(_literal(code) for code in check.codes)
    if check.several:
        parts = f"string_split_regex(trim({c}::varchar, ' []'), '\\s*[;|,]\\s*')"
        return f"trim({c}::varchar, ' []') <> '' and not list_has_all([{codes}], {parts})"
    return f"{c}::varchar not in ({codes})"


def _out_of_range(c: str, check: Check) -> str:
    number = c if check.numeric else f"try_cast({c}::varchar as double)"
    low = f"{number} < {check.minimum!r}" if check.minimum is not None else "false"
    high = f"{number} > {check.maximum!r}" if check.maximum is not None else "false"
    unread = "" if check.numeric else f" or ({c} is not null and {number} is null)"
    return f"{low} or {high}{unread}"


def _off_triangle(columns: Sequence[str]) -> str:
    """A triangle is answered as a whole: three parts that make one."""
    total = " + ".join(f"{c}::double" for c in columns)
    answered = " + ".join(f"({c} is not null)::int" for c in columns)
    return f"(({answered}) between 1 and 2 or abs({total} - 1) > {_TRIANGLE_SLACK})"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
