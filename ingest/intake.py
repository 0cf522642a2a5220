"""A delivered folder -> RawRecords per delivery key: the whole folder, or nothing with one clear line."""

import hashlib
import hmac
import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from domain.delivery import DeliveredFile, DeliveryKey, Manifest
from domain.errors import InputRejected
from domain.instruments import Codebook
from domain.records import RawRecords
from domain.vocabulary import ColumnClass, Kind
from ingest.bsn import check_columns, check_names
from ingest.codes import check_codes, check_direction, check_hints, read_as, unsaid
from ingest.columns import check_own, check_required, named_columns, without
from ingest.expected import expected_of
from ingest.groups import Left, read_rows
from ingest.manifest import NAME, check_manifest, files_of, load_manifest
from ingest.parallel import each
from ingest.readers import read_file
from ingest.readers.aggregate import unfold_symbols, with_totals
from ingest.split import split
from ingest.suspicious import check_not_twice
from ingest.values import answered, check_unique, normalise
from ingest.words import rows_word, shown_file
from storage.codebooks import Codebooks

_CHUNK = 1 << 20


@dataclass(frozen=True)
class Intake:
    """What a folder gave: records per key, and how many rows each has."""

    manifest: Manifest
    codebook: Codebook
    records: list[RawRecords]
    blank: int = 0
    """Rows of a survey without a single answer: they do not count."""
    left: int = 0
    """Rows of other groups, that whoever delivers did not want read."""
    assumed: frozenset[str] = frozenset()
    """Scales of which nobody said what the numbers mean: read as the codebook says."""

    @property
    def counts(self) -> dict[str, int]:
        """Rows per delivery key."""
        return {str(records.key): records.rows for records in self.records}

    @property
    def notices(self) -> list[str]:
        """What steward and officer should know of an accepted delivery, in plain Dutch; `status` and portal show it."""
        columns = self.records[0].tables["rows"].column_names if self.records else []
        person = self.codebook.person
        told = []
        if person is not None and person not in columns and "ontvangstcode" not in columns:
            told.append(
                f"er is geen kolom '{person}', dus wij kunnen niemand terugvinden die vraagt om inzage of verwijdering"
            )
        direct = [name for name in self.codebook.columns_of(ColumnClass.DIRECT) if name in columns]
        if self.blank:
            told.append(
                f"{rows_word(self.blank)} zonder een enkel antwoord {'telt' if self.blank == 1 else 'tellen'} niet mee"
            )
        if self.left:
            told.append(f"{rows_word(self.left)} van andere groepen niet gelezen, zoals u zei")
        told += [
            f"de cijfers lazen wij zo: {read_as(self.codebook.scales[scale])}; klopt dat niet, lever dan opnieuw aan "
            "en zeg wat elk cijfer betekent"
            for scale in sorted(self.assumed)
        ]
        if len(self.manifest.areas()) > 1 and not any(one.per_gemeente for one in self.manifest.doelgroepen.values()):
            told.append(
                "hoeveel mensen zijn gevraagd weten wij niet per gemeente, dus er komt geen respons per gemeente; "
                "zet het bij 'per_gemeente' en lever opnieuw aan als u die wel wilt"
            )
        if named := [name for name in direct if name not in (person, "ontvangstcode")]:
            told.append(f"deze kolommen zijn niet nodig en gaan niet verder dan de kluis: {', '.join(named)}")
        return told

    @property
    def rows(self) -> int:
        """Rows of all keys together."""
        return sum(records.rows for records in self.records)


def read_delivery(folder: Path, *, codebooks: Codebooks, gemeenten: Collection[str], today: date) -> Intake:
    """Read a delivered folder whole.

    gemeenten: every GM-code that exists.
    Raises InputRejected naming file, column, count of rows and what to do; never a value.
    """
    manifest = load_manifest(folder)
    codebook = codebooks.get(manifest.codebook)
    check_manifest(manifest, codebook, gemeenten, today)
    tables, where, noted = _tables(files_of(folder, manifest), manifest, codebook, today)
    check_required(tables, codebook, where)
    rows = answered(tables["rows"], codebook)
    if rows.num_rows == 0:
        raise InputRejected(f"{where['rows']}: er staan geen rijen met antwoorden in; lever het gevulde bestand aan")
    tables, blank = {**tables, "rows": rows}, tables["rows"].num_rows - rows.num_rows
    parts = split(tables, manifest, codebook, where)

    def check(key: DeliveryKey) -> None:
        for name, table in parts[key].items():
            check_unique(table, codebook, name, where[name])
        check_not_twice(parts[key]["rows"], codebook, where["rows"])

    each(check, parts, rows=tables["rows"].num_rows)
    _check_response({key: part["rows"].num_rows for key, part in parts.items()}, manifest, codebook)
    records = [RawRecords(key, codebook.reference, part, manifest=manifest) for key, part in parts.items()]
    return Intake(manifest, codebook, records, blank, noted.left.rows, noted.assumed)


def content_fingerprint(folder: Path, key: bytes) -> str:
    """HMAC-SHA256 over manifest and original bytes: the same folder gives the same 64 hex characters.

    key: of this installation; a plain hash of a short file could be guessed.
    """
    digest = hmac.new(key, digestmod=hashlib.sha256)
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = os.fsencode(path.relative_to(folder).as_posix())  # as it stands on disk, in whatever code
        digest.update(b"%d:%b:%d:" % (len(name), name, path.stat().st_size))
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    return digest.hexdigest()


@dataclass(frozen=True)
class _Noted:
    """What reading noticed: who stays out, and scales of which nobody said what the numbers mean."""

    left: Left = field(default_factory=Left)
    assumed: frozenset[str] = frozenset()

    def __add__(self, other: "_Noted") -> "_Noted":
        return _Noted(self.left + other.left, self.assumed | other.assumed)


def _tables(
    paths: Sequence[Path], manifest: Manifest, codebook: Codebook, today: date
) -> tuple[dict[str, pa.Table], dict[str, str], _Noted]:
    """Every table of the delivery, how a message may name its file, and what was noticed."""
    found: dict[str, list[pa.Table]] = {}
    where: dict[str, str] = {}
    noted = _Noted()
    for number, (path, file) in enumerate(zip(paths, manifest.files, strict=True), start=1):
        shown = shown_file(file.path, number)
        table, besides = _table(path, file, codebook, shown, today)
        found.setdefault(file.table, []).append(table)
        noted += besides
        where[file.table] = f"de bestanden van tabel {file.table}" if file.table in where else shown
    whole = {
        name: parts[0] if len(parts) == 1 else pa.concat_tables(parts, promote_options="default")
        for name, parts in found.items()
    }
    tables = {name: one if name == "rows" else noted.left.without(one, codebook.person) for name, one in whole.items()}
    return {name: table for name, table in tables.items() if table.num_rows}, where, noted


def _table(path: Path, file: DeliveredFile, codebook: Codebook, where: str, today: date) -> tuple[pa.Table, _Noted]:
    """One file, read, checked, named and normalised; sheets of open answers joined to it; and what was noticed."""
    check_codes(file.codes, codebook, where)
    expected = expected_of(codebook, file.table, file.columns)
    parts: list[pa.Table] = []
    noted = _Noted()
    extra = file.table != "rows"  # nobody has to fill in more than the answers
    tables = read_file(path, expected, where, file.sheet, may_be_empty=extra)
    check_own([header for raw in tables for header in raw.column_names], expected, codebook, file, where)
    for raw in tables:
        check_names(raw.column_names, where, "kop van een kolom")
        check_columns(raw, where)
        meant = [expected.column(one) for one in raw.column_names]
        check_hints(raw.column_names, meant, codebook, file.codes, where)
        named = named_columns(without(raw, file.leave_out), expected, codebook, file.table, where)
        named, left = read_rows(named, file.codes, codebook.person)
        noted += _Noted(left, unsaid(named, raw.column_names, meant, codebook, file.table, file.codes))
        counted = codebook.kind is Kind.AGGREGATE
        check_direction(named, codebook, file.table, file.codes, where)
        tidy = normalise(unfold_symbols(named) if counted else named, codebook, file.table, where, today, file.codes)
        parts.append(with_totals(tidy) if counted else noted.left.without(tidy, codebook.person))
    if parts[0].num_rows == 0 and not extra:
        raise InputRejected(f"{where}: er staan geen rijen met antwoorden in; lever het gevulde bestand aan")
    whole = parts[0]
    for opened in parts[1:]:
        whole = _joined(whole, opened, codebook.person, where)
    return whole, noted


def _joined(main: pa.Table, extra: pa.Table, person: str | None, where: str) -> pa.Table:
    """Open answers from another sheet, put beside the rows of the same respondent."""
    if person is None or person not in main.column_names or person not in extra.column_names:
        raise InputRejected(
            f"{where}: een tweede blad (misschien verborgen) heeft geen kolom '{person or 'respondent'}', "
            f"dus wij weten niet bij welke antwoorden het hoort; voeg die kolom toe of haal het blad weg"
        )
    if pc.count_distinct(extra.column(person)).as_py() < extra.num_rows:
        raise InputRejected(
            f"{where}: op een tweede blad komt een '{person}' dubbel voor; zet elke respondent op een rij"
        )
    strangers = pc.sum(pc.invert(pc.is_in(extra.column(person), main.column(person).combine_chunks()))).as_py()
    if strangers:
        raise InputRejected(
            f"{where}: op een tweede blad horen {rows_word(strangers)} bij geen '{person}' van het eerste blad; "
            f"verbeter de nummers"
        )
    if set(main.column_names) & set(extra.column_names) - {person}:
        raise InputRejected(f"{where}: een kolom staat op twee bladen; laat er een staan")
    at = pc.index_in(main.column(person), extra.column(person).combine_chunks())
    for name in extra.column_names:
        if name != person:
            main = main.append_column(name, extra.column(name).take(at))
    return main


def _check_response(counts: Mapping[DeliveryKey, int], manifest: Manifest, codebook: Codebook) -> None:
    """More answers than people who were asked, of one gemeente or of all together: one of the two is wrong."""
    if codebook.kind is not Kind.SURVEY:
        return
    asked = [(name, figures.invited, _of(counts, name)) for name, figures in manifest.doelgroepen.items()]
    asked += [(key.doelgroep, manifest.figures_of(key).invited, rows) for key, rows in counts.items()]
    for name, invited, rows in asked:
        if invited is not None and rows > invited:
            more = f"doelgroep {name}: er zijn {rows_word(rows)}, meer dan er mensen zijn gevraagd"
            raise InputRejected(
                f"{NAME}: {more}; verbeter 'invited' of het bestand",
                on_screen=f"{more}; verbeter bij stap 2 hoeveel mensen zijn gevraagd, of het bestand",
            )


def _of(counts: Mapping[DeliveryKey, int], doelgroep: str) -> int:
    return sum(rows for key, rows in counts.items() if key.doelgroep == doelgroep)
