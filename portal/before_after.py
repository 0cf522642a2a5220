"""Tables before and after: how many people there really are in a group, and what the outside gets to see of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

    from domain.release import Protected, TableLayout
    from warehouse.leaves import ToProtect

from domain.vocabulary import TOTAAL
from portal.closed_groups import Columns, breakdowns_of, group_words
from portal.speech import _
from portal.words import REASONS, doelgroep
from storage.codebooks import Codebooks
from warehouse.exports import Labels
from warehouse.reports.shown import Shown, shown

Row = Mapping[str, Any]
_MERGED = Shown(_("samengevoegd"), "suppressed")
_RESPONSE = "respons"


@dataclass(frozen=True)
class Cell:
    """One group under one question. people: real, for who may see counts. why: in words, when it is not shown."""

    question: str
    group: str
    people: int
    after: Shown
    why: str = ""


@dataclass(frozen=True)
class Outside:
    """One figure as the outside would see it."""

    text: str
    group: str
    shown: Shown


@dataclass(frozen=True)
class Study:
    """All groups of one instrument, meting and doelgroep."""

    title: str
    cells: tuple[Cell, ...]

    @property
    def lost(self) -> int:
        """Groups that are there and are not shown."""
        return sum(cell.after.closed for cell in self.cells)


def before_and_after(
    asked: "ToProtect", found: "Protected", tables: "Mapping[str, pa.Table]", codebooks: Codebooks
) -> tuple[Study, ...]:
    """Every group that went into the protection, beside what was made of it."""
    words = _Words(tables, breakdowns_of(codebooks))
    reasons = _reasons(found)
    after = {_key(row): row for row in tables["fact_result"].to_pylist()}
    studies: dict[str, list[Cell]] = {}
    for table, layout in zip(asked.tables, asked.spec.tables, strict=True):
        for row in _leaves(table, layout):
            if row["question"] == _RESPONSE:
                continue
            standing = after.get((*_study(row), row["question"], row["breakdown"], row["breakdown_value"]))
            value = _MERGED if standing is None else shown(standing)
            reason = reasons.get((layout.name, *_study(row), row["question"], row["breakdown_value"]), "")
            why = REASONS.get(reason, "") if value.closed else ""
            cell = Cell(words.question(row), words.group(row), row["n"], value, why or _why(value))
            studies.setdefault(words.study(row), []).append(cell)
    return tuple(Study(title, tuple(cells)) for title, cells in sorted(studies.items()))


def outside(tables: "Mapping[str, pa.Table]") -> list[tuple[str, list[Outside]]]:
    """The figures as they would be shown, per study; nothing without tables."""
    if not tables:
        return []
    words = _Words(tables, {})
    found: dict[str, list[Outside]] = {}
    for row in tables["fact_result"].to_pylist():
        group = _("iedereen") if row["breakdown"] == TOTAAL else words.label("breakdown_value", row)
        found.setdefault(words.study(row), []).append(Outside(words.question(row), group, shown(row)))
    return sorted(found.items())


def _why(value: Shown) -> str:
    return REASONS["merged"] if value is _MERGED else ""


def _leaves(table: "pa.Table", layout: "TableLayout") -> Iterator[dict[str, Any]]:
    """Rows with their breakdown in two columns; a table with two groupings of areas is not about one gemeente."""
    extra = [dim for dim in layout.groups if dim != layout.area_dimension]
    if len(extra) > 1 or layout.area_dimension not in table.column_names:
        return
    for row in table.to_pylist():
        breakdown = extra[0] if extra else TOTAAL
        yield {**row, "breakdown": breakdown, "breakdown_value": row[extra[0]] if extra else TOTAAL}


def _reasons(found: "Protected") -> dict[tuple[str, ...], str]:
    """(table, instrument, meting, doelgroep, question, group) -> why it is closed."""
    from anonymisation.disclosure.closed import closed_cells  # its solvers take a second that the start page waits for

    named: dict[tuple[str, ...], str] = {}
    for one in closed_cells(found.evidence):
        codes = [code for dim, code in one.codes.items() if dim != "area"]
        if one.codes.get("area") != TOTAAL:
            group = codes[0] if codes else TOTAAL
            named[(one.table, *_study(one.scope), one.scope.get("question", ""), group)] = one.reason
    return named


def _study(row: Row) -> tuple[str, str, str]:
    return str(row.get("instrument")), str(row.get("meting")), str(row.get("doelgroep"))


def _key(row: Row) -> tuple[str, ...]:
    return (*_study(row), row["question"], row["breakdown"], row["breakdown_value"])


class _Words:
    """Readable names for codes in the tables of one contribution."""

    def __init__(self, tables: "Mapping[str, pa.Table]", columns: Columns) -> None:
        self._columns = columns
        self._labels = Labels(tables)
        self._titles = {row["instrument"]: row["title"] for row in tables["dim_instrument"].to_pylist()}

    def study(self, row: Row) -> str:
        study = self._titles.get(row["instrument"], row["instrument"])
        return _("{study}, meting {meting}, {who}", study=study, meting=row["meting"], who=doelgroep(row["doelgroep"]))

    def label(self, column: str, row: Row) -> str:
        return str(self._labels.of(column, row))

    def question(self, row: Row) -> str:
        return self.label("question", row)

    def group(self, row: Row) -> str:
        if row["breakdown"] == TOTAAL:
            return _("iedereen")
        column = self._columns.get((row["instrument"], row["breakdown"]))
        return group_words(column, row["breakdown"], row["breakdown_value"])
