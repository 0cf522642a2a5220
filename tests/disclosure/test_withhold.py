"""What cannot be made safe together is left out, the rest stays; small releases are never refused for being small."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anonymisation.disclosure import protect, scopes
from anonymisation.disclosure.groups.cells import blocks
from anonymisation.disclosure.groups.incidence import NoSafePattern
from anonymisation.disclosure.groups.pattern import find_pattern
from anonymisation.disclosure.groups.withhold import most_that_is_safe
from domain.release import TOTAL, Hierarchy, Rules, TableLayout, TableSpec
from storage.duck import memory

AREAS = {"g1": 40, "g2": 55, "g3": 30}
SPEC = TableSpec(tuple(TableLayout(name, ("area", *dims), area="area") for name, dims in
                       (("totaal", ()), ("leeftijd", ("leeftijd",)), ("geslacht", ("geslacht",)))))  # fmt: skip


def tables():
    totals = pa.table({"area": list(AREAS), "n": list(AREAS.values())})
    split = [
        pa.Table.from_pylist(
            [{"area": a, name: code, "n": n // 2 + (n % 2) * at} for a, n in AREAS.items() for at, code in pairs]
        )
        for name, pairs in (("leeftijd", ((0, "jong"), (1, "oud"))), ("geslacht", ((0, "m"), (1, "v"))))
    ]
    return [totals, *split]


def cut_up():
    with memory(threads=1) as connection:
        return [blocks(t, layout, (), connection)[0] for t, layout in zip(tables(), SPEC.tables, strict=True)]


def dims(kept):
    return [tuple(axis.name for axis in block.axes) for block in kept]


def refusing(*forbidden):
    """A way to solve that finds nothing as long as all these breakdowns stand beside each other."""

    def solve(kept):
        if set(forbidden) <= {name for shape in dims(kept) for name in shape}:
            raise NoSafePattern("samen niet")
        return dims(kept)

    return solve


def test_one_of_two_tables_that_cannot_stand_together_stays():
    found = most_that_is_safe(cut_up(), refusing("leeftijd", "geslacht"))
    assert found.outcome == [("area",), ("area", "leeftijd"), ("area",)]


def test_a_table_that_was_cut_in_vain_comes_back():
    found = most_that_is_safe(cut_up(), refusing("leeftijd"))
    assert found.outcome == [("area",), ("area",), ("area", "geslacht")]


def test_totals_per_area_are_the_last_to_go():
    assert most_that_is_safe(cut_up(), refusing("area")) is None


def test_only_the_table_that_blocks_is_withheld_and_the_certificate_says_so(monkeypatch):
    def blocked(problem, *rest, **more):
        if any(dim == "leeftijd" for key in problem.keys for dim, _ in key):
            raise NoSafePattern("zo niet")
        return find_pattern(problem, *rest, **more)

    monkeypatch.setattr(scopes, "find_pattern", blocked)
    found = protect(tables(), SPEC, Rules())
    total, age, sex = (table.to_pylist() for table in found.tables)
    assert [row["n"] for row in total] == [125, *AREAS.values()]
    assert all(row["n"] is None for row in age if row["leeftijd"] != TOTAL)
    assert [row["n"] for row in age if row["leeftijd"] == TOTAL] == [125, *AREAS.values()]
    assert all(row["n"] is not None for row in sex)
    assert set(found.evidence["reason"].to_pylist()) == {"withheld"}
    assert "Tabel leeftijd: 1 keer weggelaten" in found.certificate.summary
    assert "geslacht: 1 keer" not in found.certificate.summary


def test_before_a_table_goes_its_small_parts_are_merged(monkeypatch):
    tried = []

    def blocked(problem, primary, levels, rules, **more):
        tried.append(rules.merge_from)
        if len(tried) == 1:
            raise NoSafePattern("zo niet")
        return find_pattern(problem, primary, levels, rules, **more)

    monkeypatch.setattr(scopes, "find_pattern", blocked)
    leaf = pa.table({"area": ["g1"] * 3 + ["g2"] * 3, "band": ["a", "b", "c"] * 2, "n": [4, 30, 30, 20, 20, 20]})
    tree = (Hierarchy("band", {"a": "ab", "b": "ab"}),)
    found = protect([leaf], TableSpec((TableLayout("t", ("area", "band")),), tree), Rules(merges=("band",)))
    assert len(tried) == 2
    assert tried[1] < tried[0]
    assert {"merged"} <= set(found.evidence["reason"].to_pylist()) <= {"T1", "merged", "secondary"}


def tiny(seed):
    """A made-up release as small as they come: few gemeenten, small age bands, two to three per provincie."""
    dice = np.random.default_rng(seed)
    count, scale = int(dice.integers(3, 13)), float(np.exp(dice.uniform(np.log(6), np.log(150))))
    bands = ["18-44", "45-64", "65-74", "75-84", "85+"][: int(dice.integers(2, 6))]
    above = {f"GM{9000 + at}": f"PV{at // 3}" for at in range(count)}
    people = {(a, b): int(dice.poisson(scale / len(bands) * dice.gamma(2, 0.5))) for a in above for b in bands}
    total = {a: sum(people[a, b] for b in bands) for a in above}
    rows = []
    for province in sorted(set(above.values())):
        mine = {a: n for a, n in total.items() if above[a] == province and n}
        n, top = sum(mine.values()), max(mine.values(), default=0)
        if len(mine) >= 3 and 2 * top <= n and n - top >= 10:
            rows.append({"area": province, "n": n, "top_share": top / n, "n_contributors": len(mine)})
        else:
            rows += [{"area": a, "n": own, "top_share": None, "n_contributors": None} for a, own in mine.items()]
    measured = [("area", pa.string()), ("n", pa.int64()), ("top_share", pa.float64()), ("n_contributors", pa.int64())]
    split = [{"area": a, "leeftijd": b, "n": n} for (a, b), n in people.items() if n]
    given = [
        pa.table({"area": [a for a, n in total.items() if n], "n": [n for n in total.values() if n]}),
        pa.table({name: [row[name] for row in split] for name in ("area", "leeftijd", "n")}),
        pa.Table.from_pylist(rows, schema=pa.schema(measured)),
    ]
    trees = (
        Hierarchy("area", dict.fromkeys(above, TOTAL)),
        Hierarchy("area", {**dict.fromkeys((*above, *above.values()), TOTAL), **above}),
        Hierarchy("leeftijd", {"18-44": "18-64", "45-64": "18-64", "65-74": "65+", "75-84": "65+", "85+": "65+"}),
    )
    names = (("totaal", ("area",)), ("leeftijd", ("area", "leeftijd")), ("groepen", ("area",)))
    return given, TableSpec(tuple(TableLayout(name, groups, area="area") for name, groups in names), trees)


@settings(deadline=None, max_examples=10, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10**6))
def test_a_small_release_is_never_refused(seed):
    given_, spec = tiny(seed)
    if any(not table.num_rows for table in given_):
        return
    found = protect(given_, spec, Rules(merges=("leeftijd",), insider_dimension="area"))
    assert found.audit.safe
    assert len(found.tables) == 3


@pytest.mark.slow
@pytest.mark.parametrize("start", range(0, 600, 100))
def test_six_hundred_small_releases_are_never_refused(start):
    for seed in range(start, start + 100):
        given_, spec = tiny(seed)
        if all(table.num_rows for table in given_):
            assert protect(given_, spec, Rules(merges=("leeftijd",), insider_dimension="area")).audit.safe
