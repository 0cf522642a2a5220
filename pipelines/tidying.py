"""Daily housekeeping: quarantine after its term, and what killed runs left behind."""

from collections.abc import Mapping

from ingest import quarantine
from pipelines import intake
from pipelines.house import House


def tidy(house: House) -> Mapping[str, int]:
    """Destroy what is past its term; returns counts."""
    return {
        "quarantine": quarantine.empty(house.places, house.keyring, today=house.today),
        "vault_leftovers": intake.sweep(house),
    }
