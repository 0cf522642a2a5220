"""The opened home as the portal uses it: settings, register, keys, gemeenten, codebooks and the detector."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

from portal.speech import _
from portal.words import day, doelgroep, listed
from register.ruling import in_force
from register.signing import read_signer
from register.store import Register, open_register
from storage.codebooks import Codebooks
from storage.gemeenten import Gemeente, read_gemeenten
from storage.keyring import Keyring
from storage.master import master_of
from storage.places import Places
from storage.settings import Settings

if TYPE_CHECKING:
    from anonymisation.text import Detector


_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_COLUMN = re.compile(r"(?<=kolom )[a-z]\w*|\b[a-z]\w*(?=[^()]*\)$)")
_CODE = re.compile(r"\b([a-z_]+)(?: \([a-z_]+@[\w.]+\))?")


@dataclass(frozen=True)
class House:
    """Everything a page may be given. The vault is not in here: the portal never opens it."""

    settings: Settings
    keyring: Keyring = field(repr=False)
    register: Register
    codebooks: Codebooks
    detector_lock: Lock = field(default_factory=Lock, repr=False)

    @property
    def places(self) -> Places:
        """Where things live."""
        return self.settings.places

    @cached_property
    def gemeenten(self) -> Mapping[str, Gemeente]:
        """The known gemeenten and verbanden."""
        return read_gemeenten(self.settings.gemeenten_file)

    def name_of(self, area: str | None) -> str:
        """The name of a gemeente or verband; its code when the list does not know it."""
        if area is None:
            return _("landelijk")
        found = self.gemeenten.get(area)
        return found.name if found else area

    def together(self, area: str) -> str:
        """Of a verband: which gemeenten deliver together in it, and so have no line of their own; else ''."""
        found = self.gemeenten.get(area)
        names = sorted(map(self.name_of, found.members), key=str.casefold) if found else []
        return _("{names} leveren hier samen", names=listed(names)) if names else ""

    def title_of(self, instrument: str) -> str:
        """The title of an instrument for readers; of several lists (ouders, jongeren) only what they share."""
        return self.codebooks.titles.get(instrument, instrument)

    def in_words(self, text: str) -> str:
        """A sentence of the register with titles for codes of an instrument (and its codebook), and dates in words."""
        titled = _CODE.sub(lambda found: self.codebooks.titles.get(found[1], found[0]), text)
        return _DATE.sub(lambda found: str(day(found[0])), titled)

    @cached_property
    def _columns(self) -> Mapping[str, str]:
        books = [self.codebooks.get(reference) for reference in self.codebooks.references()]
        return {
            name: column.words for book in books for columns in book.tables.values()
            for name, column in columns.items() if column.words
        }  # fmt: skip

    def with_columns(self, text: str) -> str:
        """A reason of the register with the question for the code of a column, as `kolom x` or in the brackets."""
        known = self._columns
        return _COLUMN.sub(lambda code: f'"{known[code[0]]}"' if code[0] in known else code[0], text)

    def column(self, name: str) -> str:
        """The question for the code of a column; the code of one that nobody knows."""
        return self._columns.get(name, name)

    def delivery(self, key: str) -> str:
        """A delivery (area.instrument.meting.doelgroep) for readers; anything else as it is."""
        area, *rest = key.split(".")
        if len(rest) != 3:
            return key
        return f"{self.scope('/'.join([area, *rest[:2]]))}, {doelgroep(rest[2])}"

    def scope(self, scope: str) -> str:
        """A study (gemeente/instrument/meting) for readers, with the gemeente."""
        return f"{self.name_of(scope.partition('/')[0])}: {self.study(scope)}"

    def study(self, scope: str) -> str:
        """A study (gemeente/instrument/meting) for readers, without the gemeente."""
        _area, instrument, meting = (*scope.split("/", 2), "", "")[:3]
        return ", ".join(part for part in (self.title_of(instrument), meting) if part)

    @cached_property
    def detector(self) -> "Detector":
        """Finds personal details; built on first use. Use it under `detector_lock`: it is not safe between threads."""
        from anonymisation.text import build_detector

        return build_detector(ner=self.settings.ner)

    def names_somebody(self, text: str, area: str = "") -> bool:
        """Whether words that others will read hold a name, address or number of somebody.

        area: whose officers' own rules count too.
        """
        from anonymisation.text import names_somebody

        rules = in_force(self.register, self.keyring, area) if area else []
        with self.detector_lock:
            return names_somebody(text, self.detector.with_rules(rules))

    def warm(self) -> None:
        """Build the detector and let it read, before somebody waits for it; a request comes between two answers."""
        from anonymisation.warming import ANSWERS

        for answer in ANSWERS:
            with self.detector_lock:
                self.detector.detect(answer)

    @cached_property
    def form_key(self) -> bytes:
        """Seals the tokens in forms; from the signing key, so that every worker has the same."""
        signer = self.register.signer
        assert signer is not None
        return signer.sealing_key


@contextmanager
def open_house(settings: Settings, environ: Mapping[str, str]) -> Iterator[House]:
    """Open keys and register of a home, and close the register after."""
    master = master_of(settings, environ)
    house: House
    register = open_register(
        settings.register_url,
        signer=read_signer(settings.places.keys, master),
        names_somebody=lambda text, area: house.names_somebody(text, area),
    )
    house = House(settings, Keyring(settings.places.keys, master), register, Codebooks(settings.places.codebooks))
    try:
        yield house
    finally:
        register.close()
