"""The curve of all talks in a pool, beside words of gemeenten and curves of earlier, smaller pools (T5, T6, T10).

Readers are taken to know how many talks of every gemeente say something about a phase.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from anonymisation.disclosure.incidence import sums_of
from anonymisation.disclosure.pooled import STEP, Pools, pool_problem, pools_inside
from anonymisation.disclosure.shares import PublishedShare, most_alike, share_in_steps
from anonymisation.disclosure.talks import curve_counts, curve_label
from anonymisation.disclosure.together import Span, Web, settled, spans
from domain.release import MINIMUM

POOL_STEPS = (STEP, 20)
Moods = tuple[int, ...]
"""Positive, neutral and negative journeys."""


def pool_curve(
    moods: Mapping[str, Moods],
    labels: Mapping[str, str],
    *,
    minimum: int = MINIMUM,
    before: Pools | None = (),
) -> tuple[PublishedShare, ...] | None:
    """Shares of positive, neutral and negative journeys in the pool; None when it breaks a rule or tells in any step.

    moods: per gemeente how many of the journeys that say something about a phase were so; at least five together.
    labels: what gemeenten show of this phase; of one that shows nothing no label may follow either.
    before: earlier pools of the same phase; None where people came to one, or left it.
    """
    journeys = {area: sum(said) for area, said in moods.items()}
    if before is None or pool_problem(journeys, minimum=minimum):
        return None
    grown = pools_inside(before, journeys, minimum)
    if grown is None:
        return None
    place = {area: at for at, area in enumerate(journeys)}
    pools, n = [*grown, frozenset(journeys)], list(journeys.values())
    least = [[low for low, _ in curve_counts(labels.get(area), many)] for area, many in journeys.items()]
    sums, show, ends = [], {}, {}
    step_of = {frozenset(areas).intersection(journeys): step for areas, step in before}
    for inside, pool in zip([frozenset[str](), *pools], pools, strict=False):
        came, counts = [place[area] for area in sorted(pool - inside)], _together(moods[area] for area in pool)
        if inside:  # who came since is a group of its own
            last, came = len(n) - 1, [len(n), *came]
            alike = max(map(sum, zip(*(least[at] for at in came[1:]), strict=True)))
            ends[len(n)] = (max(alike, most_alike(sum(n[at] for at in came[1:]), sensitive=False)), 0.0)
            n.append(sum(n[at] for at in came[1:]))
            sums += [came, [len(n), last, came[0]]]
        else:
            sums.append([len(n), *came])
        show[len(n)] = _whole(counts, minimum, step_of.get(pool) if pool != journeys.keys() else None)
        n.append(sum(counts))
    words = {place[area]: _word(labels[area], n[place[area]]) for area in journeys if area in labels}
    silent = {place[area]: (float(2 * n[place[area]] // 3), 0.0) for area in journeys if area not in labels}
    whole = len(n) - 1
    web = Web(
        total=np.array(n, dtype=np.float64),
        single=np.ones(len(n), dtype=bool),
        sums=[sums_of(sums)],
        show={**words, **show},
        first=lambda row, _: (int(row != whole),),
        steps=POOL_STEPS,
        rests={**silent, **ends},
        exact=True,
    )
    step = settled(web)[whole]
    return _shares(_together(moods.values()), step, minimum) if step in POOL_STEPS else None


def _together(moods: Iterable[Moods]) -> Moods:
    return tuple(map(sum, zip(*moods, strict=True)))


def _shares(counts: Moods, step: int, minimum: int) -> tuple[PublishedShare, ...]:
    return tuple(share_in_steps(count, sum(counts), step, minimum) for count in counts)


def _word(label: str, n: int) -> Callable[[int], Sequence[Span | None]]:
    """What a label of a gemeente says of its journeys; it stays as it is."""
    return lambda _: [Span(low, high, POOL_STEPS[-1]) for low, high in curve_counts(label, n)]


def _whole(counts: Moods, minimum: int, printed: int | None) -> Callable[[int], Sequence[Span | None]]:
    """What shares and label of a pool say together; of an earlier one always in the step in which it was printed."""
    n, label = sum(counts), curve_counts(curve_label(*counts), sum(counts))

    def show(step: int) -> list[Span | None]:
        if (printed or step) not in POOL_STEPS:
            return [None] * len(counts)
        both = zip(spans(_shares(counts, printed or step, minimum), n), label, strict=True)
        return [one and Span(max(one.low, low), min(one.high, high), one.step) for one, (low, high) in both]

    return show
