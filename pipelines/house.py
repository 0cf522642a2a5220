"""An opened home: settings, keys, register, codebooks and gemeenten, handed to the stations."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from anonymisation.text import Detector, build_detector, names_somebody
from pipelines.hands import Hands
from register.ruling import in_force
from register.signing import read_signer
from register.store import Register, open_register
from storage.codebooks import Codebooks
from storage.gemeenten import Gemeente, read_gemeenten
from storage.keyring import Keyring
from storage.master import master_of
from storage.places import Places
from storage.settings import Settings


@dataclass(frozen=True)
class House:
    """Everything a station may be given; nothing here is a global."""

    settings: Settings
    keyring: Keyring
    register: Register
    codebooks: Codebooks
    today: date = field(default_factory=date.today)

    @property
    def places(self) -> Places:
        """Where things live."""
        return self.settings.places

    @cached_property
    def gemeenten(self) -> Mapping[str, Gemeente]:
        """The known gemeenten and verbanden."""
        return read_gemeenten(self.settings.gemeenten_file)

    @cached_property
    def detector(self) -> Detector:
        """Finds personal details; built once, on first use, because its lists take seconds to load."""
        return build_detector(ner=self.settings.ner)

    @cached_property
    def hands(self) -> Hands:
        """Other processes that may help, once they are called."""
        return Hands(self)

    def detector_for(self, area: str) -> Detector:
        """The detector under what the officers of an area agreed on."""
        return self.detector.with_rules(in_force(self.register, self.keyring, area))


@contextmanager
def open_house(settings: Settings, environ: Mapping[str, str]) -> Iterator[House]:
    """Open keys and register of a home, and close the register after."""
    master = master_of(settings, environ)
    signer = read_signer(settings.places.keys, master)
    house: House
    register = open_register(
        settings.register_url,
        signer=signer,
        names_somebody=lambda text, area: names_somebody(text, house.detector_for(area) if area else house.detector),
    )
    keyring = Keyring(settings.places.keys, master)
    house = House(settings, keyring, register, Codebooks(settings.places.codebooks))
    try:
        yield house
    finally:
        house.hands.close()
        register.close()
