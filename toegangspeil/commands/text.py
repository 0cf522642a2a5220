"""`detect`, `anonymise`, `scan`, `eval`: personal details in texts, without a delivery."""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toegangspeil.commands.common import area_of, home_option, house, refuse_when, show_table, watched

if TYPE_CHECKING:
    from anonymisation.text import Detector

ner_option = click.option("--ner", default="builtin", show_default=True, help="builtin, none, spacy:PATH or hf:PATH.")


files_argument = click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
processes_option = click.option(
    "--processes", default=1, show_default=True, type=click.IntRange(1), help="How many work at once."
)


@click.command()
@files_argument
@processes_option
@ner_option
def detect(files: tuple[Path, ...], processes: int, ner: str) -> None:
    """Texts in, JSONL {id, spans} out; spans are start, end, label, score, recogniser.

    Texts are JSONL {id, text} on standard input, or in FILES and folders: JSONL, or TXT and DOCX as one text each.
    Memory stays flat.
    """
    from anonymisation.streams import Setting, detect_stream

    detector = Setting(ner=ner).build()
    _write(detect_stream(_lines(files, detector), detector, processes=processes))


@click.command()
@files_argument
@click.option("--mode", type=click.Choice(["label", "mask", "generalise", "pseudonym"]), default="label")
@click.option("--scope", metavar="AREA/INSTRUMENT/METING", help="For mode pseudonym: within what codes are the same.")
@processes_option
@ner_option
@home_option
def anonymise(
    files: tuple[Path, ...], mode: str, scope: str | None, processes: int, ner: str, home: Path | None
) -> None:
    """Texts in, JSONL {id, text, tally} out; tally counts per label what was taken away.

    Texts are JSONL {id, text} on standard input, or in FILES and folders: JSONL, or TXT and DOCX as one text each.
    """
    from anonymisation.modes import Mode
    from anonymisation.streams import Setting, anonymise_stream

    key = _pseudonym_key(home, scope) if mode == "pseudonym" else None
    detector = Setting(ner=ner).build()
    lines = _lines(files, detector)
    _write(anonymise_stream(lines, detector, mode=Mode(mode), processes=processes, key=key, scope=scope or ""))


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@ner_option
def scan(files: tuple[Path, ...], ner: str) -> None:
    """Count personal details per column and label in FILES or folders; never a value. Exit 1 when there are any."""
    from anonymisation.text import build_detector
    from domain.errors import CannotCheck, InputRejected
    from toegangspeil.commands.text_files import named_files, scan_file

    detector, found, unread = build_detector(ner=ner), [], 0
    for where, path in watched(list(named_files(files, detector)), "Bestanden lezen"):
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
    from quality.evaluation import score
    from quality.gold import Span, gold_lines, read_gold
    from quality.score_table import render

    texts = read_gold(gold_lines(gold))
    spans = build_detector(ner=ner).detect_many([one.text for one in texts])
    predicted = {
        one.id: tuple(Span(span.start, span.end, span.label) for span in found)
        for one, found in zip(texts, spans, strict=True)
    }
    click.echo(render(score(texts, predicted)))


def _lines(files: tuple[Path, ...], detector: "Detector") -> Iterator[str]:
    """Texts as JSONL with id and text, from the files or else from standard input."""
    from toegangspeil.commands.text_files import checked_rows, texts_of

    rows = texts_of(files, detector) if files else checked_rows(sys.stdin.buffer)
    return (json.dumps(row) for row in rows)


def _write(lines: Iterable[str]) -> None:
    """Lines of UTF-8; half a surrogate pair goes out as the JSON escape it came in as."""
    for line in watched(lines, "Teksten lezen"):
        sys.stdout.buffer.write(line.encode("utf-8", "backslashreplace") + b"\n")


def _pseudonym_key(home: Path | None, scope: str | None) -> bytes:
    """The key of an existing scope; raises WrongUsage without one, KeyRefused when it is gone."""
    area = area_of(scope or "")
    with house(home) as opened:
        return opened.keyring.purpose_key(area, scope or "", "surrogate")
