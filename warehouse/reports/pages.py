"""What stands on a report page: own value beside the country, residents beside professionals."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby

from domain.dutch import DOELGROEP_WORDS
from warehouse.reports.away import mergers, with_before
from warehouse.reports.behind import behind_questions, standing
from warehouse.reports.book import RESIDENTS, SPEAK_FOR_THEMSELVES, Book, Row
from warehouse.reports.journeys import Journey, journeys_of
from warehouse.reports.shown import Shown, shown
from warehouse.reports.untold import Untold, untold
from warehouse.sources import LAND

SCAN = "toegangsscan"
MOST_GEMEENTEN = 60
"""Of more gemeenten side by side nobody reads a table; the tabellenboek has them all."""
ELSEWHERE = "known"
"""What somebody else counted: each figure on its own, never together for the country."""
DRAWN = (
    ("share_positive", "Aandeel dat het (helemaal) eens is, ja zegt of positief antwoordt", "procent"),
    ("mean", "Gemiddelde", "cijfer"),
    (ELSEWHERE, "Aandeel dat een ander telde", "procent"),
)
"""Statistics on a report, with their caption and scale."""


@dataclass(frozen=True)
class Line:
    """One row of a dot table: values in the order of the table's series."""

    label: str
    values: tuple[Shown, ...]
    note: str = ""


@dataclass(frozen=True)
class DotTable:
    """A chart that is a table: a caption, the names of the series, and lines."""

    caption: str
    series: tuple[str, ...]
    marks: tuple[str, ...]
    lines: tuple[Line, ...]
    scale: str = "procent"

    @property
    def has_masked(self) -> bool:
        """Some values are drawn as the end of the scale."""
        return any(value.masked for line in self.lines for value in line.values)


@dataclass(frozen=True)
class Section:
    """Results of one instrument, meting and doelgroep."""

    title: str
    subtitle: str
    tables: tuple[DotTable, ...] = ()
    trend: tuple[Line, ...] = ()
    trend_series: tuple[str, ...] = ()
    behind: str = ""


@dataclass(frozen=True)
class Page:
    """One report."""

    title: str
    area: str
    own: str
    response: tuple[Row, ...]
    perspectives: DotTable | None
    wishes: tuple[DotTable, ...]
    sections: tuple[Section, ...]
    journeys: tuple[Journey, ...]
    untold: tuple[Untold, ...] = ()
    findings: tuple[Row, ...] = ()
    quotes: tuple[Row, ...] = ()
    different: tuple[Row, ...] = ()
    panel: tuple[Row, ...] = ()
    gemeenten: tuple[DotTable, ...] = ()
    mergers: tuple[str, ...] = ()


def gemeente_page(book: Book, area: str) -> Page:
    """The report of one gemeente or verband: its own values first, the country beside them."""
    name = book.name(area)
    return Page(
        title=f"Toegang in {name}",
        area=area,
        own=name,
        response=tuple(_responses(book, area)),
        perspectives=_perspectives(book, area, name),
        wishes=tuple(_wishes(book, area, name)),
        sections=tuple(_sections(book, area, name)),
        journeys=tuple(journeys_of(book, area)),
        untold=untold(book, area),
        findings=tuple(book.rows("fact_finding", area)),
        quotes=tuple(book.rows("fact_quote", area)),
        different=tuple(_different(book, area)),
        panel=tuple(_panel(book, area)),
        mergers=tuple(mergers(book, with_before(book, [area]))),
    )


def country_page(book: Book) -> Page:
    """The report for Movisie: the country, and gemeenten side by side in the order of the alphabet."""
    return Page(
        title="Toegang landelijk: wat gemeenten samen leren",
        area=LAND,
        own="Landelijk",
        response=tuple(_responses(book, LAND)),
        perspectives=_perspectives(book, LAND, "Landelijk"),
        wishes=tuple(_wishes(book, LAND, "Landelijk")),
        sections=tuple(_sections(book, LAND, "Landelijk")),
        journeys=tuple(journeys_of(book, LAND)),
        untold=untold(book, LAND),
        findings=tuple(row for area in book.own_areas for row in book.rows("fact_finding", area)),
        quotes=tuple(row for area in book.own_areas for row in book.rows("fact_quote", area)),
        different=tuple(row for area in book.own_areas for row in _different(book, area)),
        gemeenten=tuple(_side_by_side(book)),
        mergers=tuple(mergers(book, with_before(book, book.own_areas))),
    )


def _responses(book: Book, area: str) -> list[Row]:
    rows = book.rows("fact_response", area)
    newest = {row["instrument"]: book.latest(row["instrument"], area) for row in rows}
    return [
        {**row, "title": book.title(row["instrument"]), "who": DOELGROEP_WORDS.get(row["doelgroep"], row["doelgroep"])}
        for row in rows
        if row["meting"] == newest[row["instrument"]]
    ]


def _perspectives(book: Book, area: str, name: str) -> DotTable | None:
    meting = book.latest(SCAN, area)
    asked: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in book.totals(area):
        fits = row["instrument"] == SCAN and row["meting"] == meting and row["statistic"] == "share_positive"
        if fits and book.questions[SCAN, row["question"]]["uitgangspunt"]:
            asked[row["question"]][row["doelgroep"]] = row
    who = next((d for d in RESIDENTS if any(d in groups for groups in asked.values())), None)
    if who is None or not asked:
        return None
    lines = [_perspective(book, question, groups, who, area) for question, groups in sorted(asked.items())]
    names = (DOELGROEP_WORDS[who].capitalize(), "Professionals")
    country = () if area == LAND else (f"{names[0]} landelijk", "Professionals landelijk")
    marks = ("resident", "professional", "resident-nl", "professional-nl")
    caption = f"Aandeel dat het eens is, per uitgangspunt ({name}, meting {meting})"
    return DotTable(caption, (*names, *country), marks[: 2 + len(country)], tuple(lines))


def _perspective(book: Book, question: str, groups: dict[str, Row], who: str, area: str) -> Line:
    any_row = next(iter(groups.values()))
    values = [shown(groups.get(who)), shown(groups.get("professional"))]
    if area != LAND:
        values += [shown(book.total(any_row, area=LAND, doelgroep=d)) for d in (who, "professional")]
    principle = book.questions[SCAN, question]["uitgangspunt"]
    note = "" if "@" not in question else "andere vraagstelling"
    return Line(book.principle(principle) or book.text(any_row), tuple(values), note)


def _wishes(book: Book, area: str, name: str) -> list[DotTable]:
    rows = book.rows("fact_improvement", area)
    found = []
    for instrument in sorted({row["instrument"] for row in rows}):
        meting = book.latest(instrument, area)
        mine = {
            (r["doelgroep"], r["uitgangspunt"]): r
            for r in rows
            if (r["instrument"], r["meting"]) == (instrument, meting)
        }
        who = [d for d in (*SPEAK_FOR_THEMSELVES, "professional") if any(d == doelgroep for doelgroep, _ in mine)]
        groups = [*who[:1], *(["professional"] if "professional" in who[1:] else [])]
        if groups:
            found.append(_wish_table(book, instrument, str(meting), area, name, groups, mine))
    return found


def _wish_table(
    book: Book, instrument: str, meting: str, area: str, name: str, groups: list[str], mine: dict[tuple[str, str], Row]
) -> DotTable:
    country = {
        (row["doelgroep"], row["uitgangspunt"]): row
        for row in book.rows("fact_improvement", LAND)
        if area != LAND and (row["instrument"], row["meting"]) == (instrument, meting)
    }
    principles = sorted({code for _, code in mine}, key=lambda code: (book.principle(code) == code, code))
    lines = []
    for code in principles:
        values = [shown(mine.get((group, code))) for group in groups]
        values += [shown(country.get((group, code))) for group in groups if area != LAND]
        lines.append(Line(book.principle(code), tuple(values)))
    names = [DOELGROEP_WORDS[group].capitalize() for group in groups]
    marks = ["professional" if group == "professional" else "resident" for group in groups]
    if area != LAND:
        names += [f"{one} landelijk" for one in names]
        marks += [f"{mark}-nl" for mark in marks]
    caption = f"Aandeel dat hier verbetering wenst ({book.title(instrument)}, {name}, meting {meting})"
    return DotTable(caption, tuple(names), tuple(marks), tuple(lines))


def _sections(book: Book, area: str, name: str) -> list[Section]:
    rows = [
        r for r in book.totals(area) if r["statistic"] in {one for one, _, _ in DRAWN} and not _in_perspectives(book, r)
    ]
    found = []
    key = "instrument", "doelgroep"
    for (instrument, doelgroep), group in groupby(
        sorted(rows, key=lambda r: [r[k] for k in key]), key=lambda r: tuple(r[k] for k in key)
    ):
        meting = book.latest(instrument, area)
        mine = [row for row in group if row["meting"] == meting]
        who = DOELGROEP_WORDS.get(doelgroep, doelgroep)
        if mine:
            tables = _tables_of(book, mine, area, name)
            trend, series = _trend(book, mine, instrument, area)
            behind = _behind(book, mine, instrument) if area == LAND and trend else ""
            found.append(Section(book.title(instrument), f"{who}, meting {meting}", tables, trend, series, behind))
    return found


def _in_perspectives(book: Book, row: Row) -> bool:
    """Already shown side by side."""
    principle = book.questions[row["instrument"], row["question"]]["uitgangspunt"]
    return bool(row["instrument"] == SCAN and principle and row["doelgroep"] != "vertegenwoordiger")


def _tables_of(book: Book, rows: list[Row], area: str, name: str) -> tuple[DotTable, ...]:
    tables = []
    for statistic, caption, scale in DRAWN:
        mine = [row for row in rows if row["statistic"] == statistic and _in_range(book, row, scale)]
        beside = area != LAND and statistic != ELSEWHERE
        lines = []
        for row in sorted(mine, key=lambda row: (_theme(book, row), row["question"])):
            values = [shown(row), *([shown(book.total(row, area=LAND))] if beside else [])]
            lines.append(Line(book.text(row), tuple(values), _theme(book, row)))
        if lines:
            series = (name, "Landelijk") if beside else (name,)
            tables.append(DotTable(caption, series, ("own", "own-nl"), tuple(lines), scale))
    return tuple(tables)


def _in_range(book: Book, row: Row, scale: str) -> bool:
    """A mean is drawn on a line of 0 to 10; means on other scales stand in the tabellenboek."""
    return scale == "procent" or "cijfer" in row["question"]


def _theme(book: Book, row: Row) -> str:
    return str(book.questions[row["instrument"], row["question"]].get("theme") or "")


def _trend(book: Book, rows: list[Row], instrument: str, area: str) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    before, now = book.earlier(instrument, area), book.latest(instrument, area)
    if before is None or now is None:
        return (), ()
    pairs = [(row, book.total(row, meting=before)) for row in rows]
    lines = tuple(Line(book.text(row), (shown(old), shown(row))) for row, old in pairs if old is not None)
    return lines, (f"Meting {before}", f"Meting {now}")


def _behind(book: Book, rows: list[Row], instrument: str) -> str:
    """Whether the two metingen of the country may be compared, over all questions of a study."""
    metingen = [one for one in (book.earlier(instrument, LAND), book.latest(instrument, LAND)) if one]
    return behind_questions(
        [
            {
                f"Meting {meting}": standing(
                    frozenset(area for area in book.own_areas if _asked(book.total(row, area=area, meting=meting))),
                    country["n_gemeenten"],
                    meting,
                )
                for meting in metingen
                if (country := book.total(row, meting=meting)) and _asked(country) and not shown(country).closed
            }
            for row in rows
        ]
    )


def _asked(row: Row | None) -> bool:
    """Asked there, and in the same way."""
    return row is not None and row["status"] != "not_comparable"


def _different(book: Book, area: str) -> list[Row]:
    return [
        {
            **row,
            "name": book.name(area),
            "text": book.text(row),
            "title": book.title(row["instrument"]),
            "how": book.otherwise(row),
        }
        for row in book.totals(area)
        if row["status"] == "not_comparable"
    ]


def _panel(book: Book, area: str) -> list[Row]:
    rows = [row for row in book.totals(area) if row["statistic"] == "majority"]
    return [{**row, "text": book.text(row)} for row in rows if row["meting"] == book.latest(row["instrument"], area)]


def _side_by_side(book: Book) -> list[DotTable]:
    """A line per gemeente for every question that belongs to an uitgangspunt; alphabet, never a rank."""
    found = []
    for row in book.totals(LAND):
        question = book.questions[row["instrument"], row["question"]]
        newest = row["meting"] == book.latest(row["instrument"], LAND)
        if not newest or row["statistic"] != "share_positive" or not question["uitgangspunt"]:
            continue
        lines = [
            Line(book.name(area), (shown(value),))
            for area in book.own_areas
            if (value := book.total(row, area=area)) is not None
        ]
        if 0 < len(lines) <= MOST_GEMEENTEN:
            who = DOELGROEP_WORDS.get(row["doelgroep"], row["doelgroep"])
            caption = f"{book.text(row)} ({book.title(row['instrument'])}, {who}, meting {row['meting']})"
            country = Line("Landelijk", (shown(row),))
            found.append(DotTable(caption, ("Aandeel eens",), ("own",), (*lines, country)))
    return found
