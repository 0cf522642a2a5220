"""`toegangspeil export`: what an officer, an analyst or a gemeente takes along."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from toegangspeil.commands.common import actor, area_of, as_option, home_option, house, show_table
from toegangspeil.commands.papers import PAPERS, out_option, write_file

if TYPE_CHECKING:
    from register.actors import Actor


@click.group()
def export() -> None:
    """Papers, tables and files to take along."""


@export.command()
@click.option("-o", "--out", type=click.Path(path_type=Path), help="A file; else on the screen.")
def dictionary(out: Path | None) -> None:
    """Every published table and column in words (Markdown)."""
    from warehouse.dictionary import page

    if out is None:
        click.echo(page(), nl=False)
    else:
        write_file(out, page().encode())


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
    write_file(out, json.dumps(found, ensure_ascii=False).encode())
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
    """Rows of the own gemeente for its own analyst: coarse, checked, and sealed for her public key."""
    from pipelines.researching import microdata as make
    from register.permissions import Act, check

    area = area_of(scope)
    with house(home) as opened:
        by = actor(opened, user)
        check(by, Act.SEE_MICRODATA, area)
        made = make(opened, scope, out, by=by)
    for key, safe in made:
        click.echo(f"{key}: {safe.after.people} rijen")
        show_table(("risico", "wat er overblijft"), safe.after.words.items())
    click.echo("Open de bestanden met: toegangspeil microdata open (met de geheime sleutel van de ontvanger)")


@export.command()
@click.argument("codebook", default="klantreis@1.0")
@out_option
def template(codebook: str, out: Path) -> None:
    """An empty workbook (.xlsx) to fill in for CODEBOOK."""
    from ingest.template import template as workbook
    from storage.codebooks import Codebooks

    write_file(out, workbook(Codebooks(None).get(codebook)))
    click.echo("sjabloon geschreven")


def _organisation(by: "Actor") -> str:
    """For whom somebody takes files: the own gemeente, Movisie, or the processor."""
    from domain.vocabulary import Role

    areas = sorted({grant.area for grant in by.grants if grant.area})
    if areas:
        return ", ".join(areas)
    return "Movisie" if any(grant.role is Role.MOVISIE for grant in by.grants) else "verwerker"


for paper in PAPERS:
    export.add_command(paper)
