"""`deliver`, `run`, `status`: files in, and what became of them."""

import json
import os
import sys
import time
from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from toegangspeil.commands.common import (
    actor,
    as_option,
    home_option,
    house,
    json_option,
    known_area,
    show_json,
    show_table,
    state,
)

_PAUSE = 5.0


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--manifest", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="delivery.yaml")
@home_option
@as_option
def deliver(files: tuple[Path, ...], manifest: Path | None, home: Path | None, user: str | None) -> None:
    """Put FILES with their manifest (or one whole folder) in the inbox."""
    from pipelines.intake import put_in_inbox
    from register import work

    with house(home) as opened:
        by = actor(opened, user)
        area, folder = put_in_inbox(opened, list(files), manifest, by)
        work.add(opened.register, area, folder, by=by)
    click.echo(f"In de inbox van {area}. Verwerken: toegangspeil run --home {home or '$TOEGANGSPEIL_HOME'}")


@click.command()
@home_option
@click.option("--only", metavar="KEY", help="One delivery: <area>.<instrument>.<meting>.<doelgroep>")
@click.option("--watch", is_flag=True, help="Stay, and look in the inbox every few seconds.")
@json_option
def run(home: Path | None, only: str | None, watch: bool, as_json: bool) -> None:
    """Take waiting deliveries through reading, vault, cleaning and the gate."""
    if only is not None:
        from pipelines.progress import check_key

        with house(home) as opened:
            check_key(opened, only)
    _day(home, only, watch, as_json)
    while watch:
        _day(home, only, watch, as_json)


def _day(home: Path | None, only: str | None, watch: bool, as_json: bool) -> None:
    """One run, or runs until midnight: a home is opened for a day, because terms and consents end on one."""
    from pipelines.ordered import carry_out
    from pipelines.progress import run_waiting
    from pipelines.tidying import tidy

    with house(home) as opened:
        tidy(opened)
        while True:
            done = run_waiting(opened, only, bar=sys.stderr.isatty())
            carry_out(opened)
            if done.touched or not watch:
                click.echo(json.dumps(asdict(done)) if as_json else done.sentence())
            if not watch or date.today() != opened.today:
                return
            time.sleep(_PAUSE)


@click.command()
@click.option("--area", help="Only this gemeente or verband.")
@home_option
@json_option
@as_option
def status(area: str | None, home: Path | None, as_json: bool, user: str | None) -> None:
    """What was delivered and became of it; releases; what waits for whom (--as or a token: what you may see)."""
    from domain.dutch import moment
    from pipelines.status import status_of
    from portal.words import role

    with house(home) as opened:
        known_area(opened, area)
        signs_in = user is not None or os.environ.get("TOEGANGSPEIL_TOKEN")
        found = status_of(opened, by=actor(opened, user) if signs_in else None, area=area)
    if as_json:
        show_json(found)
        return
    show_table(
        ("aanlevering", "staat", "rijen", "reden"),
        [(row["delivery"], state(row["state"]), row["rows"], row["reason"]) for row in found["deliveries"]],
    )
    click.echo()
    show_table(("uitgave", "staat"), [(row["release"], state(row["state"])) for row in found["releases"]])
    click.echo()
    show_table(
        ("wacht op", "van", "wat"),
        [(role(row["role"]), row["gemeente"] or "landelijk", row["what"]) for row in found["waiting_for"]],
    )
    for copy in found.get("put_back", []):
        click.echo(
            f"\nOp {moment(copy['at'])} is een kopie teruggezet, van regel {copy['line']} van het "
            "logboek. Wat daarna was verwijderd of ingetrokken, kan er weer in staan: zie de handleiding, Terugzetten."
        )
