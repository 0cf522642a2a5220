"""How two policies differ, in plain Dutch, and whether the one is at least as strict as the other."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from domain.bands import BANDS
from domain.policy import ColumnRule, Policy
from domain.vocabulary import Treatment


class Direction(StrEnum):
    """What a change means for the people in the data."""

    STRICTER = "strenger"
    LOOSER = "minder streng"
    OTHER = "anders"


@dataclass(frozen=True)
class Change:
    """One difference between two policies."""

    what: str
    was: str
    becomes: str
    direction: Direction

    def __str__(self) -> str:
        return f"{self.what}: was {self.was}, wordt {self.becomes} — {self.direction.value}"


_WORDS = {
    Treatment.DROP: "weglaten", Treatment.KEEP: "houden", Treatment.PSEUDONYMISE: "pseudoniem",
    Treatment.GENERALISE: "banden", Treatment.CLEAN_TEXT: "tekst opschonen", Treatment.CONSENT: "toestemming",
    Treatment.ROUND_WEIGHT: "gewicht afronden",
}  # fmt: skip
_RANK = {
    Treatment.DROP: 2, Treatment.GENERALISE: 1, Treatment.ROUND_WEIGHT: 1, Treatment.CLEAN_TEXT: 1,
    Treatment.PSEUDONYMISE: 1, Treatment.CONSENT: 1, Treatment.KEEP: 0,
}  # fmt: skip
_ENTITY_RANK = {"mask": 3, "label": 2, "generalise": 1, "pseudonym": 0}
_ENTITY_WORDS = {
    "mask": "wissen",
    "label": "vervangen door een label",
    "generalise": "grover",
    "pseudonym": "pseudoniem",
}
_RETENTION = {"raw": "ruwe gegevens", "pseudonymised": "gepseudonimiseerde gegevens", "review": "nakijklijst",
              "quarantine": "quarantaine"}  # fmt: skip
_NOTHING = "niets"


def differences(old: Policy, new: Policy) -> list[Change]:
    """Every change from `old` to `new`, in a fixed order; empty when they say the same."""
    return [
        *_columns(old, new), *_entities(old, new), *_numbers(old, new), *_lists(old, new), *_hierarchies(old, new),
        *_codebook(old, new),
    ]  # fmt: skip


def looser_parts(base: Policy, overlay: Policy) -> list[Change]:
    """Where an overlay is not at least as strict as the base; columns of local items are the overlay's own."""
    changes = [
        *_columns(base, overlay, ignore_new=True), *_entities(base, overlay), *_numbers(base, overlay),
        *_lists(base, overlay), *_hierarchies(base, overlay),
    ]  # fmt: skip
    return [change for change in changes if change.direction is not Direction.STRICTER]


def _columns(old: Policy, new: Policy, *, ignore_new: bool = False) -> Iterator[Change]:
    before = {(table, name): rule for table, rules in old.columns.items() for name, rule in rules.items()}
    after = {(table, name): rule for table, rules in new.columns.items() for name, rule in rules.items()}
    for place in sorted(before.keys() | after.keys()):
        was, becomes = before.get(place), after.get(place)
        if was == becomes or (was is None and ignore_new):
            continue
        label = place[1] if place[0] == "rows" else f"{place[0]}.{place[1]}"
        yield Change(label, _rule_words(was), _rule_words(becomes), _rule_direction(was, becomes))


def _rule_words(rule: ColumnRule | None) -> str:
    if rule is None:
        return "niet geregeld"
    if rule.bands is None:
        return _WORDS[rule.do]
    bands = BANDS.get(rule.bands)
    return f"banden van {', '.join(bands.labels)}" if bands else f"banden {rule.bands}"


def _rule_direction(was: ColumnRule | None, becomes: ColumnRule | None) -> Direction:
    if was is None or becomes is None:
        return Direction.OTHER
    if was.do is not becomes.do:
        return _direction(_RANK[was.do], _RANK[becomes.do])
    return _bands_direction(was.bands, becomes.bands)


def _bands_direction(was: str | None, becomes: str | None) -> Direction:
    """Coarser only when every new edge was an edge before."""
    if was not in BANDS or becomes not in BANDS:
        return Direction.OTHER
    before, after = set(BANDS[was].edges), set(BANDS[becomes].edges)
    if after < before:
        return Direction.STRICTER
    return Direction.LOOSER if before < after else Direction.OTHER


def _entities(old: Policy, new: Policy) -> Iterator[Change]:
    for entity in sorted(old.entities):
        was, becomes = old.entities[entity], new.entities[entity]
        if was != becomes:
            direction = _direction(_ENTITY_RANK[was], _ENTITY_RANK[becomes])
            yield Change(f"{entity} in teksten", _ENTITY_WORDS[was], _ENTITY_WORDS[becomes], direction)


def _numbers(old: Policy, new: Policy) -> Iterator[Change]:
    pairs = [
        ("kleinste groep", old.min_group, new.min_group, 1),
        ("mensen achter een thema", old.min_support, new.min_support, 1),
        ("uitsplitsingen per tabel", old.breakdowns_per_table, new.breakdowns_per_table, -1),
    ]
    pairs += [
        (f"bewaren van {words} (dagen)", getattr(old.retention, name), getattr(new.retention, name), -1)
        for name, words in _RETENTION.items()
    ]
    for what, was, becomes, sign in pairs:
        if was != becomes:
            yield Change(what, str(was), str(becomes), _direction(sign * was, sign * becomes))


def _lists(old: Policy, new: Policy) -> Iterator[Change]:
    for what, was, becomes in (
        ("uitsplitsingen", old.breakdowns, new.breakdowns),
        ("ontvangers", old.recipients, new.recipients),
    ):
        before, after = set(was), set(becomes)
        if before != after:
            direction = Direction.STRICTER if after < before else Direction.LOOSER
            yield Change(what, _joined(before), _joined(after), direction)


def _hierarchies(old: Policy, new: Policy) -> Iterator[Change]:
    for name in sorted(old.hierarchies.keys() | new.hierarchies.keys()):
        was, becomes = old.hierarchies.get(name), new.hierarchies.get(name)
        if was != becomes and not (becomes is None and name not in new.breakdowns):
            yield Change(f"samenvoegen van {name}", _steps(was), _steps(becomes), Direction.OTHER)


def _codebook(old: Policy, new: Policy) -> Iterator[Change]:
    before, after = (old.codebook, old.codebook_fingerprint), (new.codebook, new.codebook_fingerprint)
    if before != after:
        yield Change("codeboek", f"{before[0]} ({before[1][:8]})", f"{after[0]} ({after[1][:8]})", Direction.OTHER)


def _direction(was: int, becomes: int) -> Direction:
    if was == becomes:
        return Direction.OTHER
    return Direction.STRICTER if becomes > was else Direction.LOOSER


def _joined(names: set[str]) -> str:
    return ", ".join(sorted(names)) or _NOTHING


def _steps(hierarchy: dict[str, str] | None) -> str:
    return f"{len(hierarchy)} stappen" if hierarchy else _NOTHING
