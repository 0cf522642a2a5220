"""Releases one after the other: differences, withdrawals, other bands, a looser policy."""

from dataclasses import replace

import pyarrow as pa
import pytest

from anonymisation.disclosure import audit, protect
from anonymisation.disclosure.history import (
    Deltas,
    add_release,
    cells_of,
    read_history,
    releases_in,
    settle,
    touched,
    with_deltas,
)
from domain.errors import CannotCheck, DisclosureRefused
from domain.release import TOTAL, Hierarchy, History, Rules, TableLayout, TableSpec

SPEC = TableSpec((TableLayout("ceo", ("gemeente", "leeftijd")),))
BANDS = ("18-64", "65-74", "75+")
OLDER = {"65-74": "65+", "75+": "65+", "65+": TOTAL}
FIRST = {"GM9001": (40, 30, 46), "GM9002": (50, 20, 30), "GM9003": (25, 31, 44)}


def leaves(counts, bands=BANDS):
    rows = [(g, b, n) for g, ns in counts.items() for b, n in zip(bands, ns, strict=True)]
    names = ("gemeente", "leeftijd", "n")
    return pa.table({name: list(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)})


def printed(result):
    return {(row["gemeente"], row["leeftijd"]): row["n"] for row in result.tables[0].to_pylist()}


def after(counts, *, rules=None, spec=SPEC):
    return History(cells_of(protect([leaves(counts)], spec, rules or Rules()), spec, "r1"))


def changed(history, changes):
    """Counters for a leaf cell and everything above it."""
    deltas = {}
    for (gemeente, band), (came, left) in changes.items():
        for key in ((), (("gemeente", gemeente),), (("leeftijd", band),), (("gemeente", gemeente), ("leeftijd", band))):
            old = deltas.get(("r1", "", key), Deltas())
            deltas["r1", "", key] = Deltas(old.came + came, old.left + left)
    return with_deltas(history, deltas)


def test_the_same_people_may_be_printed_again():
    history = after(FIRST)
    again = protect([leaves(FIRST)], SPEC, Rules(), history)
    assert printed(again) == {
        tuple(dict(c.key).get(d, TOTAL) for d in ("gemeente", "leeftijd")): c.n for c in history.cells
    }


def test_one_withdrawal_leaves_everything_as_it_was():
    history = changed(after(FIRST), {("GM9001", "18-64"): (0, 1)})
    later = {**FIRST, "GM9001": (39, 30, 46)}
    result = protect([leaves(later)], SPEC, Rules(), history)
    assert printed(result)["GM9001", "18-64"] == 40
    assert printed(result)["GM9001", TOTAL] == 116
    assert audit(result.tables, (), Rules(), history).safe


def test_a_late_gemeente_learns_nothing_from_what_is_printed_again():
    """Less its own people it finds the country of the first release, not of now; that had been printed."""
    spec = replace(SPEC, hierarchies=(Hierarchy("leeftijd", {**dict.fromkeys(BANDS, TOTAL), **OLDER}),))
    rules = Rules(insider_dimension="gemeente")
    first = {"GM9001": (68, 42, 14), "GM9002": (51, 40, 5), "GM9003": (43, 35, 6)}
    history = changed(after(first, rules=rules, spec=spec), {("GM9001", "75+"): (0, 1), ("GM9001", "65+"): (0, 1)})
    history = History(tuple(c if "gemeente" in dict(c.key) else replace(c, people="three") for c in history.cells))
    now = [leaves({**first, "GM9001": (68, 42, 13), "GM9004": (30, 6, 5)})]
    assert printed(protect(now, spec, rules, history))["GM9002", "65+"] == 45


def test_one_out_and_one_in_with_n_unchanged_is_a_change():
    history = changed(after(FIRST), {("GM9001", "18-64"): (1, 1)})
    other = {**FIRST, "GM9002": (62, 20, 30)}
    assert printed(protect([leaves(other)], SPEC, Rules(), history))["GM9002", "18-64"] == 50


def test_enough_changes_to_hide_in_are_printed():
    history = changed(after(FIRST), {("GM9001", "18-64"): (12, 0), ("GM9002", "75+"): (0, 11)})
    later = {**FIRST, "GM9001": (52, 30, 46), "GM9002": (50, 20, 19)}
    result = protect([leaves(later)], SPEC, Rules(), history)
    assert printed(result)["GM9001", "18-64"] == 52
    assert printed(result)["GM9002", "75+"] == 19


def test_a_change_that_nobody_counted_is_refused():
    with pytest.raises(DisclosureRefused):
        protect([leaves({**FIRST, "GM9001": (39, 30, 46)})], SPEC, Rules(), after(FIRST))


def test_the_audit_sees_the_difference_between_two_releases():
    later = protect([leaves({**FIRST, "GM9001": (39, 30, 46)})], SPEC, Rules())
    report = audit(later.tables, (), Rules(), after(FIRST))
    assert {finding.threat for finding in report.findings} == {"T10"}
    assert len(report.findings) == 4


def test_k_lowered_afterwards_opens_nothing():
    small = {"GM9001": (40, 7, 46), "GM9002": (50, 8, 30), "GM9003": (25, 31, 44)}
    history = after(small)
    later = printed(protect([leaves(small)], SPEC, Rules(minimum=5, internal=True), history))
    assert later["GM9001", "65-74"] is None
    assert later["GM9002", "65-74"] is None
    alone = printed(protect([leaves(small)], SPEC, Rules(minimum=5, internal=True)))
    assert alone["GM9001", "65-74"] == 7


def test_an_earlier_closed_cell_is_not_opened_by_other_choices_now():
    small = {"GM9001": (40, 4, 46), "GM9002": (50, 20, 30), "GM9003": (25, 31, 44)}
    history = after(small)
    shown = printed(protect([leaves(small)], SPEC, Rules(), history))
    assert shown == {tuple(dict(c.key).get(d, TOTAL) for d in ("gemeente", "leeftijd")): c.n for c in history.cells}


def test_overlapping_age_bands_in_two_releases_are_one_problem():
    """Each release is safe alone; together they pin 55-64 in GM9001 on 4 people."""
    first = {"GM9001": (40, 60), "GM9002": (50, 50)}
    second = {"GM9001": (44, 56), "GM9002": (70, 30)}
    spec = SPEC
    one = protect([leaves(first, ("18-54", "55-99"))], spec, Rules())
    history = History(cells_of(one, spec, "r1"))
    alone = protect([leaves(second, ("18-64", "65-99"))], spec, Rules())
    assert alone.evidence.num_rows == 0
    report = audit(alone.tables, (), Rules(), history)
    assert not report.safe
    assert all(n is not None for (_, band), n in printed(alone).items() if band == TOTAL)


def test_the_history_is_written_once_and_read_back(tmp_path):
    result = protect([leaves(FIRST)], SPEC, Rules())
    add_release(tmp_path, result, SPEC, "r1", certificate="c" * 64, published_at="2026-11-22", audience="deelnemers")
    assert read_history(tmp_path) == History(cells_of(result, SPEC, "r1"))
    key = (("gemeente", "GM9001"),)
    counted = read_history(tmp_path, {("r1", "", key): Deltas(0, 1)})
    assert [cell.delta_out for cell in counted.cells if cell.key == key] == [1]
    alone = read_history(tmp_path, {("r1", "", key): Deltas(0, 1)}, only=key[0])
    assert alone.cells == tuple(cell for cell in counted.cells if key[0] in cell.key) != counted.cells
    with pytest.raises(DisclosureRefused):
        add_release(tmp_path, result, SPEC, "r1", certificate="", published_at="", audience="")
    (tmp_path / "r2.parquet").write_bytes(b"broken")
    with pytest.raises(CannotCheck):
        read_history(tmp_path)


def named(folder, name, published_at, n):
    """A release with one gemeente of n people in the history folder."""
    result = protect([leaves({"GM9001": (n, n, n)})], SPEC, Rules())
    add_release(folder, result, SPEC, name, certificate="", published_at=published_at, audience="")


def test_history_goes_by_the_moment_of_publication_and_not_by_name(tmp_path):
    named(tmp_path, "b-eerst", "2026-01-01T10:00:00+00:00", 20)
    named(tmp_path, "a-later", "2026-06-01T10:00:00+00:00", 40)
    assert list(dict.fromkeys(cell.release for cell in read_history(tmp_path).cells)) == ["b-eerst", "a-later"]


@pytest.mark.parametrize("moment", ["", "2026-01-01T10:00:00+00:00"])
def test_without_knowing_what_was_printed_last_nothing_is_released(tmp_path, moment):
    named(tmp_path, "r1", "2026-01-01T10:00:00+00:00", 20)
    named(tmp_path, "r2", moment, 40)
    with pytest.raises(CannotCheck, match=r"r2.*wanneer deze uitgave"):
        read_history(tmp_path)


def test_a_prepared_release_is_history_from_its_publication(tmp_path):
    named(tmp_path / "prepared", "r1", "", 20)
    settle(tmp_path / "prepared" / "r1.parquet", tmp_path, published_at="2026-01-01T10:00:00+00:00")
    assert not list((tmp_path / "prepared").iterdir())
    assert {cell.release for cell in read_history(tmp_path).cells} == {"r1"} == {*releases_in(tmp_path)}


def test_the_cells_that_hold_a_person_are_found_without_an_id():
    cells = touched(after(FIRST), [("", {"gemeente": "GM9001", "leeftijd": "65-74"})])
    assert {key for _, _, key in cells} == {
        (), (("gemeente", "GM9001"),), (("leeftijd", "65-74"),), (("gemeente", "GM9001"), ("leeftijd", "65-74")),
    }  # fmt: skip


@pytest.mark.parametrize("own", [{"leeftijd": "85+"}, {}])
def test_a_person_whose_group_a_release_does_not_know_was_counted_as_unknown(own):
    unknown = History(
        tuple(
            replace(cell, key=key_as_unknown(cell.key))
            for cell in after(FIRST).cells
            if ("leeftijd", "18-64") not in cell.key
        )
    )
    cells = touched(unknown, [("", {"gemeente": "GM9001", **own})])
    assert (("gemeente", "GM9001"), ("leeftijd", "onbekend")) in {key for _, _, key in cells}
    assert not [key for _, _, key in cells if ("leeftijd", "85+") in key]


def key_as_unknown(key):
    return tuple((dim, "onbekend" if dim == "leeftijd" else code) for dim, code in key)


def test_counters_are_all_or_enough():
    cell = after(FIRST).cells[0]
    assert replace(cell, delta_in=0, delta_out=10).settled(10)
    assert not replace(cell, delta_in=9, delta_out=0).settled(10)


def test_overlapping_age_bands_are_made_safe_against_the_earlier_release():
    first, second = {"GM9001": (40, 60), "GM9002": (50, 50)}, {"GM9001": (44, 56), "GM9002": (70, 30)}
    history = History(cells_of(protect([leaves(first, ("18-54", "55-99"))], SPEC, Rules()), SPEC, "r1"))
    result = protect([leaves(second, ("18-64", "65-99"))], SPEC, Rules(), history)
    assert printed(result)["GM9001", "18-64"] is None
    assert printed(result)["GM9001", TOTAL] == 100
    assert audit(result.tables, (), Rules(), history).safe


def test_two_bandings_in_one_release_are_one_problem():
    spec = TableSpec((TableLayout("a", ("gemeente", "leeftijd")), TableLayout("b", ("gemeente", "leeftijd"))))
    tables = [
        leaves({"GM9001": (40, 60), "GM9002": (50, 50)}, ("18-54", "55-99")),
        leaves({"GM9001": (44, 56), "GM9002": (70, 30)}, ("18-64", "65-99")),
    ]
    alone = [protect([table], SPEC, Rules()).tables[0] for table in tables]
    assert all("suppressed" not in table.column("status").to_pylist() for table in alone)
    assert not audit(alone, (), Rules()).safe
    assert audit(protect(tables, spec, Rules()).tables, (), Rules()).safe
