"""A BSN that a resident wrote in an open answer holds nothing up: it goes, and that is told to who delivered."""

import csv
import io

from ingest.bsn import passes_elfproef
from pipelines.cleaning import BSN_GONE
from register import deliveries
from register.actors import SYSTEM
from tests.road import small_road

BSN = "123456782"


def test_a_bsn_in_an_open_answer_is_told_once(tmp_path):
    assert passes_elfproef(BSN)
    places = small_road.new_home(tmp_path / "home", ("GM9001",))
    small_road.deliver(places, ("GM9001",), journeys=False)
    (file,) = places.inbox.rglob("*.csv")
    head, first, *rows = csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig")), delimiter=";")
    first[head.index("toelichting")] = f"Mijn bsn is {BSN} en het ging goed"
    with file.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target, delimiter=";").writerows([head, first, *rows])
    small_road.to_the_gate(places.home)
    with small_road.opened(places.home) as house:
        (row,) = deliveries.list_all(house.register)
        assert row.reason.count(BSN_GONE) == 1
        deliveries.add_notice(house.register, row.id, BSN_GONE, by=SYSTEM)
        assert deliveries.list_all(house.register)[0].reason == row.reason
        assert BSN not in row.reason
