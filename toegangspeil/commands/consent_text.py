"""`toegangspeil consent-text`: what residents read before they say yes; written by one, approved by another."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from toegangspeil.commands.common import actor, as_option, home_option, house, sees, show_table, state
from toegangspeil.commands.deciding import add_decisions

if TYPE_CHECKING:
    from register.actors import Actor
    from register.consent_texts import ConsentText

_PURPOSES = ["benaderen", "deelname", "opname_audio", "citaat_publiceren", "hercontact", "delen_movisie"]


@click.group("consent-text")
def consent_text() -> None:
    """Texts of consent: every change is a new version, and an old yes stays a yes to the old text."""


@consent_text.command()
@click.argument("purpose", type=click.Choice(_PURPOSES))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--area", help="Only for this gemeente; else for all.")
@click.option("--module", default="algemeen", show_default=True, help="Part of the study the text is about.")
@click.option("--recipient", "recipients", multiple=True, default=("Movisie",), help="Who the text names as receiver.")
@home_option
@as_option
def save(
    purpose: str, file: Path, area: str | None, module: str, recipients: tuple[str, ...], home: Path | None,
    user: str | None,
) -> None:  # fmt: skip
    """Save the text in FILE as the next version, as a draft."""
    from domain.errors import InputRejected
    from domain.vocabulary import Purpose
    from register import consent_texts

    try:
        words = file.read_text(encoding="utf-8").strip()
    except UnicodeDecodeError:
        words = ""
    if not words:
        raise InputRejected("het bestand is leeg of geen tekst in UTF-8; sla de tekst op als .txt")
    with house(home) as opened:
        made = consent_texts.save_text(
            opened.register, Purpose(purpose), words, recipients=recipients, by=actor(opened, user), area=area,
            module=module,
        )  # fmt: skip
    click.echo(f"tekst {made.id}: {purpose}, versie {made.version}; wacht op een privacy officer die haar niet schreef")


@consent_text.command("list")
@home_option
@as_option
def list_(home: Path | None, user: str | None) -> None:
    """Every version that you may see."""
    with house(home) as opened:
        rows = _in_sight(opened.register, actor(opened, user))
    show_table(
        ("nr", "gemeente", "doel", "onderdeel", "versie", "staat"),
        [(row.id, row.area or "alle", row.purpose.value, row.module, row.version, state(row.state.value))
         for row in rows],
    )  # fmt: skip


@consent_text.command()
@click.argument("number", type=int)
@home_option
@as_option
def show(number: int, home: Path | None, user: str | None) -> None:
    """One version in full, and the hash that an approval is over."""
    from domain.errors import ConsentRefused

    with house(home) as opened:
        found = [one for one in _in_sight(opened.register, actor(opened, user)) if one.id == number]
    if not found:
        raise ConsentRefused("deze tekst bestaat niet; bekijk de lijst met: toegangspeil consent-text list")
    (one,) = found
    click.echo(
        f"tekst {one.id}: {one.purpose.value} ({one.module}), versie {one.version}, {one.area or 'alle gemeenten'}"
    )
    click.echo(f"ontvangers: {', '.join(one.recipients) or 'geen'}\n\n{one.text}\n")
    if one.comment:
        click.echo(f"toelichting: {one.comment}")
    click.echo(f"kenmerk: {one.text_hash}")


def _in_sight(register: object, by: "Actor") -> "list[ConsentText]":
    """Texts for all, and those of areas where this person may see consents."""
    from register import consent_texts
    from register.permissions import Act

    areas = sees(by, Act.SEE_CONSENT)
    rows = consent_texts.list_texts(register)  # type: ignore[arg-type]
    return [row for row in rows if areas is None or row.area is None or row.area in areas]


def _said(found: "ConsentText") -> str:
    return f"tekst {found.id}: {state(found.state.value)}"


add_decisions(consent_text, "register.consent_texts", "a text", said=_said)
