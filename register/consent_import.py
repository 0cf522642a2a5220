"""Consents from a CSV of the gemeente: who said what when, by code or identifier that becomes a pseudonym at once."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime

from domain.consent import ConsentRecord, Said, SignedBy
from domain.errors import ConsentRefused, InputRejected
from domain.vocabulary import Purpose
from register.words import text_hash

REQUIRED = ("persoon", "doel", "wat", "moment")
OPTIONAL = ("getekend_door", "einddatum", "module", "versie", "tekst")
_FORMATS = ("%d-%m-%Y %H:%M", "%d-%m-%Y")


def read_consents(content: bytes, scope: str, pseudonym_of: Callable[[str], str]) -> list[ConsentRecord]:
    """Records from a CSV (`;` or `,`, UTF-8 or cp1252).

    Columns: persoon, doel, wat (toestemming, weigering, intrekking), moment (dd-mm-jjjj or ISO); optional
    getekend_door, einddatum, module, versie, tekst (of a quote: only its hash is kept). The identifier itself is
    never kept. Raises InputRejected naming row and column, never a value.
    """
    text = _decoded(content)
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if text.partition("\n")[0].count(";") else ",")
    heads = [head.strip().lower() for head in reader.fieldnames or []]
    if missing := [name for name in REQUIRED if name not in heads]:
        raise InputRejected(f"toestemmingen: kolom {missing[0]!r} ontbreekt; gebruik het voorbeeldbestand")
    if len(heads) > len(set(heads)) or set(heads) - {*REQUIRED, *OPTIONAL}:
        raise InputRejected("toestemmingen: er is een kolom die wij niet kennen of die dubbel is; haal die weg")
    reader.fieldnames = heads
    return [_record(row, number, scope, pseudonym_of) for number, row in enumerate(reader, start=2)]


def _record(row: dict[str, str], number: int, scope: str, pseudonym_of: Callable[[str], str]) -> ConsentRecord:
    given = {name: (row.get(name) or "").strip() for name in (*REQUIRED, *OPTIONAL)}
    column = next((name for name in REQUIRED if not given[name]), "")
    if None in row or column:
        raise InputRejected(f"toestemmingen, rij {number}: {column or 'het aantal velden'} klopt niet; vul de rij aan")
    try:
        column = "doel"
        purpose = Purpose(given["doel"])
        column = "wat"
        said = Said(given["wat"])
        column = "getekend_door"
        signed_by = SignedBy(given["getekend_door"] or SignedBy.SELF)
        column = "versie"
        version = int(given["versie"] or 1)
        column = "moment"
        moment = _moment(given["moment"])
        column = "einddatum"
        expires = _moment(given["einddatum"]) if given["einddatum"] else None
        evidence = text_hash(given["tekst"]) if given["tekst"] else None
        return ConsentRecord(
            scope, pseudonym_of(given["persoon"]), purpose, said, moment, signed_by, given["module"] or "algemeen",
            version, expires, evidence,
        )  # fmt: skip
    except (ValueError, ConsentRefused):
        pass
    raise InputRejected(f"toestemmingen, rij {number}: kolom {column!r} klopt niet; kijk in het voorbeeldbestand")


def _moment(text: str) -> datetime:
    for shape in _FORMATS:
        try:
            return datetime.strptime(text, shape).replace(tzinfo=UTC)
        except ValueError:
            continue
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
