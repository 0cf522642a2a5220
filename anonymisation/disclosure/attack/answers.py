"""The attack on answers: turn printed shares back into counts, and look for groups that all said the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor
from typing import Any

import pyarrow as pa

from domain.release import TOTAL, Finding

ABOVE, BELOW = ">90", "<10"
Line = tuple[tuple[str, str], ...]
"""Columns and codes of a group."""


@dataclass
class Group:
    """What a table prints of the answers of one group: how many people, and a row per answer."""

    n: int | None = None
    answers: dict[tuple[str, ...], Mapping[str, Any]] = field(default_factory=dict)

    def spans(self) -> dict[tuple[str, ...], tuple[int, int]]:
        """Lowest and highest count behind every answer; `n` is known."""
        n = self.n or 0
        own = [possible_counts(row.get("share"), row.get("bound"), row.get("step"), n) for row in self.answers.values()]
        return dict(zip(self.answers, own, strict=True))


def groups_of(table: pa.Table, answers: Sequence[str]) -> dict[Line, Group]:
    """Per group what is printed of its answers; none where the table has no answers or no shares."""
    dims = [dim for dim in answers if dim in table.column_names]
    found: dict[Line, Group] = {}
    figures = {"n", "status", "share", "bound", "step", *dims}
    for row in table.to_pylist() if dims and "share" in table.column_names else ():
        key = tuple((column, str(row[column])) for column in table.column_names if column not in figures)
        group, answer = found.setdefault(key, Group()), tuple(row[dim] for dim in dims)
        if all(code == TOTAL for code in answer):
            group.n = row["n"]
        else:
            group.answers[answer] = row
    return found


def attack_answers(name: str, table: pa.Table, answers: Sequence[str]) -> Iterator[Finding]:
    """Findings in one published table with an answer dimension and shares."""
    for key, group in groups_of(table, answers).items():
        for row in group.answers.values():
            if row["n"] is not None:
                yield Finding("T6", name, line_text(key), "een aantal achter een antwoord staat er zelf")
        if group.n is not None:
            yield from _of_group(name, line_text(key), group.n, group)


def line_text(key: Line) -> str:
    """A group in words."""
    return ", ".join(f"{dim} {code}" for dim, code in key)


def _of_group(name: str, where: str, n: int, group: Group) -> Iterator[Finding]:
    spans = list(group.spans().values())
    if any(low > high for low, high in spans):
        yield Finding("T13", name, where, "een getoond aandeel past niet bij de getoonde groep")
        return
    spans = tightened(spans, n)
    for (low, high), row in zip(spans, group.answers.values(), strict=True):
        if row.get("share") is not None and low == high:
            yield Finding("T6", name, where, "een aandeel is terug te rekenen tot een exact aantal")
        if row.get("share") is not None and (10 * low > 9 * n or n - low < 2):
            yield Finding("T5", name, where, "(bijna) iedereen in deze groep gaf hetzelfde antwoord")


def possible_counts(share: Any, bound: str | None, step: int | None, n: int) -> tuple[int, int]:
    """Lowest and highest count that can be behind what is printed; (1, 0) when there is none.

    With a step the attacker knows our way of rounding; without one he takes the last printed digit.
    """
    if share is None and bound is None:
        return 0, n
    if step is None and share is not None:
        unit, value = unit_of(share), Fraction(str(share))
        return max(0, ceil((value - unit / 2) * n / 100)), min(n, floor((value + unit / 2) * n / 100))
    return _behind(None, bound, 1, n) if share is None else _behind(int(share), None, step or 1, n)


@lru_cache(maxsize=65_536)
def _behind(printed: int | None, bound: str | None, step: int, n: int) -> tuple[int, int]:
    """The same for a share in steps of our own, or a bound."""
    edges = [0, n // 10, 9 * n // 10, n]
    if printed is None:
        fitting = [count for count in _around(edges, n) if _masked(count, n) == bound]
    else:
        steps = [(2 * printed + odd * step) * n // 200 for odd in (-3, -1, 1, 3)]
        fitting = [count for count in _around([*edges, *steps], n) if _prints_as(count, n, step) == printed]
    return (fitting[0], fitting[-1]) if fitting else (1, 0)


def _around(borders: Sequence[int], n: int) -> list[int]:
    """Counts within two of a border: what prints differs only there, so that no other count can be first or last."""
    near = {count for border in borders for count in range(border - 2, border + 3)}
    return sorted(count for count in near if 0 <= count <= n)


def _masked(count: int, n: int) -> str | None:
    if 10 * count > 9 * n or n - count < 2:
        return ABOVE
    return BELOW if 10 * (n - count) > 9 * n or count < 2 else None


def _half_up(count: int, n: int, step: int) -> int | None:
    return None if _masked(count, n) else step * ((200 * count + step * n) // (2 * step * n))


def _prints_as(count: int, n: int, step: int) -> int | None:
    """Our rounding, written down a second time: half-up, and lonely values one step to the middle."""
    value = _half_up(count, n, step)
    if value is None or value in (_half_up(count - 1, n, step), _half_up(count + 1, n, step)):
        return value
    return value + (step if value < 50 else -step)


def unit_of(share: Any) -> Fraction:
    """The unit of the last printed digit."""
    digits = str(share)
    return Fraction(1, 10 ** len(digits.split(".")[1])) if "." in digits and not digits.endswith(".0") else Fraction(1)


def tightened(spans: Sequence[tuple[int, int]], n: int) -> list[tuple[int, int]]:
    """What the other answers of the same group tell, because together they are n."""
    lows, highs = sum(low for low, _ in spans), sum(high for _, high in spans)
    return [(max(low, n - (highs - high)), min(high, n - (lows - low))) for low, high in spans]


def possible_points(value: Any, label: str | None, step: Any, n: int, bottom: float, top: float) -> tuple[float, float]:
    """Lowest and highest sum of answers behind a printed mean, counted from the low end of the scale.

    A mean near an end is a label; the sum beside such a label may stand one step nearer to the middle.
    """
    every = (top - bottom) * n
    edge = max(2.0, n / 10)
    if value is None:
        if label is None:
            return 0.0, every
        return (every - ceil(edge) + 1, every) if "hoogste" in label else (0.0, ceil(edge) - 1.0)
    unit = Fraction(str(step)) if step else unit_of(value)
    middle = (Fraction(str(value)) - Fraction(str(bottom))) * n
    low, high = ceil(middle - unit * n / 2), ceil(middle + unit * n / 2) - 1
    first, last = ceil(edge), every - ceil(edge)
    if step and low - first == 1:
        low -= 1
    if step and last - high == 1:
        high += 1
    return max(float(low), float(first)), min(float(high), float(last))
