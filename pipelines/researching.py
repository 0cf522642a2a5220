"""Rows of one gemeente for its own researcher: coarse columns only, in groups that are large and varied enough.

Asked for, approved by a second person, and made once: `register.microdata` holds the approval.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from anonymisation.disclosure.microdata.classes import MicrodataRules, SafeMicrodata, enforce
from anonymisation.disclosure.microdata.files import ColumnWords, write_sealed
from anonymisation.disclosure.microdata.receiver import read_public
from domain.contribution import Part
from domain.errors import DisclosureRefused, PolicyRefused, Refused, ReleaseRefused, WrongUsage
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
    """What can be given of one delivery."""

    part: Part
    codebook: Codebook = field(repr=False)
    columns: tuple[str, ...]
    rules: MicrodataRules
    trees: tuple[Hierarchy, ...] = field(repr=False)
    safe: SafeMicrodata = field(repr=False)

    @property
    def given(self) -> Given:
        """What an approval says of it."""
        trees = {tree.dimension: dict(tree.parents) for tree in self.trees}
        rules = {**asdict(self.rules), "hierarchies": trees}
        return Given(self.part, self.columns, fingerprint(rules))


@dataclass(frozen=True)
class Preview:
    """What a request would give now. words: the question of a column. left_out: per delivery without rows, why."""

    cards: tuple[tuple[Given, SafeMicrodata], ...]
    words: Mapping[str, str]
    left_out: Mapping[str, str]


def ask(
    house: House, scope: str, purpose: str, public_key: bytes, first: Sequence[str] = (), *, by: Actor
) -> MicrodataRequest:
    """Ask for the rows of a study (AREA/INSTRUMENT/METING) for oneself; a privacy officer of the gemeente decides.

    public_key: PEM of the key for which the rows will be sealed; the approval is over this key too.
    first: columns that matter most to the researcher: these stay as fine as they can, at the cost of the others.
    Raises KeyRefused for anything but such a key, PolicyRefused for data of which rows never go along,
    DisclosureRefused when no group is large enough, WrongUsage for a column that does not go along.
    """
    check(by, Act.MICRODATA_ASK, scope.split("/")[0])
    key = read_public(public_key)
    offers, _ = _study(house, scope, tuple(dict.fromkeys(first)))
    return approvals.ask(house.register, _content(scope, by.name, key, purpose, first, offers), by=by)


def preview(house: House, content: MicrodataContent) -> Preview:
    """What a decision is about: per delivery the columns and the risk card, as they would be made now."""
    offers, left_out = _study(house, content.scope, content.first)
    words = {name: offer.codebook.rows[name].words or name for offer in offers for name in offer.columns}
    return Preview(tuple((offer.given, offer.safe) for offer in offers), words, left_out)


def microdata(house: House, scope: str, folder: Path, *, by: Actor) -> list[tuple[str, SafeMicrodata]]:
    """Write sealed microdata of a study to `folder`, one set per delivery; returns (delivery, what was made).

    Sealed for the key of the request: the receiver opens them, nobody here can.
    scope: AREA/INSTRUMENT/METING; only for the analyst of exactly this gemeente who holds an approval for exactly
    this content, and once: a kill between the ledger line and the last file means asking again. Pseudonyms, codes,
    texts and weights never go along. Raises WrongUsage, with the approval unspent, for a folder that cannot be used.
    """
    approval = approvals.approved_for(house.register, scope, by=by)
    asked = approval.content
    offers, _ = _study(house, scope, asked.first)
    content = _content(scope, by.name, asked.key, asked.purpose, asked.first, offers)
    counts = {
        "rows": [offer.safe.after.people for offer in offers],
        "smallest": min((offer.safe.after.smallest for offer in offers), default=0),
    }
    _check_folder(folder)
    approvals.spend(house.register, approval.id, content, counts=counts, by=by)
    for offer in offers:
        words = {name: _words(offer.codebook, name) for name in offer.safe.table.column_names}
        write_sealed(folder, str(offer.part.key), offer.safe, offer.rules, content.key, words)
    return [(str(offer.part.key), offer.safe) for offer in offers]


def _check_folder(folder: Path) -> None:
    """A new or empty folder that can be written in: what is made once may not be lost, nor lie among other files."""
    try:
        usable = not folder.exists() or not any(folder.iterdir())
        if usable:
            folder.mkdir(parents=True, exist_ok=True)
            folder.rmdir()
    except OSError:
        usable = False
    if not usable:
        raise WrongUsage("in deze map kunnen de rijen niet komen; kies met -o een nieuwe of lege map")


def _words(codebook: Codebook, name: str) -> ColumnWords:
    """What the codebook says of a column; a column of numbers has nothing to label."""
    column = codebook.rows[name]
    scale = codebook.scale_of(column)
    numbers = column.type in (ColumnType.INTEGER, ColumnType.DECIMAL) and column.cls is ColumnClass.MEASURE
    labels = (scale.values if scale else column.values) or ({} if numbers else None)
    return ColumnWords(column.text or name, labels, tuple(scale.no_answer) if scale else ())


def _content(
    scope: str, receiver: str, key: str, purpose: str, first: Sequence[str], offers: Sequence[_Offer]
) -> MicrodataContent:
    return MicrodataContent(
        scope, receiver, key, purpose.strip(), tuple(offer.given for offer in offers), tuple(dict.fromkeys(first))
    )


def _study(house: House, scope: str, first: tuple[str, ...]) -> tuple[list[_Offer], dict[str, str]]:
    """What the checked deliveries of a study can give under the rules in force; and of which no rows go, with why.

    Raises that reason where it holds for all of them.
    """
    area = scope.split("/")[0]
    offers: list[_Offer] = []
    left_out: dict[str, Refused] = {}
    for part in checked_files(house, area):
        if part.key.scope != scope:
            continue
        records = checked_records(house, part.key, part.version, part.staging_hash)
        if records is None:
            raise ReleaseRefused(f"{part.key}: het gecontroleerde bestand is niet meer hetzelfde; kijk met status")
        codebook = house.codebooks.get(records.codebook)
        policy, _ = approved(house, area, records.codebook, part.key.instrument)
        try:
            offers.append(_offer(part, records, codebook, policy, first))
        except (PolicyRefused, DisclosureRefused) as refusal:
            left_out[str(part.key)] = refusal
    if left_out and not offers:
        raise next(iter(left_out.values()))
    _check_first(first, offers)
    return offers, {key: str(refusal) for key, refusal in left_out.items()}


def _check_first(first: Sequence[str], offers: Sequence[_Offer]) -> None:
    known = dict.fromkeys(column for offer in offers for column in offer.rules.quasi)
    if offers and set(first) - known.keys():
        raise WrongUsage(f"dit kenmerk gaat niet mee en kan dus niet voorgaan; kies uit: {', '.join(known)}")


def _offer(part: Part, records: CheckedRecords, codebook: Codebook, policy: Policy, first: tuple[str, ...]) -> _Offer:
    if codebook.kind is not Kind.SURVEY or records.key.doelgroep in (*codebook.totals_only, "professional"):
        raise PolicyRefused(
            f"van {codebook.title} ({records.key.doelgroep}) gaan nooit rijen mee; gebruik de uitkomsten"
        )
    rows = records.tables["rows"]
    present = tuple(name for name in codebook.columns_of(*_GIVEN) if name in rows.column_names)
    quasi = tuple(name for name in present if codebook.rows[name].cls is not ColumnClass.MEASURE)
    rules = MicrodataRules(
        quasi=quasi,
        sensitive=tuple(name for name in present if codebook.rows[name].cls is ColumnClass.MEASURE),
        first=tuple(name for name in first if name in quasi),
        k=max(policy.min_group, 5),
    )
    trees = tuple(
        Hierarchy(name, {code: parent for code, parent in parents.items() if code != TOTAL})
        for name, parents in policy.hierarchies.items()
    )
    called = {name: f'"{words}"' for name in present if (words := codebook.rows[name].words)}
    safe = enforce(rows.select(list(present)), rules, trees, called)
    return _Offer(part, codebook, present, rules, trees, safe)
