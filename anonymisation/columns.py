"""A policy applied to the columns of a table; what the policy does not name is refused, never kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pyarrow as pa

from anonymisation.generalise import generalised, rounded_weights
from anonymisation.pseudonyms import pseudonymise_column, receipt_column
from domain.errors import PolicyRefused
from domain.instruments import Codebook, Column
from domain.policy import ColumnRule, Policy
from domain.vocabulary import Treatment

ALWAYS = ("pseudonym", "gemeente", "doelgroep")
RECEIPT = "ontvangstcode"


@dataclass(frozen=True)
class Rules:
    """Codebook and policy of one delivery, with what pseudonyms of its columns need."""

    codebook: Codebook
    policy: Policy
    key: bytes
    scope: str

    def __post_init__(self) -> None:
        """Refuse a policy that was made for other questions, or that is looser than its columns allow."""
        if self.policy.codebook != self.codebook.reference:
            raise PolicyRefused(
                f"de regels horen bij codeboek {self.policy.codebook}, de aanlevering bij {self.codebook.reference}; "
                "maak regels voor dit codeboek en vraag akkoord"
            )
        self.policy.check_against(self.codebook)

    def __repr__(self) -> str:
        return f"Rules({self.policy.id!r}, {self.scope!r})"

    def of(self, table: str, name: str) -> tuple[Column, ColumnRule]:
        """What the codebook and the policy say of a column; raises PolicyRefused when one of them is silent."""
        rule = self.policy.rule_of(table, name)
        column = self.codebook.tables.get(table, {}).get(name)
        if column is None:
            raise PolicyRefused(f"kolom {name!r} staat niet in codeboek {self.codebook.reference}; pas de levering aan")
        return column, rule

    def columns_to(self, treatment: Treatment, table: str, delivered: pa.Table) -> list[str]:
        """The delivered columns that get this treatment, in the order of the file."""
        return [name for name in delivered.column_names if self.of(table, name)[1].do is treatment]


Texts = Mapping[str, pa.ChunkedArray]


def treated(delivered: pa.Table, *, table: str, rules: Rules, texts: Texts) -> pa.Table:
    """Every column after its treatment; the person column and what the station itself adds are left out.

    texts: the cleaned text columns of this table.
    Raises PolicyRefused for a column without treatment.
    """
    columns: dict[str, pa.ChunkedArray] = {}
    for name in delivered.column_names:
        column, rule = rules.of(table, name)
        if name in ALWAYS or name == rules.codebook.person:
            continue
        values = _TREATMENTS[rule.do](_Cell(delivered[name], name, column, rule, rules, texts))
        if values is not None:
            columns[name] = values
    return pa.table(columns) if columns else pa.table({})


@dataclass(frozen=True)
class _Cell:
    """One column on its way through the policy."""

    values: pa.ChunkedArray
    name: str
    column: Column
    rule: ColumnRule
    rules: Rules
    texts: Texts

    def __repr__(self) -> str:
        return f"_Cell({self.name!r})"


def _pseudonymised(cell: _Cell) -> pa.ChunkedArray:
    """An ontvangstcode as requests look it up; any other number in a scope of its own, so that it links to nothing."""
    if cell.name == RECEIPT:
        return receipt_column(cell.values, key=cell.rules.key, scope=cell.rules.scope)
    return pseudonymise_column(cell.values, key=cell.rules.key, scope=f"{cell.rules.scope}/{cell.name}")


def _cleaned(cell: _Cell) -> pa.ChunkedArray:
    try:
        return cell.texts[cell.name]
    except KeyError:
        raise PolicyRefused(f"kolom {cell.name!r}: de tekst is niet geschoond; voer de stap opnieuw uit") from None


_TREATMENTS: dict[Treatment, Callable[[_Cell], pa.ChunkedArray | None]] = {
    Treatment.DROP: lambda _: None,
    Treatment.CONSENT: lambda _: None,
    Treatment.KEEP: lambda cell: cell.values,
    Treatment.PSEUDONYMISE: _pseudonymised,
    Treatment.GENERALISE: lambda cell: generalised(cell.values, cell.name, cell.column, cell.rule),
    Treatment.CLEAN_TEXT: _cleaned,
    Treatment.ROUND_WEIGHT: lambda cell: rounded_weights(
        cell.values, cell.name, rare_below=cell.rules.policy.min_group
    ),
}
