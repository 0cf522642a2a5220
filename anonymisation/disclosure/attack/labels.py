"""The attack on words: labels of talks, stories and cards that can be turned back into counts."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from domain.release import Finding
from storage.duck import query

_CHECKS: tuple[tuple[str, str, str, str], ...] = (
    ("fact_theme", "T16", "een label bij minder dan tien gesprekken",
     "label in ('meerdere keren', 'vaak') and base_band = '5-9'"),
    ("fact_theme", "T16", "een label dat er niet is: het zegt hoeveel mensen het waren",
     "label is not null and label not in ('niet getoond', 'meerdere keren', 'vaak', "
     "'meer dan 90 %', 'minder dan 10 %')"),
    ("fact_theme", "T8", "een thema telt minder dan drie gemeenten", "gemeenten_met between 1 and 2"),
    ("fact_theme", "T6", "een aandeel van gesprekken in te kleine stappen",
     "share is not null and (share % 10 <> 0 or share < 10 or share > 90)"),
    ("fact_klantreis_phase", "T16", "een label dat er niet is", "label is not null and label not in "
     "('vooral positief', 'wisselend', 'vooral negatief', 'niet getoond', 'meer dan 90 %', 'minder dan 10 %')"),
    ("fact_klantreis_aspect", "T16", "een label dat er niet is", "label is not null and label not in "
     "('vooral positief', 'wisselend', 'vooral negatief', 'niet getoond', 'meer dan 90 %', 'minder dan 10 %')"),
    ("fact_klantreis_phase", "T16", "een fase is beschreven bij minder dan tien gesprekken in een gemeente",
     "area like 'GM%' and base_band = '5-9' and label in ('vooral positief', 'wisselend', 'vooral negatief')"),
    ("fact_klantreis_phase", "T6", "aandelen van een curve buiten de pool of in te kleine stappen",
     "share_positive % 10 <> 0 or share_neutral % 10 <> 0 or share_negative % 10 <> 0 "
     "or (area like 'GM%' and coalesce(share_positive, share_neutral, share_negative) is not null)"),
    ("fact_klantreis_aspect", "T6", "aandelen van een aspect buiten de pool of in te kleine stappen",
     "share_positive % 10 <> 0 or share_neutral % 10 <> 0 or share_negative % 10 <> 0 "
     "or (area like 'GM%' and coalesce(share_positive, share_neutral, share_negative) is not null)"),
)  # fmt: skip


def attack_labels(connection: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Labels and pooled shares outside the words and steps of the design."""
    for table, threat, learned, condition in _CHECKS:
        rows = query(
            connection,
            f"select area, instrument, meting, doelgroep, phase from {table} where {condition} order by all",  # noqa: S608
        )
        for row in rows:
            yield Finding(threat, table, ", ".join(map(str, row)), learned)
