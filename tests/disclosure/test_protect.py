"""What protect promises, on tables small enough to read."""

from dataclasses import replace

import pyarrow as pa
import pytest

from anonymisation.disclosure import audit, protect
from domain.errors import DisclosureRefused, InputRejected, PolicyRefused
from domain.release import TOTAL, EarlierCell, Finding, Hierarchy, History, Rules, Status, TableLayout, TableSpec


def table(text):
    """A table from lines with | between the columns; n and the measures as numbers."""
    lines = [[part.strip() for part in line.split("|")] for line in text.strip().splitlines()]
    names, rows = lines[0], lines[1:]
    numbers = ("n", "n_max_answer", "top_share", "n_contributors", "n_asked")
    return pa.table({name: [float(r[i]) if name in numbers else r[i] for r in rows] for i, name in enumerate(names)})


def cells(printed):
    """Printed counts by codes."""
    dims = [name for name in printed.column_names if name not in ("n", "status")]
    return {tuple(row[dim] for dim in dims): row["n"] for row in printed.to_pylist()}


SMALL = table("""
    gemeente | leeftijd | n
    GM9001   | 18-64    | 40
    GM9001   | 65-74    | 6
    GM9001   | 75+      | 30
    GM9002   | 18-64    | 50
    GM9002   | 65-74    | 20
    GM9002   | 75+      | 30
""")
LAYOUT = TableLayout("ceo", ("gemeente", "leeftijd"))


def protected(*tables, layouts=(LAYOUT,), hierarchies=(), rules=None, history=None):
    return protect(tables, TableSpec(tuple(layouts), tuple(hierarchies)), rules or Rules(), history)


def test_a_small_cell_closes_and_its_totals_stay_open():
    shown = cells(protected(SMALL).tables[0])
    assert shown["GM9001", "65-74"] is None
    assert shown["GM9001", TOTAL] == 76
    assert shown[TOTAL, TOTAL] == 176
    assert sum(n is None for n in shown.values()) == 4


def test_outside_primary_and_secondary_look_the_same():
    printed = protected(SMALL).tables[0]
    assert printed.column_names == ["gemeente", "leeftijd", "n", "status"]
    assert set(printed.column("status").to_pylist()) == {"published", "indicative", "suppressed"}


def test_the_reason_stays_with_the_officer():
    found = protected(SMALL)
    reasons = {row["cell"]: row["reason"] for row in found.evidence.to_pylist()}
    assert reasons["gemeente GM9001, leeftijd 65-74"] == "T1"
    assert sorted(reasons.values()) == ["T1", "secondary", "secondary", "secondary"]
    assert "de groep zelf is te klein" in found.officer_summary
    assert "T1" not in found.certificate.summary


@pytest.mark.parametrize(("n", "shown"), [(0, True), (9, False), (10, True), (11, True)])
def test_boundary(n, shown):
    leaf = table(f"gemeente | leeftijd | n\nGM9001 | 18-64 | 40\nGM9001 | 75+ | 50\nGM9001 | 65-74 | {n}")
    assert (cells(protected(leaf).tables[0])["GM9001", "65-74"] is not None) == shown


def test_the_audit_finds_nothing_and_says_what_it_tried():
    found = protected(SMALL)
    report = audit(found.tables, (), Rules())
    assert report.safe
    assert len(report.attacks) == 7
    assert report.suppressed == 4


def test_opening_any_secondary_cell_is_found_out_by_the_audit():
    found = protected(SMALL)
    counts = {("GM9001", "18-64"): 40, ("GM9001", "75+"): 30, ("GM9002", "65-74"): 20, ("GM9002", "18-64"): 50,
              ("GM9002", "75+"): 30}  # fmt: skip
    closed = [codes for codes, n in cells(found.tables[0]).items() if n is None and codes in counts]
    assert len(closed) == 3
    for codes in closed:
        rows = [
            {**row, "n": counts[codes], "status": "published"} if (row["gemeente"], row["leeftijd"]) == codes else row
            for row in found.tables[0].to_pylist()
        ]
        report = audit([pa.Table.from_pylist(rows)], (), Rules())
        assert {finding.threat for finding in report.findings} == {"T2"}


def test_equal_input_gives_equal_bytes_and_row_order_does_not_matter():
    one, two = protected(SMALL), protected(SMALL.take([5, 3, 1, 0, 2, 4]))
    assert one.certificate.as_dict() == two.certificate.as_dict()
    assert one.tables[0].equals(two.tables[0])


def test_a_grand_total_that_is_small_closes_everything():
    shown = cells(protected(table("gemeente | leeftijd | n\nGM9001 | 18-64 | 3\nGM9001 | 65+ | 4")).tables[0])
    assert set(shown.values()) == {None}


def test_structural_zeros_are_shown_and_never_used_as_complement():
    leaf = table("""
        gemeente | leeftijd | n
        GM9001   | 18-64    | 40
        GM9001   | 65-74    | 4
        GM9001   | 75+      | 0
        GM9002   | 18-64    | 30
        GM9002   | 65-74    | 20
        GM9002   | 75+      | 0
    """)
    shown = cells(protected(leaf).tables[0])
    assert shown["GM9001", "75+"] == 0
    assert shown["GM9001", "65-74"] is None
    assert shown["GM9001", "18-64"] is None


def test_a_verband_minus_its_members_is_attacked_too():
    leaf = table("gemeente | n\nGM9001 | 100\nGM9002 | 90\nGM9003 | 4\nGM9004 | 60\nGM9005 | 70")
    tree = Hierarchy("gemeente", {"GM9001": "SV1", "GM9002": "SV1", "GM9003": "SV1", "GM9004": "SV2", "GM9005": "SV2"})
    shown = cells(protected(leaf, layouts=[TableLayout("t", ("gemeente",))], hierarchies=[tree]).tables[0])
    assert shown["GM9003",] is None
    closed = {code for (code,), n in shown.items() if n is None}
    assert closed & {"GM9001", "GM9002", "SV1"}
    assert shown[TOTAL,] == 324


@pytest.mark.parametrize(("n", "most", "closed"), [(40, 37, True), (40, 36, False), (10, 9, True), (10, 8, False)])
def test_sensitive_unanimous_groups_close(n, most, closed):
    """More than 90 %, or all but one."""
    leaf = table(f"""
        gemeente | n   | n_max_answer
        GM9001   | {n} | {most}
        GM9002   | 50  | 30
        GM9003   | 50  | 30
    """)
    found = protected(leaf, layouts=[TableLayout("t", ("gemeente",), sensitive=True)])
    assert ("T5" in found.evidence.column("reason").to_pylist()) is closed
    assert cells(found.tables[0])["GM9001",] == (None if closed else n)
    assert cells(protected(leaf, layouts=[TableLayout("t", ("gemeente",))]).tables[0])["GM9001",] == n


@pytest.mark.parametrize(
    ("contributors", "top", "reason"), [(2, 0.5, "T8"), (3, 0.6, "T7"), (3, 0.4, None), (4, 0.5, None)]
)
def test_benchmarks_rest_on_three_gemeenten_none_above_half(contributors, top, reason):
    leaf = table(f"groep | n | n_contributors | top_share\nA | 100 | {contributors} | {top}\nB | 200 | 5 | 0.3")
    found = protected(leaf, layouts=[TableLayout("t", ("groep",))])
    reasons = {row["cell"]: row["reason"] for row in found.evidence.to_pylist()}
    assert reasons.get("groep A") == reason


def test_a_benchmark_stays_large_enough_without_any_one_gemeente():
    leaf = table("groep | n | n_contributors | top_share\nA | 18 | 3 | 0.5\nB | 200 | 5 | 0.3")
    found = protected(leaf, layouts=[TableLayout("t", ("groep",))])
    assert {row["cell"]: row["reason"] for row in found.evidence.to_pylist()}["groep A"] == "T8"


def test_not_answering_a_sensitive_question_is_a_group():
    leaf = table("gemeente | n | n_asked\nGM9001 | 40 | 44\nGM9002 | 60 | 60\nGM9003 | 60 | 80")
    found = protected(leaf, layouts=[TableLayout("t", ("gemeente",), sensitive=True)])
    assert {row["cell"]: row["reason"] for row in found.evidence.to_pylist()}["gemeente GM9001"] == "T16"
    assert protected(leaf, layouts=[TableLayout("t", ("gemeente",))]).evidence.num_rows == 0


def test_a_weighted_count_does_not_help_a_small_group():
    leaf = table("gemeente | n\nGM9001 | 4\nGM9002 | 60\nGM9003 | 60").append_column(
        "gewogen", pa.array([80.0, 1.0, 1.0])
    )
    assert cells(protected(leaf, layouts=[TableLayout("t", ("gemeente",))]).tables[0])["GM9001",] is None


def test_answers_are_shares_of_their_group_and_never_counts():
    leaf = table("""
        gemeente | antwoord | n
        GM9001   | eens     | 60
        GM9001   | oneens   | 40
        GM9002   | eens     | 5
        GM9002   | oneens   | 3
        GM9003   | eens     | 97
        GM9003   | oneens   | 3
        GM9004   | eens     | 31
        GM9004   | oneens   | 20
    """)
    printed = protected(leaf, layouts=[TableLayout("t", ("gemeente",), answers=("antwoord",))]).tables[0]
    rows = {(row["gemeente"], row["antwoord"]): row for row in printed.to_pylist()}
    assert rows["GM9001", TOTAL]["n"] == 100
    assert (rows["GM9001", "eens"]["n"], rows["GM9001", "eens"]["share"]) == (None, 60)
    assert rows["GM9002", "eens"]["status"] == "suppressed"
    assert (rows["GM9003", "eens"]["bound"], rows["GM9003", "eens"]["share"]) == (">90", None)
    assert audit([printed], (), Rules(), answers=["antwoord"]).safe


def test_every_question_stands_on_its_own_respondents():
    leaf = table("""
        vraag | gemeente | n
        v1    | GM9001   | 40
        v1    | GM9002   | 8
        v1    | GM9003   | 30
        v2    | GM9001   | 40
        v2    | GM9002   | 12
        v2    | GM9003   | 30
    """)
    shown = cells(protected(leaf, layouts=[TableLayout("t", ("gemeente",), by=("vraag",))]).tables[0])
    assert shown["v1", "GM9002"] is None
    assert shown["v2", "GM9002"] == 12
    assert ("TOTAAL", "GM9002") not in shown


def test_siblings_merge_into_their_parent_when_most_are_small():
    bands = Hierarchy("leeftijd", {"18-44": "18-64", "45-64": "18-64", "65-74": "65+", "75+": "65+"})
    leaf = table("""
        gemeente | leeftijd | n
        GM9001   | 18-44    | 30
        GM9001   | 45-64    | 30
        GM9001   | 65-74    | 9
        GM9001   | 75+      | 25
        GM9002   | 18-44    | 30
        GM9002   | 45-64    | 30
        GM9002   | 65-74    | 30
        GM9002   | 75+      | 30
    """)
    found = protected(leaf, hierarchies=[bands], rules=Rules(merges=("leeftijd",)))
    shown = cells(found.tables[0])
    assert shown["GM9001", "65+"] == 34
    assert shown["GM9001", "75+"] is None
    assert "merged" in {row["reason"] for row in found.evidence.to_pylist()}


@pytest.mark.parametrize(
    "text",
    [
        "gemeente | leeftijd | n\nGM9001 | TOTAAL | 40",
        "gemeente | n\nGM9001 | 40",
        "gemeente | leeftijd | n\nGM9001 | 65+ | -1",
        "gemeente | leeftijd | n\nGM9001 | 65+ | 1.5",
    ],
)
def test_only_leaf_rows_of_people_are_accepted(text):
    with pytest.raises(InputRejected):
        protected(table(text))


def test_tables_that_count_other_people_are_refused():
    other = table("gemeente | voorziening | n\nGM9001 | hulp | 70\nGM9002 | hulp | 100")
    with pytest.raises(InputRejected):
        protected(SMALL, other, layouts=[LAYOUT, TableLayout("b", ("gemeente", "voorziening"))])


@pytest.mark.parametrize(
    "values",
    [
        {"minimum": 9},
        {"minimum": 4, "internal": True},
        {"min_contributors": 2},
        {"dominance_share": 0.6},
        {"unanimous_share": 0.95},
        {"min_support": 2},
    ],
)
def test_floors_cannot_be_configured_away(values):
    with pytest.raises(PolicyRefused):
        Rules(**values)
    assert Rules(minimum=5, internal=True).minimum == 5


@pytest.mark.parametrize(
    ("earlier", "advice"),
    [
        ((), "Laat in de gegevensafspraken een uitsplitsing weg"),
        (
            (EarlierCell("r1", "ceo", "", (), 176, Status.PUBLISHED, 10),),
            "precies de gemeenten op die ook in de vorige",
        ),
    ],
)
def test_a_refusal_says_where_and_what_to_do_now_but_not_what_can_be_known(monkeypatch, earlier, advice):
    found = tuple(Finding("T2", "ceo", f"gemeente GM900{at}", "hier zitten minder dan 10 mensen") for at in range(5))
    seen = protected(SMALL).audit
    monkeypatch.setattr("anonymisation.disclosure.protector.audit", lambda *_, **__: replace(seen, findings=found))
    with pytest.raises(DisclosureRefused) as refused:
        protected(SMALL, history=History(earlier))
    assert "tabel ceo, gemeente GM9000; tabel ceo, gemeente GM9001" in str(refused.value)
    assert "minder dan" not in str(refused.value)
    assert "en nog 2 keer" in str(refused.value)
    assert advice in str(refused.value)
