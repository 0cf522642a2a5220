"""`init`, `doctor`, `backup`, `restore`, `rekey`: the installation itself."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from toegangspeil.commands.common import (
    actor,
    as_option,
    home_option,
    house,
    json_option,
    show_json,
    show_table,
    typed_twice,
)


@click.command()
@home_option
@click.option("--demo", is_flag=True, help="Adds demo users and approves the drafts; marked in the ledger.")
@click.option("--mode", type=click.Choice(["gemeente", "verwerker"]), default="verwerker")
@click.option("--administrator", default="beheerder", help="Name of the first administrator.")
def init(home: Path | None, demo: bool, mode: str, administrator: str) -> None:
    """Make a home: folders, keys, register, draft policies and the first administrator."""
    from domain.errors import WrongUsage
    from pipelines.installation import install

    if home is None:
        raise WrongUsage("geef de map met --home MAP")
    password = "demo" if demo else typed_twice("Wachtwoord voor de beheerder")
    made = install(home, demo=demo, mode=mode, administrator=administrator, password=password)
    click.echo(f"Ingericht: {made.policies} concept-regels, {made.users} gebruikers.")
    click.echo(f"Sleutels: {home / 'keys'} — maak hiervan een kopie, apart van de gegevens.")
    if demo:
        click.echo("Dit is een demo: elke demo-gebruiker heeft het wachtwoord 'demo'.")


@click.command()
@home_option
@json_option
def doctor(home: Path | None, as_json: bool) -> None:
    """Say of each part whether it is in order; exit 1 when one is not."""
    from dataclasses import asdict

    from domain.errors import Refused
    from pipelines.installation import examine

    with house(home) as opened:
        findings = examine(opened)
    if as_json:
        show_json([asdict(finding) for finding in findings])
    else:
        show_table(
            ("onderdeel", "in orde", "wat wij zagen"), [(f.part, "ja" if f.good else "NEE", f.seen) for f in findings]
        )
    if any(not finding.good for finding in findings):
        raise Refused("niet alles is in orde; zie de regels met NEE")


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@home_option
@click.option(
    "--keys", "keys_target", type=click.Path(path_type=Path), help="Where the key backup goes: another place."
)
def backup(target: Path, home: Path | None, keys_target: Path | None) -> None:
    """Copy data and register to TARGET, not what waits in the inbox; keys only to another folder with --keys."""
    from pipelines.backups import back_up

    with house(home) as opened:
        files = back_up(opened, target, keys_target)
    click.echo(f"{files} bestanden gekopieerd. Bewaar gegevens en sleutels op verschillende plaatsen.")
    if keys_target is None:
        click.echo("De sleutels zijn niet meegegaan: zonder sleutels kan niemand deze kopie lezen. Geef --keys MAP.")


@click.command()
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@home_option
@click.option("--keys", "keys_source", type=click.Path(exists=True, path_type=Path), required=True)
@click.option(
    "--anchor", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A later export of the ledger, kept elsewhere: names what was taken away after this copy.",
)  # fmt: skip
def restore(source: Path, home: Path | None, keys_source: Path, anchor: Path | None) -> None:
    """Put a backup back into an empty home.

    What its register says is destroyed is destroyed again. What was removed or withdrawn after the copy is in it
    again: --anchor names that, to be done once more.
    """
    from domain.dutch import moment
    from domain.errors import WrongUsage
    from pipelines.backups import put_back
    from pipelines.retaining import destroy_again
    from register.ledger import head_of
    from register.ledger_lines import PUT_BACK
    from register.missed import missed
    from register.notes import note_event

    if home is None:
        raise WrongUsage("geef de map met --home MAP")
    files = put_back(source, keys_source, home)
    with house(home) as opened:
        destroy_again(opened)
        stands = head_of(opened.register)
        click.echo(f"{files} bestanden teruggezet. Controleer nu: toegangspeil doctor --home {home}")
        click.echo(
            f"Deze kopie eindigt bij regel {stands.count} van het logboek, van {moment(stands.at)}. "
            "Wie of wat daarna is verwijderd of ingetrokken, staat er weer in."
        )
        try:
            later = missed(opened.register, anchor) if anchor else []
        finally:  # also when the anchor does not fit: the home is there
            note_event(opened.register, PUT_BACK, {"line": stands.count})
    if later:
        click.echo("Doe dit opnieuw, voordat u iets verwerkt of publiceert:")
        _show_missed(later)
    elif anchor:
        click.echo("Volgens de bewaarde uitvoer is er daarna niets verwijderd of ingetrokken.")
    else:
        click.echo("Wat dat is, zegt een latere uitvoer van het logboek: geef die met --anchor.")


def _show_missed(later: Sequence[Mapping[str, Any]]) -> None:
    from domain.dutch import moment
    from portal.ledger_words import act_words, subject_words

    rows = [
        (
            moment(line["at"]),
            act_words(line["act"]),
            ", ".join(map(" ".join, subject_words(line["what"]))),
        )
        for line in later
    ]
    show_table(("wanneer", "wat", "waarover"), rows)


@click.command()
@home_option
@as_option
def rekey(home: Path | None, user: str | None) -> None:
    """Put every key under a new master key; stop `serve` and `run` first. Killed halfway? Run it again."""
    from pipelines.rekeying import rekey as change
    from pipelines.rekeying import under_way
    from register.notes import note_key
    from storage.lock import file_lock
    from storage.settings import read_settings

    settings = read_settings(home, os.environ)
    with file_lock(settings.places.run_lock), file_lock(settings.places.writer_lock):
        if not under_way(settings):  # begun before: who asked for it stands in the ledger
            with house(home) as opened:
                note_key(opened.register, "rekey", {}, area=None, by=actor(opened, user))
        metingen = change(settings, os.environ)
    click.echo(f"Nieuwe hoofdsleutel: {metingen} sleutels van metingen en de sleutel van het logboek zijn omgezet.")
    click.echo("Maak nu een nieuwe kopie van de sleutels. De oude opent nog met de oude hoofdsleutel: vernietig die.")
    if settings.master == "environment":
        click.echo("Geef de nieuwe sleutel voortaan als TOEGANGSPEIL_MASTER_KEY.")
