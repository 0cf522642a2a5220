"""A chart that is a table (perspectives, wishes) to take along: SVG that stands by itself, and CSV of what it shows."""

from collections.abc import Mapping

import jinja2
import pyarrow as pa

from portal.drawing import PLACE, source_line
from warehouse.exports import STATUS_WORDS, csv_bytes
from warehouse.reports.pages import DotTable, Page

_SCHEMA = pa.schema(
    [(name, pa.float64() if name == "waarde" else pa.string())
     for name in (*PLACE, "onderwerp", "reeks", "waarde", "basis", "status", "in_woorden")]
)  # fmt: skip


def tables_of(page: Page) -> list[DotTable]:
    """The charts of an area that can be taken along, in the order of the page."""
    return [*([page.perspectives] if page.perspectives else []), *page.wishes]


def as_svg(templates: jinja2.Environment, table: DotTable, release: str) -> str:
    """The whole chart with title, legend, axis, labels, values and its release, readable on its own."""
    values = [value for line in table.lines for value in line.values]
    return templates.get_template("dots.svg").render(table=table, source=source_line(release, values))


def as_csv(table: DotTable, place: Mapping[str, str]) -> bytes:
    """Exactly what is on the page, a line per label and series."""
    scale = 10.0 if table.scale == "cijfer" else 1.0
    rows = [
        {**place, "onderwerp": line.label, "reeks": name,
         "waarde": None if value.x is None or value.masked else value.x / scale, "basis": value.base,
         "status": STATUS_WORDS.get(value.status, value.status), "in_woorden": value.text}
        for line in table.lines for name, value in zip(table.series, line.values, strict=True)
    ]  # fmt: skip
    return csv_bytes(pa.Table.from_pylist(rows, schema=_SCHEMA))
