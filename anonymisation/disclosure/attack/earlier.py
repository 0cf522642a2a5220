"""The attack on two outcomes of `protect` on data that changed in between: people, and what they answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pyarrow as pa

from anonymisation.disclosure.attack.answers import groups_of, line_text
from anonymisation.disclosure.attack.cells import views
from anonymisation.disclosure.attack.comers import sheets_tell
from anonymisation.disclosure.attack.sheets import sheets
from anonymisation.disclosure.attack.steps import learned
from anonymisation.disclosure.attack.twice import Earlier, numbers_of_people
from domain.release import Finding, Hierarchy, Rules

Tables = Mapping[str, pa.Table]


def attack_earlier(
    now: Tables,
    earlier: Sequence[tuple[str, Tables]],
    hierarchies: Sequence[Hierarchy],
    rules: Rules,
    answers: Sequence[str],
    *,
    bands: Mapping[str, tuple[float, float]] | None = None,
) -> list[Finding]:
    """What earlier tables tell beside those of now. earlier: name and tables of each outcome. The rest as in `audit`.

    Numbers of people of all outcomes are laid together, answers of each earlier one beside those of now.
    Raises CannotCheck when the printed sums contradict each other.
    """
    here, *there = (views(tables, hierarchies, answers, bands) for tables in (now, *(then for _, then in earlier)))
    names = [f"{at}, {name}" if len(earlier) > 1 else name for at, (name, _) in enumerate(earlier, start=1)]
    people = [Earlier(name, own, hierarchies) for name, own in zip(names, there, strict=True)]
    findings = numbers_of_people(here, people, hierarchies, rules)
    said = sheets(now, answers, hierarchies, here)
    for (_, then), own in zip(earlier, there, strict=True):
        findings += sheets_tell(said, sheets(then, answers, hierarchies, own), rules.minimum)
        for title in sorted(now.keys() & then.keys()):
            findings += _said(title, now[title], then[title], answers, rules.minimum)
    return findings


def _said(title: str, now: pa.Table, then: pa.Table, answers: Sequence[str], minimum: int) -> Iterator[Finding]:
    """What shares of one table tell beside those of an earlier one of the same columns.

    As many people are taken to be the same people; with more or fewer, those who came or left are a group. A difference
    of a few people is found by their number.
    """
    if set(now.column_names) != set(then.column_names):
        return
    before = groups_of(then.select(now.column_names), answers)
    for key, group in groups_of(now, answers).items():
        was = before.get(key)
        if was is None or was.n is None or group.n is None or 0 < abs(group.n - was.n) < minimum:
            continue
        here, there = group.spans(), was.spans()
        people = [was.n, group.n]
        for answer in sorted(here.keys() & there.keys()):
            told = learned([there[answer], here[answer]], people, people, minimum)
            if told:
                where = ", ".join((line_text(key), *(str(code) for code in answer)))
                yield Finding(told[0], title, where, told[1])
