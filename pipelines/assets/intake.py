"""Stations 1 to 5: from the inbox to the gate, partitioned by delivery."""

from collections.abc import Iterable

import dagster as dg

from domain.delivery import DeliveryKey
from pipelines import checking, cleaning, intake
from pipelines.outcomes import Outcome
from pipelines.partitions import DELIVERIES
from pipelines.resources import Home

GROUPED = dg.BackfillPolicy.single_run()
OWNERS = ["team:operators"]


def _keys(context: dg.AssetExecutionContext) -> list[DeliveryKey]:
    return [DeliveryKey.parse(key) for key in context.partition_keys]


def _report(context: dg.AssetExecutionContext, outcomes: Iterable[Outcome]) -> dg.MaterializeResult[None]:
    """Counts only: a reason can be read in `toegangspeil status`, not in Dagster."""
    found = list(outcomes)
    for outcome in found:
        counts = {name: dg.MetadataValue.int(n) for name, n in outcome.counts.items()}
        context.log_event(
            dg.AssetObservation(
                asset_key=context.asset_key,
                partition=str(outcome.key),
                metadata={"refused": bool(outcome.refusal), **counts},
            )
        )
    return dg.MaterializeResult(
        metadata={
            "deliveries": len(found),
            "refused": sum(bool(outcome.refusal) for outcome in found),
            "rows": sum(outcome.counts.get("rows", 0) for outcome in found),
        }
    )


@dg.asset(
    partitions_def=DELIVERIES, backfill_policy=GROUPED, group_name="intake", kinds={"python"}, owners=OWNERS,
    pool="register_writer",
)  # fmt: skip
def delivery(context: dg.AssetExecutionContext, home: Home) -> dg.MaterializeResult[None]:
    """Delivered files read, checked and put in the vault; the originals are erased."""
    with home.open() as house:
        return _report(context, intake.take_in(house, _keys(context)))


@dg.asset(
    deps=[delivery], partitions_def=DELIVERIES, backfill_policy=GROUPED, group_name="intake",
    kinds={"python", "parquet"}, owners=OWNERS, pool="register_writer",
)  # fmt: skip
def cleaned(context: dg.AssetExecutionContext, home: Home) -> dg.MaterializeResult[None]:
    """Records with pseudonyms, without withdrawn people, every column and text treated as the policy says."""
    with home.open() as house:
        return _report(context, cleaning.clean(house, _keys(context)))


@dg.asset(
    deps=[cleaned], partitions_def=DELIVERIES, backfill_policy=GROUPED, group_name="intake",
    kinds={"python", "greatexpectations"}, owners=OWNERS, pool="register_writer",
)  # fmt: skip
def checked(context: dg.AssetExecutionContext, home: Home) -> dg.MaterializeResult[None]:
    """Records that passed the quality suite and the residual check; the verdict row decides, this only reports."""
    with home.open() as house:
        return _report(context, checking.check(house, _keys(context)))
