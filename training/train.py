"""Train the builtin model:

python -m training.train --data ../shared/data/ner --out anonymisation/models/nl_toegang
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from spacy.language import Language
from spacy.training import Example
from spacy.util import fix_random_seed
from thinc.api import Adam

from domain.errors import ToegangspeilError
from training import annotated, prepare, ship, sources
from training.evaluate import f_score, table
from training.network import blank, examples

SEED = 20261122
EPOCHS = 10
BATCH_WORDS = 700


def batches(found: list[Example], words: int, rng: random.Random) -> list[list[Example]]:
    """Batches of about `words` tokens; texts of like length together, batches in random order."""
    ordered = sorted(found, key=lambda example: len(example.reference))
    result: list[list[Example]] = [[]]
    size = 0
    for example in ordered:
        if size >= words:
            result.append([])
            size = 0
        result[-1].append(example)
        size += len(example.reference)
    rng.shuffle(result)
    return result


def learning_rate(done: float) -> float:
    """Up in the first 5 % of the steps, level, and from a quarter on down in a straight line."""
    return 0.0015 * min(1.0, max(done, 0.001) / 0.05, max(0.03, (1.0 - done) / 0.75))


def train(corpus: prepare.Corpus, epochs: int = EPOCHS, seed: int = SEED, nlp: Language | None = None) -> Language:
    """A trained pipeline; equal input and seed give equal weights on one machine."""
    fix_random_seed(seed)
    nlp = nlp or blank()
    first = examples(nlp, prepare.epoch(corpus, seed, 0))
    nlp.initialize(lambda: first[:2000])
    optimizer = Adam(learning_rate(0.0), L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True)
    for number in range(epochs):
        started = time.perf_counter()
        losses: dict[str, float] = {}
        found = first if number == 0 else examples(nlp, prepare.epoch(corpus, seed, number))
        todo = batches(found, BATCH_WORDS, random.Random(f"{seed}/{number}"))
        for index, batch in enumerate(todo):
            optimizer.learn_rate = learning_rate((number + index / len(todo)) / epochs)
            nlp.update(batch, sgd=optimizer, drop=0.2, losses=losses)
        print(f"{number + 1}/{epochs} loss {losses['ner']:.0f} {time.perf_counter() - started:.0f} s", flush=True)
    with nlp.use_params(optimizer.averages):
        averaged = nlp.to_bytes()
    return nlp.from_bytes(averaged)


def main(arguments: list[str] | None = None) -> int:
    """Command line; 0 done, 1 refused."""
    parser = argparse.ArgumentParser(prog="training.train", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with lassysmall/ and alpino/")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--without", default="", help="opened sets to leave out, with commas between")
    options = parser.parse_args(arguments)
    try:
        learned = annotated.opened(without=options.without.split(","))
        inputs = ship.own_inputs(learned)
        corpus = prepare.load(sources.checked(options.data), annotated=learned)
    except ToegangspeilError as refusal:
        print(refusal, file=sys.stderr)
        return refusal.exit_code
    print(
        f"learns from treebank {len(corpus.treebank)}, own texts {len(corpus.own)}, annotated {len(corpus.annotated)}"
    )
    nlp = train(corpus, options.epochs, options.seed)
    scores = {
        "treebank_test": table(nlp, corpus.treebank_test),
        "treebank_dev": table(nlp, corpus.treebank_dev),
        "own_texts_held_out": table(nlp, corpus.own_dev),
    }
    ship.save(nlp, options.out, scores=scores, seed=options.seed, epochs=options.epochs, corpus=corpus, inputs=inputs)
    for name, rows in scores.items():
        print(name, {label: f_score(row) for label, row in rows.items()})
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
