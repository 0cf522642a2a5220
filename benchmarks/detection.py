"""Detection beside its baselines, same texts, same run: `python -m benchmarks.detection [--deduce PYTHON]`.

Each system runs in a process of its own and they take turns, a slice of texts each, so that all of them have the same
noise of the machine; the ratio is the median over the turns.
    rules      our recognisers and lists
    everything rules, lists and the trained name finder
    presidio   stock Presidio patterns, Dutch
    deduce     when a Python that has it is given (it writes into its site-packages, so not into ours)
Prints recall and precision on gold texts, short answers per second of processor time on one core, peak MB, and ratios;
then memory at every tenth of a long stream, and how much more two processes do than one, without and with
the name finder. `--answers 1000000` is the size of the goals (an hour); the default takes a few minutes.
"""

import argparse
import json
import multiprocessing
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from benchmarks.detection_one import HERE, PLAIN, SLICE

OURS = ("rules", "everything")
TURNS, COUNT = 5, 30_000_000
BASELINES = ("presidio", "deduce")
ADVERBS = ["nu", "ook", "wel", "echt", "heel", "vaak", "altijd", "soms", "weer", "toch", "gewoon", "eigenlijk"]


class System:
    """A started system: it answers one question at a time."""

    def __init__(self, name: str, python: str, gold: Path, texts: int) -> None:
        one = Path(__file__).with_name("detection_one.py")
        self._process = subprocess.Popen(
            [python, str(one), name, str(gold), str(texts)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.seconds: list[float] = []
        self.figures = self._read()
        tell(f"{name} started")

    def turn(self, number: int) -> None:
        """Let it read a slice of the texts."""
        assert self._process.stdin
        self._process.stdin.write(f"{number}\n")
        self._process.stdin.flush()
        self.seconds.append(self._read()["seconds"])

    def end(self) -> None:
        """Quality and memory, and stop."""
        assert self._process.stdin
        self._process.stdin.close()
        self.figures |= self._read()
        self._process.wait()

    @property
    def texts_s(self) -> float:
        """Answers per second of processor time."""
        return SLICE / statistics.median(self.seconds)

    def _read(self) -> dict[str, float]:
        assert self._process.stdout
        for line in self._process.stdout:
            if line.startswith("figures "):
                return json.loads(line.removeprefix("figures "))
        raise SystemExit(f"a system stopped (exit {self._process.wait()}); its message stands above")


def compare(gold: Path, texts: int, deduce: str | None) -> None:
    """Print the table of all systems and the ratios of ours to the others."""
    pythons = dict.fromkeys((*OURS, "presidio"), sys.executable) | ({"deduce": deduce} if deduce else {})
    systems = {name: System(name, python, gold, texts) for name, python in pythons.items()}
    for number in range(texts // SLICE):
        for system in systems.values():
            system.turn(number)
        tell(f"{(number + 1) * SLICE} of {texts} answers")
    for system in systems.values():
        system.end()
    print(f"{'system':11}{'recall':>8}{'leaking':>9}{'precision':>10}{'texts/s':>9}{'start s':>9}{'peak MB':>9}")
    for name, system in systems.items():
        row = system.figures
        print(
            f"{name:11}{row['recall']:8.1%}{row['leaking']:9.1%}{row['precision']:10.1%}{system.texts_s:9.0f}"
            f"{row['start_s']:9.1f}{row['peak_mb']:9.0f}"
        )
    for baseline in (name for name in BASELINES if name in systems):
        for name in OURS:
            turns = zip(systems[baseline].seconds, systems[name].seconds, strict=True)
            print(f"{name} / {baseline}: {statistics.median(theirs / our for theirs, our in turns):.1f} x texts/s")
    print(f"load {os.getloadavg()[0]:.1f}", flush=True)


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
    """Print the memory of one process at every tenth of a long stream, beside that at the first."""
    from anonymisation import streams

    first, tenth = 0.0, count // 10
    for number, _ in enumerate(streams.anonymise_stream(lines(gold, count), streams.Setting(ner).build()), start=1):
        if number % tenth == 0:
            now = _resident()
            first = first or now
            print(f"{ner}: {number:>9,} answers, {now:.0f} MB, {now / first:.3f} x (goal 0.95 to 1.05)", flush=True)


def two_processes(ner: str, gold: list[dict], count: int) -> None:
    """Print how much more two processes do than one, in turns, beside the same of nothing but counting."""
    from anonymisation import streams

    detector = streams.Setting(ner).build()
    every = lines(gold, count)
    turns: list[tuple[float, float, float]] = []
    for number in range(TURNS):
        batch = list(islice(every, count // TURNS))
        (one, one_busy), (two, two_busy) = (
            _timed(lambda batch=batch, hands=hands: _drain(streams.anonymise_stream(batch, detector, processes=hands)))
            for hands in (1, 2)
        )
        turns.append((one / two, 2 * one_busy / two_busy, _counting()))
        tell(f"{ner}: turn {number + 1} of {TURNS}")
    clock, processor, counting = (statistics.median(column) for column in zip(*turns, strict=True))
    load = os.getloadavg()[0]
    print(f"{ner}: two processes / one {clock:.2f} x by the clock (goal 1.7), by processor time {processor:.2f} x")
    print(
        f"nothing but counting, which shares nothing: {counting:.2f} x by processor time; load {load:.1f}", flush=True
    )


def _counting() -> float:
    """What two processes of this machine do beside each other, when one alone is 1."""
    alone = _timed(lambda: _side_by_side(1))[1]
    return 2 * alone / _timed(lambda: _side_by_side(2))[1]


def _side_by_side(hands: int) -> None:
    started = [multiprocessing.Process(target=_drain, args=(range(COUNT),)) for _ in range(hands)]
    for one in started:
        one.start()
    for one in started:
        one.join()


def _drain(many: Iterable[object]) -> None:
    for _ in many:
        pass


def _timed(work: Callable[[], None]) -> tuple[float, float]:
    """Seconds by the clock and of the processor, those of started processes included."""
    began, used = time.perf_counter(), _used()
    work()
    return time.perf_counter() - began, _used() - used


def _used() -> float:
    """Processor time of this process and of those it started and that ended, in seconds."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in both)


def _resident() -> float:
    """Memory of this process now, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1024**2


def tell(words: str) -> None:
    """Progress, beside the figures."""
    print(f"{time.strftime('%H:%M:%S')} {words}", file=sys.stderr, flush=True)


def main() -> None:
    """Print everything, each part as it is known."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=HERE / "tests" / "cases" / "detection_open.jsonl")
    parser.add_argument("--texts", type=int, default=4000, help="short answers for the table")
    parser.add_argument("--deduce", help="a Python that has deduce installed")
    parser.add_argument("--answers", type=int, default=100_000, help="length of the streams; 0 leaves them out")
    parser.add_argument("--ner", choices=("none", "builtin", "both"), default="both", help="for the streams")
    parser.add_argument("--only", choices=("table", "memory", "two"), help="one part")
    args = parser.parse_args()
    if args.only in (None, "table"):
        compare(args.gold, args.texts, args.deduce)
    gold = [json.loads(line) for line in args.gold.read_text(encoding="utf-8").splitlines()]
    for ner in ("none", "builtin") if args.ner == "both" else (args.ner,):
        if args.answers and args.only in (None, "memory"):
            memory(ner, gold, args.answers)
        if args.answers and args.only in (None, "two"):
            two_processes(ner, gold, args.answers)


if __name__ == "__main__":
    main()
