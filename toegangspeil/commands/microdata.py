"""`toegangspeil microdata`: rows for the gemeente's own researcher, asked by her and approved by a second person."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toegangspeil.commands.common import (
    actor,
    area_of,
    as_option,
    home_option,
    house,
    sees,
    show_table,
    state,
    typed_twice,
)
from toegangspeil.commands.deciding import add_decisions
from toegangspeil.commands.papers import out_option

if TYPE_CHECKING:
    from register.actors import Actor
    from register.microdata import MicrodataRequest

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def microdata() -> None:
    """Rows of the own gemeente: make a key, ask, decide; `export microdata` makes them once, `open` opens them."""


@microdata.command()
@click.argument("scope", metavar="AREA/INSTRUMENT/METING")
@click.option("--reason", required=True, help="Waarvoor de rijen nodig zijn; schrijf geen namen.")
@click.option("--recipient", required=True, type=FILE, help="Your public key (.pem), made with `microdata key`.")
@click.option(
    "--first", multiple=True, metavar="COLUMN", help="A column to keep as fine as can be; most important first."
)
@home_option
@as_option
def ask(scope: str, reason: str, recipient: Path, first: tuple[str, ...], home: Path | None, user: str | None) -> None:
    """Ask for the coarse rows of a study, for yourself; a privacy officer of the gemeente decides."""
    from pipelines.researching import ask as offer

    area_of(scope)
    with house(home) as opened:
        made = offer(opened, scope, reason, recipient.read_bytes(), first, by=actor(opened, user))
    click.echo(f"aanvraag {made.id}: wacht op een privacy officer van de gemeente")


@microdata.command()
@out_option
def key(out: Path) -> None:
    """A key pair for a receiver of rows: OUT.pem to give away, OUT.geheim.pem for yourself only."""
    from anonymisation.disclosure.microdata.receiver import key_pair, read_public
    from storage.atomic import write_atomic

    public, private = out.with_name(f"{out.name}.pem"), out.with_name(f"{out.name}.geheim.pem")
    _keep(public, private)
    secret, shown = key_pair(typed_twice("Wachtzin (minstens 16 tekens)"))
    write_atomic(private, secret)
    write_atomic(public, shown, mode=0o644)
    click.echo(f"openbaar: {public.name} ({read_public(shown)})")
    click.echo(f"geheim: {private.name}; deel dit bestand en de wachtzin met niemand")


@microdata.command("open")
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--key", "private", required=True, type=FILE, help="Your secret key (.geheim.pem).")
@out_option
def open_(files: tuple[Path, ...], private: Path, out: Path) -> None:
    """Open sealed FILES in the folder OUT, and compare them with the certificate that came along."""
    from anonymisation.disclosure.microdata.receiver import open_sealed, read_private
    from storage.atomic import write_atomic

    targets = [out / sealed.name.removesuffix(".sealed") for sealed in files]
    _keep(*targets)
    secret = read_private(private.read_bytes(), click.prompt("Wachtzin", hide_input=True, err=True))
    came = [(sealed, sealed.read_bytes()) for sealed in files]
    for sealed, data in came:
        _check_certificate(sealed, data)
    opened = [open_sealed(data, secret) for _, data in came]
    for target, data in zip(targets, opened, strict=True):
        write_atomic(target, data)
    click.echo(f"{len(opened)} bestanden geopend en gelijk aan het certificaat")


def _keep(*paths: Path) -> None:
    """Nothing that exists is written over: a lost secret key cannot be made again."""
    from domain.errors import WrongUsage

    if any(path.exists() for path in paths):
        raise WrongUsage("dit bestand bestaat al; kies met -o een andere naam")


def _check_certificate(sealed: Path, data: bytes) -> None:
    """The sealed bytes are those the certificate names: a file of another making opens with the same key."""
    import hashlib
    import json

    from domain.errors import InputRejected

    name, _, kind = sealed.name.removesuffix(".sealed").rpartition(".")
    try:
        told = json.loads(sealed.with_name(f"{name}.certificate.json").read_bytes())["files_sha256"].get(kind)
    except (OSError, ValueError, KeyError):
        raise InputRejected("het certificaat ontbreekt; leg het naast de versleutelde bestanden") from None
    if told != hashlib.sha256(data).hexdigest():
        raise InputRejected("een bestand hoort niet bij dit certificaat; vraag het opnieuw aan")


@microdata.command("list")
@home_option
@as_option
def list_(home: Path | None, user: str | None) -> None:
    """Your own requests, and those you decide on."""
    from register import microdata as approvals
    from register.permissions import Act, seen_areas

    with house(home) as opened:
        by = actor(opened, user)
        if seen_areas(by, Act.MICRODATA_DECIDE) == frozenset():
            sees(by, Act.MICRODATA_ASK)
        rows = approvals.list_requests(opened.register, by=by)
    show_table(
        ("nr", "onderzoek", "voor", "staat", "geldig tot"),
        [(row.id, row.content.scope, row.content.receiver, state(row.state.value), (row.valid_until or "")[:10])
         for row in rows],
    )  # fmt: skip


@microdata.command()
@click.argument("number", type=int)
@home_option
@as_option
def show(number: int, home: Path | None, user: str | None) -> None:
    """For whom, why, which columns, the risk card, and the hash that an approval is over."""
    from pipelines.researching import preview
    from register import microdata as approvals

    with house(home) as opened:
        found = approvals.get(opened.register, number)
        _check_sight(found, actor(opened, user))
        made = preview(opened, found.content)
    click.echo(f"aanvraag {found.id}: rijen van {found.content.scope} voor {found.content.receiver}")
    click.echo(f"waarvoor: {found.content.purpose}")
    click.echo(f"versleuteld voor sleutel: {found.content.key}")
    if found.content.first:
        click.echo("zo precies mogelijk:")
        _show_columns(found.content.first, made.words)
    if found.comment:
        click.echo(f"toelichting: {found.comment}")
    for given, safe in made.cards:
        click.echo(f"\n{given.part.key}: {safe.after.people} rijen")
        click.echo("kolommen:")
        _show_columns(given.columns, made.words)
        show_table(("risico", "wat er overblijft"), safe.after.words.items())
    for delivery, why in made.left_out.items():
        click.echo(f"\n{delivery}: geen rijen; {why}")
    click.echo(f"\nkenmerk: {found.content_hash}")


def _show_columns(columns: Iterable[str], words: Mapping[str, str]) -> None:
    """Each with its question; the code behind it, as `--first` takes it."""
    for name in columns:
        asked = words.get(name, name)
        click.echo(f"- {asked}" + ("" if asked == name else f" ({name})"))


def _check_sight(found: "MicrodataRequest", by: "Actor") -> None:
    from register.permissions import Act, check

    if found.asked_by != by.name:
        check(by, Act.MICRODATA_DECIDE, found.content.area)


def _said(found: "MicrodataRequest") -> str:
    until = f", geldig tot {found.valid_until[:10]}, één keer" if found.valid_until else ""
    return f"aanvraag {found.id}: {state(found.state.value)}{until}"


add_decisions(microdata, "register.microdata", "a request for rows", said=_said)
