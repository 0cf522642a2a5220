"""A published file that an older version made: its pages say so in words, and other releases stay readable."""

import shutil
from collections.abc import Iterator
from dataclasses import replace

import duckdb
import pytest
from small_home import OWN, RELEASE

from portal import errors, published
from portal.published import Library, readable
from portal.visit_errors import OldRelease

PAGES = (
    "/vergelijken", "/vergelijken/jaren", "/vergelijken.svg", "/perspectieven", "/klantreis", f"/rapporten/{RELEASE}",
)  # fmt: skip
OLDER = {
    "table": ["drop table dim_benchmark"],
    "column": [
        "alter table dim_benchmark rename to before",
        "create table dim_benchmark as select benchmark from before",
    ],
}


@pytest.fixture(params=OLDER)
def newer(request, house, monkeypatch) -> Iterator[str]:
    """The release as an older version would have made it, and beside it the same one as it should be: its name."""
    file = house.places.published / f"{RELEASE}.duckdb"
    other = file.with_name("r2.duckdb")
    shutil.copy(file, other)
    with duckdb.connect(str(file)) as connection:
        for statement in OLDER[request.param]:
            connection.execute(statement)

    def both(register, by):
        return [made for one in readable(register, by) for made in (one, replace(one, name="r2"))]

    for module in (errors, published):
        monkeypatch.setattr(module, "readable", both)
    yield "r2"
    other.replace(file)


def test_a_library_refuses_the_older_file_and_reads_the_newer(house, newer) -> None:
    library = Library(house.places.published)
    with pytest.raises(OldRelease, match=RELEASE):
        library.book(RELEASE)
    assert OWN in library.book(newer).own_areas


def test_pages_say_what_to_do_and_lead_to_the_other_release(sign_in, newer) -> None:
    client = sign_in(f"analyst-{OWN}")
    for path in PAGES:
        answer = client.get(path)
        assert answer.status_code == 409
        assert f"Een oudere versie van dit programma heeft uitgave {RELEASE} gemaakt" in answer.text
        assert "Vraag de beheerder van de verwerking om de uitgave opnieuw te maken." in answer.text
        beside = f"/rapporten/{newer}" if "rapporten" in path else f"{path.removesuffix('.svg')}?uitgave={newer}"
        assert f'href="{beside}"' in answer.text
        assert client.get(beside).status_code == 200
    assert client.get(f"/gegevens/{RELEASE}/{RELEASE}.duckdb").status_code == 200
