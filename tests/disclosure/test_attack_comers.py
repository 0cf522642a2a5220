"""Two folders of tables: what the shares of several lines of both add up to."""

import numpy as np
import pytest
from scipy.optimize import linprog

from anonymisation.disclosure.answers.rules import publish_distribution
from anonymisation.disclosure.attack.answers import possible_counts
from anonymisation.disclosure.files import audit_path

TOTAL = "TOTAAL"
X = None


def folder(path, lines):
    """lines: per gemeente how many people (None is closed), and the share of yes with its step."""
    path.mkdir(parents=True)
    rows = []
    for gemeente, (n, share, step) in lines.items():
        rows += [f"{gemeente},{TOTAL},{'x' if n is None else n},,", f"{gemeente},nee,,,"]
        rows += [f"{gemeente},ja,,{'' if share is None else share},{step or ''}"]
    (path / "t.csv").write_text("\n".join(["gemeente,antwoord,n,share,step", *rows]))
    return path


def told(tmp_path, then, now):
    """(threat, group) of what both tell; alone they tell nothing."""
    before, after = folder(tmp_path / "een", then), folder(tmp_path / "twee", now)
    assert audit_path(before, answers=["antwoord"]).findings == ()
    assert audit_path(after, answers=["antwoord"]).findings == ()
    found = audit_path(after, answers=["antwoord"], earlier=[before]).findings
    return {(one.threat, one.where) for one in found}


CLOSED = (X, X, X)
HALF = (20, 50, 10)  # 9 or 10 of 20 said yes


@pytest.mark.parametrize(("country", "seen"), [((60, 45, 5), True), ((60, 40, 20), False)])
def test_a_late_gemeente_beside_the_sums_of_both_is_pinned(tmp_path, country, seen):
    """A and B are at least 19 together, and all three at most 28: nine people in C said yes, and of who came."""
    then = {TOTAL: (40, 50, 5), "A": HALF, "B": HALF}
    found = told(tmp_path, then, {TOTAL: country, "A": HALF, "B": HALF, "C": HALF})
    assert (("T6", "gemeente C") in found) == (("T10", "totaal") in found) == seen == bool(found)


@pytest.mark.parametrize(("country", "seen"), [((70, 40, 5), True), ((70, 40, 10), False)])
def test_the_same_people_closed_in_another_way_are_one_problem(tmp_path, country, seen):
    """Of A and B nine at least, of C eleven, and 29 of all at most."""
    then = {TOTAL: country, "A": HALF, "B": HALF, "C": CLOSED}
    found = told(tmp_path, then, {TOTAL: country, "A": CLOSED, "B": CLOSED, "C": (30, 40, 10)})
    assert ({("T6", f"gemeente {one}") for one in "ABC"} <= found) == seen == bool(found)


@pytest.mark.parametrize(("country", "seen"), [((280, 52, 1), True), ((280, 51, 1), False)])
def test_who_came_to_closed_groups_may_not_have_answered_alike(tmp_path, country, seen):
    """B and C were seven yes at most and are 36 at least: of the thirty who came nearly all said so."""
    then = {TOTAL: (220, 45, 1), "A": (200, 47, 1), "B": CLOSED, "C": CLOSED}
    found = told(tmp_path, then, {TOTAL: country, "A": (230, 47, 1), "B": CLOSED, "C": CLOSED})
    assert found == ({("T10", "totaal")} if seen else set())


def test_where_some_came_and_others_left_nothing_follows(tmp_path):
    then = {TOTAL: (100, 50, 5), "A": (40, 50, 10), "B": (60, 50, 10)}
    now = {TOTAL: (120, 50, 5), "A": (80, 50, 10), "B": (40, 50, 10)}
    assert told(tmp_path, then, now) == set()


def test_twice_the_same_tells_nothing(tmp_path):
    lines = {TOTAL: (40, 50, 5), "A": HALF, "B": HALF}
    assert told(tmp_path, lines, lines) == set()


GROUPS = ("A", "B", "C", "D")


def made_up(dice):
    """People and yes per gemeente, then and now; to half of the pairs some came."""
    then = {one: int(dice.integers(12, 60)) for one in GROUPS}
    came = {one: int(dice.choice([0, 0, 12, 25])) if dice.random() < 0.5 else 0 for one in GROUPS}
    often = {one: float(dice.uniform(0.2, 0.8)) for one in GROUPS}
    yes = {one: int(dice.binomial(then[one], often[one])) for one in GROUPS}
    more = {one: int(dice.binomial(came[one], often[one])) for one in GROUPS}
    return (then, yes), ({one: then[one] + came[one] for one in GROUPS}, {one: yes[one] + more[one] for one in GROUPS})


def printed(people, yes, dice):
    """Every line in a step of its own, and some closed."""
    every = {TOTAL: (sum(people.values()), sum(yes.values())), **{one: (people[one], yes[one]) for one in GROUPS}}
    closed = set(dice.permutation(GROUPS)[: int(dice.choice([0, 2]))].tolist())
    lines = {}
    for name, (n, said) in every.items():
        share = publish_distribution((said, n - said), False, finest=int(dice.choice([1, 5, 10])))[0]
        shown = (n, share.value, share.step) if share.value is not None else (n, X, X)
        lines[name] = CLOSED if name in closed else shown
    return lines


def pinned(releases):
    """Lines with a share, and who came to a line, behind which one count is left: a programme over both releases.

    Who came to closed gemeenten may be anybody, as many as the country tells.
    """
    columns = [(at, one) for at in (0, 1) for one in GROUPS]
    limits = [([(c[1] == one) * (1 if c[0] else -1) for c in columns], 0, None) for one in GROUPS]
    rows = {}
    for at, lines in enumerate(releases):
        for name, (n, share, step) in lines.items():
            row = [float(c[0] == at and name in (c[1], TOTAL)) for c in columns]
            low, high = (0, n) if share is None else possible_counts(share, None, step, n or 0)
            limits.append((row, low, high))
            if share is not None and low < high:
                rows[at, name] = row
    for name in releases[0]:
        then, now = (lines[name][0] for lines in releases)
        if then is not None and now is not None:
            row = [float(name in (c[1], TOTAL)) * (1 if c[0] else -1) for c in columns]
            limits.append((row, 0, now - then))
            if now - then >= 10:
                rows["came", name] = row
    up = [row for row, _, most in limits if most is not None] + [[-one for one in row] for row, _, _ in limits]
    ends = [most for *_, most in limits if most is not None] + [-least for _, least, _ in limits]
    for name, row in rows.items():
        found = [linprog(sign * np.array(row), A_ub=up, b_ub=ends, bounds=(0, None)) for sign in (1, -1)]
        assert all(one.status == 0 for one in found)
        low, high = found[0].fun, -found[1].fun
        if np.ceil(low - 1e-6) >= np.floor(high + 1e-6):
            yield name


def test_what_is_found_is_what_a_programme_over_both_finds(tmp_path):
    """Of releases that tell nothing alone."""
    dice, leaks, seen = np.random.default_rng(3), 0, 0
    while seen < 60:
        (people, yes), later = made_up(dice)
        releases = printed(people, yes, dice), printed(*later, dice)
        folders = [folder(tmp_path / f"{dice.integers(1 << 40)}", lines) for lines in releases]
        if any(audit_path(one, answers=["antwoord"]).findings for one in folders):
            continue
        seen += 1
        expected = {name if name == TOTAL else f"gemeente {name}" for _, name in pinned(releases)}
        found = audit_path(folders[1], answers=["antwoord"], earlier=folders[:1]).findings
        told = {one.where.split(", ")[0].replace("totaal", TOTAL) for one in found if one.threat in ("T6", "T10")}
        assert expected <= told
        alike = {
            one.where.split(", ")[0].replace("totaal", TOTAL)
            for one in found
            if "gaf" in one.learned or "kwam" in one.learned
        }
        assert told - alike <= expected
        leaks += bool(expected)
    assert 3 < leaks < 50
