"""A policy: what happens to every column and every kind of detail, signed by its content.

The fingerprint is taken over `canonical()` by storage.canonical (RFC 8785, SHA-256).
"""

from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from domain.bands import bands_named
from domain.errors import PolicyRefused
from domain.instruments import Codebook
from domain.vocabulary import ColumnClass, Treatment

FLOOR_GROUP = 5
FLOOR_SUPPORT = 3
OUTSIDE_GROUP = 10
ENTITY_TREATMENTS = ("label", "mask", "generalise", "pseudonym")
ENTITIES = (
    "PERSON", "ADDRESS", "POSTCODE", "PLACE", "ORGANISATION", "PHONE", "EMAIL", "USERNAME_URL", "BSN", "IBAN",
    "DATE", "AGE", "LICENSE_PLATE", "CASE_NUMBER", "HEALTH",
)  # fmt: skip
ALLOWED: dict[ColumnClass, frozenset[Treatment]] = {
    ColumnClass.DIRECT: frozenset({Treatment.DROP, Treatment.PSEUDONYMISE}),
    ColumnClass.QUASI: frozenset({Treatment.DROP, Treatment.KEEP, Treatment.GENERALISE}),
    ColumnClass.SENSITIVE: frozenset({Treatment.DROP, Treatment.KEEP, Treatment.GENERALISE}),
    ColumnClass.MEASURE: frozenset({Treatment.DROP, Treatment.KEEP, Treatment.GENERALISE}),
    ColumnClass.TEXT: frozenset({Treatment.DROP, Treatment.CLEAN_TEXT}),
    ColumnClass.CONSENT: frozenset({Treatment.DROP, Treatment.CONSENT}),
    ColumnClass.WEIGHT: frozenset({Treatment.DROP, Treatment.ROUND_WEIGHT}),
    ColumnClass.ADMIN: frozenset({Treatment.DROP, Treatment.KEEP}),
}
NEVER_PSEUDONYMISED = frozenset({"clientnummer", "naam", "adres", "postcode", "email", "telefoon", "geboortedatum"})


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class ColumnRule(_Strict):
    """What happens to one column; `bands` only with `generalise`."""

    do: Treatment
    bands: str | None = None


class Retention(_Strict):
    """How long each zone is kept, in days (design: raw at most 6 months, pseudonymised 2 years)."""

    raw: int = Field(default=180, ge=1, le=184)
    pseudonymised: int = Field(default=730, ge=1, le=1830)
    review: int = Field(default=30, ge=1, le=90)
    quarantine: int = Field(default=14, ge=1, le=14)


class Policy(_Strict):
    """Rules for one instrument: the base (gemeente None) or a stricter overlay of one gemeente."""

    id: str
    gemeente: str | None = None
    instrument: str
    codebook: str
    codebook_fingerprint: str
    columns: dict[str, dict[str, ColumnRule]]  # table -> column -> rule
    entities: dict[str, str]
    min_group: int = Field(default=OUTSIDE_GROUP, ge=FLOOR_GROUP)
    min_support: int = Field(default=FLOOR_SUPPORT, ge=FLOOR_SUPPORT)
    breakdowns: list[str] = []
    breakdowns_per_table: int = Field(default=1, ge=0, le=2)
    hierarchies: dict[str, dict[str, str]] = {}
    retention: Retention = Retention()
    recipients: list[str] = []

    @model_validator(mode="after")
    def _entities_complete(self) -> Self:
        if missing := set(ENTITIES) - set(self.entities):
            raise ValueError(f"entities without a treatment: {sorted(missing)}")
        if wrong := set(self.entities.values()) - set(ENTITY_TREATMENTS):
            raise ValueError(f"unknown treatment of entities: {sorted(wrong)}")
        for columns in self.columns.values():
            for rule in columns.values():
                if rule.bands is not None:
                    bands_named(rule.bands)
        return self

    def canonical(self) -> dict[str, Any]:
        """Plain data that the fingerprint is taken over."""
        return self.model_dump(mode="json")

    def rule_of(self, table: str, column: str) -> ColumnRule:
        """Look up a column; an unknown column is refused, never kept by default."""
        try:
            return self.columns[table][column]
        except KeyError:
            raise PolicyRefused(
                f"kolom {column!r} staat niet in de regels voor {self.instrument}; "
                f"voeg de kolom toe met een behandeling en vraag de privacy officer opnieuw om akkoord"
            ) from None

    def check_against(self, codebook: Codebook) -> None:
        """Raise PolicyRefused where a treatment is looser than its column class allows, or a column is left out."""
        for table, columns in codebook.tables.items():
            for name, column in columns.items():
                rule = self.rule_of(table, name)
                keeps_identifier = rule.do is Treatment.PSEUDONYMISE and name in NEVER_PSEUDONYMISED
                if rule.do not in ALLOWED[column.cls] or keeps_identifier:
                    raise PolicyRefused(
                        f"kolom {name!r}: behandeling {rule.do.value!r} mag niet voor een kolom van soort "
                        f"{column.cls.value!r}; kies een strengere behandeling"
                    )
        if wrong := set(self.breakdowns) & set(codebook.forbidden_breakdowns):
            raise PolicyRefused(f"uitsplitsen naar {', '.join(sorted(wrong))} mag niet bij {self.instrument}")


def read_policy(content: dict[str, Any], where: str) -> Policy:
    """Policy from parsed YAML; raises PolicyRefused naming the file and field."""
    try:
        return Policy.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "regels"
        what = first["msg"]
    raise PolicyRefused(f"regels {where}: {place}: {what}; verbeter de regels en dien ze opnieuw in")


def _default_rule(name: str, codebook: Codebook, table: str) -> ColumnRule:
    """The strictest treatment with which a column is still useful."""
    column = codebook.tables[table][name]
    by_class = {
        ColumnClass.DIRECT: Treatment.DROP,
        ColumnClass.QUASI: Treatment.GENERALISE if column.bands else Treatment.KEEP,
        ColumnClass.SENSITIVE: Treatment.GENERALISE if column.bands else Treatment.KEEP,
        ColumnClass.MEASURE: Treatment.GENERALISE if column.bands else Treatment.KEEP,
        ColumnClass.TEXT: Treatment.CLEAN_TEXT,
        ColumnClass.CONSENT: Treatment.CONSENT,
        ColumnClass.WEIGHT: Treatment.ROUND_WEIGHT,
        ColumnClass.ADMIN: Treatment.KEEP,
    }
    do = Treatment.PSEUDONYMISE if name in (codebook.person, "ontvangstcode") else by_class[column.cls]
    return ColumnRule(do=do, bands=column.bands if do is Treatment.GENERALISE else None)


def default_policy(codebook: Codebook, fingerprint: str) -> Policy:
    """The draft that `init` makes for a codebook; still has to be approved."""
    columns = {
        table: {name: _default_rule(name, codebook, table) for name in names}
        for table, names in codebook.tables.items()
    }
    allowed = [name for name, column in codebook.rows.items() if column.breakdown]
    banded = {name: column.bands for name, column in codebook.rows.items() if column.bands and column.breakdown}
    return Policy(
        id=f"basis-{codebook.id}-{codebook.version}",
        instrument=codebook.instrument,
        codebook=codebook.reference,
        codebook_fingerprint=fingerprint,
        columns=columns,
        entities={entity: "generalise" if entity == "HEALTH" else "label" for entity in ENTITIES},
        breakdowns=allowed[:1],
        hierarchies={name: bands_named(bands).hierarchy() for name, bands in banded.items()},
        recipients=["Movisie"],
    )
