"""A small delivery of made-up people for every test of stations 3 to 5."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pyarrow as pa

from anonymisation.modes import Mode
from anonymisation.spans import Span
from anonymisation.station import CleanedDelivery, clean_delivery
from domain.delivery import DeliveryKey, Manifest, read_manifest
from domain.policy import ENTITIES, ColumnRule, Policy
from domain.records import RawRecords
from domain.vocabulary import Treatment
from storage.codebooks import Codebooks

KEY = bytes(range(32))
CUT_OFF = date(2026, 7, 1)


@dataclass(frozen=True)
class Looks:
    """What a recogniser says it looks for."""

    labels: tuple[str, ...] = ENTITIES


class FakeDetector:
    """Finds the words it was given and no others: a stand-in with a known outcome, for the real `clean`."""

    lists = SimpleNamespace(lexicon=frozenset({"bakker", "prins"}))

    def __init__(self, *words: str, labels: tuple[str, ...] = ENTITIES, score: float = 0.9) -> None:
        self.words, self.score, self.recognisers = words, score, (Looks(labels),)
        self.asked: list[tuple[str, frozenset[str]]] = []

    def weigh_many(self, texts: Iterable[str], *, known_names: Collection[str] = ()) -> Iterator[list[Span]]:
        return (self.weigh(text, known_names) for text in texts)

    def weigh(self, text: str, known_names: Collection[str]) -> list[Span]:
        self.asked.append((text, frozenset(known_names)))
        found = [
            Span(at, at + len(word), "PERSON", self.score, "list", "list")
            for word in self.words
            for at in range(len(text))
            if text.startswith(word, at)
        ]
        return sorted(found, key=lambda span: span.start)


class RaisingDetector(FakeDetector):
    """Fails with the text in its message, as libraries do."""

    def weigh(self, text: str, known_names: Collection[str]) -> list[Span]:
        raise ValueError(text)


def manifest(instrument: str, codebook: str, area: str = "GM9001", **more: Any) -> Manifest:
    return read_manifest(
        {
            "gemeenten": [area],
            "instrument": instrument,
            "meting": {"name": "2026", "start": date(2026, 1, 1), "end": date(2026, 6, 30)},
            "codebook": codebook,
            "doelgroepen": {"client": {"steekproef": "allen"}},
            "legal_basis": "6_1_e",
            "art9_ground": {"ground": "uitdrukkelijke_toestemming", "reason": "test"},
            "role_movisie": "ontvanger_van_tabellen",
            "notice": "brief-1",
            "files": [{"path": "data.csv"}],
            **more,
        }
    )


@dataclass(frozen=True)
class Case:
    """A codebook with its default policy, and what has been changed in it."""

    reference: str
    policy: Policy

    @property
    def codebook(self) -> Any:
        return Codebooks().get(self.reference)

    def with_rule(self, column: str, do: Treatment, bands: str | None = None, table: str = "rows") -> "Case":
        columns = {name: dict(rules) for name, rules in self.policy.columns.items()}
        columns[table][column] = ColumnRule(do=do, bands=bands)
        return replace(self, policy=self.policy.model_copy(update={"columns": columns}))

    def raw(self, tables: Mapping[str, Mapping[str, Sequence[Any]]] | Mapping[str, Sequence[Any]]) -> RawRecords:
        """Raw records from columns of the main table, or from tables of columns."""
        several = isinstance(next(iter(tables.values())), Mapping)
        named = tables if several else {"rows": tables}
        key = DeliveryKey("GM9001", self.codebook.instrument, "2026", "client")
        arrow = {name: pa.table(dict(columns)) for name, columns in named.items()}
        return RawRecords(key, self.reference, arrow, manifest=manifest(self.codebook.instrument, self.reference))

    def clean(self, tables: Any, *, detector: FakeDetector | None = None, **more: Any) -> CleanedDelivery:
        given: dict[str, Any] = {
            "codebook": self.codebook,
            "policy": self.policy,
            "policy_fingerprint": "f" * 64,
            "pseudonym_key": KEY,
            "tombstones": (),
            "consent": lambda _purpose, _on: {},
            "detector": detector or FakeDetector(),
            "cut_off": CUT_OFF,
            "mode": Mode.LABEL,
        }
        raw = tables if isinstance(tables, RawRecords) else self.raw(tables)
        return clean_delivery(raw, **{**given, **more})
