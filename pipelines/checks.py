"""Checks that report the verdict rows in Dagster; what holds data back is the row itself (ADR 2)."""

import dagster as dg

from pipelines.assets.intake import checked
from pipelines.resources import Opens
from register import deliveries, verdicts


@dg.asset_check(asset=checked)
def verdicts_passed(home: dg.ResourceParam[Opens]) -> dg.AssetCheckResult:
    """Every standing delivery has a passing verdict on its newest file."""
    with home.open() as house:
        found = verdicts.latest_many(house.register)
        standing = deliveries.current_many(house.register)
    closed = sum(not _passes(found.get(key)) for key in standing)
    return dg.AssetCheckResult(
        passed=closed == 0,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"deliveries": len(standing), "closed": closed},
    )


def _passes(verdict: verdicts.Verdict | None) -> bool:
    return verdict is not None and verdict.passed
