"""Groups of a breakdown in two published files: the audit lays them side by side, as the print does."""

import shutil
from collections import Counter
from dataclasses import replace

import duckdb
import numpy as np
import pytest
from helpers_warehouse import META, answers, rows_of, source
from test_two_releases import Home

from anonymisation.disclosure.history import Deltas
from anonymisation.disclosure.published import audit_published
from warehouse.published import write_release

AGES = ("18-44", "65-74", "85+")
ABOVE = {"18-44": "18-64", "65-74": "65+", "85+": "65+"}


def deliveries(people):
    """people: per gemeente and age how many said yes and how many said no."""
    for area, ages in people.items():
        said = [code for yes, no in ages.values() for code in answers(eens=yes, oneens=no)]
        grades = [grade for yes, no in ages.values() for grade in [8.0] * yes + [5.0] * no]
        of_age = [age for age, (yes, no) in ages.items() for _ in range(yes + no)]
        yield source(area, {"ervaring": said, "cijfer": grades, "leeftijd": of_age})


def two_releases(first, second, folder):
    """The second file, beside the first, and its tables. Who came and who left is counted as the register does."""
    home = Home()
    write_release(home.publish(list(deliveries(first))), replace(META, release="r0"), folder)
    came, left = Counter(), Counter()
    for area, ages in first.items():
        for age, counts in ages.items():
            more = sum(second[area][age]) - sum(counts)
            for up in (area, None, "PV90", *(["SV9001"] if area < "GM9004" else [])):
                for group in (age, ABOVE[age], None):
                    came[up, group] += max(more, 0)
                    left[up, group] += max(-more, 0)
    for cell in home.cells:
        where = dict(cell.key).get("area"), dict(cell.key).get("leeftijd")
        home.deltas[cell.release, cell.scope, cell.key] = Deltas(came=came[where], left=left[where])
    tables = home.publish(list(deliveries(second)))
    return write_release(tables, META, folder).duckdb, tables


TWENTY = {f"GM900{at}": {"18-44": (9 + at // 2, 11 - at // 2), "65-74": (10, 10), "85+": (8 + at, 12 - at)}
          for at in range(1, 5)}  # fmt: skip
LINE = "area = 'GM9002' and question = 'ervaring' and statistic = 'share_positive' and breakdown_value = '85+'"


def findings(place):
    return {
        (one.threat, one.where.split(", ")[0], one.where.split(", ")[-1]) for one in audit_published(place).findings
    }


def test_a_share_of_a_group_that_two_files_pin_is_found(tmp_path):
    """Three ages of at least twenty are sixty people: 9 or 10 of the oldest said yes, in the other file 10 to 13."""
    now, _ = two_releases(TWENTY, TWENTY, tmp_path)
    assert findings(now) == set()
    now.with_name("certificate.json").unlink(missing_ok=True)
    shutil.rmtree(now.with_suffix(""), ignore_errors=True)
    with duckdb.connect(str(now)) as connection:
        connection.execute(f"update fact_result set value = 60, step = 20, ci_low = null, ci_high = null where {LINE}")
    assert findings(now) == {("T6", "GM9002", "85+")}
    now.with_name("r0.duckdb").unlink()
    assert findings(now) == set()


def made_up(dice):
    """Four gemeenten, and ten to twenty-five people who came to one or two ages of the first, or left them."""

    def few(most):
        return int(dice.integers(0, most + 1))

    sizes = {f"GM900{at}": {age: int(dice.integers(18, 60)) for age in AGES} for at in range(1, 5)}
    people = {area: {age: (yes := int(dice.integers(2, n - 1)), n - yes) for age, n in ages.items()}
              for area, ages in sizes.items()}  # fmt: skip
    changed = dict(people["GM9001"])
    for age in dice.choice(AGES, int(dice.integers(1, 3)), replace=False).tolist():
        gap = int(dice.integers(10, 26))
        liked = int(dice.choice((0, gap, gap - 1, few(gap))))
        yes, no = changed[age]
        changed[age] = (yes + liked, no + gap - liked)
    more = {**people, "GM9001": changed}
    return (people, more) if dice.random() < 0.7 else (more, people)


def nothing_found(seed, folder):
    """Part of the lines of groups that is shown in the second release."""
    now, tables = two_releases(*made_up(np.random.default_rng(seed)), folder)
    assert (seed, audit_published(now).findings) == (seed, ())
    groups = rows_of(tables, "fact_result", statistic="share_positive", breakdown="leeftijd")
    return sum(row["value"] is not None for row in groups) / len(groups)


def test_groups_of_two_releases_tell_nothing(tmp_path):
    assert nothing_found(0, tmp_path) > 0.5


@pytest.mark.slow
@pytest.mark.parametrize("start", range(1, 41, 20))
def test_groups_of_two_releases_never_tell(start, tmp_path):
    shown = [nothing_found(seed, tmp_path / str(seed)) for seed in range(start, start + 20)]
    assert min(shown) > 0
