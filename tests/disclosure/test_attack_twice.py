"""Numbers of people of two releases side by side, closed ones too: what neither tells alone."""

import numpy as np
import pyarrow as pa
import pytest
from scipy.optimize import linprog

from anonymisation.disclosure.attack.cells import views
from anonymisation.disclosure.attack.twice import Earlier, numbers_of_people
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
    return beside([then], now, RULES)


def beside(earlier, now, rules):
    found = [Earlier(f"r{at}", views(one, tree(), ()), tree()) for at, one in enumerate(earlier)]
    told = numbers_of_people(views(now, tree(), ()), found, tree(), rules)
    return {(one.threat, one.where.split(",")[0]) for one in told if one.threat != "T8"}


X = None


def test_the_same_people_closed_in_another_way():
    then = printed(NL=140, PV1=60, PV2=80, g1=X, g2=X, g3=30, g4=30, g5=20)
    now = printed(NL=140, PV1=X, PV2=X, g1=55, g2=X, g3=X, g4=30, g5=20)
    assert ("T2", "gebied g2") in found(then, now)


def test_a_gemeente_that_is_late_follows_from_a_number_of_then():
    """g5 comes with six people and closes g4, of which the first release told that it has thirty."""
    then = printed(NL=120, PV1=60, PV2=60, g1=30, g2=30, g3=30, g4=30)
    now = printed(NL=126, PV1=60, PV2=66, g1=30, g2=30, g3=30, g4=X, g5=X)
    assert ("T2", "gebied g5") in found(then, now)


def test_a_late_gemeente_beside_closed_ones_of_then_tells_nothing():
    then = printed(NL=120, PV1=60, PV2=60, g1=30, g2=30, g3=X, g4=X)
    now = printed(NL=145, PV1=60, PV2=85, g1=30, g2=30, g3=X, g4=X, g5=25)
    assert found(then, now) == set()


def test_one_that_went_follows_from_a_number_of_now():
    then = printed(NL=126, PV1=60, PV2=66, g1=30, g2=30, g3=30, g4=X, g5=X)
    now = printed(NL=120, PV1=60, PV2=60, g1=30, g2=30, g3=30, g4=30)
    assert ("T2", "gebied g5") in found(then, now)


def test_beside_a_late_gemeente_people_may_have_come_to_a_closed_one():
    """Sixteen came to g3, that was closed: of the 47 that it was with g4 then, its forty of now are no part."""
    then = printed(NL=107, PV1=60, PV2=47, g1=30, g2=30, g3=X, g4=X)
    now = printed(NL=134, PV1=60, PV2=74, g1=30, g2=30, g3=40, g4=X, g5=X)
    assert found(then, now) == set()


@pytest.mark.parametrize(("more", "threats"), [(2, {("T10", "gebied g2")}), (12, set())])
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
        small = {f"gebied {own}" for own, high in worst.items() if 0 < high < 10}
        told_now = beside([then], now, Rules())
        assert {where for threat, where in told_now if threat == "T2" and "gebied g" in where} == small
        told += bool(small)
    assert told > 3


def most(gemeente, printed_rows):
    """The most people that a gemeente can have."""
    own = list(HOME)
    sums = [[float(row["area"] in (TOTAL, one, HOME[one])) for one in own] for row in printed_rows]
    limits = {"A_eq": sums, "b_eq": [row["n"] for row in printed_rows]} if sums else {}
    cost = [-float(one == gemeente) for one in own]
    return min(1e6, -linprog(cost, bounds=(0, 1e6), **limits).fun)


NAMES = ("NL", "PV1", "PV2", *HOME)


def only(**areas):
    """A release that closes all other areas."""
    return printed(**{**dict.fromkeys(NAMES), **areas})


def test_three_releases_tell_what_no_two_of_them_tell():
    """140 in all, 80 in PV2 and 55 in g1: five are left for g2."""
    country, provincie, gemeente = only(NL=140), only(PV2=80), only(g1=55)
    assert not found(country, gemeente) | found(provincie, gemeente) | found(country, provincie)
    assert ("T2", "gebied g2") in beside([country, provincie], gemeente, RULES)


def test_what_earlier_releases_told_together_is_not_told_by_the_next():
    assert ("T2", "gebied g2") in beside([only(PV1=60)], only(g1=55), RULES)
    assert not beside([only(PV1=60), only(g1=55)], only(PV2=80), RULES)


def test_people_of_two_earlier_releases_are_the_same_where_others_came_since():
    """Both tell that g2 was five, and that is theirs to tell; not that of the next."""
    assert not beside([only(NL=140, g1=55), only(NL=140, PV2=80)], only(NL=160), RULES)


def test_three_random_releases_tell_what_all_their_prints_tell():
    """As for two; without what the first two tell."""
    dice, told, seen = np.random.default_rng(6), 0, 0
    while seen < 80:
        n = {own: int(dice.integers(3, 40)) for own in HOME}
        every = {"NL": sum(n.values()), **{up: sum(n[own] for own in n if HOME[own] == up) for up in ("PV1", "PV2")}}
        every |= n
        three = [
            printed(**{area: X if many < 10 or dice.random() < 0.75 else many for area, many in every.items()})
            for _ in range(3)
        ]
        if not all(audit([*one.values()], tree(), Rules()).safe for one in three):
            continue
        seen += 1
        rows = [[row for row in one["t"].to_pylist() if row["n"] is not None] for one in three]

        def small(*releases):
            prints = [row for release in releases for row in release]
            closed = HOME.keys() - {row["area"] for row in prints}
            return {f"gebied {own}" for own in closed if 0 < most(own, prints) < 10}

        names = {where for threat, where in beside(three[:2], three[2], Rules()) if threat == "T2"}
        names &= {f"gebied {own}" for own in HOME}
        pairs = small(rows[0], rows[2]) | small(rows[1], rows[2])
        assert names == pairs | (small(*rows) - small(*rows[:2]))
        told += bool(small(*rows) - small(*rows[:2]) - pairs)
    assert told > 1
