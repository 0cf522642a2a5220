"""Published tables, indexed for readers. Nothing here opens marts: a report cannot show what is not published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any

import pyarrow as pa

from domain.vocabulary import TOTAAL
from warehouse.exports import Labels, otherwise

Row = dict[str, Any]
Key = tuple[str, str, str, str, str]
SPEAK_FOR_THEMSELVES = ("inwoner", "client", "ouder", "jongere", "mantelzorger")
RESIDENTS = (*SPEAK_FOR_THEMSELVES, "vertegenwoordiger")


class Book:
    """Rows of the published tables by area."""

    def __init__(self, tables: Mapping[str, pa.Table]) -> None:
        self.labels = Labels(tables)
        self.areas = {row["area"]: row for row in tables["dim_area"].to_pylist()}
        self.questions = {(row["instrument"], row["question"]): row for row in tables["dim_question"].to_pylist()}
        self.instruments = {row["instrument"]: row for row in tables["dim_instrument"].to_pylist()}
        self.uitgangspunten = {row["uitgangspunt"]: row["label"] for row in tables["dim_uitgangspunt"].to_pylist()}
        self.metingen = {(row["instrument"], row["meting"]): row for row in tables["dim_meting"].to_pylist()}
        self.gemeenten = {row["gemeente"]: row for row in tables["dim_gemeente"].to_pylist()}
        self.info: Row = (tables["release_info"].to_pylist() or [{}])[0] if "release_info" in tables else {}
        self._facts = {name: _by_area(table) for name, table in tables.items() if "area" in table.column_names}
        self._totals: dict[tuple[Any, ...], Row] = {}
        for rows in self._facts["fact_result"].values():
            for row in rows:
                if row["breakdown"] == TOTAAL:
                    self._totals[_result_key(row)] = row

    def rows(self, table: str, area: str) -> list[Row]:
        """Rows of one area."""
        return self._facts[table].get(area, [])

    def totals(self, area: str) -> list[Row]:
        """fact_result rows of everybody in an area."""
        return [row for row in self.rows("fact_result", area) if row["breakdown"] == TOTAAL]

    def total(self, like: Row, *, area: str | None = None, meting: str | None = None, **other: str) -> Row | None:
        """The total that differs from another row in area, meting or doelgroep only."""
        wanted = {**like, **other, "area": area or like["area"], "meting": meting or like["meting"]}
        return self._totals.get(_result_key(wanted))

    @property
    def own_areas(self) -> list[str]:
        """Gemeenten and verbanden that delivered, in the order of the alphabet."""
        leaves = [code for code, row in self.areas.items() if not row["pooled"]]
        return sorted(leaves, key=lambda code: (self.name(code).casefold().lstrip("'"), code))

    def took_part(self, area: str, instrument: str, meting: str) -> bool:
        """Whether an area has anything of a meting: figures, labels or response, shown or closed."""
        return (area, instrument, meting) in self._taking_part

    @cached_property
    def _taking_part(self) -> set[tuple[str, str, str]]:
        rows = (row for areas in self._facts.values() for mine in areas.values() for row in mine)
        return {(row["area"], row["instrument"], row["meting"]) for row in rows if "instrument" in row}

    def name(self, area: str) -> str:
        """Name of an area."""
        return str(self.areas[area]["name"]) if area in self.areas else area

    def title(self, instrument: str) -> str:
        """Title of an instrument."""
        return str(self.instruments.get(instrument, {}).get("title") or instrument)

    def text(self, row: Row) -> str:
        """Wording of a question, and what is different where another list has the same words."""
        return self.labels.question(row["instrument"], row["question"])

    def own_question(self, row: Row) -> str:
        """What a gemeente asked instead of a question that is not comparable; '' when there is none of that item."""
        item = self.questions[row["instrument"], row["question"]]["item"]
        places = ("instrument", "meting", "doelgroep")
        others = (
            other
            for other in self.totals(row["area"])
            if all(other[name] == row[name] for name in places) and other["question"] != row["question"]
        )
        return next(
            (one["question"] for one in others if self.questions[one["instrument"], one["question"]]["item"] == item),
            "",
        )

    def otherwise(self, row: Row) -> list[str]:
        """What is different in the question that a gemeente asked instead."""
        own, instrument = self.own_question(row), row["instrument"]
        if not own:
            return ["anders gevraagd"]
        return otherwise(self.questions[instrument, own], self.questions[instrument, row["question"]])

    def principle(self, code: str | None) -> str:
        """Wording of an uitgangspunt; its id while Movisie has not supplied one."""
        return self.labels.principle(code)

    def latest(self, instrument: str, area: str) -> str | None:
        """The newest meting of an area."""
        found = self._metingen(instrument, area)
        return self.newest(instrument, found) if found else None

    def earlier(self, instrument: str, area: str) -> str | None:
        """The meting before the newest."""
        rest = self._metingen(instrument, area) - {self.latest(instrument, area)}
        return self.newest(instrument, rest) if rest else None

    def newest(self, instrument: str, metingen: Collection[str]) -> str:
        """Which of these metingen began last; its name says nothing of that."""
        return max(metingen, key=lambda meting: (str(self.metingen[instrument, meting]["start"]), meting))

    def _metingen(self, instrument: str, area: str) -> set[str]:
        """Metingen of which is known who took part; of what somebody else counted that is not known."""
        for table in ("fact_response", "fact_result"):
            if found := {row["meting"] for row in self.rows(table, area) if row["instrument"] == instrument}:
                return found
        return set()


def _by_area(table: pa.Table) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in table.to_pylist():
        found[row["area"]].append(row)
    return dict(found)


def _result_key(row: Row) -> tuple[Any, ...]:
    names = ("area", "instrument", "meting", "doelgroep", "question", "statistic")
    return tuple(row[name] for name in names)
