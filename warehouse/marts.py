"""Marts: what signed deliveries add up to. Real counts of approved breakdowns only; restricted, never published.

Rows of persons are seen delivery by delivery, in memory; nothing finer than one approved breakdown is stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from domain.errors import PolicyRefused, ReleaseRefused
from domain.release import MINIMUM, History
from domain.vocabulary import TOTAAL, Kind
from storage.codebooks import Codebooks
from storage.duck import query, registered, rewrite, warehouse
from warehouse.definitions import COUNTED, PANEL_ITEM, Item, items_of, question_ids
from warehouse.longform import (
    Numbered,
    PersonNumbers,
    column_or_nulls,
    groups_wide,
    has_weights,
    panel_topics,
    panel_wide,
    people_in,
    people_table,
    persons,
    steps_table,
    theme_columns,
    wide,
)
from warehouse.mart_words import insert, write_items, write_words
from warehouse.onbekend import counted_then
from warehouse.sources import AreaBook, MartSource
from warehouse.statements import run, sql
from warehouse.trees import tree_of

BATCH_ROWS = 60_000
NOTHING_BEFORE = History.none()


def build_marts(
    connection: duckdb.DuckDBPyConnection,
    release: str,
    sources: Iterable[MartSource],
    areas: AreaBook,
    codebooks: Codebooks | None = None,
    *,
    history: History = NOTHING_BEFORE,
) -> int:
    """(Re)build everything of one release from its frozen deliveries; returns how many deliveries went in.

    connection: warehouse.duckdb from the storage door (it cannot spill).
    codebooks: those of the home, so that a question has the same name in every release (default: the shipped ones).
    history: what earlier releases printed; how these counted a sensitive breakdown stays (`onbekend.py`).
    Raises ReleaseRefused for an unknown area or no delivery at all, PolicyRefused for a forbidden breakdown.
    """
    run(connection, "schema")
    connection.execute("begin transaction")
    try:
        if query(connection, "from marts.deliveries where release = $release limit 1", release=release):
            run(connection, "forget", release=release)
        builder = _Builder(connection, release, codebooks)
        for number, source in enumerate(sources):
            builder.add(Numbered(number, source))
        builder.finish(areas, history)
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")
    return builder.deliveries


def releases_in(path: Path) -> set[str]:
    """Of which releases a warehouse file holds real counts; none when there is no file."""
    if not path.exists():
        return set()
    with warehouse(path, read_only=True) as connection:
        return {name for (name,) in query(connection, "select distinct release from marts.deliveries")}


def people_counted(connection: duckdb.DuckDBPyConnection, release: str) -> int:
    """How many people the figures of a release are about, counted per delivery, without who refused to share."""
    asked = "select coalesce(sum(people), 0)::bigint from marts.deliveries where release = $release"
    ((people,),) = query(connection, asked, release=release)
    return int(people)


def wipe_marts(path: Path, releases: Iterable[str]) -> None:
    """Remove the real counts of releases from the bytes of a warehouse file: nobody needs them any more."""
    with warehouse(path) as connection:
        run(connection, "schema")
        for release in releases:
            run(connection, "forget", release=release)
    rewrite(path)


def breakdowns_of(source: MartSource) -> tuple[str, ...]:
    """The breakdowns this delivery may be counted by; none for totals-only groups and qualitative methods.

    Raises PolicyRefused when the policy asks for one that the codebook forbids.
    """
    codebook, policy = source.codebook, source.policy
    forbidden = {*codebook.forbidden_breakdowns, *(("aanbieder",) if codebook.instrument == "ceo_jeugd" else ())}
    if wrong := sorted(forbidden & set(policy.breakdowns)):
        raise PolicyRefused(f"uitsplitsen naar {', '.join(wrong)} mag niet bij {codebook.instrument}")
    doelgroep = source.records.key.doelgroep
    if codebook.kind is not Kind.SURVEY or doelgroep == "professional" or doelgroep in codebook.totals_only:
        return ()
    columns = source.records.tables["rows"].column_names
    return tuple(sorted(name for name in policy.breakdowns if name in columns))


class _Builder:
    """Collects deliveries of the same shape and counts them together: one SQL pass per batch."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, release: str, codebooks: Codebooks | None) -> None:
        self.connection = connection
        self.release = release
        self._codebooks = codebooks
        self.deliveries = 0
        self._waiting: dict[tuple[str, tuple[str, ...]], list[Numbered]] = {}
        self._rows: dict[tuple[str, tuple[str, ...]], int] = {}
        self._items: dict[tuple[str, str], Item] = {}
        self._rows_of_deliveries: list[dict[str, object]] = []
        self._words: set[tuple[str, str]] = set()
        self._leaves: set[str] = set()

    def add(self, entry: Numbered) -> None:
        """Queue one delivery; counts the batch when it is full."""
        self.deliveries += 1
        source = entry.source
        shape = (source.codebook.reference, breakdowns_of(source))
        words = (source.codebook.reference, source.records.policy_fingerprint)
        if words not in self._words:
            self._words.add(words)
            write_words(self.connection, self.release, source)
        self._rows_of_deliveries.append(_delivery_row(self.release, entry))
        self._leaves.add(source.records.key.area)
        self._waiting.setdefault(shape, []).append(entry)
        self._rows[shape] = self._rows.get(shape, 0) + source.records.rows
        if self._rows[shape] >= BATCH_ROWS:
            self._count(shape)

    def finish(self, areas: AreaBook, history: History) -> None:
        """Count what is left and settle what needs the whole release."""
        if not self.deliveries:
            raise ReleaseRefused(f"uitgave {self.release}: er zijn geen bijdragen; teken eerst een bijdrage")
        for shape in sorted(self._waiting):
            self._count(shape)
        self._write_deliveries()
        with registered(self.connection, counted_then=counted_then(history)):
            run(self.connection, "finish", release=self.release, minimum=MINIMUM)
        self._settle_questions()
        areas.check(self._leaves)
        write_areas(self.connection, self.release, self._leaves, areas)

    def _write_deliveries(self) -> None:
        with registered(self.connection, fresh=pa.Table.from_pylist(self._rows_of_deliveries)):
            self.connection.execute("insert into marts.deliveries by name select * from fresh")

    def _count(self, shape: tuple[str, tuple[str, ...]]) -> None:
        batch = self._waiting.pop(shape, [])
        self._rows.pop(shape, None)
        if not batch:
            return
        codebook = batch[0].source.codebook
        numbers = PersonNumbers()
        people = people_table(batch, numbers)
        self._new_items(batch)
        if codebook.kind in COUNTED:
            self._count_answers(batch, people, shape[1])
        if themes := theme_columns(codebook):
            with registered(self.connection, people=people, tags_wide=wide(batch, themes)):
                run(self.connection, "themes", release=self.release, by_support=codebook.kind is Kind.CONTRIBUTIONS)
        if codebook.kind is Kind.JOURNEYS:
            with registered(self.connection, steps=steps_table(batch, numbers)):
                run(self.connection, "phases", release=self.release)
        if codebook.kind is Kind.AGGREGATE:
            self._keep_known(batch)

    def _count_answers(self, batch: Sequence[Numbered], people: pa.Table, breakdowns: Sequence[str]) -> None:
        codebook = batch[0].source.codebook
        items = items_of(codebook)
        answers = self._one_row_per_person(people, _answers_wide(batch, items))
        ticks = wide(batch, [item.item for item in items if item.several])
        people = people.filter(pc.is_in(people.column("row_no"), answers.column("row_no").combine_chunks()))
        shown = {"people": people, "answers_wide": answers, "groups_wide": groups_wide(batch, breakdowns)}
        with registered(self.connection, **shown, ticks_wide=ticks):
            run(self.connection, "batch_counts", release=self.release, codebook=codebook.reference)
            if ticks.num_columns > 1:
                run(self.connection, "batch_ticks", release=self.release, codebook=codebook.reference)
            run(self.connection, "batch_done")

    def _one_row_per_person(self, people: pa.Table, answers: pa.Table) -> pa.Table:
        if pc.count_distinct(people.column("person")).as_py() == people.num_rows:
            return answers
        with registered(self.connection, people=people, answers_wide=answers):
            return self.connection.sql(sql("last_answers")).to_arrow_table().rename_columns(answers.column_names)

    def _new_items(self, batch: Sequence[Numbered]) -> None:
        fresh = []
        for entry in batch:
            for item in _items(entry.source):
                if (item.codebook, item.item) not in self._items:
                    self._items[item.codebook, item.item] = item
                    fresh.append(item)
        write_items(self.connection, self.release, fresh)

    def _settle_questions(self) -> None:
        ids = question_ids(self._items.values(), self._codebooks)
        rows = [(book, item, question, reference) for (book, item), (question, reference) in sorted(ids.items())]
        names = ("codebook", "item", "question", "is_reference")
        settled = pa.table({name: [row[i] for row in rows] for i, name in enumerate(names)}) if rows else None
        if settled is None:
            return
        with registered(self.connection, settled=settled):
            self.connection.execute(
                "update marts.items i set question = s.question, is_reference = s.is_reference from settled s "
                "where i.release = $release and i.codebook = s.codebook and i.item = s.item",
                {"release": self.release},
            )

    def _keep_known(self, batch: Sequence[Numbered]) -> None:
        for entry in batch:
            with registered(self.connection, figures=_known_totals(entry)):
                self.connection.execute(
                    "insert into marts.known select $release, delivery_no, indicator, period, value, n from figures",
                    {"release": self.release},
                )


def _delivery_row(release: str, entry: Numbered) -> dict[str, object]:
    source, key = entry.source, entry.source.records.key
    return {
        "release": release,
        "delivery_no": entry.number,
        "delivery": str(key),
        "area": key.area,
        "instrument": key.instrument,
        "kind": source.codebook.kind.value,
        "interviews": source.codebook.interviews,
        "meting": key.meting,
        "meting_start": source.meting.start,
        "meting_end": source.meting.end,
        "doelgroep": key.doelgroep,
        "counted_as": key.doelgroep,
        "codebook": source.codebook.reference,
        "invited": source.figures.invited,
        "population": source.figures.population,
        "steekproef": source.figures.steekproef.value,
        "n": _people(source),
        "weighted": has_weights(source),
        "min_group": source.policy.min_group,
        "min_support": source.policy.min_support,
        "policy": source.records.policy_fingerprint,
        "people": people_in(source),
    }


def _answers_wide(batch: Sequence[Numbered], items: Sequence[Item]) -> pa.Table:
    """row_no and a column per item with one answer."""
    if batch[0].source.codebook.kind is Kind.PANEL:
        return panel_wide(batch, sorted({topic for entry in batch for topic in panel_topics(entry.source)}))
    return wide(batch, [item.item for item in items if not item.several])


def _items(source: MartSource) -> Iterator[Item]:
    """Items of a delivery; every subject of a panel is an item of its own."""
    for item in items_of(source.codebook):
        if source.codebook.kind is Kind.PANEL and item.item == PANEL_ITEM:
            yield from (replace(item, item=topic, text=topic) for topic in panel_topics(source))
        else:
            yield item


def _people(source: MartSource) -> int:
    """People (or journeys) of a delivery; of a meeting, the people who took part."""
    tables, codebook = source.records.tables, source.codebook
    if codebook.kind is Kind.CONTRIBUTIONS:
        present = tables.get("deelnemers")
        total = pc.sum(column_or_nulls(present, "aantal").cast(pa.int64())).as_py() if present is not None else 0
        return int(total or 0)
    if codebook.kind in (Kind.STEPS, Kind.AGGREGATE):
        return 0
    return int(pc.count_distinct(persons(tables["rows"], codebook)).as_py())


def _known_totals(entry: Numbered) -> pa.Table:
    """Totals of an already counted table; its breakdowns stay out, we cannot check what else was published."""
    rows = entry.source.records.tables["rows"]
    value = column_or_nulls(rows, "uitsplitsing_waarde")
    total = pc.or_(pc.is_null(value), pc.equal(pc.utf8_upper(pc.fill_null(value, TOTAAL)), TOTAAL))
    kept = rows.filter(total)
    return pa.table(
        {
            "delivery_no": pa.array([entry.number] * kept.num_rows, pa.int32()),
            "indicator": column_or_nulls(kept, "indicator"),
            "period": column_or_nulls(kept, "periode"),
            "value": column_or_nulls(kept, "waarde").cast(pa.float64()),
            "n": column_or_nulls(kept, "aantal").cast(pa.int64()),
        }
    )


def write_areas(connection: duckdb.DuckDBPyConnection, release: str, leaves: Iterable[str], areas: AreaBook) -> None:
    """Areas of a release and what each delivering area counts in."""
    rows = [(release, leaf, area, kind) for kind, leaf, area in tree_of(leaves, areas)]
    insert(connection, "area_tree", rows)
    used = sorted({area for _, _, area, _ in rows})
    insert(connection, "areas", [(release, a, *areas.names[a]) for a in used])
