"""Why figures that somebody else counted are not printed as delivered: for the officer and the steward, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import duckdb
import pyarrow as pa

from domain.protocols import AnswerRules
from warehouse.counted import delivered, figure_in_steps, scale_of
from warehouse.results import Printer, Row

_NAMED = 5


def counted_in_words(
    connection: duckdb.DuckDBPyConnection,
    release: str,
    tables: Mapping[str, pa.Table],
    answers: AnswerRules,
    minimum: int,
) -> list[str]:
    """A sentence per reason, with which figures; none where all of them are printed as delivered, or too small.

    connection: where build_marts ran. tables: from published_tables.
    """
    printer = Printer(answers, release, minimum, "")
    shown = {tuple(row[name] for name in _KEY): row for row in tables["fact_result"].to_pylist() if _counted(row)}
    stays, away = list[tuple[Any, ...]](), list[tuple[Any, ...]]()
    for *key, value, n in delivered(connection, release):
        row = shown.get(tuple(key))
        if row is None or value is None or n is None or n < minimum:
            continue
        if row["base"] is None:
            away.append(tuple(key))
        elif row["base"] != n or _says_another(row, Fraction(value), printer):
            stays.append(tuple(key))
    told = []
    if stays:
        told.append(
            f"Een ander telde deze cijfers opnieuw, maar wij tonen ze zoals in een eerdere uitgave: "
            f"{_named(stays, tables)}. Uit het oude en het nieuwe cijfer samen blijkt niet dat er minstens {minimum} "
            f"mensen bij kwamen of weggingen. Het verschil kan dan zeggen wat één mens antwoordde. "
            f"Was het eerdere cijfer fout, dan blijft het daarom staan."
        )
    if away:
        told.append(
            f"Deze cijfers, die een ander telde, tonen wij niet: {_named(away, tables)}. Wie de gemeenten van het "
            f"verband aftrekt, houdt anders een groep over die te klein is, of ziet wat die antwoordde."
        )
    return told


_KEY = ("instrument", "meting", "doelgroep", "question", "area")


def _counted(row: Row) -> bool:
    return row["breakdown"] == "TOTAAL" and row["statistic"] in ("known", "mean")


def _says_another(row: Row, value: Fraction, printer: Printer) -> bool:
    """Whether what is printed is not what the delivered value would be in the same steps."""
    scale = scale_of(row["question"])
    finest = int((row["step"] or 0) * (10 if scale else 1)) or 1
    fresh = figure_in_steps(value, row["base"], scale, finest, printer)
    return (fresh["value"], fresh["label"]) != (row["value"], row["label"])


def _named(figures: Sequence[tuple[Any, ...]], tables: Mapping[str, pa.Table]) -> str:
    areas = {row["area"]: row["name"] for row in tables["dim_area"].to_pylist()}
    texts = {(row["instrument"], row["question"]): row["text"] for row in tables["dim_question"].to_pylist()}
    every = [
        f"{areas.get(area, area)} ({meting}): {(texts.get((instrument, question)) or question).rstrip('.')}"
        for instrument, meting, _, question, area in figures
    ]
    more = len(every) - _NAMED
    return "; ".join(every[:_NAMED]) + (f"; en nog {more}" if more > 0 else "")
