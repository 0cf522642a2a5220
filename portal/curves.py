"""The curve of a klantreis to take along: SVG that stands by itself, and CSV of what the page shows."""

from collections.abc import Mapping

import jinja2
import pyarrow as pa

from portal.drawing import PLACE, source_line
from warehouse.exports import csv_bytes
from warehouse.reports.journeys import Journey
from warehouse.reports.pages import Page
from warehouse.reports.shown import curve_share

_SHARES = {"positief": "share_positive", "neutraal": "share_neutral", "negatief": "share_negative"}
_SCHEMA = pa.schema(
    [(name, {"nummer": pa.int64(), "stap": pa.float64()}.get(name, pa.string()))
     for name in (*PLACE, "onderzoek", "nummer", "fase", "beleving", *_SHARES, "stap", "gemeenten")]
)  # fmt: skip


def curves_of(page: Page) -> list[Journey]:
    """The studies of an area that have a curve, in the order of the page."""
    return [one for one in page.journeys if one.phases]


def as_svg(templates: jinja2.Environment, one: Journey, own: str, release: str) -> str:
    """The whole curve with title, lanes, the name of every phase and its release, readable on its own."""
    return templates.get_template("curve.svg").render(one=one, own=own, source=source_line(release))


def as_csv(one: Journey, place: Mapping[str, str], *, country: bool) -> bytes:
    """Exactly what is on the page, a line per phase; shares only for the country, which alone shows them."""
    rows = [
        {**place, "onderzoek": one.title, "nummer": at, "fase": row["phase_label"], "beleving": row["label"]}
        | ({name: curve_share(row, column) for name, column in _SHARES.items()}
           | {"stap": row.get("step"), "gemeenten": "5 of meer"} if country else {})
        for at, row in enumerate(one.phases, 1)
    ]  # fmt: skip
    return csv_bytes(pa.Table.from_pylist(rows, schema=_SCHEMA))
