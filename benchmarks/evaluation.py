"""How well detection does on our own texts, beside stock Presidio in the same run.

    python benchmarks/evaluation.py                  every set of texts, together and apart, and the news
    python benchmarks/evaluation.py --ner spacy:DIR  another name finder
    python benchmarks/evaluation.py --short          totals only
    python benchmarks/evaluation.py --write          also renew tests/cases/released_figures.json (the recall gate)

Only counts and shares are printed, never a text: nobody who builds detection reads a blind set. These are packed, so
that a search through the repository does not show one either.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from quality.evaluation import Evaluation, score
from quality.figures import Figures
from quality.gold import GoldText, Span, gold_lines, read_gold
from quality.score_table import percent, render
from quality.wilson import wilson

CASES = Path(__file__).parent.parent / "tests" / "cases"


def _sets(ending: str) -> tuple[str, ...]:
    """Names of the sets that end so, `blind10` behind `blind9`."""
    names = (path.name.removesuffix(ending) for path in CASES.glob(f"detection_*{ending}"))
    return tuple(sorted(names, key=lambda name: (name.rstrip("0123456789"), len(name), name)))


OPENED, UNREAD = _sets(".jsonl"), _sets(".jsonl.gz")
"""What nobody has read is packed."""
SETS = (*OPENED, *UNREAD)
RELEASED = CASES / "released_figures.json"
PRESIDIO_LABELS = {
    "PHONE_NUMBER": "PHONE",
    "EMAIL_ADDRESS": "EMAIL",
    "IBAN_CODE": "IBAN",
    "URL": "USERNAME_URL",
    "DATE_TIME": "DATE",
}
Find = Callable[[str], Iterable[Any]]


def load(name: str) -> tuple[GoldText, ...]:
    return read_gold(gold_lines(CASES / (f"{name}.jsonl.gz" if name in UNREAD else f"{name}.jsonl")))


def evaluate(gold: Iterable[GoldText], find: Find, *, only: str | None = None) -> Evaluation:
    """Predict and judge; `only` looks at one label on both sides."""
    gold = [text if only is None else _only(text, only) for text in gold]
    predicted = {
        text.id: tuple(
            Span(span.start, span.end, str(span.label)) for span in find(text.text) if only in (None, str(span.label))
        )
        for text in gold
    }
    return score(gold, predicted)


def _only(text: GoldText, label: str) -> GoldText:
    return replace(text, spans=tuple(span for span in text.spans if span.label == label))


def ours(ner: str) -> Find:
    from anonymisation.text import build_detector

    return build_detector(ner=ner).detect


def stock_presidio() -> Find:
    """Every recogniser Presidio loads for Dutch by itself, on a blank Dutch pipeline."""
    sys.path.insert(0, str(CASES.parents[1]))  # run as a file, only the folder of this one is on the path
    from benchmarks.stock import stock_analyzer

    analyzer = stock_analyzer()

    def find(text: str) -> list[Span]:
        hits = analyzer.analyze(text, language="nl")
        return [Span(hit.start, hit.end, PRESIDIO_LABELS.get(hit.entity_type, hit.entity_type)) for hit in hits]

    return find


def _remembered(find: Find) -> Find:
    """The same finds again for a text that was read, so that sets can be judged apart and together."""
    return lru_cache(maxsize=None)(lambda text: tuple(find(text)))


def summary(evaluation: Evaluation) -> str:
    """One line: person, direct, leaks, precision, clean alarms, with intervals where a share is a sample."""
    person, direct, total, clean = (
        evaluation.labels["PERSON"],
        evaluation.direct,
        evaluation.total,
        evaluation.kinds["clean"],
    )
    return (
        f"PERSON {_share(person.masked, person.spans)}  direct {_share(direct.masked, direct.spans)}  "
        f"leaks {_share(total.leaked, total.with_direct)}  precision {percent(total.precision)} %  "
        f"clean alarms {clean.alarms} of {clean.texts}"
    )


def news_summary(evaluation: Evaluation) -> str:
    person, total = evaluation.labels["PERSON"], evaluation.total
    return (
        f"PERSON recall {_share(person.masked, person.spans)}  precision: "
        f"{_share(total.predicted_touching, total.predicted)} of stretches, {percent(total.precision)} % of characters"
    )


def _share(part: int, whole: int) -> str:
    bounds = wilson(part, whole)
    return f"{percent(part / whole)} % [{percent(bounds[0])}-{percent(bounds[1])}]" if bounds else "-"


def main() -> None:
    parser = argparse.ArgumentParser(description="Recall, leaks and precision on our own texts")
    parser.add_argument("--ner", default="builtin")
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()

    released: dict[str, Any] = {"command": "python benchmarks/evaluation.py --write", "ner": options.ner, "sets": {}}
    shipped = f"toegangspeil, ner={options.ner}"
    for system, made in (
        ("stock Presidio", stock_presidio()),
        ("toegangspeil, rules and lists only", ours("none")),
        (shipped, ours(options.ner)),
    ):
        find = _remembered(made)
        print(f"\n# {system}")
        for name in SETS:
            evaluation = evaluate(load(name), find)
            print(f"{name.removeprefix('detection_'):7s} {summary(evaluation)}")
            if system == shipped:
                released["sets"][name] = asdict(Figures.of(evaluation))
        for title, names in (("opened sets together", OPENED), ("unread sets together", UNREAD)):
            together = evaluate([text for name in names for text in load(name)], find)
            print(f"\n## {title}\n{summary(together)}")
            if not options.short:
                print(render(together))
        print(f"\n## news\n{news_summary(evaluate(load('news'), find, only='PERSON'))}")
    if options.write:
        RELEASED.write_text(json.dumps(released, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
