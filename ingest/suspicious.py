"""What fits the codebook and still is not what somebody answered: lines of totals, and 99 for 'not known'.

Read as an answer, each would be a wrong number in a published table.
"""

import pyarrow as pa
import pyarrow.compute as pc

from domain.errors import InputRejected
from domain.instruments import Codebook
from domain.vocabulary import ColumnType, Kind
from ingest.words import rows_word

_WORDS = r"(?:sub|eind)?tota(?:al|len)|gemiddelden?|gemiddeld|mediaan|som|aantal"
_TOTAL = rf"(?i)^\s*(?:(?:{_WORDS}|gem\.)\s*(?:[:=(].*|\d.*)?|n\s*[:=].*)$"
_AGE, _HIGH_AGES = 99, 90
_NOT_KNOWN = 999
_OFTEN, _TWICE = 3, 2
_MANY = 20


def check_no_totals(table: pa.Table, codebook: Codebook, name: str, where: str) -> None:
    """A line of totals under the answers would count as somebody.

    Looked for in the column that names people and in groups; in what people wrote themselves only on the last line,
    where a program writes it.
    """
    if codebook.kind is Kind.AGGREGATE:
        return
    for column in table.column_names:
        rule = codebook.tables[name][column]
        if rule.type not in (ColumnType.IDENTIFIER, ColumnType.TEXT, ColumnType.CATEGORY):
            continue
        values = table.column(column)
        looked = values.slice(max(0, len(values) - 1)) if rule.type is ColumnType.TEXT else values
        if rows := pc.sum(pc.match_substring_regex(looked, _TOTAL)).as_py():
            raise InputRejected(
                f"{where}: kolom '{column}': {rows_word(rows)} met een totaal of gemiddelde; haal die uit het bestand"
            )


def check_nines(table: pa.Table, codebook: Codebook, name: str, where: str) -> None:
    """Programs write 99 or 999 for 'not known'.

    Refused when more people are 99 than all who are 90 to 98 together, or when 999 comes back among numbers that may
    be that high.
    """
    for column in table.column_names:
        rule = codebook.tables[name][column]
        if rule.type is not ColumnType.INTEGER:
            continue
        values = table.column(column)
        code = _AGE if (rule.bands or "").startswith("leeftijd") else _NOT_KNOWN
        times = _times(values, code, code)
        others = _times(values, _HIGH_AGES, code - 1) if code == _AGE else 0
        if times >= (_OFTEN if code == _AGE else _TWICE) and times > others:
            raise InputRejected(
                f"{where}: kolom '{column}': {rows_word(times)} met {code}, dat lijkt 'onbekend' te betekenen; "
                f"maak die cellen leeg" + (", of schrijf '85+' bij wie echt zo oud is" if code == _AGE else "")
            )


def check_not_twice(rows: pa.Table, codebook: Codebook, where: str) -> None:
    """An export pasted under itself, or delivered in two files: without numbers of people nothing else tells."""
    if codebook.kind is not Kind.SURVEY or codebook.person in rows.column_names:
        return
    half, odd = divmod(rows.num_rows, 2)
    if not odd and half >= _MANY and rows.slice(0, half).equals(rows.slice(half)):
        raise InputRejected(
            f"{where}: dezelfde {half} rijen staan er twee keer in, dus telt iedereen dubbel; haal de tweede helft weg"
        )


def _times(values: pa.ChunkedArray, low: int, high: int) -> int:
    inside = pc.and_(pc.greater_equal(values, low), pc.less_equal(values, high))
    return pc.sum(inside).as_py() or 0
