"""One leak of every kind is planted in a published file; `toegangspeil audit` finds each, and nothing without them."""

import json
import shutil

import duckdb
import pytest
from click.testing import CliRunner
from helpers_warehouse import AREAS, BOOKS, META, answers, released, source

from anonymisation.disclosure.certificate import published_hashes
from anonymisation.disclosure.certified import certified
from anonymisation.disclosure.published import audit_published
from domain.certificate import Certificate
from storage.canonical import fingerprint
from toegangspeil.commands.disclosure import audit
from warehouse.published import write_release
from warehouse.sources import AreaBook, Benchmark

LINE = "question = 'ervaring' and breakdown = 'TOTAAL' and statistic = 'share_positive'"


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """Seven gemeenten in two provincies; GM9006 is too small, and another one closes with it."""
    ages = ["18-44"] * 20 + ["65-74"] * 20 + ["85+"] * 20
    sources = [
        source(f"GM900{i}", {
            "ervaring": answers(eens=20 + 3 * i, oneens=40 - 3 * i), "leeftijd": ages,
            "verbetering": ["regie_zeggenschap"] * 25 + ["transparant_eenvoudig"] * 35, "cijfer": [6.0, 7.0, 8.0] * 20,
        }, invited=200)
        for i in (1, 2, 3, 4, 5, 7)
    ]  # fmt: skip
    sources.append(source("GM9006", {"ervaring": answers(eens=3, oneens=3)}))
    return write_release(released(sources), META, tmp_path_factory.mktemp("published")).duckdb


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    """A benchmark over both provincies, of five gemeenten with forty people each; GM9006 is in it, and too small."""
    members = ("GM9001", "GM9002", "GM9004", "GM9005", "GM9006", "GM9007")
    book = AreaBook(AREAS.gemeenten, (Benchmark("BM1", "Vergelijking", members),))
    sources = [
        source(area, {"ervaring": answers(eens=12 + i, oneens=28 - i)} if area != "GM9006" else {
            "ervaring": answers(eens=3, oneens=3)}, invited=200)
        for i, area in enumerate((*members, "GM9003", "GM9008"))
    ]  # fmt: skip
    return write_release(released(sources, book), META, tmp_path_factory.mktemp("compared")).duckdb


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory):
    """A verband and two of its gemeenten, with a figure that somebody else counted."""
    sources = [
        source(area, {
            "gemeente": [area], "periode": ["2024"], "indicator": ["snel"], "uitsplitsing_waarde": ["TOTAAL"],
            "waarde": [50.0], "aantal": [n],
        }, book=BOOKS.get("aggregaat@1.0"), doelgroep="client")
        for area, n in (("SV9001", 600), ("GM9001", 200), ("GM9002", 200))
    ]  # fmt: skip
    return write_release(released(sources), META, tmp_path_factory.mktemp("elsewhere")).duckdb


ELSEWHERE = {
    "six people in no gemeente": ("update fact_result set base = 406 where area = 'SV9001'", "T2"),
    "of sixty people in no gemeente all said yes": (
        "update fact_result set base = 460, value = 57 where area = 'SV9001'", "T5"),
    "the verband pins its gemeenten": (
        "update fact_result set base = 401, value = 39 where area = 'SV9001';"
        "update fact_result set base = 201, value = 38 where area = 'GM9001';"
        "update fact_result set value = 39 where area = 'GM9002'", "T6"),
    "a figure of nine people": ("update fact_result set base = 9 where area = 'GM9001'", "T1"),
}  # fmt: skip


def changed(published, folder, statements):
    place = folder / "r1.duckdb"
    shutil.copy(published, place)
    with duckdb.connect(str(place)) as connection:
        for statement in statements.split(";"):
            done = connection.execute(statement).fetchall()
            assert "alter" in statement or done != [(0,)], "nothing was planted"
    return place


def copied(table, where, **values):
    """INSERT of a row like another, with other values."""
    changes = ", ".join(f"{value} as {name}" for name, value in values.items())
    return f"insert into {table} select * replace ({changes}) from {table} where {where} limit 1"


def talks(bands, *others):
    """INSERTs of talks: per gemeente the band of how many there were, then rows of other tables."""
    line = "'klantreis', '2026', 'client'"
    response = [f"('r1', '{area}', {line}, '{band}', 'published')" for area, band in bands.items()]
    return ";".join((
        "insert into fact_response (release, area, instrument, meting, doelgroep, responded_band, status) values "
        + ", ".join(response), *(text.replace("LINE", line) for text in others)))  # fmt: skip


def themes(whole, **labels):
    """INSERT of one theme: the share of all talks in words, and the labels of gemeenten."""
    head = "('r1', '{}', LINE, 'knelpunt', 'TOTAAL', 'wachttijd', '{}', 'published')"
    rows = [head.format(area, label) for area, label in {"NL": whole, **labels}.items()]
    columns = "release, area, instrument, meting, doelgroep, kind, phase, theme, label, status"
    return f"insert into fact_theme ({columns}) values {', '.join(rows)}"


NONE, SEVERAL, OFTEN = "niet getoond", "meerdere keren", "vaak"
SIX = dict.fromkeys(("GM9001", "GM9002", "GM9003", "GM9004", "GM9005", "GM9007"), "10-15")
PLANTED = {
    "three gemeenten use up a rare share: three people each, and nobody elsewhere": (
        talks({**SIX, "GM9006": "5-9"}, themes(
            "minder dan 10 %", GM9001=SEVERAL, GM9002=SEVERAL, GM9003=SEVERAL, GM9004=NONE, GM9005=NONE, GM9007=NONE)),
        "T6"),
    "so much is named that somebody did in a gemeente without a label": (
        talks({**SIX, "GM9006": "5-9"}, themes(
            "meer dan 90 %", GM9001=OFTEN, GM9002=OFTEN, GM9003=OFTEN, GM9004=OFTEN, GM9005=OFTEN, GM9007=NONE)),
        "T6"),
    "a small group is opened": (
        f"update fact_result set base = 6, status = 'published' where area = 'GM9006' and {LINE}", "T1"),
    "the partner of a small group is opened": (
        f"update fact_result set base = 126, status = 'published' where area = 'PV91' and {LINE}", "T2"),
    "a gemeente that knows itself learns the only other closed one": (
        "update fact_result set base = null, base_band = null, value = null, status = 'suppressed', ci_low = null, "
        "ci_high = null where area in ('GM9001', 'GM9002') and question = 'ervaring';"
        "update fact_distribution set base = null where area in ('GM9001', 'GM9002') and question = 'ervaring'", "T8"),
    "a base that is closed here stands in another table": (
        "update fact_distribution set base = 6 where area = 'GM9006' and question = 'ervaring'", "T1"),
    "the response of a small gemeente is opened": (
        "update fact_response set responded = 6, status = 'indicative' where area = 'GM9006'", "T1"),
    "response and invited tell a number that is only a band": (
        "update fact_response set responded = null, responded_band = '30-99', rate = 30, invited = 200 "
        "where area = 'GM9001'", "T6"),
    "who took part leaves nobody for a closed group": (
        "update fact_result set base = null, base_band = null, value = null, label = null, ci_low = null, "
        "ci_high = null, status = 'suppressed' where area = 'GM9001' and question = 'ervaring' "
        "and (breakdown = 'TOTAAL' or breakdown_value in ('85+', '75+', '65+'));"
        "update fact_distribution set base = null where area = 'GM9001' and question = 'ervaring';"
        "update fact_result set base_band = '30-99' where area = 'GM9001' and question = 'ervaring' "
        "and breakdown_value in ('18-44', '18-64', '65-74')", "T2"),
    "a standard deviation is added": ("alter table fact_result add column sd double", "T13"),
    "a count is added": ("alter table fact_distribution add column aantal integer", "T13"),
    "a new measure": (
        copied("fact_result", f"area = 'GM9001' and {LINE}", statistic="'sd'", value="12.4"), "T6"),
    "a label that is a count": (
        f"update fact_result set label = '7 mensen' where area = 'GM9001' and {LINE}", "T6"),
    "a label of talks that is a count": (
        "insert into fact_theme (release, area, instrument, meting, doelgroep, phase, kind, theme, label, base_band, "
        "status) values ('r1', 'GM9001', 'klantreis', '2026', 'client', 'melding', 'knelpunt', 'x', '4 van 12', "
        "'10-15', 'published')", "T16"),
    "a theme below ten talks": (
        "insert into fact_theme (release, area, instrument, meting, doelgroep, phase, kind, theme, label, base_band, "
        "status) values ('r1', 'GM9001', 'klantreis', '2026', 'client', 'melding', 'knelpunt', 'x', 'vaak', '5-9', "
        "'published')", "T16"),
    "a share with a decimal": (
        f"update fact_result set value = 38.3, step = null where area = 'GM9001' and {LINE}", "T6"),
    "a mean with three decimals": (
        "update fact_result set value = 7.017, step = null where area = 'GM9001' and statistic = 'mean' "
        "and breakdown = 'TOTAAL'", "T6"),
    "everybody says the same": (
        f"update fact_result set value = 100 where area = 'GM9001' and {LINE}", "T5"),
    "a benchmark of two": (f"update fact_result set n_gemeenten = 2 where area = 'PV90' and {LINE}", "T8"),
    "a benchmark of nobody knows how many": (
        f"update fact_result set n_gemeenten = null where area = 'PV90' and {LINE}", "T8"),
    "a benchmark that is one gemeente for more than half": (
        "insert into dim_gemeente (gemeente, name, province) values ('GM9008', 'Acht', 'PV9'), "
        "('GM9009', 'Negen', 'PV9');"
        "insert into dim_area values ('PV9', 'Verzonnen', 'provincie', true);"
        + copied("fact_result", f"area = 'PV90' and {LINE}", area="'PV9'", base="80", question="'anders'") + ";"
        + copied("fact_result", f"area = 'GM9006' and {LINE}", area="'GM9009'", question="'anders'") + ";"
        + copied("fact_result", f"area = 'GM9001' and {LINE}", area="'GM9008'", base="60", question="'anders'"), "T7"),
    "overlapping bands": (
        copied("fact_result", "area = 'GM9001' and breakdown = 'leeftijd' and status <> 'suppressed'",
               breakdown_value="'18-70'"), "T9"),
    "a country in finer steps pins the shares of its gemeenten": (
        "update fact_improvement set value = 42, step = 1 where area = 'NL' and uitgangspunt = 'regie_zeggenschap'",
        "T6"),
    "a country whose mean pins those of its gemeenten": (
        "update fact_result set value = null, label = null, status = 'suppressed', base_band = null, ci_low = null, "
        "ci_high = null where statistic = 'mean' and breakdown = 'leeftijd';"
        "update fact_result set value = 6.947, step = 0.01 where area = 'NL' and statistic = 'mean' "
        "and breakdown = 'TOTAAL'", "T6"),
    "ages of which the shares pin each other": (
        "update fact_result set value = null, label = null, base_band = null, status = 'suppressed', ci_low = null, "
        "ci_high = null where area = 'NL' and question = 'ervaring' and breakdown = 'leeftijd';"
        "update fact_result set label = null, ci_low = null, ci_high = null, "
        "value = case breakdown_value when '65+' then 45 when '65-74' then 50 when '85+' then 50 else 30 end, "
        "step = if(breakdown_value = '65+', 5, 10) "
        "where area = 'GM9001' and question = 'ervaring' and breakdown = 'leeftijd'", "T6"),
    "two closed gemeenten in which everybody said yes, as their provincie tells": (
        "update fact_distribution set base = null, value = null, label = null, status = 'suppressed' "
        "where area in ('GM9001', 'GM9002', 'SV9001') and question = 'ervaring';"
        "update fact_result set base = null, value = null, status = 'suppressed', ci_low = null, ci_high = null, "
        "n_gemeenten = null where area in ('GM9001', 'GM9002', 'SV9001') and question = 'ervaring' "
        "and breakdown = 'TOTAAL';"
        "update fact_distribution set value = if(answer = 'eens', 77, 23), step = 1 "
        "where area = 'PV90' and answer <> 'neutraal' and question = 'ervaring';"
        f"update fact_result set value = 77, step = 1 where area = 'PV90' and {LINE}", "T5"),
    "a reason as status": (
        "update fact_result set status = 'primary' where status = 'suppressed' and area = 'GM9006'", "T14"),
    "a value behind a closed cell": (
        f"update fact_result set value = 50 where area = 'GM9006' and {LINE}", "T14"),
    "an interval that follows from the real number": (
        "update fact_result set ci_low = value - 1, ci_high = value + 1 where breakdown = 'leeftijd' "
        "and statistic = 'share_positive' and status <> 'suppressed'", "T6"),
}  # fmt: skip


def benchmark(base, contributors, **members):
    """INSERTs of a question of its own: a line of a benchmark, and what is printed of its members (None: closed)."""
    rows = {"BM1": base, **members}
    own = {area: {"area": f"'{area}'", "question": "'anders'", "base": n or "null"} for area, n in rows.items()}
    own["BM1"]["n_gemeenten"] = contributors
    shown, closed = f"area = 'NL' and {LINE}", f"area = 'GM9006' and {LINE}"
    return ";".join(copied("fact_result", shown if rows[area] else closed, **values) for area, values in own.items())


SUM = {"GM9001": 40, "GM9002": 40, "GM9004": 40}
COMPARED = {
    "two contributors": (benchmark(80, 2, GM9001=40, GM9002=40), "T8", "minder dan 3 gemeenten"),
    "nobody knows how many contributors": (benchmark(120, "null", **SUM), "T8", "minder dan 3 gemeenten"),
    "two contributors in one table of four": (
        "update fact_response set n_gemeenten = 2 where area = 'BM1'", "T8", "minder dan 3 gemeenten"),
    "three contributors by its own word, two that can be seen": (
        benchmark(80, 3, GM9001=40, GM9002=40), "T8", "minder dan 3 gemeenten"),
    "one contributor is more than half": (
        benchmark(120, 3, GM9001=70, GM9002=25, GM9004=25), "T7", "meer dan de helft"),
    "a closed contributor is more than half": (
        benchmark(120, 3, GM9001=None, GM9002=25, GM9004=25), "T7", "meer dan de helft"),
    "without its largest contributor nine people are left": (
        benchmark(17, 3, GM9001=8, GM9002=4, GM9004=5), "T8", "kleine groep over"),
    "what the members leave is less than ten people": (
        benchmark(126, 4, GM9006=None, **SUM), "T2", ""),
}  # fmt: skip


def test_without_a_planted_leak_nothing_is_found(published, compared, elsewhere):
    for place in (published, compared, elsewhere):
        report = audit_published(place)
        assert report.findings == ()
        assert report.suppressed > 0 or place == elsewhere


@pytest.mark.parametrize(("statements", "threat", "learned"), COMPARED.values(), ids=COMPARED)
def test_a_benchmark_that_breaks_a_rule_is_found(compared, tmp_path, statements, threat, learned):
    found = audit_published(changed(compared, tmp_path, statements)).findings
    assert any(one.threat == threat and learned in one.learned for one in found)


@pytest.mark.parametrize(("statements", "threat"), ELSEWHERE.values(), ids=ELSEWHERE)
def test_a_verband_minus_its_gemeenten_is_found(elsewhere, tmp_path, statements, threat):
    assert threat in {one.threat for one in audit_published(changed(elsewhere, tmp_path, statements)).findings}


@pytest.mark.parametrize(("statements", "threat"), PLANTED.values(), ids=PLANTED)
def test_a_planted_leak_is_found(published, tmp_path, statements, threat):
    report = audit_published(changed(published, tmp_path, statements))
    assert threat in {finding.threat for finding in report.findings}


def test_a_leak_ends_the_command_with_1(published, tmp_path):
    place = changed(published, tmp_path, PLANTED["a standard deviation is added"][0])
    assert CliRunner().invoke(audit, [str(place)], standalone_mode=False).exit_code == 1
    assert CliRunner().invoke(audit, [str(published)], standalone_mode=False).exit_code == 0


@pytest.mark.parametrize("folder", ["", "r1"])
def test_a_swapped_certificate_is_told(published, tmp_path, folder):
    own = {"certificate": 1, "minimum": 10}
    place = changed(published, tmp_path, f"update release_info set certificate = '{fingerprint(own)}'")
    beside = tmp_path / folder / "certificate.json"
    beside.parent.mkdir(exist_ok=True)
    beside.write_text(json.dumps(own))
    assert audit_published(place).safe
    for content in (json.dumps({**own, "minimum": 5}), "niet leesbaar"):
        beside.write_text(content)
        assert [one.threat for one in audit_published(place).findings] == ["certificaat"]


def test_a_table_that_was_changed_after_certification_is_told(published, tmp_path):
    with duckdb.connect(str(published), read_only=True) as connection:
        names = ("dim_area", "fact_result", "fact_finding")
        marks = published_hashes({name: connection.table(name).to_arrow_table() for name in names})
    own = {"certificate": 1, "minimum": 10, "published_sha256": marks}
    certified = f"update release_info set certificate = '{fingerprint(own)}'"
    (tmp_path / "certificate.json").write_text(json.dumps(own))
    assert audit_published(changed(published, tmp_path, certified)).safe
    place = changed(published, tmp_path, f"{certified};update dim_area set name = 'Anders' where area = 'GM9001'")
    assert [(one.threat, one.table) for one in audit_published(place).findings] == [("certificaat", "dim_area")]


def tables_in(path):
    with duckdb.connect(str(path), read_only=True) as connection:
        names = [name for (name,) in connection.sql("select table_name from duckdb_tables()").fetchall()]
        return {name: connection.table(name).to_arrow_table() for name in names}


def certificate_of(path, tmp_path, tell=lambda told: told):
    """The file with a certificate that is its own, but for what `tell` makes of it."""
    first = Certificate(10, "policy", "", (), {}, "solver", {}, "")
    own = tell(certified(first, tables_in(path)).as_dict())
    own["published_sha256"].pop("release_info")  # it holds the fingerprint of the certificate
    (tmp_path / "certificate.json").write_text(json.dumps(own))
    return changed(path, tmp_path, f"update release_info set certificate = '{fingerprint(own)}'")


def fewer_closed(told):
    first, *others = told["closed_cells"]
    return {**told, "closed_cells": [{**first, "closed": first["closed"] - 1}, *others]}


@pytest.mark.parametrize(
    ("tell", "wrong"),
    [
        (lambda told: told, set()),
        (fewer_closed, {"fact_response"}),
        (lambda told: {**told, "tables": told["tables"][1:]}, {"tables"}),
        (lambda told: {**told, "intervals": {**told["intervals"], "exact": 1}}, {"intervals"}),
        (lambda told: {**told, "incidence_sha256": "0" * 64}, {"incidence_sha256"}),
        (lambda told: {**told, "summary": "Niemand is te herkennen."}, {"summary"}),
    ],
)
def test_all_that_a_certificate_says_is_reckoned_again_from_the_file(published, tmp_path, tell, wrong):
    found = audit_published(certificate_of(published, tmp_path, tell)).findings
    assert {(one.threat, one.table) for one in found} == {("certificaat", name) for name in wrong}
