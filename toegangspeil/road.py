"""What the portal may ask of the road behind it: its Station, answered by pipelines."""

import io
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zipfile import ZipFile

if TYPE_CHECKING:
    import pyarrow as pa

    from anonymisation.disclosure.closed import ClosedCell
    from domain.contribution import ContributionContent
    from domain.delivery import DeliveryKey
    from domain.release import History
    from pipelines.house import House as RoadHouse
    from portal.house import House
    from portal.station import Refused, RowsRisk
    from register.actors import Actor
    from register.contributions import Contribution
    from register.microdata import MicrodataContent, MicrodataRequest
    from register.retention import Destruction
    from warehouse.sources import MartSource


class Road:
    """What the portal may ask of the road behind it (portal.station.Station)."""

    def __init__(self, house: "House") -> None:
        self._portal = house

    @cached_property
    def _house(self) -> "RoadHouse":
        from pipelines.house import House as RoadHouse

        house = self._portal
        return RoadHouse(house.settings, house.keyring, house.register, house.codebooks)

    def sources(self, content: "ContributionContent") -> "Iterable[MartSource]":
        """The checked deliveries of a contribution."""
        from pipelines.sources import sources

        return sources(self._house, [content])

    def preview_hash(self, content: "ContributionContent") -> str:
        """What would be signed of the figures now."""
        from pipelines.contributing import preview_hash

        return preview_hash(self._house, content)

    def shown(self, content: "ContributionContent") -> "tuple[History, Sequence[Mapping[str, pa.Table]]]":
        """What releases showed before of its area."""
        from pipelines.past import shown_of

        found = shown_of(self._house, content.area, content.parts)
        return found.history, found.figures

    def prepare(self, area: str, meting: str | None, *, by: "Actor") -> "Contribution":
        """Freeze what passed the checks as a contribution."""
        from pipelines.contributing import prepare

        (made,) = prepare(self._house, [area], meting, by=by)
        return made

    def closed(self, release: str) -> "list[ClosedCell]":
        """Groups that a protected release does not show, with why."""
        from anonymisation.disclosure.closed import closed_cells
        from pipelines import bundle

        if not bundle.exists(self._house, release):
            return []
        return list(closed_cells(bundle.read(self._house, release).evidence))

    def find(self, key: "DeliveryKey", number: str) -> str | None:
        """Pseudonym of who has this number in a study."""
        from pipelines.removing import find

        return find(self._house, key.area, key.instrument, key.meting, number)

    def enclosure(self, number: int, *, by: "Actor") -> bytes:
        """What is held of one person, as PDF for the envelope."""
        from pipelines.access import enclosure

        return enclosure(self._house, number, by=by).pdf()

    def refused(self, *, by: "Actor") -> "list[Refused]":
        """Folders that this person may take back out of quarantine."""
        from pipelines.returning import refused, studies
        from portal.station import Refused

        return [
            Refused(one.id, one.area, one.since.isoformat(), one.until.isoformat(), one.size, studies(self._house, one))
            for one in refused(self._house, by=by)
        ]

    def take_back(self, number: str, *, by: "Actor") -> bytes:
        """A refused folder as a ZIP, for its steward."""
        from pipelines.returning import give_back_zipped

        return give_back_zipped(self._house, number, by=by)

    def ask_rows(
        self, scope: str, purpose: str, public_key: bytes, first: Sequence[str], *, by: "Actor"
    ) -> "MicrodataRequest":
        """Ask for the rows of a study for oneself."""
        from pipelines.researching import ask

        return ask(self._house, scope, purpose, public_key, first, by=by)

    def risks(self, content: "MicrodataContent") -> "list[RowsRisk]":
        """What would go along now, per delivery."""
        from pipelines.researching import preview
        from portal.station import RowsRisk

        found = preview(self._house, content)
        risks = [RowsRisk(str(given.part.key), safe.after.people, safe.after.words) for given, safe in found.cards]
        return risks + [RowsRisk(key, 0, {"waarom niet": why}) for key, why in found.left_out.items()]

    def rows(self, scope: str, *, by: "Actor") -> bytes:
        """The approved rows, sealed for their receiver, as one ZIP."""
        from pipelines.researching import microdata

        with TemporaryDirectory() as folder:
            microdata(self._house, scope, Path(folder), by=by)
            made = io.BytesIO()
            with ZipFile(made, "w") as archive:
                for path in sorted(Path(folder).iterdir()):
                    archive.write(path, path.name)
        return made.getvalue()

    def destroy(self, number: int, *, by: "Actor") -> "Destruction":
        """Carry out what two persons signed."""
        from pipelines.retaining import destroy

        return destroy(self._house, number, by=by)
