"""What the marts are built from: checked records with their rules, and the areas of the Netherlands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from domain.delivery import DoelgroepFigures, Meting
from domain.errors import ReleaseRefused
from domain.instruments import Codebook
from domain.policy import Policy
from domain.records import CheckedRecords
from storage.gemeenten import Gemeente

LAND = "NL"
LAND_NAME = "Nederland (deelnemende gemeenten)"
PROVINCES = {
    "Groningen": "PV20", "Fryslân": "PV21", "Drenthe": "PV22", "Overijssel": "PV23", "Flevoland": "PV24",
    "Gelderland": "PV25", "Utrecht": "PV26", "Noord-Holland": "PV27", "Zuid-Holland": "PV28", "Zeeland": "PV29",
    "Noord-Brabant": "PV30", "Limburg": "PV31",
}  # fmt: skip


@dataclass(frozen=True)
class MartSource:
    """One checked delivery with everything that says how it may be counted."""

    records: CheckedRecords
    codebook: Codebook
    policy: Policy
    figures: DoelgroepFigures
    meting: Meting

    def __post_init__(self) -> None:
        if self.records.codebook != self.codebook.reference:
            raise ReleaseRefused(
                f"{self.records.key}: gelezen met een ander codeboek dan nu is gegeven; lever opnieuw aan"
            )


@dataclass(frozen=True)
class Benchmark:
    """A named group of gemeenten that is compared with as a whole."""

    code: str
    name: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """Where a gemeente counts: its provincie and the code of its verband, empty for none; with their names."""

    name: str
    province: str
    verband: str = ""
    verband_name: str = ""

    @property
    def areas(self) -> tuple[str, str]:
        """What it is added up to, whatever that is called."""
        return self.province, self.verband

    def __str__(self) -> str:
        return " en ".join(filter(None, (self.province, self.verband_name))) or "geen provincie of verband"


@dataclass(frozen=True)
class AreaBook:
    """All areas a release may name: gemeenten and verbanden by code, and benchmarks.

    A provincie gets its CBS code; a name that is none of the twelve gets PV90 and up.
    """

    gemeenten: Mapping[str, Gemeente]
    benchmarks: tuple[Benchmark, ...] = ()

    @cached_property
    def provinces(self) -> dict[str, str]:
        """Name of a provincie -> code."""
        named = {gemeente.province for gemeente in self.gemeenten.values() if gemeente.province}
        made_up = {name: f"PV{90 + place}" for place, name in enumerate(sorted(named - set(PROVINCES)))}
        return {name: PROVINCES.get(name) or made_up[name] for name in sorted(named)}

    @cached_property
    def names(self) -> dict[str, tuple[str, str]]:
        """Code -> (name, kind) of every area."""
        found = {LAND: (LAND_NAME, "land")}
        found |= {code: (name, "provincie") for name, code in self.provinces.items()}
        found |= {code: (one.name, _kind(code)) for code, one in self.gemeenten.items()}
        return found | {benchmark.code: (benchmark.name, "benchmark") for benchmark in self.benchmarks}

    @cached_property
    def verband_of(self) -> dict[str, str]:
        """GM-code -> SV-code of the verband it is a member of."""
        return {member: code for code, one in self.gemeenten.items() for member in one.members}

    def parents(self) -> list[tuple[str, str]]:
        """(leaf area, area above it), without the country: every area lies in it."""
        pairs = [(code, self.provinces[one.province]) for code, one in self.gemeenten.items() if one.province]
        pairs += list(self.verband_of.items())
        return pairs + [(code, benchmark.code) for benchmark in self.benchmarks for code in benchmark.members]

    def same_people(self) -> list[tuple[str, str]]:
        """The same, and (gemeente, the one that it became part of): a delivery of that one is about its people too."""
        after = {code: one.successor for code, one in self.gemeenten.items() if one.successor}
        return self.parents() + [(code, later) for code in after for later in _chain(code, after)]

    def places(self, areas: Iterable[str]) -> dict[str, Place]:
        """Where gemeenten count, and where the members of verbanden do."""
        found = [self.gemeenten[area] for area in sorted(areas) if area in self.gemeenten]
        codes = {one.code for one in found if not one.members} | {code for one in found for code in one.members}
        return {code: self._place(self.gemeenten[code]) for code in sorted(codes & self.gemeenten.keys())}

    def _place(self, one: Gemeente) -> Place:
        verband = self.verband_of.get(one.code, "")
        return Place(one.name, one.province, verband, self.gemeenten[verband].name if verband else "")

    def placed(self, then: Mapping[str, Place]) -> AreaBook:
        """This book with some gemeenten where they counted before; also those, and verbanden, that it does not know."""
        old = {place.verband: Gemeente(place.verband, place.verband_name, "") for place in then.values()}
        old |= {code: Gemeente(code, place.name, place.province) for code, place in then.items()}
        every = {code: one for code, one in old.items() if code} | dict(self.gemeenten)
        mine = {code: self._with(one, then) for code, one in every.items()}
        return replace(self, gemeenten=mine) if then else self

    def _with(self, one: Gemeente, then: Mapping[str, Place]) -> Gemeente:
        if one.code in then:
            return replace(one, province=then[one.code].province)
        stayed = [code for code in one.members if code not in then]
        return replace(one, members=(*stayed, *(code for code, place in then.items() if place.verband == one.code)))

    def check(self, areas: Iterable[str]) -> None:
        """Raise ReleaseRefused for an area that is not in the book."""
        if unknown := sorted(set(areas) - set(self.names)):
            what = f"onbekende gemeente of verband: {', '.join(unknown)}"
            raise ReleaseRefused(
                f"{what}; vul de lijst aan met 'toegangspeil gemeenten import'",
                on_screen=f"{what}; laat de beheerder van de verwerking de lijst aanvullen",
            )


def _chain(code: str, after: Mapping[str, str]) -> list[str]:
    found: list[str] = []
    while (code := after.get(code, "")) and code not in found:
        found.append(code)
    return found


def _kind(code: str) -> str:
    return "verband" if code.startswith("SV") else "gemeente"
