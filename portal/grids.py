"""Tables of many values: all questions, years, priorities and response. Gemeenten by the alphabet, never ranked."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from domain.vocabulary import Kind
from portal.comparing import MEASURES, Otherwise, View, asked_otherwise, ordered_areas
from portal.speech import _
from portal.words import doelgroep as group
from portal.words import number
from warehouse.exports import STATUS_WORDS, csv_bytes
from warehouse.reports.away import away, exists, mergers
from warehouse.reports.book import Book, Row
from warehouse.reports.pages import ELSEWHERE
from warehouse.reports.shown import NOT_ASKED, PROTECTED, Shown, shown
from warehouse.sources import LAND

STEEKPROEF = {
    "allen": _("iedereen gevraagd"), "aselect": _("door loting gekozen"), "open_link": _("open link"),
    "gericht": _("gericht gekozen"), "gemengd": _("verschillend"),
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One gemeente, or the country."""

    area: str
    name: str
    values: tuple[Shown, ...]

    @property
    def change(self) -> str:
        """Of the last two metingen: whether the newest is clearly higher or lower, by intervals that do not touch.

        '' where that cannot be said: no interval, a masked share, or a figure that is not shown.
        """
        pair = self.values[-2:]
        if len(pair) < 2 or any(one.masked or one.low is None or one.high is None for one in pair):
            return ""
        before, now = ((one.low or 0.0, one.high or 0.0) for one in pair)
        if now[0] > before[1]:
            return _("duidelijk hoger")
        return _("duidelijk lager") if now[1] < before[0] else _("geen duidelijk verschil")


@dataclass(frozen=True)
class Grid:
    """One picture. shaded: values are on a line of 0 to 100 and get a colour; missing: who is not in it, and why.

    counted: per column how many gemeenten stand behind the country. notes: what to know of these gemeenten.
    """

    kind: str
    title: str
    subtitle: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    query: dict[str, str]
    shaded: bool = True
    missing: tuple[str, ...] = ()
    counted: tuple[int | None, ...] = ()
    notes: tuple[str, ...] = ()
    different: tuple[Otherwise, ...] = ()

    @property
    def over_time(self) -> bool:
        """The columns are metingen, and there is one to look back at."""
        return self.kind == "jaren" and len(self.columns) > 1


def heat(book: Book, view: View, own: frozenset[str]) -> Grid:
    """All questions of a study at once: share of people who agree, or the mean where there is no share."""
    instrument, meting, doelgroep = view.parts
    asked: dict[str, str] = {}
    for area in [*book.own_areas, LAND]:
        for row in book.totals(area):
            if (row["instrument"], row["meting"], row["doelgroep"]) == view.parts and row["statistic"] in _SHADED:
                asked.setdefault(row["question"], row["statistic"])
                if row["statistic"] == "share_positive":
                    asked[row["question"]] = "share_positive"
    questions = sorted(asked)
    like = {"instrument": instrument, "meting": meting, "doelgroep": doelgroep}

    def values(area: str) -> tuple[Shown, ...]:
        rows = [book.total({**like, "area": area, "question": q, "statistic": asked[q]}) for q in questions]
        return tuple(_drawable(row) for row in rows)

    columns = tuple(book.text({"instrument": instrument, "question": one}) for one in questions)
    return _grid("alle", _("Alle vragen naast elkaar"), _who(book, view), columns, book, view, own, values)


def years(book: Book, view: View, own: frozenset[str]) -> Grid:
    """One question in every meting."""
    instrument, _meting, doelgroep = view.parts
    metingen = _metingen(book, instrument)
    like = {
        "instrument": instrument, "doelgroep": doelgroep, "question": view.question, "statistic": view.statistic,
    }  # fmt: skip

    def value(area: str, meting: str) -> Shown:
        row = book.total({**like, "area": area, "meting": meting})
        return _drawable(row) if row is not None or area == LAND else away(book, area, instrument, meting, _)

    def values(area: str) -> tuple[Shown, ...]:
        return tuple(value(area, meting) for meting in metingen)

    text = book.text({"instrument": instrument, "question": view.question})
    subtitle = _(
        "{study}, {who}: {measure}", study=book.title(instrument), who=group(doelgroep),
        measure=MEASURES.get(view.statistic, view.statistic),
    )  # fmt: skip
    columns = tuple(_("Meting {meting}", meting=meting) for meting in metingen)
    title = _("Door de jaren heen: {question}", question=text)
    found = _grid("jaren", title, subtitle, columns, book, view, own, values)
    country = [book.total({**like, "area": LAND, "meting": meting}) for meting in metingen]
    areas = [line.area for line in found.lines]
    return replace(
        found,
        counted=tuple(None if row is None else row["n_gemeenten"] for row in country),
        notes=tuple(mergers(book, areas, _)),
        different=asked_otherwise(book, view, metingen, areas),
    )


def priorities(book: Book, view: View, own: frozenset[str]) -> Grid:
    """Where people wish improvement most, per uitgangspunt."""
    instrument, meting, doelgroep = view.parts
    rows = {
        (area, row["uitgangspunt"]): row
        for area in [*book.own_areas, LAND]
        for row in book.rows("fact_improvement", area)
        if (row["instrument"], row["meting"], row["doelgroep"]) == (instrument, meting, doelgroep)
    }
    codes = sorted({code for _, code in rows}, key=lambda code: (book.principle(code) == code, code))

    def values(area: str) -> tuple[Shown, ...]:
        return tuple(shown(rows.get((area, code))) for code in codes)

    columns = tuple(book.principle(code) for code in codes)
    title = _("Waar wensen mensen verbetering?")
    return _grid("prioriteiten", title, _who(book, view), columns, book, view, own, values)


def response(book: Book, view: View, own: frozenset[str]) -> Grid:
    """Who was asked and who took part; and which gemeenten are not in this study, unless somebody else counted it."""
    instrument, meting, _doelgroep = view.parts
    rows = {
        area: row
        for area in [*book.own_areas, LAND]
        for row in book.rows("fact_response", area)
        if (row["instrument"], row["meting"], row["doelgroep"]) == view.parts
    }

    def values(area: str) -> tuple[Shown, ...]:
        return _response(rows.get(area))

    columns = (_("Gevraagd"), _("Deden mee"), _("Respons"), _("Wie is gevraagd"))
    found = _grid("respons", _("Wie deden mee?"), _who(book, view), columns, book, view, own, values)
    counted_elsewhere = book.instruments.get(instrument, {}).get("kind") == Kind.AGGREGATE.value
    absent = [area for area in book.own_areas if area not in rows and exists(book, area, instrument, meting)]
    missing = () if counted_elsewhere else tuple(book.name(area) for area in absent)
    return replace(found, shaded=False, missing=missing, notes=tuple(mergers(book, book.own_areas, _)))


KINDS: dict[str, tuple[str, Callable[[Book, View, frozenset[str]], Grid]]] = {
    "alle": (_("Alle vragen"), heat),
    "jaren": (_("Door de jaren heen"), years),
    "prioriteiten": (_("Verbeterwensen"), priorities),
    "respons": (_("Respons"), response),
}
_SHADED = ("share_positive", "mean", ELSEWHERE)


def as_csv(grid: Grid, together: Callable[[str], str]) -> bytes:
    """Exactly what is on the page, a row per cell, safe to open in a spreadsheet. together: as of one question."""
    head = {"uitgave": grid.query["uitgave"], "onderzoek": grid.subtitle, "titel": grid.title}
    rows = [
        {**head, "gebied": line.area, "naam": line.name, "samen": together(line.area), "kolom": column,
         "waarde": value.value, "in_woorden": value.text, "basis": value.base,
         "status": STATUS_WORDS.get(value.status, value.status),
         "sinds_vorige": line.change if grid.over_time and column == grid.columns[-1] else ""}
        for line in grid.lines for column, value in zip(grid.columns, line.values, strict=True)
    ]  # fmt: skip
    names = ["gebied", "naam", "samen", "kolom", "waarde", "in_woorden", "basis", "status"]
    names += ["sinds_vorige"] if grid.over_time else []
    kinds = [(name, pa.float64() if name == "waarde" else pa.string()) for name in (*head, *names)]
    return csv_bytes(pa.Table.from_pylist(rows, schema=pa.schema(kinds)))


def shade(value: Shown) -> str:
    """The colour class of a value: h0 (none) to h9 (all); nothing where nothing may be said."""
    if value.x is None:
        return "closed" if value.closed or value.status == "absent" else ""
    return f"h{min(9, max(0, int(value.x // 10)))}"


def _grid(
    kind: str, title: str, subtitle: str, columns: tuple[str, ...], book: Book, view: View, own: frozenset[str],
    values: Callable[[str], tuple[Shown, ...]],
) -> Grid:  # fmt: skip
    lines = [
        Line(area, _("Landelijk") if area == LAND else book.name(area), values(area))
        for area in ordered_areas(book, own)
    ]
    there = tuple(line for line in lines if any(value.status != "absent" for value in line.values))
    return Grid(kind, title, subtitle, columns, there if columns else (), view.query)


def _who(book: Book, view: View) -> str:
    instrument, meting, doelgroep = view.parts
    return _(
        "{study}, meting {meting}, {who}",
        study=book.title(instrument),
        meting=meting,
        who=group(doelgroep),
    )


def _metingen(book: Book, instrument: str) -> list[str]:
    return sorted(
        {meting for name, meting in book.metingen if name == instrument},
        key=lambda meting: (str(book.metingen[instrument, meting]["start"] or meting), meting),
    )


def _drawable(row: Row | None) -> Shown:
    """A mean is drawn on a line of 0 to 10 only when the question asked for such a mark."""
    value = shown(row)
    mean = row is not None and str(row["statistic"]).startswith("mean") and "cijfer" not in str(row["question"])
    return replace(value, x=None, low=None, high=None) if mean else value


def _response(row: Row | None) -> tuple[Shown, ...]:
    if row is None:
        return (NOT_ASKED,) * 4
    small = row["status"] == "suppressed"
    closed = Shown(PROTECTED, "suppressed")
    took_part: Any = row["responded"] if row["responded"] is not None else row["responded_band"]
    return (
        closed if small and row["invited"] is None else _fact(row["invited"], _("niet bekend")),
        closed if small else _fact(took_part, _("niet bekend")),
        closed if small else _rate(row["rate"]),
        _fact(STEEKPROEF.get(str(row["steekproef"])), _("niet bekend")),
    )


def _fact(value: Any, otherwise: str) -> Shown:
    if value is None:
        return Shown(otherwise, "published")
    counted = isinstance(value, int)
    return Shown(number(value) if counted else str(value), "published", value=value if counted else None)


def _rate(value: float | None) -> Shown:
    if value is None:
        return Shown(_("niet te zeggen"), "published")
    return Shown(f"{value:.0f} %", "published", value=round(value))
