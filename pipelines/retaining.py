"""What two persons signed to be destroyed: keys first, then bytes, in vault, staging and keyring."""

from dataclasses import dataclass, field

from domain.delivery import DeliveryKey
from ingest import vault
from pipelines import staging
from pipelines.house import House
from register import deliveries, removals, retention
from register.actors import Actor
from register.retention import Destruction, Kept, Zone


def destroy(house: House, number: int, *, by: Actor) -> Destruction:
    """Carry out a signed destruction; started again after a kill it goes on where it was."""
    return retention.carry_out(house.register, number, Destroyer(house), by=by)


def destroy_again(house: House) -> int:
    """After a restore: end once more what the register says is gone, for a key backup can be older than that.

    Returns how many keys and objects were looked at; what was gone already is fine.
    """
    gone, ended = retention.destroyed(house.register), removals.ended_keys(house.register)
    for kept in gone:
        Destroyer(house).destroy(kept)
    for area, key in ended:
        house.keyring.destroy_data_key(area, key)
    return len(gone) + len(ended)


@dataclass(frozen=True)
class Destroyer:
    """Ends one kept thing (register.retention.Destroyer); what is gone already is fine."""

    house: House = field(repr=False)

    def destroy(self, kept: Kept) -> None:
        """Erase the key first, then the object."""
        match kept.zone:
            case Zone.RAW:
                found = vault.vault_object(kept.area, kept.object, kept.data_key, self.house.places)
                vault.destroy(found, self.house.keyring)
            case Zone.PSEUDONYMISED:
                self._staging(kept)
            case Zone.KEYS:
                self.house.keyring.destroy_scope(kept.area, kept.object)
            case Zone.STAGING_KEYS:
                self.house.keyring.destroy_staging(kept.area, kept.object)

    def _staging(self, kept: Kept) -> None:
        """Every file of this version of a delivery, before and after the gate."""
        key = DeliveryKey.parse(kept.object)
        versions = [row.version for row in deliveries.list_all(self.house.register) if row.id == kept.delivery]
        places = self.house.places
        for folder in (places.pending_of(key.area), places.checked_of(key.area)):
            for version in versions:
                for file in staging.files_of(folder, key, version):
                    staging.destroy(file, self.house.keyring)
