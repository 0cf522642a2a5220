"""Station 5: what passes, what does not, and that a refusal names rules and never values."""

import pandas as pd
import pyarrow as pa
import pytest

from domain.errors import CannotCheck, GateClosed
from domain.records import PseudonymisedRecords
from domain.vocabulary import Kind, Treatment
from quality.facts import facts_of
from quality.gate import Gate, Subject, open_gate, to_checked
from quality.residual import ResidualCheck
from tests.stations.small import Case, FakeDetector, RaisingDetector

QUESTIONS = [
    "ceo01_vindbaarheid", "ceo02_snelheid", "ceo03_serieus", "ceo04_samen_oplossing", "ceo05_clientondersteuner",
    "ceo06_kwaliteit", "ceo07_passend", "ceo08_doen_wat_ik_wil", "ceo09_redden", "ceo10_kwaliteit_leven",
]  # fmt: skip


def ceo_rows(count=3, **more):
    return {"respondent": [f"r{i}" for i in range(count)], **dict.fromkeys(QUESTIONS, ["1"] * count), **more}


@pytest.fixture(scope="module")
def gate():
    return Gate()


def verdict(gate: Gate, case: Case, rows, **more):
    cleaned = case.clean(rows, **more)
    return gate.verdicts([Subject(cleaned.records, case.codebook, case.policy, cleaned.leftovers)])[0]


def failed(verdict):
    return {rule.rule: rule.where for rule in verdict.failed}


def changed(case: Case, rows, **columns):
    """Cleaned records in which a column was changed afterwards: the gate must see it."""
    records = case.clean(rows).records
    table = records.tables["rows"]
    for name, values in columns.items():
        at = table.column_names.index(name) if name in table.column_names else None
        array = pa.array(values)
        table = table.append_column(name, array) if at is None else table.set_column(at, name, array)
    return PseudonymisedRecords(
        records.key, records.codebook, {"rows": table}, policy_fingerprint=records.policy_fingerprint
    )


def judged(gate: Gate, case: Case, records):
    return gate.verdicts([Subject(records, case.codebook, case.policy)])[0]


def test_good_records_pass_and_become_checked(gate, ceo):
    rows = ceo_rows(leeftijd=[44, 70, None], toelichting=["Goed geholpen", None, "[PERSOON 1] was aardig"])
    cleaned = ceo.clean(rows)
    outcome = verdict(gate, ceo, rows)
    assert failed(outcome) == {}
    assert outcome.counts == {"rows": 3, "persons": 3}
    checked = to_checked(cleaned.records, outcome, "a" * 64)
    assert checked.file_hash == "a" * 64
    assert checked.tables is cleaned.records.tables


@pytest.mark.parametrize(
    ("columns", "rule", "where"),
    [
        ({"ceo01_vindbaarheid": ["1", "2", "7"]}, "antwoord_op_schaal", "ceo01_vindbaarheid"),
        ({"leeftijd": ["18-44", "44", None]}, "antwoord_op_schaal", "leeftijd"),
        ({"rapportcijfer": [1.0, 10.0, 10.5]}, "getal_binnen_grenzen", "rapportcijfer"),
        ({"pseudonym": ["r1", "r2", "r3"]}, "pseudoniem", "pseudonym"),
        ({"pseudonym": ["a" * 31 + "G", "b" * 32, "c" * 32]}, "pseudoniem", "pseudonym"),
        ({"pseudonym": ["a" * 33, "b" * 32, "c" * 32]}, "pseudoniem", "pseudonym"),
        ({"pseudonym": ["a" * 32 + "\n", "b" * 32, "c" * 32]}, "pseudoniem", "pseudonym"),
        ({"gemeente": ["GM9001", None, "GM9001"]}, "geen_lege_velden", "gemeente"),
        ({"pseudonym": ["a" * 32, "a" * 32, "b" * 32]}, "geen_dubbele_rijen", "rows"),
        ({"gemeente": ["GM9001", "GM9002", "GM9001"]}, "eigen_rijen", "gemeente"),
        ({"naam": ["A", "B", "C"]}, "kolommen_volgens_regels", "naam"),
        ({"schoenmaat": [1, 2, 3]}, "kolommen_volgens_regels", "schoenmaat"),
        ({"wijk": ["Zuid", "tel 06-12345678", None]}, "geen_directe_gegevens", "wijk"),
        ({"toelichting": ["", "nummer 123456789", None]}, "geen_negen_cijfers", "toelichting"),
    ],
)
def test_one_wrong_thing_closes_the_gate_and_names_rule_and_column(gate, ceo, columns, rule, where):
    outcome = judged(gate, ceo, changed(ceo, ceo_rows(), **columns))
    assert not outcome.passed
    assert failed(outcome)[rule] == (where,)
    assert len(failed(outcome)) == 1 + (rule == "geen_lege_velden")  # an empty gemeente is not this gemeente either


def test_words_are_read_in_whatever_way_a_column_is_stored(gate, ceo):
    for kind in (pa.large_string(), pa.dictionary(pa.int8(), pa.string()), pa.binary()):
        stored = pa.array(["Zuid", "tel 06-12345678", None]).cast(kind)
        assert "geen_directe_gegevens" in failed(judged(gate, ceo, changed(ceo, ceo_rows(), wijk=stored)))


def test_a_required_question_that_is_gone_closes_the_gate(gate, ceo):
    rows = ceo_rows()
    del rows["ceo05_clientondersteuner"]
    assert failed(verdict(gate, ceo, rows)) == {"verplichte_kolommen": ("ceo05_clientondersteuner",)}


def test_when_everyone_is_out_nothing_passes(gate, ceo):
    rows = ceo_rows()
    tombstones = ceo.clean(rows).records.tables["rows"]["pseudonym"].to_pylist()
    assert "rijen" in failed(verdict(gate, ceo, rows, tombstones=tombstones))


def test_a_detector_that_finds_nothing_is_caught_by_other_eyes(gate, ceo):
    rows = ceo_rows(toelichting=["Bel mij op 06 12345678", "mail s.prins@voorbeeld.nl", "BSN 123456782"])
    outcome = verdict(gate, ceo, rows, detector=FakeDetector())
    assert not outcome.passed
    assert failed(outcome) == {"geen_directe_gegevens": ("toelichting",), "geen_negen_cijfers": ("toelichting",)}
    assert outcome.counts["residual_telefoon"] == 1
    assert outcome.counts["residual_email"] == 1
    assert outcome.counts["residual_bsn"] == 1


def test_a_name_of_the_delivery_left_in_the_output_closes_the_gate(gate, ceo):
    rows = ceo_rows(naam=["Sanne Prins", "Omar Haddad", None], toelichting=["ik, Sanne Prins, wachtte", "prima", None])
    assert failed(verdict(gate, ceo, rows)) == {"geen_namen_uit_de_levering": ("rows",)}
    assert verdict(gate, ceo, rows, detector=FakeDetector("Sanne Prins")).passed


def test_a_raising_recogniser_never_reaches_the_gate(gate, ceo):
    with pytest.raises(GateClosed):
        verdict(gate, ceo, ceo_rows(toelichting=["x", "y", "z"]), detector=RaisingDetector())


def test_a_failing_residual_detector_lets_nothing_pass(ceo):
    class Failing:
        def hits(self, text):
            raise ValueError(text)

    cleaned = ceo.clean(ceo_rows(toelichting=["kamer 12", None, None]))
    with pytest.raises(CannotCheck) as refusal:
        open_gate(
            cleaned.records,
            codebook=ceo.codebook,
            policy=ceo.policy,
            leftovers={},
            residual=ResidualCheck([Failing()]),
        )
    assert "kamer" not in str(refusal.value)


def test_no_residual_detectors_is_no_check():
    with pytest.raises(CannotCheck):
        ResidualCheck([])


def test_checked_needs_a_verdict_that_passed_and_is_of_these_records(gate, ceo):
    good, bad = ceo.clean(ceo_rows()).records, changed(ceo, ceo_rows(), rapportcijfer=[1.0, 2.0, 11.0])
    with pytest.raises(GateClosed, match="rapportcijfer"):
        to_checked(bad, judged(gate, ceo, bad), "a" * 64)
    other = PseudonymisedRecords(good.key, good.codebook, good.tables, policy_fingerprint="e" * 64)
    with pytest.raises(GateClosed, match="andere regels"):
        to_checked(other, judged(gate, ceo, good), "a" * 64)


def test_one_bad_delivery_among_many_is_the_only_one_that_stops(gate, ceo, klantreis):
    journey = {
        "rows": {
            "journey": ["j1", "j1"], "seq": [1, 2], "phase": ["melding", "gesprek"], "emotion": [1, -1],
            "knelpunten": ["wachttijd;brieven", None], "toestemming_deelname": ["ja", "ja"],
        },
        "aspects": {"journey": ["j1"], "phase": ["melding"], "aspect": ["bejegening"], "score": [0]},
    }  # fmt: skip
    good = ceo.clean(ceo_rows(2)).records
    bad = changed(ceo, ceo_rows(), ceo01_vindbaarheid=["1", "1", "6"])
    reis = klantreis.clean(journey).records
    subjects = [
        Subject(good, ceo.codebook, ceo.policy),
        Subject(reis, klantreis.codebook, klantreis.policy),
        Subject(_other_meting(bad), ceo.codebook, ceo.policy),
    ]
    assert [one.passed for one in gate.verdicts(subjects)] == [True, True, False]


def _other_meting(records):
    key = type(records.key)(records.key.area, records.key.instrument, "2027", records.key.doelgroep)
    return PseudonymisedRecords(key, records.codebook, records.tables, policy_fingerprint=records.policy_fingerprint)


@pytest.mark.parametrize(
    ("column", "values", "rule"),
    [
        ("knelpunten", ["wachttijd;geld"], "antwoord_op_schaal"),
        ("phase", ["wachten"], "antwoord_op_schaal"),
        ("emotion", [2], "antwoord_op_schaal"),
        ("phase", [None], "verplicht_ingevuld"),
    ],
)
def test_a_step_of_a_journey_needs_a_known_phase_feeling_and_theme(gate, klantreis, column, values, rule):
    step = {"journey": ["j1"], "seq": [1], "phase": ["melding"], "emotion": [1], "toestemming_deelname": ["ja"]}
    outcome = verdict(gate, klantreis, step | {column: values})
    assert failed(outcome) == {rule: (column,)}


def test_a_step_may_leave_its_feeling_open(gate, klantreis):
    step = {"journey": ["j1"], "seq": [1], "phase": ["melding"], "emotion": [None], "toestemming_deelname": ["ja"]}
    assert verdict(gate, klantreis, step).passed


def test_the_corners_of_a_triangle_make_one(gate, case):
    verhaal = case("verhaal@1.0")
    corners = {f"triad_hulp_{part}": [0.2, 0.2] for part in ("gemeente", "naasten")} | {"triad_hulp_zelf": [0.6, 0.5]}
    rows = {"respondent": ["a", "b"], "verhaal": [1, 1], "text": ["x", "y"], "toestemming_deelname": ["ja", "ja"]}
    assert failed(verdict(gate, verhaal, rows | corners)) == {"driehoek_telt_op": ("rows",)}


def test_a_banded_column_that_was_kept_as_it_was_closes_the_gate(gate, ceo):
    kept = ceo.with_rule("leeftijd", Treatment.KEEP)
    records = kept.clean(ceo_rows(leeftijd=[44, 45, 46])).records
    assert "leeftijd" in str(failed(judged(gate, ceo, records)))


def test_great_expectations_keeps_no_value(gate, ceo):
    from quality.suites import suite_for

    records = changed(ceo, ceo_rows(), ceo01_vindbaarheid=["1", "Kanarie", "1"], wijk=["Kanarie", "06-12345678", None])
    assert not judged(gate, ceo, records).passed
    facts = facts_of([Subject(records, ceo.codebook, ceo.policy)])
    batch = gate._judge._batches.get_batch(batch_parameters={"dataframe": pd.DataFrame([vars(fact) for fact in facts])})
    result = batch.validate(suite_for(Kind.SURVEY), result_format="BOOLEAN_ONLY")
    assert not result.success
    assert all(one.result == {} for one in result.results)
    assert "anarie" not in str(result) + str(facts)


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_a_suite_whose_rules_have_a_name_and_a_reason(kind):
    from quality.suites import suite_for

    metas = [expectation.meta for expectation in suite_for(kind).expectations]
    assert len({meta["rule"] for meta in metas}) == len(metas)
    assert all(meta["because"] for meta in metas)
    assert {"geen_directe_gegevens", "geen_negen_cijfers", "kolommen_volgens_regels"} <= {m["rule"] for m in metas}


def test_no_canary_in_verdict_refusal_or_log(gate, ceo, caplog, capsys):
    canary = "Kanarie Zeldzaam"
    rows = ceo_rows(
        naam=[canary] * 3,
        wijk=[canary, "Zuid", "Noord"],
        aanbieder=[f"{canary} 06-12345678", None, None],
        toelichting=[f"{canary}, kanarie@voorbeeld.nl", canary, None],
    )
    caplog.set_level("DEBUG")
    cleaned = ceo.clean(rows)
    outcome = gate.verdicts([Subject(cleaned.records, ceo.codebook, ceo.policy, cleaned.leftovers)])[0]
    with pytest.raises(GateClosed) as refusal:
        to_checked(cleaned.records, outcome, "a" * 64)
    said = [repr(outcome), outcome.reason(), str(refusal.value), repr(cleaned), caplog.text, *capsys.readouterr()]
    assert "anarie" not in "".join(said)
