"""The attack on a published DuckDB file: bases, bands, shares, means, intervals, labels, benchmarks, marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import duckdb

from anonymisation.disclosure.attack.areas import attack_areas, questions_of
from anonymisation.disclosure.attack.benchmarks import attack_benchmarks
from anonymisation.disclosure.attack.between import attack_between
from anonymisation.disclosure.attack.cells import views
from anonymisation.disclosure.attack.counted import attack_counted
from anonymisation.disclosure.attack.everybody import attack_everybody
from anonymisation.disclosure.attack.figures import attack_figures
from anonymisation.disclosure.attack.heavy import attack_weighted_groups
from anonymisation.disclosure.attack.labels import attack_labels
from anonymisation.disclosure.attack.marks import attack_marks
from anonymisation.disclosure.attack.pooled import unseen
from anonymisation.disclosure.attack.steps import attack_steps
from anonymisation.disclosure.attack.talks import attack_talks
from anonymisation.disclosure.attack.took_part import attack_took_part
from anonymisation.disclosure.attack.twice import Earlier, numbers_of_people
from anonymisation.disclosure.attack.weighted import (
    Weights,
    attack_weighted,
    changed_weights,
    groups_beside_weights,
    misplaced_weights,
)
from anonymisation.disclosure.attack.words import attack_words
from anonymisation.disclosure.auditor import audit
from anonymisation.disclosure.bases import BANDS, added_up, hierarchies
from anonymisation.disclosure.certified import places, swapped
from domain.errors import CannotCheck
from domain.release import AuditReport, Finding, Rules
from storage.duck import analyst, query

ATTACKS = (
    "gemiddelden, aandelen en intervallen terugrekenen",
    "aandelen en gemiddelden van gemeenten naast die van hun provincie, verband, benchmark en het land",
    "hoeveel mensen meededen naast hoeveel een vraag beantwoordden, ook in groepen en in eerdere uitgaven",
    "een verband min zijn gemeenten, waar een ander de cijfers telde, ook in twee uitgaven",
    "dezelfde regel in twee uitgaven, en alle gebieden van alle uitgaven samen: wie kwam of ging en wat die zei",
    "aantallen van twee uitgaven samen, ook de weggelaten aantallen: wie er zat, kwam of ging",
    "een gemeente die zichzelf van een vergelijking aftrekt",
    "gebieden waarvan (bijna) iedereen in één groep van een gevoelige uitsplitsing zit",
    "labels van gesprekken terugrekenen tot aantallen, ook naast het aandeel van alle gesprekken en in twee uitgaven",
    "gewogen cijfers waar ze niet mogen staan, of die sinds een eerdere uitgave anders zijn",
    "kolommen, maten en woorden die er niet horen",
)
WEIGHTED = ("gewogen cijfers naast gewone, voor wie weet hoe zwaar iemand telt",)


def audit_published(path: Path, minimum: int = 10, *, weights: Weights | None = None) -> AuditReport:
    """Attack one published file as an outsider, and see that the certificate beside it is its own.

    weights: the lowest and the highest weight, on a mean of 1, for an outsider who knows these too.
    Raises CannotCheck when it is not a published file.
    """
    rules = Rules(minimum=minimum, internal=minimum < 10, insider_dimension="area")
    try:
        with analyst(path) as connection:
            report = attack_database(connection, rules, weights=weights)
            steps = _beside_earlier(connection, path, rules)
            beside = [place for place in places(path) if place.exists()]
            other = [one for place in beside for one in swapped(connection, place, path.with_suffix(""), report)]
            findings = (*dict.fromkeys((*report.findings, *steps)), *other)
            return replace(report, findings=findings, certified=bool(beside))
    except duckdb.Error:
        raise CannotCheck(
            f"{path.name}: dit is geen gepubliceerd bestand van Toegangspeil, of het is in gebruik"
        ) from None


def _beside_earlier(connection: duckdb.DuckDBPyConnection, path: Path, rules: Rules) -> Iterator[Finding]:
    """Against the other releases in the same folder that were published before, or on the same day."""
    day = _day(connection)
    with ExitStack() as stack:
        others = [
            stack.enter_context(analyst(one)) for one in sorted(path.parent.glob("*.duckdb")) if one.name != path.name
        ]
        before = sorted((one for one in others if _day(one) <= day), key=_day)
        for one in before:
            yield from attack_steps(connection, one, rules.minimum)
            yield from attack_words(connection, one)
            yield from changed_weights(connection, one, same_day=_day(one) == day)
            yield from groups_beside_weights(connection, one, same_day=_day(one) == day)
        yield from attack_between(connection, before, BANDS, rules.minimum)
        yield from attack_counted(connection, before, rules.minimum)
        yield from attack_took_part(connection, before, BANDS, rules.minimum) if before else ()
        yield from _people_of_all(connection, before, rules)


def _people_of_all(
    now: duckdb.DuckDBPyConnection, before: Sequence[duckdb.DuckDBPyConnection], rules: Rules
) -> Iterator[Finding]:
    """What the numbers of people of earlier files tell beside those of now, closed ones too."""
    last, *earlier = (_people(one) for one in (now, *before))
    yield from numbers_of_people(last.views, earlier, last.trees, _of_file(now, rules))


def _of_file(connection: duckdb.DuckDBPyConnection, rules: Rules) -> Rules:
    """Of a file for everybody not what a gemeente works out: it prints no gemeenten, so nobody sees which groups hold
    enough people.
    """
    return replace(rules, insider_dimension=None) if unseen(connection).gemeenten else rules


def _people(connection: duckdb.DuckDBPyConnection) -> Earlier:
    """The numbers of people that a file prints."""
    trees = hierarchies(connection)
    return Earlier(_name(connection), views(added_up(connection)[1], trees, (), BANDS), trees)


def _name(connection: duckdb.DuckDBPyConnection) -> str:
    ((name,),) = query(connection, "select max(release) from release_info")
    return str(name)


def _day(connection: duckdb.DuckDBPyConnection) -> str:
    ((day,),) = query(connection, "select max(published_on) from release_info")
    return str(day)


def attack_database(
    connection: duckdb.DuckDBPyConnection, rules: Rules, *, weights: Weights | None = None
) -> AuditReport:
    """All attacks on the published tables behind a connection; weights: as in `audit_published`."""
    crossing, tables = added_up(connection)
    report = audit(
        list(tables.values()), hierarchies(connection), _of_file(connection, rules), names=list(tables), bands=BANDS
    )
    more = [*(finding for _, finding in crossing), *attack_marks(connection), *attack_figures(connection, BANDS),
            *attack_areas(questions_of(connection, BANDS)), *attack_benchmarks(connection, rules),
            *attack_labels(connection), *attack_talks(connection, BANDS),
            *attack_everybody(connection, BANDS), *attack_took_part(connection, (), BANDS, rules.minimum),
            *misplaced_weights(connection),
            *(attack_weighted(connection, weights) if weights else ()),
            *(attack_weighted_groups(connection, BANDS, weights) if weights else ())]  # fmt: skip
    return AuditReport(
        rules.minimum, report.cells, report.suppressed, report.intervals, (*report.findings, *more),
        (*report.attacks, *ATTACKS, *(WEIGHTED if weights else ())), report.incidence, report.closed,
    )  # fmt: skip
