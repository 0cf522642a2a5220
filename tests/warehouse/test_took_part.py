"""How many took part beside how many answered: each closes areas of its own, and who answered took part."""

import pytest
from helpers_warehouse import META, released, rows_of, source
from scipy.optimize import linprog

from anonymisation.disclosure import answers
from anonymisation.disclosure.published import audit_published
from anonymisation.disclosure.took_part import told_by_questions
from warehouse.published import write_release

PROVINCIE = {f"GM900{at}" for at in range(1, 5)}
SHAPES = [
    [[40, 0], [20, 20], [20, 20], [4, 0], [5, 0]],
    [[44, 21], [36, 6], [25, 11], [3, 0], [1, 0]],
    [[16, 15], [14, 22], [37, 8], [4, 0], [3, 0]],
]
"""People per gemeente and age: three large ones, and two that are too small; the last in another provincie."""


def release(people):
    return released(
        source(f"GM900{at}", {
            "ervaring": ["13"[who % 2] for who in range(sum(row))], "leeftijd": [30] * row[0] + [70] * row[1],
        })
        for at, row in enumerate(people, 1)
    )  # fmt: skip


def most(tables, area):
    """The most people who can have taken part in a gemeente: a programme from scratch over both tables."""
    printed = {row["area"]: row["responded"] for row in tables["fact_response"].to_pylist()}
    said = {row["area"]: row["base"] for row in rows_of(tables, "fact_result", breakdown="TOTAAL")}
    leaves = [f"GM900{at}" for at in range(1, 6)]
    holds = {"NL": set(leaves), "PV90": PROVINCIE, "SV9001": {*leaves[:3]}, **{one: {one} for one in leaves}}
    known = [
        ([float(one in holds[line] and which == at) for at in (0, 1) for one in leaves], n)
        for which, numbers in enumerate((printed, said)) for line, n in numbers.items() if n is not None
    ]  # fmt: skip
    fewer = [[-1.0 * (one == other) for other in leaves] + [1.0 * (one == other) for other in leaves] for one in leaves]
    goal = [-1.0 * (one == area) for one in leaves] + [0.0] * 5
    rows, right = zip(*known, strict=True)
    found = linprog(goal, A_eq=rows, b_eq=right, A_ub=fewer, b_ub=[0.0] * 5, bounds=(0, 1000), method="highs")
    return -found.fun


@pytest.mark.parametrize("people", SHAPES)
def test_a_closed_gemeente_may_have_taken_part_with_ten(people, tmp_path):
    tables = release(people)
    assert audit_published(write_release(tables, META, tmp_path).duckdb).safe
    assert min(most(tables, area) for area in ("GM9004", "GM9005")) >= 10


def test_without_the_rule_they_are_known_as_small_and_the_audit_finds_it(monkeypatch, tmp_path):
    monkeypatch.setattr(answers, "told_by_questions", lambda *_, **__: [])
    for at, people in enumerate(SHAPES):
        tables = release(people)
        assert most(tables, "GM9004") < 10
        found = audit_published(write_release(tables, META, tmp_path / str(at)).duckdb).findings
        assert {(one.threat, one.where.split(",")[0]) for one in found} == {("T2", "GM9004"), ("T2", "GM9005")}


HOLDS = {"NL": frozenset("abcd"), "PV": frozenset("abc")}


@pytest.mark.parametrize(
    ("took_part", "answered", "gone"),
    [
        ({"a": 40, "b": None, "c": 30, "d": None, "NL": 120}, [{"a": 40, "b": 44, "c": 30, "d": None}], ["NL"]),
        ({"a": 40, "b": None, "c": 30, "d": None, "NL": 120}, [{"a": 40, "b": 40, "c": 30, "d": None}], []),
        ({"a": 40, "b": None, "c": 30, "d": None, "NL": 120}, [], []),
        ({"a": 40, "b": None, "c": 30, "d": None, "NL": 120}, [{"a": 9, "b": 30}, {"b": 45}], ["NL"]),
        ({"a": 40, "b": None, "c": 30, "d": None, "NL": 120}, [{"PV": 112, "a": 40, "b": None, "c": None}], ["NL"]),
        ({"a": 40, "b": 44, "c": 30, "d": 20, "NL": 134, "PV": 114}, [{"a": 40, "b": 44}], []),
        ({"a": 40, "b": None, "c": 30, "d": None, "NL": 120}, [{"b": 60}], ["NL"]),
    ],
)
def test_the_sums_that_go(took_part, answered, gone):
    """Of the country 50 are left for b and d: 44 answered in b, or 45, or (with 70 others) 112 in three."""
    assert told_by_questions(took_part, answered, HOLDS) == gone
