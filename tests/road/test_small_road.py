"""Three gemeenten deliver, sign and publish: what stands there afterwards, and what is gone after a withdrawal."""

import json
import shutil
from pathlib import Path

import duckdb
import pytest

from anonymisation.disclosure.files import audit_path
from domain.vocabulary import Role
from pipelines import release_acts
from pipelines.status import status_of
from register import releases
from register.releases import ReleaseState
from tests.road import small_road
from tests.road.conftest import Walked
from toegangspeil.demo.road import demo_actor
from toegangspeil.main import main

TABLES = {
    "dim_gemeente", "dim_area", "dim_instrument", "dim_meting", "dim_question", "dim_breakdown", "release_info",
    "fact_result", "fact_distribution", "fact_response", "fact_theme", "fact_klantreis_phase",
    "fact_klantreis_aspect", "fact_finding", "fact_quote", "fact_improvement",
}  # fmt: skip
VIEWS = {
    "compare_gemeenten", "perspectives", "trend", "priorities", "response", "klantreis_curve", "national",
    "not_comparable",
}  # fmt: skip
STATES = {"waiting", "accepted", "quarantined", "superseded"}


def database(walked: Walked) -> Path:
    return walked.places.published / f"{small_road.RELEASE}.duckdb"


def test_the_database_has_the_tables_and_views_of_the_design(walked: Walked) -> None:
    with duckdb.connect(str(database(walked)), read_only=True) as connection:
        tables = {name for (name,) in connection.sql("select table_name from duckdb_tables()").fetchall()}
        found = connection.sql("select view_name from duckdb_views() where not internal").fetchall()
    assert tables >= TABLES
    assert {name for (name,) in found} >= VIEWS


def test_all_three_gemeenten_can_be_compared(walked: Walked) -> None:
    with duckdb.connect(str(database(walked)), read_only=True) as connection:
        query = "select distinct area from fact_result where status = 'published' and breakdown_value = 'TOTAAL'"
        areas = {area for (area,) in connection.sql(query).fetchall()}
    assert areas >= set(small_road.AREAS)


def test_a_suppressed_value_is_null_and_never_zero(walked: Walked) -> None:
    with duckdb.connect(str(database(walked)), read_only=True) as connection:
        query = "select status, count(*), count(value) from fact_result group by status"
        counts = {status: (rows, values) for status, rows, values in connection.sql(query).fetchall()}
    assert counts["published"][1] == counts["published"][0] > 0
    assert counts.get("suppressed", (0, 0))[1] == 0


def test_the_attack_learns_nothing_from_it(walked: Walked) -> None:
    report = audit_path(database(walked), 10)
    assert report.safe
    assert report.cells > 0


def test_the_certificate_is_of_these_tables_and_the_audit_sees_another(walked: Walked, tmp_path: Path) -> None:
    place = tmp_path / database(walked).name
    shutil.copy(database(walked), place)
    certificate = walked.places.published / small_road.RELEASE / "certificate.json"
    shutil.copy(certificate, tmp_path)
    told = json.loads(certificate.read_bytes())
    assert TABLES - {"release_info"} <= set(told["published_sha256"])
    assert sum(table["closed"] for table in told["closed_cells"]) > 0
    assert audit_path(place).safe
    with duckdb.connect(str(place)) as connection:
        connection.execute("update dim_question set text = 'Een andere vraag' where question = 'ceo01_vindbaarheid'")
    assert {(one.threat, one.table) for one in audit_path(place).findings} == {("certificaat", "dim_question")}


def test_a_folder_of_a_release_is_audited_by_its_file(walked: Walked) -> None:
    folder = walked.places.published / small_road.RELEASE
    assert audit_path(folder).cells == audit_path(database(walked)).cells


def test_the_pointer_names_the_newest_release(walked: Walked) -> None:
    pointer = json.loads((walked.places.published / "current.json").read_text())
    assert small_road.RELEASE in str(pointer)


def test_status_for_machines_has_the_shape_of_the_design(walked: Walked, capsys: pytest.CaptureFixture[str]) -> None:
    main(["status", "--home", str(walked.home), "--json"])
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"deliveries", "releases", "waiting_for"}
    shape = {"delivery", "gemeenten", "instrument", "meting", "state", "reason", "rows"}
    assert all(set(row) == shape and row["state"] in STATES for row in found["deliveries"])
    (release,) = found["releases"]
    assert release == {
        "release": small_road.RELEASE, "state": "published", "gemeenten": list(small_road.AREAS),
    }  # fmt: skip
    assert all(set(row) == {"role", "gemeente", "what"} for row in found["waiting_for"])


def test_real_counts_are_wiped_once_the_release_is_out(walked: Walked) -> None:
    with duckdb.connect(str(walked.places.warehouse), read_only=True) as connection:
        tables = connection.sql("select schema_name, table_name from duckdb_tables()").fetchall()
        left = {
            table: connection.table(f'"{schema}"."{table}"').count("*").fetchall()[0][0] for schema, table in tables
        }
    assert {table: rows for table, rows in left.items() if rows} == {}


def test_a_withdrawal_ends_availability_and_keeps_the_record(walked: Walked, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(walked.home, home)
    with small_road.opened(home) as house:
        officer = demo_actor(house, Role.PRIVACY_OFFICER)
        release_acts.withdraw(house, small_road.RELEASE, comment="een fout in de telling", by=officer)
        again = release_acts.withdraw(house, small_road.RELEASE, comment="een fout in de telling", by=officer)
        assert releases.get(house.register, small_road.RELEASE).state is ReleaseState.WITHDRAWN
        assert status_of(house)["releases"][0]["state"] == "withdrawn"
        left = sorted(path.name for path in house.places.published.iterdir())
        pointer = house.places.published / "current.json"
        assert not pointer.exists() or small_road.RELEASE not in pointer.read_text()
    assert again == []
    assert left == [name for name in left if name.endswith(".json")]
    assert f"{small_road.RELEASE}.withdrawn.json" in left


def test_the_evidence_says_what_the_gate_and_the_reader_found(walked: Walked) -> None:
    with small_road.opened(walked.home) as house:
        evidence = releases.get(house.register, small_road.RELEASE).evidence
    assert len(evidence["gate"]) >= len(small_road.AREAS)
    assert all(one["passed"] and one["counts"]["rows"] > 0 for one in evidence["gate"])
    assert evidence["reading"] == {"read": 0}
    assert "doorstonden de controle" in evidence["summary"]
