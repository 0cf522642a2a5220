"""`toegangspeil export`: what an officer, an analyst or a gemeente takes along."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from toegangspeil.commands.common import actor, area_of, as_option, home_option, house, sees, show_table

if TYPE_CHECKING:
    from pipelines.house import House
    from register.actors import Actor
    from register.exports.activities import Activity

out_option = click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="Where it is written.")


@click.group()
def export() -> None:
    """Papers, tables and files to take along."""


@export.command()
@click.option("--area", help="Only this gemeente or verband.")
@out_option
@home_option
@as_option
def register(area: str | None, out: Path, home: Path | None, user: str | None) -> None:
    """The verwerkingsregister (art. 30 AVG) as .json or .xlsx."""
    import json

    from domain.errors import WrongUsage
    from register.exports import processing

    if out.suffix not in (".json", ".xlsx"):
        raise WrongUsage("geef met -o een bestand dat eindigt op .json of .xlsx")
    with house(home) as opened:
        found = _activities(opened, actor(opened, user), area)
    text = json.dumps(processing.as_json(found), ensure_ascii=False, indent=2) + "\n"
    _write(out, processing.as_xlsx(found) if out.suffix == ".xlsx" else text.encode())
    click.echo(f"{len(found)} verwerkingen geschreven")


@export.command()
@click.argument("area")
@click.argument("instrument")
@out_option
@home_option
@as_option
def dpia(area: str, instrument: str, out: Path, home: Path | None, user: str | None) -> None:
    """The annex to the DPIA of one gemeente and INSTRUMENT, as .html or .pdf."""
    from domain.errors import Refused, WrongUsage
    from register import advising, releases
    from register.exports.dpia import dpia_annex

    if out.suffix not in (".html", ".pdf"):
        raise WrongUsage("geef met -o een bestand dat eindigt op .html of .pdf")
    with house(home) as opened:
        by = actor(opened, user)
        found = [one for one in _activities(opened, by, area) if one.instrument == instrument]
        if not found:
            raise Refused("van dit instrument is in deze gemeente nog niets aangeleverd; er is nog geen bijlage")
        advice = [one for one in advising.advice_on(opened.register) if one.area in (None, area)]
        page = dpia_annex(found[0], releases=releases.list_releases(opened.register), advice=advice)
    _write(out, page.pdf() if out.suffix == ".pdf" else page.html().encode())
    click.echo(f"{page.title}: geschreven")


@export.command()
@click.option("-o", "--out", type=click.Path(path_type=Path), help="A file; else on the screen.")
def dictionary(out: Path | None) -> None:
    """Every published table and column in words (Markdown)."""
    from warehouse.dictionary import page

    if out is None:
        click.echo(page(), nl=False)
    else:
        _write(out, page().encode())


@export.command()
@click.option("--since", default=0, show_default=True, type=click.IntRange(0), help="Only after this ledger line.")
@out_option
@home_option
@as_option
def ldv(since: int, out: Path, home: Path | None, user: str | None) -> None:
    """Records for the Logboek Dataverwerkingen (OTLP JSON), national: no name of a user or a resident."""
    import json
    from importlib.metadata import version

    from register.exports.processing_log import processing_log
    from register.permissions import Act, check

    with house(home) as opened:
        check(actor(opened, user), Act.SEE_LEDGER)
        found = processing_log(opened.register, since=since, version=version("toegangspeil"))
    _write(out, json.dumps(found, ensure_ascii=False).encode())
    click.echo(f"{len(found['resourceSpans'][0]['scopeSpans'][0]['spans'])} handelingen geschreven")


@export.command()
@click.argument("name")
@out_option
@home_option
@as_option
def release(name: str, out: Path, home: Path | None, user: str | None) -> None:
    """Copy a published release (DuckDB, tables, reports) to a new folder; written in the download log first."""
    import shutil

    from domain.errors import WrongUsage
    from register.downloads import log_download

    if out.exists():
        raise WrongUsage("deze map bestaat al; kies met -o een nieuwe map")
    with house(home) as opened:
        by = actor(opened, user)
        log_download(opened.register, name, f"{name} (geheel)", _organisation(by), by=by)
        source = opened.places.published / name
        shutil.copytree(source, out)
        shutil.copyfile(source.with_name(f"{name}.duckdb"), out / f"{name}.duckdb")
    click.echo(f"uitgave {name}: {sum(path.is_file() for path in out.rglob('*'))} bestanden gekopieerd")


@export.command()
@click.argument("scope", metavar="AREA/INSTRUMENT/METING")
@out_option
@home_option
@as_option
def microdata(scope: str, out: Path, home: Path | None, user: str | None) -> None:
    """Rows of the own gemeente for its own analyst: coarse, checked, and sealed with a passphrase that is asked for."""
    from pipelines.researching import microdata as make
    from register.permissions import Act, check

    area = area_of(scope)
    with house(home) as opened:
        by = actor(opened, user)
        check(by, Act.SEE_MICRODATA, area)
        passphrase = click.prompt(
            "Wachtzin (minstens 16 tekens)", hide_input=True, confirmation_prompt="Nog een keer", err=True
        )
        made = make(opened, scope, out, passphrase, by=by)
    for key, safe in made:
        click.echo(f"{key}: {safe.after.people} rijen, {safe.dropped} weggelaten")
        show_table(("risico", "wat er overblijft"), safe.after.words.items())
    click.echo("Geef de wachtzin nooit samen met de bestanden.")


@export.command()
@click.argument("codebook", default="klantreis@1.0")
@out_option
def template(codebook: str, out: Path) -> None:
    """An empty workbook (.xlsx) to fill in for CODEBOOK."""
    from ingest.template import template as workbook
    from storage.codebooks import Codebooks

    _write(out, workbook(Codebooks(None).get(codebook)))
    click.echo("sjabloon geschreven")


def _activities(opened: "House", by: "Actor", area: str | None) -> list["Activity"]:
    """The processing activities that somebody may see; raises NotAllowed for another gemeente."""
    from register.exports.activities import activities
    from register.permissions import Act, check

    areas = sees(by, Act.SEE_DELIVERIES)
    if area is not None:
        check(by, Act.SEE_DELIVERIES, area)
    found = activities(opened.register, opened.codebooks.get, area=area)
    return [one for one in found if areas is None or one.area in areas]


def _organisation(by: "Actor") -> str:
    """For whom somebody takes files: the own gemeente, Movisie, or the processor."""
    from domain.vocabulary import Role

    areas = sorted({grant.area for grant in by.grants if grant.area})
    if areas:
        return ", ".join(areas)
    return "Movisie" if any(grant.role is Role.MOVISIE for grant in by.grants) else "verwerker"


def _write(path: Path, content: bytes) -> None:
    from storage.atomic import write_atomic

    write_atomic(path, content)
