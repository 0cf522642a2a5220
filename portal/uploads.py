"""An upload: files checked by their content, put in a hidden folder in the inbox, renamed when complete."""

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from starlette.datastructures import UploadFile

from domain.delivery import Manifest, read_manifest
from domain.errors import InputRejected
from portal.house import House
from portal.visit import Visit
from register import work
from register.actors import Actor
from storage.yaml import read_yaml, write_yaml

MANIFEST = "delivery.yaml"
ZIPPED, SPSS = (b"PK\x03\x04",), (b"$FL2", b"$FL3")
KINDS: Mapping[str, tuple[bytes, ...]] = {
    ".csv": (), ".txt": (), ".jsonl": (), ".yaml": (), ".xlsx": ZIPPED, ".ods": ZIPPED, ".docx": ZIPPED, ".sav": SPSS,
}  # fmt: skip
LARGEST = 40 * 1024 * 1024
_NAME = re.compile(r"^[A-Za-z0-9][A-Za-z0-9 ._()-]{0,79}$")


@dataclass(frozen=True)
class Upload:
    """What a steward sent: files and, when there is no delivery.yaml among them, the answers of the form."""

    files: tuple[UploadFile, ...] = field(repr=False)
    answers: Mapping[str, str]

    @classmethod
    def of(cls, visit: Visit) -> "Upload":
        """From the form."""
        names = (
            "gemeente", "codeboek", "meting", "begin", "einde", "doelgroep", "gevraagd", "steekproef", "grondslag",
            "gezondheid", "gezondheid_reden", "brief", "brief_datum", "ontvangers", "zichtbaar",
        )  # fmt: skip
        return cls(tuple(visit.files("bestanden")), {name: visit.text(name) for name in names})


def put_in_inbox(house: House, upload: Upload, allowed: frozenset[str], *, by: Actor) -> int:
    """Write everything, rename, queue; returns the number of the task. Raises InputRejected in plain Dutch."""
    if not upload.files:
        raise InputRejected("kies minstens één bestand")
    names = [checked_name(one) for one in upload.files]
    if len(set(names)) != len(names):
        raise InputRejected("twee bestanden hebben dezelfde naam; geef ze elk een eigen naam")
    building = house.places.inbox / f".{uuid4().hex[:12]}"
    building.mkdir(parents=True, mode=0o700)
    try:
        for one, name in zip(upload.files, names, strict=True):
            save(one, building / name)
        manifest = manifest_of(house, building, names, upload.answers)
        return _moved_in(house, building, manifest, allowed, by)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def checked_name(one: UploadFile) -> str:
    """The file's own name, when it is one we dare to write."""
    name = one.filename or ""
    if not _NAME.match(name) or Path(name).suffix.lower() not in KINDS:
        raise InputRejected(
            "een bestandsnaam mag letters, cijfers, spaties, punten en streepjes hebben en eindigt op "
            f"{', '.join(sorted(KINDS))}"
        )
    return name


def save(one: UploadFile, path: Path) -> None:
    """Write a file whose first bytes fit its name, and that is not too large."""
    head = one.file.read(4096)
    expected = KINDS[path.suffix.lower()]
    fits = head.startswith(expected) if expected else looks_like_text(head)
    if not fits:
        raise InputRejected(
            f"de inhoud van een {path.suffix.lower()}-bestand klopt niet met zijn naam; bewaar het opnieuw"
        )
    with path.open("wb") as target:
        target.write(head)
        while part := one.file.read(1 << 20):
            target.write(part)
            if target.tell() > LARGEST:
                raise InputRejected("een bestand is groter dan 40 MB; verdeel de aanlevering over meer bestanden")


def looks_like_text(head: bytes) -> bool:
    """Text in UTF-8, UTF-16 with its mark, or a Windows code page: no program, picture or archive."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return bool(head) and b"\0" not in head and not head.startswith((b"PK", b"%PDF", b"\x7fELF", b"MZ", b"\x89PNG"))


def manifest_of(house: House, building: Path, names: list[str], answers: Mapping[str, str]) -> Manifest:
    """The manifest that came along, or one made from the form."""
    if MANIFEST in names:
        return read_manifest(read_yaml(building / MANIFEST))
    content = asked(house, [name for name in names if name != MANIFEST], answers)
    manifest = read_manifest(content)
    write_yaml(building / MANIFEST, content)
    return manifest


def asked(house: House, names: list[str], answers: Mapping[str, str]) -> dict[str, object]:
    """The answers of the form as a manifest."""
    if answers["codeboek"] not in house.codebooks.references():
        raise InputRejected("kies het onderzoek uit de lijst")
    invited = answers["gevraagd"]
    content: dict[str, object] = {
        "gemeenten": [answers["gemeente"]],
        "instrument": house.codebooks.get(answers["codeboek"]).instrument,
        "meting": {"name": answers["meting"], "start": answers["begin"], "end": answers["einde"]},
        "codebook": answers["codeboek"],
        "doelgroepen": {
            answers["doelgroep"]: {
                "invited": int(invited) if invited.isdigit() else "onbekend", "population": "onbekend",
                "steekproef": answers["steekproef"],
            }
        },
        "legal_basis": answers["grondslag"],
        "role_movisie": "ontvanger_van_tabellen",
        "notice": answers["brief"],
        "recipients": [one.strip() for one in answers["ontvangers"].split(",") if one.strip()],
        "zichtbaar_voor": answers["zichtbaar"] or "eigen",
        "files": [{"path": name} for name in names],
    }  # fmt: skip
    if answers["gezondheid"]:
        content["art9_ground"] = {"ground": answers["gezondheid"], "reason": answers["gezondheid_reden"]}
    if answers["brief_datum"]:
        content["notice_date"] = answers["brief_datum"]
    return content


def _moved_in(house: House, building: Path, manifest: Manifest, allowed: frozenset[str], by: Actor) -> int:
    areas = manifest.areas()
    if not set(areas) <= allowed:
        raise InputRejected("in delivery.yaml staat een gemeente waarvoor u niet mag aanleveren; haal haar weg")
    name = f"zending-{uuid4().hex[:12]}"
    place = house.places.inbox_of(areas[0])
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    building.rename(place / f".{name}")
    (place / f".{name}").rename(place / name)
    return work.add(house.register, areas[0], name, by=by)
