"""Bestanden aanleveren: choose files, see what we recognise, say what we cannot know, and follow how far it is."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from domain.errors import InputRejected, NotAllowed
from domain.instruments import Codebook
from domain.vocabulary import Art9Ground, LegalBasis, Steekproef
from portal import drafts, uploads
from portal.attachments import attachment
from portal.coding import answered
from portal.grouping import Delivered, areas_for, check_said, delivered, manifest_fields
from portal.progress import progress_of
from portal.speech import _, _n
from portal.visit import SignedIn, Visit
from portal.visit_errors import Missing
from portal.wizard import LEFT_OUT, Looked, SheetSeen, columns_of, look
from portal.words import doelgroep
from register import deliveries, verdicts, work
from register.permissions import Act, seen_areas
from storage.codebooks import Codebooks
from storage.yaml import read_yaml

router = APIRouter(prefix="/aanleveringen")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LEGAL = {
    LegalBasis.WMO: _("wettelijk onderzoek, Wmo 2015 artikel 2.5.1"),
    LegalBasis.JEUGDWET: _("wettelijk onderzoek, Jeugdwet artikel 2.10"),
    LegalBasis.PUBLIC_TASK: _("taak van algemeen belang (AVG 6, lid 1, onder e)"),
    LegalBasis.CONSENT: _("toestemming (AVG 6, lid 1, onder a)"),
}
HEALTH = {
    Art9Ground.WMO_5_1_1: _("Wmo 2015 artikel 5.1.1"),
    Art9Ground.JEUGDWET_7_4_0: _("Jeugdwet artikel 7.4.0"),
    Art9Ground.STATISTICS: _("onderzoek of statistiek (UAVG artikel 24)"),
    Art9Ground.EXPLICIT_CONSENT: _("uitdrukkelijke toestemming"),
}
ASKED = {
    Steekproef.ALLEN: _("iedereen is gevraagd"), Steekproef.ASELECT: _("een deel, door loting gekozen"),
    Steekproef.OPEN_LINK: _("wie wilde (open link)"), Steekproef.GERICHT: _("gericht gekozen mensen"),
}  # fmt: skip


@router.get("/nieuw")
def ask(visit: SignedIn) -> Response:
    """Step 1: for which gemeente, and which files."""
    allowed = own(visit)
    return visit.page(
        "upload_files.html",
        areas=[(code, visit.house.name_of(code)) for code in sorted(allowed)],
        books=books(visit.house.codebooks),
    )


@router.post("/nieuw")
def add(visit: SignedIn) -> Response:
    """Keep the files for the next step; a delivery that brings its own delivery.yaml is complete at once."""
    allowed = own(visit)
    area = uploads.one_of(visit.text("gemeente"), allowed)
    draft = drafts.put_down(visit.house, visit.files("bestanden"), by=visit.by)
    folder = drafts.opened(visit.house, draft, by=visit.by)
    if folder is None:
        raise Missing
    if not (folder / uploads.MANIFEST).exists():
        return visit.go(f"/aanleveringen/nieuw/{draft}?gemeente={area}")
    try:
        task = uploads.finish(visit.house, folder, read_yaml(folder / uploads.MANIFEST), allowed, by=visit.by)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return visit.go(f"/aanleveringen/zending/{task}", "aangeleverd")


@router.get("/nieuw/{draft}")
def recognised(draft: str, visit: SignedIn) -> Response:
    """Step 2: what we recognise, and what only the steward can know."""
    asked = visit.request.query_params
    return described(visit, draft, asked.get("gemeente", ""), asked.get("codeboek", ""))


@router.post("/nieuw/{draft}")
def describe(draft: str, visit: SignedIn) -> Response:
    """Look again with other answers, or deliver."""
    allowed = own(visit)
    answers = {name: visit.text(name) for name in uploads.ANSWERS}
    if visit.text("knop") != "aanleveren":
        return described(visit, draft, answers["gemeente"], answers["codeboek"], answers=answers)
    folder = mine(visit, draft)
    try:
        area = uploads.one_of(answers["gemeente"], allowed)
        looked, told = seen(visit, folder, area, answers["codeboek"], allowed)
        if apart := _other_year(visit, folder, answers):
            raise InputRejected(
                _(
                    "in de naam van een bestand staat {year}, maar u levert een andere meting aan; kijk dat na",
                    year=apart,
                )
            )
        files = files_of(looked, mapped(visit), visit.text)
        check_said(looked.groups, told, visit.text)
        groups = manifest_fields(told, visit.house, answers["doelgroep"], visit.text, visit.form, uploads.number_of)
        content = uploads.asked(visit.house, answers, groups, files)
        task = uploads.finish(visit.house, folder, content, allowed, by=visit.by)
    except InputRejected as refusal:
        problem = refusal.on_screen
        return described(visit, draft, answers["gemeente"], answers["codeboek"], answers=answers, problem=problem)
    return visit.go(f"/aanleveringen/zending/{task}", "aangeleverd")


@router.get("/sjabloon/{reference}")
def empty_workbook(reference: str, visit: SignedIn) -> Response:
    """An XLSX to fill in, with lists to choose from."""
    own(visit)
    if reference not in visit.house.codebooks.references():
        raise Missing
    from ingest.template import template  # its library takes as long as a page

    content = template(visit.house.codebooks.get(reference))
    return attachment(content, XLSX, f"sjabloon-{reference.replace('@', '-')}.xlsx")


@router.get("/zending/{number:int}")
def follow(number: int, visit: SignedIn) -> Response:
    """How far one upload is."""
    visit.areas(Act.SEE_DELIVERIES)
    found = next((one for one in work.tasks(visit.house.register, by=visit.by) if one.id == number), None)
    if found is None:
        raise Missing
    rows = deliveries.list_all(visit.house.register, by=visit.by)
    areas = seen_areas(visit.by, Act.WORK_ADD)
    return visit.page(
        "upload_progress.html",
        one=progress_of(found, rows, verdicts.latest_many(visit.house.register)),
        may_add=areas is None or found.area in areas,
    )


def described(
    visit: Visit, draft: str, area: str, codebook: str, *, answers: Mapping[str, str] | None = None, problem: str = ""
) -> Response:
    """The page of step 2, with answers that were given before."""
    allowed = own(visit)
    folder = mine(visit, draft)
    area = area if area in allowed else sorted(allowed)[0]
    looked, told = seen(visit, folder, area, codebook, allowed)
    return visit.page(
        "upload_columns.html",
        409 if problem else 200,
        draft=draft,
        area=area,
        looked=looked,
        told=told,
        figures=told.figures(visit.house),
        books=books(visit.house.codebooks),
        options={table: columns_of(looked.codebook, table) for table in looked.codebook.tables},
        given=dict(answers or {}),
        other_year=_other_year(visit, folder, answers, said=False) if answers else "",
        text=visit.text,
        said=mapped(visit),
        problem=problem,
        **choices(looked),
    )


def seen(visit: Visit, folder: Path, area: str, codebook: str, allowed: frozenset[str]) -> tuple[Looked, Delivered]:
    """What is in the files, and whose answers they are as far as it was said."""
    areas = areas_for(visit.house, area, allowed)
    looked = look(visit.house, folder, area, codebook, mapped(visit), areas)
    return looked, delivered(looked.groups, area, areas, visit.text)


def _other_year(visit: Visit, folder: Path, answers: Mapping[str, str], *, said: bool = True) -> str:
    """A year in the name of a file that the meting does not have, unless the steward said that it is right."""
    names = (path.name for path in folder.iterdir())
    found = uploads.year_apart(names, answers["meting"], (answers["begin"], answers["einde"]))
    return "" if said and found == visit.text("jaar") else found


def choices(looked: Looked) -> dict[str, Any]:
    """Lists of the form, narrowed to what fits the codebook."""
    book = looked.codebook
    legal = book.legal_bases or list(LEGAL)
    health = [Art9Ground.EXPLICIT_CONSENT] if book.interviews else list(HEALTH)
    none = _("kies een grond") if book.art9 or book.interviews else _("er zijn geen gegevens over gezondheid")
    return {
        "who": _chosen([(name, doelgroep(name)) for name in book.doelgroepen]),
        "legal": _chosen([(one.value, LEGAL[one]) for one in LEGAL if one in legal]),
        "health": [("", none), *((one.value, HEALTH[one]) for one in health)],
        "needs_health": book.art9 or book.interviews,
        "asked": _chosen([(one.value, text) for one, text in ASKED.items()]),
    }


def _chosen(options: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """A list in which nothing is chosen yet, when there is something to choose."""
    return options if len(options) == 1 else [("", _("maak een keuze")), *options]


def mapped(visit: Visit) -> dict[str, str]:
    """Header -> column, as the steward chose: a pair of fields per column, or one button for all that are left."""
    left = LEFT_OUT if visit.text("knop") == "weglaten" else ""
    found = {}
    for name, header in visit.form.items():
        if name.startswith("kop_") and isinstance(header, str) and (column := visit.text(f"kolom_{name[4:]}") or left):
            found[header] = column
    return found


def files_of(looked: Looked, own_columns: Mapping[str, str], said: Callable[[str], str]) -> list[dict[str, object]]:
    """The files of a manifest. Raises InputRejected for what cannot be delivered like this.

    said: a field of the form.
    """
    for sheet in looked.sheets:
        if sheet.problem:
            raise InputRejected(sheet.problem)
        if count := sum(own_columns.get(header) != LEFT_OUT for header in sheet.unknown):
            raise InputRejected(
                _n(
                    "wij kennen {n} kolom niet; kies wat het is, of laat hem weg",
                    "wij kennen {n} kolommen niet; kies wat ze zijn, of laat ze weg",
                    count,
                )
            )
    if count := len(looked.missing):
        raise InputRejected(
            _n(
                "{n} verplichte kolom ontbreekt; voeg hem toe aan het bestand, of kies hieronder welke kolom het is",
                "{n} verplichte kolommen ontbreken; voeg ze toe aan het bestand, of kies hieronder welke kolommen het "
                "zijn",
                count,
            )
        )
    return [_file(sheet, own_columns, looked.codebook, said) for sheet in looked.sheets]


def _file(
    sheet: SheetSeen, own_columns: Mapping[str, str], codebook: Codebook, said: Callable[[str], str]
) -> dict[str, object]:
    more = {
        "sheet": sheet.sheet,
        "columns": {one.header: one.column for one in sheet.columns if own_columns.get(one.header) == one.column},
        "leave_out": [header for header in sheet.unknown if own_columns.get(header) == LEFT_OUT],
        "codes": {asked.scale: answered(asked, codebook, said) for asked in sheet.asked}
        | {asked.column: asked.said(said) for asked in sheet.groups},
    }
    return {"path": sheet.name, "table": sheet.table} | {name: value for name, value in more.items() if value}


def mine(visit: Visit, draft: str) -> Any:
    """The folder of an own draft; else it is not there."""
    folder = drafts.opened(visit.house, draft, by=visit.by)
    if folder is None:
        raise Missing(_("deze bestanden zijn al aangeleverd, of na een uur weggegooid; kijk op de pagina Aanleveren"))
    return folder


def books(codebooks: Codebooks) -> list[tuple[str, str]]:
    """Codebooks with their titles."""
    found = [codebooks.get(reference) for reference in codebooks.references()]
    return sorted(((one.reference, f"{one.title} ({one.version})") for one in found), key=lambda pair: pair[1])


def own(visit: Visit) -> frozenset[str]:
    """Areas this person may deliver for; somebody national: every known gemeente and verband."""
    areas = seen_areas(visit.by, Act.WORK_ADD)
    if areas is not None and not areas:
        raise NotAllowed(_("bestanden aanleveren is niet voor uw rol"))
    return frozenset(visit.house.gemeenten) if areas is None else areas
