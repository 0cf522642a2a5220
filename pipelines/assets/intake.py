"""Stations 1 to 5: from the inbox to the gate, partitioned by delivery."""

from collections import Counter
from collections.abc import Iterable

import dagster as dg

from domain.delivery import DeliveryKey
from pipelines import checking, cleaning, intake
from pipelines.outcomes import Outcome
from pipelines.partitions import DELIVERIES
from pipelines.resources import Opens

GROUPED = dg.BackfillPolicy.single_run()
OWNERS = ["team:operators"]


def _keys(context: dg.AssetExecutionContext) -> list[DeliveryKey]:
    return [DeliveryKey.parse(key) for key in context.partition_keys]


def _report(outcomes: Iterable[Outcome]) -> dg.MaterializeResult[None]:
    """Counts over the run; what became of each delivery stands in the register, its reason never in Dagster."""
    found = list(outcomes)
    total: Counter[str] = Counter()
    for outcome in found:
        total.update(outcome.counts)
    refused = sum(bool(outcome.refusal) for outcome in found)
    return dg.MaterializeResult(metadata={"deliveries": len(found), "refused": refused, **total})


@dg.asset(
    partitions_def=DELIVERIES, backfill_policy=GROUPED, group_name="intake", kinds={"python"}, owners=OWNERS,
    pool="register_writer",
)  # fmt: skip
def delivery(context: dg.AssetExecutionContext, home: dg.ResourceParam[Opens]) -> dg.MaterializeResult[None]:
    """Delivered files read, checked and put in the vault; the originals are erased."""
    with home.open() as house:
        return _report(intake.take_in(house, _keys(context)))


@dg.asset(
    deps=[delivery], partitions_def=DELIVERIES, backfill_policy=GROUPED, group_name="intake",
    kinds={"python", "parquet"}, owners=OWNERS, pool="register_writer",
)  # fmt: skip
def cleaned(context: dg.AssetExecutionContext, home: dg.ResourceParam[Opens]) -> dg.MaterializeResult[None]:
    """Records with pseudonyms, without withdrawn people, every column and text treated as the policy says.

    Again for a delivery that people signed for: its contribution no longer counts, for a new file takes the place of
    what was signed, also when nothing in it differs. It must be prepared and signed again. A published release stays.
    """
    with home.open() as house:
        return _report(cleaning.clean(house, _keys(context)))


@dg.asset(
    deps=[cleaned], partitions_def=DELIVERIES, backfill_policy=GROUPED, group_name="intake",
    kinds={"python", "greatexpectations"}, owners=OWNERS, pool="register_writer",
)  # fmt: skip
def checked(context: dg.AssetExecutionContext, home: dg.ResourceParam[Opens]) -> dg.MaterializeResult[None]:
    """Records that passed the quality suite and the residual check; the verdict row decides, this only reports."""
    with home.open() as house:
        return _report(checking.check(house, _keys(context)))
