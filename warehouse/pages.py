"""Published tables of an earlier release, read a page at a time: a page is what a table says of one question."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from warehouse.leaves import BY
from warehouse.results import Row

Subject = tuple[Any, ...]
"""What a page is about: instrument, meting, doelgroep, and where its table has them the question."""


class Pages:
    """A published table, taken apart by what it is about: rows are made only of the page that is asked for."""

    def __init__(self, table: pa.Table) -> None:
        names = [name for name in BY if name in table.column_names]
        at = pa.array(np.arange(table.num_rows))
        found = table.select(names).append_column("at", at).group_by(names, use_threads=False)
        pages = found.aggregate([("at", "list")]).combine_chunks()
        self._table, self._rows = table, pages.column("at_list")
        self.subjects = {
            subject: page for page, subject in enumerate(zip(*(pages[name].to_pylist() for name in names), strict=True))
        }

    def rows(self, subject: Subject) -> list[Row]:
        """The rows of one page, in the order of the table; none when there is no such page."""
        page = self.subjects.get(subject)
        return [] if page is None else list(self._table.take(self._rows[page].values).to_pylist())
