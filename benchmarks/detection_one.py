"""One system of `benchmarks.detection` in a process of its own, so that start-up and memory are its own.

    python benchmarks/detection_one.py SYSTEM GOLD.jsonl TEXTS

Prints a line of JSON when it has started; then for each number n on stdin the processor seconds for the n-th slice of
short answers; at the end of stdin its quality on the gold texts and its peak memory. Standard library only up to the
system itself: deduce runs in a Python of its own.
"""

import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
SLICE = 500
DIRECT = {"PERSON", "ADDRESS", "PHONE", "EMAIL", "BSN", "IBAN", "CASE_NUMBER", "LICENSE_PLATE"}
PLAIN = [
    "Ik ben goed geholpen en heb verder geen opmerkingen.",
    "Het duurde erg lang voordat ik antwoord kreeg op mijn vraag.",
    "De wachttijd is te lang, dat kan beter.",
    "Fijn gesprek aan de keukentafel, er werd goed geluisterd naar wat ik nodig had.",
    "Ik moest alles drie keer vertellen en dat is vermoeiend.",
    "De traplift is geplaatst en werkt prima, dank daarvoor.",
    "Ik wist niet waar ik moest beginnen en kreeg van iedereen een ander antwoord.",
    "Meer uren hulp in de huishouding zou fijn zijn.",
    "De brief was moeilijk te begrijpen, schrijf het gewoon duidelijk op.",
    "Alles naar wens, ga zo door.",
    "De taxi komt vaak te laat en dan mis ik mijn afspraak.",
    "Ik durfde eerst niet om hulp te vragen maar dat was niet nodig.",
]
Spans = list[tuple[int, int]]


def answers(gold: list[dict], count: int) -> list[str]:
    """Short answers that all differ: one in eight carries personal details, as in open answers of a CEO."""
    loaded = [row["text"] for row in gold if row["kind"] in ("ceo_open", "scan_comment") and len(row["text"]) < 220]
    out = []
    for index in range(count):
        plain = [PLAIN[index // len(PLAIN) ** place % len(PLAIN)] for place in range(4)]
        if index % 8 == 7:
            turn = index // 8
            plain = [loaded[turn % len(loaded)], PLAIN[turn // len(loaded) % len(PLAIN)]]
        out.append(" ".join(plain[:3] if index < len(PLAIN) ** 3 else plain))
    return out


def ours(ner: str) -> Callable[[list[str]], Iterator[Spans]]:
    """Our detector."""
    sys.path.insert(0, str(HERE))
    from anonymisation.text import build_detector

    detector = build_detector(ner=ner)
    return lambda texts: ([(s.start, s.end) for s in spans] for spans in detector.detect_many(texts))


def presidio() -> Callable[[list[str]], Iterator[Spans]]:
    """Stock Presidio with all it loads for Dutch and a blank tokenizer."""
    sys.path.insert(0, str(HERE))
    from benchmarks.stock import stock_analyzer

    engine = stock_analyzer()
    return lambda texts: ([(r.start, r.end) for r in engine.analyze(text, language="nl")] for text in texts)


def deduce() -> Callable[[list[str]], Iterator[Spans]]:
    """deduce with its own lists."""
    from deduce import Deduce

    model = Deduce()
    return lambda texts: ([(a.start_char, a.end_char) for a in model.deidentify(text).annotations] for text in texts)


SYSTEMS = {"rules": lambda: ours("none"), "everything": lambda: ours("builtin"), "presidio": presidio, "deduce": deduce}


def serve(system: str, gold_path: Path, count: int) -> None:
    """Start the system, then answer every line of stdin with a line."""
    gold = [json.loads(line) for line in gold_path.read_text(encoding="utf-8").splitlines()]
    texts = answers(gold, count)
    began = time.process_time(), time.perf_counter()
    run = SYSTEMS[system]()
    list(run(["Ik ben geholpen door mevrouw Jansen."]))
    say(start_s=min(time.process_time() - began[0], time.perf_counter() - began[1]))
    for line in sys.stdin:
        first = int(line) * SLICE
        begun = time.process_time()
        for _ in run(texts[first : first + SLICE]):
            pass
        say(seconds=time.process_time() - begun)
    scores = quality(gold, list(run([row["text"] for row in gold])))
    say(**scores, peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def say(**figures: float) -> None:
    """One line that the reader knows from whatever a library prints."""
    print("figures " + json.dumps(figures), flush=True)


def quality(gold: list[dict], found: list[Spans]) -> dict[str, float]:
    """Share of direct identifiers masked for 90 %, leaking texts among those that hold one, precision in characters."""
    spans = hit = leaking = holding = true = masked_total = 0
    for row, predicted in zip(gold, found, strict=True):
        letters = {i for i, c in enumerate(row["text"]) if c.isalnum()}
        neutral = {i for n in row.get("neutral", []) for i in range(n["start"], n["end"])}
        masked = {i for a, b in predicted for i in range(a, b)} & letters
        wanted = [(s, set(range(s["start"], s["end"])) & letters) for s in row["spans"]]
        direct = [places for s, places in wanted if s["label"] in DIRECT]
        ok = [len(places & masked) >= 0.9 * len(places) for places in direct]
        every = set().union(*(places for _, places in wanted)) if wanted else set()
        spans, hit, holding, leaking = spans + len(ok), hit + sum(ok), holding + bool(ok), leaking + (not all(ok))
        masked_total, true = masked_total + len(masked - (neutral - every)), true + len(masked & every)
    return {"recall": hit / spans, "leaking": leaking / holding, "precision": true / max(1, masked_total)}


if __name__ == "__main__":
    serve(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
