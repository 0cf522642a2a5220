"""The attack on words of talks in two releases: any that changed tells of those who came or left (T10).

Of a gemeente its labels, curve, aspects and votes; of all talks together their shares too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb

from domain.release import Finding
from storage.duck import query

CHANGED = "een woord over gesprekken is sinds een eerdere uitgave een ander: dat zegt wat wie kwam of ging vertelde"
Line = tuple[Any, ...]

# Grain: one row per word or set of shares, by table, instrument, meting, doelgroep and area, and what it is about.
# A theme of a phase without a row has the word of none.
WORDS = """
select 'fact_theme', instrument, meting, doelgroep, area, kind || ' ' || theme, phase, concat_ws(' ', label, share)
from fact_theme where label is not null or share is not null
union all
select 'fact_klantreis_phase', instrument, meting, doelgroep, area, '', phase,
    concat_ws(' ', label, share_positive, share_neutral, share_negative)
from fact_klantreis_phase where label is not null
union all
select 'fact_klantreis_aspect', instrument, meting, doelgroep, area, aspect, phase,
    concat_ws(' ', label, share_positive, share_neutral, share_negative)
from fact_klantreis_aspect where label is not null
union all
select 'fact_result', instrument, meting, doelgroep, area, question, '', label
from fact_result where statistic = 'majority' and label is not null
order by all
"""


def attack_words(now: duckdb.DuckDBPyConnection, before: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Lines of two published files of which a word is another one."""
    words, earlier = _words(now), _words(before)
    for name, line in sorted(words.keys() & earlier.keys()):
        was, here = earlier[name, line], words[name, line]
        if any(was.get(what, "") != here.get(what, "") for what in was.keys() | here.keys()):
            yield Finding("T10", name, ", ".join(line), CHANGED)


def _words(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, Line], dict[Line, str]]:
    """Per table and line its words, by what they are about."""
    found: dict[tuple[str, Line], dict[Line, str]] = {}
    for name, *line, about, phase, word in query(connection, WORDS):
        found.setdefault((name, tuple(line)), {})[about, phase] = word
    return found
