"""While lines become coarser beside an earlier release, only those lines are printed again."""

import pyarrow as pa

from domain.release import EarlierCell, History, Status
from warehouse import schema
from warehouse.areas import Above
from warehouse.before import Before
from warehouse.beside import settled_beside
from warehouse.between import Beside
from warehouse.cells import cell_of
from warehouse.pages import Pages
from warehouse.results import Printer
from warehouse.scopes import people_then

ABOVE = Above({area: ("gemeente", frozenset((area,))) for area in ("GM9001", "GM9002")}, {})
NOTHING = Beside(ABOVE, frozenset(), frozenset(), {}, {}, {})


class Rules:
    """The line of GM9001 tells until it stands in steps of 10; lines together never do."""

    def __init__(self):
        self.together = 0

    def tells_apart(self, was, now, scale):
        return now.value == 40.0 and now.step < 10

    def tells_together(self, *releases, **how):
        self.together += 1
        return set()


def cell(area, question="q1"):
    line = {"instrument": "ceo_wmo", "meting": "2026", "doelgroep": "client", "question": question, "area": area}
    return {**line, "breakdown": "TOTAAL", "breakdown_value": "TOTAAL", "value": 40.0 if area == "GM9001" else 60.0}


def printing():
    """What a line looks like in its finest step, and which lines were printed, in order."""
    asked = []

    def figures(measured, answered, printer):
        made = []
        for one in measured:
            asked.append((one["question"], one["area"]))
            rest = {"statistic": "share_positive", "base": 50, "label": None, "n_gemeenten": None, "positive": None}
            made.append({**one, "release": "r", "step": printer.finest.get(cell_of(one), 1), **rest})
        return {schema.FACT_RESULT: made, schema.FACT_DISTRIBUTION: [], schema.FACT_IMPROVEMENT: []}

    return figures, asked


def before(figures, cells):
    """An earlier release that printed these cells."""
    rows = figures(cells, [], Printer(None, "r", 10, "v"))[schema.FACT_RESULT]
    tables = {table.name: table.table([]) for table in schema.TABLES}
    table = schema.FACT_RESULT
    made = table.table([{column.name: row.get(column.name) for column in table.columns} for row in rows])
    return Before([{**tables, table.name: made}])


def test_only_the_line_that_tells_is_printed_again_and_the_question_is_laid_together_once():
    figures, asked = printing()
    earlier, rules = before(figures, [cell("GM9001"), cell("GM9002")]), Rules()
    asked.clear()
    measured = [cell("GM9001"), cell("GM9002"), cell("GM9001", "q2")]
    printer, rows = settled_beside(Printer(rules, "r", 10, "v"), figures, measured, [], NOTHING, earlier)
    assert asked == [("q1", "GM9001"), ("q1", "GM9002"), ("q1", "GM9001"), ("q1", "GM9001"), ("q2", "GM9001")]
    assert rules.together == 1  # nothing was printed of q2 before
    assert {(row["question"], row["area"]): row["step"] for row in rows[schema.FACT_RESULT]} == {
        ("q1", "GM9001"): 10, ("q1", "GM9002"): 1, ("q2", "GM9001"): 1}  # fmt: skip
    assert set(printer.finest.values()) == {10}


def test_a_page_has_the_rows_of_one_question_in_their_order():
    rows = [{"meting": "2026", "question": name, "n": at} for at, name in enumerate(("b", "a", "b"))]
    pages = Pages(pa.Table.from_pylist(rows))
    assert pages.rows(("2026", "b")) == [rows[0], rows[2]]
    assert pages.rows(("2026", "c")) == []
    assert Pages(pa.Table.from_pylist(rows).slice(3)).rows(("2026", "b")) == []


class Seen(Rules):
    """Keeps what it was asked, and finds the last line."""

    def tells_together(self, earlier, now, *scale, **how):
        self.lines = [*earlier, now]
        return {len(now) - 1}


def test_a_group_of_a_breakdown_is_laid_beside_itself_with_the_people_that_protect_knows():
    def rows(value):
        rest = {"release": "r0", "statistic": "share_positive", "step": 10, "label": None, "n_gemeenten": None}
        every = {**cell("GM9001"), **rest, "base": 50, "value": value}
        young = {**every, "breakdown": "leeftijd", "breakdown_value": "18-44", "base": None}
        return {schema.FACT_RESULT: [every, young], schema.FACT_DISTRIBUTION: [], schema.FACT_IMPROVEMENT: []}

    key = (("area", "GM9001"), ("leeftijd", "18-44"))
    scope = "doelgroep=client|instrument=ceo_wmo|meting=2026|question=q1"
    then = people_then(History((EarlierCell("r0", "leeftijd", scope, key, 24, Status.PUBLISHED, 10),)))
    group = ("ceo_wmo", "2026", "client", "q1", "GM9001", "leeftijd", "18-44")
    assert then == {"r0": {group: 24}}
    beside, rules = Beside(ABOVE, frozenset(), frozenset(), {}, {group: 36}, then), Seen()
    assert beside.telling([beside.earlier(rows(40.0))], rows(60.0), rules) == {group}
    found = [(line.n, line.group, line.figures[-1].n) for release in rules.lines for line in release if line.group]
    assert found == [(24, ("leeftijd", "18-44"), 24), (36, ("leeftijd", "18-44"), 36)]
