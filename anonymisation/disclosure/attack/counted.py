"""The attack on figures that somebody else counted: a verband minus its gemeenten, in one file and in all (T2, T5, T6,
T10).

Who is in no printed gemeente is a rest; a small one may not be seen, nor may it follow what a larger one answered. A
line that a file does not print is taken from the nearest file that does. Where gemeenten have more people together
than their verband, or no world fits, these are not figures of the same people.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import duckdb

from anonymisation.disclosure.attack.answers import possible_counts, possible_points
from anonymisation.disclosure.attack.areas import ONE, Wanted, most_alike, what_follows
from anonymisation.disclosure.attack.figures import MASKS
from anonymisation.disclosure.attack.groups import Scale
from anonymisation.disclosure.attack.steps import learned
from anonymisation.disclosure.attack.worlds import PLENTY, Unknowns
from domain.release import Finding
from storage.duck import query

# Grain: one row per area and figure that somebody else counted, with the ends of its scale (of a share none).
FIGURES = """
select
    r.instrument, r.meting, r.doelgroep, r.question, r.statistic, r.area, r.value, r.label, r.step, r.base,
    if(r.statistic = 'mean', q.low, null), if(r.statistic = 'mean', q.high, null)
from fact_result r
left join dim_question q using (instrument, question)
join dim_instrument i using (instrument)
where i.kind = 'aggregate' and r.base is not null
order by all
"""
MEMBERS = "select gemeente, verband from dim_gemeente where verband is not null order by all"
TOO_FEW = "elders geteld: te weinig mensen"
Asked = tuple[str, ...]


@dataclass(frozen=True)
class Figure:
    """What a file prints of one area."""

    n: int
    value: float | None
    label: str | None
    step: float | None

    def span(self, scale: Scale) -> tuple[float, float]:
        """Lowest and highest count, or sum of answers."""
        if scale == ONE:
            step = None if self.step is None else int(self.step)
            return possible_counts(self.value, MASKS.get(self.label or ""), step, self.n)
        return possible_points(self.value, self.label, self.step, self.n, scale.bottom, scale.top)


@dataclass
class Printed:
    """One question in all files, in order of time: per file its figures by area."""

    scale: Scale
    files: list[dict[str, Figure]] = field(default_factory=list)

    def nearest(self, at: int) -> dict[str, Figure]:
        """Every area as this file prints it, or the nearest one."""
        found: dict[str, Figure] = {}
        for other in sorted(range(len(self.files)), key=lambda one: (abs(one - at), one)):
            found = {**self.files[other], **found}
        return found


def attack_counted(
    now: duckdb.DuckDBPyConnection, before: Sequence[duckdb.DuckDBPyConnection], minimum: int
) -> Iterator[Finding]:
    """What a verband minus its gemeenten tells, in this file and beside those before it (in order of time).

    What those tell without this one is no finding of this one.
    """
    every = [*before, now]
    figures, members = [_figures(one) for one in every], _members(every)
    for asked, (scale, shown) in figures[-1].items():
        few = [area for area, figure in shown.items() if figure.n < minimum]
        yield from (Finding("T1", "fact_result", ", ".join((area, *asked[:4])), TOO_FEW) for area in few)
        printed = Printed(scale, [file[asked][1] if asked in file else {} for file in figures])
        for verband, own in sorted(members.items()):
            known = {*_told(asked, verband, own, Printed(scale, printed.files[:-1]), minimum)}
            yield from (one for one in _told(asked, verband, own, printed, minimum) if one not in known)


def _figures(connection: duckdb.DuckDBPyConnection) -> dict[Asked, tuple[Scale, dict[str, Figure]]]:
    found: dict[Asked, tuple[Scale, dict[str, Figure]]] = {}
    for *asked, area, value, label, step, n, low, high in query(connection, FIGURES):
        scale = ONE if low is None else Scale(float(low), float(high), "gemiddelden")
        found.setdefault(tuple(asked), (scale, {}))[1][area] = Figure(n, value, label, step)
    return found


def _members(files: Sequence[duckdb.DuckDBPyConnection]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for gemeente, verband in (row for one in files for row in query(one, MEMBERS)):
        found.setdefault(verband, set()).add(gemeente)
    return found


@dataclass(frozen=True)
class Rest:
    """Who is in a verband and in no printed gemeente, in one file, with the lines that tell."""

    people: int
    whole: tuple[str, Figure]
    parts: tuple[tuple[str, Figure], ...]

    def span(self, scale: Scale) -> tuple[float, float]:
        """Lowest and highest count (or sum of answers) by itself."""
        low, high = self.whole[1].span(scale)
        spans = [figure.span(scale) for _, figure in self.parts]
        most = self.people * scale.each
        return max(0.0, low - sum(high for _, high in spans)), min(most, high - sum(low for low, _ in spans))


def _rests(verband: str, own: set[str], printed: Printed) -> Iterator[Rest]:
    for at, file in enumerate(printed.files):
        lines = printed.nearest(at)
        parts = tuple((area, lines[area]) for area in sorted(own & lines.keys()))
        people = file[verband].n - sum(figure.n for _, figure in parts) if verband in file else -1
        if parts and people >= 0:
            yield Rest(people, (verband, file[verband]), parts)


def _told(asked: Asked, verband: str, own: set[str], printed: Printed, minimum: int) -> list[Finding]:
    scale, rests = printed.scale, list(dict.fromkeys(_rests(verband, own, printed)))
    where = ", ".join((verband, *asked[:4]))

    def finding(threat: str, what: str) -> Finding:
        return Finding(threat, "fact_result", where, f"elders geteld, verband min zijn gemeenten: {what}")

    small = finding("T2", f"een groep kleiner dan {minimum}")
    found = [small for rest in rests if 0 < rest.people < minimum]
    for some in (*([rest] for rest in rests), rests):
        found += _of_answers(some, scale, finding("T5", "wie overblijft gaf (bijna) allemaal hetzelfde antwoord"),
                             finding("T6", "een exact aantal"))  # fmt: skip
    for was, now in combinations(rests, 2):
        if was.people and now.people:
            people, spans = [was.people, now.people], [was.span(scale), now.span(scale)]
            what = learned(spans, people, [scale.each * n for n in people], minimum)
            found += [finding("T10", f"twee uitgaven: {what[1]}")] if what else []
    return found


def _of_answers(rests: Sequence[Rest], scale: Scale, alike: Finding, exact: Finding) -> list[Finding]:
    """What follows from these sums together; nothing where no world fits."""
    unknowns = Unknowns()
    lines = dict.fromkeys(line for rest in rests for line in (rest.whole, *rest.parts))
    at = {line: unknowns.add(*line[1].span(scale)) for line in lines}
    wanted: Wanted = {at[line]: (PLENTY, exact) for line in lines if len({*line[1].span(scale)}) > 1}
    for rest in rests:
        every = rest.people * scale.each
        yes, no = unknowns.add(0.0, every), unknowns.add(0.0, every)
        unknowns.whole(at[rest.whole], [*(at[line] for line in rest.parts), yes])
        unknowns.between([(yes, 1.0), (no, 1.0)], every, every)
        if rest.people:
            wanted |= dict.fromkeys((yes, no), (most_alike(rest.people, scale), alike))
    return what_follows(unknowns, wanted) or []
