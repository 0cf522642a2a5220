"""Stations 3 and 4: who is in, what is left of a column, and what never comes through."""

from datetime import date

import pyarrow as pa
import pytest

from anonymisation.pseudonyms import pseudonym, receipt_pseudonym
from anonymisation.text import build_detector
from domain.consent import unpacked
from domain.errors import ConsentRefused, GateClosed, PolicyRefused
from domain.vocabulary import Purpose, Treatment
from tests.stations.small import CUT_OFF, KEY, FakeDetector, RaisingDetector

SCOPE = "GM9001/ceo_wmo/2026"


def of(identifier: str) -> str:
    return pseudonym(identifier, key=KEY, scope=SCOPE)


def test_rows_carry_pseudonym_gemeente_and_doelgroep_first(ceo):
    rows = ceo.clean({"respondent": ["r1", "r2"], "ceo01_vindbaarheid": ["1", "2"]}).records.tables["rows"]
    assert rows.column_names == ["pseudonym", "gemeente", "doelgroep", "ceo01_vindbaarheid"]
    assert rows["pseudonym"].to_pylist() == [of("r1"), of("r2")]
    assert rows["gemeente"].to_pylist() == ["GM9001", "GM9001"]
    assert rows["doelgroep"].to_pylist() == ["client", "client"]


def test_a_direct_column_never_comes_through(ceo):
    direct = {"naam": ["Sanne Prins"], "email": ["s@voorbeeld.nl"], "geboortedatum": [date(1956, 3, 12)]}
    rows = ceo.clean({"respondent": ["r1"], **direct}).records.tables["rows"]
    assert set(rows.column_names) == {"pseudonym", "gemeente", "doelgroep"}


def test_age_comes_out_as_a_band(ceo):
    rows = ceo.clean({"respondent": ["a", "b", "c"], "leeftijd": [44, 45, None]}).records.tables["rows"]
    assert rows["leeftijd"].to_pylist() == ["18-44", "45-64", None]


def test_a_column_without_treatment_is_refused(ceo):
    with pytest.raises(PolicyRefused, match="schoenmaat"):
        ceo.clean({"respondent": ["r1"], "schoenmaat": [43]})


def test_a_policy_for_another_codebook_is_refused(ceo, case):
    with pytest.raises(PolicyRefused, match="codeboek"):
        ceo.clean({"respondent": ["r1"]}, codebook=case("ceo_wmo@2025.1").codebook)


def test_a_policy_looser_than_the_column_allows_is_refused(ceo):
    with pytest.raises(PolicyRefused, match="naam"):
        ceo.with_rule("naam", Treatment.KEEP).clean({"respondent": ["r1"]})


def test_a_tombstone_keeps_a_person_out_of_every_table(klantreis):
    reizen = {
        "rows": {"journey": ["j1", "j1", "j2"], "seq": [1, 2, 1], "toestemming_deelname": ["ja"] * 3},
        "aspects": {"journey": ["j1", "j2"], "phase": ["melding"] * 2},
    }
    gone = pseudonym("j1", key=KEY, scope="GM9001/klantreis/2026")
    cleaned = klantreis.clean(reizen, tombstones={gone})
    assert cleaned.records.tables["rows"].num_rows == 1
    assert cleaned.records.tables["aspects"].num_rows == 1
    assert (cleaned.removed.withdrawn, cleaned.removed.refused, cleaned.removed.rows) == (1, 0, 3)


def test_a_tombstone_by_ontvangstcode_works_as_well(ceo):
    gone = receipt_pseudonym("AB-12", key=KEY, scope=SCOPE)
    cleaned = ceo.clean({"respondent": ["r1", "r2"], "ontvangstcode": ["ab12", None]}, tombstones={gone})
    assert cleaned.records.tables["rows"]["pseudonym"].to_pylist() == [of("r2")]


def test_who_refuses_deelname_is_out_and_counted(klantreis):
    cleaned = klantreis.clean({"journey": ["j1", "j2"], "seq": [1, 1], "toestemming_deelname": ["ja", "Nee"]})
    assert cleaned.records.rows == 1
    assert cleaned.removed.refused == 1


def test_one_no_among_the_rows_of_a_person_is_a_no(klantreis):
    cleaned = klantreis.clean({"journey": ["j1", "j1"], "seq": [1, 2], "toestemming_deelname": ["ja", "nee"]})
    assert cleaned.records.rows == 0


def test_a_withdrawal_in_the_register_beats_a_yes_in_the_delivery(klantreis):
    who = pseudonym("j1", key=KEY, scope="GM9001/klantreis/2026")
    cleaned = klantreis.clean(
        {"journey": ["j1", "j2"], "seq": [1, 1], "toestemming_deelname": ["ja", "ja"]},
        consent=lambda purpose, on: {who: False},
    )
    assert cleaned.records.rows == 1


def test_an_interview_without_known_consent_is_refused_with_a_count(klantreis):
    with pytest.raises(ConsentRefused, match="van 1 mens is"):
        klantreis.clean({"journey": ["j1", "j2"], "seq": [1, 1], "toestemming_deelname": ["ja", None]})


def test_of_who_is_gone_no_consent_is_asked(klantreis):
    gone = pseudonym("j2", key=KEY, scope="GM9001/klantreis/2026")
    rows = {"journey": ["j1", "j2"], "seq": [1, 1], "toestemming_deelname": ["ja", None]}
    assert klantreis.clean(rows, tombstones={gone}).records.rows == 1


def test_the_register_is_asked_for_deelname_on_the_day_of_the_cut_off(klantreis):
    asked = []

    def register(purpose, on):
        asked.append((purpose, on))
        return {}

    klantreis.clean({"journey": ["j1"], "seq": [1], "toestemming_deelname": [True]}, consent=register)
    assert asked == [(Purpose.DEELNAME, CUT_OFF)]


def test_doubts_are_listed_with_their_own_row_and_column(case):
    scan = case("toegangsscan@2021.1")
    columns = [name for name in scan.codebook.rows if name.startswith("toelichting")][:2]
    texts = {columns[0]: ["goed", "lang verhaal"], columns[1]: ["niets", "Fatima dus"]}
    cleaned = scan.clean({"respondent": ["a", "b"], **texts}, detector=FakeDetector("Fatima", score=0.6))
    (row,) = cleaned.review
    assert (row.row, row.column, row.start, row.end, row.found) == (1, columns[1], 0, 6, "Fatima")
    assert (row.before, row.after) == ("", " dus")


def test_a_text_that_holds_the_mark_between_texts_is_still_cleaned(case):
    scan = case("toegangsscan@2021.1")
    columns = [name for name in scan.codebook.rows if name.startswith("toelichting")][:2]
    texts = {columns[0]: ["een\n\u241e\nFatima"], columns[1]: ["Fatima"]}
    rows = scan.clean({"respondent": ["a"], **texts}, detector=FakeDetector("Fatima")).records.tables["rows"]
    assert [rows[name].to_pylist() for name in columns] == [["een\n\u241e\n[PERSOON 1]"], ["[PERSOON 1]"]]


def test_a_text_column_that_is_dropped_needs_no_detector(ceo):
    silent = ceo.with_rule("toelichting", Treatment.DROP)
    assert (
        "toelichting"
        not in silent.clean({"respondent": ["r"], "toelichting": ["x"]}).records.tables["rows"].column_names
    )


def test_a_second_run_gives_the_same_records(ceo):
    rows = {
        "ceo01_vindbaarheid": ["1", "2"],
        "gewicht": [1.23456, 0.5],
        "toelichting": ["Fatima", "x"],
        "leeftijd": [44, 90],
    }
    first, again = (ceo.clean(rows, detector=FakeDetector("Fatima")).records.tables["rows"] for _ in range(2))
    assert first.equals(again)


@pytest.mark.slow
def test_processes_give_the_same_texts_as_one(ceo, monkeypatch):
    monkeypatch.setattr("anonymisation.answers._WORTH_PROCESSES", 1)
    rows = {
        "respondent": [f"r{i}" for i in range(40)],
        "toelichting": [f"Ik ben Jan Jansen, bel 06 123456{i:02d}" for i in range(40)],
    }
    one, two = (ceo.clean(rows, detector=build_detector(), processes=n) for n in (1, 2))
    assert one.records.tables["rows"].equals(two.records.tables["rows"])
    assert one.tally == two.tally


def test_a_transcript_may_rest_on_consent_in_the_register(case):
    reis = case("klantreis_transcript@1.0")
    who = pseudonym("gesprek 1", key=KEY, scope="GM9001/klantreis_transcript/2026")
    cleaned = reis.clean({"journey": ["gesprek 1"], "seq": [1]}, consent=lambda purpose, on: {who: True})
    assert cleaned.records.rows == 1


def test_consents_go_to_the_register_and_not_to_the_output(ceo):
    cleaned = ceo.clean({"respondent": ["r1", "r2"], "toestemming_hercontact": ["ja", "nee"]})
    said = {(who, purpose, given) for purpose, given, people in cleaned.consents.sides() for who in unpacked(people)}
    assert said == {(of("r1"), Purpose.HERCONTACT, True), (of("r2"), Purpose.HERCONTACT, False)}
    assert "toestemming_hercontact" not in cleaned.records.tables["rows"].column_names


def test_without_respondent_every_row_is_a_person_and_the_officer_is_told(ceo):
    cleaned = ceo.clean({"ceo01_vindbaarheid": ["1", "1", "1"]})
    assert len(set(cleaned.records.tables["rows"]["pseudonym"].to_pylist())) == 3
    assert not cleaned.findable


def test_a_row_without_number_is_not_taken_for_its_neighbour(ceo):
    ids = ceo.clean({"respondent": ["r1", None, " ", "r1"]}).records.tables["rows"]["pseudonym"].to_pylist()
    assert ids[0] == ids[3]
    assert len(set(ids)) == 3


def test_a_second_run_gives_the_same_ids_and_a_correction_other_ones(ceo):
    first, again, changed = (
        ceo.clean({"ceo01_vindbaarheid": answers}).records.tables["rows"]["pseudonym"].to_pylist()
        for answers in (["1", "2"], ["1", "2"], ["1", "3"])
    )
    assert first == again
    assert not set(first) & set(changed)


def test_when_the_policy_drops_the_number_rows_hang_together_but_nobody_is_found(klantreis):
    strict = klantreis.with_rule("journey", Treatment.DROP).with_rule("journey", Treatment.DROP, table="aspects")
    cleaned = strict.clean(
        {
            "rows": {"journey": ["j1", "j1"], "seq": [1, 2], "toestemming_deelname": ["ja", "ja"]},
            "aspects": {"journey": ["j1"], "phase": ["melding"]},
        }
    )
    ids = cleaned.records.tables["rows"]["pseudonym"].to_pylist()
    assert ids == cleaned.records.tables["aspects"]["pseudonym"].to_pylist() * 2
    assert ids[0] != pseudonym("j1", key=KEY, scope="GM9001/klantreis/2026")
    assert not cleaned.findable


def test_texts_are_cleaned_and_counted(ceo):
    cleaned = ceo.clean(
        {"respondent": ["r1", "r2", "r3"], "toelichting": ["Fatima hielp mij", None, "Fatima hielp mij"]},
        detector=FakeDetector("Fatima"),
    )
    assert cleaned.records.tables["rows"]["toelichting"].to_pylist() == [
        "[PERSOON 1] hielp mij", None, "[PERSOON 1] hielp mij",
    ]  # fmt: skip
    assert cleaned.tally == {"PERSON": 2}


def test_all_turns_of_a_person_are_one_document(case):
    reis = case("klantreis_transcript@1.0")
    who = pseudonym("g", key=KEY, scope="GM9001/klantreis_transcript/2026")
    cleaned = reis.clean(
        {"journey": ["g", "g"], "seq": [1, 2], "text": ["Ik sprak Omar en Fatima.", "Fatima was aardig."]},
        detector=FakeDetector("Fatima", "Omar"),
        consent=lambda purpose, on: {who: True},
    )
    assert cleaned.records.tables["rows"]["text"].to_pylist() == [
        "Ik sprak [PERSOON 1] en [PERSOON 2].", "[PERSOON 2] was aardig.",
    ]  # fmt: skip


def test_an_entity_without_recogniser_is_refused(ceo):
    blind = FakeDetector(labels=("PERSON",))
    with pytest.raises(PolicyRefused, match="IBAN"):
        ceo.clean({"respondent": ["r1"], "toelichting": ["prima"]}, detector=blind)


def test_a_raising_recogniser_stops_everything_and_says_nothing_of_the_text(ceo):
    with pytest.raises(GateClosed) as refusal:
        ceo.clean({"respondent": ["r1"], "toelichting": ["Sanne Prins"]}, detector=RaisingDetector())
    assert "Sanne" not in str(refusal.value)
    assert refusal.value.__cause__ is None


def test_no_row_shows_in_a_representation(ceo):
    raw = ceo.raw({"respondent": ["r1"], "naam": ["Sanne Prins"], "toelichting": ["Sanne Prins belde"]})
    cleaned = ceo.clean(raw)
    assert "Sanne" not in repr(cleaned) + repr(raw)


@pytest.mark.parametrize(("area_column", "kept"), [("GM9001", "GM9001"), (None, "GM9001"), ("GM9002 ", "GM9002")])
def test_gemeente_is_what_was_delivered_else_the_area(ceo, area_column, kept):
    rows = ceo.clean({"respondent": ["r1"], "gemeente": pa.array([area_column], pa.string())}).records.tables["rows"]
    assert rows["gemeente"].to_pylist() == [kept]
