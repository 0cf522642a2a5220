"""Primary rules in numpy (the road) against one SQL statement per block in DuckDB, and whether they say the same.

python -m benchmarks.primary
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from anonymisation.disclosure.groups.cells import Block, blocks
from anonymisation.disclosure.groups.primary import primary_reasons
from benchmarks.disclosure import layouts, national
from domain.release import Rules
from storage.duck import memory

SQL = Path(__file__).with_suffix(".sql").read_text()


def by_sql(block: Block, rules: Rules, connection: duckdb.DuckDBPyConnection) -> list[str | None]:
    """The reasons by SQL; a measure that a block does not have is NULL."""
    cells = {"place": np.arange(block.size), "n": block.n}
    for name in ("n_max_answer", "top_share", "n_contributors", "n_asked"):
        measure = block.measures.get(name)
        cells[name] = pa.nulls(block.size, pa.float64()) if measure is None else pa.array(measure, from_pandas=True)
    connection.register("cells", pa.table(cells))
    values = {
        "minimum": rules.minimum, "contributors": rules.min_contributors, "dominance": rules.dominance_share,
        "unanimous": rules.unanimous_share, "sensitive": block.layout.sensitive,
    }  # fmt: skip
    try:
        return [reason for (reason,) in connection.execute(SQL, values).fetchall()]
    finally:
        connection.unregister("cells")


def best(work: Callable[[], Any], times: int) -> float:
    """Processor milliseconds of one call, the least of five series."""
    found = []
    for _ in range(5):
        began = time.process_time()
        for _ in range(times):
            work()
        found.append((time.process_time() - began) / times)
    return 1000 * min(found)


def main() -> None:
    rules, (whole, tree) = Rules(), national()
    few = whole.slice(0, 20)
    with memory(threads=1) as connection:
        for table, times in ((few, 100), (whole, 10)):
            block = blocks(table, layouts(tree).tables[0], (tree,), connection)[0]
            plain = [None if reason is None else str(reason) for reason in primary_reasons(block, rules, rules.minimum)]
            same = plain == by_sql(block, rules, connection)
            road = best(lambda block=block: primary_reasons(block, rules, rules.minimum), times)
            sql = best(lambda block=block: by_sql(block, rules, connection), times)
            against = f"{block.size:6} cells: numpy {road:7.3f} ms, SQL {sql:7.3f} ms ({sql / road:5.1f} x)"
            print(f"{against}; same reasons: {same}")


if __name__ == "__main__":
    main()
