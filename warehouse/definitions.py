"""Which items of which codebooks are the same question: item, scale and base rule must agree.

Codes do not matter (one bureau writes 1 for "helemaal mee eens", another 5): labels and their meaning do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from domain.instruments import Codebook, Column
from domain.vocabulary import BaseRule, ColumnClass, ColumnType, Kind
from storage.canonical import fingerprint
from storage.codebooks import Codebooks

PANEL_ITEM, TOPIC = "score", "onderwerp"
COUNTED = frozenset({Kind.SURVEY, Kind.CARDS, Kind.STORIES, Kind.PANEL})
_STATISTICS = ("share", "mean", "improvement")


@dataclass(frozen=True)
class Answer:
    """One possible answer: its code in this codebook, what a reader sees, and what it means."""

    code: str
    label: str
    meaning: str  # positive | neutral | negative | no_answer | other
    place: int


@dataclass(frozen=True)
class Item:
    """One counted column of a codebook, with a definition that is equal where it may be compared."""

    instrument: str
    codebook: str
    item: str
    text: str
    theme: str | None
    uitgangspunt: str | None
    uitgangspunt_status: str
    statistic: str
    scale: str | None
    direction: str
    base_rule: str
    sensitive: bool
    several: bool
    low: int | None
    high: int | None
    definition: str
    answers: tuple[Answer, ...]

    @property
    def has_good_end(self) -> bool:
        """Some answers are positive, so a share of positive answers says something."""
        return any(answer.meaning == "positive" for answer in self.answers)


def answers_of(codebook: Codebook, column: Column) -> tuple[Answer, ...]:
    """The possible answers of a column in the codebook's order."""
    scale = codebook.scale_of(column)
    if scale is None:
        return tuple(
            Answer(code, label or code, "other", place) for place, (code, label) in enumerate(column.values.items())
        )
    meanings = dict.fromkeys(scale.values, "neutral")
    meanings |= dict.fromkeys(scale.positive, "positive") | dict.fromkeys(scale.negative, "negative")
    meanings |= dict.fromkeys(scale.no_answer, "no_answer")
    return tuple(Answer(code, label, meanings[code], place) for place, (code, label) in enumerate(scale.values.items()))


def items_of(codebook: Codebook) -> list[Item]:
    """The counted items of a codebook; none for instruments that only publish words."""
    if codebook.kind not in COUNTED:
        return []
    measures = codebook.columns_of(ColumnClass.MEASURE)
    return [
        _item(codebook, name, codebook.rows[name]) for name in measures if codebook.rows[name].statistic in _STATISTICS
    ]


def _item(codebook: Codebook, name: str, column: Column) -> Item:
    answers = answers_of(codebook, column)
    scale = codebook.scale_of(column)
    return Item(
        instrument=codebook.instrument,
        codebook=codebook.reference,
        item=name,
        text=column.words,
        theme=column.theme,
        uitgangspunt=column.uitgangspunt,
        uitgangspunt_status=column.uitgangspunt_status,
        statistic="majority" if codebook.kind is Kind.PANEL else column.statistic,
        scale=column.scale,
        direction=scale.direction.value if scale else "none",
        base_rule=column.base_rule.value,
        sensitive=column.sensitive,
        several=column.type is ColumnType.TAGS,
        low=None if column.minimum is None else int(column.minimum),
        high=None if column.maximum is None else int(column.maximum),
        definition=definition_of(column, answers),
        answers=answers,
    )


def definition_of(column: Column, answers: Iterable[Answer]) -> str:
    """Fingerprint of what makes two items comparable: wording, answers with their meaning, base rule, range."""
    in_base = {"positive", "neutral", "negative", "other"}
    if column.base_rule is BaseRule.ALL_VALID:
        in_base.add("no_answer")
    return _mark(
        " ".join(column.text.lower().split()),
        column.statistic,
        column.type is ColumnType.TAGS,
        tuple(sorted((answer.label.lower(), answer.meaning) for answer in answers)),
        tuple(sorted(in_base)),
        (str(column.minimum), str(column.maximum)),
    )


@lru_cache(maxsize=4096)
def _mark(
    text: str,
    statistic: str,
    several: bool,
    answers: tuple[tuple[str, str], ...],
    in_base: tuple[str, ...],
    limits: tuple[str, str],
) -> str:
    """The same question is hashed once, not for every delivery that asked it."""
    return fingerprint(
        {
            "text": text,
            "statistic": statistic,
            "several": several,
            "answers": [list(answer) for answer in answers],
            "in_base": list(in_base),
            "range": list(limits),
        }
    )


@lru_cache(maxsize=1)
def shipped_items() -> Mapping[str, Item]:
    """Items of the shipped codebooks by name: what an indicator that somebody else counted is called after."""
    books = Codebooks()
    return {item.item: item for reference in reversed(books.references()) for item in items_of(books.get(reference))}


@lru_cache(maxsize=8)
def _known(codebooks: Codebooks, references: tuple[str, ...]) -> tuple[Item, ...]:
    return tuple(item for reference in references for item in items_of(codebooks.get(reference)))


def question_ids(items: Iterable[Item], codebooks: Codebooks | None = None) -> dict[tuple[str, str], tuple[str, bool]]:
    """(codebook, item) -> (question, is the reference).

    The first codebook that has an item (in order of reference) gives the question its plain name; an item that
    is defined otherwise becomes a question of its own, `<item>@<codebook>`, and is not comparable with the first.
    codebooks: those of the home. One that nobody delivered with counts too: else the same answers would get another
    name in a release with an older list beside them, and disclosure control would not know them again.
    """
    codebooks = codebooks or Codebooks()
    asked = list(items)
    by_item: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in (*asked, *_known(codebooks, tuple(codebooks.references()))):
        by_item[item.instrument, item.item].append(item)
    found: dict[tuple[str, str], tuple[str, bool]] = {}
    for instrument, name in {(item.instrument, item.item): None for item in asked}:
        ordered = sorted(by_item[instrument, name], key=lambda item: item.codebook)
        names = {ordered[0].definition: name}
        for item in ordered:
            names.setdefault(item.definition, f"{name}@{item.codebook.replace('@', '-')}")
            found[item.codebook, name] = (names[item.definition], names[item.definition] == name)
    return {(item.codebook, item.item): found[item.codebook, item.item] for item in asked}


def answered(row: Mapping[str, Any], codebook: Codebook, codebooks: Codebooks) -> set[str]:
    """The questions that a row of answers counts in, by the name they have in every release."""
    if codebook.kind is Kind.PANEL:
        return {str(row[TOPIC])} if row.get(PANEL_ITEM) is not None else set()
    named = question_ids(items_of(codebook), codebooks)
    return {question for (_, item), (question, _) in named.items() if row.get(item) is not None}
