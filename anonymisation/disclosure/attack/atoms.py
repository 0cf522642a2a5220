"""Groups that no table prints but several tables share: overlapping age bands, tables that meet in a ring."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import product

from anonymisation.disclosure.attack.cells import APART, View
from anonymisation.disclosure.hierarchy import code_atoms
from domain.errors import CannotCheck
from domain.release import TOTAL, Hierarchy, Key

MOST = 400_000


def add_common_groups(view: View, hierarchies: Sequence[Hierarchy]) -> None:
    """Add the finest groups under all tables of a view, where a table alone does not hold them already."""
    made_up = _link_nested(view, hierarchies)
    shapes = {dims: set().union(*(set(c) for d, c in view.leaves if d == dims)) for dims, _ in view.leaves}
    view.ring = not _on_a_tree(list(shapes))
    if len(view.leaves) < 2 or (not view.ring and not _overlap(view, hierarchies, made_up)):
        return
    names = sorted({dim for dims, _ in view.leaves for dim in dims})
    parts = {name: _parts(name, view, hierarchies) for name in names}
    size = 1
    for found in parts.values():
        size *= len(found)
    if size > MOST:
        raise CannotCheck(
            "er zijn te veel combinaties van groepen om samen na te kijken; kijk minder tabellen "
            "tegelijk na, of laat een "
            "uitsplitsing weg"
        )
    under: dict[int, list[int]] = {}
    apart = {place for key, place in view.index.items() if _apart(key)}
    for combination in product(*(parts[name] for name in names)):
        _add_group(view, apart, dict(zip(names, combination, strict=True)), under)
    for cell, atoms in under.items():
        view.sums[(cell, *atoms)] = None


def _add_group(
    view: View, apart: Collection[int], part: dict[str, frozenset[str]], under: dict[int, list[int]]
) -> None:
    """One finest group in every release, unless some table of that release says that nobody is in it.

    apart: groups that hold other people by now. While a group around it does not, it holds the same people.
    """
    cells: dict[str, list[int | None]] = {}
    for (dims, leaves), (release, _) in zip(view.leaves, view.printed, strict=True):
        cell = next((leaves[codes] for codes in product(*(sorted(part[d]) for d in dims)) if codes in leaves), None)
        cells.setdefault(release, []).append(cell)
    key = tuple((f"atoom {name}", " ".join(sorted(codes))) for name, codes in sorted(part.items()))
    for release, found in sorted(cells.items()):
        mine = [cell for cell in found if cell is not None and view.high[cell] != 0]
        if len(mine) == len(found):
            same = not release or (key in view.index and any(cell not in apart for cell in mine))
            place = view.group(key if same else (*key, (APART, release)), 0.0, float("inf"), "")
            for cell in dict.fromkeys(mine):
                under.setdefault(cell, []).append(place)


def _link_nested(view: View, hierarchies: Sequence[Hierarchy]) -> set[tuple[int, str]]:
    """Write a group as the sum of groups of a finer table; returns (table, code) of the codes that this settles."""
    settled: set[tuple[int, str]] = set()
    keys = list(view.index)
    for at, (dims, leaves) in enumerate(view.leaves):
        for under, (other, finer) in enumerate(view.leaves):
            for name in (d for d in dims if set(dims) <= set(other)):
                parts = _made_of(name, dims, leaves, other, finer, hierarchies)
                settled |= {(at, code) for code in parts}
                if parts and view.printed[at][0] != view.printed[under][0]:
                    home = _at_home(view, at, name, hierarchies)
                    parts = {code: found for code, found in parts.items() if home.get(code, set()) <= {*found}}
                for row in _nested(view, at, under, dims.index(name), parts) if parts else ():
                    if view.printed[at][0] == view.printed[under][0] or not any(_apart(keys[cell]) for cell in row):
                        view.sums[row] = None
    return settled


def _at_home(view: View, at: int, name: str, hierarchies: Sequence[Hierarchy]) -> dict[str, set[str]]:
    """Per code of a table its parts in finer tables of the same release: another release may lack one of them."""
    dims, leaves = view.leaves[at]
    found: dict[str, set[str]] = {}
    for (release, _), (other, finer) in zip(view.printed, view.leaves, strict=True):
        if release == view.printed[at][0] and set(dims) <= set(other):
            for code, parts in _made_of(name, dims, leaves, other, finer, hierarchies).items():
                found.setdefault(code, set()).update(parts)
    return found


def _nested(view: View, at: int, under: int, name: int, parts: Mapping[str, list[str]]) -> Iterator[tuple[int, ...]]:
    """(group of one table, its parts in another): from two releases only where the parts are complete."""
    (release, groups), (other, finer) = view.printed[at], view.printed[under]
    dims, finer_dims = view.leaves[at][0], view.leaves[under][0]
    for codes, place in groups.items():
        below = parts.get(codes[name], [])
        ways = [dict(zip(dims, (*codes[:name], part, *codes[name + 1 :]), strict=True)) for part in below]
        found = [finer.get(tuple(way.get(dim, TOTAL) for dim in finer_dims)) for way in ways]
        there = sorted(spot for spot in found if spot is not None)
        if there and (release == other or len(there) == len(below)):
            yield (place, *there)


def _apart(key: Key) -> bool:
    return any(dim == APART for dim, _ in key)


def _made_of(
    name: str,
    dims: tuple[str, ...],
    leaves: Iterable[tuple[str, ...]],
    other: tuple[str, ...],
    finer: Iterable[tuple[str, ...]],
    hierarchies: Sequence[Hierarchy],
) -> dict[str, list[str]]:
    """Codes of one table that are exactly several leaf codes of another."""
    mine = {codes[dims.index(name)] for codes in leaves}
    theirs = {codes[other.index(name)] for codes in finer}
    if mine <= theirs:
        return {}
    atoms = code_atoms(name, mine | theirs, hierarchies)
    parts = {code: sorted(leaf for leaf in theirs if atoms[leaf] & atoms[code]) for code in mine - theirs}
    return {code: found for code, found in parts.items() if found and all(atoms[x] <= atoms[code] for x in found)}


def _on_a_tree(shapes: list[tuple[str, ...]]) -> bool:
    """Whether tables hang together like beads: then whatever fits each of them fits one population."""
    left = [set(shape) for shape in shapes]
    while left:
        for i, dims in enumerate(left):
            rest = left[:i] + left[i + 1 :]
            shared = dims & set().union(*rest) if rest else set()
            if not shared or any(shared <= other for other in rest):
                left = rest
                break
        else:
            return False
    return True


def _codes(name: str, view: View) -> list[set[str]]:
    return [{codes[dims.index(name)] for codes in leaves} for dims, leaves in view.leaves if name in dims]


def _overlap(view: View, hierarchies: Sequence[Hierarchy], settled: set[tuple[int, str]]) -> bool:
    """Whether two tables cut one dimension differently, and neither is simply made up of the other."""
    for name in sorted({dim for dims, _ in view.leaves for dim in dims}):
        sets = [
            {codes[dims.index(name)] for codes in leaves} - {code for table, code in settled if table == at}
            for at, (dims, leaves) in enumerate(view.leaves)
            if name in dims
        ]
        if any(one - two and two - one for one in sets for two in sets):
            atoms = code_atoms(name, set().union(*sets), hierarchies)
            for one in sets:
                for two in sets:
                    if any(atoms[a] & atoms[b] for a in one - two for b in two - one):
                        return True
    return False


def _parts(name: str, view: View, hierarchies: Sequence[Hierarchy]) -> list[frozenset[str]]:
    """The pieces of a dimension that at least one table tells apart, as the codes they fall under."""
    found: dict[str, set[str]] = {}
    for code, atoms in code_atoms(name, set().union(*_codes(name, view)), hierarchies).items():
        for atom in atoms:
            found.setdefault(atom, set()).add(code)
    return sorted({frozenset(codes) for codes in found.values()}, key=sorted)
