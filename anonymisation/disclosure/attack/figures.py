"""The attack on printed figures: shares, means and intervals turned back into counts; everybody saying the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from math import ceil, floor, sqrt
from typing import Any

import duckdb

from anonymisation.disclosure.attack.answers import possible_counts, tightened, unit_of
from domain.release import Finding
from storage.duck import query

MASKS = {"meer dan 90 %": ">90", "minder dan 10 %": "<10"}
IMPROVEMENT = "(verbetering)"
_KEY = "release, area, instrument, meting, doelgroep"
Bands = Mapping[str, tuple[float, float]]


def attack_figures(connection: duckdb.DuckDBPyConnection, bands: Bands) -> Iterator[Finding]:
    """Findings in fact_result, fact_distribution, fact_improvement and fact_response."""
    yield from _results(connection, bands)
    yield from _distributions(connection)
    yield from _responses(connection)


def _results(connection: duckdb.DuckDBPyConnection, bands: Bands) -> Iterator[Finding]:
    rows = query(
        connection,
        f"select {_KEY}, question, breakdown, breakdown_value, statistic, value, label, step, base, base_band, "  # noqa: S608
        "ci_low, ci_high from fact_result where value is not null "
        "and statistic not in ('known', 'majority') order by all",
    )
    for row in rows:
        statistic, value, label, step, base, band, low, high = row[8:]
        where = ", ".join(map(str, row[1:9]))
        floor_n = base if base is not None else (bands[band][0] if band in bands else None)
        if statistic.startswith("share"):
            yield from _share("fact_result", where, value, label, step, base)
            if base is None and low is not None and floor_n is not None and not _plain(value, low, high, floor_n):
                yield Finding("T6", "fact_result", where, "het interval verraadt hoeveel mensen er antwoordden")
        elif base is not None and (step or float(unit_of(value))) * base < 2:
            yield Finding("T6", "fact_result", where, "het gemiddelde is terug te rekenen tot een exacte som")


def _share(
    table: str, where: str, value: float, label: str | None, step: float | None, n: int | None
) -> Iterator[Finding]:
    if value > 90 or value < 10:
        yield Finding("T5", table, where, "(bijna) iedereen in deze groep gaf hetzelfde antwoord")
    if n is None:
        return
    low, high = possible_counts(value, MASKS.get(label or ""), None if step is None else int(step), n)
    if low == high:
        yield Finding("T6", table, where, "een aandeel is terug te rekenen tot een exact aantal")
    elif low > high:
        yield Finding("T13", table, where, "een getoond aandeel past niet bij de getoonde groep")


def _plain(value: float, low: float, high: float, n: float) -> bool:
    """Whether an interval follows from the printed value and the lowest n of the band, and so tells nothing more."""
    z, share = 1.959963984540054, value / 100
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return abs(floor(100 * (centre - half)) - low) <= 1 and abs(ceil(100 * (centre + half)) - high) <= 1


def _distributions(connection: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    rows = query(
        connection,
        f"select {_KEY}, question, answer, value, label, step, base from fact_distribution "  # noqa: S608
        "where status <> 'suppressed' order by all",
    )
    good, shares = positive_answers(connection), _positive_shares(connection)
    several = several_answers(connection)
    for key, group in groupby(rows, key=lambda row: row[:6]):
        answers = list(group)
        where, asked = ", ".join(map(str, key[1:])), (key[2], key[5])
        yield from _one_question(
            where, answers, good.get(asked, frozenset()), shares.get(key), single=asked not in several
        )
    for row in query(
        connection,
        f"select {_KEY}, uitgangspunt, value, label, step, base from fact_improvement "  # noqa: S608
        "where value is not null order by all",
    ):
        yield from _share("fact_improvement", ", ".join(map(str, row[1:6])), *row[6:])


def positive_answers(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], frozenset[str]]:
    """Per question the answers that count as positive, as the file tells."""
    rows = query(
        connection,
        "select instrument, question, list(distinct answer) from fact_distribution where positive group by all",
    )
    return {(instrument, question): frozenset(answers) for instrument, question, answers in rows}


def several_answers(connection: duckdb.DuckDBPyConnection) -> set[tuple[str, str]]:
    """Questions (and wishes) to which people could give more than one answer, as the file tells."""
    text = "select instrument, if(statistic = 'improvement', $wishes, question) from dim_question where several"
    return {(instrument, question) for instrument, question in query(connection, text, wishes=IMPROVEMENT)}


def _positive_shares(connection: duckdb.DuckDBPyConnection) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    rows = query(
        connection,
        f"select {_KEY}, question, value, label, step from fact_result "  # noqa: S608
        "where statistic = 'share_positive' and breakdown = 'TOTAAL' and status <> 'suppressed'",
    )
    return {row[:6]: row[6:] for row in rows}


def _one_question(
    where: str, answers: list[tuple[Any, ...]], good: frozenset[str], share: tuple[Any, ...] | None, *, single: bool
) -> Iterator[Finding]:
    """share: what is printed of all positive answers together. single: everybody gave one answer."""
    n, shown = answers[0][10], [row for row in answers if row[7] is not None or row[8] is not None]
    for row in shown:
        if row[7] is not None:
            yield from _share("fact_distribution", where, *row[7:])
    if not single or n is None or len(shown) < len(answers):
        return
    spans = [_span(row[7:10], n) for row in shown]
    mine = [at for at, row in enumerate(shown) if row[6] in good]
    together = _span(share, n) if share and mine and (share[0] is not None or share[1] is not None) else None
    if any(low >= high for low, high in _side_by_side(spans, n, mine, together)):
        yield Finding("T6", "fact_distribution", where, "de aandelen samen geven een exact aantal")


def _span(printed: tuple[Any, ...], n: int) -> tuple[int, int]:
    value, label, step = printed
    return possible_counts(value, MASKS.get(label or ""), None if step is None else int(step), n)


def _side_by_side(
    spans: list[tuple[int, int]], n: int, mine: list[int], together: tuple[int, int] | None
) -> list[tuple[int, int]]:
    """Counts that are possible when all answers are n, and the positive ones what is printed of them together."""
    rest = [at for at in range(len(spans)) if at not in mine]
    for _ in range(len(spans) + 2):
        spans = tightened(spans, n)
        if together:
            for part, (low, high) in ((mine, together), (rest, (n - together[1], n - together[0]))):
                least, most = sum(spans[at][0] for at in part), sum(spans[at][1] for at in part)
                ends = {at: (max(spans[at][0], low - most + spans[at][1]),
                             min(spans[at][1], high - least + spans[at][0])) for at in part}  # fmt: skip
                spans = [ends.get(at, span) for at, span in enumerate(spans)]
    return spans


def _responses(connection: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    for row in query(
        connection,
        f"select {_KEY} from fact_response where responded is null "  # noqa: S608
        "and invited is not null and rate is not null order by all",
    ):
        where = ", ".join(map(str, row[1:]))
        yield Finding("T6", "fact_response", where, "respons en aantal gevraagden geven samen een weggelaten aantal")
