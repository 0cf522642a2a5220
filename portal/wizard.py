"""What an upload looks like to us: which instrument, which columns, and what each column will become. Never a value,
but the few of a column that says whose rows they are (`grouping.py`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from domain.bands import bands_named
from domain.errors import InputRejected, PolicyRefused
from domain.instruments import Codebook
from domain.policy import ColumnRule, Policy
from domain.vocabulary import Kind
from ingest.bsn import check_names
from ingest.codes import bare_codes
from ingest.columns import HIDDEN, check_once
from ingest.expected import Expected, expected_of, expected_of_any
from ingest.readers import TABULAR
from ingest.readers.workbook import names_of, shown_headers
from ingest.recognise import Guess, headers_of, recognise, tables_of
from ingest.sheets import sheet_name
from ingest.words import header_key, shown_file
from portal.coding import CodesAsked, asked_about
from portal.grouping import GroupsAsked, asked_of
from portal.house import House
from portal.speech import _
from portal.words import TREATMENTS
from register import policies

LEFT_OUT = "-"
"""Said of a column that has no place: it is not read."""
_WORKBOOKS = (".xlsx", ".ods")


@dataclass(frozen=True)
class ColumnSeen:
    """One header. column: the codebook's name, '' when nobody knows it; does: what we will do with it, in words.

    fits: we know it and the rules take it, so that nobody has to do anything.
    """

    header: str
    column: str
    text: str = ""
    does: str = ""
    hidden: str = ""
    fits: bool = True


@dataclass(frozen=True)
class SheetSeen:
    """One file, or one sheet of a workbook, as one table of the codebook."""

    name: str
    sheet: str | None
    table: str
    columns: tuple[ColumnSeen, ...] = ()
    missing: Mapping[str, str] = field(default_factory=dict)
    """Columns that the codebook asks for and that are not there, with the question."""
    problem: str = ""
    asked: tuple[CodesAsked, ...] = ()
    groups: tuple[GroupsAsked, ...] = ()

    @property
    def unknown(self) -> list[str]:
        """Headers without a place: they have to be mapped, or leave the file."""
        return [one.header for one in self.columns if not one.column]


@dataclass(frozen=True)
class Looked:
    """A whole upload held against one codebook."""

    codebook: Codebook
    guesses: tuple[Guess, ...]
    sheets: tuple[SheetSeen, ...]
    rules: str

    @property
    def groups(self) -> list[GroupsAsked]:
        """Every question about a column of groups."""
        return [one for sheet in self.sheets for one in sheet.groups]

    @property
    def missing(self) -> list[str]:
        """Columns that the codebook asks for and that no file of their table has."""
        wanting: dict[str, set[str]] = {}
        for sheet in self.sheets:
            if sheet.columns:
                wanting[sheet.table] = wanting.get(sheet.table, set(sheet.missing)) & set(sheet.missing)
        return [column for columns in wanting.values() for column in sorted(columns)]

    @property
    def unreadable(self) -> bool:
        """A file cannot be taken as it is: nothing that is asked further would help."""
        return any(sheet.problem for sheet in self.sheets)

    @property
    def sure(self) -> bool:
        """The headers fit one codebook clearly better than the next one."""
        scores = [guess.score for guess in self.guesses if guess.instrument == self.codebook.instrument][:1]
        return bool(scores) and scores[0] >= 0.5


def look(
    house: House,
    folder: Path,
    area: str,
    chosen: str = "",
    own: Mapping[str, str] | None = None,
    areas: Sequence[str] = (),
) -> Looked:
    """Read the headers of every file, guess the codebook (or take `chosen`), and say what each column becomes.

    own: header -> column, where the steward said so herself. areas: gemeenten whose rows may go along.
    """
    books = [house.codebooks.get(reference) for reference in house.codebooks.references()]
    files = sorted(path for path in folder.iterdir() if path.name != "delivery.yaml")
    guesses = recognise(_headers(files, books), books)
    book = house.codebooks.get(chosen) if chosen in house.codebooks.references() else _best(guesses, books, files)
    policy, rules = _policy(house, area, book)
    places = [(path, sheet, table) for path in files for sheet, table in _sheets(path, book)]

    def ask(table: pa.Table, at: int) -> list[GroupsAsked]:
        return asked_of(table, book, house, area, areas, at)

    sheets = [
        _seen(path, sheet, table, book, policy, own or {}, at, ask) if table else SheetSeen(path.name, None, "rows")
        for at, (path, sheet, table) in enumerate(places, start=1)
    ]
    return Looked(book, tuple(guesses), tuple(sheets), rules)


def columns_of(codebook: Codebook, table: str) -> list[tuple[str, str]]:
    """What a header can be said to be, for a list to choose from."""
    named = [
        (name, f"{name}: {column.words}" if column.words else name) for name, column in codebook.tables[table].items()
    ]
    return [
        ("", _("kies een kolom")),
        (LEFT_OUT, _("niet lezen: laat deze kolom weg")),
        *((n, t[:90]) for n, t in named),
    ]


def _headers(files: Iterable[Path], books: Sequence[Codebook]) -> list[str]:
    found: list[str] = []
    expected = expected_of_any(books)
    for path in files:
        with suppress(InputRejected):  # said where the file is read
            workbook = path.suffix.lower() in _WORKBOOKS
            found += shown_headers(path, expected) if workbook else headers_of(path, expected)
    return found


def _best(guesses: list[Guess], books: list[Codebook], files: list[Path]) -> Codebook:
    if guesses:
        return next(book for book in books if book.reference == guesses[0].codebook)
    talks = any(path.suffix.lower() in (".docx", ".txt", ".vtt", ".srt") for path in files)
    wanted = Kind.TRANSCRIPTS if talks else Kind.SURVEY
    return next(book for book in books if book.kind is wanted)


def _sheet_names(path: Path, books: Iterable[Codebook]) -> list[str | None]:
    """Sheets by the names of our own templates of more tables; else the whole file."""
    if path.suffix.lower() not in _WORKBOOKS:
        return [None]
    ours = sorted({sheet_name(book, table) for book in books if len(book.tables) > 1 for table in book.tables})
    with suppress(InputRejected):  # said where the file is read
        there = names_of(path)
        return [name for name in ours if name in there and _has(path, name)] or [None]
    return [None]


def _has(path: Path, sheet: str) -> bool:
    try:
        return bool(headers_of(path, sheet=sheet))
    except InputRejected:
        return False


def _sheets(path: Path, book: Codebook) -> list[tuple[str | None, str]]:
    """The sheets of a file to look at, each with its table; no table for what is not read as a table."""
    if book.kind is Kind.TRANSCRIPTS or path.suffix.lower() not in TABULAR:
        return [(None, "")]
    tables = {sheet_name(book, table): table for table in book.tables}
    return [(name, tables.get(name or "", "rows")) for name in _sheet_names(path, [book]) if not name or name in tables]


def _seen(
    path: Path,
    sheet: str | None,
    table: str,
    book: Codebook,
    policy: Policy | None,
    own: Mapping[str, str],
    at: int,
    ask: Callable[[pa.Table, int], list[GroupsAsked]],
) -> SheetSeen:
    expected = expected_of(book, table, {header: name for header, name in own.items() if name in book.tables[table]})
    try:
        tables = tables_of(path, expected, sheet, may_be_empty=table != "rows")
    except InputRejected as refusal:
        return SheetSeen(path.name, sheet, table, problem=refusal.on_screen)
    headers = list(dict.fromkeys(str(header) for one in tables for header in one.column_names))
    as_is = expected_of(book, table, {})  # a column that the steward chose twice she can choose otherwise
    try:
        check_names(headers, path.name, "kop van een kolom")
        for one in tables:
            check_once(map(as_is.column, one.column_names), shown_file(path.name, at))
    except InputRejected as refusal:
        return SheetSeen(path.name, sheet, table, problem=refusal.on_screen)
    columns = tuple(_column(header, expected.column(header), book, table, policy) for header in headers)
    there = {one.column for one in columns}
    missing = {
        name: column.words for name, column in book.tables[table].items() if column.required and name not in there
    }
    named = _named(tables[0], expected)
    asked = asked_about(bare_codes(named, book, table), book, sorted(there - {""}), at)
    groups = ask(named, at) if table == "rows" else []
    return SheetSeen(path.name, sheet, table, columns, missing, asked=tuple(asked), groups=tuple(groups))


def _named(table: pa.Table, expected: Expected) -> pa.Table:
    """The columns that the codebook knows, under its names, each once."""
    found = {
        name: table.column(at) for at, header in enumerate(table.column_names) if (name := expected.column(header))
    }
    return pa.table(found)


def _column(header: str, name: str | None, book: Codebook, table: str, policy: Policy | None) -> ColumnSeen:
    if name is None:
        return ColumnSeen(header, "", hidden=HIDDEN.get(header_key(header), ""), fits=False)
    text = book.tables[table][name].text
    try:
        return ColumnSeen(header, name, text, _does(policy.rule_of(table, name)) if policy else "")
    except PolicyRefused:
        return ColumnSeen(header, name, text, _("weigeren: deze kolom staat niet in de regels"), fits=False)


def _does(rule: ColumnRule) -> str:
    words = TREATMENTS[rule.do.value]
    return _("{does}: {bands}", does=words, bands=", ".join(bands_named(rule.bands).labels)) if rule.bands else words


def _policy(house: House, area: str, book: Codebook) -> tuple[Policy | None, str]:
    """The rules in force; else why there are none."""
    mark = house.codebooks.fingerprint(book.reference)
    try:
        found, _ = policies.approved_policy(
            house.register, area, book.instrument, book.reference, mark, house.register.clock()
        )
    except PolicyRefused as refusal:
        return None, refusal.on_screen
    return found, ""
