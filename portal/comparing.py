"""Vergelijken: one question, every gemeente on a line of its own; alphabetical, own first, never ranked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

import pyarrow as pa

from portal.speech import _
from portal.words import doelgroep as group
from warehouse.exports import STATUS_WORDS, csv_bytes
from warehouse.reports.book import Book, Row
from warehouse.reports.pages import DotTable, Line
from warehouse.reports.shown import Shown, shown
from warehouse.sources import LAND

MEASURES = {
    "share_positive": _("aandeel dat het (helemaal) eens is, ja zegt of positief antwoordt"),
    "share_positive_weighted": _("aandeel dat het eens is, gewogen"),
    "mean": _("gemiddelde"),
    "mean_weighted": _("gemiddelde, gewogen"),
    "majority": _("meerderheid in het klantenpanel"),
    "known": _("elders geteld"),
}


@dataclass(frozen=True)
class View:
    """What is looked at: `study` is instrument.meting.doelgroep. A link with these values shows the same again."""

    release: str
    study: str
    question: str
    statistic: str

    @property
    def parts(self) -> tuple[str, str, str]:
        """Instrument, meting and doelgroep."""
        instrument, meting, doelgroep = self.study.split(".")
        return instrument, meting, doelgroep

    @property
    def query(self) -> dict[str, str]:
        """The values of the link."""
        return {"uitgave": self.release, "onderzoek": self.study, "vraag": self.question, "maat": self.statistic}


@dataclass(frozen=True)
class Otherwise:
    """A gemeente that asked a question in another way. how: what is different; link: its own question, '' without."""

    name: str
    metingen: tuple[str, ...]
    how: tuple[str, ...]
    link: str


@dataclass(frozen=True)
class Compared:
    """One view filled: lines in reading order with the codes of their areas."""

    view: View
    title: str
    subtitle: str
    table: DotTable
    areas: tuple[str, ...]
    rows: tuple[Row | None, ...]
    different: tuple[Otherwise, ...]

    @property
    def drawn(self) -> bool:
        """Whether there is anything to put on a line from 0 to 100, or from 0 to 10."""
        return any(line.values[0].x is not None for line in self.table.lines)


class Catalogue:
    """What can be chosen in a release."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._asked: dict[str, dict[str, set[str]]] = {}
        self._areas: dict[str, set[str]] = {}
        self._wishes = {
            f"{row['instrument']}.{row['meting']}.{row['doelgroep']}"
            for area in [LAND, *book.own_areas]
            for row in book.rows("fact_improvement", area)
        }
        for area in [LAND, *book.own_areas]:
            for row in book.totals(area):
                study = f"{row['instrument']}.{row['meting']}.{row['doelgroep']}"
                self._areas.setdefault(study, set()).add(area)
                self._asked.setdefault(study, {}).setdefault(row["question"], set()).add(row["statistic"])

    def studies(self, *, wishes: bool = False) -> list[tuple[str, str]]:
        """Every study with its words: instruments by the alphabet, newest meting first; or those that asked wishes."""
        chosen = [one for one in self._asked if one in self._wishes] if wishes else list(self._asked)
        ordered = sorted(sorted(chosen, key=lambda one: one.split(".")[1], reverse=True), key=self._title)
        return [(one, self._words(one)) for one in ordered]

    def _title(self, study: str) -> str:
        return self._book.title(study.split(".")[0])

    def _first(self) -> str:
        """What a reader sees first: what most gemeenten did, in the newest meting with at least half of them."""
        widest = max(self._asked, key=lambda one: (len(self._areas[one]), one.split(".")[1], one))
        instrument, _meting, doelgroep = widest.split(".")
        years = [one for one in self._asked if one.split(".")[::2] == [instrument, doelgroep]]
        wide = {one.split(".")[1]: one for one in years if 2 * len(self._areas[one]) >= len(self._areas[widest])}
        return wide[self._book.newest(instrument, wide)]

    def questions(self, study: str) -> list[tuple[str, str]]:
        """Questions of a study with their words."""
        instrument = study.split(".")[0]
        rows = [
            (name, self._book.text({"instrument": instrument, "question": name})) for name in self._asked.get(study, {})
        ]
        return sorted(rows)

    def measures(self, study: str, question: str) -> list[tuple[str, str]]:
        """Measures of a question with their words."""
        found = self._asked.get(study, {}).get(question, set())
        return [(name, words) for name, words in MEASURES.items() if name in found]

    def view(self, release: str, asked: dict[str, str]) -> View | None:
        """The view that was asked for, each part falling back on the first there is; None for an empty release."""
        if not self._asked:
            return None
        study = asked.get("onderzoek", "")
        study = study if study in self._asked else self._first()
        question = asked.get("vraag", "")
        question = question if question in self._asked[study] else self.questions(study)[0][0]
        measures = [name for name, _ in self.measures(study, question)] or sorted(self._asked[study][question])
        measure = asked.get("maat", "")
        return View(release, study, question, measure if measure in measures else measures[0])

    def _words(self, study: str) -> str:
        instrument, meting, doelgroep = study.split(".")
        return _("{study}, {meting}, {who}", study=self._book.title(instrument), meting=meting, who=group(doelgroep))


def ordered_areas(book: Book, own: frozenset[str]) -> list[str]:
    """Own gemeenten first, then by the alphabet, the country last: the order of every comparison."""
    return [*(area for area in book.own_areas if area in own), *(a for a in book.own_areas if a not in own), LAND]


def compare(book: Book, view: View, own: frozenset[str]) -> Compared:
    """The view filled in: own gemeenten first, then by the alphabet, the country last."""
    found = [(area, row) for area in ordered_areas(book, own) if (row := _row(book, view, area)) is not None]
    instrument, meting, doelgroep = view.parts
    scale = "cijfer" if view.statistic.startswith("mean") else "procent"
    lines = tuple(
        Line(_("Landelijk") if area == LAND else book.name(area), (_drawn(row, view),), note=_note(row))
        for area, row in found
    )
    who = group(doelgroep)
    measure = MEASURES.get(view.statistic, view.statistic)
    text = book.text({"instrument": instrument, "question": view.question})
    return Compared(
        view=view,
        title=text,
        subtitle=_(
            "{study}, meting {meting}, {who}: {measure}",
            study=book.title(instrument),
            meting=meting,
            who=who,
            measure=measure,
        ),
        table=DotTable(text, (measure.capitalize(),), ("own",), lines, scale),
        areas=tuple(area for area, _ in found),
        rows=tuple(row for _, row in found),
        different=asked_otherwise(book, view, [meting], [area for area, _row in found]),
    )


def asked_otherwise(book: Book, view: View, metingen: Sequence[str], areas: Sequence[str]) -> tuple[Otherwise, ...]:
    """Who asked the question of a view in another way in some of these metingen, and how."""
    found: dict[tuple[str, str], list[Row]] = {}
    for area in areas:
        for meting in metingen:
            row = book.total(_like(view, area) | {"meting": meting})
            if row is not None and row["status"] == "not_comparable":
                found.setdefault((area, book.own_question(row)), []).append(row)
    return tuple(_otherwise(book, view, question, rows) for (_area, question), rows in found.items())


def _otherwise(book: Book, view: View, question: str, rows: Sequence[Row]) -> Otherwise:
    instrument, _meting, doelgroep = view.parts
    own = replace(view, study=f"{instrument}.{rows[-1]['meting']}.{doelgroep}", question=question)
    return Otherwise(
        book.name(rows[0]["area"]),
        tuple(row["meting"] for row in rows),
        tuple(book.otherwise(rows[0])),
        urlencode(own.query) if question else "",
    )


def as_csv(compared: Compared, together: Callable[[str], str]) -> bytes:
    """Exactly what is on the page, safe to open in a spreadsheet. together: who deliver in a verband, in words."""
    rows = [
        _csv_row(compared, *one) | {"samen": together(one[0])}
        for one in zip(compared.areas, compared.table.lines, compared.rows, strict=True)
    ]
    numbers = ("waarde", "stap", "ondergrens", "bovengrens", "basis")
    schema = pa.schema([(name, pa.float64() if name in numbers else pa.string()) for name in _COLUMNS])
    return csv_bytes(pa.Table.from_pylist(rows, schema=schema))


_COLUMNS = (
    "uitgave", "onderzoek", "meting", "doelgroep", "gebied", "naam", "samen", "vraag", "maat", "waarde", "stap",
    "ondergrens", "bovengrens", "basis", "basis_klasse", "status", "in_woorden",
)  # fmt: skip


def _csv_row(compared: Compared, area: str, line: Line, row: Row | None) -> dict[str, Any]:
    value, (instrument, meting, doelgroep) = line.values[0], compared.view.parts
    row = {} if row is None or value.closed else row
    return {
        "uitgave": compared.view.release, "onderzoek": instrument, "meting": meting, "doelgroep": doelgroep,
        "gebied": area, "naam": line.label, "vraag": compared.title, "maat": compared.table.series[0],
        "waarde": row.get("value"), "stap": row.get("step"), "ondergrens": row.get("ci_low"),
        "bovengrens": row.get("ci_high"), "basis": row.get("base"), "basis_klasse": row.get("base_band"),
        "status": STATUS_WORDS.get(value.status, value.status), "in_woorden": value.text,
    }  # fmt: skip


def _row(book: Book, view: View, area: str) -> Row | None:
    return book.total(_like(view, area))


def _like(view: View, area: str) -> Row:
    instrument, meting, doelgroep = view.parts
    return {
        "instrument": instrument, "meting": meting, "doelgroep": doelgroep, "question": view.question,
        "statistic": view.statistic, "area": area,
    }  # fmt: skip


def _drawn(row: Row, view: View) -> Shown:
    """A mean is drawn on a line of 0 to 10; on another scale only the number stands there."""
    value = shown(row)
    drawable = not view.statistic.startswith("mean") or "cijfer" in view.question
    return value if drawable else replace(value, x=None, low=None, high=None)


def _note(row: Row) -> str:
    if row["status"] == "not_comparable":
        return _("stelde deze vraag anders")
    return ""
