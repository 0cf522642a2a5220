"""The history of protect and the warehouse speak of the same cells."""

import pytest

from domain.release import EarlierCell, History, Status
from warehouse.cells import cell_of
from warehouse.scopes import RESPONSE, group_of, people_then, scope_of

ROW = {"instrument": "ceo_wmo", "meting": "2026", "doelgroep": "client", "question": "q1", "area": "GM9001"}
EVERYBODY = {"breakdown": "TOTAAL", "breakdown_value": "TOTAAL"}
YOUNG = {"breakdown": "leeftijd", "breakdown_value": "18-44"}


def history_cell(row, question, n, release="r0"):
    """As protect notes it: the country has no area, everybody has no group."""
    area = [] if row["area"] == "NL" else [("area", row["area"])]
    group = [] if row["breakdown"] == "TOTAAL" else [(row["breakdown"], row["breakdown_value"])]
    return EarlierCell(release, "t", scope_of(row, question), tuple(area + group), n, Status.PUBLISHED, 10)


@pytest.mark.parametrize("group", [EVERYBODY, YOUNG])
@pytest.mark.parametrize("area", ["GM9001", "NL"])
@pytest.mark.parametrize("question", ["q1", RESPONSE])
def test_a_cell_of_the_history_is_found_under_the_name_of_its_row(question, area, group):
    row = {**ROW, **group, "area": area}
    assert people_then(History((history_cell(row, question, 24),))) == {"r0": {group_of(row, question): 24}}


def test_a_group_is_named_as_its_cell_also_where_the_table_has_no_questions():
    row = {**ROW, **EVERYBODY}
    assert group_of(row, "q1") == cell_of(row)
    bare = {name: value for name, value in ROW.items() if name != "question"}
    assert group_of(bare, RESPONSE) == cell_of({**row, "question": RESPONSE})


def test_of_a_release_the_last_number_that_was_printed_by_then_counts():
    first, second = ROW | EVERYBODY, ROW | YOUNG
    cells = (history_cell(first, "q1", 60), history_cell(second, "q1", None),
             history_cell(first, "q1", 72, "r1"), history_cell(second, "q1", 24, "r1"))  # fmt: skip
    assert people_then(History(cells)) == {
        "r0": {cell_of(first): 60}, "r1": {cell_of(first): 72, cell_of(second): 24}}  # fmt: skip
