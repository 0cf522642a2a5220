"""The attack on shares of parts and wholes: the people behind an answer add up over groups, as the groups do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pyarrow as pa
import scipy.sparse as sp

from anonymisation.disclosure.attack.answers import ABOVE, possible_counts
from anonymisation.disclosure.attack.cells import Array, View, dimensions
from domain.release import TOTAL, Finding, Hierarchy, Key

MOST = 1e9
"""More people than any group holds."""
ROUNDS = 50
SMALLEST = 10


def attack_together(
    name: str, table: pa.Table, answers: Sequence[str], hierarchies: Sequence[Hierarchy], found: Mapping[Key, View]
) -> Iterator[Finding]:
    """Printed shares of one table that leave a single count once all groups are laid side by side.

    And closed groups that can be counted together, of which then (nearly) all turn out to have answered alike.
    """
    dims = [dim for dim in answers if dim in table.column_names]
    if len(dims) != 1 or not {"share", "bound", "step"} <= set(table.column_names):
        return
    groups, by = dimensions(table, answers, hierarchies)
    scopes: dict[Key, list[dict[str, object]]] = {}
    for row in table.to_pylist():
        scopes.setdefault(tuple(sorted((dim, str(row[dim])) for dim in by)), []).append(row)
    for scope, rows in scopes.items():
        yield from _of_scope(name, scope, rows, groups, dims[0], found[scope])


def _of_scope(
    name: str, scope: Key, rows: Sequence[Mapping[str, object]], groups: Sequence[str], answer: str, view: View
) -> Iterator[Finding]:
    said = {
        str(row[answer]): i for i, row in enumerate({str(r[answer]): r for r in rows if r[answer] != TOTAL}.values())
    }
    if not said:
        return
    base = np.where(np.array(view.low) == np.array(view.high), view.low, np.nan)
    sums, base = with_rests(list(view.sums), base)
    low = np.zeros((len(base), len(said)))
    high = np.repeat(np.nan_to_num(base, nan=MOST)[:, None], len(said), axis=1)
    shown: dict[tuple[int, int], Key] = {}
    for row in rows:
        key = tuple(sorted((dim, str(row[dim])) for dim in groups if row[dim] != TOTAL))
        at = view.index[key]
        if row[answer] == TOTAL or np.isnan(base[at]) or (row["share"] is None and row["bound"] is None):
            continue
        spot = (at, said[str(row[answer])])
        low[spot], high[spot] = possible_counts(row["share"], row["bound"], row["step"], int(base[at]))  # type: ignore[arg-type]
        shown[spot] = key
    open_ = low < high
    narrow(low, high, base, sums)
    for spot, key in shown.items():
        if open_[spot] and low[spot] >= high[spot]:
            where = ", ".join(f"{dim} {code}" for dim, code in (*scope, *key)) or "totaal"
            yield Finding("T6", name, where, "de aandelen van delen en geheel samen geven een exact aantal")
    if any(_alike(*ends) for ends in zip(low[view.size :], high[view.size :], base[view.size :], strict=True)):
        where = ", ".join(f"{dim} {code}" for dim, code in scope) or "totaal"
        yield Finding("T5", name, where, "een weggelaten rest van groepen gaf (bijna) allemaal hetzelfde antwoord")


def _alike(low: Array, high: Array, people: float) -> bool:
    """Whether an answer of a closed rest is known more surely than a printed group may show."""
    masked = possible_counts(None, ABOVE, None, int(people))[0]
    return bool(people >= SMALLEST and ((low > max(people - 2, masked)) | (low >= high)).any())


def with_rests(sums: Sequence[Sequence[int]], base: Array) -> tuple[list[Sequence[int]], Array]:
    """The sums, and those over the closed rest of every printed whole; base: people per group, NaN where closed.

    What is printed inside a closed group may stand beside what is printed outside it.
    """
    inside: dict[int, list[Sequence[int]]] = {}
    for whole, *parts in sums:
        inside.setdefault(whole, []).append(parts)
    more: list[Sequence[int]] = []
    people = base.tolist()
    for whole, *parts in sums:
        for own in dict.fromkeys((tuple(parts), *_laid_open(parts, inside, base))) if base[whole] >= SMALLEST else ():
            closed = [part for part in own if np.isnan(base[part])]
            open_ = [part for part in own if not np.isnan(base[part])]
            if closed and open_:
                more += [(whole, *open_, len(people)), (len(people), *closed)]
                people.append(base[whole] - sum(base[part] for part in open_))
    return [*sums, *more], np.array(people)


def _laid_open(
    parts: Sequence[int], inside: Mapping[int, Sequence[Sequence[int]]], base: Array
) -> list[tuple[int, ...]]:
    """The same people with closed groups written as what is in them: all of them along one dimension after another."""
    shut = [part for part in parts if np.isnan(base[part]) and part in inside]
    ways = max((len(inside[part]) for part in shut), default=0)
    found: list[tuple[int, ...]] = []
    for way in range(ways):
        finer = [inside[part][min(way, len(inside[part]) - 1)] if part in shut else [part] for part in parts]
        own = tuple(one for some in finer for one in some)
        found += [own, *_laid_open(own, inside, base)]
    return found


def narrow(low: Array, high: Array, base: Array, sums: Sequence[Sequence[int]], good: Sequence[int] = ()) -> None:
    """Tighten what is possible by all sums at once, until it rests.

    base: people per group of which all answers are known to be one each, else NaN. sums: whole first, then its parts.
    good: answers of which the last column is the count together.
    """
    lengths = [len(entry) - 1 for entry in sums]
    part = np.array([at for entry in sums for at in entry[1:]], dtype=np.int64)
    of, whole = np.repeat(np.arange(len(sums)), lengths), np.array([entry[0] for entry in sums], dtype=np.int64)
    adds = sp.csr_matrix((np.ones(len(part)), (of, part)), shape=(len(sums), len(base)))
    known = ~np.isnan(base)
    for _ in range(ROUNDS):
        was = float(high.sum() - low.sum())
        least, most = low[known].copy(), high[known].copy()
        _within(least, most, base[known], list(good))
        low[known], high[known] = least, most
        under, over = adds @ low, adds @ high
        np.minimum.at(high, part, (high[whole] - under)[of] + low[part])
        np.maximum.at(low, part, (low[whole] - over)[of] + high[part])
        np.maximum.at(low, whole, under)
        np.minimum.at(high, whole, over)
        if float(high.sum() - low.sum()) == was:
            return


def _within(low: Array, high: Array, n: Array, good: list[int]) -> None:
    """One answer each: all answers are everybody; the good ones are the last column, the others all but these."""
    answers = list(range(low.shape[1] - (1 if good else 0)))
    spans = [(answers, n, n)]
    if good:
        bad = [at for at in answers if at not in good]
        low[:, -1] = np.maximum(low[:, -1], np.maximum(low[:, good].sum(axis=1), n - high[:, bad].sum(axis=1)))
        high[:, -1] = np.minimum(high[:, -1], np.minimum(high[:, good].sum(axis=1), n - low[:, bad].sum(axis=1)))
        spans += [(good, low[:, -1].copy(), high[:, -1].copy()), (bad, n - high[:, -1], n - low[:, -1])]
    for which, least, most in spans:
        mine, top = low[:, which], high[:, which]
        low[:, which] = np.maximum(mine, (least - top.sum(axis=1))[:, None] + top)
        high[:, which] = np.minimum(top, (most - mine.sum(axis=1))[:, None] + mine)
