"""The same finds line by line, over processes, over Arrow batches, behind Presidio and on Spark."""

import json

import pyarrow as pa
import pytest

from anonymisation.batches import clean_batch, clean_batches, clean_on_spark
from anonymisation.streams import Setting, anonymise_stream, detect_stream, scan
from anonymisation.text import clean
from domain.errors import CannotCheck, InputRejected
from tests.spark import local_spark

TEXTS = [
    "mijn zoon Jochem belt 06-12345678",
    None,
    "prima",
    "mijn zoon Jochem belt 06-12345678",
    "Ik ben 84 jaar en woon in Zutphen",
]
LINES = [json.dumps({"id": i, "text": text}) for i, text in enumerate(TEXTS)]
SETTING = Setting(ner="none")


def test_detect_stream_gives_offsets_and_never_the_text(detector):
    rows = [json.loads(line) for line in detect_stream(LINES, detector)]
    assert [row["id"] for row in rows] == [0, 1, 2, 3, 4]
    assert rows[0]["spans"] == rows[3]["spans"]
    assert [s["label"] for s in rows[0]["spans"]] == ["PERSON", "PHONE"]
    assert all("text" not in row for row in rows)


def test_anonymise_stream_equals_clean(detector):
    rows = [json.loads(line)["text"] for line in anonymise_stream(LINES, detector)]
    assert rows == clean(TEXTS, detector).texts


def test_anonymise_stream_counts_what_it_took_and_passes_no_field_that_nobody_looked_at(detector):
    line = json.dumps({"id": 7, "text": TEXTS[0], "naam": "Jochem", "wijk": "noord"})
    (row,) = [json.loads(one) for one in anonymise_stream([line], detector, keep=("id", "wijk"))]
    assert row["tally"] == {"PERSON": 1, "PHONE": 1}
    assert set(row) == {"id", "text", "tally", "wijk"}


@pytest.mark.slow
def test_processes_give_the_same_lines(detector):
    many = LINES * 300
    assert list(anonymise_stream(many, detector, processes=2)) == list(anonymise_stream(many, detector))


def test_a_line_that_is_no_json_is_refused_by_number(detector):
    with pytest.raises(InputRejected, match="regel 2") as refusal:
        list(detect_stream([LINES[0], "Jochem {"], detector))
    assert "Jochem" not in str(refusal.value)


def test_scan_counts_per_column_and_label(detector):
    tally = scan([{"a": TEXTS[0], "b": "prima", "n": 3}, {"a": None, "b": TEXTS[4], "n": 4}], detector)
    assert tally.texts == 3
    assert tally.finds == {("a", "PERSON"): 1, ("a", "PHONE"): 1, ("b", "AGE"): 1, ("b", "PLACE"): 1}


def batch():
    return pa.RecordBatch.from_pydict({"id": list(range(5)), "toelichting": TEXTS})


def test_arrow_batch_keeps_every_other_column(detector):
    out = clean_batch(batch(), detector, columns=["toelichting"])
    assert out.schema == batch().schema
    assert out.column("id").to_pylist() == list(range(5))
    assert out.column("toelichting").to_pylist() == clean(TEXTS, detector).texts


@pytest.mark.slow
def test_arrow_batches_over_processes_are_equal():
    one = list(clean_batches([batch()] * 6, SETTING, columns=["toelichting"]))
    assert list(clean_batches([batch()] * 6, SETTING, columns=["toelichting"], processes=2)) == one


def test_without_spark_a_refusal(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyspark", None)
    with pytest.raises(CannotCheck, match=r"\[spark\]"):
        clean_on_spark(object(), SETTING, columns=["toelichting"])


@pytest.mark.slow
def test_spark_gives_the_same_rows(detector):
    with local_spark() as session:
        frame = session.createDataFrame(pa.Table.from_batches([batch()]).to_pylist(), "id long, toelichting string")
        rows = clean_on_spark(frame, SETTING, columns=["toelichting"]).orderBy("id").collect()
    assert [r["toelichting"] for r in rows] == clean(TEXTS, detector).texts


@pytest.mark.slow
def test_presidio_holds_only_our_recognisers_and_finds_the_same(detector):
    from anonymisation.engine_presidio import analyze, build_analyzer
    from anonymisation.spans import Label

    engine = build_analyzer(detector)
    assert {r.name for r in engine.registry.recognizers} == {r.name for r in detector.recognisers}
    results = analyze(engine, TEXTS[0], [str(label) for label in Label])
    assert {(s.start, s.end, s.label) for s in detector.detect(TEXTS[0])} <= {
        (r.start, r.end, r.entity_type) for r in results
    }
    with pytest.raises(CannotCheck, match="PASSPORT"):
        analyze(engine, TEXTS[0], ["PERSON", "PASSPORT"])
