"""Read `{{LABEL|string}}` mark-up into pieces: plain text and labelled text in turn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from domain.errors import InputRejected

NO_PLACE = "GEMEENTE"  # `gemeente {{GEMEENTE|Zwolle}}`: filled like a place, and not a name to find
LABELS = frozenset({"PERSON", "SURNAME", "BYNAME", "PLACE", "ORGANISATION", "ADDRESS", "HEALTH", "MISC", NO_PLACE})
_MARK = re.compile(r"\{\{([A-Z]+)\|([^{}|]+)\}\}")


@dataclass(frozen=True)
class Piece:
    """A stretch of text with one label, or none."""

    text: str
    label: str | None = None


def pieces(line: str) -> tuple[Piece, ...]:
    """The pieces of one marked-up text; `\\n` in the source is a new line. Raises InputRejected on a wrong mark."""
    found, at = [], 0
    line = line.replace("\\n", "\n")
    for mark in _MARK.finditer(line):
        if mark[1] not in LABELS:
            raise InputRejected(f"training text: label {mark[1]} is not one of {', '.join(sorted(LABELS))}")
        found += [Piece(line[at : mark.start()]), Piece(mark[2], mark[1])]
        at = mark.end()
    found.append(Piece(line[at:]))
    if any("{{" in piece.text or "}}" in piece.text for piece in found):
        raise InputRejected("training text: a mark is not closed; write {{LABEL|string}}")
    return tuple(piece for piece in found if piece.text)


def read_texts(folder: Path) -> Iterator[tuple[Piece, ...]]:
    """Every text of every `*.txt` in the folder, one a line; lines that start with # are remarks."""
    for path in sorted(folder.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                yield pieces(line.strip())


def plain(parts: tuple[Piece, ...]) -> tuple[str, list[tuple[int, int, str]]]:
    """The text and its spans."""
    text, spans = "", []
    for part in parts:
        if part.label:
            spans.append((len(text), len(text) + len(part.text), part.label))
        text += part.text
    return text, spans
