"""Microdata that stay inside a gemeente: the risk card, and k and l by merging and closing.

Generalisation is fixed and approved (age band, wijk, voorziening group); the data never choose their own cuts.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from anonymisation.disclosure.groups.cells import quoted
from anonymisation.disclosure.hierarchy import ancestors, hierarchy_for
from domain.errors import DisclosureRefused, PolicyRefused
from domain.release import Hierarchy
from storage.canonical import fingerprint
from storage.duck import memory, query, registered

Answers = Sequence[Sequence[Any]]
UNKNOWN = "weggelaten"


@dataclass(frozen=True)
class MicrodataRules:
    """Thresholds of a microdata approval; floors are here.

    quasi: columns that together may single someone out. sensitive: answers that may not be the same in a class.
    first: quasi columns that stay as fine as they can, in this order; the others get what is left.
    """

    quasi: tuple[str, ...]
    sensitive: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    k: int = 10
    l: int = 2  # noqa: E741
    max_share: float = 0.95

    def __post_init__(self) -> None:
        if not self.quasi or self.k < 5 or self.l < 2 or not 0.5 <= self.max_share <= 0.95:
            raise PolicyRefused(
                "voor regels per persoon zijn nodig: kolommen die iemand herkenbaar maken, k ten minste "
                "5, l ten minste 2, en ten "
                "hoogste 95 % gelijk"
            )


@dataclass(frozen=True)
class RiskCard:
    """What the officer reads: singling out, linkability, inference; all shares of people."""

    people: int
    classes: int
    smallest: int
    share_unique: float
    share_below_k: float
    share_same_sensitive: float
    words: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class SafeMicrodata:
    """Rows that may go to the gemeente's own researcher, with the card before and after."""

    table: pa.Table = field(repr=False)
    before: RiskCard
    after: RiskCard

    def certificate(self, rules: MicrodataRules, files: Mapping[str, bytes]) -> dict[str, Any]:
        """Proof that goes with the files: thresholds, card and fingerprints.

        files: as sealed. It lies beside them in the clear: of the rows themselves who knows all but one could try that.
        """
        return {
            "microdata": 1,
            "k": rules.k, "l": rules.l, "max_share": rules.max_share, "quasi": list(rules.quasi),
            "sensitive": [column for column in rules.sensitive if column in self.table.column_names],
            "people": self.after.people,
            "left_out": {column: round(left_out(self.table, column), 4) for column in rules.quasi},
            "smallest_class": self.after.smallest, "share_below_k": self.after.share_below_k,
            "share_same_sensitive": self.after.share_same_sensitive,
            "columns_sha256": fingerprint(self.table.column_names),
            "files_sha256": {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())},
        }  # fmt: skip


def risk_card(table: pa.Table, rules: MicrodataRules) -> RiskCard:
    """Singling out, linkability and inference by one grouping in SQL."""
    with memory(threads=1) as connection, registered(connection, people=table):
        sizes, alike = query(connection, _card_sql(rules), k=rules.k)[0], 0.0
        people, classes, smallest, unique, below = (value or 0 for value in sizes)
        for column in rules.sensitive:
            same = query(connection, _alike_sql(rules, column), share=rules.max_share, l=rules.l)[0][0] or 0
            alike = max(alike, same / people if people else 0.0)
    card = RiskCard(
        people, classes, smallest, unique / people if people else 0.0, below / people if people else 0.0, alike
    )
    return RiskCard(**{**vars(card), "words": MappingProxyType(_words(card, rules))})


def enforce(
    table: pa.Table,
    rules: MicrodataRules,
    hierarchies: Sequence[Hierarchy] = (),
    called: Mapping[str, str] = MappingProxyType({}),
) -> SafeMicrodata:
    """As much of the quasi columns as k and l allow: from nothing, column by column, coarse steps before fine ones.

    The columns that go first get all their steps before the others get any. The order of the columns stays.
    Everybody starts in one class; a class splits where all its parts stay large and varied enough. Whoever would
    stand in a part that is not keeps the coarser code, or `weggelaten`, together with enough others.
    A sensitive answer that (nearly) everybody gave is left out for everybody: no group could be varied enough.
    called: how the officer knows a column, where that is not its name.
    Raises DisclosureRefused when there are too few people, or no answer is left.
    """
    before = risk_card(table, rules)
    alike = _alike(table, rules)
    rules = replace(rules, sensitive=tuple(column for column in rules.sensitive if column not in alike))
    if alike and not rules.sensitive:
        raise DisclosureRefused("op elke vraag gaf (bijna) iedereen hetzelfde antwoord; gebruik de uitkomsten")
    table = table.drop_columns(alike)
    paths = {column: _paths(table.column(column), column, hierarchies) for column in rules.quasi}
    answers = [table.column(column).to_pylist() for column in rules.sensitive]
    everybody = _Class(tuple(range(table.num_rows)), dict.fromkeys(rules.quasi, UNKNOWN))
    if _weak(everybody.rows, answers, rules):
        raise DisclosureRefused(
            "geen groep mensen is groot en verschillend genoeg; laat grovere groepen of minder kolommen goedkeuren"
        )
    classes = [everybody]
    for column, depth in _steps(rules, {column: max(map(len, found)) for column, found in paths.items()}):
        classes = [part for one in classes for part in _split(one, column, depth, paths[column], answers, rules)]
    for column in rules.quasi:
        codes = {row: one.codes[column] for one in classes for row in one.rows}
        values = pa.array([codes[row] for row in range(table.num_rows)], pa.string())
        table = table.set_column(table.column_names.index(column), column, values)
    first = (*rules.quasi, *rules.sensitive)
    told = [
        *first,
        *(name for name in table.column_names if name not in first),
    ]  # else a tie keeps its delivered order
    table = table.take(pc.sort_indices(table, [(name, "ascending") for name in told]))
    after = risk_card(table, rules)
    words = {
        **after.words,
        **_left_out_words(table, rules, called),
        **_alike_words(alike, rules, called),
        **_before_words(before, rules),
    }
    return SafeMicrodata(table, before, replace(after, words=words))


def _as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.fill_null(column.cast(pa.string()), "onbekend")


def _quasi(rules: MicrodataRules) -> str:
    return ", ".join(quoted(column) for column in rules.quasi)


def _card_sql(rules: MicrodataRules) -> str:
    """Grain: one row. Classes of people who are alike on the quasi columns."""
    return f"""
        with classes as (select count(*) as n from people group by {_quasi(rules)})
        select
            sum(n)::bigint, count(*), min(n),
            sum(n) filter (n = 1)::bigint, sum(n) filter (n < $k)::bigint
        from classes
    """  # noqa: S608


def _alike_sql(rules: MicrodataRules, column: str) -> str:
    """Grain: one row: people in classes where (nearly) everybody has one value of a sensitive column."""
    return f"""
        with answers as (select {_quasi(rules)}, {quoted(column)} as said, count(*) as n from people group by all),
        classes as (select sum(n) as n, max(n) as most, count(*) as kinds from answers group by {_quasi(rules)})
        select sum(n) filter (most > $share * n or kinds < $l)::bigint from classes
    """  # noqa: S608


@dataclass(frozen=True)
class _Class:
    """People who are alike in every quasi column. done: columns in which they get no finer."""

    rows: tuple[int, ...]
    codes: Mapping[str, str]
    done: frozenset[str] = frozenset()


def _paths(column: pa.ChunkedArray, name: str, hierarchies: Sequence[Hierarchy]) -> list[tuple[str, ...]]:
    """Per person the codes from coarse to fine."""
    codes = _as_text(column).to_pylist()
    hierarchy = hierarchy_for(name, codes, hierarchies)
    found = {code: (*reversed(ancestors(code, hierarchy)[:-1]), code) for code in set(codes)}
    return [found[code] for code in codes]


def _steps(rules: MicrodataRules, deep: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """(column, depth) in the order in which classes are split."""
    yield from ((column, depth) for column in rules.first for depth in range(deep[column]))
    others = [column for column in rules.quasi if column not in rules.first]
    yield from ((column, depth) for depth in range(max(deep.values())) for column in others)


def _split(
    one: _Class, column: str, depth: int, paths: Sequence[tuple[str, ...]], answers: Answers, rules: MicrodataRules
) -> list[_Class]:
    """A class by one column, a step finer; the parts that may not stand alone stay together as they were."""
    if column in one.done:
        return [one]
    parts: dict[str, list[int]] = {}
    for row in one.rows:
        parts.setdefault(paths[row][min(depth, len(paths[row]) - 1)], []).append(row)
    alone = {code: tuple(rows) for code, rows in sorted(parts.items()) if not _weak(rows, answers, rules)}
    rest = [row for code, rows in parts.items() if code not in alone for row in rows]
    while rest and _weak(rest, answers, rules):
        smallest = min(alone, key=lambda code: (len(alone[code]), code))
        rest += alone.pop(smallest)
    found = [_Class(rows, {**one.codes, column: code}, one.done) for code, rows in alone.items()]
    return [*found, _Class(tuple(sorted(rest)), one.codes, one.done | {column})] if rest else found


def _weak(rows: Sequence[int], answers: Answers, rules: MicrodataRules) -> bool:
    """Too few people, or too many of them with one sensitive answer."""
    if len(rows) < rules.k:
        return True
    return any(_uniform(rows, column, rules) for column in answers)


def _uniform(rows: Sequence[int], column: Sequence[Any], rules: MicrodataRules) -> bool:
    """Whether (nearly) all of these people gave one answer, or too few different ones."""
    found = Counter(column[row] for row in rows)
    return len(found) < rules.l or max(found.values()) > rules.max_share * len(rows)


def _words(card: RiskCard, rules: MicrodataRules) -> dict[str, str]:
    """The card in the officer's words."""
    return {
        "herleiden tot één persoon": f"{_percent(card.share_unique)} van de mensen is uniek; "
        f"de kleinste groep telt {card.smallest} mensen.",
        "koppelen aan andere gegevens": f"{_percent(card.share_below_k)} zit in een groep van minder dan {rules.k} "
        "mensen die op deze kenmerken gelijk zijn.",
        "een gevoelig antwoord afleiden": f"{_percent(card.share_same_sensitive)} zit in een groep waarin (bijna) "
        "iedereen hetzelfde gevoelige antwoord gaf.",
    }


def left_out(table: pa.Table, column: str) -> float:
    """Share of the people whose code in a quasi column is left out."""
    return float(table.column(column).to_pylist().count(UNKNOWN) / table.num_rows)


def _left_out_words(table: pa.Table, rules: MicrodataRules, called: Mapping[str, str]) -> dict[str, str]:
    """What it costs: per column how many people have no code there."""
    shares = [f"{called.get(column, column)} bij {_percent(left_out(table, column))}" for column in rules.quasi]
    return {"kenmerken die wij weglaten": f"{'; '.join(shares)}."}


def _alike(table: pa.Table, rules: MicrodataRules) -> list[str]:
    """Sensitive columns in which all people together are too much alike."""
    everybody = range(table.num_rows)
    return [name for name in rules.sensitive if _uniform(everybody, table.column(name).to_pylist(), rules)]


def _alike_words(alike: Sequence[str], rules: MicrodataRules, called: Mapping[str, str]) -> dict[str, str]:
    why = f"meer dan {_percent(rules.max_share)} van de mensen gaf hier hetzelfde antwoord, of er was maar één antwoord"
    named = ", ".join(called.get(column, column) for column in alike)
    return {"vragen die wij weglaten": f"{named}: {why}."} if alike else {}


def _before_words(before: RiskCard, rules: MicrodataRules) -> dict[str, str]:
    """What the rows would tell as they were delivered."""
    return {
        "wat het zou zijn zonder deze bescherming": f"{_percent(before.share_unique)} was uniek, "
        f"{_percent(before.share_below_k)} zat in een groep van minder dan {rules.k} mensen en "
        f"{_percent(before.share_same_sensitive)} in een groep met (bijna) één gevoelig antwoord."
    }


def _percent(share: float) -> str:
    """0.125 -> '12,5 %'; 0 -> '0 %'."""
    return f"{100 * share:.1f} %".replace(".0 ", " ").replace(".", ",")
