"""A gemeente raises its smallest group after a release: what stands in print stays, and a next release goes out."""

import duckdb
import pytest

from anonymisation.disclosure.history import read_history
from anonymisation.disclosure.published import audit_published
from domain.policy import Policy
from domain.vocabulary import Role
from register import policies
from tests.road import small_road
from tests.road.small_road import published
from tests.road.test_late import of_list
from toegangspeil.demo.road import demo_actor

AREAS = ("GM9001", "GM9002", "GM9003", "GM9004")
CODEBOOK = "ceo_wmo@2016.1"
FIGURES = "select * exclude (release, rule_version) from {} order by all"


@pytest.fixture(scope="module")
def releases(tmp_path_factory):
    """Two releases of 2026, and in the second also 2025; GM9002 raised its smallest group to 20 in between."""
    places = small_road.new_home(tmp_path_factory.mktemp("raised") / "home", AREAS)
    rows = dict(zip(AREAS, (160, 120, 90, 70), strict=True))
    for area, many in rows.items():
        of_list(places, area, CODEBOOK, many)
    small_road.to_the_gate(places.home)
    with small_road.opened(places.home) as house:
        files = [published(house, "een", AREAS)]
        raise_to(house, AREAS[1], 20)
    for area, many in rows.items():
        of_list(places, area, CODEBOOK, many + 20, "2025")
    small_road.to_the_gate(places.home)
    with small_road.opened(places.home) as house:
        files.append(published(house, "twee", AREAS))
    return places, files


def raise_to(house, area, least):
    steward, officer = demo_actor(house, Role.DATA_STEWARD, area), demo_actor(house, Role.PRIVACY_OFFICER, area)
    book = house.codebooks.get(CODEBOOK)
    base = policies.approved_policy(
        house.register, area, book.instrument, CODEBOOK, house.codebooks.fingerprint(CODEBOOK), house.register.clock()
    )[0]
    stricter: Policy = base.model_copy(update={"id": f"streng-{area}", "gemeente": area, "min_group": least})
    draft = policies.save_draft(house.register, stricter, codebook=book, by=steward)
    policies.submit(house.register, draft.id, by=steward)
    policies.approve(house.register, draft.id, seen=draft.fingerprint, by=officer)


def test_what_was_printed_stays_as_it_was(releases):
    places, files = releases
    assert min(c.n for c in read_history(places.history).cells if c.n) < 20
    for table in ("fact_result", "fact_distribution", "fact_improvement", "fact_response"):
        was, now = ([row for row in rows_of(file, table) if "2026" in row] for file in files)
        assert was == now


def test_what_is_new_holds_the_new_smallest_group(releases):
    places, files = releases
    assert [audit_published(file).findings for file in files] == [(), ()]
    new = [c for c in read_history(places.history).cells if c.release == "twee"]
    assert {c.scope.split("|")[2] for c in new} == {"meting=2025"}
    assert {c.minimum for c in new} == {20}
    assert min(c.n for c in new if c.n) >= 20
    assert asked(files[1], "select distinct minimum from release_info") == [(10,)]


def rows_of(file, table):
    return asked(file, FIGURES.format(table))


def asked(file, question):
    with duckdb.connect(str(file), read_only=True) as connection:
        return connection.execute(question).fetchall()
