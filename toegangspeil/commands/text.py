"""`detect`, `anonymise`, `scan`, `eval`: personal details in texts, without a delivery."""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from toegangspeil.commands.common import area_of, home_option, house, refuse_when, show_table

if TYPE_CHECKING:
    from anonymisation.text import Detector

ner_option = click.option("--ner", default="builtin", show_default=True, help="builtin, none, spacy:PATH or hf:PATH.")


@click.command()
@click.option("--processes", default=1, show_default=True, type=click.IntRange(1), help="How many work at once.")
@ner_option
def detect(processes: int, ner: str) -> None:
    """JSONL {id, text} in, {id, spans} out; spans are start, end, label, score, recogniser. Memory stays flat."""
    from anonymisation.streams import Setting, detect_stream

    lines = (json.dumps(row) for row in _rows(sys.stdin.buffer))
    for line in detect_stream(lines, Setting(ner=ner).build(), processes=processes):
        _write(line)


@click.command()
@click.option("--mode", type=click.Choice(["label", "mask", "generalise", "pseudonym"]), default="label")
@click.option("--scope", metavar="AREA/INSTRUMENT/METING", help="For mode pseudonym: within what codes are the same.")
@click.option("--processes", default=1, show_default=True, type=click.IntRange(1), help="How many work at once.")
@ner_option
@home_option
def anonymise(mode: str, scope: str | None, processes: int, ner: str, home: Path | None) -> None:
    """JSONL {id, text} in, {id, text, tally} out; tally counts per label what was taken away."""
    from anonymisation.modes import Mode
    from anonymisation.streams import Setting, anonymise_stream

    key = _pseudonym_key(home, scope) if mode == "pseudonym" else None
    lines = (json.dumps(row) for row in _rows(sys.stdin.buffer))
    cleaned = anonymise_stream(
        lines, Setting(ner=ner).build(), mode=Mode(mode), processes=processes, key=key, scope=scope or ""
    )
    for line in cleaned:
        _write(line)


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@ner_option
def scan(files: tuple[Path, ...], ner: str) -> None:
    """Count personal details per column and label in FILES or folders; never a value. Exit 1 when there are any."""
    from anonymisation.text import build_detector
    from domain.errors import CannotCheck, InputRejected
    from toegangspeil.commands.scanning import files_in, scan_file

    detector, found, unread = build_detector(ner=ner), [], 0
    for number, path in enumerate(files_in(files), start=1):
        where = _shown(path.name, detector, f"bestand {number}")
        try:
            found += [(where, *row) for row in scan_file(path, where, detector)]
        except InputRejected as refusal:
            unread += 1
            click.echo(f"niet gelezen: {refusal}", err=True)
    show_table(("bestand", "kolom", "soort", "aantal"), found)
    total = sum(row[-1] for row in found)
    refuse_when(total > 0, lambda: f"{total} persoonsgegevens gevonden; {unread} bestanden niet gelezen")
    if unread:
        raise CannotCheck(f"{unread} bestanden zijn niet gelezen; over die bestanden is niets te zeggen")


@click.command()
@click.argument("gold", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@ner_option
def eval(gold: Path, ner: str) -> None:
    """Recall per label, leaks and precision of the detector on GOLD (JSONL with spans)."""
    from anonymisation.text import build_detector
    from quality.evaluation import render, score
    from quality.gold import Span, read_gold

    with gold.open(encoding="utf-8") as lines:
        texts = read_gold(lines)
    spans = build_detector(ner=ner).detect_many([one.text for one in texts])
    predicted = {
        one.id: tuple(Span(span.start, span.end, span.label) for span in found)
        for one, found in zip(texts, spans, strict=True)
    }
    click.echo(render(score(texts, predicted)))


def _rows(stream: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """{id, text} per line and no other field; raises InputRejected with the number of the line, never its content."""
    from domain.errors import InputRejected

    for number, line in enumerate(stream, start=1):
        if not line.strip():
            continue
        row = None
        with suppress(ValueError, RecursionError):
            row = json.loads(line)
        if not isinstance(row, dict) or "id" not in row or not isinstance(row.get("text"), str | None):
            raise InputRejected(f"regel {number}: geen JSON-object met id en text; geef per regel één object")
        yield {"id": row["id"], "text": row.get("text")}


def _write(line: str) -> None:
    """A line of UTF-8; half a surrogate pair goes out as the JSON escape it came in as."""
    sys.stdout.buffer.write(line.encode("utf-8", "backslashreplace") + b"\n")


def _pseudonym_key(home: Path | None, scope: str | None) -> bytes:
    """The key of an existing scope; raises WrongUsage without one, KeyRefused when it is gone."""
    area = area_of(scope or "")
    with house(home) as opened:
        return opened.keyring.purpose_key(area, scope or "", "surrogate")


def _shown(name: str, detector: "Detector", instead: str) -> str:
    """A name of a file, unless it holds a personal detail itself."""
    (spans,) = detector.detect_many([name])
    return instead if spans else name
