"""A delivery: its key and its manifest (`delivery.yaml`), as the data steward writes it."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from domain.errors import InputRejected
from domain.vocabulary import Art9Ground, Audience, LegalBasis, RoleMovisie, Steekproef

AREA = re.compile(r"^(GM|SV)[0-9]{4}$")
SLUG = re.compile(r"^[a-z0-9_]+$")
METING = re.compile(r"^[A-Za-z0-9_-]{1,20}$")


@dataclass(frozen=True, order=True)
class DeliveryKey:
    """`<area>.<instrument>.<meting>.<doelgroep>`, e.g. `GM9001.ceo_wmo.2026.client`."""

    area: str
    instrument: str
    meting: str
    doelgroep: str

    def __post_init__(self) -> None:
        """Refuse what could never be a key (and so keep stray text out of paths and logs)."""
        fits = AREA.fullmatch(self.area) and SLUG.fullmatch(self.instrument) and METING.fullmatch(self.meting)
        if not (fits and SLUG.fullmatch(self.doelgroep)):
            raise InputRejected("aanlevering: gemeente, instrument, meting of doelgroep is niet goed geschreven")

    def __str__(self) -> str:
        return f"{self.area}.{self.instrument}.{self.meting}.{self.doelgroep}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a key back from its text."""
        parts = text.split(".")
        if len(parts) != 4:
            raise InputRejected("een aanlevering heet <gemeente>.<instrument>.<meting>.<doelgroep>")
        return cls(*parts)

    @property
    def scope(self) -> str:
        """What pseudonyms may be linked within: gemeente × instrument × meting."""
        return f"{self.area}/{self.instrument}/{self.meting}"


def panel_scope(area: str, instrument: str) -> str:
    """What pseudonyms of a klantenpanel may be linked within: over metingen, until the agreed day."""
    return f"{area}/{instrument}/panel"


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, populate_by_name=True)


class Meting(_Strict):
    """One round of measuring, with its period."""

    name: str = Field(pattern=METING.pattern)
    start: date
    end: date


class AreaFigures(_Strict):
    """How many were asked, of how many there are; None is 'onbekend'."""

    invited: int | None = None
    population: int | None = None

    @field_validator("invited", "population", mode="before")
    @classmethod
    def _unknown(cls, value: object) -> object:
        return None if value == "onbekend" else value


class DoelgroepFigures(AreaFigures):
    """The figures of one doelgroep and how its people were chosen.

    per_gemeente: the same figures of each gemeente, when rows of several are delivered together.
    """

    steekproef: Steekproef
    per_gemeente: dict[str, AreaFigures] = {}


class Art9(_Strict):
    """The ground for health data and why it holds here."""

    ground: Art9Ground
    reason: str = Field(min_length=3)


class Agreement(_Strict):
    """Dates that must be known before Movisie is more than a receiver of tables."""

    agreement: date
    dpia: date


class DeliveredFile(_Strict):
    """One file of a delivery.

    columns: delivered header -> the codebook's name.
    leave_out: headers that whoever delivers does not want read: their answers are erased with the delivered file.
    codes: scale of the codebook -> what each number in the file means, in words of that scale; or `gemeente` or
        `doelgroep` -> which group each value of that column means, `niet lezen` for rows that stay out.
    """

    path: str
    table: str = "rows"
    sheet: str | None = None
    columns: dict[str, str] = {}
    leave_out: list[str] = []
    codes: dict[str, dict[str, str]] = {}

    @field_validator("codes", mode="before")
    @classmethod
    def _written(cls, value: object) -> object:
        """YAML reads a bare 1 as a number."""
        if not isinstance(value, dict):
            return value
        return {
            scale: {str(code): word for code, word in codes.items()} if isinstance(codes, dict) else codes
            for scale, codes in value.items()
        }


class Verband(_Strict):
    """A samenwerkingsverband that delivers as one body."""

    code: str = Field(pattern=r"^SV[0-9]{4}$")
    name: str


class Manifest(_Strict):
    """`delivery.yaml`: everything the product must know before it reads a file."""

    gemeenten: list[str] = Field(min_length=1)
    verband: Verband | None = None
    per_row: bool = False
    instrument: str = Field(pattern=SLUG.pattern)
    meting: Meting
    codebook: str = Field(pattern=r"^[A-Za-z0-9_]+@[0-9A-Za-z.]+$")
    doelgroepen: dict[str, DoelgroepFigures] = Field(min_length=1)
    legal_basis: LegalBasis
    art9_ground: Art9 | None = None
    role_movisie: RoleMovisie
    agreement: Agreement | None = None
    notice: str
    notice_date: date | None = None
    recipients: list[str] = []
    zichtbaar_voor: Audience = Audience.EIGEN
    link_scope: Literal["meting", "panel"] = "meting"
    panel_until: date | None = None
    files: list[DeliveredFile] = Field(min_length=1)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if len(self.gemeenten) > 1 and not self.per_row and self.verband is None:
            raise ValueError("verband")
        if self.link_scope == "panel" and self.panel_until is None:
            raise ValueError("panel_until")
        return self

    def areas(self) -> list[str]:
        """Codes under which rows land: each gemeente, or the verband as one."""
        if self.verband is not None and not self.per_row:
            return [self.verband.code]
        return list(self.gemeenten)

    def figures_of(self, key: DeliveryKey) -> DoelgroepFigures:
        """How many were asked for one key: figures of all gemeenten together are nobody's own."""
        figures = self.doelgroepen[key.doelgroep]
        if len(self.areas()) == 1 and key.area not in figures.per_gemeente:
            return figures
        own = figures.per_gemeente.get(key.area, AreaFigures())
        return DoelgroepFigures(invited=own.invited, population=own.population, steekproef=figures.steekproef)

    def keys(self) -> list[DeliveryKey]:
        """Every delivery key this manifest can fill."""
        return [
            DeliveryKey(area, self.instrument, self.meting.name, doelgroep)
            for area in self.areas()
            for doelgroep in self.doelgroepen
        ]


_ADVICE = {
    "role_movisie": "schrijf op wat Movisie is: ontvanger_van_tabellen, verwerker of gezamenlijk_verantwoordelijk",
    "meting": "de naam heeft hoogstens 20 letters, cijfers en streepjes (geen spaties), elke dag is een datum",
    "gemeenten": "noem de GM-code van elke gemeente",
    "verband": "noem de SV-code en naam van het verband, of zet per_row op true",
    "panel_until": "een klantenpanel heeft een einddatum nodig (panel_until)",
    "notice": "noem de informatiebrief",
}


def read_manifest(content: dict[str, Any]) -> Manifest:
    """Manifest from parsed YAML.

    Raises InputRejected with the field that is wrong and what to write there; never the value.
    """
    try:
        return Manifest.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        place = str(first["loc"][0]) if first["loc"] else str(first["msg"]).rsplit(", ", 1)[-1]
        known = place in Manifest.model_fields or place in _ADVICE
        advice = _ADVICE.get(place, "kijk in de handleiding bij 'Een aanlevering maken'")
        what = f"het veld '{place}' ontbreekt of klopt niet" if known else "er staat een veld in dat wij niet kennen"
    raise InputRejected(f"delivery.yaml: {what}; {advice}")
