"""The whole training in small, and the seam that reads its result."""

import json
from pathlib import Path

import pytest

from anonymisation.models import load_ner
from anonymisation.models.spacy_ner import PIECE
from domain.errors import CannotCheck
from training import prepare, ship
from training.markup import pieces
from training.network import blank, examples
from training.prepare import Corpus, Sample
from training.train import main, train

LINES = [
    "mijn hulp heet {{PERSON|samira}}",
    "ik ben blij met {{PERSON|gerda}}",
    "mevrouw {{PERSON|bakker}} belde niet terug",
    "de hulp is goed",
    "ik wacht al lang op een brief",
    "wij wonen in {{PLACE|goor}}",
]
TINY = {"NORM": 300, "PREFIX": 200, "SUFFIX": 200, "SHAPE": 50}


def tiny_corpus() -> Corpus:
    own = tuple(pieces(line) for line in LINES)
    fixed = tuple(prepare.sample_of(parts) for parts in own)
    return Corpus(own, own, own, ("langzaam", "alleen"), fixed, fixed, fixed)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that has learned six sentences by heart."""
    nlp = blank(width=32, rows=TINY)
    found = examples(nlp, [prepare.sample_of(pieces(line)) for line in LINES])
    optimizer = nlp.initialize(lambda: found)
    for _ in range(60):
        nlp.update(found, sgd=optimizer)
    folder = tmp_path_factory.mktemp("model") / "tiny"
    ship.save(nlp, folder, scores={}, seed=1, epochs=1, corpus=tiny_corpus(), inputs=ship.own_inputs())
    return folder


def named(model: Path, text: str) -> list[tuple[str, str]]:
    (spans,) = load_ner(f"spacy:{model}").find([text])
    return [(text[start:end], label) for start, end, label, _ in spans]


def test_a_model_of_ones_own_is_used_by_its_folder(tiny: Path) -> None:
    assert named(tiny, "mijn hulp heet samira") == [("samira", "PERSON")]
    assert named(tiny, "wij wonen in goor") == [("goor", "PLACE")]


def test_scores_are_probabilities_and_agree_with_spacys_own_parse(tiny: Path) -> None:
    ner = load_ner(f"spacy:{tiny}")
    texts = [prepare.sample_of(pieces(line)).text for line in LINES]
    found = ner.find(texts)
    assert all(0.0 < score <= 1.0 for spans in found for *_, score in spans)
    docs = ner._nlp.pipe(texts)  # type: ignore[attr-defined]
    assert [[(start, end, label) for start, end, label, _ in spans] for spans in found] == [
        [(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents] for doc in docs
    ]


def test_leaning_finds_more_and_says_that_it_doubts(tiny: Path) -> None:
    text = "de hulp is goed"
    assert load_ner(f"spacy:{tiny}").find([text]) == [[]]
    (spans,) = load_ner(f"spacy:{tiny}", lean=50.0).find([text])
    assert spans
    assert all(score < 0.5 for *_, score in spans)


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\ud800", "a\x00b", "😀" * 50, "شكرا يا سامية", "<b>Nel</b>"])
def test_odd_texts_are_answered(tiny: Path, text: str) -> None:
    (spans,) = load_ner(f"spacy:{tiny}").find([text])
    assert all(0 <= start < end <= len(text) for start, end, *_ in spans)


def test_a_very_long_text_keeps_its_offsets(tiny: Path) -> None:
    sentence = "mijn hulp heet samira\n"
    text = sentence * (2 * PIECE // len(sentence) + 5)
    (spans,) = load_ner(f"spacy:{tiny}").find([text])
    assert {text[start:end] for start, end, *_ in spans} == {"samira"}
    assert len(spans) == text.count("samira")


def test_texts_keep_their_order(tiny: Path) -> None:
    found = load_ner(f"spacy:{tiny}").find(["", "ik ben blij met gerda", "de hulp is goed"])
    assert [len(spans) for spans in found] == [0, 1, 0]


@pytest.mark.parametrize("backend", ["", "builtin:x", "spacy:", "hf:", "flair", "spacy:/nergens", "hf:/nergens"])
def test_a_missing_model_stops_the_run(backend: str) -> None:
    with pytest.raises(CannotCheck):
        load_ner(backend)


def test_a_damaged_model_stops_the_run(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "config.cfg").write_bytes((tiny / "config.cfg").read_bytes()[:300])
    with pytest.raises(CannotCheck, match="het model laadt niet"):
        load_ner(f"spacy:{tmp_path}")


def test_a_pipeline_that_finds_no_names_stops_the_run(tmp_path: Path) -> None:
    import spacy

    spacy.blank("nl").to_disk(tmp_path)
    with pytest.raises(CannotCheck, match="zoekt niets naar namen"):
        load_ner(f"spacy:{tmp_path}")


def test_hf_without_transformers_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "config.json").write_text("{}")
    monkeypatch.setitem(__import__("sys").modules, "transformers", None)
    with pytest.raises(CannotCheck, match="transformers ontbreekt"):
        load_ner(f"hf:{tmp_path}")


def test_the_model_folder_tells_where_it_comes_from(tiny: Path) -> None:
    meta = json.loads((tiny / "meta.json").read_text(encoding="utf-8"))
    assert meta["license"] == "CC-BY-SA-4.0"
    assert meta["training"]["seed"] == 1
    assert len(meta["training"]["inputs_sha256"]) > 5
    assert {"ATTRIBUTION.md", "LICENSE-CC-BY-SA-4.0.txt"} <= {path.name for path in tiny.iterdir()}


def test_no_training_word_is_in_the_model_folder(tiny: Path) -> None:
    content = b"".join(path.read_bytes() for path in tiny.rglob("*") if path.is_file() and path.name != "tokenizer")
    assert b"samira" not in content


def test_training_refuses_other_treebanks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(tmp_path), "--out", str(tmp_path / "model")]) == 1
    assert "not found" in capsys.readouterr().err
    assert not (tmp_path / "model").exists()


@pytest.mark.slow
def test_training_in_small_runs_from_begin_to_end_and_twice_the_same(tmp_path: Path) -> None:
    answers = []
    for name in ("one", "two"):
        nlp = train(tiny_corpus(), epochs=3, seed=5, nlp=blank(width=32, rows=TINY))
        ship.save(nlp, tmp_path / name, scores={}, seed=5, epochs=3, corpus=tiny_corpus(), inputs=ship.own_inputs())
        answers.append((tmp_path / name / "ner" / "model").read_bytes())
    assert answers[0] == answers[1]
    assert load_ner(f"spacy:{tmp_path / 'two'}").find(["mevrouw bakker"]) is not None
    assert isinstance(tiny_corpus().own_dev[0], Sample)
