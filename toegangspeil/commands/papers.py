"""Papers for officers: every one as a web page or a tagged PDF, the verwerkingsregister also as data."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from toegangspeil.commands.common import actor, as_option, home_option, house, sees

if TYPE_CHECKING:
    from pipelines.house import House
    from register.actors import Actor
    from register.exports.activities import Activity
    from register.exports.page import Page

out_option = click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="Where it is written.")
_PAPER = (".html", ".pdf")


@click.command()
@click.option("--area", help="Only this gemeente or verband.")
@out_option
@home_option
@as_option
def register(area: str | None, out: Path, home: Path | None, user: str | None) -> None:
    """The verwerkingsregister (art. 30 AVG) as .json, .xlsx, .html or .pdf."""
    import json

    from register.exports import processing

    with house(home) as opened:
        found = _activities(opened, actor(opened, user), area)
    check_paper(out, ".json", ".xlsx")
    if out.suffix == ".json":
        write_file(out, (json.dumps(processing.as_json(found), ensure_ascii=False, indent=2) + "\n").encode())
    elif out.suffix == ".xlsx":
        write_file(out, processing.as_xlsx(found))
    else:
        write_paper(processing.as_page(found), out)
    click.echo(f"{len(found)} verwerkingen geschreven")


@click.command()
@click.argument("area")
@click.argument("instrument")
@out_option
@home_option
@as_option
def dpia(area: str, instrument: str, out: Path, home: Path | None, user: str | None) -> None:
    """The annex to the DPIA of one gemeente and INSTRUMENT, as .html or .pdf."""
    from register import advising, releases
    from register.exports.dpia import dpia_annex

    with house(home) as opened:
        activity = _activity(opened, actor(opened, user), area, instrument)
        advice = [one for one in advising.advice_on(opened.register) if one.area in (None, area)]
        page = dpia_annex(activity, releases=releases.list_releases(opened.register), advice=advice)
    _finish(page, out)


@click.command("goes-out")
@click.argument("area")
@click.argument("instrument")
@out_option
@home_option
@as_option
def goes_out(area: str, instrument: str, out: Path, home: Path | None, user: str | None) -> None:
    """'Wat gaat eruit' on one A4: what leaves AREA for INSTRUMENT, for whom, and what never does."""
    from register.exports.papers import standing_contribution, what_goes_out

    with house(home) as opened:
        activity = _activity(opened, actor(opened, user), area, instrument)
        page = what_goes_out(activity, standing_contribution(opened.register, activity))
    _finish(page, out)


@click.command()
@click.argument("area")
@click.argument("instrument")
@click.option("--subprocessor", "subprocessors", multiple=True, help="A processor of the processor; may be repeated.")
@out_option
@home_option
@as_option
def agreement(
    area: str, instrument: str, subprocessors: tuple[str, ...], out: Path, home: Path | None, user: str | None
) -> None:
    """The annex to the verwerkersovereenkomst of one gemeente and INSTRUMENT, as .html or .pdf."""
    from register.exports.papers import agreement_annex

    with house(home) as opened:
        activity = _activity(opened, actor(opened, user), area, instrument)
        page = agreement_annex(activity, subprocessors=subprocessors)
    _finish(page, out)


@click.command("measures")
@out_option
def measures_(out: Path) -> None:
    """Measures you can point to for BIO2 and ENSIA, as .html or .pdf; never a claim that somebody complies."""
    from register.exports.papers import measures

    _finish(measures(), out)


PAPERS = (register, dpia, goes_out, agreement, measures_)


def check_paper(out: Path, *more: str) -> None:
    """Raise WrongUsage unless the file has an ending that can be made."""
    from domain.errors import WrongUsage

    if out.suffix not in (*_PAPER, *more):
        raise WrongUsage(f"geef met -o een bestand dat eindigt op {' of '.join((*_PAPER, *more))}")


def write_paper(page: "Page", out: Path) -> None:
    """The page in the form that the file's ending asks for."""
    write_file(out, page.pdf() if out.suffix == ".pdf" else page.html().encode())


def write_file(path: Path, content: bytes) -> None:
    """Whole or not at all, for its owner only."""
    from storage.atomic import write_atomic

    write_atomic(path, content)


def _finish(page: "Page", out: Path) -> None:
    check_paper(out)
    write_paper(page, out)
    click.echo(f"{page.title}: geschreven")


def _activity(opened: "House", by: "Actor", area: str, instrument: str) -> "Activity":
    from domain.errors import Refused

    found = [one for one in _activities(opened, by, area) if one.instrument == instrument]
    if not found:
        raise Refused("van dit instrument is in deze gemeente nog niets aangeleverd; er is nog niets te schrijven")
    return found[0]


def _activities(opened: "House", by: "Actor", area: str | None) -> "list[Activity]":
    """The processing activities that somebody may see; raises NotAllowed for another gemeente."""
    from register.exports.activities import activities
    from register.permissions import Act, check

    areas = sees(by, Act.SEE_DELIVERIES)
    if area is not None:
        check(by, Act.SEE_DELIVERIES, area)
    names = {code: one.name for code, one in opened.gemeenten.items()}
    found = activities(
        opened.register,
        opened.codebooks.get,
        among=None if area is None else [area],
        name_of=lambda code: names.get(code, code),
    )
    return [one for one in found if areas is None or one.area in areas]
