"""The attack on shares of parts and wholes: the people behind an answer add up over groups, as the groups do.

Sum by sum until it rests; where a question stands in several tables also as one programme, for wholes overlap there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pyarrow as pa

from anonymisation.disclosure.attack.areas import ONE, most_alike, what_follows
from anonymisation.disclosure.attack.cells import Array, View
from anonymisation.disclosure.attack.sheets import Sheet, lay_out, sheets
from anonymisation.disclosure.attack.sums import MOST, SMALLEST, narrow, with_rests
from anonymisation.disclosure.attack.worlds import Unknowns
from domain.release import Finding, Hierarchy, Key


def attack_together(
    tables: Mapping[str, pa.Table], answers: Sequence[str], hierarchies: Sequence[Hierarchy], found: Mapping[Key, View]
) -> Iterator[Finding]:
    """Printed shares that leave a single count once all groups and tables are laid side by side.

    And closed groups that can be counted together, of which then (nearly) all turn out to have answered alike.
    """
    for sheet in sheets(tables, answers, hierarchies, found):
        known = list(_sum_by_sum(sheet))
        yield from known
        if len(sheet.tables) > 1:
            yield from (one for one in _at_once(sheet) if one not in known)


def _sum_by_sum(sheet: Sheet) -> Iterator[Finding]:
    sums, base = with_rests(list(sheet.view.sums), sheet.people)
    low = np.zeros((len(base), len(sheet.said)))
    high = np.repeat(np.nan_to_num(base, nan=MOST)[:, None], len(sheet.said), axis=1)
    for spot, ends in sheet.spans.items():
        low[spot], high[spot] = ends
    narrow(low, high, base, sums)
    for spot in sheet.spans:
        if spot not in sheet.single and low[spot] >= high[spot]:
            yield sheet.pinned(spot)
    size = sheet.view.size
    if any(_alike(*ends) for ends in zip(low[size:], high[size:], base[size:], strict=True)):
        yield sheet.alike()


def _alike(low: Array, high: Array, people: float) -> bool:
    """Whether an answer of a closed rest is known more surely than a printed group may show."""
    return bool(people >= SMALLEST and ((low > most_alike(people, ONE)) | (low >= high)).any())


def _at_once(sheet: Sheet) -> Sequence[Finding]:
    """Of the first way to read the shares that some world fits: everybody gave one answer, or not."""
    for counted in (True, False):
        unknowns = Unknowns()
        wanted = lay_out(sheet, unknowns, sheet.said, counted=counted)[1]
        if (found := what_follows(unknowns, wanted)) is not None:
            return found
    return ()
