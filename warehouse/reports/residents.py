"""What a resident reads: what was asked, what people said, and what happens with it. Totals only, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from domain.dutch import grouped
from domain.instruments import AWAITED
from warehouse.reports.book import Row
from warehouse.reports.journeys import Journey
from warehouse.reports.pages import DotTable, Page
from warehouse.reports.shown import Shown, band_words

_OFTEN = "vaak"


@dataclass(frozen=True)
class Said:
    """One statement and how many of every hundred people agree; `share` is None for a masked or a mean value."""

    text: str
    words: str
    share: float | None
    few: bool


@dataclass(frozen=True)
class Study:
    """What people said in one study."""

    title: str
    said: tuple[Said, ...]


@dataclass(frozen=True)
class ForResidents:
    """The page of one gemeente, or of the country."""

    area: str
    name: str
    took_part: tuple[str, ...]
    studies: tuple[Study, ...]
    wishes: tuple[Study, ...]
    told: tuple[str, ...]
    findings: tuple[str, ...]
    quotes: tuple[str, ...]
    unworded: int

    @property
    def empty(self) -> bool:
        """There was nothing that may be shown."""
        return not (self.studies or self.wishes or self.told or self.findings)


def for_residents(page: Page) -> ForResidents:
    """The same published values as the report for the council, without what only experts read."""
    studies = [Study(f"{one.title} ({one.subtitle})", tuple(_of_tables(one.tables))) for one in page.sections]
    if page.perspectives is not None:
        studies.insert(0, Study("Toegangsscan", tuple(_said(page.perspectives))))
    wishes = [Study(table.series[0], tuple(_said(table))) for table in page.wishes]
    asked = {line.label for table in _tables(page) for line in table.lines}
    return ForResidents(
        area=page.area,
        name=page.own,
        took_part=tuple(_took_part(row) for row in page.response),
        studies=tuple(one for one in studies if one.said),
        wishes=tuple(one for one in wishes if one.said),
        told=tuple(words for journey in page.journeys for words in _often(journey)),
        findings=tuple(str(row["text"]) for row in page.findings),
        quotes=tuple(str(row["text"]) for row in page.quotes),
        unworded=len([label for label in asked if label.endswith(AWAITED)]),
    )


def _tables(page: Page) -> Iterator[DotTable]:
    if page.perspectives is not None:
        yield page.perspectives
    yield from page.wishes
    for section in page.sections:
        yield from section.tables


def _took_part(row: Row) -> str:
    who, title = row["who"], row["title"]
    if row["status"] == "suppressed":
        return f"{title}: wij tonen niets van {who}, om een kleine groep te beschermen."
    count = grouped(row["responded"]) if row["responded"] is not None else band_words(row["responded_band"])
    words = f"{count} {who}" if count else str(who).capitalize()
    return f"{words} deden mee met: {title}, meting {row['meting']}."


def _of_tables(tables: tuple[DotTable, ...]) -> Iterator[Said]:
    for table in tables:
        yield from _said(table)


def _said(table: DotTable) -> Iterator[Said]:
    """The first series is the gemeente itself. What has no wording yet says nothing to a resident."""
    for line in table.lines:
        value = line.values[0]
        if not line.label.endswith(AWAITED) and not value.closed and value.status != "absent":
            yield Said(line.label, _words(value, table.scale), _share(value, table.scale), value.indicative)


def _words(value: Shown, scale: str) -> str:
    if scale == "cijfer":
        return f"Gemiddeld een {value.text}"
    if value.masked or value.x is None:
        return f"{value.text[:1].upper()}{value.text[1:]} van de mensen"
    return f"{value.x:.0f} van de 100 mensen"


def _share(value: Shown, scale: str) -> float | None:
    return value.x if scale == "procent" and not value.masked else None


def _often(journey: Journey) -> Iterator[str]:
    for kind, rows in journey.themes:
        named = [str(row["theme_label"]) for row in rows if row["label"] == _OFTEN]
        if named:
            yield f"{kind}: {', '.join(named)}."
