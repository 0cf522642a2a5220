"""An upload: files checked by their content, with a manifest, moved into the inbox when complete."""

import re
import unicodedata
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from uuid import uuid4

from starlette.datastructures import UploadFile

from domain.delivery import METING, Manifest, read_manifest
from domain.errors import InputRejected
from ingest.manifest import check_manifest
from ingest.own_words import STRANGE_ROUND, is_plain_round
from ingest.readers import advice_on
from ingest.readers.decoding import is_utf16
from ingest.readers.zipped import check_open
from portal.house import House
from portal.speech import _
from register import work
from register.actors import Actor
from storage.yaml import write_yaml

MANIFEST = "delivery.yaml"
ZIPPED, SPSS = (b"PK\x03\x04",), (b"$FL2", b"$FL3")
KINDS: Mapping[str, tuple[bytes, ...]] = {
    ".csv": (), ".tsv": (), ".txt": (), ".vtt": (), ".srt": (),
    ".jsonl": (), ".yaml": (), ".xlsx": ZIPPED, ".ods": ZIPPED, ".docx": ZIPPED,
    ".sav": SPSS, ".zsav": SPSS,
}  # fmt: skip
LARGEST = 40 * 1024 * 1024
_YEAR = re.compile(r"(?<!\d)20[0-4]\d(?!\d)")
_DAYS = {
    "begin": _("de eerste dag van het onderzoek"),
    "einde": _("de laatste dag van het onderzoek"),
    "brief_datum": _("de datum van de brief"),
}
_SOURCE = _("lever het bestand met de antwoorden aan, als csv, xlsx, ods, sav, jsonl, docx of txt")
_NAMED = _(
    "het is een werkmap, een Word-document of een zip-bestand: geef het de naam die erbij hoort "
    "(.xlsx, .ods of .docx), of pak het uit"
)
_OTHERS = (
    (0, b"SQLite format 3\0", _("dit is een database (SQLite)")),
    (8, b"DUCK", _("dit is een database (DuckDB)")),
    (4, b"Standard Jet DB", _("dit is een database (Access)")),
    (4, b"Standard ACE DB", _("dit is een database (Access)")),
    (0, b"PAR1", _("dit is een Parquet-bestand")),
    (0, b"%PDF", _("dit is een pdf, wat de naam ook zegt")),
    (0, b"\x89PNG", _("dit is een plaatje")),
    (0, b"\xff\xd8\xff", _("dit is een plaatje")),
    (0, b"GIF8", _("dit is een plaatje")),
    (0, b"MZ", _("dit is een programma")),
    (0, b"\x7fELF", _("dit is een programma")),
    (0, b"\x1f\x8b", _("dit is een ingepakt bestand (gzip)")),
    (0, b"7z\xbc\xaf", _("dit is een ingepakt bestand (7z)")),
    (0, b"Rar!", _("dit is een ingepakt bestand (rar)")),
)
"""Where, which bytes, and what such a file is: nobody has to guess what is wrong with a name."""
_PROGRAMS = ("vbaproject.bin", ".exe", ".dll", ".js")
_NAME = re.compile(r"\w[\w ,.&+'()-]{0,119}")


TOO_LARGE = _("haal kolommen weg die niet nodig zijn, of laat de beheerder van de verwerking het aanleveren")
"""Never in parts: a second delivery of the same meting takes the place of the first."""
ANSWERS = (
    "gemeente", "codeboek", "meting", "begin", "einde", "doelgroep", "gevraagd", "bevolking", "steekproef",
    "grondslag", "gezondheid", "gezondheid_reden", "brief", "brief_datum", "ontvangers", "zichtbaar",
)  # fmt: skip
"""Fields of the form, in the order of the page."""


def finish(house: House, folder: Path, content: dict[str, object], allowed: frozenset[str], *, by: Actor) -> int:
    """A draft whose manifest is known goes to the inbox and the queue; returns the number of the task.

    Raises InputRejected for what the intake would refuse by the manifest alone: better now than after waiting.
    """
    manifest = read_manifest(content)
    codes = [code for code in house.gemeenten if code.startswith("GM")]
    check_manifest(manifest, house.codebooks.get(manifest.codebook), codes, house.register.clock().date())
    write_yaml(folder / MANIFEST, content)
    return _moved_in(house, folder, manifest, allowed, by)


def checked_name(one: UploadFile) -> str:
    """The file's own name, when it is one we dare to write."""
    name = unicodedata.normalize("NFC", one.filename or "")
    suffix = Path(name).suffix.lower()
    if suffix and suffix not in KINDS:
        raise InputRejected(_("{what}", what=advice_on(suffix)))
    if not _NAME.fullmatch(name) or suffix not in KINDS:
        raise InputRejected(
            _(
                "een bestandsnaam mag letters, cijfers, spaties, punten en streepjes hebben en eindigt op {kinds}",
                kinds=", ".join(sorted(KINDS)),
            )
        )
    return name


def save(one: UploadFile, path: Path, where: str) -> None:
    """Write a file whose first bytes fit its name, and that is not too large; raises InputRejected, naming `where`."""
    head = one.file.read(4096)
    if not head:
        raise _wrong(where, _("het bestand is leeg; lever het bestand met de antwoorden aan"))
    expected = KINDS[path.suffix.lower()]
    if what := _other_content(head):
        raise _wrong(where, _("{what}; {now}", what=what, now=_SOURCE))
    fits = head.startswith(expected) if expected else looks_like_text(head)
    if not fits:
        check_open(head + one.file.read(LARGEST), where)
        if head.startswith(ZIPPED):
            raise _wrong(where, _("de inhoud klopt niet met zijn naam; {now}", now=_NAMED))
        kind = path.suffix.lower()
        told = _("de inhoud van een {kind}-bestand klopt niet met zijn naam; bewaar het opnieuw", kind=kind)
        raise _wrong(where, told)
    with path.open("wb") as target:
        target.write(head)
        while part := one.file.read(1 << 20):
            target.write(part)
            if target.tell() > LARGEST:
                raise _wrong(where, _("een bestand is groter dan 40 MB; {now}", now=TOO_LARGE))
    if expected == ZIPPED and (problem := wrong_inside(path)):
        raise _wrong(where, problem)


def _wrong(where: str, what: str) -> InputRejected:
    return InputRejected(_("{where}: {what}", where=where, what=what))


def _other_content(head: bytes) -> str:
    """What a file is by its first bytes, whatever its name says, when it is none of ours; '' when that is not known."""
    return next((words for at, mark, words in _OTHERS if head.startswith(mark, at)), "")


def wrong_inside(path: Path) -> str:
    """Why a workbook or document cannot be taken, whatever its name says: broken, or with programs in it; else ''."""
    try:
        with zipfile.ZipFile(path) as archive:
            programs = [one for one in archive.namelist() if one.casefold().endswith(_PROGRAMS)]
    except zipfile.BadZipFile:
        return _("het bestand is afgebroken of beschadigd; bewaar het opnieuw")
    return _("er zitten macro's (programma's) in dit bestand; bewaar het zonder macro's") if programs else ""


def looks_like_text(head: bytes) -> bool:
    """Text in UTF-8, UTF-16, or a Windows code page."""
    if is_utf16(head):
        return True
    return bool(head) and b"\0" not in head and not head.startswith(b"PK")


def asked(
    house: House, answers: Mapping[str, str], groups: Mapping[str, object], files: Sequence[Mapping[str, object]]
) -> dict[str, object]:
    """The answers of the form as a manifest; `files` and `groups` (whose rows they are) as in it."""
    if answers["codeboek"] not in house.codebooks.references():
        raise InputRejected(_("kies het onderzoek uit de lijst"))
    if not answers["grondslag"]:
        raise InputRejected(_("kies op welke grond het is gevraagd"))
    _check_written(answers)
    content: dict[str, object] = {
        "instrument": house.codebooks.get(answers["codeboek"]).instrument,
        "meting": {"name": answers["meting"], "start": answers["begin"], "end": answers["einde"]},
        "codebook": answers["codeboek"],
        "legal_basis": answers["grondslag"],
        "role_movisie": "ontvanger_van_tabellen",
        "notice": answers["brief"],
        "recipients": [one.strip() for one in answers["ontvangers"].split(",") if one.strip()],
        "zichtbaar_voor": answers["zichtbaar"] or "eigen",
        **groups,
        "files": list(files),
    }  # fmt: skip
    if answers["gezondheid"]:
        content["art9_ground"] = {"ground": answers["gezondheid"], "reason": answers["gezondheid_reden"]}
    if answers["brief_datum"]:
        content["notice_date"] = answers["brief_datum"]
    return content


def one_of(area: str, allowed: frozenset[str]) -> str:
    """The gemeente or verband, when somebody may deliver for it."""
    if area not in allowed:
        raise InputRejected(_("kies een gemeente waarvoor u mag aanleveren"))
    return area


def _check_written(answers: Mapping[str, str]) -> None:
    """Raises InputRejected in the words of the form; who reads it never saw the fields of delivery.yaml."""
    if not METING.fullmatch(answers["meting"]):
        raise InputRejected(_("de naam van de meting heeft hoogstens 20 letters, cijfers en streepjes, zonder spaties"))
    if not is_plain_round(answers["meting"]):
        raise InputRejected(_(STRANGE_ROUND))
    for name, words in _DAYS.items():
        if (name != "brief_datum" or answers[name]) and not _is_day(answers[name]):
            raise InputRejected(_("schrijf {day} als jaar-maand-dag, bijvoorbeeld 2026-01-31", day=words))
    if answers["gezondheid"] and len(answers["gezondheid_reden"]) < 3:
        raise InputRejected(_("schrijf waarom de grond voor gegevens over gezondheid hier geldt"))


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text)) and len(text) == 10
    except ValueError:
        return False


def number_of(text: str) -> int | str:
    """A number as somebody types it, with or without dots; 'onbekend' when nothing is typed.

    Raises InputRejected for anything else: 'ruim 900' would quietly be not known.
    """
    digits = re.sub(r"(?<=\d)[. ](?=\d{3}\b)", "", text)
    if digits and not (digits.isdecimal() and len(digits) < 10):
        raise InputRejected(_("schrijf bij de aantallen alleen een getal, of laat het veld leeg"))
    return int(digits) if digits else "onbekend"


def year_apart(files: Iterable[str], meting: str, days: Iterable[str]) -> str:
    """A year in the name of a file that the meting does not have; '' when there is none."""
    known = set(_YEAR.findall(" ".join((meting, *days))))
    found = [set(_YEAR.findall(name)) for name in files]
    return next((min(years) for years in found if years and not years & known), "")


def _moved_in(house: House, building: Path, manifest: Manifest, allowed: frozenset[str], by: Actor) -> int:
    areas = manifest.areas()
    if not set(areas) <= allowed:
        raise InputRejected(
            _("in delivery.yaml staat een gemeente waarvoor u niet mag aanleveren; haal die gemeente weg")
        )
    name = f"zending-{uuid4().hex[:12]}"
    place = house.places.inbox_of(areas[0])
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    building.rename(place / f".{name}")
    (place / f".{name}").rename(place / name)
    return work.add(house.register, areas[0], name, by=by)
