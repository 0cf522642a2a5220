"""Klantreis: findings per phase, and every theme of the own gemeente beside the number of gemeenten where it plays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from warehouse.reports.journeys import Journey
from warehouse.reports.pages import Page

Row = Mapping[str, Any]
WHOLE = "De hele reis"
_KIND_WORDS = {"knelpunt": "knelpunt", "gaat_goed": "gaat goed", "idee": "idee"}


@dataclass(frozen=True)
class Beside:
    """One theme: the own label ('' when nothing may be said here) and what holds for all gemeenten."""

    theme: str
    own: str
    elsewhere: str


@dataclass(frozen=True)
class Told:
    """One study: its curve and aspects, and themes per kind: of an area beside the country, of the country itself as
    they are (`pooled`)."""

    journey: Journey
    themes: tuple[tuple[str, tuple[Beside, ...]], ...] = ()
    pooled: tuple[tuple[str, tuple[Row, ...]], ...] = ()


def told(own: Page, country: Page | None) -> list[Told]:
    """Studies of an area with the country beside them; of the country itself, as they are."""
    if country is None:
        return [Told(replace(journey, themes=()), pooled=journey.themes) for journey in own.journeys]
    everywhere = {journey.title: journey for journey in country.journeys}
    return [
        Told(replace(journey, themes=()), _themes(journey, everywhere.get(journey.title))) for journey in own.journeys
    ]


def findings_by_phase(page: Page) -> list[tuple[str, list[Row]]]:
    """Findings in the order of the journey; those about no phase first."""
    places = {row["phase"]: (row["place"], row["phase_label"]) for one in page.journeys for row in one.phases}
    found: dict[tuple[int, str], list[Row]] = {}
    for row in page.findings:
        found.setdefault(_place(row["phase"], places), []).append(row)
    return [(label, rows) for (_, label), rows in sorted(found.items())]


def _place(phase: str | None, places: Mapping[str, tuple[int, str]]) -> tuple[int, str]:
    if not phase:
        return (-1, WHOLE)
    return places.get(phase, (99, str(phase).replace("_", " ").capitalize()))


def _themes(own: Journey, everywhere: Journey | None) -> tuple[tuple[str, tuple[Beside, ...]], ...]:
    here, there = dict(own.themes), dict(everywhere.themes if everywhere else ())
    kinds = [*here, *(kind for kind in there if kind not in here)]
    return tuple((kind, _beside(here.get(kind, ()), there.get(kind, ()))) for kind in kinds)


def _beside(here: Sequence[Row], there: Sequence[Row]) -> tuple[Beside, ...]:
    labels = {row["theme"]: str(row["label"]) for row in here}
    pooled = {row["theme"]: _elsewhere(row) for row in there}
    names = {row["theme"]: str(row["theme_label"]) for row in [*there, *here]}
    order = [*labels, *(theme for theme in pooled if theme not in labels)]
    return tuple(Beside(names[theme], labels.get(theme, ""), pooled.get(theme, "")) for theme in order)


def _elsewhere(row: Row) -> str:
    if row["gemeenten_met"] is None:
        return ""
    kind = _KIND_WORDS.get(str(row["kind"]), "genoemd")
    return f"{kind} in {row['gemeenten_met']} van {row['gemeenten_totaal']} gemeenten"
