"""Codebooks: what an instrument asks, on which scale, and how close each column comes to a person."""

from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from domain.errors import InputRejected
from domain.vocabulary import BaseRule, ColumnClass, ColumnType, Direction, Kind, LegalBasis, MethodClass

AWAITED = "(bewoording volgt)"
"""Stands behind the name of an uitgangspunt that Movisie has not worded yet."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, populate_by_name=True)


class Scale(_Strict):
    """The answers of an item: code -> label, which are positive, which count as no answer."""

    values: dict[str, str] = Field(min_length=2)
    direction: Direction
    positive: list[str] = []
    negative: list[str] = []
    no_answer: list[str] = []

    @model_validator(mode="after")
    def _known_codes(self) -> Self:
        if unknown := {*self.positive, *self.negative, *self.no_answer} - set(self.values):
            raise ValueError(f"scale names codes without a label: {sorted(unknown)}")
        return self


class Column(_Strict):
    """One column of a codebook."""

    cls: ColumnClass = Field(alias="class")
    type: ColumnType
    text: str = ""
    required: bool = False
    theme: str | None = None
    uitgangspunt: str | None = None
    uitgangspunt_status: Literal["confirmed", "proposed"] = "proposed"
    scale: str | None = None
    values: dict[str, str] = {}
    minimum: float | None = None
    maximum: float | None = None
    base_rule: BaseRule = BaseRule.ANSWERED
    sensitive: bool = False
    bands: str | None = None
    breakdown: bool = False
    statistic: Literal["share", "mean", "theme", "improvement", "none"] = "none"

    @property
    def words(self) -> str:
        """What readers see: the text, or the uitgangspunt it is about while that waits for its wording."""
        return self.text or (awaited(self.uitgangspunt) if self.uitgangspunt else "")


def awaited(uitgangspunt: str) -> str:
    """An uitgangspunt that Movisie has not worded yet: "uitgangspunt_a" -> "Uitgangspunt A (bewoording volgt)"."""
    kind, *which = uitgangspunt.split("_")
    return f"{' '.join([kind.capitalize(), *map(str.upper, which)])} {AWAITED}"


class Codebook(_Strict):
    """A versioned instrument. `tables` maps table -> column -> Column; the main table is `rows`.

    `unique` maps table -> columns that together may occur once.
    """

    id: str
    version: str
    instrument: str
    title: str
    kind: Kind
    method: MethodClass
    extends: str | None = None
    person: str | None = None
    art9: bool = True
    interviews: bool = False
    doelgroepen: list[str] = Field(min_length=1)
    legal_bases: list[LegalBasis] = []
    forbidden_breakdowns: list[str] = []
    totals_only: list[str] = []
    unique: dict[str, list[str]] = {}
    scales: dict[str, Scale] = {}
    tables: dict[str, dict[str, Column]]

    @model_validator(mode="after")
    def _scales_exist(self) -> Self:
        for columns in self.tables.values():
            for name, column in columns.items():
                if column.scale is not None and column.scale not in self.scales:
                    raise ValueError(f"column {name!r} uses scale {column.scale!r} that is not in the codebook")
        return self

    @model_validator(mode="after")
    def _keys_exist(self) -> Self:
        for table, names in self.unique.items():
            if missing := set(names) - set(self.tables.get(table, {})):
                raise ValueError(f"unique names columns that are not in table {table!r}: {sorted(missing)}")
        return self

    @property
    def reference(self) -> str:
        """`<id>@<version>`, the name deliveries and policies use."""
        return f"{self.id}@{self.version}"

    @property
    def rows(self) -> dict[str, Column]:
        """Columns of the main table."""
        return self.tables["rows"]

    def columns_of(self, *classes: ColumnClass, table: str = "rows") -> list[str]:
        """Names of the columns of these classes, in the codebook's order."""
        return [name for name, column in self.tables[table].items() if column.cls in classes]

    def scale_of(self, column: Column) -> Scale | None:
        """The scale of a column, if it has one."""
        return self.scales[column.scale] if column.scale else None


def read_codebook(content: dict[str, Any], where: str) -> Codebook:
    """Codebook from parsed YAML; raises InputRejected naming the file and field."""
    try:
        return Codebook.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "codeboek"
        what = first["msg"]
    raise InputRejected(f"codeboek {where}: {place}: {what}; verbeter het codeboek en lever opnieuw aan")
