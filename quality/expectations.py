"""Great Expectations, kept small: one context per run, facts instead of rows, and only yes or no as an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from domain.errors import CannotCheck
from domain.vocabulary import Kind
from quality.facts import Facts
from quality.library import great_expectations
from quality.suites import suite_for


@dataclass(frozen=True)
class RuleResult:
    """Whether one rule holds, and where it does not."""

    rule: str
    passed: bool
    because: str = ""
    where: tuple[str, ...] = ()

    def sentence(self) -> str:
        """What an officer reads: the reason with the columns."""
        return f"{self.because} ({', '.join(self.where)})" if self.where else self.because


Rules = tuple[RuleResult, ...]


class Judge:
    """Judges facts by the suite of their kind."""

    def __init__(self) -> None:
        self._suites: dict[Kind, Any] = {}

    def judge(self, kind: Kind, deliveries: Sequence[Sequence[Facts]]) -> list[Rules]:
        """Rules per delivery, in order: all together first, in halves where that fails.

        Raises CannotCheck when Great Expectations itself fails.
        """
        together = self._validate(kind, [fact for delivery in deliveries for fact in delivery])
        if len(deliveries) == 1 or all(result.passed for result in together):
            return [together] * len(deliveries)
        half = len(deliveries) // 2
        return [*self.judge(kind, deliveries[:half]), *self.judge(kind, deliveries[half:])]

    def _validate(self, kind: Kind, facts: Sequence[Facts]) -> Rules:
        suite = self._suites.get(kind) or self._suites.setdefault(kind, suite_for(kind))
        import pandas as pd

        frame = pd.DataFrame([vars(fact) for fact in facts])
        result = self._batches.get_batch(batch_parameters={"dataframe": frame}).validate(
            suite, result_format="BOOLEAN_ONLY"
        )
        if len(result.results) != len(suite.expectations):
            raise CannotCheck("niet elke regel van de poort is gecontroleerd; er gaat niets door. Meld de fout")
        return tuple(_rule(one, facts) for one in result.results)

    @cached_property
    def _batches(self) -> Any:
        """Where frames go in: an ephemeral context, nothing on disk, nothing sent anywhere."""
        context = great_expectations().get_context(mode="ephemeral")
        context.variables.progress_bars = {"globally": False}
        source = context.data_sources.add_pandas("facts")
        return source.add_dataframe_asset("facts").add_batch_definition_whole_dataframe("facts")


def _rule(one: Any, facts: Sequence[Facts]) -> RuleResult:
    """Our words for a result. An expectation that could not be computed is no result but a failed check."""
    meta = one.expectation_config.meta
    if one.exception_info.get("raised_exception", False):
        raise CannotCheck(f"regel {meta['rule']!r} kon niet worden gecontroleerd; er gaat niets door. Meld de fout")
    if one.success:
        return RuleResult(meta["rule"], True)
    return RuleResult(meta["rule"], False, meta["because"], _where(meta["fact"], facts))


def _where(fact: str, facts: Sequence[Facts]) -> tuple[str, ...]:
    """Tables and columns that a failed rule is about."""
    wrong = [one for one in facts if (getattr(one, fact) == 0 if fact == "rows" else getattr(one, fact) > 0)]
    names = {one.column if one.column.isidentifier() else one.table for one in wrong}
    return tuple(sorted(names))
