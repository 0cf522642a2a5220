"""The gate (station 5): suites and the residual check give a verdict; only what passed becomes CheckedRecords.

The verdict is what the register stores; it names rules, tables and columns, and counts: never a value.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from domain.errors import GateClosed
from domain.instruments import Codebook
from domain.policy import Policy
from domain.records import CheckedRecords, PseudonymisedRecords
from quality.expectations import Judge, RuleResult
from quality.facts import WHOLE, Facts, Subject, facts_of, open_columns
from quality.residual import ResidualCheck, ResidualReport

__all__ = ["Gate", "RuleResult", "Subject", "Verdict", "open_gate", "to_checked"]


@dataclass(frozen=True)
class Verdict:
    """What the gate says of one delivery."""

    delivery: str
    policy_fingerprint: str
    rules: tuple[RuleResult, ...]
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def passed(self) -> bool:
        """True when there are rules and all of them hold."""
        return bool(self.rules) and all(rule.passed for rule in self.rules)

    @property
    def failed(self) -> tuple[RuleResult, ...]:
        """The rules that do not hold."""
        return tuple(rule for rule in self.rules if not rule.passed)

    def reason(self) -> str:
        """One line in plain Dutch; empty when passed."""
        return "; ".join(rule.sentence() for rule in self.failed)


class Gate:
    """One gate per run: one Great Expectations context, one set of residual detectors."""

    def __init__(self, residual: ResidualCheck | None = None) -> None:
        self._residual = residual or ResidualCheck()
        self._judge = Judge()

    def verdicts(self, subjects: Sequence[Subject]) -> list[Verdict]:
        """A verdict for every subject, in order; those of one kind are judged together first.

        Raises CannotCheck when a check itself fails.
        """
        reports = [self._residual.look(one.records.tables, open_columns(one)) for one in subjects]
        facts = _per_subject(subjects, reports)
        rules: list[tuple[RuleResult, ...]] = [()] * len(subjects)
        for kind in sorted({one.codebook.kind for one in subjects}):
            places = [i for i, one in enumerate(subjects) if one.codebook.kind is kind]
            for place, result in zip(places, self._judge.judge(kind, [facts[i] for i in places]), strict=True):
                rules[place] = result
        return [_verdict(*four) for four in zip(subjects, facts, rules, reports, strict=True)]


def open_gate(
    records: PseudonymisedRecords,
    *,
    codebook: Codebook,
    policy: Policy,
    leftovers: Mapping[str, int],
    residual: ResidualCheck | None = None,
) -> Verdict:
    """The verdict of one delivery; for several use `Gate`, which loads everything once."""
    return Gate(residual).verdicts([Subject(records, codebook, policy, leftovers)])[0]


def to_checked(records: PseudonymisedRecords, verdict: Verdict, file_hash: str) -> CheckedRecords:
    """Records that marts may read.

    file_hash: of the staged file the verdict row will be kept with.
    Raises GateClosed when a rule failed, or when the verdict is of other records.
    """
    same = (verdict.delivery, verdict.policy_fingerprint) == (str(records.key), records.policy_fingerprint)
    if not same:
        raise GateClosed(
            f"{records.key}: het oordeel hoort bij een andere levering of andere regels; controleer opnieuw"
        )
    if not verdict.passed:
        raise GateClosed(f"{records.key}: de poort blijft dicht: {verdict.reason() or 'er is niets gecontroleerd'}")
    return CheckedRecords(
        records.key,
        records.codebook,
        records.tables,
        policy_fingerprint=records.policy_fingerprint,
        file_hash=file_hash,
    )


def _per_subject(subjects: Sequence[Subject], reports: Sequence[ResidualReport]) -> list[list[Facts]]:
    """Facts of every subject, with what the residual check found in its columns."""
    by_name: dict[str, list[Facts]] = {one.name: [] for one in subjects}
    found = {one.name: report for one, report in zip(subjects, reports, strict=True)}
    for fact in facts_of(subjects):
        by_name[fact.delivery].append(_with_residual(fact, found[fact.delivery]))
    return [by_name[one.name] for one in subjects]


def _with_residual(fact: Facts, report: ResidualReport) -> Facts:
    nine, other = report.in_column(fact.table, fact.column)
    return replace(fact, nine_digits=fact.nine_digits + nine, details=other) if nine or other else fact


def _verdict(
    subject: Subject, facts: Sequence[Facts], rules: tuple[RuleResult, ...], report: ResidualReport
) -> Verdict:
    whole = next(fact for fact in facts if (fact.table, fact.column) == ("rows", WHOLE))
    counts = {
        "rows": whole.rows,
        "persons": whole.persons,
        **{f"residual_{kind}": count for kind, count in report.per_kind().items()},
        **{f"leftover_{kind}": count for kind, count in sorted(subject.leftovers.items()) if count},
    }
    return Verdict(subject.name, subject.records.policy_fingerprint, rules, counts)
