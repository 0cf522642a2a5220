"""What an officer hands over."""

import json
import re
import zlib
from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook

from domain.errors import CannotCheck
from domain.vocabulary import Role
from register import advising, contributions, releases
from register.actors import SYSTEM
from register.exports import dpia, papers, processing
from register.exports.activities import Activity, activities
from register.exports.page import Page, Part
from register.exports.processing_log import processing_log
from register.store import Register
from tests.register import life, road
from tests.register.people import EIGENAAR, FG, NATIONAL_OFFICER, OFFICER, STEWARD

MANIFEST = {
    "gemeenten": ["GM9001"], "instrument": "ceo_wmo", "codebook": road.CEO, "legal_basis": "6_1_c_wmo_2_5_1",
    "art9_ground": {"ground": "wmo_5_1_1", "reason": "wettelijke taak"}, "role_movisie": "ontvanger_van_tabellen",
    "notice": "informatiebrief-2026-01", "recipients": ["Movisie"], "zichtbaar_voor": "movisie",
}  # fmt: skip


@pytest.fixture
def activity(register: Register) -> Activity:
    road.approved(register, road.base_policy(), SYSTEM, NATIONAL_OFFICER)
    road.delivered(register, road.key(), manifest=MANIFEST)
    (found,) = activities(register, road.codebook)
    return found


def test_the_register_of_article_30_is_complete(activity: Activity) -> None:
    (entry,) = processing.as_json([activity])["verwerkingsregister"]
    assert set(entry) == set(processing.COLUMNS)
    assert entry["grondslag"] == ["wettelijke plicht (art. 6 lid 1 c AVG, art. 2.5.1 Wmo 2015)"]
    assert entry["ontvangers"] == ["Movisie"]
    assert entry["betrokkenen"] == ["cliënten"]
    assert "Naam" in entry["gegevens"]["direct herkenbaar"]
    assert "Hoeveel jaar al cliënt" in entry["gegevens"]["achtergrond"]
    assert "180 dagen" in entry["bewaren"]
    assert entry["regels"] == activity.policy_fingerprint
    assert all(entry.values())


def test_the_workbook_opens_and_holds_the_same(activity: Activity) -> None:
    sheet = load_workbook(BytesIO(processing.as_xlsx([activity]))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == tuple(processing.COLUMNS.values())
    assert rows[1][1] == "urn:toegangspeil:verwerking:GM9001:ceo_wmo"


def test_a_cell_is_never_a_formula(register: Register) -> None:
    road.approved(register, road.base_policy(), SYSTEM, NATIONAL_OFFICER)
    road.delivered(register, road.key(), manifest={**MANIFEST, "notice": "=cmd()"})
    sheet = load_workbook(BytesIO(processing.as_xlsx(activities(register, road.codebook)))).active
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)


def test_the_dpia_annex_follows_the_model(register: Register, activity: Activity) -> None:
    advising.advise(register, "dpia:GM9001/ceo_wmo", "bewaar korter", area="GM9001", role=Role.FG, by=FG)
    page = dpia.dpia_annex(activity, releases=[], advice=advising.advice_on(register))
    titles = [part.title for part in page.parts]
    numbers = [int(title.split(".")[0]) for title in titles if title[:1].isdigit()]
    assert numbers == list(range(1, 18))
    assert [title[0] for title in titles if title[1:2] == "." and title[0] in "ABCD"] == list("ABCD")
    html = page.html()
    assert "bewaar korter" in html
    assert "banden van" not in html
    assert "18-44, 45-64" in html
    assert "weglaten" in html
    assert "Hoeveel jaar al cliënt" in html
    assert "client_sinds" not in html


def test_the_annex_shows_what_was_measured(register: Register, activity: Activity) -> None:
    part = road.checked(register, road.delivered(register, road.key(), manifest=MANIFEST), activity.policy_fingerprint)
    one = road.signed(register, road.content(part), steward=STEWARD, officer=OFFICER, eigenaar=EIGENAAR)
    for step in list(life.release_steps(register, "2026-1", one.id))[:5]:
        step()
    html = dpia.dpia_annex(activity, releases=releases.list_releases(register), advice=[]).html()
    assert "2026-1" in html
    assert "gate: passed" in html


def test_what_goes_out_fits_one_page_and_names_the_signers(register: Register, activity: Activity) -> None:
    part = road.checked(register, road.delivered(register, road.key(), manifest=MANIFEST), activity.policy_fingerprint)
    one = road.signed(register, road.content(part), steward=STEWARD, officer=OFFICER, eigenaar=EIGENAAR)
    page = papers.what_goes_out(activity, one)
    html = page.html()
    assert "pieter" in html
    assert "elif" in html
    assert "Kleinste groep: 10 mensen." in html
    assert pages_of(page) == 1


def test_what_goes_out_names_everybody_who_may_see_it(activity: Activity) -> None:
    """Two deliveries for two audiences: the narrowest alone would be untrue."""
    html = papers.what_goes_out(replace(activity, audiences=("deelnemers", "eigen")), None).html()
    assert "Zichtbaar voor: alle deelnemende gemeenten en Movisie; alleen de eigen gemeente." in html


def test_what_was_taken_back_goes_nowhere(register: Register, activity: Activity) -> None:
    part = road.checked(register, road.delivered(register, road.key(), manifest=MANIFEST), activity.policy_fingerprint)
    one = road.signed(register, road.content(part), steward=STEWARD, officer=OFFICER, eigenaar=EIGENAAR)
    assert papers.standing_contribution(register, activity).id == one.id
    contributions.withdraw(register, one.id, by=EIGENAAR)
    assert papers.standing_contribution(register, activity) is None


def test_where_data_are_kept_is_for_people_to_say(activity: Activity) -> None:
    """The program sends nothing away; where the server stands it cannot know."""
    for html in (processing.as_page([activity]).html(), papers.agreement_annex(activity).html()):
        assert "waar de server en de reservekopieën staan" in html


def pages_of(page: Page) -> int:
    try:
        content = page.pdf()
    except CannotCheck:
        pytest.skip("WeasyPrint has no Pango here (apt-get install libpango-1.0-0 libpangoft2-1.0-0)")
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    unpacked = b"".join(zlib.decompressobj().decompress(stream) for stream in streams if stream[:1] == b"x")
    assert b"/MarkInfo" in unpacked
    assert b"/Lang" in unpacked
    from weasyprint import HTML

    return len(HTML(string=page.html()).render().pages)


def test_measures_claim_nothing() -> None:
    html = papers.measures().html()
    assert "Of u voldoet, beoordeelt u zelf" in html
    assert "u voldoet aan" not in html


def test_the_agreement_annex_names_data_and_terms(activity: Activity) -> None:
    html = papers.agreement_annex(activity, subprocessors=("Voorbeeld Hosting",)).html()
    assert "Voorbeeld Hosting" in html
    assert "Geboortedatum" in html


def test_a_page_escapes_what_people_typed() -> None:
    html = Page("<b>", [Part("x", ("<script>alert(1)</script>",))], "").html()
    assert "<script>" not in html
    assert "<title>&lt;b&gt;</title>" in html


def test_the_processing_log_has_no_names(register: Register) -> None:
    for step in life.steps(register, "GM9001", "2026"):
        step()
    log = processing_log(register, version="1")
    spans = log["resourceSpans"][0]["scopeSpans"][0]["spans"]
    names = {span["name"] for span in spans}
    assert {"delivery.record", "verdict.record", "removal.done", "release.published"} <= names
    assert all(len(span["traceId"]) == 32 and len(span["spanId"]) == 16 for span in spans)
    assert len({span["spanId"] for span in spans}) == len(spans)
    activity_id = {span["attributes"][0]["value"]["stringValue"] for span in spans}
    assert "urn:toegangspeil:verwerking:GM9001:ceo_wmo" in activity_id
    of_requests = [span for span in spans if span["name"].startswith(("request.", "removal."))]
    assert {span["attributes"][0]["value"]["stringValue"] for span in of_requests} == {
        "urn:toegangspeil:verwerking:GM9001:ceo_wmo"
    }
    nowhere = {
        span["name"] for span in spans if span["attributes"][0]["value"]["stringValue"].endswith(":toegangspeil")
    }
    assert nowhere == {"delivery.record"}, "only of a folder that was refused unread nobody knows the study"
    text = json.dumps(log)
    people = [actor.name for actor in life.people("GM9001").values()]
    assert not any(name in text for name in [*people, "olga", "nadia", "systeem"])
    assert processing_log(register, version="1") == log
