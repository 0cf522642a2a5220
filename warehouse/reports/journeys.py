"""What talks tell: the curve in words, aspects and themes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from domain.vocabulary import TOTAAL
from warehouse.reports.book import Book, Row
from warehouse.reports.shown import band_words

_KINDS = {"knelpunt": "Knelpunten", "gaat_goed": "Wat gaat goed", "idee": "Ideeën voor verbetering",
          "thema": "Thema's", "conclusie": "Conclusies", "behoefte": "Behoeften", "wens": "Wensen",
          "ontwikkelpunt": "Ontwikkelpunten"}  # fmt: skip
_LEVEL = {"vooral positief": 0, "wisselend": 1, "vooral negatief": 2}


@dataclass(frozen=True)
class Journey:
    """What talks tell: the curve in words, aspects, themes. since: the earlier release that said the shares first."""

    title: str
    phases: tuple[Row, ...] = ()
    aspects: tuple[str, ...] = ()
    rated: tuple[tuple[str, tuple[str, ...]], ...] = ()
    themes: tuple[tuple[str, tuple[Row, ...]], ...] = ()
    band: str = ""
    since: str = ""


def journeys_of(book: Book, area: str) -> list[Journey]:
    """Of every instrument with talks the newest meting, in the order of the instruments."""
    metingen: dict[str, set[str]] = {}
    for table in ("fact_theme", "fact_klantreis_phase"):
        for row in book.rows(table, area):
            metingen.setdefault(row["instrument"], set()).add(row["meting"])
    return [_journey(book, one, book.newest(one, metingen[one]), area) for one in sorted(metingen)]


def _journey(book: Book, instrument: str, meting: str, area: str) -> Journey:
    def own(table: str) -> list[Row]:
        return [r for r in book.rows(table, area) if r["instrument"] == instrument and r["meting"] == meting]

    phases = sorted(own("fact_klantreis_phase"), key=lambda row: row["place"])
    aspects = sorted(own("fact_klantreis_aspect"), key=lambda row: (row["aspect"], row["place"]))
    themes = [row for row in own("fact_theme") if row["phase"] == TOTAAL and row["label"] != "niet getoond"]
    bands = {row["base_band"] for row in [*phases, *themes] if row["base_band"]}
    return Journey(
        f"{book.title(instrument)}, meting {meting}",
        tuple({**row, "level": _LEVEL.get(row["label"], 1)} for row in phases),
        *_rated(aspects),
        tuple(
            (_KINDS.get(kind, kind.capitalize()), tuple(sorted(rows, key=_theme_order)))
            for kind, rows in groupby(sorted(themes, key=_kind_order), key=lambda row: str(row["kind"]))
        ),
        band_words(min(bands)) if len(bands) == 1 else "",
        next((str(row["share_since"]) for row in [*phases, *themes] if row.get("share_since")), ""),
    )


def _rated(rows: list[Row]) -> tuple[tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]]:
    """Aspects as columns, phases as lines; an empty word where nothing may be said."""
    aspects = tuple(sorted({str(row["aspect"]) for row in rows}))
    words = {(row["phase"], row["aspect"]): str(row["label"]) for row in rows}
    phases = sorted({(row["place"], row["phase"], row["phase_label"]) for row in rows})
    return aspects, tuple((label, tuple(words.get((phase, a), "") for a in aspects)) for _, phase, label in phases)


def _kind_order(row: Row) -> tuple[int, str]:
    kinds = list(_KINDS)
    return (kinds.index(row["kind"]) if row["kind"] in kinds else 9, row["kind"])


def _theme_order(row: Row) -> tuple[int, int, str]:
    return (-(row["gemeenten_met"] or 0), 0 if row["label"] == "vaak" else 1, row["theme_label"])
