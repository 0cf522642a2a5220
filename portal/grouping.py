"""Which gemeente and doelgroep the values of a column mean: a bureau delivers one file for several of them."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as hidden
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from domain.errors import InputRejected
from domain.instruments import Codebook
from ingest.answers import area_code
from ingest.codes import GROUPS
from ingest.groups import NOT_READ
from ingest.words import fold
from portal.house import House
from portal.speech import _
from portal.words import doelgroep

_MOST, _LONGEST = 60, 60
Said = Callable[[str], str]


@dataclass(frozen=True)
class ValueAsked:
    """One value of the column. meant: what it most likely means, '' when nobody can tell."""

    field: str
    value: str = hidden(repr=False)
    rows: int
    meant: str


@dataclass(frozen=True)
class GroupsAsked:
    """The question about one column of one file; `problem` when it holds no groups."""

    column: str
    values: tuple[ValueAsked, ...]
    options: tuple[tuple[str, str], ...]
    problem: str = ""

    def said(self, said: Said) -> dict[str, str]:
        """Value -> group as chosen; else as it most likely is."""
        known = {code for code, _words in self.options if code}
        chosen = {one.value: said(one.field) or one.meant for one in self.values}
        return {value: group for value, group in chosen.items() if group in known}


@dataclass(frozen=True)
class Figures:
    """Fields of the form for one group: how many were asked, and (once per doelgroep) how they were chosen."""

    title: str
    numbers: str
    chosen: str
    first: bool


@dataclass(frozen=True)
class Delivered:
    """Whose answers an upload holds. by_column: the doelgroepen come from a column, and are not asked for apart."""

    area: str
    gemeenten: tuple[str, ...]
    doelgroepen: tuple[str, ...]
    by_column: bool

    @property
    def several(self) -> bool:
        """Rows of more than one gemeente, each a delivery of its own."""
        return len(self.gemeenten) > 1 and not self.area.startswith("SV")

    def figures(self, house: House) -> list[Figures]:
        """The fields to show, one group after the other."""
        areas = self.gemeenten if self.several else ("",)
        return [
            Figures(
                ", ".join([*([doelgroep(who)] if self.by_column else []), *([house.name_of(area)] if area else [])]),
                "".join(f"-{part}" for part in (who, area) if part),
                f"-{who}" if who else "",
                area == areas[0],
            )
            for who in (self.doelgroepen if self.by_column else ("",))
            for area in areas
        ]


def areas_for(house: House, area: str, allowed: Iterable[str]) -> list[str]:
    """Gemeenten whose rows can go along: members of a verband, or every gemeente somebody may deliver for."""
    if area.startswith("SV"):
        return list(house.gemeenten[area].members)
    return sorted(code for code in allowed if code.startswith("GM"))


def asked_of(
    table: pa.Table, codebook: Codebook, house: House, area: str, areas: Sequence[str], at: int
) -> list[GroupsAsked]:
    """A question for each group column that says more than the one group of this delivery.

    table: under the codebook's names. areas: gemeenten whose rows may go along. at: number of the file.
    """
    means = {"gemeente": partial(_area_meant, house, areas), "doelgroep": partial(_doelgroep_meant, codebook)}
    options = {
        "gemeente": [(code, house.name_of(code)) for code in areas],
        "doelgroep": [(name, doelgroep(name)) for name in codebook.doelgroepen],
    }
    plain = {"gemeente": [area], "doelgroep": codebook.doelgroepen}
    asked = []
    for column in GROUPS:
        if column not in table.column_names or column not in codebook.rows:
            continue
        counts = _counts(table.column(column))
        one_group = len(counts) == 1 and next(iter(counts)) in plain[column]
        if counts and not one_group:
            asked.append(_asked(column, counts, means[column], options[column], at))
    return asked


def delivered(asked: Sequence[GroupsAsked], area: str, members: Sequence[str], said: Said) -> Delivered:
    """What was chosen so far."""
    chosen = {column: [one.said(said).values() for one in asked if one.column == column] for column in GROUPS}
    groups = {
        column: sorted({group for values in found for group in values} - {NOT_READ}) for column, found in chosen.items()
    }
    gemeenten = members if area.startswith("SV") else groups["gemeente"] or [area]
    return Delivered(area, tuple(gemeenten), tuple(groups["doelgroep"]), bool(chosen["doelgroep"]))


def check_said(asked: Sequence[GroupsAsked], told: Delivered, said: Said) -> None:
    """Raises InputRejected until every value means a group, and there is a group at all."""
    for one in asked:
        if one.problem:
            raise InputRejected(one.problem)
        meant = one.said(said)
        if len(meant) < len(one.values):
            raise InputRejected(
                _("zeg eerst bij elke waarde van de kolom {column} wat zij betekent", column=one.column)
            )
        if set(meant.values()) == {NOT_READ}:
            raise InputRejected(
                _("alle rijen zijn 'niet lezen'; kies welke rijen erbij horen, of kies een ander bestand")
            )


def manifest_fields(
    told: Delivered, house: House, who: str, said: Said, shown: Container[str], number: Callable[[str], int | str]
) -> dict[str, object]:
    """`gemeenten`, `verband`, `per_row` and `doelgroepen` of delivery.yaml.

    who: the doelgroep, where no column says it. shown: fields that were on the page. number: reads a typed number.
    """
    if not (told.doelgroepen or who):
        raise InputRejected(_("kies wie antwoord gaven"))
    if not told.gemeenten:
        raise InputRejected(_("de leden van dit verband staan niet in de lijst; vraag de beheerder die aan te vullen"))
    fields: dict[str, object] = {"gemeenten": list(told.gemeenten)}
    if told.area.startswith("SV"):
        fields["verband"] = {"code": told.area, "name": house.name_of(told.area)}
    if told.several:
        fields["per_row"] = True
    return fields | {
        "doelgroepen": {
            name: _figures(told, f"-{name}" if told.by_column else "", said, shown, number)
            for name in (told.doelgroepen if told.by_column else (who,))
        }
    }


def _figures(
    told: Delivered, group: str, said: Said, shown: Container[str], number: Callable[[str], int | str]
) -> dict[str, object]:
    def own(suffix: str) -> dict[str, object]:
        if suffix and f"gevraagd{suffix}" not in shown:
            raise InputRejected(_("vul hieronder ook in hoeveel mensen van elke groep zijn gevraagd"))
        return {"invited": number(said(f"gevraagd{suffix}")), "population": number(said(f"bevolking{suffix}"))}

    if not (way := said(f"steekproef{group}")):
        raise InputRejected(_("kies wie er is gevraagd"))
    if not told.several:
        return {**own(group), "steekproef": way}
    return {"steekproef": way, "per_gemeente": {area: own(f"{group}-{area}") for area in told.gemeenten}}


def _asked(
    column: str, counts: Mapping[str, int], means: Said, options: Sequence[tuple[str, str]], at: int
) -> GroupsAsked:
    if len(counts) > _MOST or max(map(len, counts)) > _LONGEST:
        return GroupsAsked(
            column, (), (), _("in de kolom {column} staan geen groepen; kies wat die kolom is", column=column)
        )
    values = tuple(
        ValueAsked(f"groep-{at}-{column}-{place}", value, counts[value], means(value))
        for place, value in enumerate(sorted(counts), start=1)
    )
    out = (NOT_READ, _("niet lezen: hoort niet bij deze aanlevering"))
    return GroupsAsked(column, values, (("", _("maak een keuze")), *options, out))


def _area_meant(house: House, areas: Sequence[str], value: str) -> str:
    """By code or by name; rows of a gemeente that somebody may not deliver for can only stay out."""
    named = {fold(one.name): code for code, one in house.gemeenten.items() if code.startswith("GM")}
    code = area_code(value)
    found = code if isinstance(code, str) and code in house.gemeenten else named.get(fold(value), "")
    return found if found in areas or not found else NOT_READ


def _doelgroep_meant(codebook: Codebook, value: str) -> str:
    folded = fold(value)
    return next((name for name in codebook.doelgroepen if folded in (name, fold(doelgroep(name)))), "")


def _counts(column: pa.ChunkedArray) -> dict[str, int]:
    trimmed = pc.utf8_trim_whitespace(pc.fill_null(column.cast(pa.string()), ""))
    return {one["values"]: one["counts"] for one in pc.value_counts(trimmed).to_pylist()}
