"""Closed numbers of people of two published files side by side: `protect` knows the first, and the audit sees both."""

from dataclasses import replace

import numpy as np
import pytest
import test_two_releases
from helpers_warehouse import AREAS, META, answers, disclosure_answers, source
from test_two_releases import Home

from anonymisation.disclosure import protect
from anonymisation.disclosure.history import Deltas
from anonymisation.disclosure.published import audit_published
from domain.errors import CannotCheck, DisclosureRefused
from domain.release import History
from warehouse.published import write_release

PROVINCIE = {code: AREAS.provinces[one.province] for code, one in AREAS.gemeenten.items() if one.province}


def above(area):
    """All lines that an area adds up to."""
    return {None, area, PROVINCIE[area], AREAS.verband_of.get(area)}


def delivery(area, n):
    return source(area, {"ervaring": answers(eens=n // 2, oneens=n - n // 2)})


def two_releases(n, folder, late=(), came=None):
    """What the audit finds in the second file. late: gemeenten of that one only; came: people who came to others."""
    home, came, first = Home(), came or {}, {area: delivery(area, many) for area, many in n.items()}
    then = home.publish([one for area, one in first.items() if area not in late])
    write_release(then, replace(META, release="r0"), folder)
    for cell in home.cells:
        where = dict(cell.key).get("area")
        more = sum(many for area, many in came.items() if where in above(area))
        home.deltas[cell.release, cell.scope, cell.key] = Deltas(came=more)
    second = [delivery(area, n[area] + came[area]) if area in came else one for area, one in first.items()]
    joined = {up or "NL" for area in late for up in above(area)}
    return audit_published(write_release(home.publish(second, joined), META, folder).duckdb).findings


def forgetful(monkeypatch):
    """Each release is protected as if it were the only one, and nobody lays who took part beside earlier questions."""
    monkeypatch.setattr(test_two_releases, "protect", lambda *asked: protect(*asked[:3], History.none()))
    monkeypatch.setattr(disclosure_answers, "beside_who_took_part", lambda prints, *_, **__: prints)


PEOPLE = dict(zip(sorted(PROVINCIE), (51, 40, 30, 6, 40, 41, 42, 43, 44), strict=True))
LATE = ("GM9004",)


def test_closed_numbers_of_two_files_tell_nothing(tmp_path):
    assert two_releases(PEOPLE, tmp_path, LATE) == ()


def test_the_audit_finds_a_small_group_that_follows_from_two_files(tmp_path, monkeypatch):
    """The second closes another gemeente so that GM9004 (6) does not follow; the first prints how many that has."""
    forgetful(monkeypatch)
    found = two_releases(PEOPLE, tmp_path, LATE)
    assert {"GM9004" in one.where for one in found if one.threat == "T2"} == {True}


def made_up(seed):
    """Nine gemeenten, many of them small: sizes, who is late, and how many came to others."""
    dice = np.random.default_rng(seed)
    n = {area: int(dice.choice((dice.integers(3, 12), dice.integers(12, 60)))) for area in sorted(PROVINCIE)}
    late = dice.choice(list(n), int(dice.integers(0, 3)), replace=False).tolist()
    return n, late, {area: int(dice.integers(10, 25)) for area in n if area not in late and dice.random() < 0.2}


def found(seed, folder):
    try:
        return two_releases(*_of(seed, folder))
    except (CannotCheck, DisclosureRefused):
        return ()


def test_people_who_came_to_a_closed_gemeente_beside_a_late_one_are_no_finding(tmp_path):
    """Eleven came to one of three, which no printed number shows: the sums over it have another gemeente."""
    assert two_releases(*_of(55, tmp_path)) == ()


def _of(seed, folder):
    n, late, came = made_up(seed)
    return n, folder, late, came


@pytest.mark.slow
@pytest.mark.parametrize("start", range(0, 60, 20))
def test_closed_numbers_of_random_files_tell_nothing(start, tmp_path):
    assert [seed for seed in range(start, start + 20) if found(seed, tmp_path / str(seed))] == []


def three_releases(seed, folder):
    """What the audit finds in the third file: each of the later two has a gemeente more, and people who came to others.

    Nothing where the second or the third cannot be published.
    """
    n, late, came = made_up(seed)
    late = [*late, "GM9002", "GM9007"][:2]
    home, present = Home(), [area for area in n if area not in late]
    since = {}
    try:
        for at in range(3):
            tables = home.publish([delivery(area, n[area]) for area in present], since={**since})
            file = write_release(tables, replace(META, release=f"r{at}"), folder).duckdb
            since[f"r{at}"] = set()
            if at < 2:
                grew = {area: many for area, many in came.items() if area in present and int(area[-1]) % 2 == at}
                for areas in since.values():
                    areas |= {up or "NL" for up in above(late[at])}
                n |= {area: n[area] + many for area, many in grew.items()}
                for cell in home.cells:
                    where = dict(cell.key).get("area")
                    was = home.deltas.get((cell.release, cell.scope, cell.key), Deltas())
                    more = sum(many for area, many in grew.items() if where in above(area))
                    home.deltas[cell.release, cell.scope, cell.key] = replace(was, came=was.came + more)
                present.append(late[at])
        return audit_published(file).findings
    except (CannotCheck, DisclosureRefused):
        return ()


def test_closed_numbers_of_three_files_tell_nothing(tmp_path):
    assert [seed for seed in (1, 2) if three_releases(seed, tmp_path / str(seed))] == []


@pytest.mark.slow
@pytest.mark.parametrize("start", range(100, 130, 10))
def test_closed_numbers_of_three_random_files_tell_nothing(start, tmp_path):
    assert [seed for seed in range(start, start + 10) if three_releases(seed, tmp_path / str(seed))] == []
