"""Protect a release: every table at once, then the audit of what would be printed. Unsafe means nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import pyarrow as pa

from anonymisation.disclosure.auditor import audit
from anonymisation.disclosure.certificate import certify, officer_summary
from anonymisation.disclosure.groups.cells import Block, blocks
from anonymisation.disclosure.groups.emptied import with_emptied
from anonymisation.disclosure.groups.examples import Examples
from anonymisation.disclosure.groups.known import AS_THEN, judge
from anonymisation.disclosure.naming import group_words, scope_parts
from anonymisation.disclosure.prints import evidence_table, printed_table
from anonymisation.disclosure.scopes import Scope, scope_name, solve_scope
from domain.errors import Contradiction, DisclosureRefused, WrongUsage
from domain.release import AuditReport, EarlierCell, History, Protected, Rules, TableSpec
from storage.duck import memory

NAMED = 3
"""Findings that a refusal names; the rest it counts."""


def protect(tables: Sequence[pa.Table], spec: TableSpec, rules: Rules, history: History | None = None) -> Protected:
    """Safe tables with totals, the certificate, and the evidence for the officer.

    tables: leaf rows in the order of `spec.tables`: dims…, n (people who answered), and where it applies
        n_max_answer, top_share, n_contributors, n_asked. The same people in all tables of one scope.
    history: what was printed before; leave out only when nothing was.
    A table that blocks all others loses its breakdown, or goes (reason `withheld`); the certificate says so.
    Raises DisclosureRefused when even then something is learned or the history contradicts the tables, CannotCheck
    when safety cannot be shown.
    """
    history = history or History.none()
    scopes, printed, report = _solved_and_attacked(tables, spec, rules, history)
    evidence = evidence_table(scopes)
    certificate = certify(printed, spec, rules, report, evidence)
    stays = frozenset(scope.name for row in scopes for scope in row if scope is not None and scope.reprinted)
    words = officer_summary(certificate, evidence)
    return Protected(printed, certificate, report, evidence, words, reprinted=stays)


def _solved_and_attacked(
    tables: Sequence[pa.Table], spec: TableSpec, rules: Rules, history: History
) -> tuple[list[list[Scope | None]], tuple[pa.Table, ...], AuditReport]:
    """What is printed once the audit learns nothing: tables it learns from are left out, and it attacks again.

    Where that is not enough, what earlier releases printed of a scope stays, and nothing new is printed of it.
    """
    withheld: frozenset[str] = frozenset()
    while True:
        scopes = _solve(tables, spec, rules, history, withheld)
        if held := frozenset(_beside_held(scopes, rules, history)):
            history = history.standing(held)
            continue
        printed = tuple(printed_table(layout, _of(scopes, i)) for i, layout in enumerate(spec.tables))
        report = _audit(printed, spec, rules, history)
        if report.safe:
            return scopes, printed, report
        more = _blamed(report, spec) - withheld
        stuck = frozenset() if more else frozenset(_stuck(scopes, spec, rules, history))
        if not more and not stuck:
            raise DisclosureRefused(_refusal(report, again=bool(history.cells)))
        withheld, history = (withheld | more, history) if more else (frozenset(), history.standing(stuck))


def _beside_held(scopes: Sequence[Sequence[Scope | None]], rules: Rules, history: History) -> Iterator[str]:
    """Scopes with new prints beside questions to the same people that stay as a lower minimum had them.

    How many took part stands beside how many answered: either both are of then, or both of now.
    """
    every = {scope.name: scope for row in scopes for scope in row if scope is not None}
    held = {_study(one) for name, one in every.items() if one.reprinted and judge(history.of_scope(name), rules).raised}
    yield from (
        name for name, one in every.items() if _study(one) in held and not one.reprinted and history.of_scope(name)
    )


def _study(scope: Scope) -> str:
    return scope_name(scope.blocks[0], but_last=True)


def _stuck(scopes: Sequence[Sequence[Scope | None]], spec: TableSpec, rules: Rules, history: History) -> Iterator[str]:
    """Scopes with new prints beside earlier ones of which something can be worked out."""
    for row in scopes:
        own = {layout: scope for layout, scope in zip(spec.tables, row, strict=True) if scope is not None}
        name = next(scope.name for scope in own.values())
        before = History(tuple(history.of_scope(name)))
        if before.cells and not any(scope.reprinted for scope in own.values()):
            printed = [printed_table(layout, [scope]) for layout, scope in own.items()]
            if not _audit(printed, replace(spec, tables=tuple(own)), rules, before).safe:
                yield name


def _refusal(report: AuditReport, *, again: bool) -> str:
    """Where something can still be worked out, and what the officer can do; never what, for an analyst reads this too.

    again: the meting was published before.
    """
    found = "; ".join(f"tabel {one.table}, {one.where}" for one in report.findings[:NAMED])
    more = len(report.findings) - NAMED
    now = (
        "Neem in de nieuwe vrijgave precies de gemeenten op die ook in de vorige zaten, of bewaar wat nieuw is voor "
        "de volgende meting; wat al gepubliceerd is, blijft gewoon staan"
        if again
        else "Laat in de gegevensafspraken een uitsplitsing weg of neem groepen samen, laat ze opnieuw goedkeuren en "
        "beveilig de vrijgave daarna nog een keer"
    )
    return (
        "uit deze vrijgave is nog iets uit te rekenen dat niet mag, ook als wij meer weglaten. Er gaat niets naar "
        f"buiten. Het gaat om {found}{f'; en nog {more} keer' if more > 0 else ''}. {now}"
    )


def _blamed(report: AuditReport, spec: TableSpec) -> frozenset[str]:
    """The tables that findings name; where they name none, every table with a breakdown."""
    names = {layout.name for layout in spec.tables}
    named = {finding.table for finding in report.findings} & names
    broken_down = {layout.name for layout in spec.tables if len(layout.groups) > 1}
    return frozenset(named or broken_down)


def _audit(printed: Sequence[pa.Table], spec: TableSpec, rules: Rules, history: History) -> AuditReport:
    answers = sorted({dim for layout in spec.tables for dim in layout.answers})
    names = [layout.name for layout in spec.tables]
    with _beside(history.cells):
        return audit(printed, spec.hierarchies, rules, history, names=names, answers=answers)


@contextmanager
def _beside(earlier: Sequence[EarlierCell]) -> Iterator[None]:
    """Beside earlier cells numbers that contradict each other are a refusal that says what to do."""
    try:
        yield
    except Contradiction:
        if not earlier:
            raise
        releases = " en ".join(dict.fromkeys(cell.release for cell in earlier))
        what = scope_parts(earlier[0].scope)
        where = f", {group_words(what.items())}" if len({cell.scope for cell in earlier}) == 1 and what else ""
        raise DisclosureRefused(
            f"deze cijfers zijn niet te rijmen met vrijgave {releases}{where}: er zijn andere mensen geteld. {AS_THEN}"
        ) from None


def _solve(
    tables: Sequence[pa.Table], spec: TableSpec, rules: Rules, history: History, withheld: Collection[str]
) -> list[list[Scope | None]]:
    """Per scope the outcome, with its blocks in the order of the tables (None where a table has no part in it)."""
    if len(tables) != len(spec.tables):
        raise WrongUsage(f"de indeling beschrijft {len(spec.tables)} tabellen, er kwamen er {len(tables)}")
    with memory(threads=1) as connection:
        found: dict[str, list[tuple[int, Block]]] = {}
        for i, (table, layout) in enumerate(zip(tables, spec.tables, strict=True)):
            leaves = with_emptied(table, layout, spec.hierarchies, rules, history)
            for block in blocks(leaves, layout, spec.hierarchies, connection):
                found.setdefault(scope_name(block), []).append((i, block))
        solved: list[list[Scope | None]] = []
        examples = Examples()
        for name in sorted(found):
            mine = [block for _, block in found[name]]
            before = history.of_scope(name)
            with _beside(before):
                scope = solve_scope(mine, spec.hierarchies, rules, before, examples, withheld).with_shares()
            solved.append(_spread(scope, [i for i, _ in found[name]], len(tables)))
    return solved


def _spread(scope: Scope, places: Sequence[int], size: int) -> list[Scope | None]:
    row: list[Scope | None] = [None] * size
    for at, place in enumerate(places):
        row[place] = scope.only(at)
    return row


def _of(scopes: Sequence[Sequence[Scope | None]], table: int) -> list[Scope]:
    return [scope for row in scopes if (scope := row[table]) is not None]
