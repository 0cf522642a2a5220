"""The attack on sensitive breakdowns: (nearly) everybody of an area in one group says it of each of them (T5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

import duckdb

from anonymisation.disclosure.attack.figures import Bands
from domain.release import Finding
from domain.vocabulary import ONBEKEND
from storage.duck import query

Span = tuple[float, float]

# Grain: one row per area, question and coarsest group of a sensitive breakdown; everybody: the number beside it.
GROUPS = """
with everybody as (
    select instrument, meting, doelgroep, question, area, max(base) as everybody
    from fact_result
    where breakdown = 'TOTAAL'
    group by all
)

select
    r.instrument, r.meting, r.doelgroep, r.question, r.area, r.breakdown, any_value(e.everybody),
    r.breakdown_value, max(r.base), max(r.base_band)
from fact_result r
join dim_breakdown b using (breakdown, breakdown_value)
left join everybody e using (instrument, meting, doelgroep, question, area)
where b.sensitive and b.parent = 'TOTAAL' and r.status <> 'not_comparable'
group by all
order by all
"""


def attack_everybody(connection: duckdb.DuckDBPyConnection, bands: Bands) -> Iterator[Finding]:
    """Areas of which whoever took part is surely in one group of a sensitive breakdown, as far as groups are known."""
    for (*line, everybody), rows in groupby(query(connection, GROUPS), key=lambda row: row[:7]):
        spans = {row[7]: _span(row[8], row[9], bands) for row in rows}
        for code in sorted(spans.keys() - {ONBEKEND}):
            if _nearly_all(code, spans, everybody):
                where = ", ".join((*line, code))
                yield Finding("T5", "fact_result", where, "(bijna) iedereen in dit gebied zit in deze ene groep")


def _span(base: int | None, band: str | None, bands: Bands) -> Span:
    """Fewest and most people in a group; a closed one may hold anybody."""
    return (float(base), float(base)) if base is not None else bands.get(band or "", (0.0, float("inf")))


def _nearly_all(code: str, spans: Mapping[str, Span], everybody: int | None) -> bool:
    """More than 90 % of those whose group is known, or all but at most one; a group without a row is empty."""
    most = sum(high for other, (_, high) in spans.items() if other not in (code, ONBEKEND))
    unknown = spans.get(ONBEKEND, (0.0, 0.0))[1]
    least = max(spans[code][0], (everybody or 0) - most - unknown)
    return least > 0 and (most < 2 or least > 9 * most)
