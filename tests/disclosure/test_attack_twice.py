"""Numbers of people of two releases side by side, closed ones too: what neither tells alone."""

import numpy as np
import pyarrow as pa
import pytest
from scipy.optimize import linprog

from anonymisation.disclosure.attack.cells import views
from anonymisation.disclosure.attack.twice import numbers_of_people
from anonymisation.disclosure.auditor import audit
from domain.release import TOTAL, Hierarchy, Rules

RULES = Rules(insider_dimension="area")
HOME = {"g1": "PV1", "g2": "PV1", "g3": "PV2", "g4": "PV2", "g5": "PV2"}


def tree():
    return [Hierarchy("area", {**dict.fromkeys(("PV1", "PV2"), TOTAL), **HOME})]


def printed(**areas):
    """A number of people per area; None is closed."""
    names = [TOTAL if area == "NL" else area for area in areas]
    status = ["suppressed" if n is None else "published" for n in areas.values()]
    return {"t": pa.table({"area": names, "n": pa.array([*areas.values()], pa.int64()), "status": status})}


def found(then, now):
    """(threat, group) of what an outsider learns from both that he does not from one."""
    assert all(audit([*one.values()], tree(), Rules()).safe for one in (then, now))
    told = numbers_of_people(views(now, tree(), ()), views(then, tree(), ()), tree(), RULES, "r0")
    return {(one.threat, one.where.split(",")[0]) for one in told if one.threat != "T8"}


X = None


def test_the_same_people_closed_in_another_way():
    then = printed(NL=140, PV1=60, PV2=80, g1=X, g2=X, g3=30, g4=30, g5=20)
    now = printed(NL=140, PV1=X, PV2=X, g1=55, g2=X, g3=X, g4=30, g5=20)
    assert ("T2", "area g2") in found(then, now)


def test_a_gemeente_that_is_late_follows_from_a_number_of_then():
    """g5 comes with six people and closes g4, of which the first release told that it has thirty."""
    then = printed(NL=120, PV1=60, PV2=60, g1=30, g2=30, g3=30, g4=30)
    now = printed(NL=126, PV1=60, PV2=66, g1=30, g2=30, g3=30, g4=X, g5=X)
    assert ("T2", "area g5") in found(then, now)


def test_a_late_gemeente_beside_closed_ones_of_then_tells_nothing():
    then = printed(NL=120, PV1=60, PV2=60, g1=30, g2=30, g3=X, g4=X)
    now = printed(NL=145, PV1=60, PV2=85, g1=30, g2=30, g3=X, g4=X, g5=25)
    assert found(then, now) == set()


def test_one_that_went_follows_from_a_number_of_now():
    then = printed(NL=126, PV1=60, PV2=66, g1=30, g2=30, g3=30, g4=X, g5=X)
    now = printed(NL=120, PV1=60, PV2=60, g1=30, g2=30, g3=30, g4=30)
    assert ("T2", "area g5") in found(then, now)


def test_beside_a_late_gemeente_people_may_have_come_to_a_closed_one():
    """Sixteen came to g3, that was closed: of the 47 that it was with g4 then, its forty of now are no part."""
    then = printed(NL=107, PV1=60, PV2=47, g1=30, g2=30, g3=X, g4=X)
    now = printed(NL=134, PV1=60, PV2=74, g1=30, g2=30, g3=40, g4=X, g5=X)
    assert found(then, now) == set()


@pytest.mark.parametrize(("more", "threats"), [(2, {("T10", "area g2")}), (12, set())])
def test_a_few_who_came_to_closed_groups_follow_from_several_sums(more, threats):
    """Ten came to g1 and ten to g3, as printed; both provincies are closed, and the country tells that two are left."""
    then = printed(NL=160, PV1=X, PV2=X, g1=40, g2=X, g3=40, g4=X, g5=40)
    now = printed(NL=180 + more, PV1=X, PV2=X, g1=50, g2=X, g3=50, g4=X, g5=40)
    assert found(then, now) == threats


def test_other_numbers_of_as_many_people_are_other_people():
    """The provincies changed though the country did not: g4 is somebody else, and nothing follows of it."""
    then = printed(NL=140, PV1=60, PV2=80, g1=X, g2=X, g3=30, g4=X, g5=X)
    now = printed(NL=140, PV1=80, PV2=60, g1=X, g2=X, g3=30, g4=X, g5=X)
    assert found(then, now) == set()


def random_pair(dice):
    """Two releases about the same people, each with some closed cells; only what each tells alone is safe is kept."""
    n = {own: int(dice.integers(3, 40)) for own in HOME}
    every = {"NL": sum(n.values()), **{up: sum(n[own] for own in n if HOME[own] == up) for up in ("PV1", "PV2")}, **n}

    def closed():
        return printed(**{area: X if many < 10 or dice.random() < 0.4 else many for area, many in every.items()})

    return closed(), closed()


def test_what_two_releases_tell_of_the_same_people_is_what_all_their_prints_tell():
    """Against every world of whole people: a closed gemeente is reported when, and only when, it must be small."""
    dice, told, seen = np.random.default_rng(5), 0, 0
    while seen < 40:
        then, now = random_pair(dice)
        if not all(audit([*one.values()], tree(), Rules()).safe for one in (then, now)):
            continue
        seen += 1
        every = [row for one in (then, now) for row in one["t"].to_pylist() if row["n"] is not None]
        worst = {own: most(own, every) for own in HOME if own not in {row["area"] for row in every}}
        small = {f"area {own}" for own, high in worst.items() if 0 < high < 10}
        beside = numbers_of_people(views(now, tree(), ()), views(then, tree(), ()), tree(), Rules(), "r0")
        assert {one.where for one in beside if one.threat == "T2" and "area g" in one.where} == small
        told += bool(small)
    assert told > 3


def most(gemeente, printed_rows):
    """The most people that a gemeente can have."""
    own = list(HOME)
    sums = [[float(row["area"] in (TOTAL, one, HOME[one])) for one in own] for row in printed_rows]
    limits = {"A_eq": sums, "b_eq": [row["n"] for row in printed_rows]} if sums else {}
    cost = [-float(one == gemeente) for one in own]
    return min(1e6, -linprog(cost, bounds=(0, 1e6), **limits).fun)
