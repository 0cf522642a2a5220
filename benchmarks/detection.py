"""Detection beside its baselines, same texts, same run: `python benchmarks/detection.py [--deduce PYTHON]`.

Each system runs in a process of its own, so that start-up time and memory are its own.
    rules      our recognisers and lists
    everything rules, lists and the trained name finder
    presidio   stock Presidio patterns, Dutch
    deduce     when a Python that has it is given (it writes into its site-packages, so not into ours)
Prints recall and precision on gold texts, short answers per second of processor time on one core, peak MB, and ratios.

`--memory ANSWERS` streams that many made-up answers and prints memory at a tenth and at the end; `--two ANSWERS` has
one and two processes do the same (wall clock: on a machine that others use it says little, so the load is printed).
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from types import ModuleType

HERE = Path(__file__).resolve().parents[1]
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
ADVERBS = ["nu", "ook", "wel", "echt", "heel", "vaak", "altijd", "soms", "weer", "toch", "gewoon", "eigenlijk"]
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
    """Stock Presidio patterns with a blank Dutch tokenizer."""
    sys.path.insert(0, str(HERE))
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.predefined_recognizers import (
        CreditCardRecognizer,
        DateRecognizer,
        IbanRecognizer,
        IpRecognizer,
        PhoneRecognizer,
    )

    from anonymisation.engine_presidio import BlankDutch

    kinds = [CreditCardRecognizer, DateRecognizer, IbanRecognizer, IpRecognizer]
    stock = [kind(supported_language="nl") for kind in kinds]
    stock.append(PhoneRecognizer(supported_language="nl", supported_regions=("NL",)))
    engine = AnalyzerEngine(
        registry=RecognizerRegistry(recognizers=stock, supported_languages=["nl"]),
        nlp_engine=BlankDutch(),
        supported_languages=["nl"],
    )
    return lambda texts: ([(r.start, r.end) for r in engine.analyze(text, language="nl")] for text in texts)


def deduce() -> Callable[[list[str]], Iterator[Spans]]:
    """deduce with its own lists."""
    from deduce import Deduce

    model = Deduce()
    return lambda texts: ([(a.start_char, a.end_char) for a in model.deidentify(text).annotations] for text in texts)


SYSTEMS = {"rules": lambda: ours("none"), "everything": lambda: ours("builtin"), "presidio": presidio, "deduce": deduce}


def measure(system: str, gold_path: Path, count: int) -> dict[str, float]:
    """One system in this process."""
    gold = [json.loads(line) for line in gold_path.read_text(encoding="utf-8").splitlines()]
    began = time.process_time(), time.perf_counter()
    run = SYSTEMS[system]()
    list(run(["Ik ben geholpen door mevrouw Jansen."]))
    start_up = min(time.process_time() - began[0], time.perf_counter() - began[1])
    texts = answers(gold, count)
    began_run = time.process_time()
    for _ in run(texts):
        pass
    seconds = time.process_time() - began_run
    scores = quality(gold, list(run([row["text"] for row in gold])))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"start_s": start_up, "texts_s": count / seconds, "peak_mb": peak, **scores}


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


def lines(gold: list[dict], count: int) -> Iterator[str]:
    """JSONL of answers that all differ (up to three million), made one by one; one in eight with personal details."""
    loaded = [row["text"] for row in gold if row["kind"] in ("ceo_open", "scan_comment") and len(row["text"]) < 220]
    for index in range(count):
        turns = [index // 12**place % 12 for place in range(6)]
        plain = " ".join(PLAIN[turn] for turn in turns[:3])
        tail = f"Dat is {' '.join(ADVERBS[turn] for turn in turns[3:])} zo."
        text = f"{loaded[index // 8 % len(loaded)]} {plain}" if index % 8 == 7 else plain
        yield json.dumps({"id": index, "text": f"{text} {tail}"})


def memory(ner: str, gold: list[dict], count: int) -> None:
    """Print the memory of one process at a tenth of a long stream and at its end."""
    streams = _streams()
    marks = {}
    for number, _ in enumerate(streams.anonymise_stream(lines(gold, count), streams.Setting(ner).build()), start=1):
        if number in (count // 10, count):
            marks[number] = _resident()
            print(f"{ner}: {number:>9,} answers, {marks[number]:.0f} MB", flush=True)
    print(f"memory at the end / at a tenth: {marks[count] / marks[count // 10]:.3f} (goal 0.95 to 1.05)")


def two_processes(ner: str, gold: list[dict], count: int) -> None:
    """Print how much sooner two processes are done than one; starting them does not count."""
    streams = _streams()
    setting = streams.Setting(ner)
    detector = setting.build()
    seconds, busy = {}, {}
    for processes in (1, 2):
        used = _used()
        out = streams.anonymise_stream(lines(gold, count), detector, processes=processes, setting=setting)
        first = len(list(islice(out, count // 5)))
        began = time.perf_counter()
        assert first + sum(1 for _ in out) == count
        seconds[processes], busy[processes] = time.perf_counter() - began, _used() - used
    gain = seconds[1] / seconds[2]
    print(f"{ner}: two processes / one {gain:.2f} x (goal 1.7), load {os.getloadavg()[0]:.1f}")
    print(f"processor time, start-up of both workers included: {busy[2] / busy[1]:.2f} x that of one")


def _used() -> float:
    """Processor time of this process and of those it started and that ended, in seconds."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in both)


def _streams() -> ModuleType:
    sys.path.insert(0, str(HERE))
    from anonymisation import streams

    return streams


def _resident() -> float:
    """Memory of this process now, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1024**2


def main() -> None:
    """Run every system and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=HERE / "tests" / "cases" / "detection_open.jsonl")
    parser.add_argument("--texts", type=int, default=4000)
    parser.add_argument("--deduce", help="a Python that has deduce installed")
    parser.add_argument("--one", choices=sorted(SYSTEMS), help="measure one system and print JSON")
    parser.add_argument("--memory", type=int, metavar="ANSWERS", help="stream this many answers instead")
    parser.add_argument("--two", type=int, metavar="ANSWERS", help="stream this many by one and by two processes")
    parser.add_argument("--ner", choices=("none", "builtin"), default="none", help="with --memory and --two")
    args = parser.parse_args()
    if args.memory or args.two:
        gold = [json.loads(line) for line in args.gold.read_text(encoding="utf-8").splitlines()]
        (memory if args.memory else two_processes)(args.ner, gold, args.memory or args.two)
        return
    if args.one:
        print(json.dumps(measure(args.one, args.gold, args.texts)))
        return
    rows = {}
    for system in SYSTEMS:
        python = args.deduce if system == "deduce" else sys.executable
        if python:
            command = [python, __file__, "--one", system, "--gold", str(args.gold), "--texts", str(args.texts)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            rows[system] = json.loads(done.stdout.strip().splitlines()[-1])
    print(f"{'system':11}{'recall':>8}{'leaking':>9}{'precision':>10}{'texts/s':>9}{'start s':>9}{'peak MB':>9}")
    for system, row in rows.items():
        print(
            f"{system:11}{row['recall']:8.1%}{row['leaking']:9.1%}{row['precision']:10.1%}{row['texts_s']:9.0f}"
            f"{row['start_s']:9.1f}{row['peak_mb']:9.0f}"
        )
    for baseline in ("deduce", "presidio"):
        if baseline in rows:
            for system in ("rules", "everything"):
                print(f"{system} / {baseline}: {rows[system]['texts_s'] / rows[baseline]['texts_s']:.1f} x texts/s")


if __name__ == "__main__":
    main()
