"""`toegangspeil retention`: what may no longer be kept; proposed by one, signed by two, then destroyed."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from toegangspeil.commands.common import (
    actor,
    as_option,
    home_option,
    house,
    json_option,
    seeing,
    show_json,
    show_table,
)

if TYPE_CHECKING:
    from register.retention import Destruction

_ZONES = {
    "raw": "ruwe gegevens", "pseudonymised": "gepseudonimiseerde gegevens", "keys": "sleutel van de codes",
    "staging_keys": "sleutel van de gepseudonimiseerde gegevens",
}  # fmt: skip
_KEYS = (
    "Let op: zonder de sleutel van de codes zijn de ruwe gegevens van die meting onleesbaar, is niemand meer te vinden "
    "voor een verzoek (artikel 11 AVG) en kan er geen correctie meer komen."
)


@click.group()
def retention() -> None:
    """What is due for destruction."""


@retention.command()
@home_option
@as_option
@json_option
def due(home: Path | None, user: str | None, as_json: bool) -> None:
    """Everything in your gemeente whose term is over, since when and why."""
    from register import retention as terms
    from register.permissions import Act

    with seeing(home, user, Act.SEE_DELIVERIES) as (opened, _by, areas):
        found = [
            one
            for one in terms.due(opened.register, opened.register.clock())
            if areas is None or one.kept.area in areas
        ]
    if as_json:
        show_json([{**one.kept.canonical(), "since": one.since, "why": one.why} for one in found])
        return
    show_table(
        ("gemeente", "wat", "waarvan", "voorbij sinds", "reden"),
        [(one.kept.area, _ZONES[one.kept.zone.value], one.kept.scope, one.since[:10], one.why) for one in found],
    )


@retention.command()
@click.argument("area")
@home_option
@as_option
def propose(area: str, home: Path | None, user: str | None) -> None:
    """Propose to destroy everything of AREA that is due."""
    from register import retention as terms

    with house(home) as opened:
        by = actor(opened, user)
        objects = [one.kept for one in terms.due(opened.register, opened.register.clock()) if one.kept.area == area]
        made = terms.propose(opened.register, area, objects, by=by)
    _show(made)


@retention.command()
@click.argument("number", type=int)
@home_option
@as_option
def show(number: int, home: Path | None, user: str | None) -> None:
    """What a proposal would destroy, and the hash that a signature is over."""
    from register import retention as terms
    from register.permissions import Act, check

    with seeing(home, user, Act.SEE_DELIVERIES) as (opened, by, _areas):
        found = terms.get(opened.register, number)
        check(by, Act.SEE_DELIVERIES, found.area)
    _show(found)


@retention.command()
@click.argument("number", type=int)
@click.option("--seen", required=True, help="The hash that 'show' prints.")
@home_option
@as_option
def sign(number: int, seen: str, home: Path | None, user: str | None) -> None:
    """Sign a proposal exactly as shown; two different persons sign."""
    from register import retention as terms

    with house(home) as opened:
        found = terms.sign(opened.register, number, seen=seen, by=actor(opened, user))
    left = 2 - len(found.signed_by)
    click.echo(f"vernietiging {found.id}: " + ("wacht nog op een tweede handtekening" if left else "getekend"))


@retention.command()
@click.argument("number", type=int)
@home_option
@as_option
def destroy(number: int, home: Path | None, user: str | None) -> None:
    """Destroy what two persons signed. This cannot be undone."""
    from pipelines.retaining import destroy as carry_out

    with house(home) as opened:
        done = carry_out(opened, number, by=actor(opened, user))
    click.echo(f"vernietiging {done.id}: {len(done.objects)} onderdelen vernietigd op {(done.done_at or '')[:10]}")


@retention.command()
@home_option
@as_option
def tidy(home: Path | None, user: str | None) -> None:
    """Empty what ends on a fixed day: quarantine, the review list, bundles of published releases. `run` does it too."""
    from pipelines.tidying import tidy as clear
    from register.permissions import Act, check

    with house(home) as opened:
        check(actor(opened, user), Act.RETENTION_CARRY_OUT)
        done = clear(opened)
    click.echo(
        f"opgeruimd: {done['quarantine']} uit quarantaine, {done['review']} van de nakijklijst, "
        f"{done['bundles']} van uitgaven, {done['vault_leftovers']} losse bestanden uit de kluis, "
        f"{done['inbox_leftovers']} onafgemaakte uit de inbox"
    )


def _show(found: "Destruction") -> None:
    show_table(
        ("gemeente", "wat", "waarvan", "onderdeel"),
        [(kept.area, _ZONES[kept.zone.value], kept.scope, kept.object) for kept in found.objects],
    )
    if any(kept.zone.value == "keys" for kept in found.objects):
        click.echo(_KEYS)
    click.echo(f"vernietiging {found.id}: getekend door {', '.join(found.signed_by) or 'nog niemand'}")
    click.echo(f"kenmerk: {found.content_hash}")
