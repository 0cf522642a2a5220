"""Words instead of counts: themes, the curve and aspects, per gemeente as labels and pooled over gemeenten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from domain.protocols import ShareLike
from domain.release import Status
from domain.vocabulary import TOTAAL
from warehouse import schema
from warehouse.results import BOUNDS, Printer, Row
from warehouse.sources import LAND
from warehouse.spoken import NOT_SHOWN, Spoken

LABELS_FROM = 10
POOL_FROM = 5
_LINE = ("instrument", "meting", "doelgroep")
Names = Mapping[tuple[str, str, str], tuple[str, int]]
"""(instrument, what, code) -> (label, place)."""


def _line(cell: Row, names: Sequence[str]) -> tuple[Any, ...]:
    return tuple(cell[name] for name in names)


def _head(cell: Row, area: str, printer: Printer) -> Row:
    return {
        "release": printer.release,
        "area": area,
        **{name: cell[name] for name in _LINE},
        "rule_version": printer.rule_version,
    }


def _open(cell: Row) -> bool:
    return cell["status"] != Status.SUPPRESSED.value and (cell["people"] or 0) >= LABELS_FROM


def theme_rows(
    cells: Sequence[Row], printer: Printer, names: Names, minimum_support: int, spoken: Spoken
) -> Iterator[Row]:
    """fact_theme: labels of gemeenten with enough talks, and one line for the country per theme."""
    for _, group in groupby(cells, key=lambda cell: _line(cell, (*_LINE, "kind", "phase", "theme"))):
        own = list(group)
        found = {
            cell["area"]: spoken.theme_label(cell)
            if spoken.took_part(cell)
            else printer.rules.theme_label(cell["n"], cell["people"], min_support=minimum_support)
            for cell in own
            if _open(cell)
        }
        labels = {area: label for area, label in found.items() if label is not None}
        for cell in own:
            label = labels.get(cell["area"])
            if label is not None and (cell["phase"] == TOTAAL or label != NOT_SHOWN):
                yield _theme_row(cell, label, printer, names)
        said = spoken.pooled(schema.FACT_THEME, own[0])
        yield from _theme_pool(own, labels, printer, names, minimum_support, said)


def _theme_row(cell: Row, label: str, printer: Printer, names: Names) -> Row:
    band = printer.rules.journeys_band(cell["people"])
    return {
        **_theme_head(cell, cell["area"], printer, names),
        "label": label,
        "base_band": band,
        "status": Status.PUBLISHED.value,
    }


def _theme_head(cell: Row, area: str, printer: Printer, names: Names) -> Row:
    theme = {"kind": cell["kind"], "phase": cell["phase"], "theme": cell["theme"]}
    return {**_head(cell, area, printer), **theme, "theme_label": _theme_name(cell, names)}


def _theme_name(cell: Row, names: Names) -> str:
    columns = ("thema", "knelpunten", "positief", "ideeen")
    found = (names.get((cell["instrument"], column, cell["theme"])) for column in columns)
    return next((label for label, _ in filter(None, found)), cell["theme"])


def _theme_pool(
    own: Sequence[Row], labels: Mapping[str, str], printer: Printer, names: Names, support: int, said: Row | None
) -> Iterator[Row]:
    """said: what an earlier release printed of all talks, None where it pooled none: that stays."""
    met, whole = printer.rules.gemeenten_met(labels), own[0]["phase"] == TOTAAL
    shown = _theme_share(own, labels, printer, support, rare=whole or met is not None) if said is None else said
    withheld = shown.get("status", Status.SUPPRESSED.value) == Status.SUPPRESSED.value
    if met is None and ((said is None and shown["base_band"] is None) or (withheld and not whole)):
        return
    yield {
        **_theme_head(own[0], LAND, printer, names),
        **{name: shown.get(name) for name in ("share", "label", "base_band", "share_since")},
        "gemeenten_met": met[0] if met else None,
        "gemeenten_totaal": met[1] if met else None,
        "status": Status.SUPPRESSED.value if withheld else Status.PUBLISHED.value,
    }


def _theme_share(own: Sequence[Row], labels: Mapping[str, str], printer: Printer, support: int, *, rare: bool) -> Row:
    """rare: whether it may be said; a line for a theme that is rare in a phase would say that somebody named it."""
    journeys = {cell["area"]: cell["base"] for cell in own if cell["base"] >= POOL_FROM and cell["may_pool"]}
    share = printer.rules.pool_share(
        {cell["area"]: cell["n"] for cell in own},
        journeys,
        labels,
        minimum=printer.minimum,
        min_support=support,
        rare=rare,
    )
    withheld = share is not None and share.step is None
    return {
        "share": _percent(share),
        "label": BOUNDS[share.bound] if share is not None and share.bound else None,
        "base_band": None if share is None else printer.rules.journeys_band(sum(journeys.values()), pooled=True),
        "status": Status.SUPPRESSED.value if withheld else Status.PUBLISHED.value,
    }


def phase_rows(cells: Sequence[Row], printer: Printer, names: Names, spoken: Spoken) -> Iterator[tuple[bool, Row]]:
    """(is an aspect, row) for fact_klantreis_phase and fact_klantreis_aspect."""
    for _, group in groupby(cells, key=lambda cell: _line(cell, (*_LINE, "phase", "aspect"))):
        own, labels = list(group), {}
        table = schema.FACT_KLANTREIS_ASPECT if own[0]["aspect"] else schema.FACT_KLANTREIS_PHASE
        for cell in own:
            label = _curve_label(cell, table, printer, spoken)
            if label != NOT_SHOWN:
                labels[cell["area"]] = label
                words = {"label": label, "base_band": printer.rules.journeys_band(cell["people"]), "n_gemeenten": 1}
                yield bool(cell["aspect"]), {**_phase_head(cell, cell["area"], printer, names), **words}
        pooled = _phase_pool(own, labels, printer, spoken.pooled(table, own[0]))
        if pooled:
            yield bool(own[0]["aspect"]), {**_phase_head(own[0], LAND, printer, names), **pooled}


def _phase_head(cell: Row, area: str, printer: Printer, names: Names) -> Row:
    label, place = names.get((cell["instrument"], "phase", cell["phase"]), (cell["phase"], 99))
    head = {**_head(cell, area, printer), "phase": cell["phase"], "phase_label": label, "place": place}
    return {**head, **({"aspect": cell["aspect"]} if cell["aspect"] else {}), "status": Status.PUBLISHED.value}


def _curve_label(cell: Row, table: schema.Table, printer: Printer, spoken: Spoken) -> str:
    if not _open(cell):
        return NOT_SHOWN
    if spoken.took_part(cell):
        was = spoken.before.row(table, cell)
        return was["label"] if was else NOT_SHOWN
    return printer.rules.curve_label(*_moods(cell))


def _moods(cell: Row) -> tuple[int, int, int]:
    return cell["pos"], cell["neu"], cell["neg"]


def _phase_pool(own: Sequence[Row], labels: Mapping[str, str], printer: Printer, said: Row | None) -> Row | None:
    """Shares over all journeys that say something about the phase; None when nothing may be said of the pool.

    How many gemeenten that are is not printed: it would tell of a closed one whether fewer than five spoke.
    """
    names = ("share_positive", "share_neutral", "share_negative")
    if said is not None:
        kept = (*names, "step", "label", "base_band", "share_since")
        return {name: said[name] for name in kept} if said else None
    moods = {cell["area"]: _moods(cell) for cell in own if sum(_moods(cell)) >= POOL_FROM}
    shares = printer.rules.pool_curve(moods, labels, minimum=printer.minimum)
    if shares is None:
        return None
    counts = tuple(map(sum, zip(*moods.values(), strict=True)))
    return {
        **{name: _percent(share) for name, share in zip(names, shares, strict=True)},
        "step": float(shares[0].step or 0) or None,
        "label": printer.rules.curve_label(*counts),
        "base_band": printer.rules.journeys_band(sum(counts), pooled=True),
        "n_gemeenten": None,
    }


def _percent(share: ShareLike | None) -> float | None:
    return None if share is None or share.value is None else float(share.value)
