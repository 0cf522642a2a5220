"""Marts of a full year round: 342 gemeenten x 3 metingen x CEO Wmo of 300 rows, against DuckDB's own group-by.

Baseline: the same made-up answers as one in-memory table, unpivoted and counted in one query: what DuckDB needs
for the bare counting. Run: python benchmarks/marts.py [gemeenten]. Imports and making the data do not count.
"""

import sys
import time
from datetime import date

import numpy as np
import pyarrow as pa

from domain.delivery import DeliveryKey, DoelgroepFigures, Meting
from domain.policy import default_policy
from domain.records import CheckedRecords
from domain.vocabulary import Steekproef
from storage.codebooks import Codebooks
from storage.duck import memory
from storage.gemeenten import Gemeente
from warehouse.leaves import to_protect
from warehouse.marts import build_marts
from warehouse.sources import AreaBook, MartSource

ROWS = 300
BARE = """
select area, meting, item, leeftijd, cell, count(*)
from (unpivot answers on columns(* exclude (area, meting, leeftijd)) into name item value cell)
group by all
"""


def rows_of(random: np.random.Generator, items: list[str]) -> dict[str, np.ndarray]:
    """Made-up answers of one delivery."""
    ages = np.array(["18-44", "45-64", "65-74", "75-84", "85+"])
    columns = {name: random.choice(np.array(["1", "2", "3", "4", "5", "9"]), ROWS) for name in items}
    grades = random.choice(np.array([5.0, 6.0, 7.0, 8.0, 9.0]), ROWS)
    return {**columns, "rapportcijfer": grades, "leeftijd": random.choice(ages, ROWS)}


def main(gemeenten: int = 342) -> None:
    """Print seconds, the baseline and the ratio."""
    book = Codebooks().get("ceo_wmo@2016.1")
    policy = default_policy(book, "f" * 64)
    items = [name for name, column in book.rows.items() if column.statistic == "share"]
    random = np.random.default_rng(7)
    figures = DoelgroepFigures(invited=900, steekproef=Steekproef.ALLEN)
    areas = AreaBook({f"GM{i:04}": Gemeente(f"GM{i:04}", f"G{i}", f"P{i % 12}") for i in range(1, gemeenten + 1)})
    sources, bare = [], []
    for area in areas.gemeenten:
        for year in (2024, 2025, 2026):
            table = pa.table(rows_of(random, items))
            bare.append(
                table.append_column("area", pa.array([area] * ROWS)).append_column(
                    "meting", pa.array([str(year)] * ROWS)
                )
            )
            table = table.append_column("pseudonym", pa.array([f"{i:032x}" for i in range(ROWS)]))
            key = DeliveryKey(area, "ceo_wmo", str(year), "client")
            records = CheckedRecords(key, book.reference, {"rows": table}, policy_fingerprint="f", file_hash="h")
            meting = Meting(name=str(year), start=date(year, 1, 1), end=date(year, 6, 30))
            sources.append(MartSource(records, book, policy, figures, meting))
    whole = pa.concat_tables(bare)
    grades = whole.schema.get_field_index("rapportcijfer")
    whole = whole.set_column(grades, "rapportcijfer", whole.column("rapportcijfer").cast(pa.string()))
    with memory() as connection:
        connection.register("answers", whole)
        start = time.perf_counter()
        connection.execute(BARE).fetchall()
        baseline = time.perf_counter() - start
    with memory() as connection:
        start = time.perf_counter()
        build_marts(connection, "bench", sources, areas)
        built = time.perf_counter() - start
        start = time.perf_counter()
        leaf = to_protect(connection, "bench")
        ready = time.perf_counter() - start
    print(f"{len(sources)} deliveries x {ROWS} rows")
    print(f"baseline (bare unpivot and count): {baseline:6.2f} s")
    print(f"build_marts:                       {built:6.2f} s  ({built / baseline:.1f}x)")
    print(f"to_protect:                        {ready:6.2f} s, {sum(t.num_rows for t in leaf.tables)} leaf rows")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
