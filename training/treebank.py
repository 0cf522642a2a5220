"""Read Universal Dependencies files: sentences with their proper-noun spans (gold) and no types."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

NO_SPACE_BEFORE = frozenset(".,;:!?)]»%…")
NO_SPACE_AFTER = frozenset("([«")


@dataclass(frozen=True)
class Word:
    """One token: where it stands in the text, what it is."""

    form: str
    start: int
    upos: str

    @property
    def end(self) -> int:
        return self.start + len(self.form)


@dataclass(frozen=True)
class Sentence:
    """A sentence of a treebank; `names` are (first, last) word indexes, both inclusive."""

    document: str
    words: tuple[Word, ...]
    names: tuple[tuple[int, int], ...]
    text: str

    @property
    def fingerprint(self) -> str:
        """Letters and digits only: equal sentences of two releases differ in spacing."""
        return "".join(letter for letter in self.text.casefold() if letter.isalnum())


def read(path: Path) -> Iterator[Sentence]:
    """Sentences of one CoNLL-U file, in order."""
    document, rows = "", []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            document = _document_of(line) or document
        elif line:
            rows.append(line.split("\t"))
        elif rows:
            yield _sentence(document, [row for row in rows if row[0].isdigit()])
            rows = []
    if rows:
        yield _sentence(document, [row for row in rows if row[0].isdigit()])


def _document_of(comment: str) -> str:
    found = re.search(r"([\w-]+)\.p\.\d+", comment)
    return found.group(1) if found else ""


def _sentence(document: str, rows: list[list[str]]) -> Sentence:
    spaced = any("SpaceAfter=No" in row[9] for row in rows)
    words, text = [], ""
    for index, row in enumerate(rows):
        words.append(Word(row[1], len(text), row[3]))
        text += row[1]
        following = rows[index + 1][1] if index + 1 < len(rows) else ""
        text += " " if _space_follows(row, following, spaced) else ""
    return Sentence(document, tuple(words), tuple(_names(rows)), text.rstrip())


def _space_follows(row: list[str], following: str, spaced: bool) -> bool:
    """The 2017 release does not say where spaces are; guess them from the punctuation."""
    if spaced or "SpaceAfter=No" in row[9]:
        return "SpaceAfter=No" not in row[9]
    return bool(following) and following not in NO_SPACE_BEFORE and row[1] not in NO_SPACE_AFTER


def _names(rows: list[list[str]]) -> Iterator[tuple[int, int]]:
    """Runs of words that hang together by `flat` and hold a proper noun."""
    heads = {index: int(row[6]) - 1 for index, row in enumerate(rows) if row[7].startswith("flat")}
    groups: dict[int, list[int]] = {}
    for index in range(len(rows)):
        root, seen = index, set()
        while root in heads and root not in seen:
            seen.add(root)
            root = heads[root]
        groups.setdefault(root, []).append(index)
    for members in groups.values():
        for run in _runs(members):
            if any(rows[index][3] == "PROPN" for index in run):
                yield run[0], run[-1]


def _runs(members: list[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for index in members:
        if run and index != run[-1] + 1:
            yield run
            run = []
        run.append(index)
    yield run
