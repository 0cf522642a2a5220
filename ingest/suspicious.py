"""What fits the codebook and still is not what was meant: lines of totals, 99 for 'not known', 0,815 for 81,5 %.

Read as an answer, each would be a wrong number in a published table.
"""

import pyarrow as pa
import pyarrow.compute as pc

from domain.errors import InputRejected
from domain.instruments import Codebook
from domain.vocabulary import ColumnClass, ColumnType, Kind
from ingest.words import rows_word

_WORDS = r"(?:sub|eind)?tota(?:al|len)|gemiddelden?|gemiddeld|mediaan|som|aantal"
_TOTAL = rf"(?i)^\s*(?:(?:{_WORDS}|gem\.)\s*(?:[:=(].*|\d.*)?|n\s*[:=].*)$"
_AGE, _HIGH_AGES = 99, 90
_NOT_KNOWN = 999
_OFTEN, _TWICE = 3, 2
_MANY = 20
_LEAST, _LIGHT, _HEAVY = 1e-3, 0.5, 2
"""Of a weight, and of the mean of weights that are meant to have a mean of 1: not less, not more."""


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


def check_weights(table: pa.Table, codebook: Codebook, where: str) -> None:
    """Everybody has some weight, and their mean is about 1: rare weights are rounded on that scale.

    Who weighs nothing would tell with the weighted figure beside the plain one what she said.
    """
    for column in set(codebook.columns_of(ColumnClass.WEIGHT)) & set(table.column_names):
        weights = table.column(column).drop_null()
        if len(weights) == 0:
            continue
        if rows := pc.sum(pc.less(weights.cast(pa.float64()), _LEAST)).as_py():
            raise InputRejected(
                f"{where}: kolom '{column}': {rows_word(rows)} met een weegfactor van 0 (of bijna 0); haal rijen die "
                f"niet meetellen uit het bestand, of geef ze een weegfactor"
            )
        if not _LIGHT <= pc.mean(weights).as_py() <= _HEAVY:
            raise InputRejected(
                f"{where}: kolom '{column}': de weegfactoren zijn gemiddeld niet ongeveer 1; deel elke weegfactor door "
                f"het gemiddelde van de kolom, of haal de kolom weg"
            )


def check_no_fractions(table: pa.Table, codebook: Codebook, where: str) -> None:
    """A share of 81,5 % that stands there as 0,815, as a spreadsheet keeps it, would be printed as 1 %."""
    if codebook.kind is not Kind.AGGREGATE or "waarde" not in table.column_names:
        return
    values = table.column("waarde").cast(pa.float64())
    rows = pc.sum(pc.and_(pc.greater(values, 0), pc.less(values, 1))).as_py() or 0
    if 2 * rows > len(values) - values.null_count:
        raise InputRejected(
            f"{where}: kolom 'waarde': {rows_word(rows)} tussen 0 en 1; schrijf een percentage als gewoon getal "
            f"(81,5 in plaats van 0,815)"
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
