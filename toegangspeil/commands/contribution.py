"""`toegangspeil contribution`: prepare, show, sign, withdraw what one gemeente gives."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from toegangspeil.commands.common import (
    actor,
    as_option,
    home_option,
    house,
    json_option,
    show_json,
    show_table,
    state,
    watched,
)
from toegangspeil.commands.deciding import add_return

if TYPE_CHECKING:
    from register.contributions import Contribution


@click.group()
def contribution() -> None:
    """Contributions: what a gemeente gives to a release."""


@contribution.command()
@click.argument("areas", nargs=-1, required=True)
@click.option("--meting", help="Only this meting.")
@home_option
@as_option
def prepare(areas: tuple[str, ...], meting: str | None, home: Path | None, user: str | None) -> None:
    """Freeze the checked deliveries of AREAS (GM…, SV…), to be signed."""
    from pipelines.contributing import prepare as freeze

    with house(home) as opened:
        by = actor(opened, user)
        for area in watched(areas, "Bijdragen klaarzetten"):
            for made in freeze(opened, [area], meting, by=by):
                click.echo(f"bijdrage {made.id} van {area}: {len(made.content.parts)} aanleveringen; wacht op PO en "
                           "proceseigenaar")  # fmt: skip


@contribution.command()
@click.argument("number", type=int)
@home_option
@as_option
def show(number: int, home: Path | None, user: str | None) -> None:
    """What is in a contribution, its stand-alone preview, and which merges would bring cells back."""
    from anonymisation.disclosure.advice import in_words
    from pipelines.contributing import preview_with_advice
    from register import contributions
    from register.permissions import Act, check
    from warehouse.exports import STATUS_WORDS

    with house(home) as opened:
        by = actor(opened, user)
        found = contributions.get(opened.register, number)
        check(by, Act.SEE_PREVIEW, found.content.area)
        click.echo(
            f"bijdrage {found.id} van {found.content.area}: {state(found.state.value)}; inhoud {found.content_hash}"
        )
        if found.comment:
            click.echo(f"teruggestuurd: {found.comment}")
        show_table(("aanlevering", "versie"), [(part.key, part.version) for part in found.content.parts])
        tables, advice = preview_with_advice(opened, found.content)
    results = tables["fact_result"].to_pylist()
    hidden = sum(row["status"] == "suppressed" for row in results)
    click.echo(f"voorbeeld: {len(results)} cijfers, waarvan {hidden} niet getoond")
    for line in in_words(advice):
        click.echo(line)
    words = {**STATUS_WORDS, "published": "getoond"}  # a preview: nothing is published yet
    rows = [
        (r["question"], r["breakdown"], r["breakdown_value"], r["value"], r["base"] or r["base_band"],
         words[r["status"]])
        for r in results
    ]  # fmt: skip
    show_table(("vraag", "uitsplitsing", "groep", "waarde", "basis", "staat"), rows)


@contribution.command()
@click.argument("number", type=int)
@click.option("--seen", required=True, help="The content hash that 'show' prints.")
@click.option("--rules", "act", flag_value="rules", help="PO: regels gevolgd.")
@click.option("--release", "act", flag_value="release", help="Proceseigenaar: wij geven vrij.")
@home_option
@as_option
def sign(number: int, seen: str, act: str | None, home: Path | None, user: str | None) -> None:
    """Sign a contribution exactly as shown."""
    from domain.errors import WrongUsage
    from register import contributions
    from register.permissions import Act

    acts = {"rules": Act.CONTRIBUTION_RULES, "release": Act.CONTRIBUTION_RELEASE}
    if act not in acts:
        raise WrongUsage("kies --rules (PO: regels gevolgd) of --release (proceseigenaar: wij geven vrij)")
    with house(home) as opened:
        found = contributions.sign(opened.register, number, acts[act], seen=seen, by=actor(opened, user))
    click.echo(f"bijdrage {found.id}: {state(found.state.value)}")


def _said(found: "Contribution") -> str:
    return f"bijdrage {found.id}: {state(found.state.value)}"


add_return(contribution, "register.contributions", "a contribution", said=_said)


@contribution.command()
@click.argument("number", type=int)
@home_option
@as_option
def withdraw(number: int, home: Path | None, user: str | None) -> None:
    """Take a contribution back; a release that waits for it returns to draft."""
    from register import contributions

    with house(home) as opened:
        found = contributions.withdraw(opened.register, number, by=actor(opened, user))
    click.echo(f"bijdrage {found.id}: {state(found.state.value)}")


@contribution.command("list")
@home_option
@json_option
def list_(home: Path | None, as_json: bool) -> None:
    """Every contribution and where it stands."""
    from register import contributions

    with house(home) as opened:
        rows = contributions.list_contributions(opened.register)
    if as_json:
        show_json([{"contribution": row.id, "area": row.content.area, "state": row.state.value} for row in rows])
        return
    show_table(
        ("nr", "van", "staat", "inhoud"),
        [(row.id, row.content.area, state(row.state.value), row.content_hash[:12]) for row in rows],
    )
