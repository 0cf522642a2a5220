"""The attack on two outcomes of `protect` on data that changed in between: who came or left, by subtraction.

Where nothing that both print changed, both tell about the same people, and are attacked as one problem. Elsewhere the
numbers are subtracted, and what they leave of a sum: neither may have changed by a few people. Shares of one line are
laid side by side too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pyarrow as pa

from anonymisation.disclosure.attack.answers import groups_of, line_text
from anonymisation.disclosure.attack.cells import View, views
from anonymisation.disclosure.attack.intervals import NEAR, puzzle_of
from anonymisation.disclosure.attack.steps import learned
from anonymisation.disclosure.auditor import audit
from anonymisation.disclosure.naming import scope_name
from domain.release import TOTAL, EarlierCell, Finding, Hierarchy, History, Key, Rules, Status

Tables = Mapping[str, pa.Table]


def attack_earlier(
    now: Tables,
    then: Tables,
    hierarchies: Sequence[Hierarchy],
    rules: Rules,
    answers: Sequence[str],
    name: str,
    *,
    bands: Mapping[str, tuple[float, float]] | None = None,
) -> list[Finding]:
    """What the earlier tables tell beside those of now. name: of the earlier outcome. The rest as in `audit`.

    Raises CannotCheck when the printed sums contradict each other.
    """
    before = views(then, hierarchies, answers, bands)
    findings: list[Finding] = []
    same: list[EarlierCell] = []
    for scope, view in sorted(views(now, hierarchies, answers, bands).items()):
        if scope in before:
            change = _changes(view, before[scope])
            if any(change.values()):
                findings += _few(scope, view, before[scope], change, rules.minimum)
            else:
                same += _cells(scope, before[scope], name, rules.minimum)
    for title in sorted(now.keys() & then.keys()):
        findings += _said(title, now[title], then[title], answers, rules.minimum)
    if same:
        titles, tables = list(now), list(now.values())
        report = audit(tables, hierarchies, rules, History(tuple(same)), names=titles, answers=answers, bands=bands)
        findings += report.findings
    return findings


def _said(title: str, now: pa.Table, then: pa.Table, answers: Sequence[str], minimum: int) -> Iterator[Finding]:
    """What shares of one table tell beside those of an earlier one of the same columns.

    As many people are taken to be the same people; with more or fewer, those who came or left are a group. A difference
    of a few people is found by their number.
    """
    if set(now.column_names) != set(then.column_names):
        return
    before = groups_of(then.select(now.column_names), answers)
    for key, group in groups_of(now, answers).items():
        was = before.get(key)
        if was is None or was.n is None or group.n is None or 0 < abs(group.n - was.n) < minimum:
            continue
        here, there = group.spans(), was.spans()
        people = [was.n, group.n]
        for answer in sorted(here.keys() & there.keys()):
            told = learned([there[answer], here[answer]], people, people, minimum)
            if told:
                where = ", ".join((line_text(key), *(str(code) for code in answer)))
                yield Finding(told[0], title, where, told[1])


def _changes(now: View, then: View) -> dict[Key, float]:
    """Per group that both tell, printed or as the only unknown of a sum, how many more it has become."""
    one, other = puzzle_of(now).known, puzzle_of(then).known
    both = [(key, now.index[key], then.index[key]) for key in now.index if key in then.index]
    exact = [
        pair for pair in both if one.low[pair[1]] == one.high[pair[1]] and other.low[pair[2]] == other.high[pair[2]]
    ]
    return {key: float(one.low[a] - other.low[b]) for key, a, b in exact}


def _exact(view: View, place: int) -> bool:
    return view.low[place] == view.high[place]


def _few(scope: Key, now: View, then: View, change: Mapping[Key, float], minimum: int) -> Iterator[Finding]:
    """Groups, and closed rests of sums, that changed by somebody, but by fewer people than the minimum."""
    keys = list(now.index)
    value = np.array([change.get(key, np.nan) for key in keys])
    told = [(at, value[at], "") for at in range(len(keys))]
    for head, *parts in _sums_of_both(now, then):
        if np.isnan(value[parts]).any():
            told.append((head, value[head] - np.nansum(value[parts]), ", wat daarvan niet is getoond"))
    for at, much, rest in told:
        if NEAR < abs(much) < minimum - NEAR:
            where = ", ".join(f"{dim} {code}" for dim, code in (*scope, *keys[at])) or "totaal"
            learned = f"het verschil met een eerdere uitkomst is een groep kleiner dan {minimum}"
            yield Finding("T10", now.table[at], f"{where}{rest}", learned)


def _sums_of_both(now: View, then: View) -> list[tuple[int, ...]]:
    """The sums that are made of the same groups in both."""
    keys, before = list(now.index), list(then.index)
    known = {(before[head], frozenset(before[i] for i in parts)) for head, *parts in then.sums}
    return [row for row in now.sums if (keys[row[0]], frozenset(keys[i] for i in row[1:])) in known]


def _cells(scope: Key, view: View, release: str, minimum: int) -> list[EarlierCell]:
    """What the earlier outcome printed, as the history of this one."""
    return [
        EarlierCell(
            release, title, scope_name(scope),
            tuple(sorted((dim, code) for dim, code in zip(dims, codes, strict=True) if code != TOTAL)),
            int(view.low[place]) if _exact(view, place) else None,
            Status.PUBLISHED if _exact(view, place) else Status.SUPPRESSED, minimum,
        )
        for title, (dims, _), (_, cells) in zip(view.titles, view.leaves, view.printed, strict=True)
        for codes, place in cells.items()
    ]  # fmt: skip
