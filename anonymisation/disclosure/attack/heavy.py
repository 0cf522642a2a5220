"""The attack on weighted figures of groups of a breakdown, by who knows the lowest and the highest weight (T6).

A question is one programme, as without weights (`attack/areas.py`). Behind every line stand, beside its people and what
they answered, what they weigh together and what those answers weigh; a weighted figure says what the one is of the
other. The groups of an area weigh together what everybody there does: one each, on a mean of 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import duckdb
import numpy as np

from anonymisation.disclosure.attack.answers import ABOVE
from anonymisation.disclosure.attack.areas import Laid, Question, following, lay_out, questions_of, what_follows
from anonymisation.disclosure.attack.figures import MASKS, Bands
from anonymisation.disclosure.attack.groups import Behind, Code, Scale
from anonymisation.disclosure.attack.weighted import Weights
from anonymisation.disclosure.attack.worlds import Unknowns
from domain.release import TOTAL, Finding
from storage.duck import query

Figure = tuple[Any, str | None, float | None]
"""What is printed: value, label and step."""
SMALLEST = 10

# Grain: one row per printed weighted figure of a question in an area, of everybody or of a group.
FIGURES = r"""
select
    instrument, meting, doelgroep, question, replace(statistic, '_weighted', ''), area, breakdown, breakdown_value,
    value, label, step
from fact_result
where statistic like '%\_weighted' escape '\' and (value is not null or label is not null)
order by all
"""


class Weight(NamedTuple):
    """The unknowns behind a line: as without weights, and what its people and their answers weigh."""

    plain: Behind
    people: int
    said: int


def attack_weighted_groups(connection: duckdb.DuckDBPyConnection, bands: Bands, weights: Weights) -> Iterator[Finding]:
    """Counts, or sums of answers, that weighted figures in areas with groups tell and the plain ones do not."""
    printed: dict[tuple[str, ...], dict[Code, Figure]] = {}
    for *line, area, breakdown, value, figure, label, step in query(connection, FIGURES):
        code = (area, "", "") if breakdown == TOTAL else (area, breakdown, value)
        printed.setdefault(tuple(line), {})[code] = figure, label, step
    for asked in questions_of(connection, bands):
        figures = printed.get(asked.named, {})
        if asked.groups and figures:
            yield from question_tells(asked, figures, weights)


def question_tells(asked: Question, figures: Mapping[Code, Figure], weights: Weights) -> Iterator[Finding]:
    """Of the first way to read the plain figures that some world fits; what these tell alone is found elsewhere.

    figures: the weighted ones, by area and group; of everybody both empty.
    """
    for counted in [True, False] if asked.answers else [False]:
        unknowns = Unknowns()
        laid = lay_out(asked, unknowns, asked.answers, counted=counted)
        known = following(unknowns, laid.wanted)
        if known is None:
            continue
        if not laid.groups:
            return
        for area in sorted({code[0] for code in figures}):
            _weigh(unknowns, laid, area, figures, weights)
        found = what_follows(unknowns, {at: one for at, one in laid.wanted.items() if at not in known})
        yield from (replace(one, learned=f"gewogen cijfers erbij: {one.learned}") for one in found or ())
        return


def _weigh(unknowns: Unknowns, laid: Laid, area: str, figures: Mapping[Code, Figure], weights: Weights) -> None:
    """Put what everybody in an area and each of its groups weigh in the programme, and what is printed of that."""
    n, scale = laid.asked.areas[area].n if area in laid.asked.areas else None, laid.asked.scale
    own = {code: _weight(unknowns, behind, scale, weights) for code, behind in laid.groups.items() if code[0] == area}
    if n is not None:
        everybody = Behind(unknowns.add(n, n), laid.rows[area][-1])
        whole = _weight(unknowns, everybody, scale, weights)
        unknowns.between([(whole.people, 1.0)], n, n)
        own[area, "", ""] = whole
    for whole_code, parts in _parts(laid.asked, own):
        rest = Behind(unknowns.add(), unknowns.add())
        _add_up(unknowns, own[whole_code], [*(own[code] for code in parts), _weight(unknowns, rest, scale, weights)])
    for code, weight in own.items():
        if code in figures:
            least, most = _each(figures[code], unknowns.low[weight.plain.number], scale)
            unknowns.between([(weight.said, 1.0), (weight.people, -least)], 0.0, np.inf)
            unknowns.between([(weight.said, 1.0), (weight.people, -most)], -np.inf, 0.0)


def _weight(unknowns: Unknowns, behind: Behind, scale: Scale, weights: Weights) -> Weight:
    """What people weigh, and their answers, and what they did not answer: each of them between the two ends."""
    found = Weight(behind, unknowns.add(), unknowns.add())
    low, high = weights
    left, weighed = [(behind.number, scale.each), (behind.said, -1.0)], [(found.people, scale.each), (found.said, -1.0)]
    pairs = (
        ([(behind.number, 1.0)], [(found.people, 1.0)]), ([(behind.said, 1.0)], [(found.said, 1.0)]), (left, weighed)
    )  # fmt: skip
    for plain, heavy in pairs:
        unknowns.between([*heavy, *((at, -low * times) for at, times in plain)], 0.0, np.inf)
        unknowns.between([*heavy, *((at, -high * times) for at, times in plain)], -np.inf, 0.0)
    return found


def _add_up(unknowns: Unknowns, whole: Weight, parts: Sequence[Weight]) -> None:
    unknowns.whole(whole.plain.number, [part.plain.number for part in parts])
    unknowns.whole(whole.plain.said, [part.plain.said for part in parts])
    unknowns.whole(whole.people, [part.people for part in parts])
    unknowns.whole(whole.said, [part.said for part in parts])


def _parts(asked: Question, own: Mapping[Code, Weight]) -> Iterator[tuple[Code, list[Code]]]:
    """Groups that lie in another, or in everybody, beside each other."""
    found: dict[Code, dict[str, list[Code]]] = {}
    for group in asked.groups:
        area, breakdown, _ = group.code
        whole = (area, breakdown, group.parent) if group.parent else (area, "", "")
        if group.code in own and whole in own:
            found.setdefault(whole, {}).setdefault(breakdown, []).append(group.code)
    return ((whole, parts) for whole, breakdowns in found.items() for parts in breakdowns.values())


def _each(figure: Figure, people: float, scale: Scale) -> tuple[float, float]:
    """The least and the most per weight that a figure leaves; beside a masked end it may come from one step off."""
    value, label, step = figure
    edge, wide = 0.1, max(0.1, (1.0 if scale.name == "aandelen" else 2.0) / max(people, SMALLEST))
    if value is None:
        high = MASKS.get(label or "") == ABOVE or "hoogste" in (label or "")
        return (scale.each - wide, scale.each) if high else (0.0, wide)
    unit = 0.01 if scale.name == "aandelen" else 1.0
    middle, half = float(value) * unit - scale.bottom, float(step or 1) * unit / 2
    low, top = middle - half, middle + half
    near = low - 2 * half <= wide, top + 2 * half >= scale.each - wide
    return max(edge, low - 2 * half * near[0]), min(scale.each - edge, top + 2 * half * near[1])
