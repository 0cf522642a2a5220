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
    from pipelines.house import House
    from portal.evidence import Evidence
    from portal.house import House as PortalHouse
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
                many = len(made.content.parts)
                what = "1 aanlevering" if many == 1 else f"{many} aanleveringen"
                click.echo(f"bijdrage {made.id} van {area}: {what}; wacht op PO en proceseigenaar")


@contribution.command()
@click.argument("number", type=int)
@home_option
@as_option
def show(number: int, home: Path | None, user: str | None) -> None:
    """What is in a contribution, the five sentences that are signed, and the figures as others would see them."""
    from portal.approving import sentences_of_contribution
    from portal.before_after import outside
    from register import contributions
    from register.permissions import Act, check

    with house(home) as opened:
        by = actor(opened, user)
        found = contributions.get(opened.register, number)
        check(by, Act.SEE_PREVIEW, found.content.area)
        click.echo(
            f"bijdrage {found.id} van {found.content.area}: {state(found.state.value)}; inhoud {found.content_hash}"
        )
        if found.comment:
            click.echo(f"teruggestuurd: {found.comment}")
        portal, evidence = _measured(opened, found)
        deliveries = [(portal.delivery(str(part.key)), part.version) for part in found.content.parts]
        show_table(("aanlevering", "versie"), deliveries)
        sentences = sentences_of_contribution(opened.register, found, evidence, portal.name_of)
    for at, sentence in enumerate(sentences, 1):
        click.echo(f"{at}. {'' if sentence.true else 'KLOPT NOG NIET: '}{sentence.text}")
        for more in sentence.extra:
            click.echo(f"   {more}")
    if evidence.refusal:
        return
    click.echo(f"voorbeeld: {evidence.cells} cijfers, waarvan {evidence.hidden} niet getoond")
    for line in evidence.advice:
        click.echo(line)
    rows = [
        (study, one.text, one.group, one.shown.text, one.shown.base)
        for study, figures in outside(evidence.tables) for one in figures
    ]  # fmt: skip
    show_table(("onderzoek", "vraag", "groep", "waarde", "wie"), rows)


def _measured(opened: "House", found: "Contribution") -> "tuple[PortalHouse, Evidence]":
    """The evidence behind a contribution as the portal measures it, and the house with its words."""
    from portal.evidence import evidence_of
    from portal.house import House as PortalHouse
    from toegangspeil.road import Road

    portal = PortalHouse(opened.settings, opened.keyring, opened.register, opened.codebooks)
    return portal, evidence_of(portal, Road(portal), found.content)


@contribution.command()
@click.argument("number", type=int)
@click.option("--seen", required=True, help="The content hash that 'show' prints.")
@click.option("--rules", "act", flag_value="rules", help="PO: regels gevolgd.")
@click.option("--release", "act", flag_value="release", help="Proceseigenaar: wij geven vrij.")
@home_option
@as_option
def sign(number: int, seen: str, act: str | None, home: Path | None, user: str | None) -> None:
    """Sign a contribution exactly as shown, once all five sentences are true."""
    from domain.errors import WrongUsage
    from portal import approving
    from register import contributions
    from register.permissions import Act, check

    acts = {"rules": Act.CONTRIBUTION_RULES, "release": Act.CONTRIBUTION_RELEASE}
    if act not in acts:
        raise WrongUsage("kies --rules (PO: regels gevolgd) of --release (proceseigenaar: wij geven vrij)")
    with house(home) as opened:
        by, found = actor(opened, user), contributions.get(opened.register, number)
        check(by, acts[act], found.area)
        _portal, evidence = _measured(opened, found)
        found = approving.sign(opened.register, number, acts[act], seen=seen, by=by, evidence=evidence)
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
