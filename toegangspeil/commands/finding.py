"""`toegangspeil finding`: sentences, quotes and personas; written by the steward, approved by the privacy officer."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from toegangspeil.commands.common import actor, area_of, as_option, home_option, house, seeing, state
from toegangspeil.commands.deciding import add_decisions

if TYPE_CHECKING:
    from datetime import datetime

    from pipelines.house import House
    from register.findings import WrittenFinding


@click.group()
def finding() -> None:
    """Findings: what may be said in words."""


@finding.command("list")
@home_option
@as_option
def list_(home: Path | None, user: str | None) -> None:
    """Findings in your gemeente, with the hash that an approval is over."""
    from register import findings
    from register.permissions import Act

    with seeing(home, user, Act.SEE_FINDINGS) as (opened, by, _areas):
        rows = findings.list_findings(opened.register, by=by)
    for row in rows:
        click.echo(f"{row.id}  {row.kind.value}  {row.area}/{row.instrument}/{row.meting}  {state(row.state.value)}")
        click.echo(f"   {row.text}")
        click.echo(f"   gesprekken: {row.journeys}; kenmerk: {row.content_hash}")
    if not rows:
        click.echo("er zijn geen bevindingen")


@finding.command()
@click.argument("scope", metavar="AREA/INSTRUMENT/METING")
@click.option("--text", required=True, help="Eén zin van hoogstens 280 tekens, zonder namen.")
@click.option("--doelgroep", default="client", show_default=True)
@click.option("--phase", default="", help="Fase van de klantreis.")
@click.option("--kind", type=click.Choice(["bevinding", "citaat", "persona"]), default="bevinding", show_default=True)
@click.option("--tick", "ticks", multiple=True, help="Wat u nakeek; alle zes zijn nodig.")
@click.option("--expires", type=click.DateTime(["%Y-%m-%d"]), help="For a quote: last day of its consent.")
@home_option
@as_option
def add(
    scope: str, text: str, doelgroep: str, phase: str, kind: str, ticks: tuple[str, ...], expires: "datetime | None",
    home: Path | None, user: str | None,
) -> None:  # fmt: skip
    """Offer a finding; the numbers of the journeys behind it are asked for and become pseudonyms."""
    from datetime import UTC

    from register import findings
    from register.permissions import Act, check

    area, (_, instrument, meting) = area_of(scope), scope.split("/")
    with house(home) as opened:
        by = actor(opened, user)
        check(by, Act.FINDING_WRITE, area)
        evidence = _evidence(opened, scope)
        is_quote = kind == findings.FindingKind.QUOTE.value
        made = findings.add(
            opened.register,
            findings.NewFinding(
                area, instrument, meting, doelgroep, text, evidence, ticks, findings.FindingKind(kind), phase,
                evidence[0] if is_quote and evidence else None, expires.replace(tzinfo=UTC) if expires else None,
            ),
            by=by,
        )  # fmt: skip
    click.echo(f"{made.kind.value} {made.id}: wacht op de privacy officer; rust op {made.journeys} gesprekken")


def _said(found: "WrittenFinding") -> str:
    return f"{found.kind.value} {found.id}: {state(found.state.value)}"


add_decisions(finding, "register.findings", "a text", said=_said, printed_by="list")


def _evidence(opened: "House", scope: str) -> list[str]:
    """Pseudonyms of the journeys that were typed; raises InputRejected when one is not in the checked data."""
    from domain.errors import InputRejected
    from pipelines.removing import find

    area, instrument, meting = scope.split("/")
    typed = click.prompt("Nummers van de gesprekken, met een komma ertussen", hide_input=True, err=True)
    found = [find(opened, area, instrument, meting, one) for one in typed.split(",") if one.strip()]
    if missing := sum(who is None for who in found):
        raise InputRejected(
            f"{missing} van de {len(found)} gesprekken staan niet in de gegevens; controleer de nummers"
        )
    return sorted({who for who in found if who is not None})
