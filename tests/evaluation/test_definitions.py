"""What counts as masked, leaked and falsely masked, by example; and equality with the shared scorer."""

import importlib.util
import json
import os
import random
from pathlib import Path

import pytest

from domain.errors import InputRejected
from quality.evaluation import DIRECT, Evaluation, score
from quality.gold import LABELS, GoldText, Span, read_gold, read_predictions
from quality.score_table import render
from quality.wilson import wilson

SHARED = Path(os.environ.get("TOEGANGSPEIL_SHARED", "../shared"))
CORPUS = SHARED / "corpus"
needs_shared = pytest.mark.skipif(not (CORPUS / "score.py").exists(), reason="the shared corpus is not on this machine")


def judge(text: str, *gold: tuple[str, str], masked: tuple[str, ...] = (), kind: str = "ceo_open") -> Evaluation:
    """Score one text; gold and masked stretches are given as the strings they cover."""
    spans = tuple(Span(text.index(part), text.index(part) + len(part), label) for part, label in gold)
    predicted = tuple(Span(text.index(part), text.index(part) + len(part), "PERSON") for part in masked)
    return score([GoldText("a", kind, text, spans)], {"a": predicted})


@pytest.mark.parametrize(("masked", "leaks"), [(9, 0), (8, 1)])
def test_ninety_percent_of_the_letters_is_enough(masked, leaks):
    name = "Abcdefghij"
    assert judge(name, (name, "PERSON"), masked=(name[:masked],)).total.leaked == leaks


def test_dots_and_spaces_carry_nothing():
    assert (
        judge("Bel 06 - 11.22.33.44", ("06 - 11.22.33.44", "PHONE"), masked=("06", "11", "22", "33", "44")).leaks == ()
    )


def test_a_wrong_label_masks_but_is_not_label_ok():
    row = judge("in Lutjebroek", ("Lutjebroek", "PLACE"), masked=("Lutjebroek",)).labels["PLACE"]
    assert (row.masked, row.label_ok) == (1, 0)


def test_the_tussenvoegsel_is_not_needed_for_core_recall():
    row = judge("mw Van den Eik", ("Van den Eik", "PERSON"), masked=("Eik",)).labels["PERSON"]
    assert (row.masked, row.core) == (0, 1)


def test_titles_and_articles_before_a_name_are_no_false_alarm():
    text = "bij de heer Fluit thuis"
    assert judge(text, ("Fluit", "PERSON"), masked=("de heer Fluit",)).false_alarms == ()
    assert judge(text, ("Fluit", "PERSON"), masked=("Fluit thuis",)).total.precision == 0.5


def test_of_an_age_only_the_number_counts():
    evaluation = judge("al 84 jaar", ("84 jaar", "AGE"), masked=("84",))
    assert evaluation.labels["AGE"].masked == 1
    assert judge("al 84 jaar", ("84 jaar", "AGE"), masked=("84 jaar",)).total.precision == 1


def test_neutral_stretches_count_neither_for_nor_against():
    gold = GoldText("a", "clean", "de kat Minoes", (), (Span(7, 13),))
    assert score([gold], {"a": (Span(7, 13, "PERSON"),)}).total.alarms == 0
    assert score([gold], {"a": (Span(3, 13, "PERSON"),)}).total.alarms == 1


def test_only_direct_identifiers_leak():
    assert judge("ik heb jicht", ("jicht", "HEALTH")).total.leaked == 0
    assert "HEALTH" not in DIRECT


def test_a_text_without_prediction_counts_as_not_masked():
    evaluation = score([GoldText("a", "story", "Keetje", (Span(0, 6, "PERSON"),))], {})
    assert (evaluation.without_prediction, evaluation.total.leaked) == (1, 1)


@pytest.mark.parametrize("predicted", [{"b": ()}, {"a": (Span(0, 7),)}, {"a": (Span(-1, 3),)}, {"a": (Span(3, 2),)}])
def test_predictions_that_do_not_fit_the_texts_are_refused(predicted):
    with pytest.raises(InputRejected):
        score([GoldText("a", "story", "Keetje", ())], predicted)


def test_nothing_that_went_wrong_is_told_by_its_words():
    evaluation = judge("Keetje was hier", ("Keetje", "PERSON"), masked=("hier",))
    assert "Keetje" not in repr(evaluation) + render(evaluation) + repr(evaluation.leaks)


def test_the_table_says_how_sure_it_is():
    table = render(judge("Keetje en Teun", ("Keetje", "PERSON"), ("Teun", "PERSON"), masked=("Teun",)))
    assert "PERSON              2      50.0      [9.5-90.5]" in table
    assert "1 of 1 with a direct identifier: 100.0 %" in table


LINE = {
    "id": "a",
    "kind": "story",
    "text": "Keetje",
    "spans": [{"start": 0, "end": 6, "label": "PERSON"}],
    "neutral": [],
}


@pytest.mark.parametrize(
    "bad",
    [
        "{",
        "[]",
        json.dumps({**LINE, "kind": "poem"}),
        json.dumps({key: value for key, value in LINE.items() if key != "text"}),
        json.dumps({**LINE, "spans": [{"start": 0, "end": 7, "label": "PERSON"}]}),
        json.dumps({**LINE, "spans": [{"start": 0, "end": 6, "label": "SHOE"}]}),
        json.dumps({**LINE, "spans": [{"start": 0, "end": "6", "label": "PERSON"}]}),
        json.dumps(
            {**LINE, "spans": [{"start": 0, "end": 4, "label": "PERSON"}, {"start": 3, "end": 6, "label": "AGE"}]}
        ),
        json.dumps({**LINE, "neutral": [{"start": 2, "end": 2}]}),
    ],
)
def test_a_bad_line_is_refused_by_number_and_not_by_content(bad):
    with pytest.raises(InputRejected, match="regel 3") as refusal:
        read_gold([json.dumps({**LINE, "id": "b"}), "", bad])
    assert "Keetje" not in str(refusal.value)


@pytest.mark.parametrize("read", [read_gold, read_predictions])
def test_an_id_that_occurs_twice_is_refused(read):
    with pytest.raises(InputRejected, match="regel 2"):
        read([json.dumps(LINE)] * 2)


def test_predictions_may_carry_more_fields():
    line = '{"id": "a", "spans": [{"start": 0, "end": 2, "label": "AGE", "score": 0.4}], "took": 3}'
    assert read_predictions([line]) == {"a": (Span(0, 2, "AGE"),)}


@pytest.mark.parametrize(
    "line", ["{", '{"id": "a"}', '{"id": "a", "spans": [{"start": 0}]}', '{"id": "a", "spans": 3}']
)
def test_a_bad_prediction_is_refused(line):
    with pytest.raises(InputRejected, match="regel 1"):
        read_predictions([line])


def test_wilson_stays_inside_and_is_not_empty_at_the_ends():
    assert wilson(0, 0) is None
    assert wilson(0, 28) == pytest.approx((0.0, 0.1206), abs=1e-3)
    assert wilson(28, 28) == pytest.approx((0.8794, 1.0), abs=1e-3)


def shared_scorer():
    spec = importlib.util.spec_from_file_location("shared_score", CORPUS / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def invented_spans(text: str, gold: list[dict], chance: random.Random) -> list[dict]:
    """Gold spans, some dropped, shifted, widened or relabelled, and some out of the blue (also overlapping)."""
    spans = []
    for span in gold:
        start, end = (
            max(0, min(len(text), span[edge] + chance.choice([-9, -4, -1, 0, 0, 0, 1, 2]))) for edge in ("start", "end")
        )
        if chance.random() < 0.8 and start <= end:
            spans.append({"start": start, "end": end, "label": chance.choice([span["label"], span["label"], "PERSON"])})
    for _ in range(chance.choice([0, 0, 1, 3])):
        start = chance.randrange(len(text))
        spans.append(
            {"start": start, "end": min(len(text), start + chance.randrange(20)), "label": chance.choice(LABELS)}
        )
    return spans


@needs_shared
@pytest.mark.parametrize("seed", range(6))
def test_equals_the_shared_scorer(seed):
    chance, lines = random.Random(seed), (CORPUS / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    rows = {row["id"]: row for row in map(json.loads, lines)}
    theirs_in = {
        id_: {
            "spans": row["spans"]
            if seed == 0
            else []
            if seed == 1
            else invented_spans(row["text"], row["spans"], chance)
        }
        for id_, row in rows.items()
        if seed < 2 or chance.random() < 0.95
    }
    ours_in = {
        id_: tuple(Span(span["start"], span["end"], span["label"]) for span in row["spans"])
        for id_, row in theirs_in.items()
    }
    theirs, ours = shared_scorer().score(rows, theirs_in), score(read_gold(lines), ours_in)

    assert {label: _row(theirs["labels"][label]) for label in LABELS} == {
        label: _our_row(ours.labels[label]) for label in LABELS
    }
    assert _row(theirs["direct"]) == _our_row(ours.direct)
    assert _row(theirs["all"]) == _our_row(ours.every_label)
    assert _leak(theirs["leak"]) == _our_leak(ours.total)
    assert {kind: _leak(theirs["kinds"][kind]) for kind in theirs["kinds"]} == {
        kind: _our_leak(ours.kinds[kind]) for kind in theirs["kinds"]
    }
    assert theirs["precision"]["spans"] == ours.total.span_precision
    assert theirs["clean"]["alarm_texts"] == ours.kinds["clean"].alarms
    assert theirs["missing_predictions"] == ours.without_prediction
    texts = {id_: row["text"] for id_, row in rows.items()}
    assert [(x["id"], x["text"]) for x in theirs["leaked_spans"]] == [
        (f.id, texts[f.id][f.start : f.end]) for f in ours.leaks
    ]
    assert [(x["id"], x["text"]) for x in theirs["false_alarms"]] == [
        (f.id, texts[f.id][f.start : f.end]) for f in ours.false_alarms
    ]


def _row(theirs: dict) -> tuple:
    keys = ("spans", "char_recall", "span_recall", "core_recall", "label_ok")
    return tuple(theirs[key] for key in keys)


def _our_row(ours) -> tuple:
    def div(a, b):
        return a / b if b else None

    return (
        ours.spans,
        div(ours.characters_masked, ours.characters),
        ours.recall,
        div(ours.core, ours.spans),
        div(ours.label_ok, ours.masked),
    )


def _leak(theirs: dict) -> tuple:
    keys = (
        "texts",
        "texts_with_direct",
        "leaked",
        "leaked_share_of_direct",
        "leaked_strict",
        "precision",
        "overmask_share",
    )
    return tuple(theirs[key] for key in keys)


def _our_leak(ours) -> tuple:
    return (
        ours.texts,
        ours.with_direct,
        ours.leaked,
        ours.leak_share,
        ours.leaked_strict,
        ours.precision,
        ours.overmasked,
    )
