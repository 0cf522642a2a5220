"""How many took part beside how many answered: each closes areas of its own, and who answered took part."""

import pytest
from helpers_warehouse import META, released, rows_of, source
from scipy.optimize import linprog

from anonymisation.disclosure import answers
from anonymisation.disclosure.asked import told_of_groups
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
    for rule in ("told_by_questions", "told_of_groups"):
        monkeypatch.setattr(answers, rule, lambda *_, **__: [])
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


AGES = ("18-44", "65-74", "85+")
ASKED = [[2, 0, 7], [1, 4, 1], [4, 1, 2], [3, 0, 34], [7, 2, 7]]
SAID = [[2, 0, 0], [1, 4, 1], [3, 1, 2], [2, 0, 32], [7, 2, 3]]
"""Who took part per gemeente and age, and who of them answered: in the fourth a closed question shows its oldest."""


def with_groups():
    for at, (took_part, said) in enumerate(zip(ASKED, SAID, strict=True), 1):
        yield source(f"GM900{at}", {
            "ervaring": [code for n, m in zip(took_part, said, strict=True)
                         for code in (["13"[who % 2] for who in range(m)] + ["9"] * (n - m))],
            "leeftijd": [age for n, age in zip(took_part, AGES, strict=True) for _ in range(n)],
        })  # fmt: skip


def took_part_and_oldest(tables):
    """(how many took part in the fourth gemeente, what is printed of everybody and of the oldest who answered)."""
    (took_part,) = [row["responded"] for row in tables["fact_response"].to_pylist() if row["area"] == "GM9004"]
    said = {row["breakdown_value"]: row for row in rows_of(tables, "fact_result", area="GM9004")}
    return took_part, said["TOTAAL"]["base"], said["85+"]["base_band"], said["18-44"]["base_band"]


def test_who_took_part_is_no_border_for_a_closed_group():
    assert took_part_and_oldest(released(with_groups())) == (None, None, "30-99", None)


def test_without_the_rule_at_most_seven_of_the_youngest_answered(monkeypatch):
    """37 took part, and 30 or more of the oldest answered."""
    monkeypatch.setattr(answers, "told_of_groups", lambda *_, **__: [])
    assert took_part_and_oldest(released(with_groups())) == (37, None, "30-99", None)


OLD, YOUNG = ("age", "old"), ("age", "young")


@pytest.mark.parametrize(
    ("took_part", "asked", "gone"),
    [
        ({"a": 37, "b": 40, "c": 50}, {("a", ()): None, ("a", OLD): 30, ("a", YOUNG): None}, ["a"]),
        ({"a": 40, "b": 40, "c": 50}, {("a", ()): None, ("a", OLD): 30, ("a", YOUNG): None}, []),
        ({"a": 37, "NL": 127}, {("a", ()): None, ("a", OLD): 30, ("a", YOUNG): None}, ["NL", "a"]),
        ({"a": 37, "b": 40}, {("a", ()): 37, ("a", OLD): None, ("a", YOUNG): None}, []),
        ({"a": 45, "b": 20}, {("a", ()): None, ("b", ()): None, ("NL", OLD): 60, ("a", OLD): None, ("b", OLD): None,
                              ("a", YOUNG): None}, ["a"]),
    ],
)  # fmt: skip
def test_the_lines_that_go(took_part, asked, gone):
    """The last: of 60 old people at most 20 are in b, so 40 in a, and 5 of 45 are left."""
    holds = {"NL": frozenset("abcd")}
    assert told_of_groups(took_part, [asked], holds) == gone
