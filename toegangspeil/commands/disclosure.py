"""`protect` and `audit`: disclosure control on tables of counts, and the attack on a release."""

from pathlib import Path

import click

from toegangspeil.commands.common import json_option, refuse_when, show_json

hierarchy_option = click.option(
    "--hierarchy", "hierarchies", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="CSV with dimension, code and parent: what adds up to what.",
)  # fmt: skip


@click.command()
@click.argument("tables", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--count", required=True, help="Name of the column with the number of people.")
@click.option("--answers", multiple=True, metavar="DIM", help="A dimension that says what people answered.")
@hierarchy_option
@click.option("--merge", "merges", multiple=True, metavar="DIM", help="A dimension whose small groups may be merged.")
@click.option("--minimum", default=10, show_default=True, help="Smallest group that may be shown.")
@click.option("-o", "--out", required=True, type=click.Path(file_okay=False, path_type=Path),
              help="Folder for the tables; new or empty.")  # fmt: skip
def protect(
    tables: tuple[Path, ...],
    count: str,
    answers: tuple[str, ...],
    hierarchies: tuple[Path, ...],
    merges: tuple[str, ...],
    minimum: int,
    out: Path,
) -> None:
    """Protect TABLES (CSV, leaf rows) as one problem; writes one CSV per table and certificate.json to OUT.

    A second hierarchy of a column gets a CSV of its own, such as ceo.gemeente-2.csv.
    """
    from anonymisation.disclosure.files import protect_files

    found = protect_files(
        tables, count=count, answers=answers, hierarchies=hierarchies, minimum=minimum, out=out, merges=merges
    )
    for cost in found.certificate.tables:
        click.echo(f"{cost.table}: {cost.published} getoond, {cost.suppressed} niet getoond van {cost.cells}")
    click.echo(found.officer_summary)


@click.command()
@click.argument("release", type=click.Path(exists=True, path_type=Path))
@click.option("--minimum", type=int, help="Smallest group; default 10, or more when the certificate promises it.")
@click.option("--count", default="n", show_default=True, help="CSVs of other tools: the column with people.")
@click.option("--answers", multiple=True, metavar="DIM", help="A dimension that says what people answered.")
@hierarchy_option
@click.option("--earlier", multiple=True, type=click.Path(exists=True, file_okay=False, path_type=Path),
              help="A folder with an earlier outcome about the same people, to lay beside RELEASE.")  # fmt: skip
@click.option("--weights", type=(float, float), metavar="LOW HIGH",
              help="Attack weighted figures as who knows the lowest and highest weight, on a mean of 1.")  # fmt: skip
@json_option
def audit(
    release: Path,
    minimum: int | None,
    count: str,
    answers: tuple[str, ...],
    hierarchies: tuple[Path, ...],
    earlier: tuple[Path, ...],
    weights: tuple[float, float] | None,
    as_json: bool,
) -> None:
    """Attack RELEASE (a folder of CSVs or a published DuckDB file) as an outsider; exit 1 when something is learned.

    Answers and hierarchies are read from datapackage.json; the options are for CSVs of other tools.
    """
    from anonymisation.disclosure.files import audit_path

    report = audit_path(
        release, minimum, count=count, answers=answers, hierarchies=hierarchies, earlier=earlier, weights=weights
    )
    if as_json:
        show_json({
            "safe": report.safe, "minimum": report.minimum, "cells": report.cells, "suppressed": report.suppressed,
            "attacks": list(report.attacks), "findings": [vars(finding) for finding in report.findings],
        })  # fmt: skip
    else:
        click.echo(
            f"{len(report.attacks)} aanvallen geprobeerd op {report.cells} groepen en combinaties; "
            f"{len(report.findings)} keer iets geleerd dat niet mag"
        )
        if not report.certified:
            click.echo("er ligt geen certificaat bij: of er iets aan veranderd is, kon niet worden nagekeken")
        for finding in report.findings:
            click.echo(f"  {finding.threat} {finding.table}: {finding.where}: {finding.learned}")
    refuse_when(not report.safe, lambda: f"de aanval leerde {len(report.findings)} dingen die niet mogen")
