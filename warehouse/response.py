"""How many people took part, beside how many answered each question, in this release and in those before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from operator import itemgetter
from typing import Any

from domain.printed import PrintedPeople
from domain.release import History, Status
from domain.vocabulary import TOTAAL
from warehouse import schema
from warehouse.before import Before
from warehouse.between import Beside
from warehouse.cells import Cell, cell_of, standing
from warehouse.results import Printer, Row
from warehouse.scopes import RESPONSE, cell_then, scope_of

_STUDY = itemgetter("instrument", "meting", "doelgroep")
_TOOK_PART = ""
_CLOSED: Row = {"status": Status.SUPPRESSED.value, "n": None}
Place = tuple[str, tuple[str, ...]]
Since = Mapping[str, tuple[int, int]]


def beside_questions(
    people: Sequence[Row],
    measured: Sequence[Row],
    answered: Sequence[Row],
    beside: Beside,
    before: Before,
    history: History,
    printer: Printer,
) -> tuple[list[Row], list[Row], list[Row]]:
    """The cells of response.sql, results.sql and distribution.sql, closed where a closed area or group would follow.

    Who answered took part, so numbers of both tell more than each. What earlier releases printed stands beside them.
    """
    holds = {area: leaves for area, (_, leaves) in beside.above.areas.items() if leaves != {area}}
    closed: set[tuple[Any, ...]] = set()
    studies: dict[tuple[str, ...], dict[str, list[Row]]] = {}
    for cell in chain(people, measured, answered):
        if not cell["interviews"]:
            studies.setdefault(_STUDY(cell), {}).setdefault(_question(cell), []).append(cell)
    for study, questions in studies.items():
        earlier = list(_earlier(study, beside, before, history, printer))
        open_ = {question: cells for question, cells in questions.items() if not before.stays(cells[0])}
        now = [_now(question, cells, printer) for question, cells in open_.items()]
        if earlier:
            now = [replace(one, whose=_whose(one.n, beside, {})) for one in now]
        left = printer.rules.beside_who_took_part([*earlier, *now], holds, minimum=printer.minimum)
        for was, one in zip(now, left[len(earlier) :], strict=True):
            closed |= {
                (study, was.question, place) for place, n in was.n.items() if n is not None and one.n[place] is None
            }

    def kept(cells: Iterable[Row]) -> list[Row]:
        return [{**cell, **_CLOSED} if _key(cell, printer) in closed else cell for cell in cells]

    return kept(people), kept(measured), kept(answered)


def _question(row: Row) -> str:
    """Of all wishes the name of their table, of who took part nothing."""
    if row.get("statistic") == "improvement":
        return schema.FACT_IMPROVEMENT.name
    return _TOOK_PART if row["question"] == RESPONSE else str(row["question"])


def _key(cell: Row, printer: Printer) -> tuple[Any, ...]:
    return _STUDY(cell), _question(cell), (cell["area"], printer.group(cell))


def _now(question: str, cells: Iterable[Row], printer: Printer) -> PrintedPeople:
    found: dict[Place, int | None] = {}
    small = set()
    for cell in cells:
        own, place = standing(cell, printer.minimum), (cell["area"], printer.group(cell))
        found[place] = own.n if own.shown else None
        if not own.shown and 0 < cell["people"] < printer.minimum:
            small.add(place)
    return PrintedPeople(question, found, frozenset(small))


def _earlier(
    study: tuple[str, ...], beside: Beside, before: Before, history: History, printer: Printer
) -> Iterator[PrintedPeople]:
    """What earlier releases printed of who took part and of every question, one by one."""
    since = _since(study, history, beside.then, printer.minimum)
    for question in (_TOOK_PART, *before.questions(study)):
        prints: Iterable[Iterable[Row]] = before.took_part(study)
        if question != _TOOK_PART:
            prints = (chain(*tables.values()) for tables in before.about((*study, question)))
        changed: Since = {}
        for rows in map(list, prints):
            if rows:
                changed = since.get(rows[0]["release"], changed)  # else it repeated those of the one before it
                n = _then(rows, beside, printer)
                yield PrintedPeople(question, n, whose=_whose(n, beside, changed), earlier=True)


def _whose(places: Iterable[Place], beside: Beside, changed: Since) -> dict[str, frozenset[Any]]:
    """Per area the delivering areas in it, with who came and left since."""
    areas = {area for area, _ in places}
    own = {area: (area, changed.get(area)) for area in areas}
    return {area: frozenset(own[leaf] for leaf in beside.above.areas[area][1] & areas) for area in areas}


def _then(rows: Iterable[Row], beside: Beside, printer: Printer) -> dict[Place, int | None]:
    """Without sums over others than those that have a line: where a verband delivers in another way now."""
    found: dict[Place, int | None] = {}
    rests_on: dict[str, int | None] = {}
    for row in rows:
        area = row["area"]
        if row["status"] != Status.NOT_COMPARABLE.value and area in beside.above.areas:
            place = (area, printer.group({"breakdown": TOTAAL, "breakdown_value": TOTAAL, **row}))
            found[place] = found.get(place) or _n(row, beside.then.get(row["release"], {}))
            rests_on[area] = rests_on.get(area) or row["n_gemeenten"]
    areas = {area for area, _ in found}
    seen = {area: len(areas & beside.above.areas[area][1]) for area in areas}
    return {place: n for place, n in found.items() if n is None or seen[place[0]] == rests_on[place[0]]}


def _n(row: Row, people: Mapping[Cell, int]) -> int | None:
    """The number that a row prints; of a band the number that protect kept."""
    if row.get("base_band") is not None:
        return people.get(cell_of(row))
    n: int | None = row["responded"] if "responded" in row else row["base"]
    return n


def _since(study: tuple[str, ...], history: History, releases: Iterable[str], minimum: int) -> dict[str, Since]:
    """Per earlier release and area who came and left since, where these are enough to be other people.

    Of a release that only repeated who took part, its people are those of the release before it.
    """
    found: dict[str, Since] = {}
    now: dict[str, tuple[int, int]] = {}
    scope = scope_of(dict(zip(("instrument", "meting", "doelgroep"), study, strict=True)), RESPONSE)
    own: dict[str, dict[str, tuple[int, int]]] = {}
    for cell in history.of_scope(scope):
        own.setdefault(cell.release, {})[cell_then(cell)[4]] = (cell.delta_in, cell.delta_out)
    for release in releases:
        now = {**now, **own.get(release, {})}
        found[release] = {area: both for area, both in now.items() if max(both) >= minimum}
    return found
