"""What was published before, as disclosure control needs it: one file per release, only ever added."""

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from anonymisation.disclosure import history
from anonymisation.disclosure.history import Deltas, add_release, read_history, releases_in
from domain.contribution import Part
from domain.delivery import DeliveryKey
from domain.errors import CannotCheck
from domain.release import History, Key, Protected, TableSpec
from domain.vocabulary import Kind
from pipelines.house import House
from pipelines.joining import compared, delivered
from pipelines.placing import book_for, write_places
from pipelines.sources import area_book
from register import releases
from register.history import counters_of
from register.store import stamp
from storage.atomic import write_atomic
from warehouse.before import FIGURES
from warehouse.trees import Tree, tree_of

_PREPARED, _FIGURES = "prepared", "figures"


@dataclass(frozen=True)
class Shown:
    """What earlier releases showed: their cells, and per release its figures."""

    history: History = field(default_factory=History.none, repr=False)
    figures: Sequence[Mapping[str, pa.Table]] = field(default=(), repr=False)


def shown_of(house: House, area: str, parts: Iterable[Part]) -> Shown:
    """What was shown of one area, beside what it gives now: totals of a release are over other people too."""
    mine = read_history(_folder(house), _deltas(house), only=("area", area))
    now = {part.key: part.version for part in parts}
    history = compared(mine, _then(house, mine), now, area_book(house).same_people())
    return Shown(history, figures_of(house, area=area))


def history_of(house: House) -> History:
    """Every cell of earlier releases with the persons who came or left since."""
    return read_history(_folder(house), _deltas(house))


def history_before(house: House, name: str) -> History:
    """The same for a release that is being made: also which gemeenten joined or went since each earlier one."""
    before = History(tuple(cell for cell in history_of(house).cells if cell.release != name))
    return compared(before, _then(house, before), delivered(house, name), book_for(house, name).same_people())


def areas_before(house: House, name: str, earlier: History) -> Tree:
    """Who took part in releases before this one, and what it adds them up to."""
    book = book_for(house, name)
    return [
        row for release in _releases(earlier) for row in tree_of({key.area for key in delivered(house, release)}, book)
    ]


def figures_of(house: House, name: str = "", *, area: str | None = None) -> list[dict[str, pa.Table]]:
    """The answers that releases printed before the one that is being made (if any), in the order of publication.

    area: of this one alone. Of a release without cells of its own only the figures that somebody else counted: the
    others stand in those before it. Raises CannotCheck when the figures of a release are gone: whatever is printed next
    could be laid beside them.
    """
    moments = {one.name: one.published_at for one in releases.list_releases(house.register) if one.published_at}
    try:
        counted = releases_in(_folder(house))
        return [
            _figures(house, one, area) if one in counted else _counted_elsewhere(house, _figures(house, one, area))
            for one in sorted({*counted, *moments} - {name}, key=lambda one: (moments.get(one, "~"), one))
        ]
    except (OSError, pa.ArrowInvalid):
        raise CannotCheck(
            "van een eerdere uitgave is niet te lezen wat er stond; zet de geschiedenis terug uit de back-up"
        ) from None


def _figures(house: House, name: str, area: str | None) -> dict[str, pa.Table]:
    """Every word is kept once: a history of many releases fits in memory."""
    folder, only = _folder(house) / _FIGURES / name, None if area is None else pc.field("area") == area
    return {
        table.name: pq.read_table(folder / f"{table.name}.parquet", read_dictionary=table.words, filters=only)
        for table in FIGURES
    }


def _counted_elsewhere(house: House, tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    books = [house.codebooks.get(reference) for reference in house.codebooks.references()]
    own = pa.array({book.instrument for book in books if book.kind is Kind.AGGREGATE}, pa.string())
    return {name: table.filter(pc.is_in(table.column("instrument"), own)) for name, table in tables.items()}


def _then(house: House, history: History) -> dict[str, dict[DeliveryKey, int]]:
    return {release: delivered(house, release) for release in _releases(history)}


def _releases(history: History) -> list[str]:
    """Their names, in the order of publication."""
    return list(dict.fromkeys(cell.release for cell in history.cells))


def note(
    house: House, name: str, result: Protected, spec: TableSpec, tables: Mapping[str, pa.Table], *, certificate: str,
    audience: str,
) -> None:  # fmt: skip
    """Write down what a release would print; it counts from the moment it is published."""
    folder = _folder(house) / _PREPARED
    (folder / f"{name}.parquet").unlink(missing_ok=True)
    for table in FIGURES:
        buffer = io.BytesIO()
        pq.write_table(tables[table.name], buffer)
        write_atomic(folder.parent / _FIGURES / name / f"{table.name}.parquet", buffer.getvalue())
    write_places(house, name)
    add_release(folder, result, spec, name, certificate=certificate, published_at="", audience=audience)


def settle(house: House, name: str) -> None:
    """From now on these cells are history; done before is fine, and keeps its moment."""
    prepared = _folder(house) / _PREPARED / f"{name}.parquet"
    if prepared.exists():
        history.settle(prepared, _folder(house), published_at=stamp(house.register.clock()))


def cell_name(scope: str, key: Key) -> str:
    """How the register's counters name a cell."""
    return json.dumps([scope, [list(pair) for pair in key]], separators=(",", ":"))


def _deltas(house: House) -> dict[tuple[str, str, Key], Deltas]:
    found: dict[tuple[str, str, Key], Deltas] = {}
    for (release, cell), (came, left) in counters_of(house.register).items():
        scope, key = json.loads(cell)
        found[release, scope, tuple((dim, code) for dim, code in key)] = Deltas(came, left)
    return found


def _folder(house: House) -> Path:
    folder = house.places.history
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
