"""What a release is made of: tables, hierarchies, rules, history, and what an attacker could learn of it.

Only words and their invariants live here; the work is done in `anonymisation.disclosure`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from domain.certificate import Certificate, ClosedCells
from domain.errors import PolicyRefused
from domain.vocabulary import TOTAAL

if TYPE_CHECKING:
    import pyarrow as pa

TOTAL = TOTAAL
"""The code of a computed total, in every dimension."""

MINIMUM = 10
FLOOR = 5
"""No policy goes lower, and 5 only for tables that stay inside the gemeente."""

INDICATIVE_BELOW = 30


class Status(StrEnum):
    """What the outside sees of a cell; primary and secondary suppression look the same."""

    PUBLISHED = "published"
    INDICATIVE = "indicative"
    SUPPRESSED = "suppressed"
    NOT_COMPARABLE = "not_comparable"


class Reason(StrEnum):
    """Why a cell is closed: for the officer's evidence and the release history, never in a published table."""

    SMALL = "T1"
    UNANIMOUS = "T5"
    DOMINANCE = "T7"
    BENCHMARK = "T8"
    HISTORY = "T10"
    RELAXED = "T15"
    NON_RESPONSE = "T16"
    MERGED = "merged"
    WITHHELD = "withheld"
    SECONDARY = "secondary"

    @property
    def primary(self) -> bool:
        """The cell is closed for its own sake, or may be: of what was left out nobody wrote down why."""
        return self not in (Reason.HISTORY, Reason.MERGED, Reason.SECONDARY)


@dataclass(frozen=True)
class Hierarchy:
    """Which code of a dimension falls under which parent; a code without parent falls under `TOTAAL`.

    Two hierarchies of one dimension are two bandings of the same people: their common codes are the atoms.
    """

    dimension: str
    parents: Mapping[str, str]

    def __post_init__(self) -> None:
        object.__setattr__(self, "parents", MappingProxyType(dict(self.parents)))
        for code in self.parents:
            self._climb(code)

    def _climb(self, code: str) -> None:
        seen = {code}
        while code in self.parents:
            code = self.parents[code]
            if code in seen:
                raise PolicyRefused(
                    f"indeling van {self.dimension!r}: codes lopen in een kring; geef elke code één groep erboven"
                )
            seen.add(code)


@dataclass(frozen=True)
class TableLayout:
    """How to read one table of a release.

    groups: dimensions that say who you are; totals are computed over them.
    answers: dimensions that say what you said; published as shares of the base, never as counts.
    by: dimensions that are never totalled (question, meting): every value stands on its own respondents.
    area: the group dimension whose totals stay open (default: the first group).
    sensitive: the answers are art. 9 data: (nearly) unanimous groups are closed, not masked.
    grain: what `n` counts; for the certificate.
    """

    name: str
    groups: tuple[str, ...]
    answers: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    area: str | None = None
    sensitive: bool = False
    grain: str = "mensen die antwoordden"

    def __post_init__(self) -> None:
        dims = (*self.groups, *self.answers, *self.by)
        if not self.groups or len(set(dims)) != len(dims):
            raise PolicyRefused(
                f"tabel {self.name!r}: er is ten minste één kolom met groepen nodig, en elke kolom één keer"
            )
        if self.area is not None and self.area not in self.groups:
            raise PolicyRefused(f"tabel {self.name!r}: het gebied is een van de kolommen met groepen; kies er een")

    @property
    def area_dimension(self) -> str:
        """The dimension whose own totals are forced open."""
        return self.area or self.groups[0]


@dataclass(frozen=True)
class TableSpec:
    """The layouts of all tables of a release, in the order of the tables, and the approved hierarchies."""

    tables: tuple[TableLayout, ...]
    hierarchies: tuple[Hierarchy, ...] = ()

    def __post_init__(self) -> None:
        names = [layout.name for layout in self.tables]
        if not names or len(set(names)) != len(names):
            raise PolicyRefused("er is ten minste één tabel nodig, en elke tabel heeft een eigen naam")


@dataclass(frozen=True)
class Rules:
    """The thresholds of one approved policy; floors are enforced here and cannot be configured away.

    merges: dimensions whose categories may be merged upwards along their hierarchy before anything is suppressed.
    merge_from: merge siblings when at least this share of the non-empty ones is small.
    coalition: largest number of respondents who together know their own cell (T4); None: every cell below the
        minimum is known to those who are in it.
    insider_dimension: holders of the rows of one code (a gemeente) who know all their own cells (T8).
    exact_up_to: tables of at most this many cells are solved to the exact optimum (0 = never).
    """

    minimum: int = MINIMUM
    internal: bool = False
    min_support: int = 3
    dominance_share: float = 0.5
    min_contributors: int = 3
    unanimous_share: float = 0.9
    merges: tuple[str, ...] = ()
    merge_from: float = 0.5
    coalition: int | None = None
    insider_dimension: str | None = None
    exact_up_to: int = 0
    solver_seconds: float = 60.0

    def __post_init__(self) -> None:
        if self.minimum < self.lowest:
            raise PolicyRefused(
                f"een minimum van {self.minimum} mensen is lager dan {self.lowest}; {FLOOR} is de ondergrens, "
                "en alleen voor "
                "tabellen die binnen de gemeente blijven"
            )
        if self.min_contributors < 3 or not 0 < self.dominance_share <= 0.5:
            raise PolicyRefused(
                "een vergelijking rust op ten minste 3 gemeenten, en geen is meer dan de helft; dat kan niet losser"
            )
        if self.min_support < 3 or not 0.5 <= self.unanimous_share <= 0.9 or self.knowing < 1:
            raise PolicyRefused("min_support onder 3, unanimous_share boven 90 % of coalition onder 1 mag niet")

    @property
    def lowest(self) -> int:
        """The minimum below which no policy goes, for who reads these tables."""
        return FLOOR if self.internal else MINIMUM

    @property
    def knowing(self) -> int:
        """Size up to which the people in a cell are taken to know its count."""
        return self.minimum - 1 if self.coalition is None else self.coalition


Key = tuple[tuple[str, str], ...]
"""A group of people: sorted (dimension, code) pairs, totals left out; the same key is the same group everywhere."""


@dataclass(frozen=True, slots=True)
class EarlierCell:
    """One cell of an earlier release, with what happened to its people since.

    scope: the respondents it counts: "dimension=value|…" of the dimensions that are never totalled, sorted.
    n: what was printed, None when it was suppressed.
    delta_in, delta_out: persons who came into or left this cell since then (counters of the register).
    people: the gemeenten it adds up, where others do so now: the same text is the same gemeenten. Empty: those of now.
    primary: closed for its own sake; that 0 and k are possible must hold in every later release too.
    """

    release: str
    table: str
    scope: str
    key: Key
    n: int | None
    status: Status
    minimum: int
    delta_in: int = 0
    delta_out: int = 0
    primary: bool = False
    people: str = ""

    @property
    def unchanged(self) -> bool:
        """Nobody came in and nobody left, and no gemeente joined or went."""
        return self.delta_in == 0 and self.delta_out == 0 and not self.people

    def settled(self, minimum: int) -> bool:
        """Persons in and persons out are each nobody, or enough to hide in.

        A gemeente that joins or goes as a whole is no part of this: all its cells stand in one of both releases, so
        that the difference is protected as they are.
        """
        return all(delta == 0 or delta >= minimum for delta in (self.delta_in, self.delta_out))

    def standing(self) -> EarlierCell:
        """The same as if one person came and one left, so that it stays as it was printed."""
        return replace(self, delta_in=1, delta_out=1)


@dataclass(frozen=True)
class History:
    """Everything published before that touches these people; all audiences count as one."""

    cells: tuple[EarlierCell, ...] = ()

    @classmethod
    def none(cls) -> History:
        """Nothing was published before."""
        return cls()

    def of_scope(self, scope: str) -> Sequence[EarlierCell]:
        """The cells of one scope, in the order in which they were published."""
        return self._scopes.get(scope, ())

    @cached_property
    def _scopes(self) -> Mapping[str, Sequence[EarlierCell]]:
        found: dict[str, list[EarlierCell]] = {}
        for cell in self.cells:
            found.setdefault(cell.scope, []).append(cell)
        return found

    def standing(self, scopes: Collection[str]) -> History:
        """This history, in which the cells of some scopes stay as they were printed."""
        return History(tuple(cell.standing() if cell.scope in scopes else cell for cell in self.cells))

    def joined(self, cells: Iterable[EarlierCell]) -> History:
        """This history with more cells behind it."""
        return History((*self.cells, *cells))


@dataclass(frozen=True)
class Finding:
    """One thing an attacker could learn; `where` names cells, never a value of a person."""

    threat: str
    table: str
    where: str
    learned: str


@dataclass(frozen=True)
class AuditReport:
    """What an outsider could and could not learn from a release.

    minimum: the least that any of its groups had to hold. intervals: how many suppressed groups there are, and for how
    many k is possible. incidence: fingerprint of the sums between the groups. closed: per table what follows about each
    closed cell. All are recomputed from the published tables alone. certified: a certificate lay beside them, so that
    changes would have been seen.
    """

    minimum: int
    cells: int
    suppressed: int
    intervals: Mapping[str, int]
    findings: tuple[Finding, ...]
    attacks: tuple[str, ...]
    incidence: str = ""
    closed: tuple[ClosedCells, ...] = ()
    certified: bool = False

    @property
    def safe(self) -> bool:
        """Nothing forbidden was learned."""
        return not self.findings


@dataclass(frozen=True)
class Protected:
    """A release that may go to the second person: tables, certificate, and the officer's evidence.

    tables: dims…, n (NULL when suppressed), status; with answer dimensions also share and step.
    evidence: table, cell, reason; stays with the officer.
    reprinted: scopes that stay as an earlier release printed them: no news for the release history.
    """

    tables: tuple[pa.Table, ...] = field(repr=False)
    certificate: Certificate
    audit: AuditReport
    evidence: pa.Table = field(repr=False)
    officer_summary: str
    reprinted: frozenset[str] = frozenset()
