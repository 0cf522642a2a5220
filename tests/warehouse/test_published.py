"""The published files: what an analyst opens, twice the same, and gone when withdrawn."""

import csv
import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from helpers_warehouse import AREAS, answers, publish, rows_of, scan, source
from openpyxl import load_workbook

from domain.errors import ReleaseRefused
from domain.vocabulary import Audience
from storage.duck import analyst, query
from warehouse import schema
from warehouse.exports import csv_bytes
from warehouse.published import POINTER, ReleaseMeta, for_audience, withdraw_release, write_release
from warehouse.views import VIEWS


def meta(release="r1", audience=Audience.DEELNEMERS):
    return ReleaseMeta(release, "Proef", "2026-11-22", audience, 10, "c" * 64, "0.1.0", ("Movisie",))


@pytest.fixture(scope="module")
def tables():
    ages = (["18-44"] * 30 + ["85+"] * 30)[:60]
    sources = [
        source(f"GM900{i}", {"ervaring": answers(eens=20 + i, oneens=40 - i), "leeftijd": ages}, meting=year)
        for i in range(1, 5)
        for year in ("2025", "2026")
    ]
    shorter = scan({"1": "eens", "2": "oneens"}, version="2")
    sources.append(source("GM9005", {"ervaring": ["1"] * 30 + ["2"] * 20}, book=shorter))
    sources.append(source("GM9001", {"ervaring": answers(eens=15, oneens=15)}, doelgroep="professional"))
    return publish(sources)


@pytest.fixture(scope="module")
def files(tables, tmp_path_factory):
    return write_release(tables, meta(), tmp_path_factory.mktemp("published"))


def test_every_table_opens_read_only_with_key_and_comments(files):
    with analyst(files.duckdb) as connection:
        found = query(connection, "select table_name, comment, has_primary_key from duckdb_tables()")
        columns = query(
            connection,
            "select count(*) from duckdb_columns() where not internal and comment is null "
            "and table_name in (select table_name from duckdb_tables())",
        )
    assert {name for name, _, _ in found} == {table.name for table in schema.TABLES}
    assert all(comment and key for _, comment, key in found)
    assert columns == [(0,)]


@pytest.mark.parametrize("view", VIEWS, ids=[view.name for view in VIEWS])
def test_every_view_answers_and_says_what_it_and_every_column_is(files, view):
    with analyst(files.duckdb) as connection:
        rows = query(connection, f"from {view.name}")
        comment = query(connection, "select comment from duckdb_views() where view_name = $view", view=view.name)
        columns = query(
            connection,
            "select column_name, data_type, comment from duckdb_columns() "
            "where table_name = $view order by column_index",
            view=view.name,
        )
    assert comment == [(view.comment,)]
    assert columns == [(column.name, column.type, column.comment) for column in view.columns]
    assert rows or view.name in ("klantreis_curve", "priorities")


def test_the_file_is_in_the_old_storage_format(files):
    assert files.duckdb.read_bytes()[8:12] == b"DUCK"
    with analyst(files.duckdb) as connection:
        tags = query(connection, "select tags from duckdb_databases() where not internal")
    assert "v1.0.0" in str(tags)


def test_perspectives_stand_side_by_side(files):
    with analyst(files.duckdb) as connection:
        found = query(
            connection,
            "select inwoner_value, inwoner_step > 0, professional_value from perspectives "
            "where area = 'GM9001' and meting = '2026' and question = 'ervaring'",
        )
    assert found == [(35.0, True, 50.0)]


def test_trend_knows_the_meting_before(files):
    with analyst(files.duckdb) as connection:
        found = query(connection, "select meting, previous_meting from trend where area = 'GM9002' order by meting")
    assert found == [("2025", None), ("2026", "2025")]


def test_trend_has_what_tells_a_change_from_rounding_and_chance(files):
    """Step and interval of the meting before stand in its own row: nothing new is said."""
    names = "value, step, ci_low, ci_high"
    before = ", ".join(f"previous_{name}" for name in names.split(", "))
    with analyst(files.duckdb) as connection:
        told = query(connection, f"select area, question, {before} from trend where previous_meting = '2025'")
        own = query(connection, f"select area, question, {names} from trend where meting = '2025'")
    assert told
    assert set(told) <= set(own)


def test_not_comparable_shows_both_questions(files):
    with analyst(files.duckdb) as connection:
        found = query(connection, "select area, question, own_question, own_scale from not_comparable")
    assert found == [("GM9005", "ervaring", "ervaring@scan-2", "eens | oneens")]


def test_gemeenten_stand_in_alphabet_and_there_is_no_rank(files):
    with analyst(files.duckdb) as connection:
        names = [name for (name,) in query(connection, "select area_name from compare_gemeenten")]
        columns = query(connection, "select column_name from duckdb_columns() where not internal")
    assert names == sorted(names)
    assert not [name for (name,) in columns if "rank" in name or "rang" in name]


def test_a_second_run_gives_the_same_bytes_and_rows(tables, tmp_path):
    def written():
        out = write_release(tables, meta(), tmp_path)
        files = {p.name: p.read_bytes() for p in out.folder.rglob("*") if p.suffix in (".csv", ".parquet", ".json")}
        with analyst(out.duckdb) as connection:
            rows = {table.name: query(connection, f"from {table.name}") for table in schema.TABLES}
        return files, rows

    first, second = written(), written()
    assert first == second
    assert not list(tmp_path.glob(".*"))


def test_csv_parquet_and_duckdb_hold_the_same_rows(files, tables):
    table = pq.read_table(files.folder / "parquet" / "fact_result.parquet")
    assert table.to_pylist() == tables["fact_result"].to_pylist()
    text = (files.folder / "csv" / "fact_result.csv").read_text(encoding="utf-8")
    assert len(list(csv.DictReader(io.StringIO(text)))) == table.num_rows


@pytest.mark.parametrize("text", ["=1+1", "+31", "-5", "@cmd", "\tx", "|calc"])
def test_no_spreadsheet_takes_text_for_a_formula(text):
    content = csv_bytes(pa.table({"text": [text, "gewoon"], "value": [-1.5, 2.0]})).decode()
    rows = list(csv.reader(io.StringIO(content)))
    assert rows[1:] == [["'" + text, "-1.5"], ["gewoon", "2"]]


def test_the_datapackage_says_which_dimensions_are_answers(files):
    package = json.loads((files.folder / "datapackage.json").read_text(encoding="utf-8"))
    resources = {resource["name"]: resource for resource in package["resources"]}
    roles = {f["name"]: f["toegangspeil:role"] for f in resources["fact_distribution"]["schema"]["fields"]}
    assert (roles["answer"], roles["area"], roles["value"]) == ("answer", "group", "figure")
    assert all((files.folder / resource["path"]).exists() for resource in package["resources"])


def test_the_tabellenboek_has_words_instead_of_codes(files):
    book = load_workbook(files.folder / "tabellenboek.xlsx")
    rows = list(book["Uitkomsten"].values)
    assert rows[0][:4] == ("Gebied", "Methode", "Meting", "Doelgroep")
    assert {row[0] for row in rows[1:]} >= {"Verzonnen 1", "Nederland (deelnemende gemeenten)"}
    assert {"aandeel dat het eens is (%)", "iedereen"} <= {cell for row in rows for cell in row}
    tables = [sheet for sheet in book if sheet.title != "Lees mij"]
    assert all(sheet.freeze_panes == "B2" and sheet.auto_filter.ref == sheet.dimensions for sheet in tables)
    assert book["Uitkomsten"].column_dimensions["E"].width == 60
    codes = {"TOTAAL", "share_positive", "positive", "finding", "published", "open_link", "allen", True}
    codes |= {"client", "inwoner"}
    assert not codes & {cell for sheet in book for row in sheet.values for cell in row if not isinstance(cell, int)}
    assert not [cell for sheet in tables for cell in next(sheet.values) if "_" in cell], (
        "a heading is no name of a column"
    )


def test_only_what_is_public_has_an_open_licence(tables, tmp_path):
    for audience, licensed in ((Audience.DEELNEMERS, False), (Audience.OPENBAAR, True)):
        files = write_release(tables, meta(audience.value, audience), tmp_path)
        package = json.loads((files.folder / "datapackage.json").read_text(encoding="utf-8"))
        assert ("licenses" in package) is licensed
        assert ("Niet openbaar" in package.get("description", "")) is not licensed


def test_openbaar_holds_pooled_lines_only(tables):
    open_tables = for_audience(tables, Audience.OPENBAAR)
    found = {row["area"] for name in open_tables for row in open_tables[name].to_pylist() if "area" in row}
    assert found == {"NL", "PV90", "SV9001"}
    assert rows_of(open_tables, "fact_result", area="NL")


def test_an_audience_of_its_own_kind_is_refused():
    with pytest.raises(ReleaseRefused, match="deelnemers of openbaar"):
        meta(audience=Audience.EIGEN)


def current(folder):
    """The release that readers get by default."""
    pointer = folder / POINTER
    return json.loads(pointer.read_text(encoding="utf-8"))["current"] if pointer.exists() else None


def test_withdrawing_ends_availability_and_points_back(tables, tmp_path):
    write_release(tables, meta("r1"), tmp_path)
    write_release(tables, meta("r2"), tmp_path)
    assert current(tmp_path) == "r2"
    withdraw_release(tmp_path, "r2", on="2026-12-01")
    assert current(tmp_path) == "r1"
    assert sorted(path.name for path in tmp_path.glob("r2*")) == ["r2.withdrawn.json"]
    withdraw_release(tmp_path, "r1", on="2026-12-01")
    assert current(tmp_path) is None
    assert withdraw_release(tmp_path, "r1", on="2026-12-01") == []


def test_a_missing_table_stops_publication(tables, tmp_path):
    with pytest.raises(ReleaseRefused, match="fact_theme"):
        write_release({name: table for name, table in tables.items() if name != "fact_theme"}, meta(), tmp_path)
    assert current(tmp_path) is None


def test_areas_have_names(tables):
    assert {row["name"] for row in tables["dim_gemeente"].to_pylist()} <= {g.name for g in AREAS.gemeenten.values()}
