"""Where the time of rules and lists goes: processor time of each step, over the answers of `benchmarks.detection`.

    python -m benchmarks.detection_parts [--gold GOLD.jsonl] [--texts 4000]

"words and one look-up" is no step: it is what the same answers cost when each is only taken apart and every word looked
up in one list. Best of seven turns.
"""

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path

from anonymisation.reading import words_of
from anonymisation.text import build_detector
from anonymisation.view import fold
from benchmarks.detection_one import answers

TURNS = 7


def microseconds(work: Callable[[], object], texts: int) -> float:
    """Of processor time per text."""
    best = float("inf")
    for _ in range(TURNS):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return best / texts * 1e6


def parts(texts: list[str]) -> dict[str, float]:
    """Microseconds per text of each step; the texts are read once before, so that every table is made."""
    detector = build_detector(ner="none")
    whole = microseconds(lambda: [*detector.detect_many(texts)], len(texts))
    plain = [text for text in texts if detector._first_look(text, ()) is None]
    held = [text for text in texts if detector._first_look(text, ()) is not None]
    documents = [doc for text in held if (doc := detector._first_look(text, ()))]

    def by_rule() -> list[list]:
        for doc in documents:
            doc.opened.clear()
        return detector._by_rule(documents)

    finds = by_rule()
    know = detector.lists.lexicon.issuperset
    steps = {
        "everything": lambda: None,
        "words and one look-up": lambda: [know(words_of(fold(text))) for text in texts],
        "look at what nothing is in": lambda: [detector._first_look(text, ()) for text in plain],
        "reading the rest": lambda: [detector._first_look(text, ()) for text in held],
        "recognisers": by_rule,
        "what belongs to a find": lambda: [detector._whole(*one, ()) for one in zip(documents, finds, strict=True)],
    }
    return {name: microseconds(work, len(texts)) for name, work in steps.items()} | {"everything": whole}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=Path("tests/cases/detection_open.jsonl"))
    parser.add_argument("--texts", type=int, default=4000)
    args = parser.parse_args()
    gold = [json.loads(line) for line in args.gold.read_text(encoding="utf-8").splitlines()]
    taken = parts(answers(gold, args.texts))
    for name, each in taken.items():
        print(f"{name:28} {each:6.1f} us/text {each / taken['everything']:6.1%}")


if __name__ == "__main__":
    main()
