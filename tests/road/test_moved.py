"""A gemeente moves to another provincie and verband between two releases: what repeats a meting counts it as then."""

import json
from shutil import copytree

import duckdb
import pytest

from anonymisation.disclosure.published import audit_published
from domain.errors import CannotCheck
from pipelines.placing import book_of
from register import releases as register_of
from register.history import counters_of
from tests.road import small_road
from tests.road.small_road import published
from tests.road.test_late import of_list
from toegangspeil.demo.acts import remove_one

NOORD, MIDDEL = ("GM9001", "GM9004", "GM9007", "GM9010"), ("GM9002", "GM9005", "GM9008")
AREAS = (*NOORD, *MIDDEL)
MOVES = "GM9004"
EAST, WEST = ("GM9001", "GM9004", "GM9005", "GM9007"), ("GM9002", "GM9008", "GM9010")
LIST = "ceo_wmo@2016.1"
LINES = (
    "select * exclude (release, rule_version) from fact_result where meting = '2026' and status <> 'not_comparable' "
    "order by all"
)


def write_list(places, *, moved):
    """The made-up list with two verbanden; moved: one gemeente is in another provincie and another verband."""
    found = (places.home / "gemeenten.csv").read_text(encoding="utf-8").splitlines()[:13]
    rows = [line.split(",") for line in found[1:]]
    where = {code: "Noordmark" if code in NOORD else "Middelmark" for code in AREAS}
    where |= {MOVES: "Middelmark"} if moved else {}
    east = [code for code in EAST if code != MOVES or not moved]
    west = [*WEST, *([MOVES] if moved else [])]
    lines = [found[0], *(f"{code},{name},{where.get(code, province)}," for code, name, province, _ in rows)]
    lines += [f"SV9001,Oost,,{' '.join(east)}", f"SV9002,West,,{' '.join(west)}"]
    (places.home / "gemeenten.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """One release of 2026; then a gemeente moves, and everybody delivers 2025 too."""
    places = small_road.new_home(tmp_path_factory.mktemp("moved") / "home", AREAS)
    write_list(places, moved=False)
    rows = {area: 60 + 7 * at for at, area in enumerate(AREAS)}
    wrote = {area: of_list(places, area, LIST, many) for area, many in rows.items()}
    small_road.to_the_gate(places.home)
    with small_road.opened(places.home) as house:
        published(house, "een", AREAS)
    write_list(places, moved=True)
    for area, many in rows.items():
        of_list(places, area, LIST, many + 11, "2025")
    small_road.to_the_gate(places.home)
    return places.home, wrote[MOVES]


@pytest.fixture
def home(made, tmp_path):
    return copytree(made[0], tmp_path / "home")


def test_a_release_that_repeats_a_meting_counts_everybody_where_it_did(home):
    with small_road.opened(home) as house:
        file = published(house, "samen", AREAS)
        said = register_of.get(house.register, "samen").evidence["summary"]
        first = house.places.published / "een.duckdb"
    assert "Klaverhuizen (GM9004) telt in deze uitgave bij Noordmark en Oost, en niet bij Middelmark en West." in said
    assert asked(first, LINES) == asked(file, LINES)
    assert asked(file, f"select province, verband from dim_gemeente where gemeente = '{MOVES}'") == [("PV91", "SV9001")]
    for area, members in (("PV91", NOORD), ("PV90", MIDDEL), ("SV9001", EAST), ("SV9002", WEST)):
        for meting in ("2025", "2026"):
            assert people(file, meting, [area]) == people(file, meting, members) > 0
    assert [audit_published(one).findings for one in (first, file)] == [(), ()]


def test_the_new_meting_alone_counts_it_where_it_is_now(home):
    """And then both metingen no longer go together: each has its own provincies."""
    with small_road.opened(home) as house:
        file = published(house, "nieuw", AREAS, "2025")
        assert people(file, "2025", ["PV90"]) == people(file, "2025", [*MIDDEL, MOVES]) > 0
        assert people(file, "2025", ["SV9002"]) == people(file, "2025", [*WEST, MOVES])
        assert dict(book_of(house, "een").parents())[MOVES] == "SV9001"
        assert audit_published(file).findings == ()
        with pytest.raises(CannotCheck, match=f"{MOVES}.* in uitgave een bij Noordmark en Oost, en in uitgave nieuw"):
            published(house, "beide", AREAS)
        assert published(house, "weer", AREAS, "2025").exists()


def test_who_leaves_is_counted_in_every_line_that_held_her_then(made, home):
    """The provincie and the verband of that release, not those where her gemeente is now."""
    with small_road.opened(home) as house:
        remove_one(house, [made[1]])
        cells = [json.loads(cell) for release, cell in counters_of(house.register) if release == "een"]
    areas = {code for _, key in cells for dim, code in key if dim == "area"}
    assert areas == {MOVES, "PV91", "SV9001"}
    assert any(not key for _, key in cells), "the country"


def asked(file, question):
    with duckdb.connect(str(file), read_only=True) as connection:
        return connection.execute(question).fetchall()


def people(file, meting, areas):
    listed = ", ".join(f"'{area}'" for area in areas)
    ((found,),) = asked(
        file, f"select sum(responded) from fact_response where meting = '{meting}' and area in ({listed})"
    )
    return found
