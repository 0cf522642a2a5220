"""The upload wizard asks per value of a column which group it means, and how many were asked of each."""

from types import SimpleNamespace

import pyarrow as pa
import pytest
from small_home import OTHER, OWN
from test_portal_pages import inbox, upload, whole
from test_portal_uploading import STEWARD, step_two

from domain.errors import InputRejected
from portal import grouping
from storage.codebooks import Codebooks
from storage.yaml import read_yaml

MIXED = whole("ceo01_vindbaarheid;ceo02_snelheid;doelgroep\n1;2;cliënten\n2;2;namens\n2;1;namens\n1;1;jeugd\n".encode())
SAID = {"groep-1-doelgroep-2": "niet lezen", "groep-1-doelgroep-3": "vertegenwoordiger"}
FIGURES = {"gevraagd-client": "200", "bevolking-client": "", "steekproef-client": "allen"}
FIGURES |= {
    "gevraagd-vertegenwoordiger": "40",
    "bevolking-vertegenwoordiger": "",
    "steekproef-vertegenwoordiger": "gericht",
}
BOOK = Codebooks().get("ceo_wmo@2016.1")


def manifest(house, before):
    (new,) = set(inbox(house)) - set(before)
    return read_yaml(house.places.inbox / OWN / new / "delivery.yaml")


def test_each_value_is_asked_about_with_its_rows(sign_in):
    client = sign_in(STEWARD)
    page = client.get(step_two(client, "ceo.csv", MIXED)).text
    assert "Bij welke doelgroep horen de rijen?" in page
    assert "namens (2 rijen)" in page
    assert "jeugd (1 rij)" in page
    assert 'name="gevraagd-client"' in page  # this word we know ourselves
    assert 'name="doelgroep"' not in page
    assert page.index('name="gevraagd-client"') < page.index("Over het hele onderzoek") < page.index('name="grondslag"')


def test_every_group_gets_its_own_figures_and_other_rows_stay_out(sign_in, house):
    client, before = sign_in(STEWARD), inbox(house)
    assert upload(client, ("ceo.csv", MIXED), **SAID, **FIGURES).status_code == 303
    found = manifest(house, before)
    assert found["doelgroepen"] == {
        "client": {"invited": 200, "population": "onbekend", "steekproef": "allen"},
        "vertegenwoordiger": {"invited": 40, "population": "onbekend", "steekproef": "gericht"},
    }
    assert found["files"][0]["codes"]["doelgroep"] == {
        "cliënten": "client", "namens": "vertegenwoordiger", "jeugd": "niet lezen",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ({}, "zeg eerst bij elke waarde van de kolom doelgroep"),
        (dict.fromkeys((f"groep-1-doelgroep-{at}" for at in (1, 2, 3)), "niet lezen"), "alle rijen zijn"),
        ({**SAID, **FIGURES, "steekproef-vertegenwoordiger": ""}, "kies wie er is gevraagd"),
        ({**SAID, "steekproef-client": "allen"}, "hoeveel mensen van elke groep"),
    ],
)  # fmt: skip
def test_nothing_goes_before_everything_is_said(sign_in, house, said, what):
    before = inbox(house)
    answer = upload(sign_in(STEWARD), ("ceo.csv", MIXED), **said)
    assert answer.status_code == 409
    assert what in answer.text.replace("Zeg", "zeg").replace("Alle", "alle").replace("Kies", "kies")
    assert inbox(house) == before


def test_rows_of_a_gemeente_somebody_may_not_deliver_for_can_only_stay_out(sign_in, house):
    client, before = sign_in(STEWARD), inbox(house)
    content = whole(f"ceo01_vindbaarheid;gemeente\n1;{OWN}\n2;{OTHER}\n".encode())
    page = client.get(step_two(client, "ceo.csv", content)).text
    assert f'value="{OTHER}"' not in page
    assert upload(client, ("ceo.csv", content)).status_code == 303
    found = manifest(house, before)
    assert found["gemeenten"] == [OWN]
    assert "per_row" not in found
    assert found["files"][0]["codes"]["gemeente"] == {OWN: OWN, OTHER: "niet lezen"}


def test_a_column_with_another_value_in_every_row_holds_no_groups(sign_in):
    content = "ceo01_vindbaarheid;doelgroep\n" + "".join(f"1;groep {at}\n" for at in range(61))
    assert "staan geen groepen" in upload(sign_in(STEWARD), ("ceo.csv", content.encode())).text


REGION = SimpleNamespace(
    gemeenten={
        "GM9001": SimpleNamespace(name="Voorbeeldstad"),
        "GM9002": SimpleNamespace(name="Verzonnendorp"),
        "GM9003": SimpleNamespace(name="Elders"),
        "SV9001": SimpleNamespace(name="Verband", members=("GM9001", "GM9002")),
    },
    name_of=lambda code: REGION.gemeenten[code].name,
)


def asked(area, allowed, *values):
    areas = grouping.areas_for(REGION, area, allowed)
    table = pa.table({"gemeente": list(values)})
    found = grouping.asked_of(table, BOOK, REGION, area, areas, 1)
    return found, grouping.delivered(found, area, areas, lambda _field: "")


def test_several_gemeenten_get_their_own_figures():
    found, told = asked("GM9001", {"GM9001", "GM9002"}, "voorbeeldstad", "9002", "Elders", "GM9003")
    assert [one.meant for one in found[0].values] == ["GM9002", "niet lezen", "niet lezen", "GM9001"]
    assert told.several
    numbers = {"gevraagd-GM9001": "60", "gevraagd-GM9002": "30", "steekproef": "allen"}
    fields = grouping.manifest_fields(told, REGION, "client", lambda name: numbers.get(name, ""), numbers, lambda n: n)
    assert fields["gemeenten"] == ["GM9001", "GM9002"]
    assert fields["per_row"] is True
    assert fields["doelgroepen"]["client"]["per_gemeente"]["GM9002"]["invited"] == "30"
    assert [one.title for one in told.figures(REGION)] == ["Voorbeeldstad", "Verzonnendorp"]


def test_a_verband_delivers_as_one_body_with_its_members():
    _found, told = asked("SV9001", {"SV9001"}, "GM9001", "GM9002")
    said = {"gevraagd": "90", "steekproef": "allen"}
    fields = grouping.manifest_fields(told, REGION, "client", lambda name: said.get(name, ""), said, lambda n: n)
    assert fields["gemeenten"] == ["GM9001", "GM9002"]
    assert fields["verband"] == {"code": "SV9001", "name": "Verband"}
    assert "per_row" not in fields
    assert fields["doelgroepen"]["client"]["invited"] == "90"


def test_a_verband_of_which_nobody_knows_the_members_cannot_deliver():
    REGION.gemeenten["SV9002"] = SimpleNamespace(name="Nieuw", members=())
    _found, told = asked("SV9002", {"SV9002"}, "x")
    with pytest.raises(InputRejected, match="leden"):
        grouping.manifest_fields(told, REGION, "client", lambda name: "allen", {}, lambda n: n)
