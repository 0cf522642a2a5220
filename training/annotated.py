"""Read annotated texts (JSONL with spans, the form of `tests/cases`) as pieces to learn from.

These are texts that once tested the detector and have been read and tuned on since: as a test they say little,
as examples they are the nearest there is to what residents write. A set that still judges never comes here.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from training.markup import Piece

CASES = Path(__file__).parents[1] / "tests" / "cases"
OPENED = ("open", "unseen", "dev2", "dev3", "dev4", "dev5", "dev6", "fresh", "fresh2")
HELD_OUT = ("dev7", "dev8", "dev9", "dev10", "dev11", "dev12", "dev13", "dev14", "dev15", "dev16")
"""Read and tuned on, but kept from the model that ships: on these its thresholds and its refusals can be judged."""
ALIKE = frozenset(
    {"open-053", "unseen-081", "unseen-170", "unseen-241", "f017", "f150", "f154", "w5a-193", "w6a-333", "w6b-103"}
)
"""Texts of these sets that share a run of words with a text that judges: by chance, and they teach nothing."""
LEARNED = frozenset({"PERSON", "PLACE", "ORGANISATION", "ADDRESS", "HEALTH", "AGE"})
UNTYPED = "UNTYPED"
"""Mark of a name whose type nobody knows: it teaches nothing."""


def opened(without: Collection[str] = ()) -> list[Path]:
    """The sets to learn from, less those that are left out to see what learning from them gives."""
    return [CASES / f"detection_{name}.jsonl" for name in OPENED if name not in without]


def read_annotated(path: Path) -> Iterator[tuple[Piece, ...]]:
    """Every text of one file in pieces; what rules find by shape (dates, numbers) stays plain text."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["id"] not in ALIKE:
            yield _pieces(row["text"], row["spans"], row.get("neutral", []))


def _pieces(text: str, spans: list[dict[str, Any]], neutral: list[dict[str, Any]]) -> tuple[Piece, ...]:
    marked = [(one["start"], one["end"], one["label"]) for one in spans if one["label"] in LEARNED]
    marked += [(one["start"], one["end"], UNTYPED) for one in neutral]
    found: list[Piece] = []
    at = 0
    for start, end, label in sorted(marked):
        if start >= at:
            found += [Piece(text[at:start]), Piece(text[start:end], label)]
            at = end
    found.append(Piece(text[at:]))
    return tuple(piece for piece in found if piece.text)
