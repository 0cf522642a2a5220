"""Advice is computed, not guessed."""

import pyarrow as pa

from anonymisation.disclosure import advice
from anonymisation.disclosure.advice import advise, in_words, one_question
from domain.release import EarlierCell, Hierarchy, History, Rules, Status, TableLayout, TableSpec

BANDS = Hierarchy("leeftijd", {"18-44": "18-64", "45-64": "18-64", "65-74": "65+", "75+": "65+"})
ROWS = [("GM9001", "18-44", 30), ("GM9001", "45-64", 30), ("GM9001", "65-74", 6), ("GM9001", "75+", 30),
        ("GM9002", "18-44", 30), ("GM9002", "45-64", 40), ("GM9002", "65-74", 20), ("GM9002", "75+", 8),
        ("GM9003", "18-44", 30), ("GM9003", "45-64", 4), ("GM9003", "65-74", 20), ("GM9003", "75+", 30)]  # fmt: skip
TABLE = pa.table(dict(zip(("gemeente", "leeftijd", "n"), map(list, zip(*ROWS, strict=True)), strict=True)))
SPEC = TableSpec((TableLayout("ceo", ("gemeente", "leeftijd")),), (BANDS,))


def test_coarser_bands_bring_every_cell_back():
    best = next(one for one in advise([TABLE], SPEC, Rules()) if one.dimension == "leeftijd")
    assert (best.merge, best.suppressed_then) == ("leeftijd een stap grover", 0)
    assert best.suppressed_now >= 6
    assert best.visible_then == 1.0 > best.visible_now


def test_a_table_without_closed_cells_needs_no_advice():
    large = TABLE.set_column(2, "n", pa.array([50] * TABLE.num_rows))
    assert advise([large], SPEC, Rules()) == ()


def test_the_officer_reads_what_a_merge_brings():
    lines = in_words(advise([TABLE], SPEC, Rules(), along=("leeftijd",)))
    assert len(lines) == 1
    assert lines[0].startswith("Advies ceo: leeftijd een stap grover. Dan staat 100 %")


def test_a_merge_that_brings_nothing_is_not_advised():
    large = TABLE.set_column(2, "n", pa.array([50] * TABLE.num_rows))
    assert in_words(advise([large], SPEC, Rules())) == []


def test_only_the_asked_dimensions_are_looked_at():
    assert {one.dimension for one in advise([TABLE], SPEC, Rules(), along=("leeftijd",))} == {"leeftijd"}
    assert advise([TABLE], SPEC, Rules(), along=("wijk",)) == ()


def test_one_question_with_the_most_people_speaks_for_a_study():
    rows = [("m1", "q1", "GM9001", 5), ("m1", "q2", "GM9001", 7), ("m2", "q1", "GM9001", 9), ("m2", "q1", "GM9002", 1)]
    table = pa.table(dict(zip(("meting", "q", "g", "n"), map(list, zip(*rows, strict=True)), strict=True)))
    kept = one_question(table, TableLayout("t", ("g",), by=("meting", "q")))
    assert list(zip(*kept.select(["meting", "q"]).to_pydict().values(), strict=True)) == [
        ("m1", "q2"), ("m2", "q1"), ("m2", "q1"),
    ]  # fmt: skip


WIJKEN = Hierarchy("wijk", {"Centrum": "stad", "Noord": "stad", "Zuid": "stad", "Dorp A": "dorpen", "Dorp B": "dorpen"})


def test_where_one_step_is_not_enough_the_next_is_tried_down_to_the_gemeente():
    small = [("Centrum", 30), ("Noord", 9), ("Zuid", 4), ("Dorp A", 3), ("Dorp B", 2)]
    rows = [(gemeente, wijk, n) for gemeente in ("GM9001", "GM9002") for wijk, n in small]
    table = pa.table(dict(zip(("gemeente", "wijk", "n"), map(list, zip(*rows, strict=True)), strict=True)))
    spec = TableSpec((TableLayout("ceo", ("gemeente", "wijk")),), (WIJKEN,))
    found = {one.merge: one for one in advise([table], spec, Rules(), along=("wijk",))}
    assert found["wijk een stap grover"].visible_then == 0.0
    assert (found["wijk weglaten"].suppressed_then, found["wijk weglaten"].visible_then) == (0, 1.0)
    (line,) = in_words(list(found.values()))
    assert "wijk weglaten. Dan staat 100 %" in line


def test_fewer_groups_of_which_nobody_is_seen_are_no_advice():
    """Twelve journeys a gemeente: coarser ages close fewer groups, and show none."""
    rows = [("GM9001", "18-44", 3), ("GM9001", "45-64", 3), ("GM9001", "65-74", 4), ("GM9001", "75+", 2)]
    table = pa.table(dict(zip(("gemeente", "leeftijd", "n"), map(list, zip(*rows, strict=True)), strict=True)))
    coarser = next(one for one in advise([table], SPEC, Rules()) if one.merge == "leeftijd een stap grover")
    assert (coarser.suppressed_now > coarser.suppressed_then, coarser.visible_then) == (True, 0.0)
    assert not any("een stap grover" in line for line in in_words([coarser]))


def two_metingen(first, second):
    """One gemeente with so many people per age in two metingen."""
    rows = [
        (meting, "GM9001", age, n)
        for meting, people in (("2025", first), ("2026", second))
        for age, n in zip(("18-64", "65-74", "75+"), people, strict=True)
    ]
    table = pa.table(
        dict(zip(("meting", "gemeente", "leeftijd", "n"), map(list, zip(*rows, strict=True)), strict=True))
    )
    return table, TableSpec((TableLayout("ceo", ("gemeente", "leeftijd"), by=("meting",)),))


def test_two_metingen_together_bring_groups_back_that_are_small_in_each():
    table, spec = two_metingen((30, 7, 8), (25, 6, 9))
    (one,) = advise([table], spec, Rules(), along=("meting",))
    assert (one.suppressed_then, one.visible_then) == (0, 1.0)
    assert one.suppressed_now > 0
    merge = "meting 2025 en 2026 samen (wie in beide zit, telt dan één keer)"
    assert in_words([one])[0].startswith(f"Advies ceo: {merge}. Dan staat 100 %")


def test_a_meting_that_a_release_printed_is_taken_together_with_no_other():
    """Who subtracts what was printed from both would have the other."""
    table, spec = two_metingen((30, 7, 8), (25, 6, 9))
    printed = EarlierCell("r1", "ceo", "meting=2025", (("gemeente", "GM9001"),), 45, Status.PUBLISHED, 10)
    assert advise([table], spec, Rules(), History((printed,)), along=("meting",)) == ()


def eleven_people():
    """Of these five answers would tell a count in every step; three do not."""
    said = {"helemaal eens": 5, "eens": 1, "neutraal": 1, "oneens": 3, "helemaal oneens": 1}
    up = {"helemaal eens": "positief", "eens": "positief", "oneens": "negatief", "helemaal oneens": "negatief"}
    rows = [("GM9001", answer, n) for answer, n in said.items()] + [("GM9002", answer, 20) for answer in said]
    table = pa.table(dict(zip(("gemeente", "antwoord", "n"), map(list, zip(*rows, strict=True)), strict=True)))
    return table, TableSpec((TableLayout("antwoorden", ("gemeente",), ("antwoord",)),), (Hierarchy("antwoord", up),))


def test_fewer_kinds_of_answers_bring_answers_back():
    table, spec = eleven_people()
    (one,) = advise([table], spec, Rules())
    assert (one.suppressed_now, one.suppressed_then, one.visible_then) == (5, 0, 1.0)
    assert in_words([one]) == [
        "Advies antwoorden: antwoord een stap grover. Dan staat 100 % van de antwoorden er, nu 50 %. "
        "Wij tonen er dan 0 niet, nu 5."
    ]


def test_at_a_long_table_of_answers_nobody_looks(monkeypatch):
    table, spec = eleven_people()
    monkeypatch.setattr(advice, "FEW_ROWS", table.num_rows - 1)
    assert advise([table], spec, Rules()) == ()
