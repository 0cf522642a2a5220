"""Answers in, answers out, line by line: memory stays flat whatever the length of the stream."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from anonymisation.engine import Detector
from anonymisation.modes import Mode, Writer
from anonymisation.spans import Span
from anonymisation.text import build_detector
from domain.errors import InputRejected
from domain.officer_rules import OfficerRule

_LINES = 1000
_worker: dict[str, Detector] = {}


@dataclass(frozen=True)
class Setting:
    """How a worker builds its own detector; the same everywhere, so that every process finds the same."""

    ner: str = "builtin"
    rules: tuple[OfficerRule, ...] = ()

    def build(self) -> Detector:
        """A detector of this setting."""
        return build_detector(ner=self.ner, rules=self.rules)


@dataclass
class Tally:
    """What `scan` counts: texts, and finds per column and label."""

    texts: int = 0
    finds: Counter[tuple[str, str]] = field(default_factory=Counter)


def detect_stream(
    lines: Iterable[str],
    detector: Detector,
    *,
    column: str = "text",
    processes: int = 1,
) -> Iterator[str]:
    """JSONL with a text per line -> JSONL with `spans` in its place (offsets and labels; never the text)."""
    job = _Job("detect", column)
    return _run(lines, detector, job, processes)


def anonymise_stream(
    lines: Iterable[str],
    detector: Detector,
    *,
    column: str = "text",
    mode: Mode = Mode.LABEL,
    processes: int = 1,
    treatments: Mapping[str, str] | None = None,
    key: bytes | None = None,
    scope: str = "",
    keep: Collection[str] = ("id",),
) -> Iterator[str]:
    """JSONL with a text per line -> JSONL with the text cleaned and a tally per label of what was taken away.

    keep: fields that may stay as they are; every other field is left out, because nobody looked at it.
    """
    job = _Job("anonymise", column, mode, dict(treatments or {}), key, scope, frozenset(keep))
    return _run(lines, detector, job, processes)


def scan(rows: Iterable[Mapping[str, Any]], detector: Detector) -> Tally:
    """Counts of finds per column and label; nothing of the texts is kept."""
    tally = Tally()
    stream = iter(rows)
    while batch := list(islice(stream, _LINES)):
        for column in dict.fromkeys(name for row in batch for name in row):
            texts = [value if isinstance(value := row.get(column), str) else None for row in batch]
            for text, spans in zip(texts, detector.detect_many(texts), strict=True):
                tally.texts += text is not None
                tally.finds.update((column, span.label) for span in spans)
    return tally


@dataclass(frozen=True)
class _Job:
    kind: str
    column: str
    mode: Mode = Mode.LABEL
    treatments: Mapping[str, str] = field(default_factory=dict)
    key: bytes | None = field(default=None, repr=False)
    scope: str = ""
    keep: frozenset[str] = frozenset(("id",))

    def do(self, lines: Sequence[str], first: int, detector: Detector) -> list[str]:
        rows = [_row(line, first + offset, self.column) for offset, line in enumerate(lines)]
        texts = [row[self.column] for row in rows]
        found = detector.detect_many(texts)
        if self.kind == "detect":
            out = [_spans(row, self.column, spans) for row, spans in zip(rows, found, strict=True)]
        else:
            writer = Writer(self.mode, self.treatments, self.key, self.scope)
            out = [self._cleaned(row, spans, writer) for row, spans in zip(rows, found, strict=True)]
        return [json.dumps(row, ensure_ascii=False) for row in out]

    def _cleaned(self, row: Mapping[str, Any], spans: list[Span], writer: Writer) -> dict[str, Any]:
        kept = {name: value for name, value in row.items() if name in self.keep and name != self.column}
        text = row[self.column]
        tally = Counter(str(span.label) for span in spans)
        return {**kept, self.column: writer.write(text, spans) if text else text, "tally": dict(sorted(tally.items()))}


def _run(lines: Iterable[str], detector: Detector, job: _Job, processes: int) -> Iterator[str]:
    batches = _batches(line for line in lines if line.strip())
    if processes < 2:
        for first, batch in batches:
            yield from job.do(batch, first, detector)
        return
    with ProcessPoolExecutor(processes, initializer=_start, initargs=(detector,)) as pool:
        waiting: list[Future[list[str]]] = []
        for first, batch in batches:
            waiting.append(pool.submit(_work, job, batch, first))
            if len(waiting) > 2 * processes:
                yield from waiting.pop(0).result()
        for future in waiting:
            yield from future.result()


def _start(detector: Detector) -> None:
    """A forked worker has the lists and the model of its parent already; another gets them once, at its start."""
    _worker["detector"] = detector


def _work(job: _Job, lines: Sequence[str], first: int) -> list[str]:
    return job.do(lines, first, _worker["detector"])


def _batches(lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    stream, first = iter(lines), 1
    while batch := list(islice(stream, _LINES)):
        yield first, batch
        first += len(batch)


def _row(line: str, number: int, column: str) -> dict[str, Any]:
    """A line as a record. Raises InputRejected with the line's number, never with its content."""
    try:
        row = json.loads(line)
    except ValueError:
        raise InputRejected(f"regel {number}: geen JSON; geef één JSON-object per regel") from None
    if not isinstance(row, dict) or not isinstance(row.get(column), str | None):
        raise InputRejected(f"regel {number}: geen tekst in {column!r}; geef één JSON-object per regel, met dat veld")
    return {column: None, **row}


def _spans(row: Mapping[str, Any], column: str, spans: Iterable[Any]) -> dict[str, Any]:
    rest = {key: value for key, value in row.items() if key != column}
    return rest | {
        "spans": [
            {
                "start": s.start,
                "end": s.end,
                "label": s.label,
                "score": round(s.score, 2),
                "recogniser": s.recogniser,
                "cue": s.cue,
                "rule_version": s.rule_version,
            }
            for s in spans
        ]
    }
