"""The auditor: attacks a release as an outsider who has the published tables, the hierarchies and earlier releases."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from anonymisation.disclosure.attack.answers import attack_answers
from anonymisation.disclosure.attack.atoms import add_common_groups
from anonymisation.disclosure.attack.cells import Array, View, views
from anonymisation.disclosure.attack.closed import ClosedTables
from anonymisation.disclosure.attack.history import add_earlier, levels, minimum_of
from anonymisation.disclosure.attack.insiders import attack_insiders
from anonymisation.disclosure.attack.intervals import NEAR, Known, attack, puzzle_of
from anonymisation.disclosure.attack.marks import OUTSIDE
from anonymisation.disclosure.attack.together import attack_together
from anonymisation.disclosure.naming import group_words
from domain.certificate import ClosedCells
from domain.release import AuditReport, Finding, Hierarchy, History, Key, Rules, Status

ATTACKS = (
    "kleine groepen die er gewoon staan",
    "optellen en aftrekken over alle tabellen en eerdere vrijgaven samen",
    "indelingen die elkaar overlappen naast elkaar leggen",
    "aandelen terugrekenen tot aantallen, ook die van delen en geheel samen",
    "groepen waarin (bijna) iedereen hetzelfde zegt",
    "tekens in een tabel die verraden waarom iets ontbreekt",
    "wat iemand met eigen cijfers kan uitrekenen",
)


def audit(
    tables: Sequence[pa.Table],
    hierarchies: Sequence[Hierarchy],
    rules: Rules,
    history: History | None = None,
    *,
    names: Sequence[str] = (),
    answers: Sequence[str] = (),
    bands: Mapping[str, tuple[float, float]] | None = None,
) -> AuditReport:
    """Everything an outsider could learn that he may not; an empty list of findings is a safe release.

    tables: in the layout that `protect` writes: dims…, n, status, and with answers share, bound, step.
    answers: columns that say what people said. bands: printed band -> lowest and highest base.
    Raises CannotCheck when the attack itself could not be carried out.
    """
    titles = list(names) or [f"tabel {i + 1}" for i in range(len(tables))]
    named = dict(zip(titles, tables, strict=True))
    findings = [finding for name, table in named.items() for finding in _marks(name, table)]
    findings += [finding for name, table in named.items() for finding in attack_answers(name, table, answers)]
    totals = _totals()
    cells, digest, closed = 0, hashlib.sha256(), ClosedTables()
    groups = {up for hierarchy in hierarchies for up in hierarchy.parents.values()}
    found = views(named, hierarchies, answers, bands)
    findings += attack_together(named, answers, hierarchies, found)
    earlier, least = history or History.none(), rules.minimum
    for scope, view in sorted(found.items()):
        cells += view.size
        digest.update(fingerprint_of_sums(scope, view).encode())
        own = replace(rules, minimum=minimum_of(scope, view, earlier, rules))
        least = min(least, own.minimum)
        findings += add_earlier(scope, view, hierarchies, earlier, own.minimum)
        add_common_groups(view, hierarchies)
        least_of = levels(scope, view, earlier, own.minimum)
        findings += list(_of_view(scope, view, own, totals, groups, closed, least_of))
    return AuditReport(
        least, cells, totals["suppressed"], totals, tuple(findings), ATTACKS, digest.hexdigest(), closed.told()
    )


class Sums(NamedTuple):
    """What only the sums between printed groups tell; each as in the `AuditReport` of these tables."""

    intervals: Mapping[str, int]
    incidence: str
    closed: tuple[ClosedCells, ...]


def what_sums_tell(
    tables: Mapping[str, pa.Table],
    hierarchies: Sequence[Hierarchy],
    rules: Rules,
    *,
    bands: Mapping[str, tuple[float, float]] | None = None,
) -> Sums:
    """How much of every closed cell follows, exactly as `audit` finds it without history or answers."""
    told, totals, digest = ClosedTables(), _totals(), hashlib.sha256()
    for scope, view in sorted(views(tables, hierarchies, (), bands).items()):
        digest.update(fingerprint_of_sums(scope, view).encode())
        add_common_groups(view, hierarchies)
        known = attack(view, rules.minimum, seconds=rules.solver_seconds, lows=_printed(view))
        told.add(scope, view, known, rules.minimum)
        _count(view, known, np.full(view.size, float(rules.minimum)), totals)
    return Sums(totals, digest.hexdigest(), told.told())


def findings_of(scope: Key, view: View, hierarchies: Sequence[Hierarchy], rules: Rules) -> list[Finding]:
    """What the numbers of people in one scope tell, with all that was put in its view.

    Raises CannotCheck as `audit`.
    """
    add_common_groups(view, hierarchies)
    groups = {up for hierarchy in hierarchies for up in hierarchy.parents.values()}
    return list(_of_view(scope, view, rules, _totals(), groups, ClosedTables()))


def _totals() -> dict[str, int]:
    return {"suppressed": 0, "k_possible": 0, "below_k": 0, "exact": 0}


def fingerprint_of_sums(scope: Key, view: View) -> str:
    """SHA-256 over the sums between the groups of one scope, whatever order they were found in."""
    keys = [_text(key) for key in view.index]
    lines = sorted(f"{keys[entry[0]]} = {' + '.join(sorted(keys[i] for i in entry[1:]))}" for entry in view.sums)
    return hashlib.sha256("\n".join([_text(scope), *lines]).encode()).hexdigest()


def _text(key: Key) -> str:
    return ", ".join(f"{dim} {code}" for dim, code in key) or "totaal"


def _marks(name: str, table: pa.Table) -> Iterator[Finding]:
    """T14: statuses say published, indicative or suppressed, and a suppressed value is empty."""
    if "status" not in table.column_names:
        return
    seen = set(table.column("status").unique().to_pylist())
    if not seen <= OUTSIDE or any("reason" in column for column in table.column_names):
        yield Finding("T14", name, "kolom status", "de tabel zegt waarom iets is weggelaten")
    closed = list(zip(table.column("status").to_pylist(), table.column("n").to_pylist(), strict=True))
    if any(status == Status.SUPPRESSED and n not in (None, "") for status, n in closed):
        yield Finding("T14", name, "kolom n", "bij een weggelaten cel staat toch een aantal")


def _of_view(
    scope: Key,
    view: View,
    rules: Rules,
    totals: dict[str, int],
    groups: Collection[str],
    told: ClosedTables,
    least: Array | None = None,
) -> Iterator[Finding]:
    """least: what every group must be able to hold; without it the minimum."""
    low, high = np.array(view.low), np.array(view.high)
    k = rules.minimum
    least = np.full(view.size, float(k)) if least is None else least
    keys = list(view.index)
    for at in np.flatnonzero((low == high) & (low > 0) & (low < least) & _printed(view)):
        yield Finding(
            "T1", view.table[at], group_words((*scope, *keys[at])), f"een groep kleiner dan {k} staat er gewoon"
        )
    puzzle = puzzle_of(view)
    known = attack(view, k, seconds=rules.solver_seconds, puzzle=puzzle, lows=_printed(view))
    told.add(scope, view, known, k)
    caught, exact = _count(view, known, least, totals)
    for at in caught:
        learned = "het aantal is precies uit te rekenen" if at in exact else f"hier zitten zeker minder dan {k} mensen"
        yield Finding("T2", view.table[at], group_words((*scope, *keys[at])), learned)
    certain = known.low > NEAR if view.ring else np.ones(view.size, dtype=bool)
    hidden = ~_printed(view) & (known.high < k - NEAR) & (known.high > NEAR) & certain
    for at in np.flatnonzero(hidden):
        where = group_words((*scope, *keys[at]))
        yield Finding("T9", "tabellen samen", where, f"tabellen samen tonen een groep kleiner dan {k}")
    yield from attack_insiders(scope, view, rules, groups, puzzle.pieces)


def _count(view: View, known: Known, least: Array, totals: dict[str, int]) -> tuple[Array, Array]:
    """Add the closed groups of one scope to the totals; those that are certainly too small, and of these those that
    follow exactly.
    """
    closed = np.flatnonzero((np.array(view.high) > np.array(view.low)) & _printed(view))
    caught = closed[(known.high[closed] < least[closed] - NEAR) & (known.high[closed] > NEAR)]
    exact = caught[known.high[caught] - known.low[caught] < NEAR]
    totals["suppressed"] += len(closed)
    totals["below_k"] += len(caught)
    totals["exact"] += len(exact)
    totals["k_possible"] += int((known.high[closed] >= least[closed] - NEAR).sum())
    return caught, exact


def _printed(view: View) -> Array:
    """Groups that stand in a table, not atoms that we added ourselves."""
    return np.array([bool(name) for name in view.table], dtype=bool)
