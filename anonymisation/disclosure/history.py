"""The release history: what was printed, per release one Parquet file that is only ever added.

No respondent ids. Who came or left since is counted per cell by the register (`Deltas`), before erasure.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyarrow.dataset import dataset

from anonymisation.disclosure.naming import scope_name
from anonymisation.disclosure.prints import cell_name
from domain.errors import CannotCheck, DisclosureRefused
from domain.release import TOTAL, EarlierCell, History, Key, Protected, Reason, Status, TableSpec
from domain.vocabulary import ONBEKEND
from storage.atomic import write_atomic

SCHEMA = pa.schema(
    [("release", pa.string()), ("table", pa.string()), ("scope", pa.string()), ("cell", pa.string()),
     ("n", pa.int64()), ("status", pa.string()), ("minimum", pa.int64()), ("policy", pa.string()),
     ("certificate", pa.string()), ("published_at", pa.string()), ("audience", pa.string()), ("primary", pa.bool_())]
)  # fmt: skip

_READ = ["release", "table", "scope", "cell", "n", "status", "minimum", "published_at", "primary"]
_BATCH = 65_536
T = TypeVar("T")


@dataclass(frozen=True)
class Deltas:
    """Persons who came into (late arrivals) or left (withdrawals) one released cell since it was printed."""

    came: int = 0
    left: int = 0


def cells_of(result: Protected, spec: TableSpec, release: str) -> tuple[EarlierCell, ...]:
    """The printed group cells of a protected release, as history of the next one.

    What was only printed again is left out: its people are those of the earlier release, and are counted there.
    """
    found = []
    primary = _primary(result)
    for layout, table in zip(spec.tables, result.tables, strict=True):
        for dim in layout.answers:
            table = table.filter(pc.equal(table.column(dim), TOTAL))
        for row in table.select([*layout.by, *layout.groups, "n", "status"]).to_pylist():
            key: Key = tuple(sorted((dim, row[dim]) for dim in layout.groups if row[dim] != TOTAL))
            scope = scope_name(tuple((dim, row[dim]) for dim in layout.by))
            if scope in result.reprinted:
                continue
            found.append(
                EarlierCell(
                    release, layout.name, scope, key, row["n"], Status(row["status"]), result.certificate.minimum_now,
                    primary=(layout.name, scope, cell_name((dim, row[dim]) for dim in layout.groups)) in primary,
                )
            )  # fmt: skip
    return tuple(found)


def _primary(result: Protected) -> set[tuple[str, str, str]]:
    """(table, scope, cell) of everything that is closed for its own sake."""
    rows = result.evidence.to_pylist()
    return {(row["table"], row["scope"], row["cell"]) for row in rows if Reason(row["reason"]).primary}


def add_release(
    folder: Path,
    result: Protected,
    spec: TableSpec,
    release: str,
    *,
    certificate: str,
    published_at: str,
    audience: str,
) -> Path:
    """Write the history of one release; it is never written again.

    certificate: fingerprint of the certificate. Raises DisclosureRefused when the release is already there.
    """
    path = folder / f"{release}.parquet"
    if path.exists():
        raise DisclosureRefused(
            f"uitgave {release!r} staat al in de geschiedenis; een gepubliceerde uitgave verandert niet meer"
        )
    rows = [
        {"release": cell.release, "table": cell.table, "scope": cell.scope, "cell": json.dumps(cell.key),
         "n": cell.n, "status": cell.status.value, "minimum": cell.minimum, "policy": result.certificate.policy,
         "certificate": certificate, "published_at": published_at, "audience": audience, "primary": cell.primary}
        for cell in cells_of(result, spec, release)
    ]  # fmt: skip
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, schema=SCHEMA), buffer)
    write_atomic(path, buffer.getvalue())
    return path


def settle(prepared: Path, folder: Path, *, published_at: str) -> None:
    """Make a prepared file history: from this moment (ISO 8601, UTC) its cells are published."""
    table = pq.read_table(prepared, schema=SCHEMA)
    at = table.schema.get_field_index("published_at")
    buffer = io.BytesIO()
    pq.write_table(table.set_column(at, "published_at", pa.array([published_at] * table.num_rows, pa.string())), buffer)
    write_atomic(folder / prepared.name, buffer.getvalue())
    prepared.unlink()


def read_history(
    folder: Path, deltas: Mapping[tuple[str, str, Key], Deltas] | None = None, *, only: tuple[str, str] | None = None
) -> History:
    """All earlier releases in the order of publication, with the counters of the register by (release, scope, key).

    only: a dimension and a code of it, for the cells of that group alone: what others had costs nothing then. Raises
    CannotCheck when a file cannot be read or its moment is not known: what was printed last would be a guess.
    """
    found: dict[str, list[EarlierCell]] = {}
    read = _Reader()
    for path in sorted(folder.glob("*.parquet")):
        try:
            moments, cells = read.file(path, only)
        except (OSError, pa.ArrowInvalid):
            raise CannotCheck(
                f"{path.name}: de geschiedenis van uitgaven is niet te lezen; zet haar terug uit de back-up"
            ) from None
        if len(moments) > 1 or "" in moments or None in moments or moments & set(found):
            raise CannotCheck(
                f"{path.name}: het is niet te zeggen wanneer deze uitgave is gepubliceerd, en dus ook niet welke de "
                "laatste was; zet de geschiedenis terug uit de back-up"
            )
        found |= {moment: cells for moment in moments if moment}
    every = tuple(chain.from_iterable(found.pop(moment) for moment in sorted(found)))
    return with_deltas(History(every), deltas or {})


def releases_in(folder: Path) -> list[str]:
    """The releases with cells of their own, by name."""
    columns = (pq.read_table(path, columns=["release"]).column(0) for path in folder.glob("*.parquet"))
    return sorted({name for column in columns for name in column.unique().to_pylist()})


class _Reader:
    """Reads cells column by column; a name or key that many cells share is made once."""

    def __init__(self) -> None:
        self._keys = cache(_key)
        self._text = cache(lambda text: text)
        self._status = cache(Status)

    def file(self, path: Path, only: tuple[str, str] | None) -> tuple[set[str | None], list[EarlierCell]]:
        """The moments that stand in one file, and its cells (of one group) in order."""
        moments: set[str | None] = set()
        cells: list[EarlierCell] = []
        for batch in dataset(path, schema=SCHEMA, format="parquet").to_batches(columns=_READ, batch_size=_BATCH):
            moments.update(batch.column("published_at").unique().to_pylist())
            if only:
                mine = [text for text in batch.column("cell").unique().to_pylist() if only in self._keys(text)]
                batch = batch.filter(pc.is_in(batch.column("cell"), pa.array(mine, pa.string())))
            n = _shared(batch, "n", self._text)
            primary = (  # not written down: then it counts as small
                number is None and said is not False
                for number, said in zip(n, batch.column("primary").to_pylist(), strict=True)
            )
            names = (_shared(batch, name, self._text) for name in ("release", "table", "scope"))
            cells += map(
                _cell, *names, _shared(batch, "cell", self._keys), n, _shared(batch, "status", self._status),
                _shared(batch, "minimum", lambda least: least or 0), primary,
            )  # fmt: skip
        return moments, cells


def _shared(batch: pa.RecordBatch, name: str, make: Callable[[Any], T]) -> list[T]:
    """What is made of every value of a column, once per value."""
    column = batch.column(name).dictionary_encode(null_encoding="encode")
    values = [make(value) for value in column.dictionary.to_pylist()]
    return [values[at] for at in column.indices.to_pylist()]


def with_deltas(history: History, deltas: Mapping[tuple[str, str, Key], Deltas]) -> History:
    """The same history with the counters filled in."""

    def counted(cell: EarlierCell) -> EarlierCell:
        change = deltas.get((cell.release, cell.scope, cell.key))
        return cell if change is None else replace(cell, delta_in=change.came, delta_out=change.left)

    return History(tuple(counted(cell) for cell in history.cells)) if deltas else history


def touched(history: History, people: Iterable[tuple[str, Mapping[str, str]]]) -> list[tuple[str, str, Key]]:
    """Released cells that hold a person, for the counters: (release, scope, key), each once.

    people: per scope the codes of the person, all levels of a hierarchy included ({"leeftijd": ...} per dimension
        joined by "|", the finest first). Where a release has no cell for her group she was counted as unknown.
    """
    codes = {scope: {dim: value.split("|") for dim, value in own.items()} for scope, own in people}
    tables: dict[tuple[str, str, str], set[Key]] = {}
    for cell in history.cells:
        tables.setdefault((cell.release, cell.table, cell.scope), set()).add(cell.key)
    found = set()
    for (release, _, scope), keys in tables.items():
        if scope in codes:
            own = _as_counted(codes[scope], keys)
            found |= {(release, scope, key) for key in keys if all(code in own[dim] for dim, code in key)}
    return sorted(found)


def _as_counted(codes: Mapping[str, Sequence[str]], keys: Collection[Key]) -> Mapping[str, Sequence[str]]:
    """The codes under which one table of a release counted somebody."""
    own = {dim: codes.get(dim, (ONBEKEND,)) for key in keys for dim, _ in key}
    finest = {dim: mine[0] for dim, mine in own.items()}
    if tuple(sorted(finest.items())) in keys:
        return own
    unknown = (dim for dim in own if tuple(sorted({**finest, dim: ONBEKEND}.items())) in keys)
    return {**own, **dict.fromkeys(unknown, (ONBEKEND,))}


def _key(text: str) -> Key:
    return tuple((str(dim), str(code)) for dim, code in json.loads(text))


def _cell(
    release: str, table: str, scope: str, key: Key, n: int | None, status: Status, minimum: int, primary: bool
) -> EarlierCell:
    return EarlierCell(release, table, scope, key, n, status, minimum, primary=primary)
