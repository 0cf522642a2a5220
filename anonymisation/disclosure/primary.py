"""Primary suppression: which cells are too small, too alike or too much one contributor, each with its reason.

One SQL statement over the cells of a block; the first reason that holds is kept as evidence.
"""

from __future__ import annotations

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from anonymisation.disclosure.cells import MEASURES, Block
from domain.release import Reason, Rules

# Grain: one row per cell; reason is NULL for a cell that may stay open.
# Reads: cells (n and the measures, NULL where a measure does not apply). Holds real counts.
_REASONS = """
select
    cell,
    case
        ---------- T1, T16: people who answered this question, never weighted
        when n > 0 and n < $minimum then 'T1'
        ---------- T16: people who did not answer a sensitive question are a group too
        when $sensitive and n_asked > n and n_asked - n < $minimum then 'T16'
        ---------- T5: (nearly) all gave the same sensitive answer
        when $sensitive and n > 0 and (n_max_answer > $unanimous * n or n - n_max_answer < 2) then 'T5'
        ---------- T8: a benchmark rests on enough gemeenten, and stays large enough without any one of them
        when n > 0 and n_contributors < $contributors then 'T8'
        ---------- T7: one contributor is more than half of it
        when n > 0 and top_share > $dominance * n then 'T7'
        when n > 0 and n_contributors >= 1 and n - top_share < $minimum then 'T8'
    end as reason
from cells
order by cell
"""


def primary_reasons(
    block: Block, rules: Rules, minimum: int, connection: duckdb.DuckDBPyConnection
) -> npt.NDArray[np.object_]:
    """Reason per cell of a block, None where it may stay open.

    minimum: the minimum group size in force (history can make it stricter than the rules).
    """
    connection.register("cells", _frame(block))
    try:
        rows = connection.execute(
            _REASONS,
            {
                "minimum": minimum,
                "sensitive": block.layout.sensitive,
                "unanimous": rules.unanimous_share,
                "contributors": rules.min_contributors,
                "dominance": rules.dominance_share,
            },
        ).fetchall()
    finally:
        connection.unregister("cells")
    return np.array([Reason(reason) if reason else None for _, reason in rows] or [], dtype=object)


def _frame(block: Block) -> pa.Table:
    columns = {"cell": np.arange(block.size), "n": block.n}
    frame = pa.table(columns)
    for measure in MEASURES:
        values = block.measures.get(measure)
        if measure == "n_max_answer" and block.answers is not None:
            values = np.array([max(block.answers.get(row, {"": 0}).values()) for row in range(block.size)], dtype=float)
        column = pa.nulls(block.size, pa.float64()) if values is None else pa.array(values, from_pandas=True)
        frame = frame.append_column(measure, column)
    return frame
