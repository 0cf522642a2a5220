"""`toegangspeil advice`: what FG and CISO advise, and whether it was followed; an advice never approves anything."""

from pathlib import Path

import click

from toegangspeil.commands.common import actor, as_option, home_option, house, seeing


@click.group()
def advice() -> None:
    """Advice of the FG and the CISO: date, text, followed or not, and why."""


@advice.command()
@click.argument("name", metavar="SUBJECT")
@click.option("--text", required=True, help="Het advies; schrijf geen namen.")
@click.option("--area", help="De gemeente; zonder: landelijk.")
@home_option
@as_option
def give(name: str, text: str, area: str | None, home: Path | None, user: str | None) -> None:
    """Give an advice on SUBJECT, e.g. dpia:GM9001/ceo_wmo, policy:3 or release:2026-1."""
    from domain.vocabulary import Role
    from register import advising

    with house(home) as opened:
        by = actor(opened, user)
        held = {grant.role for grant in by.grants}
        role = Role.FG if Role.FG in held else Role.CISO
        number = advising.advise(opened.register, name, text, area=area, role=role, by=by)
    click.echo(f"advies {number} van de {role.value}: wacht op antwoord")


@advice.command()
@click.argument("number", type=int)
@click.option("--followed/--not-followed", default=None, help="Gevolgd of niet.")
@click.option("--reason", required=True, help="Waarom; schrijf geen namen.")
@home_option
@as_option
def answer(number: int, followed: bool | None, reason: str, home: Path | None, user: str | None) -> None:
    """Say whether an advice is followed, and why; once, and never by who gave it."""
    from domain.errors import WrongUsage
    from register import advising
    from register.permissions import Act

    if followed is None:
        raise WrongUsage("kies --followed (gevolgd) of --not-followed (niet gevolgd)")
    with seeing(home, user, Act.ADVICE_ANSWER) as (opened, by, _areas):
        advising.answer(opened.register, number, followed=followed, why=reason, by=by)
    click.echo(f"advies {number}: {'gevolgd' if followed else 'niet gevolgd'}")


@advice.command("list")
@home_option
@as_option
def list_(home: Path | None, user: str | None) -> None:
    """Every advice in your gemeente, with its answer."""
    from register import advising
    from register.permissions import Act

    with seeing(home, user, Act.SEE_EVIDENCE) as (opened, _by, areas):
        rows = [one for one in advising.advice_on(opened.register) if areas is None or one.area in (None, *areas)]
    for one in rows:
        said = {True: "gevolgd", False: "niet gevolgd", None: "nog niet beantwoord"}[one.followed]
        click.echo(f"{one.id}  {one.at[:10]}  {one.role.value}  {one.area or 'landelijk'}  {one.subject}: {said}")
        click.echo(f"   {one.text}" + (f"\n   waarom: {one.why}" if one.why else ""))
    if not rows:
        click.echo("er zijn geen adviezen")
