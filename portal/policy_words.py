"""Rules for readers: columns, breakdowns and personal details by what people call them, not by their codes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from domain.bands import bands_named
from domain.instruments import Codebook
from domain.policy import Policy
from domain.vocabulary import Treatment
from portal.speech import _
from portal.words import ENTITIES, TREATMENTS
from register.strictness import Change

_CODE = re.compile(r"\b[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*\b")


@dataclass(frozen=True)
class Column:
    """One column: what happens to it now, and what these rules say."""

    name: str
    text: str
    now: str
    then: str

    @property
    def changes(self) -> bool:
        """The two are not the same."""
        return self.now != self.then


def columns(now: Policy | None, then: Policy, book: Codebook) -> tuple[Column, ...]:
    """Every column with its treatment in both sets of rules. Without rules before nothing changes."""
    known = {(table, name): column.words for table, columns in book.tables.items() for name, column in columns.items()}
    return tuple(
        Column(
            name if table == "rows" else f"{name} ({table})", known.get((table, name), ""),
            _does(now or then, table, name), _does(then, table, name),
        )
        for table, rules in then.columns.items()
        for name in rules
    )  # fmt: skip


def names_of(book: Codebook) -> Mapping[str, str]:
    """What every column of a list of questions is, by its code."""
    return {name: column.words for columns in book.tables.values() for name, column in columns.items() if column.words}


def labelled(codes: Sequence[str], names: Mapping[str, str]) -> list[str]:
    """Columns as they stand in a sentence: 'leeftijd in jaren'; without words the code, readable."""
    return [uncapital(names.get(code, code.replace("_", " "))) for code in codes]


def uncapital(text: str) -> str:
    """For in a sentence; a word that is all capitals stays so."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def in_words(change: Change, names: Mapping[str, str]) -> Change:
    """A change of rules with words for the codes in it."""
    known = {**ENTITIES, **{code: uncapital(words) for code, words in names.items()}}

    def said(text: str) -> str:
        return _CODE.sub(lambda code: str(known.get(code[0], code[0])), text)

    listed = change.what == "uitsplitsingen"
    what = said(change.what)
    return replace(
        change, what=what[:1].upper() + what[1:],
        was=said(change.was) if listed else change.was, becomes=said(change.becomes) if listed else change.becomes,
    )  # fmt: skip


def _does(policy: Policy | None, table: str, name: str) -> str:
    rule = policy.columns.get(table, {}).get(name) if policy else None
    if rule is None:
        return "–"
    words = TREATMENTS[rule.do.value]
    if rule.do is not Treatment.GENERALISE or not rule.bands:
        return words
    return _("{does}: {bands}", does=words, bands=", ".join(bands_named(rule.bands).labels))
