"""What a reader may expect of a table: which headers the codebook knows, and which answers are words of ours."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from domain.instruments import Codebook, Column
from domain.vocabulary import ColumnType, Kind
from ingest.words import SAME_WORDS, fold, header_key

_NUMBERED = re.compile(r"^(?:vraag_|stelling_|item_|g\d{1,2}q|[vqs]_?)?\d{1,3}[a-z]?_(?=\D)")
_BLOCK = re.compile(r"\[([^\[\]]+)\]\s*$")
_FEW = (ColumnType.SCALE, ColumnType.CATEGORY, ColumnType.YESNO, ColumnType.TAGS, ColumnType.INTEGER, ColumnType.DATE)


@dataclass(frozen=True)
class Expected:
    """Header keys of one table and where they lead.

    headers: header key -> column of the codebook.
    few: columns with few different values, kept small in memory.
    identifiers: columns that tell people or rows apart.
    closed: columns in which only agreed answers, numbers or dates can stand.
    labels: every agreed answer (code or label), folded.
    worded: columns in which the label of a code is the answer, because codes differ between bureaus.
    codes: of a column with agreed answers: folded label -> code.
    kind: the shape of the instrument.
    texts: key of a whole question -> column, as far as only one column asks it.
    """

    headers: Mapping[str, str] = field(default_factory=dict)
    few: frozenset[str] = frozenset()
    identifiers: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    worded: frozenset[str] = frozenset()
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    kind: Kind = Kind.SURVEY
    texts: Mapping[str, str] = field(default_factory=dict)

    def column(self, header: str) -> str | None:
        """The codebook's name of a header, or None.

        Survey tools write a number before a question ('V3. …', 'Vraag 3: …') or its block ('Contact [question]').
        """
        key = header_key(header)
        if (found := self.headers.get(key)) is not None or not self.texts:
            return found
        bare = header_key(inside[1]) if (inside := _BLOCK.search(header)) else key
        return self.texts.get(bare) or self.texts.get(_NUMBERED.sub("", bare))


_WORDED = (ColumnType.SCALE, ColumnType.CATEGORY, ColumnType.YESNO, ColumnType.TAGS, ColumnType.TEXT)


def _is_closed(column: Column) -> bool:
    if column.type is ColumnType.CATEGORY:
        return bool(column.values)
    return column.type not in (ColumnType.TEXT, ColumnType.IDENTIFIER)


def _is_worded(column: Column) -> bool:
    return column.type in _WORDED or bool(column.bands)


def labels_of(codebook: Codebook, column: Column) -> dict[str, str]:
    """Code -> label of a column, from its scale or its own values."""
    scale = codebook.scale_of(column)
    return scale.values if scale else column.values


def expected_of(codebook: Codebook, table: str, own: Mapping[str, str]) -> Expected:
    """Expectation for a table; `own` are the headers that delivery.yaml maps itself."""
    columns = codebook.tables[table]
    texts = [header_key(column.text) for column in columns.values()]
    by_text = {
        header_key(column.text): name
        for name, column in columns.items()
        if column.text and texts.count(header_key(column.text)) == 1
    }
    headers = {**by_text, **{header_key(name): name for name in columns}}
    headers |= {header_key(header): name for header, name in own.items()}
    return Expected(
        headers=headers,
        texts=by_text,
        few=frozenset(name for name, column in columns.items() if column.type in _FEW),
        identifiers=frozenset(name for name, column in columns.items() if column.type is ColumnType.IDENTIFIER),
        closed=frozenset(name for name, column in columns.items() if _is_closed(column)),
        labels=SAME_WORDS.union(
            fold(word) for column in columns.values() for pair in labels_of(codebook, column).items() for word in pair
        ),
        worded=frozenset(name for name, column in columns.items() if _is_worded(column)),
        codes={
            name: {fold(label): code for code, label in labels_of(codebook, column).items() if label}
            for name, column in columns.items()
        },
        kind=codebook.kind,
    )


def expected_of_any(books: Iterable[Codebook]) -> Expected:
    """Expectation for a file of which nobody knows yet what it is: every header that a codebook knows."""
    known = [expected_of(book, table, {}) for book in books for table in book.tables]
    return Expected(
        headers={key: name for one in known for key, name in one.headers.items()},
        texts={key: name for one in known for key, name in one.texts.items()},
        identifiers=frozenset[str]().union(*(one.identifiers for one in known)),
        closed=frozenset[str]().union(*(one.closed for one in known)),
        labels=frozenset[str]().union(*(one.labels for one in known)),
    )
