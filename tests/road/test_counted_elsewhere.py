"""Gemeenten that bring only figures that somebody else counted: contribution, release, audit and reports."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest

from anonymisation.disclosure.files import audit_path
from domain.vocabulary import Audience, Role
from pipelines import contributing, release_acts
from portal.grids import heat, response
from portal.measuring import make_evidence
from portal.pages.contributions import parts_of
from portal.published import Library
from register import contributions, releases
from storage.places import Places
from tests.road import small_road
from toegangspeil.demo import talks
from toegangspeil.demo.folder import Box
from toegangspeil.demo.road import demo_actor
from toegangspeil.road import Road
from warehouse.sources import AreaBook

AREAS = ("GM9001", "GM9002")


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    found = small_road.new_home(tmp_path_factory.mktemp("elsewhere") / "home", AREAS)
    for area in AREAS:
        talks.aggregaat(Box(found.inbox, 7), area, small_road.METING)
    small_road.to_the_gate(found.home)
    return found


def test_from_delivery_to_reports(places: Places) -> None:
    with small_road.opened(places.home) as house:
        small_road.contribute(house)
        every = [
            make_evidence(one.content, Road(house), AreaBook(house.gemeenten))
            for one in contributions.list_contributions(house.register)
        ]
        first, *_ = contributions.list_contributions(house.register)
        (part,) = parts_of(SimpleNamespace(house=house), first)  # type: ignore[arg-type]
        small_road.offer(house)
        file = small_road.publish(house)
        of_release = releases.get(house.register, small_road.RELEASE).evidence
    evidence = every[0]
    assert (part["rows"], "persons" in part) == (10, False)
    figures, rows = of_release["figures"], [one["counts"]["rows"] for one in of_release["gate"]]
    assert figures["elsewhere"] == sum(one.elsewhere for one in every)
    assert (figures["people"], rows) == (0, [10, 10])  # ten figures are nobody's rows
    assert (evidence.people, evidence.elsewhere) == (0, 212)
    assert (evidence.cells, evidence.hidden, evidence.safe) == (10, 1, True)
    assert not audit_path(file, minimum=10).findings
    assert small_road.nothing_lies_about(places.home) == []
    reports = places.published / small_road.RELEASE / "rapporten"
    council, residents = (
        (reports / name).read_text(encoding="utf-8") for name in ("GM9001.html", "GM9001-inwoners.html")
    )
    for report in (council, residents):
        assert "Ik werd snel geholpen." in report
        assert "Een ander telde deze cijfers." in report
    assert "te weinig mensen" not in residents
    certificate = (reports.parent / "certificate.json").read_text(encoding="utf-8")
    assert "een ander telde deze cijfers" in certificate
    assert "0 van de 0" not in certificate
    on_the_pages(places.published)


def test_another_count_of_as_many_people_stays_unless_it_shows_that_enough_answered_otherwise(tmp_path: Path) -> None:
    """A release of such figures alone has no cells in the history; its figures are kept beside it."""
    home = small_road.new_home(tmp_path / "home", AREAS[:1]).home
    files = []
    with small_road.opened(home) as house:
        for seed, name in ((7, "een"), (8, "twee")):
            talks.aggregaat(Box(house.places.inbox, seed), AREAS[0], small_road.METING)
            small_road.to_the_gate(home)
            by = demo_actor(house, Role.OPERATOR)
            (made,) = contributing.prepare(house, AREAS[:1], None, by=by)
            small_road.sign(house, made)
            release_acts.prepare(house, name, [made.id], audience=Audience.DEELNEMERS, recipients=("Movisie",), by=by)
            files.append(small_road.publish(house, name))
        words = str(releases.get(house.register, "twee").evidence["summary"])
    first, second = (shown(file) for file in files)
    others = {was[0]: (was, now) for was, now in zip(first, second, strict=True) if was != now}
    assert 0 < len(others) < len(first) - 1  # the last one is closed in both
    assert all(was[3] == now[3] and abs(was[1] - now[1]) >= 6 for was, now in others.values())
    assert "wij tonen ze zoals in een eerdere uitgave" in words
    assert not audit_path(files[1], minimum=10).findings


def shown(file: Path) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(file), read_only=True) as connection:
        return connection.execute("select question, value, label, base from fact_result order by all").fetchall()


def on_the_pages(published: Path) -> None:
    library = Library(published)
    book, catalogue = library.book(small_road.RELEASE), library.catalogue(small_road.RELEASE)
    view = catalogue.view(small_road.RELEASE, {})
    assert view is not None
    assert len(heat(book, view, frozenset()).columns) == 10
    assert response(book, view, frozenset()).missing == ()
