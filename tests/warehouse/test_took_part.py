"""How many took part beside how many answered: each closes areas of its own, and who answered took part."""

from dataclasses import replace

import pytest
from helpers_warehouse import META, released, rows_of, source
from scipy.optimize import linprog
from test_two_releases import Home

from anonymisation.disclosure.answers import rules as answers
from anonymisation.disclosure.answers.took_part import beside_who_took_part
from anonymisation.disclosure.published import audit_published
from domain.printed import PrintedPeople
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
    without_the_rule(monkeypatch)
    for at, people in enumerate(SHAPES):
        tables = release(people)
        assert most(tables, "GM9004") < 10
        found = audit_published(write_release(tables, META, tmp_path / str(at)).duckdb).findings
        assert {(one.threat, one.where.split(",")[0]) for one in found} == {("T2", "GM9004"), ("T2", "GM9005")}


def without_the_rule(monkeypatch):
    monkeypatch.setattr(answers, "beside_who_took_part", lambda prints, *_, **__: prints)


HOLDS = {"NL": frozenset("abcd"), "PV": frozenset("abc")}


def everybody(question, numbers, **more):
    return PrintedPeople(question, {(area, ()): n for area, n in numbers.items()}, **more)


def closed(prints, holds):
    """(question, area) of everything that the rule closes."""
    left = beside_who_took_part(prints, holds)
    return {(was.question, place[0]) for was, one in zip(prints, left, strict=True)
            for place, n in was.n.items() if n is not None and one.n[place] is None}  # fmt: skip


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
    prints = [everybody("", took_part), *(everybody(f"q{at}", one) for at, one in enumerate(answered))]
    assert closed(prints, HOLDS) == {("", area) for area in gone}


FIRST = {"a": 40, "b": None, "c": 30, "d": None, "NL": 120}
"""Of the country 50 are left for b and d."""


@pytest.mark.parametrize(
    ("then", "now", "gone"),
    [
        ([("", FIRST)], [("q", {"a": 40, "b": 44, "d": None})], {("q", "b")}),
        ([("", FIRST)], [("q", {"a": 40, "b": 40, "d": None})], set()),
        ([("", FIRST)], [("", {**FIRST, "NL": None}), ("q", {"a": 40, "b": 44, "d": None})], {("q", "b")}),
        ([("q", {"b": 44})], [("", FIRST), ("q", {"b": None, "d": None})], {("", "NL")}),
        ([("", FIRST), ("q", {"b": 44, "d": None})], [("", FIRST), ("q", {"b": 44, "d": None})], set()),
        ([("", FIRST)], [("p", {"b": 25, "d": None}), ("q", {"a": 35, "b": 44, "d": None})], {("q", "b")}),
        ([("", FIRST)], [("q", {"b": 44, "d": None, "NL": 90})], {("q", "b"), ("q", "NL")}),
    ],
)
def test_what_an_earlier_release_printed_stays(then, now, gone):
    """The new numbers go; in the fifth all was told before. In the last one 40 of b or more follows from the sum."""
    prints = [everybody(*one, earlier=True) for one in then] + [everybody(*one) for one in now]
    assert closed(prints, HOLDS) == gone


def test_other_people_of_an_earlier_release_are_no_border():
    """Ten left b since: who answers by now need not be among the 50 of then."""
    then = everybody("", FIRST, earlier=True, whose={"b": "before ten left"})
    assert closed([then, everybody("q", {"a": 40, "b": 44, "d": None})], HOLDS) == set()


def test_a_small_area_may_be_empty():
    """c and d are 33 together, and of c 30 took part: 3 or more answered in d, of which nobody may know that."""
    prints = [everybody("", {"c": 30, "d": None}),
              everybody("q", {"c": None, "d": None, "NL": 33}, small=frozenset({("d", ())}))]  # fmt: skip
    assert closed(prints, HOLDS) == {("", "c")}


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


def test_without_the_rule_at_most_seven_of_the_youngest_answered(monkeypatch, tmp_path):
    """37 took part, and 30 or more of the oldest answered; the audit finds it from the file."""
    without_the_rule(monkeypatch)
    tables = released(with_groups())
    assert took_part_and_oldest(tables) == (37, None, "30-99", None)
    found = audit_published(write_release(tables, META, tmp_path).duckdb).findings
    assert {(one.threat, one.where) for one in found} >= {
        ("T2", "GM9004, toegangsscan, 2026, inwoner, ervaring, leeftijd, 18-44")
    }


def test_of_the_groups_the_audit_finds_nothing(tmp_path):
    assert audit_published(write_release(released(with_groups()), META, tmp_path).duckdb).safe


LATER = {"GM9001": [26, 15, 10], "GM9002": [17, 11, 12], "GM9005": [0, 0, 1], "GM9006": [11, 4, 3]}
"""Who took part per gemeente and age. The response prints the country, the first, and no other; a question others."""


def asked(folder, *releases):
    """(per release who took part, who answered in the last, what the audit finds); releases: whether it is asked."""
    home = Home()
    for at, asked in enumerate(releases):
        sources = []
        for area, people in LATER.items():
            ages = [age for age, n in zip(AGES, people, strict=True) for _ in range(n)]
            codes = ["13"[who % 2] if asked else "9" for who in range(len(ages))]
            sources.append(source(area, {"ervaring": codes, **({"leeftijd": ages} if asked else {})}))
        tables = home.publish(sources)
        place = write_release(tables, replace(META, release=f"r{at}"), folder).duckdb
    took_part = [{row["area"]: row["responded"] for row in one["fact_response"].to_pylist()} for one in home.figures]
    answered = {row["area"]: row["base"] for row in rows_of(tables, "fact_result", breakdown="TOTAAL")}
    return took_part, answered, audit_published(place).findings


def test_what_an_earlier_release_printed_of_who_took_part_closes_lines_of_a_question(tmp_path):
    (took_part, _), answered, found = asked(tmp_path, False, True)
    assert (took_part["NL"], took_part["GM9001"], took_part["GM9005"]) == (110, 51, None)
    assert found == ()
    assert {area for area, n in answered.items() if n is not None} == {"GM9001", "GM9006"}


def test_a_question_that_is_asked_no_more_still_stands_beside_who_took_part(tmp_path):
    (first, second), _, found = asked(tmp_path, True, False)
    assert (first["NL"], second["NL"], found) == (None, None, ())


def test_without_the_rule_the_two_releases_pin_a_small_gemeente_and_the_audit_finds_it(monkeypatch, tmp_path):
    """Of the country 59 are left for three, and a later release prints that 40 and 18 of two answered."""
    without_the_rule(monkeypatch)
    _, answered, found = asked(tmp_path, False, True)
    assert (answered["GM9002"], answered["GM9006"]) == (40, 18)
    assert ("T2", "GM9005, toegangsscan, 2026, inwoner") in {(one.threat, one.where) for one in found}


OLD, YOUNG = ("age", "old"), ("age", "young")


@pytest.mark.parametrize(
    ("took_part", "asked", "gone"),
    [
        ({"a": 37, "b": 40, "c": 50}, {("a", ()): None, ("a", OLD): 30, ("a", YOUNG): None}, ["a"]),
        ({"a": 40, "b": 40, "c": 50}, {("a", ()): None, ("a", OLD): 30, ("a", YOUNG): None}, []),
        ({"a": 37, "b": 40, "NL": 77}, {("a", ()): None, ("a", OLD): 30, ("a", YOUNG): None}, ["NL", "a"]),
        ({"a": 37, "b": 40}, {("a", ()): 37, ("a", OLD): None, ("a", YOUNG): None}, []),
        ({"a": 45, "b": 20}, {("a", ()): None, ("b", ()): None, ("NL", OLD): 60, ("a", OLD): None, ("b", OLD): None,
                              ("a", YOUNG): None}, ["a"]),
    ],
)  # fmt: skip
def test_the_lines_that_go(took_part, asked, gone):
    """The last: of 60 old people at most 20 are in b, so 40 in a, and 5 of 45 are left."""
    holds = {"NL": frozenset("abcd")}
    assert closed([everybody("", took_part), PrintedPeople("q", asked)], holds) == {("", area) for area in gone}


def two_closed(tmp_path):
    """12, 13 and 12 people took part; of them 8, 6 and 8 answered one question, and 8, 12 and 11 gave a grade."""
    sizes = (("GM9001", 12, 8, 8), ("GM9003", 13, 6, 12), ("GM9004", 12, 8, 11))
    tables = released(
        source(area, {"ervaring": ["1"] * said + ["9"] * (n - said), "cijfer": [7] * graded + [None] * (n - graded)})
        for area, n, said, graded in sizes
    )
    found = audit_published(write_release(tables, META, tmp_path).duckdb).findings
    return {row["area"] for row in rows_of(tables, "fact_response") if row["responded"] is None}, found


def test_what_is_closed_here_no_gemeente_works_out_with_its_own_number(tmp_path):
    closed_lines, found = two_closed(tmp_path)
    assert found == ()
    assert closed_lines == {"GM9003", "PV90", "NL"}


def test_two_closed_gemeenten_of_a_printed_country_would_know_each_other(monkeypatch, tmp_path):
    monkeypatch.setattr("anonymisation.disclosure.answers.people.Problem.worked_out", lambda *_: set())
    closed_lines, found = two_closed(tmp_path)
    assert closed_lines == {"GM9001", "GM9003"}
    assert {(one.threat, one.where[-6:]) for one in found} == {("T8", "GM9001"), ("T8", "GM9003")}
