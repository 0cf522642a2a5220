"""Annotated texts and predictions as JSONL: what evaluation compares.

Offsets are code points, end exclusive. A line that is not as agreed is refused by its number, never by its content.
"""

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from domain.errors import InputRejected

KINDS = ("ceo_open", "scan_comment", "interview", "story", "action_note", "clean", "news")
LABELS = (
    "PERSON", "ADDRESS", "POSTCODE", "PLACE", "ORGANISATION", "PHONE", "EMAIL", "USERNAME_URL",
    "BSN", "IBAN", "DATE", "AGE", "LICENSE_PLATE", "CASE_NUMBER", "HEALTH",
)  # fmt: skip


@dataclass(frozen=True)
class Span:
    """A stretch of a text with its label."""

    start: int
    end: int
    label: str = ""

    def positions(self) -> range:
        return range(self.start, self.end)


@dataclass(frozen=True)
class GoldText:
    """One text with everything in it that must be masked, and the stretches that are nobody's fault."""

    id: str
    kind: str
    text: str = field(repr=False)
    spans: tuple[Span, ...]
    neutral: tuple[Span, ...] = ()


Predictions = Mapping[str, tuple[Span, ...]]


def gold_lines(path: Path) -> list[str]:
    """The lines of a JSONL file, one per text; one that ends in `.gz` is packed, so that no search shows a text.

    Raises InputRejected when it is not UTF-8 or cannot be unpacked.
    """
    packed = path.read_bytes()
    try:
        text = (gzip.decompress(packed) if path.suffix == ".gz" else packed).decode("utf-8")
    except UnicodeDecodeError:
        raise InputRejected("dit bestand is geen UTF-8; sla het op als UTF-8 (JSONL) en probeer het opnieuw") from None
    except (OSError, EOFError, zlib.error):
        raise InputRejected("dit bestand kan niet worden uitgepakt; geef JSONL, of JSONL met gzip ingepakt") from None
    return text.removesuffix("\n").split("\n")  # not splitlines: U+2028 may stand in a text


def read_gold(lines: Iterable[str]) -> tuple[GoldText, ...]:
    """The annotated texts of a JSONL file, in order.

    Raises InputRejected on a line that is no JSON, lacks a field, has an unknown kind or label, a span outside
    the text, overlapping spans, or an id seen before.
    """
    gold: dict[str, GoldText] = {}
    for number, row in _rows(lines):
        text = _gold_text(row, number)
        if text.id in gold:
            raise InputRejected(f"regel {number}: dit id komt twee keer voor; geef elke tekst een eigen id")
        gold[text.id] = text
    return tuple(gold.values())


def read_predictions(lines: Iterable[str]) -> dict[str, tuple[Span, ...]]:
    """Predicted spans per id, from lines {id, spans: [{start, end, label}]}; other fields are ignored.

    Raises InputRejected on a line that is not so, or an id seen before.
    """
    predictions: dict[str, tuple[Span, ...]] = {}
    for number, row in _rows(lines):
        try:
            id_, spans = str(row["id"]), _spans(row["spans"])
        except (KeyError, TypeError, ValueError):
            raise InputRejected(f"regel {number}: verwacht de velden id en spans (start, end, label)") from None
        if id_ in predictions:
            raise InputRejected(f"regel {number}: dit id komt twee keer voor; geef één regel per tekst")
        predictions[id_] = spans
    return predictions


def _rows(lines: Iterable[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            raise InputRejected(f"regel {number}: geen JSON; geef één JSON-object per regel") from None
        if not isinstance(row, dict):
            raise InputRejected(f"regel {number}: geen object; geef één JSON-object per regel")
        yield number, row


def _gold_text(row: dict[str, Any], number: int) -> GoldText:
    try:
        gold = GoldText(
            str(row["id"]), str(row["kind"]), str(row["text"]), _spans(row["spans"]), _spans(row.get("neutral", []))
        )
    except (KeyError, TypeError, ValueError):
        raise InputRejected(f"regel {number}: verwacht id, kind, text, spans en neutral") from None
    fault = _fault(gold)
    if fault:
        raise InputRejected(f"regel {number}: {fault}")
    return gold


def _spans(rows: Iterable[Mapping[str, Any]]) -> tuple[Span, ...]:
    """Spans as read; raises KeyError, TypeError or ValueError when a row is no span."""
    spans = tuple(Span(row["start"], row["end"], str(row.get("label", ""))) for row in rows)
    if any(type(offset) is not int for span in spans for offset in (span.start, span.end)):
        raise ValueError("offsets are whole numbers")
    return spans


def _fault(gold: GoldText) -> str | None:
    if gold.kind not in KINDS:
        return f"onbekende kind; kies uit {', '.join(KINDS)}"
    if any(span.label not in LABELS for span in gold.spans):
        return f"onbekend label; kies uit {', '.join(LABELS)}"
    if not all(0 <= span.start < span.end <= len(gold.text) for span in (*gold.spans, *gold.neutral)):
        return "een span ligt buiten de tekst; plaatsen tellen tekens, het eind hoort er niet bij"
    ordered = sorted(gold.spans, key=lambda span: span.start)
    if any(left.end > right.start for left, right in pairwise(ordered)):
        return "twee spans overlappen; geef elk teken één label"
    return None
