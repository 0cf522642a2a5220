"""The list of gemeenten: codes, names, provinces, and what became of them."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path

from domain.delivery import AREA
from domain.errors import InputRejected

_COLUMNS = ("code", "name", "province")
_OF_CBS = {"GemeentecodeGM": "code", "Gemeentenaam": "name", "Provincienaam": "province"}
_EVERY = (*_COLUMNS, "members", "valid_from", "valid_to", "successor")


@dataclass(frozen=True)
class Gemeente:
    """One gemeente (GM…) or verband (SV…); `members` only for a verband."""

    code: str
    name: str
    province: str
    valid_from: str = ""
    valid_to: str = ""
    successor: str = ""
    members: tuple[str, ...] = ()


def read_gemeenten(path: Path | None) -> dict[str, Gemeente]:
    """Code -> Gemeente from a CSV with code, name, province, or those columns as CBS heads them (`,` or `;`, UTF-8).

    Without a path: the few real gemeenten that ship with the product as a sample.
    Raises InputRejected when the file is not such a list.
    """
    path = path or Path(str(files("storage") / "gemeenten_sample.csv"))
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, UnicodeDecodeError):
        raise InputRejected(f"{path.name}: de lijst met gemeenten is er niet of is geen UTF-8") from None
    first = text.split("\n", 1)[0]
    reader = csv.DictReader(text.splitlines(), delimiter=";" if ";" in first else ",")
    reader.fieldnames = [_OF_CBS.get(name.strip(), name.strip()) for name in reader.fieldnames or ()]
    if not set(_COLUMNS) <= set(reader.fieldnames):
        raise InputRejected(
            f"{path.name}: de kolommen code, name en province zijn nodig (of, zoals bij het CBS, "
            f"{', '.join(_OF_CBS)}); zet die koppen in de eerste regel"
        )
    found = [_gemeente(row) for row in reader]
    if wrong := sum(not AREA.fullmatch(gemeente.code) for gemeente in found):
        raise InputRejected(f"{path.name}: {wrong} keer geen GM- of SV-code met vier cijfers; verbeter die regels")
    if wrong := sum(not _is_day(day) for one in found for day in (one.valid_from, one.valid_to)):
        raise InputRejected(f"{path.name}: {wrong} dagen in valid_from of valid_to staan er niet als 2026-01-01")
    return {gemeente.code: gemeente for gemeente in found}


def written(gemeenten: Iterable[Gemeente]) -> bytes:
    """The list as a CSV that `read_gemeenten` reads, by code."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_EVERY)
    for one in sorted(gemeenten, key=lambda one: one.code):
        writer.writerow([" ".join(one.members) if name == "members" else getattr(one, name) for name in _EVERY])
    return text.getvalue().encode()


def _gemeente(row: dict[str, str | None]) -> Gemeente:
    values = {name: (row.get(name) or "").strip() for name in _EVERY if name != "members"}
    return Gemeente(**values, members=tuple((row.get("members") or "").split()))


def _is_day(text: str) -> bool:
    """Nothing, or a day as ISO writes it."""
    try:
        return not text or str(date.fromisoformat(text)) == text
    except ValueError:
        return False
