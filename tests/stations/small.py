"""A small delivery of made-up people for every test of stations 3 to 5."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pyarrow as pa

from anonymisation.modes import Mode
from anonymisation.persons import no_consents
from anonymisation.spans import Document, Found, Recogniser
from anonymisation.station import CleanedDelivery, clean_delivery
from anonymisation.text import Detector
from domain.delivery import DeliveryKey, Manifest, read_manifest
from domain.policy import ENTITIES, ColumnRule, Policy
from domain.records import RawRecords
from domain.vocabulary import Treatment
from storage.codebooks import Codebooks

KEY = bytes(range(32))
CUT_OFF = date(2026, 7, 1)


class ListRecogniser(Recogniser):
    """Finds the words it was given: a stand-in with a known outcome, that says it looks for every entity."""

    name = "list"
    labels = ENTITIES

    def __init__(self, *words: str) -> None:
        self.words = words

    def find(self, doc: Document) -> list[Found]:
        return [
            Found(at, at + len(word), "PERSON", 0.9, "list")
            for word in self.words
            for at in range(len(doc.text))
            if doc.text.startswith(word, at)
        ]


class BrokenRecogniser(Recogniser):
    """Finds nothing, whatever stands there."""

    name = "broken"
    labels = ENTITIES

    def find(self, doc: Document) -> list[Found]:
        return []


class RaisingRecogniser(Recogniser):
    """Fails with the text in its message, as libraries do."""

    name = "raising"
    labels = ENTITIES

    def find(self, doc: Document) -> list[Found]:
        raise ValueError(doc.text)


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

    def clean(self, tables: Any, *, recognisers: Sequence[Recogniser] = (), **more: Any) -> CleanedDelivery:
        given: dict[str, Any] = {
            "codebook": self.codebook,
            "policy": self.policy,
            "policy_fingerprint": "f" * 64,
            "pseudonym_key": KEY,
            "tombstones": (),
            "consent": no_consents,
            "detector": Detector(recognisers or [BrokenRecogniser()]),
            "cut_off": CUT_OFF,
            "mode": Mode.LABEL,
        }
        raw = tables if isinstance(tables, RawRecords) else self.raw(tables)
        return clean_delivery(raw, **{**given, **more})
