"""What a release prints of one question: lines of areas with what their people answered, and figures as printed."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple


@dataclass(frozen=True)
class AreaLine:
    """The people in one area, or in one group of a breakdown there, who answered a question.

    leaves: the delivering areas it adds up, itself for one of these. kind: lines of one kind share no leaves.
    n: None where readers do not know it. people: the real number, also where it is closed.
    group: nothing for everybody, else the breakdown, its coarser groups and the group itself, as in
    ("leeftijd", "18-64", "18-44"); all groups of a breakdown together are everybody.
    """

    area: str
    kind: str
    leaves: frozenset[str]
    n: int | None
    people: int = field(repr=False)
    sensitive: bool
    group: tuple[str, ...]


@dataclass(frozen=True)
class AnswerLine(AreaLine):
    """What they answered.

    counts: per answer, in one order for all lines of a question; of a group of a breakdown the positive ones and the
    others. single: everybody gave one answer; otherwise one or more.
    positive: per answer whether it counts in the share of positive answers that is printed too.
    """

    counts: tuple[int, ...] = field(repr=False)
    single: bool = True
    positive: tuple[bool, ...] = ()


@dataclass(frozen=True)
class MeanLine(AreaLine):
    """The numbers they gave, added up; low, high: the ends of the scale."""

    total: Decimal = field(repr=False)
    low: int
    high: int


@dataclass(frozen=True)
class PrintedFigure:
    """A share or mean as a file prints it: of n people, a value in steps, or a bound."""

    n: int
    value: float | None
    step: float | None
    bound: str | None


@dataclass(frozen=True)
class WeightedLine:
    """A line of an area with weights: everybody, or a group of a breakdown.

    group: as of an `AreaLine`. n: its people. weights: a weight and how many have it; all others weigh 1.
    plain, weighted: what is printed of it, None where nothing is.
    """

    group: tuple[str, ...]
    n: int
    weights: tuple[tuple[Decimal, int], ...]
    plain: PrintedFigure | None
    weighted: PrintedFigure | None = None


@dataclass(frozen=True)
class PrintedLine(AreaLine):
    """Everything that a release prints of one question in one area.

    figures: per answer, in one order for all lines of both releases, and of the positive ones together at the end; of a
    question with a mean only that, and of a group of a breakdown only the last. None where nothing is printed.
    """

    figures: tuple[PrintedFigure | None, ...]


class People(NamedTuple):
    """Who is counted: of a question (or who took part), in an area and group, and whose people it had then."""

    question: str
    area: str
    group: tuple[str, ...]
    whose: Hashable


@dataclass(frozen=True)
class PrintedPeople:
    """How many people one release prints of a question, or (without a question) of who took part.

    n: per area and group (as of an `AreaLine`) the number, None where it is closed; what has no place has nobody.
    small: closed places with somebody, and fewer than the minimum.
    whose: per area whose people it has, where that is not the same in every release: the same words, the same people.
    earlier: an earlier release printed it, so it stays printed.
    """

    question: str
    n: Mapping[tuple[str, tuple[str, ...]], int | None]
    small: frozenset[tuple[str, tuple[str, ...]]] = field(default=frozenset(), repr=False)
    whose: Mapping[str, Hashable] = field(default_factory=dict)
    earlier: bool = False

    @cached_property
    def people(self) -> Mapping[tuple[str, tuple[str, ...]], People]:
        """Who is counted in each place."""
        return {(area, group): People(self.question, area, group, self.whose.get(area)) for area, group in self.n}
