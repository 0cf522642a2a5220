"""While lines become coarser, only questions of which a line changed are laid beside earlier releases again."""

from warehouse import schema
from warehouse.areas import Above
from warehouse.between import Beside, questions_of


class Counted:
    """Counts how often it is asked, and finds nothing."""

    def __init__(self):
        self.asked = 0

    def tells_together(self, *releases, **how):
        self.asked += 1
        return set()


def rows(value):
    cell = {"instrument": "ceo_wmo", "meting": "2026", "doelgroep": "client", "question": "q1", "breakdown": "TOTAAL",
            "breakdown_value": "TOTAAL", "statistic": "share_positive", "base": 50, "step": 10, "label": None,
            "n_gemeenten": None}  # fmt: skip
    made = [{**cell, "area": area, "value": value} for area in ("GM9001", "GM9002")]
    return {table: made if table is schema.FACT_RESULT else [] for table in (
        schema.FACT_DISTRIBUTION, schema.FACT_RESULT, schema.FACT_IMPROVEMENT)}  # fmt: skip


def test_a_question_is_asked_again_only_when_a_line_changed():
    above = Above({area: ("gemeente", frozenset((area,))) for area in ("GM9001", "GM9002")}, {})
    beside, rules = Beside([questions_of(rows(40.0))], above, frozenset(), frozenset(), {}), Counted()
    for value, asked in ((50.0, 1), (50.0, 1), (60.0, 2), (60.0, 2), (50.0, 3)):
        beside.telling(rows(value), rules)
        assert rules.asked == asked
