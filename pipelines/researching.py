"""Rows of one gemeente for its own researcher: coarse columns only, in groups that are large and varied enough."""

from pathlib import Path

from anonymisation.disclosure.microdata import MicrodataRules, SafeMicrodata, enforce, seal, write_sealed
from domain.errors import PolicyRefused, ReleaseRefused
from domain.instruments import Codebook
from domain.policy import Policy
from domain.records import CheckedRecords
from domain.release import TOTAL, Hierarchy
from domain.vocabulary import ColumnClass, Kind
from pipelines.checking import checked_files, checked_records
from pipelines.cleaning import approved
from pipelines.house import House
from register.actors import Actor
from register.permissions import Act, check

_GIVEN = (ColumnClass.QUASI, ColumnClass.SENSITIVE, ColumnClass.MEASURE)


def microdata(house: House, scope: str, folder: Path, passphrase: str, *, by: Actor) -> list[tuple[str, SafeMicrodata]]:
    """Write sealed microdata of a study to `folder`, one set per delivery; returns (delivery, what was made).

    scope: AREA/INSTRUMENT/METING; only for an analyst of exactly this gemeente. Pseudonyms, codes, texts and weights
    never go along. Raises DisclosureRefused when no group is large enough; the ledger holds a line before a file is
    written.
    """
    area = scope.split("/")[0]
    check(by, Act.SEE_MICRODATA, area)
    seal(b"", passphrase)  # refuses a short one before anything is noted
    made = []
    for part in checked_files(house, area):
        if part.key.scope != scope:
            continue
        records = checked_records(house, part.key, part.version, part.staging_hash)
        if records is None:
            raise ReleaseRefused(f"{part.key}: het gecontroleerde bestand is niet meer hetzelfde; kijk met status")
        codebook = house.codebooks.get(records.codebook)
        policy, mark = approved(house, area, records.codebook, part.key.instrument)
        safe, rules = _safe(records, codebook, policy)
        _note(house, str(part.key), mark, safe, by)
        write_sealed(folder, str(part.key), safe, rules, passphrase, **_labels(codebook, safe))
        made.append((str(part.key), safe))
    if not made:
        raise ReleaseRefused("van dit onderzoek is er niets dat de controle heeft doorstaan; kijk met status")
    return made


def _safe(records: CheckedRecords, codebook: Codebook, policy: Policy) -> tuple[SafeMicrodata, MicrodataRules]:
    if codebook.kind is not Kind.SURVEY or records.key.doelgroep in (*codebook.totals_only, "professional"):
        raise PolicyRefused(
            f"van {codebook.title} ({records.key.doelgroep}) gaan nooit rijen mee; gebruik de uitkomsten"
        )
    rows = records.tables["rows"]
    present = [name for name in codebook.columns_of(*_GIVEN) if name in rows.column_names]
    rules = MicrodataRules(
        quasi=tuple(name for name in present if codebook.rows[name].cls is not ColumnClass.MEASURE),
        sensitive=tuple(name for name in present if codebook.rows[name].cls is ColumnClass.MEASURE),
        k=max(policy.min_group, 5),
    )
    trees = [
        Hierarchy(name, {code: parent for code, parent in parents.items() if code != TOTAL})
        for name, parents in policy.hierarchies.items()
    ]
    return enforce(rows.select(present), rules, trees), rules


def _note(house: House, key: str, mark: str, safe: SafeMicrodata, by: Actor) -> None:
    with house.register.act() as writing:
        what = {"delivery": key, "policy": mark, "dropped": safe.dropped, "smallest": safe.after.smallest}
        writing.log(by, Act.SEE_MICRODATA, what)


def _labels(codebook: Codebook, safe: SafeMicrodata) -> dict[str, dict[str, str]]:
    return {"labels": {name: codebook.rows[name].text for name in safe.table.column_names}}
