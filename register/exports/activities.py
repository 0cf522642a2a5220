"""What is processed, per gemeente and instrument, as configured and delivered: the source of every export."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace

from domain.dutch import DOELGROEP_WORDS
from domain.errors import PolicyRefused
from domain.instruments import Codebook
from domain.policy import Policy
from domain.vocabulary import ColumnClass, DeliveryState
from register import policies
from register.deliveries import Delivery, list_all
from register.store import Register

CodebookOf = Callable[[str], Codebook]
Ruled = tuple[Policy | None, str | None]
"""A policy and its fingerprint."""
PolicyOf = Callable[[str, Codebook], Ruled]
NO_POLICY: Ruled = (None, None)

CLASS_WORDS = {
    ColumnClass.DIRECT: "direct herkenbaar", ColumnClass.QUASI: "achtergrond", ColumnClass.SENSITIVE: "gezondheid",
    ColumnClass.MEASURE: "antwoorden", ColumnClass.TEXT: "open tekst", ColumnClass.CONSENT: "toestemming",
    ColumnClass.WEIGHT: "weegfactor", ColumnClass.ADMIN: "over de aanlevering",
}  # fmt: skip
BASIS_WORDS = {
    "6_1_c_wmo_2_5_1": "wettelijke plicht (art. 6 lid 1 c AVG, art. 2.5.1 Wmo 2015)",
    "6_1_c_jeugdwet_2_10": "wettelijke plicht (art. 6 lid 1 c AVG, art. 2.10 Jeugdwet)",
    "6_1_e": "taak van algemeen belang (art. 6 lid 1 e AVG)",
    "6_1_a": "toestemming (art. 6 lid 1 a AVG)",
}
ART9_WORDS = {
    "wmo_5_1_1": "art. 9 lid 2 AVG met art. 5.1.1 Wmo 2015",
    "jeugdwet_7_4_0": "art. 9 lid 2 AVG met art. 7.4.0 Jeugdwet",
    "uavg_24": "art. 9 lid 2 j AVG met art. 24 UAVG (statistiek)",
    "uitdrukkelijke_toestemming": "uitdrukkelijke toestemming (art. 9 lid 2 a AVG)",
}  # fmt: skip
ROLE_WORDS = {
    "ontvanger_van_tabellen": "ontvanger van beveiligde tabellen", "verwerker": "verwerker",
    "gezamenlijk_verantwoordelijk": "gezamenlijk verwerkingsverantwoordelijk",
}  # fmt: skip
TREATMENT_WORDS = {
    "drop": "weglaten", "keep": "houden zoals het is", "pseudonymise": "vervangen door een code zonder betekenis",
    "generalise": "in groepen indelen", "clean_text": "namen en andere persoonsgegevens eruit halen",
    "consent": "alleen gebruiken om te kijken of iemand toestemming gaf", "round_weight": "afronden",
}  # fmt: skip
PURPOSE = "leren van ervaringen van inwoners en de toegang tot hulp verbeteren; statistiek, nooit besluiten over mensen"


@dataclass(frozen=True)
class Activity:
    """One processing activity: a gemeente (or verband) and an instrument. Holds no count of people."""

    area: str
    instrument: str
    title: str
    metingen: tuple[str, ...]
    doelgroepen: tuple[str, ...]
    bases: tuple[str, ...]
    art9: tuple[str, ...]
    recipients: tuple[str, ...]
    audiences: tuple[str, ...]
    movisie: tuple[str, ...]
    notices: tuple[str, ...]
    data: dict[str, tuple[str, ...]] = field(repr=False)
    policy: Policy | None = field(repr=False)
    policy_fingerprint: str | None
    accepted: int
    refused: int
    name: str = ""
    labels: dict[str, str] = field(default_factory=dict, repr=False)

    def label(self, column: str) -> str:
        """What a column is, in words; its code when the codebook has no words for it."""
        return self.labels.get(column, column)

    @property
    def people(self) -> tuple[str, ...]:
        """Who was asked, in words."""
        return tuple(DOELGROEP_WORDS.get(one, one) for one in self.doelgroepen)

    @property
    def place(self) -> str:
        """The gemeente as a paper names it, with its code."""
        return f"{self.name} ({self.area})" if self.name and self.name != self.area else self.area

    @property
    def id(self) -> str:
        """Absolute URI of the activity in this register, as the Logboek Dataverwerkingen asks."""
        return f"urn:toegangspeil:verwerking:{self.area}:{self.instrument}"


def activities(
    register: Register,
    codebook_of: CodebookOf,
    *,
    among: Collection[str] | None = None,
    name_of: Callable[[str], str] = str,
) -> list[Activity]:
    """Every activity that something was delivered for, sorted; of these areas when given.

    name_of: the name of a gemeente for its code, for who reads the papers.
    """
    groups: dict[tuple[str, str], list[Delivery]] = {}
    for delivery in list_all(register, among=among):
        if delivery.key is not None:
            groups.setdefault((delivery.key.area, delivery.key.instrument), []).append(delivery)
    policy_of = _policies(register)
    found = (_activity(policy_of, place, groups[place], codebook_of) for place in sorted(groups))
    return [replace(one, name=name_of(one.area)) for one in found]


def _title(books: list[Codebook]) -> str:
    """The title for readers; of several lists (ouders, jongeren) what they share before the comma."""
    titles = sorted({book.title for book in books})
    return titles[0] if len(titles) == 1 else min((one.partition(",")[0] for one in titles), default="")


def _activity(policy_of: PolicyOf, place: tuple[str, str], found: list[Delivery], codebook_of: CodebookOf) -> Activity:
    area, instrument = place
    good = [one for one in found if one.state in (DeliveryState.ACCEPTED, DeliveryState.SUPERSEDED)]
    books = [codebook_of(str(one.manifest["codebook"])) for one in good if one.manifest.get("codebook")]
    policy, mark = policy_of(area, books[-1]) if books else NO_POLICY
    return Activity(
        area=area, instrument=instrument, title=_title(books) or instrument,
        metingen=_all(one.key.meting for one in good if one.key),
        doelgroepen=_all(one.key.doelgroep for one in good if one.key),
        bases=_all(_word(BASIS_WORDS, one.manifest.get("legal_basis")) for one in good),
        art9=_all(_word(ART9_WORDS, (one.manifest.get("art9_ground") or {}).get("ground")) for one in good),
        recipients=_all(name for one in good for name in one.manifest.get("recipients") or []),
        audiences=_all(str(one.manifest.get("zichtbaar_voor") or "eigen") for one in good),
        movisie=_all(_word(ROLE_WORDS, one.manifest.get("role_movisie")) for one in good),
        notices=_all(str(one.manifest.get("notice") or "") for one in good),
        data=_data(books), labels=_labels(books), policy=policy,
        policy_fingerprint=mark, accepted=len(good), refused=len(found) - len(good),
    )  # fmt: skip


def _policies(register: Register) -> PolicyOf:
    """Looks policies up; what holds for every gemeente without rules of its own, once."""
    states = (policies.PolicyState.APPROVED, policies.PolicyState.LAPSED)
    approved = policies.versions(register, states=states)[::-1]
    own = {version.policy.gemeente for version in approved}
    known: dict[tuple[str, str], Ruled] = {}

    def policy_of(area: str, book: Codebook) -> Ruled:
        place = (area if area in own else "", book.reference)
        if place not in known:
            known[place] = _policy(register, approved, area, book)
        return known[place]

    return policy_of


def _policy(register: Register, approved: list[policies.PolicyVersion], area: str, book: Codebook) -> Ruled:
    """The policy in force now, whatever the codebook file looks like today; none when nothing is approved."""
    for version in approved:
        if version.policy.gemeente in (area, None) and version.policy.codebook == book.reference:
            try:
                return policies.approved_policy(
                    register, area, book.instrument, book.reference, version.policy.codebook_fingerprint,
                    register.clock(),
                )  # fmt: skip
            except PolicyRefused:
                continue
    return NO_POLICY


def _data(books: list[Codebook]) -> dict[str, tuple[str, ...]]:
    """Class of data -> what the columns are, over all codebooks that were used."""
    found: dict[str, set[str]] = {}
    labels = _labels(books)
    for book in books:
        for columns in book.tables.values():
            for name, column in columns.items():
                found.setdefault(CLASS_WORDS[column.cls], set()).add(labels.get(name, name))
    return {words: tuple(sorted(found[words])) for words in CLASS_WORDS.values() if words in found}


def _labels(books: list[Codebook]) -> dict[str, str]:
    """Column -> its words in the newest codebook that has them."""
    return {
        name: column.text
        for book in books
        for columns in book.tables.values()
        for name, column in columns.items()
        if column.text
    }


def _word(words: dict[str, str], value: object) -> str:
    return words.get(str(value), "") if value else ""


def _all(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({str(value) for value in values if value}))
