"""`toegangspeil policy`: rules in plain words, offered by one and approved by another."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from toegangspeil.commands.common import (
    actor,
    as_option,
    home_option,
    house,
    json_option,
    sees,
    show_json,
    show_table,
    state,
)
from toegangspeil.commands.deciding import add_decisions

if TYPE_CHECKING:
    from domain.policy import Policy
    from pipelines.house import House
    from register.policies import PolicyVersion


@click.group()
def policy() -> None:
    """Rules: what happens to every column and every personal detail."""


@policy.command("list")
@home_option
@as_option
@json_option
def list_(home: Path | None, user: str | None, as_json: bool) -> None:
    """Every version of the rules that you may see."""
    from register import policies

    with house(home) as opened:
        areas = _areas(opened, user)
        rows = [one for one in policies.versions(opened.register) if _in_sight(one.policy, areas)]
    if as_json:
        show_json([
            {"policy": row.id, "name": row.policy.id, "gemeente": row.policy.gemeente, "codebook": row.policy.codebook,
             "state": row.state.value, "fingerprint": row.fingerprint, "valid_until": row.valid_until}
            for row in rows
        ])  # fmt: skip
        return
    show_table(
        ("nr", "regels", "gemeente", "staat", "geldig tot"),
        [
            (one.id, one.policy.id, one.policy.gemeente or "basis", state(one.state), (one.valid_until or "")[:10])
            for one in rows
        ],
    )


@policy.command()
@click.argument("number", type=int)
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Also write them as YAML, to change for `draft`.")
@home_option
@as_option
def show(number: int, out: Path | None, home: Path | None, user: str | None) -> None:
    """One version in plain words, and the fingerprint that an approval is over."""
    with house(home) as opened:
        found = _found(opened, number, user)
    rules = found.policy
    if out is not None:
        _write_rules(rules, out)
    click.echo(f"regels {found.id}: {rules.id}, {rules.gemeente or 'basis'}, codeboek {rules.codebook}")
    click.echo(f"staat: {state(found.state.value)}; opgesteld door {', '.join(found.authors)}")
    click.echo(f"kenmerk: {found.fingerprint}\n")
    _show_rules(rules)


@policy.command()
@click.argument("number", type=int)
@home_option
@as_option
def diff(number: int, home: Path | None, user: str | None) -> None:
    """What a version changes against the rules in force."""
    from register import policies

    with house(home) as opened:
        _found(opened, number, user)
        changes = policies.changes(opened.register, number)
    for change in changes:
        click.echo(str(change))
    if not changes:
        click.echo("geen verschil met de regels die nu gelden (of er gelden nog geen regels)")


@policy.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@home_option
@as_option
def draft(file: Path, home: Path | None, user: str | None) -> None:
    """Save the rules in FILE (YAML) as a draft."""
    from domain.policy import read_policy
    from register import policies
    from storage.yaml import read_yaml

    with house(home) as opened:
        by = actor(opened, user)
        rules = read_policy(read_yaml(file), file.name)
        codebook = opened.codebooks.get(rules.codebook)
        made = policies.save_draft(opened.register, rules, codebook=codebook, by=by)
    click.echo(f"regels {made.id}: concept. Indienen: toegangspeil policy submit {made.id}")


@policy.command()
@click.argument("number", type=int)
@home_option
@as_option
def submit(number: int, home: Path | None, user: str | None) -> None:
    """Offer a draft to the privacy officer."""
    from register import policies

    with house(home) as opened:
        found = policies.submit(opened.register, number, by=actor(opened, user))
    click.echo(f"regels {found.id}: ingediend; wacht op een privacy officer die er niet aan schreef")


def _write_rules(rules: "Policy", out: Path) -> None:
    from domain.errors import WrongUsage
    from storage.yaml import write_yaml

    if out.exists():
        raise WrongUsage("dit bestand bestaat al; kies met -o een andere naam")
    write_yaml(out, rules.canonical())


def _said(found: "PolicyVersion") -> str:
    until = f", geldig tot {found.valid_until[:10]}" if found.valid_until else ""
    return f"regels {found.id}: {state(found.state.value)}{until}"


add_decisions(policy, "register.policies", "rules", said=_said)


def _areas(opened: "House", user: str | None) -> frozenset[str] | None:
    from register.permissions import Act

    return sees(actor(opened, user), Act.SEE_POLICY)


def _in_sight(rules: "Policy", areas: frozenset[str] | None) -> bool:
    """Base rules are for everybody who sees rules; an overlay only for its own gemeente."""
    return areas is None or rules.gemeente is None or rules.gemeente in areas


def _found(opened: "House", number: int, user: str | None) -> "PolicyVersion":
    """A version in sight; else it is not there."""
    from domain.errors import NotAllowed
    from register import policies

    areas = _areas(opened, user)
    found = policies.version(opened.register, number)
    if not _in_sight(found.policy, areas):
        raise NotAllowed("deze regels zijn van een andere gemeente; bekijk de lijst met: toegangspeil policy list")
    return found


def _show_rules(rules: "Policy") -> None:
    from domain.bands import BANDS
    from portal.words import ENTITIES, ENTITY_DOES, TREATMENTS, listed

    rows = [
        (name if table == "rows" else f"{table}.{name}", TREATMENTS[rule.do.value],
         ", ".join(BANDS[rule.bands].labels) if rule.bands in BANDS else rule.bands or "")
        for table, columns in rules.columns.items()
        for name, rule in columns.items()
    ]  # fmt: skip
    show_table(("kolom", "wat wij doen", "groepen"), rows)
    click.echo()
    show_table(
        ("in open tekst", "wat wij doen"), [(ENTITIES[one], ENTITY_DOES[does]) for one, does in rules.entities.items()]
    )
    kept = rules.retention
    click.echo(f"\nkleinste groep: {rules.min_group} mensen; achter een thema: minstens {rules.min_support} mensen")
    click.echo(f"uitsplitsingen: {listed(rules.breakdowns) if rules.breakdowns else 'geen'}")
    click.echo(f"ontvangers: {listed(rules.recipients)}")
    click.echo(
        f"bewaren: ruw {kept.raw} dagen, gepseudonimiseerd {kept.pseudonymised} dagen, nakijklijst {kept.review} "
        f"dagen, quarantaine {kept.quarantine} dagen"
    )
