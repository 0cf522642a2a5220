"""The evidence behind a signature: real counts beside what is shown, an estimate with its margin, and who did what."""

import re
from collections.abc import Mapping

import pyarrow as pa
import pytest
from browsing import post
from small_home import OTHER, OWN, FakeRoad, content_of

from domain.contribution import ContributionContent, Part
from domain.delivery import DeliveryKey
from domain.release import EarlierCell, History, Status
from portal.estimate import Reading, counted
from portal.ledger_words import act_words
from portal.measuring import make_evidence
from register import verdicts
from register.review import SAMPLE, Decision, Doubt
from warehouse.sources import AreaBook

KEY = DeliveryKey(OWN, "toegangsscan", "2026", "inwoner")


def read(*decisions: Decision, recogniser: str = SAMPLE) -> list[Doubt]:
    return [Doubt(KEY, 1, "steekproef", recogniser, 1.0, "", decision=decision) for decision in decisions]


def test_nothing_read_is_no_estimate():
    assert counted([], texts=400).left is None
    assert "Nog niemand las de steekproef" in counted([], texts=400).words
    assert counted([]).words == "Er zijn geen open teksten in deze bijdrage."


@pytest.mark.parametrize(
    ("leaking", "low", "high"), [(0, "0", "11,6"), (1, "0,1", "17,2"), (30, "88,4", "100")]
)  # fmt: skip
def test_the_estimate_carries_an_exact_margin(leaking, low, high):
    """Clopper-Pearson, 95 %: 0 of 30 says at most 11.6 %, never 'nothing is left'."""
    words = Reading(30, leaking, texts=1000).words
    assert f"(tussen {low} en {high})" in words


def test_a_doubtful_place_is_no_sample():
    found = counted([*read(Decision.NOT_PERSONAL), *read(Decision.PERSONAL, recogniser="detector")], texts=10)
    assert (found.read, found.leaking) == (1, 0)


def test_a_text_that_has_to_go_counts_as_leaking():
    assert counted(read(Decision.PERSONAL, Decision.PERSONAL, Decision.NOT_PERSONAL)).leaking == 2


def test_before_and_after_say_how_many_people_there_really_are(house):
    verdict = verdicts.latest_many(house.register)[KEY]
    content = content_of(OWN, Part(KEY, verdict.version, verdict.file_hash, verdict.policy_fingerprint))
    evidence = make_evidence(content, FakeRoad(), AreaBook(house.gemeenten))
    (study,) = evidence.studies
    people = {cell.group: cell.people for cell in study.cells}
    assert people["iedereen"] == 60
    assert sum(n for group, n in people.items() if group != "iedereen") == 60
    assert all(cell.why for cell in study.cells if cell.after.closed)
    assert study.lost == sum(cell.after.closed for cell in study.cells)


SCOPE = "doelgroep=inwoner|instrument=toegangsscan|meting=2026|question=ervaring"


class Remembering(FakeRoad):
    """The road of a house that published this meting before."""

    def __init__(self, *cells: EarlierCell) -> None:
        super().__init__()
        self.cells = cells

    def shown(self, content: ContributionContent) -> tuple[History, list[Mapping[str, pa.Table]]]:
        return History(self.cells), []


@pytest.mark.parametrize(
    "before",
    [
        EarlierCell("r1", "totaal", SCOPE, (("area", OWN),), 60, Status.PUBLISHED, 10),
        EarlierCell("r1", "totaal", SCOPE, (("area", OWN),), 61, Status.PUBLISHED, 10, 0, 1),
    ],
)
def test_a_meting_that_was_published_before_can_be_contributed_again(house, before):
    verdict = verdicts.latest_many(house.register)[KEY]
    content = content_of(OWN, Part(KEY, verdict.version, verdict.file_hash, verdict.policy_fingerprint))
    evidence = make_evidence(content, Remembering(before), AreaBook(house.gemeenten))
    assert (evidence.same, evidence.learned, evidence.safe) == (True, 0, True)
    printed = {row["base"] for row in evidence.tables["fact_result"].to_pylist() if row["breakdown"] == "TOTAAL"}
    assert printed <= {before.n, None}  # who left since may not show as a difference


@pytest.mark.parametrize(("user", "sees"), [(f"privacy_officer-{OWN}", True), (f"data_steward-{OWN}", False)])
def test_real_counts_are_for_who_may_see_them(sign_in, user, sees):
    page = sign_in(user).get("/bijdragen/1").text
    assert ("Echt: mensen" in page) is sees
    assert ("Zo ziet de buitenwereld het" if sees else "Zo ziet de buitenwereld de cijfers") in page
    assert "Wie deed wat" in page


def test_all_contributions_of_a_meting_stand_on_one_page(sign_in):
    client = sign_in(f"privacy_officer-{OWN}")
    one, every = client.get("/bijdragen?meting=2027").text, client.get("/bijdragen").text
    assert re.findall(r">Bijdrage (\d+)<", one) == ["3"]
    assert len(re.findall(r">Bijdrage (\d+)<", every)) == 2
    assert client.get("/bijdragen?meting=<script>").status_code == 200


def test_an_act_is_said_in_words():
    assert act_words("contribution.prepare") == "een bijdrage klaarzetten"
    assert act_words("policy.approved") == "regels: goedgekeurd"
    assert act_words("iets.nieuws") == "iets.nieuws"


def test_returning_takes_an_explanation_and_the_button_away(sign_in):
    """Last: the contribution of the other gemeente is returned."""
    officer = sign_in(f"privacy_officer-{OTHER}")
    path = "/bijdragen/4"
    assert post(officer, f"{path}/terugsturen", page=path, uitleg=" ").status_code == 409
    assert post(officer, f"{path}/terugsturen", page=path, uitleg="De brief klopt niet.").status_code == 303
    page = officer.get(path).text
    assert "De brief klopt niet." in page
    assert 'name="handeling"' not in page
    assert sign_in(f"privacy_officer-{OWN}").get(path).status_code == 404
