"""Rows of one gemeente for its own researcher: coarse columns only, in groups that are large and varied enough.

Asked for, approved by a second person, and made once: `register.microdata` holds the approval.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from anonymisation.disclosure.microdata import MicrodataRules, SafeMicrodata, enforce, write_sealed
from anonymisation.disclosure.receiver import read_public
from domain.contribution import Part
from domain.errors import PolicyRefused, ReleaseRefused
from domain.instruments import Codebook
from domain.policy import Policy
from domain.records import CheckedRecords
from domain.release import TOTAL, Hierarchy
from domain.vocabulary import ColumnClass, ColumnType, Kind
from pipelines.checking import checked_files, checked_records
from pipelines.cleaning import approved
from pipelines.house import House
from register import microdata as approvals
from register.actors import Actor
from register.microdata import Given, MicrodataContent, MicrodataRequest
from register.permissions import Act, check
from storage.canonical import fingerprint

_GIVEN = (ColumnClass.QUASI, ColumnClass.SENSITIVE, ColumnClass.MEASURE)


@dataclass(frozen=True)
class _Offer:
    """What could be given of one delivery, before anybody is closed."""

    part: Part
    records: CheckedRecords = field(repr=False)
    codebook: Codebook = field(repr=False)
    columns: tuple[str, ...]
    rules: MicrodataRules
    trees: tuple[Hierarchy, ...] = field(repr=False)

    @property
    def given(self) -> Given:
        """What an approval says of it."""
        trees = {tree.dimension: dict(tree.parents) for tree in self.trees}
        rules = {**asdict(self.rules), "hierarchies": trees}
        return Given(self.part, self.columns, fingerprint(rules))

    def safe(self) -> SafeMicrodata:
        """The rows that may go; raises DisclosureRefused when no group is large enough."""
        return enforce(self.records.tables["rows"].select(list(self.columns)), self.rules, list(self.trees))


def ask(house: House, scope: str, purpose: str, public_key: bytes, *, by: Actor) -> MicrodataRequest:
    """Ask for the rows of a study (AREA/INSTRUMENT/METING) for oneself; a privacy officer of the gemeente decides.

    public_key: PEM of the key for which the rows will be sealed; the approval is over this key too.
    Raises KeyRefused for anything but such a key, PolicyRefused for data of which rows never go along,
    DisclosureRefused when no group is large enough.
    """
    check(by, Act.MICRODATA_ASK, scope.split("/")[0])
    key = read_public(public_key)
    offers = list(_offers(house, scope))
    for offer in offers:
        offer.safe()
    return approvals.ask(house.register, _content(scope, by.name, key, purpose, offers), by=by)


def preview(house: House, content: MicrodataContent) -> list[tuple[Given, SafeMicrodata]]:
    """What a decision is about: per delivery the columns and the risk card, as they would be made now."""
    return [(offer.given, offer.safe()) for offer in _offers(house, content.scope)]


def microdata(house: House, scope: str, folder: Path, *, by: Actor) -> list[tuple[str, SafeMicrodata]]:
    """Write sealed microdata of a study to `folder`, one set per delivery; returns (delivery, what was made).

    Sealed for the key of the request: the receiver opens them, nobody here can.
    scope: AREA/INSTRUMENT/METING; only for the analyst of exactly this gemeente who holds an approval for exactly
    this content, and once: a kill between the ledger line and the last file means asking again. Pseudonyms, codes,
    texts and weights never go along.
    """
    approval = approvals.approved_for(house.register, scope, by=by)
    offers = list(_offers(house, scope))
    made = [(offer, offer.safe()) for offer in offers]
    content = _content(scope, by.name, approval.content.key, approval.content.purpose, offers)
    counts = {
        "rows": [safe.after.people for _, safe in made],
        "smallest": min((safe.after.smallest for _, safe in made), default=0),
    }
    approvals.spend(house.register, approval.id, content, counts=counts, by=by)
    for offer, safe in made:
        labels = {name: offer.codebook.rows[name].text for name in safe.table.column_names}
        found = {name: _values(offer.codebook, name) for name in safe.table.column_names}
        values = {name: codes for name, codes in found.items() if codes is not None}
        write_sealed(folder, str(offer.part.key), safe, offer.rules, content.key, labels=labels, values=values)
    return [(str(offer.part.key), safe) for offer, safe in made]


def _values(codebook: Codebook, name: str) -> dict[str, str] | None:
    """The label of each code of a column; nothing to label in a column of numbers, None for any other."""
    column = codebook.rows[name]
    scale = codebook.scale_of(column)
    numbers = column.type in (ColumnType.INTEGER, ColumnType.DECIMAL) and column.cls is ColumnClass.MEASURE
    return (scale.values if scale else column.values) or ({} if numbers else None)


def _content(scope: str, receiver: str, key: str, purpose: str, offers: list[_Offer]) -> MicrodataContent:
    return MicrodataContent(scope, receiver, key, purpose.strip(), tuple(offer.given for offer in offers))


def _offers(house: House, scope: str) -> Iterator[_Offer]:
    """What the checked deliveries of a study could give under the rules in force."""
    area = scope.split("/")[0]
    for part in checked_files(house, area):
        if part.key.scope != scope:
            continue
        records = checked_records(house, part.key, part.version, part.staging_hash)
        if records is None:
            raise ReleaseRefused(f"{part.key}: het gecontroleerde bestand is niet meer hetzelfde; kijk met status")
        codebook = house.codebooks.get(records.codebook)
        policy, _ = approved(house, area, records.codebook, part.key.instrument)
        yield _offer(part, records, codebook, policy)


def _offer(part: Part, records: CheckedRecords, codebook: Codebook, policy: Policy) -> _Offer:
    if codebook.kind is not Kind.SURVEY or records.key.doelgroep in (*codebook.totals_only, "professional"):
        raise PolicyRefused(
            f"van {codebook.title} ({records.key.doelgroep}) gaan nooit rijen mee; gebruik de uitkomsten"
        )
    rows = records.tables["rows"]
    present = tuple(name for name in codebook.columns_of(*_GIVEN) if name in rows.column_names)
    rules = MicrodataRules(
        quasi=tuple(name for name in present if codebook.rows[name].cls is not ColumnClass.MEASURE),
        sensitive=tuple(name for name in present if codebook.rows[name].cls is ColumnClass.MEASURE),
        k=max(policy.min_group, 5),
    )
    trees = tuple(
        Hierarchy(name, {code: parent for code, parent in parents.items() if code != TOTAL})
        for name, parents in policy.hierarchies.items()
    )
    return _Offer(part, records, codebook, present, rules, trees)
