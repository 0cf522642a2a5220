"""`toegangspeil consent`: what residents said yes or no to; read by number, kept by pseudonym."""

from pathlib import Path

import click

from toegangspeil.commands.common import actor, area_of, as_option, home_option, house, show_table

scope_option = click.option(
    "--scope", required=True, metavar="AREA/INSTRUMENT/METING", help="For which study, e.g. GM9001/klantreis/2026."
)


@click.group()
def consent() -> None:
    """Consents: import them, or count what holds."""


@consent.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@scope_option
@home_option
@as_option
def import_(file: Path, scope: str, home: Path | None, user: str | None) -> None:
    """Take over a CSV with persoon, doel, wat and moment; the identifier becomes a pseudonym and is not kept."""
    from functools import partial

    from anonymisation.pseudonyms import pseudonym
    from pipelines.intake import keyed
    from register import consents
    from register.consent_import import read_consents
    from register.permissions import Act, check

    area = area_of(scope)
    with house(home) as opened:
        by = actor(opened, user)
        check(by, Act.CONSENT_RECORD, area)
        opened.keyring.ensure_scope(area, scope)
        mark = partial(pseudonym, key=opened.keyring.purpose_key(area, scope, "pseudonym"), scope=scope)
        records = read_consents(file.read_bytes(), scope, mark)
        fresh = consents.record_consents(opened.register, records, by=by, source=f"csv {keyed(opened, file.name)}")
    click.echo(f"{fresh} nieuw vastgelegd, {len(records) - fresh} waren al bekend")


@consent.command()
@scope_option
@home_option
@as_option
def status(scope: str, home: Path | None, user: str | None) -> None:
    """Per purpose, how many people stand where now; never who."""
    from collections import Counter

    from domain.vocabulary import Purpose
    from register import consents
    from register.permissions import Act, check

    area = area_of(scope)
    with house(home) as opened:
        check(actor(opened, user), Act.SEE_CONSENT, area)
        now = opened.register.clock()
        rows = [
            (purpose.value, standing.value, n)
            for purpose in Purpose
            for standing, n in sorted(
                Counter(consents.standings_at(opened.register, scope, purpose, now).values()).items()
            )
        ]
        gone = len(consents.removed(opened.register, scope))
    show_table(("doel", "staat nu op", "mensen"), rows)
    click.echo(f"verwijderd op verzoek: {gone}")
