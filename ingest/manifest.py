"""`delivery.yaml` read and held against the codebook, the known gemeenten and the calendar."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePosixPath

from domain.delivery import AreaFigures, DoelgroepFigures, Manifest, read_manifest
from domain.errors import InputRejected
from domain.instruments import Codebook
from domain.vocabulary import Art9Ground, Kind, RoleMovisie
from ingest.bsn import check_names
from ingest.groups import check_groups
from ingest.words import shown_file
from storage.yaml import read_yaml

NAME = "delivery.yaml"
_UNREADABLE = re.compile("[\ud800-\udfff]")  # how Python shows bytes that are no UTF-8
_LEFT_BY_SYSTEMS = re.compile(r"\.DS_Store|Thumbs\.db|desktop\.ini|\._.*|~\$.*|\.~lock\..*#")


def load_manifest(folder: Path) -> Manifest:
    """The manifest of a delivered folder; raises InputRejected when it is not there or not right."""
    return read_manifest(read_yaml(folder / NAME))


def check_manifest(manifest: Manifest, codebook: Codebook, gemeenten: Collection[str], today: date) -> None:
    """Raises InputRejected with the first field that does not fit, and what to write there."""
    _check_areas(manifest, gemeenten)
    _check_instrument(manifest, codebook)
    _check_grounds(manifest, codebook)
    _check_role(manifest, today)
    _check_dates(manifest, codebook, today)
    _check_figures(manifest)
    _check_files(manifest, codebook)
    check_groups(manifest, codebook)


def files_of(folder: Path, manifest: Manifest) -> list[Path]:
    """Where the files that the manifest names lie, in its order.

    Capitals may differ, and how an accent is written: systems hand names on differently. Raises InputRejected unless
    the folder holds exactly these files: one that nobody names would be erased unread when the delivery is accepted.
    """
    present = {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if (path.is_file() or path.is_symlink()) and not _LEFT_BY_SYSTEMS.fullmatch(path.name) and path != folder / NAME
    }
    if strange := sum(map(bool, map(_UNREADABLE.search, present))):
        raise _refused(
            f"van {strange} {'bestand' if strange == 1 else 'bestanden'} kunnen wij de naam niet lezen (een andere "
            f"tekenset); geef een naam met gewone letters"
        )
    check_names(present, "een van de bestanden", "bestandsnaam")
    found = [_present(file.path, number, present) for number, file in enumerate(manifest.files, start=1)]
    if extra := len(set(present.values()) - set(found)):
        raise _refused(
            "er zit 1 bestand in de map dat niet bij 'files' staat; noem het of haal het weg"
            if extra == 1
            else f"er zitten {extra} bestanden in de map die niet bij 'files' staan; noem ze of haal ze weg"
        )
    return found


def _present(name: str, number: int, present: Mapping[str, Path]) -> Path:
    exact = present.get(PurePosixPath(name).as_posix())
    alike = [path for other, path in present.items() if _alike(other) == _alike(PurePosixPath(name).as_posix())]
    if exact is None and len(alike) != 1:
        raise _refused(f"{shown_file(name, number)} zit niet in de aanlevering; voeg het bestand toe")
    found = exact or alike[0]
    if found.is_symlink():
        raise _refused(f"{shown_file(name, number)} is een verwijzing; lever het bestand zelf aan")
    return found


def _alike(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _refused(what: str, in_the_form: str = "") -> InputRejected:
    """in_the_form: the same for who never saw delivery.yaml, where the sentence names a field that the form fills."""
    return InputRejected(f"{NAME}: {what}", on_screen=in_the_form or what)


def _check_areas(manifest: Manifest, gemeenten: Collection[str]) -> None:
    known = frozenset(gemeenten)
    if unknown := [code for code in manifest.gemeenten if code not in known]:
        raise _refused(f"{len(unknown)} van de GM-codes bij 'gemeenten' kennen wij niet; controleer de GM-code")
    if len(set(manifest.gemeenten)) < len(manifest.gemeenten):
        raise _refused("een GM-code staat twee keer bij 'gemeenten'; noem elke gemeente een keer")


def _check_instrument(manifest: Manifest, codebook: Codebook) -> None:
    if manifest.instrument != codebook.instrument:
        raise _refused(
            f"het codeboek hoort bij instrument '{codebook.instrument}'; verbeter 'instrument' of 'codebook'"
        )
    if wrong := set(manifest.doelgroepen) - set(codebook.doelgroepen):
        raise _refused(
            f"{len(wrong)} van de doelgroepen past niet bij {codebook.reference}; "
            f"kies uit {', '.join(codebook.doelgroepen)}"
        )


def _check_grounds(manifest: Manifest, codebook: Codebook) -> None:
    if codebook.legal_bases and manifest.legal_basis not in codebook.legal_bases:
        raise _refused(
            f"deze 'legal_basis' past niet bij {codebook.reference}; kies uit {', '.join(codebook.legal_bases)}",
            f"de grond waarop het is gevraagd past niet bij {codebook.title}; kies een andere grond",
        )
    if codebook.art9 and manifest.art9_ground is None:
        raise _refused(
            "het veld 'art9_ground' ontbreekt; dit gaat over gezondheid: noem de grond (art. 9 AVG) en de reden",
            "dit gaat over gezondheid; kies de grond daarvoor en zeg waarom die hier geldt",
        )
    ground = manifest.art9_ground
    if codebook.interviews and (ground is None or ground.ground is not Art9Ground.EXPLICIT_CONSENT):
        ask = "vraag die toestemming of lever deze gegevens niet aan"
        raise _refused(
            f"bij {codebook.reference} kan 'art9_ground' alleen uitdrukkelijke_toestemming zijn; {ask}",
            f"bij {codebook.title} is alleen uitdrukkelijke toestemming een grond; {ask}",
        )


def _check_role(manifest: Manifest, today: date) -> None:
    if manifest.role_movisie is RoleMovisie.RECEIVER_OF_TABLES:
        return
    if manifest.agreement is None:
        raise _refused("bij deze 'role_movisie' horen de datum van de overeenkomst en van de DPIA; vul 'agreement' in")
    if max(manifest.agreement.agreement, manifest.agreement.dpia) > today:
        raise _refused("een datum bij 'agreement' ligt in de toekomst; lever aan als overeenkomst en DPIA er zijn")


def _check_dates(manifest: Manifest, codebook: Codebook, today: date) -> None:
    meting = manifest.meting
    if meting.start > meting.end:
        early = "de meting eindigt voor zij begint; verbeter"
        raise _refused(f"{early} 'meting'", f"{early} de eerste of de laatste dag")
    if meting.end > today:
        raise _refused("de meting eindigt in de toekomst; lever aan als de meting is afgerond")
    if manifest.notice_date is not None and manifest.notice_date > today:
        raise _refused(
            "'notice_date' ligt in de toekomst; noem de datum van de informatiebrief",
            "de datum van de informatiebrief ligt in de toekomst; verbeter die datum",
        )
    if manifest.link_scope == "panel":
        if codebook.kind is not Kind.PANEL:
            raise _refused("'link_scope: panel' kan alleen bij een klantenpanel; haal het veld weg")
        if manifest.panel_until is not None and manifest.panel_until < today:
            raise _refused("'panel_until' is voorbij; maak een nieuwe afspraak met het panel")


def _check_figures(manifest: Manifest) -> None:
    for name, figures in manifest.doelgroepen.items():
        for one in (figures, *figures.per_gemeente.values()):
            _check_numbers(name, one)
        if not set(figures.per_gemeente) <= set(manifest.areas()):
            raise _refused(
                f"doelgroep {name}: bij 'per_gemeente' staat een gemeente die niet bij 'gemeenten' staat; verbeter dat"
            )
        _check_sum(name, figures, manifest.areas())


def _check_numbers(name: str, figures: AreaFigures) -> None:
    invited, population = figures.invited, figures.population
    if (invited is not None and invited < 0) or (population is not None and population < 0):
        below = f"doelgroep {name}: een aantal kan niet onder nul zijn; verbeter"
        raise _refused(f"{below} 'invited' of 'population'", f"{below} de aantallen")
    if invited is not None and population is not None and invited > population:
        raise _refused(f"doelgroep {name}: er zijn meer mensen gevraagd dan er zijn; verbeter de aantallen")


def _check_sum(name: str, figures: DoelgroepFigures, areas: Sequence[str]) -> None:
    """Figures of each gemeente and of all together say the same, where both are given."""
    own = [figures.per_gemeente.get(area, AreaFigures()) for area in areas] if figures.per_gemeente else []
    pairs = ((figures.invited, [one.invited for one in own]), (figures.population, [one.population for one in own]))
    for whole, parts in pairs:
        known = [part for part in parts if part is not None]
        if parts and whole is not None and (sum(known) > whole or (len(known) == len(parts) and sum(known) < whole)):
            apart = f"doelgroep {name}: de aantallen per gemeente zijn samen niet het hele aantal; verbeter"
            raise _refused(f"{apart} 'per_gemeente'", f"{apart} de aantallen")


def _check_files(manifest: Manifest, codebook: Codebook) -> None:
    for number, file in enumerate(manifest.files, start=1):
        path = PurePosixPath(file.path)
        if path.is_absolute() or ".." in path.parts or "\\" in file.path or path.as_posix() in (".", NAME):
            raise _refused(f"het pad van bestand {number} wijst buiten de map; noem alleen de naam van het bestand")
        if file.table not in codebook.tables:
            raise _refused(f"bestand {number}: kies bij 'table' uit {', '.join(codebook.tables)}")
    twice = [key for key, times in Counter((file.path, file.sheet) for file in manifest.files).items() if times > 1]
    if twice:
        raise _refused("een bestand (of blad) staat twee keer bij 'files'; noem het een keer")
    if all(file.table != "rows" for file in manifest.files):
        raise _refused("er is geen bestand voor de tabel 'rows'; voeg het bestand met de antwoorden toe")
