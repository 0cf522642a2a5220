"""What the portal asks of the road behind it; `serve` hands it over. Without it nobody can sign, ask or destroy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from domain.contribution import ContributionContent
from domain.delivery import DeliveryKey
from domain.release import History
from register.actors import Actor
from register.contributions import Contribution
from register.microdata import MicrodataContent, MicrodataRequest
from register.retention import Destruction

if TYPE_CHECKING:
    import pyarrow as pa

    from anonymisation.disclosure.closed import ClosedCell
    from warehouse.sources import MartSource


@dataclass(frozen=True)
class RowsRisk:
    """What a decision about rows of one delivery is over: how many go, the risks and what is left out, in words."""

    delivery: str
    rows: int
    words: Mapping[str, str]


@dataclass(frozen=True)
class Refused:
    """A refused folder that its steward may still take back; `id` is what she asks for.

    studies: area/instrument/meting, as far as its manifest could be read.
    """

    id: str
    area: str
    since: str
    until: str
    size: int
    studies: Sequence[str] = ()


class Station(Protocol):
    """The road from checked deliveries on."""

    def sources(self, content: ContributionContent) -> Iterable[MartSource]:
        """The checked deliveries of a contribution; raises ReleaseRefused when one is not what was signed."""

    def preview_hash(self, content: ContributionContent) -> str:
        """The preview hash that a contribution of these deliveries would have if it were prepared now."""

    def shown(self, content: ContributionContent) -> tuple[History, Sequence[Mapping[str, pa.Table]]]:
        """What releases showed before of its area: cells, and per release the figures."""

    def prepare(self, area: str, meting: str | None, *, by: Actor) -> Contribution:
        """Freeze what passed the checks (of one meting) as a contribution that waits for two signatures.

        A refusal when nothing did.
        """

    def closed(self, release: str) -> Sequence[ClosedCell]:
        """Groups that a protected release does not show, with why; none once it is published: then that is gone."""

    def find(self, key: DeliveryKey, number: str) -> str | None:
        """Pseudonym of the person or talk with this number in a study; None when nobody has it."""

    def enclosure(self, number: int, *, by: Actor) -> bytes:
        """What is held of one person as PDF, to go along with the letter of a granted inzage.

        Raises a refusal of ours for any other request.
        """

    def refused(self, *, by: Actor) -> list[Refused]:
        """Folders in quarantine of the gemeenten where this person may take them back, oldest first."""

    def take_back(self, number: str, *, by: Actor) -> bytes:
        """Such a folder as a ZIP; a refusal when it is not there for this person."""

    def ask_rows(
        self, scope: str, purpose: str, public_key: bytes, first: Sequence[str], *, by: Actor
    ) -> MicrodataRequest:
        """Ask for the rows of a study for oneself; raises a refusal of ours in plain Dutch."""

    def risks(self, content: MicrodataContent) -> list[RowsRisk]:
        """What would go along now, per delivery; raises a refusal of ours when nothing may go."""

    def rows(self, scope: str, *, by: Actor) -> bytes:
        """The approved rows as a ZIP of files that only their receiver opens; the approval is spent with it."""

    def destroy(self, number: int, *, by: Actor) -> Destruction:
        """Carry out a destruction that two persons signed; started again after a kill it goes on."""
