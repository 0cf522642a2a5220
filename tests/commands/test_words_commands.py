"""consent, finding and review: what people said, kept by pseudonym and judged by another."""

from pathlib import Path

from anonymisation.review import ReviewRow
from domain.delivery import DeliveryKey
from domain.records import PseudonymisedRecords
from pipelines.evidence import keep_review
from register.findings import TICKS
from tests.commands.typed import Typed

SCOPE = "GM9001/ceo_wmo/2026"
KEY = DeliveryKey("GM9001", "ceo_wmo", "2026", "client")
STEWARD, PO = "data_steward-GM9001", "privacy_officer-GM9001"
ALL_TICKS = tuple(word for tick in TICKS for word in ("--tick", tick))
SENTENCE = "Na de melding is vaak niet duidelijk wie de vraag oppakt."


class Doubtful:
    """A cleaned delivery of which only the review list matters."""

    records = PseudonymisedRecords(KEY, "ceo_wmo@2016.1", {}, policy_fingerprint="")
    review = (ReviewRow(str(KEY), 0, "toelichting", 4, 12, "PERSON", 0.3, "bij ", "Verzonnen", " gebeld"),)


def test_consents_are_read_and_only_counted(empty: Typed, tmp_path: Path) -> None:
    listed = tmp_path / "toestemmingen.csv"
    listed.write_text(
        "persoon;doel;wat;moment\nR001;deelname;toestemming;01-02-2026\nR002;deelname;weigering;01-02-2026\n"
    )
    told = empty("consent", "import", str(listed), "--scope", SCOPE, user=STEWARD)
    assert told.code == 0, told.err
    assert "2 nieuw vastgelegd" in told.out
    assert "0 nieuw vastgelegd, 2" in empty("consent", "import", str(listed), "--scope", SCOPE, user=STEWARD).out
    shown = empty("consent", "status", "--scope", SCOPE, user=PO)
    assert "gegeven" in shown.out
    assert "geweigerd" in shown.out
    assert "R001" not in shown.out


def test_consents_are_refused_by_row_without_a_value(empty: Typed, tmp_path: Path) -> None:
    listed = tmp_path / "toestemmingen.csv"
    listed.write_text("persoon;doel;wat;moment\nVerzonnen;deelname;misschien;01-02-2026\n")
    said = empty("consent", "import", str(listed), "--scope", SCOPE, user=STEWARD)
    assert said.code == 1
    assert "rij 2" in said.err
    assert "Verzonnen" not in said.err
    assert empty("consent", "import", str(listed), "--scope", "GM9001", user=STEWARD).code == 2
    assert empty("consent", "import", str(listed), "--scope", SCOPE).code == 1
    assert empty("consent", "import", str(listed), "--scope", SCOPE, user="data_steward-GM9002").code == 1
    assert empty("consent", "status", "--scope", SCOPE, user="movisie").code == 1


def test_a_finding_rests_on_journeys_and_is_approved_by_another(filled: Typed) -> None:
    made = filled(
        "finding", "add", SCOPE, "--text", SENTENCE, *ALL_TICKS, user=STEWARD, typed="R001, R002, R003\n"
    )  # fmt: skip
    assert made.code == 0, made.err
    assert "rust op 3 gesprekken" in made.out
    listed = filled("finding", "list", user=PO)
    assert SENTENCE in listed.out
    seen = listed.out.split()[-1]
    assert filled("finding", "approve", "1", "--seen", "anders", user=PO).code == 1
    assert filled("finding", "approve", "1", "--seen", seen, user=STEWARD).code == 1
    assert filled("finding", "approve", "1", "--seen", seen, user=PO).code == 0
    assert SENTENCE not in filled("finding", "list", user="privacy_officer-GM9002").out


def test_a_finding_needs_every_tick_enough_people_and_known_people(filled: Typed) -> None:
    few = filled("finding", "add", SCOPE, "--text", SENTENCE, *ALL_TICKS, user=STEWARD, typed="R001,R002\n")
    assert (few.code, "minstens 3" in few.err) == (1, True)
    unticked = filled("finding", "add", SCOPE, "--text", SENTENCE, user=STEWARD, typed="R001,R002,R003\n")
    assert (unticked.code, "nog niet nagekeken: geen leeftijd, geen wijk" in unticked.err) == (1, True)
    unknown = filled("finding", "add", SCOPE, "--text", SENTENCE, *ALL_TICKS, user=STEWARD, typed="R001,R002,X9\n")
    assert (unknown.code, "X9" in unknown.err) == (1, False)
    name = "Mevrouw De Vries belde niet terug."
    named = filled("finding", "add", SCOPE, "--text", name, *ALL_TICKS, user=STEWARD, typed="R001,R002,R003\n")
    assert (named.code, "naam, adres of nummer" in named.err, "Vries" in named.err) == (1, True, False)
    assert filled("finding", "add", SCOPE, "--text", SENTENCE, user=PO).code == 1
    assert filled("finding", "list", user="movisie").code == 1
    assert filled("finding", "list").code == 1


def test_a_finding_goes_back_with_a_comment(filled: Typed) -> None:
    filled("finding", "add", SCOPE, "--text", SENTENCE, *ALL_TICKS, user=STEWARD, typed="R001,R002,R003\n")
    assert filled("finding", "return", "1", user=PO).code == 2
    assert filled("finding", "return", "1", "--comment", "te precies", user=PO).code == 0
    assert "teruggestuurd" in filled("finding", "list", user=STEWARD).out


def test_the_review_list_shows_words_only_to_the_officer(filled: Typed) -> None:
    with filled.house() as house:
        keep_review(house, KEY, 1, Doubtful())  # type: ignore[arg-type]
    plain = filled("review", "list", user=PO)
    assert "naam van een persoon" in plain.out
    assert "Verzonnen" not in plain.out
    assert "bij Verzonnen gebeld" in filled("review", "list", "--words", user=PO).out
    for user in ("movisie", "analyst-GM9001", STEWARD, "operator"):
        refused = filled("review", "list", "--words", user=user)
        assert refused.code == 1
        assert "Verzonnen" not in refused.out
    other = filled("review", "list", "--words", user="privacy_officer-GM9002")
    assert "Verzonnen" not in other.out


def test_the_officer_decides_on_a_place(filled: Typed) -> None:
    with filled.house() as house:
        keep_review(house, KEY, 1, Doubtful())  # type: ignore[arg-type]
    line = next(line for line in filled("review", "list", user=PO).out.splitlines() if "naam van een persoon" in line)
    number = line.split()[0]
    assert filled("review", "decide", number, "persoonsgegeven", user=STEWARD).code == 1
    assert filled("review", "decide", number, "weet_niet", user=PO).code == 2
    assert filled("review", "decide", number, "persoonsgegeven", user=PO).code == 0
    assert "PERSON" not in filled("review", "list", user=PO).out
    assert filled("review", "decide", "999", "persoonsgegeven", user=PO).code == 1
    assert filled("review", "list").code == 1
