"""A gemeente takes its own figures from a printed whole: what is left of others is nobody or at least ten (T8)."""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from anonymisation.disclosure import audit, protect
from anonymisation.disclosure.groups import insiders
from domain.release import TOTAL, EarlierCell, Hierarchy, History, Rules, Status, TableLayout, TableSpec

RULES = Rules(insider_dimension="gemeente")
HOME = {f"g{at}": "PV1" if at < 5 else "PV2" for at in range(9)}
SPEC = TableSpec(
    (TableLayout("t", ("gemeente",)),), (Hierarchy("gemeente", {**HOME, **dict.fromkeys(HOME.values(), TOTAL)}),)
)
PEOPLE = {"g0": 60, "g1": 25, "g2": 4, "g3": 3, "g5": 40, "g6": 33}


def printed(people):
    table = pa.table({"gemeente": list(people), "n": list(people.values())})
    return protect([table], SPEC, RULES).tables


def known_to(gemeente, people, tables):
    """Other groups that are certainly small for who has the own number beside what is printed."""
    cell = EarlierCell("eigen", "t", "", (("gemeente", gemeente),), people[gemeente], Status.PUBLISHED, 10)
    found = audit(tables, SPEC.hierarchies, replace(RULES, insider_dimension=None), History((cell,)), names=["t"])
    return [one.where for one in found.findings if one.threat == "T2" and one.where != f"gemeente {gemeente}"]


@pytest.mark.parametrize("gemeente", PEOPLE)
def test_own_figures_leave_enough_people_of_others(gemeente):
    assert known_to(gemeente, PEOPLE, printed(PEOPLE)) == []


def test_a_gemeente_that_adds_itself_to_open_ones_learns_nothing_of_the_country():
    """Everybody sees that the provincie holds 85 people and more, and so that the country does."""
    rows = {TOTAL: None, "PV1": None, "g0": 60, "g1": 25, "g2": None}
    status = ["suppressed" if n is None else "published" for n in rows.values()]
    table = pa.table({"gemeente": list(rows), "n": list(rows.values()), "status": status})
    assert audit([table], SPEC.hierarchies, RULES, names=["t"]).findings == ()


def test_a_provincie_holds_the_people_of_its_verband():
    """g3 adds itself to the verband, and knows of the closed provincie and country: both hold 25 people at least."""
    verband = {**dict.fromkeys(("g0", "g1", "g2"), "SV1"), "SV1": TOTAL}
    spec = (*SPEC.hierarchies, Hierarchy("gemeente", verband))
    gemeenten = {TOTAL: None, "PV1": None, **dict.fromkeys(("g0", "g1", "g2", "g3"))}
    tables = [gemeenten, {"SV1": 25, **dict.fromkeys(("g0", "g1", "g2"))}]
    made = [
        pa.table({
            "gemeente": list(rows), "n": pa.array(list(rows.values()), pa.int64()),
            "status": ["suppressed" if n is None else "published" for n in rows.values()],
        })
        for rows in tables
    ]  # fmt: skip
    assert audit(made, spec, RULES, names=["t", "v"]).findings == ()


def test_without_the_rule_they_leave_seven(monkeypatch):
    monkeypatch.setattr(insiders, "_small_rests", lambda *_: iter(()))
    assert known_to("g1", PEOPLE, printed(PEOPLE)) == ["gemeente g2", "gemeente g3"]


@pytest.mark.parametrize("seed", range(15))
def test_nobody_in_made_up_provincies_can(seed):
    dice = np.random.default_rng(seed)
    people = {own: int(dice.choice((dice.integers(1, 10), dice.integers(10, 70)))) for own in HOME}
    tables = printed(people)
    assert [(own, told) for own in people if (told := known_to(own, people, tables))] == []
