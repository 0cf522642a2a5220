"""Names of a whole batch at once: the same as spaCy's own parse, whatever the batch; other shapes are left to spaCy."""

import pytest
import spacy
from spacy.training import Example

from anonymisation.models import spacy_ner
from anonymisation.models.spacy_ner import FIXED_SCORE, SpacyNer

TEXTS = ["Jochem belt", "", "gebeld met Fatima over de traplift", "ik zag Jochem", " \n Fatima kwam langs bij Jochem "]


def pipeline(**shape):
    spacy.util.fix_random_seed(1)
    nlp = spacy.blank("nl")
    model = {"@architectures": "spacy.TransitionBasedParser.v2", "state_type": "ner", "hidden_width": 16, **shape}
    model["tok2vec"] = {
        "@architectures": "spacy.HashEmbedCNN.v2", "width": 16, "depth": 1, "embed_size": 200, "window_size": 1,
        "maxout_pieces": 2, "subword_features": True, "pretrained_vectors": None,
    }  # fmt: skip
    nlp.add_pipe("ner", config={"model": model})
    names = [
        {"entities": [(t.index(n), t.index(n) + 6, "PERSON") for n in ("Jochem", "Fatima") if n in t]} for t in TEXTS
    ]
    examples = [Example.from_dict(nlp.make_doc(t), n) for t, n in zip(TEXTS, names, strict=True) if t]
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(40):
        nlp.update(examples, sgd=optimizer)
    return nlp


@pytest.fixture(scope="module")
def usual():
    return pipeline(extra_state_tokens=False, maxout_pieces=2, use_upper=True)


@pytest.mark.parametrize("size", [1, 2, 5])
def test_the_same_names_as_spacy_in_every_batch(usual, size):
    expected = [[(e.start_char, e.end_char, e.label_) for e in usual(text).ents] for text in TEXTS]
    found = [one for at in range(0, len(TEXTS), size) for one in SpacyNer(usual).find(TEXTS[at : at + size])]
    assert [[span[:3] for span in spans] for spans in found] == expected
    assert sum(map(len, found)) > 2
    assert all(0 < score <= 1 for spans in found for *_, score in spans)


@pytest.mark.parametrize("shape", [{"extra_state_tokens": True}, {"maxout_pieces": 1}, {"use_upper": False}])
def test_another_shape_is_read_by_spacy_itself(shape):
    nlp = pipeline(**{"extra_state_tokens": False, "maxout_pieces": 2, "use_upper": True, **shape})
    found = SpacyNer(nlp).find(TEXTS)
    assert sum(map(len, found)) > 2
    assert {score for spans in found for *_, score in spans} == {FIXED_SCORE}


def test_however_much_there_is_little_is_read_at_once_and_all_is_found(usual, monkeypatch):
    """Memory goes with what is read in one go: one answer of two million letters took gigabytes."""
    monkeypatch.setattr(spacy_ner, "PIECE", 400)
    monkeypatch.setattr(spacy_ner, "LETTERS_AT_ONCE", 1000)
    finder, read = SpacyNer(usual), []
    parts_of = finder._found
    monkeypatch.setattr(finder, "_found", lambda parts: read.append(parts) or parts_of(parts))
    long = " ".join(TEXTS * 30)
    found = finder.find([long, *TEXTS])
    assert len(found) == 1 + len(TEXTS)
    assert "".join("".join(parts) for parts in read) == long + "".join(TEXTS)
    assert all(sum(map(len, parts)) <= 1000 for parts in read)
