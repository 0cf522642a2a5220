"""What delivering areas are added up to: now, and in earlier releases, of which the lines still stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from warehouse.sources import LAND, AreaBook

MIN_CONTRIBUTORS = 3
Tree = Sequence[tuple[str, str, str]]
"""(kind of the area, delivering area, area that holds it), sorted; a delivering area holds itself."""


def tree_of(leaves: Iterable[str], areas: AreaBook) -> list[tuple[str, str, str]]:
    """Of the delivering areas of one release.

    A verband that delivers as one body is a leaf; it is then not also added up from its gemeenten. A group that
    could never have enough contributors is not made at all: protect would close cells to keep it safe.
    """
    present, names = set(leaves), areas.names
    above = [(leaf, up) for leaf, up in areas.parents() if leaf in present and up not in present and up in names]
    broad = {up for up, count in Counter(up for _, up in above).items() if count >= MIN_CONTRIBUTORS}
    pairs = [(leaf, leaf) for leaf in present] + [(leaf, LAND) for leaf in present]
    pairs += [(leaf, up) for leaf, up in above if up in broad]
    return sorted({(names[area][1], leaf, area) for leaf, area in pairs if area in names})


def with_earlier(now: Tree, before: Tree) -> list[tuple[str, str, str]]:
    """The same with who took part before: without who left, the parts of an earlier line would not add up to it.

    A verband that delivers in one release and is added up in another stays what it is now.
    """
    groups = {area for _, leaf, area in now if leaf != area}
    more = [row for row in before if row[1] not in groups]
    leaves = {leaf for _, leaf, _ in (*now, *more)}
    return sorted({*now, *(row for row in more if row[1] == row[2] or row[2] not in leaves)})
