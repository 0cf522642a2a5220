"""The walk of the data in types: raw records cannot be handed to the warehouse.

Tables are `pyarrow.Table` by name ('rows' is the main one). Nothing here shows a row in a traceback.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from domain.delivery import DeliveryKey, Manifest

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa


@dataclass(frozen=True)
class _Station:
    key: DeliveryKey
    codebook: str
    tables: Mapping[str, pa.Table] = field(repr=False)

    @property
    def rows(self) -> int:
        """Rows of the main table."""
        return int(self.tables["rows"].num_rows)


@dataclass(frozen=True)
class RawRecords(_Station):
    """As delivered: holds personal data. Lives only in the vault."""

    manifest: Manifest = field(kw_only=True)


@dataclass(frozen=True)
class PseudonymisedRecords(_Station):
    """No direct identifiers; still personal data under the AVG. Rows carry `pseudonym`, `gemeente`, `doelgroep`."""

    policy_fingerprint: str = field(kw_only=True)


@dataclass(frozen=True)
class CheckedRecords(_Station):
    """Passed the gate: the only records that marts may read."""

    policy_fingerprint: str = field(kw_only=True)
    file_hash: str = field(kw_only=True)
