"""In one scope of a table a whole stands for its parts, in another scope the parts stand themselves."""

import pyarrow as pa
import pytest

from anonymisation.disclosure import protect
from domain.release import Hierarchy, History, Rules, TableLayout, TableSpec

PARTS = {"a": 42, "b": 1, "c": 57, "d": 3, "e": 7}
ABOVE = {"north": "abcd", "town": "abc"}
TREES = [Hierarchy("area", dict.fromkeys(PARTS, "TOTAAL"))] + [
    Hierarchy("area", {**dict.fromkeys((*PARTS, *ABOVE), "TOTAAL"), **dict.fromkeys(areas, name)})
    for name, areas in ABOVE.items()
]


def table(name=""):
    """Question 1 by its parts, question 2 with the whole of that name where it has one."""
    rows = [("1", area, n) for area, n in PARTS.items()]
    rows += [("2", area, n + 20) for area, n in PARTS.items() if area not in ABOVE.get(name, "")]
    rows += [("2", name, sum(PARTS[area] + 20 for area in ABOVE[name]))] if name else []
    return pa.table(dict(zip(("question", "area", "n"), map(list, zip(*rows, strict=True)), strict=True)))


@pytest.mark.parametrize("names", [("north", "town"), ("town", "north"), ("town",)])
def test_wholes_of_another_scope_are_no_people_here(names):
    """Question 1 was refused as a contradiction: the whole counted beside its parts."""
    layouts = tuple(TableLayout(name or "all", ("area",), by=("question",)) for name in ("", *names))
    found = protect([table(name) for name in ("", *names)], TableSpec(layouts, tuple(TREES)), Rules(), History.none())
    shown = [
        {row["area"]: row["n"] for row in one.to_pylist() if row["question"] == "1" and row["n"] is not None}
        for one in found.tables
    ]
    assert [one["TOTAAL"] for one in shown] == [110] * len(shown)
