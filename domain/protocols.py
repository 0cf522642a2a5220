"""What one package asks of a sibling it may not import: handed over as an argument by pipelines or portal.

A module is a fine implementation: pass `anonymisation.disclosure.answers.rules` where `AnswerRules` is asked.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal, Protocol

from domain.printed import AnswerLine, MeanLine, PrintedFigure, PrintedLine, PrintedPeople, WeightedLine
from domain.release import Status

Design = Literal["allen", "aselect", "open_link", "gericht"]


class ShareLike(Protocol):
    """A share as it may be printed: a value in steps, or a bound, or nothing."""

    @property
    def value(self) -> int | None: ...
    @property
    def step(self) -> int | None: ...
    @property
    def bound(self) -> Literal[">90", "<10"] | None: ...
    @property
    def status(self) -> Status: ...


class MeanLike(Protocol):
    """A mean as it may be printed."""

    @property
    def value(self) -> Decimal | None: ...
    @property
    def step(self) -> Decimal | None: ...
    @property
    def bound(self) -> Literal["near_max", "near_min"] | None: ...
    @property
    def status(self) -> Status: ...


class AnswerRules(Protocol):
    """How answers are printed (design.md, "Groups and answers"); the warehouse never rounds by itself."""

    def publish_share(
        self, count: int | Fraction, n: int, sensitive: bool, *, minimum: int = ..., finest: int = ...
    ) -> ShareLike: ...

    def publish_distribution(
        self,
        counts: Sequence[int],
        sensitive: bool,
        *,
        minimum: int = ...,
        finest: int = ...,
        positive: Sequence[bool] = ...,
    ) -> Sequence[ShareLike]: ...

    def finest_steps(self, lines: Sequence[AnswerLine], *, minimum: int = ...) -> Sequence[int]: ...

    def tells_apart(self, was: PrintedFigure, now: PrintedFigure, scale: tuple[int, int] | None = ...) -> bool: ...

    def many_swapped(
        self, was: PrintedFigure, now: PrintedFigure, scale: tuple[int, int] | None = ..., *, minimum: int = ...
    ) -> bool: ...

    def told_by_parts(
        self,
        whole: str,
        releases: Sequence[Mapping[str, PrintedFigure]],
        closed: Collection[int] = ...,
        scale: tuple[int, int] | None = ...,
        *,
        minimum: int = ...,
    ) -> set[tuple[Any, ...]]: ...

    def tells_together(
        self,
        earlier: Sequence[Sequence[PrintedLine]],
        now: Sequence[PrintedLine],
        scale: tuple[int, int] | None = ...,
        *,
        positive: Sequence[int] = ...,
        single: bool = ...,
        said: Sequence[Sequence[float]] = ...,
    ) -> set[int]: ...

    def finest_mean_steps(self, lines: Sequence[MeanLine], *, minimum: int = ...) -> Sequence[int]: ...

    def publish_mean(
        self,
        total: int | Fraction | Decimal,
        n: int,
        lo: int,
        hi: int,
        *,
        sensitive: bool = ...,
        minimum: int = ...,
        finest: int = ...,
    ) -> MeanLike: ...

    def judged_with(self, group: tuple[str, ...], shown: Collection[tuple[str, ...]]) -> bool: ...

    def publish_weighted_share(
        self,
        positive: Fraction,
        line: WeightedLine,
        sensitive: bool,
        *,
        minimum: int = ...,
        finest: int = ...,
        parts: Sequence[WeightedLine] = ...,
    ) -> ShareLike: ...

    def publish_weighted_mean(
        self,
        total: Fraction,
        line: WeightedLine,
        lo: int,
        hi: int,
        *,
        sensitive: bool = ...,
        minimum: int = ...,
        finest: int = ...,
        parts: Sequence[WeightedLine] = ...,
    ) -> MeanLike: ...

    def interval(
        self, value: int | Decimal, n: int, design: Design, *, scale: tuple[int, int] | None = ...
    ) -> tuple[Decimal, Decimal] | None: ...

    def base_band(self, n: int) -> str | None: ...

    def band_floor(self, band: str) -> int: ...

    def journeys_band(self, n_journeys: int, *, pooled: bool = ...) -> str | None: ...

    def theme_label(self, n_people: int, n_journeys: int, *, min_support: int = ...) -> str: ...

    def curve_label(self, pos: int, neu: int, neg: int) -> str: ...

    def panel_label(self, for_: int, against: int) -> str: ...

    def pool_share(
        self,
        people: Mapping[str, int],
        journeys: Mapping[str, int],
        labels: Mapping[str, str],
        *,
        minimum: int = ...,
        min_support: int = ...,
        rare: bool = ...,
    ) -> ShareLike | None: ...

    def pool_curve(
        self, moods: Mapping[str, tuple[int, ...]], labels: Mapping[str, str], *, minimum: int = ...
    ) -> Sequence[ShareLike] | None: ...

    def beside_who_took_part(
        self, prints: Sequence[PrintedPeople], holds: Mapping[str, frozenset[str]], *, minimum: int = ...
    ) -> Sequence[PrintedPeople]: ...

    def gemeenten_met(self, labels: Mapping[str, str]) -> tuple[int, int] | None: ...
