"""One published value as a reader sees it: in words, and where it goes on the line of a chart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.dutch import grouped
from domain.reading_order import isolated

NBSP = "\N{NO-BREAK SPACE}"
PROTECTED = "kleine groep beschermd"
"""Why a figure is closed, true of both kinds: the group is too small, or the figure would give a small group away."""
_CLOSED = {"suppressed": PROTECTED, "not_comparable": "anders gevraagd"}
_SHORT = {"suppressed": "beschermd", "absent": "–"}
_BOUNDS = {"meer dan 90 %": (90.0, 100.0), "minder dan 10 %": (0.0, 10.0)}


@dataclass(frozen=True)
class Shown:
    """text: what stands in the table. x: place on the line 0-100, None when there is nothing to draw.

    low, high: the interval, or the end of the scale that a masked share lies in (masked). value: the printed number.
    """

    text: str
    status: str
    x: float | None = None
    low: float | None = None
    high: float | None = None
    masked: bool = False
    base: str = ""
    value: float | None = None

    @property
    def indicative(self) -> bool:
        """Fewer than thirty people."""
        return self.status == "indicative"

    @property
    def closed(self) -> bool:
        """Nothing may be shown."""
        return self.status in _CLOSED

    @property
    def short(self) -> str:
        """The text where a column is narrow."""
        return _SHORT.get(self.status, self.text)


NOT_ASKED = Shown("niet gevraagd", "absent")


def shown(row: Mapping[str, Any] | None) -> Shown:
    """A row of fact_result, fact_improvement or fact_distribution as a reader sees it."""
    if row is None:
        return NOT_ASKED
    status = str(row["status"])
    if status in _CLOSED:
        return Shown(_CLOSED[status], status)
    base = _base(row)
    if row["value"] is None:
        return _masked(row, status, base)
    mean = str(row.get("statistic", "")).startswith("mean")
    scale = 10.0 if mean else 1.0
    return Shown(
        number(row["value"], row["step"]) if mean else percent(row["value"]),
        status,
        x=float(row["value"]) * scale,
        low=None if row.get("ci_low") is None else float(row["ci_low"]) * scale,
        high=None if row.get("ci_high") is None else float(row["ci_high"]) * scale,
        base=base,
        value=row["value"],
    )


def _masked(row: Mapping[str, Any], status: str, base: str) -> Shown:
    text = str(row["label"] or "geen waarde")
    if text not in _BOUNDS:
        return Shown(text, status, base=base)
    low, high = _BOUNDS[text]
    return Shown(text.replace(" %", f"{NBSP}%"), status, x=(low + high) / 2, low=low, high=high, masked=True, base=base)


def _base(row: Mapping[str, Any]) -> str:
    if row.get("base") is not None:
        return f"{grouped(row['base'])} mensen"
    return f"{band_words(row['base_band'])} mensen" if row.get("base_band") else ""


def band_words(band: str | None) -> str:
    """'16-30' -> '16 tot en met 30', '> 30' -> 'meer dan 30'; a sign of the files in words."""
    return (band or "").replace("> ", "meer dan ").replace("-", " tot en met ")


def percent(value: float) -> str:
    """65.0 -> '65 %'."""
    return f"{value:.0f}{NBSP}%"


def number(value: float, step: float | None = None) -> str:
    """7.5 -> '7,5'; whole numbers without a decimal when that is all there is."""
    text = f"{value:.0f}" if step is not None and step >= 1 else f"{value:.1f}"
    return text.replace(".", ",")


def curve_share(row: Mapping[str, Any], part: str) -> str:
    """share_positive, share_neutral or share_negative of a pooled phase; a masked one by what its label says.

    Above 90 % positive or negative is always "vooral …", and above 90 % neutral leaves nothing of the two.
    """
    if row[part] is not None:
        return percent(row[part])
    rest = row["share_positive"] is None and row["share_negative"] is None
    mood = {"share_positive": "vooral positief", "share_negative": "vooral negatief"}.get(part)
    most = row["label"] == mood if mood else rest and row["label"] == "wisselend"
    return f"meer dan 90{NBSP}%" if most else f"minder dan 10{NBSP}%"


FILTERS = {"apart": isolated, "band": band_words, "whole": grouped, "curve_share": curve_share}
"""What the templates of charts and parts of reports need, wherever they are used."""
