"""Stations 7, 8 and 10: from frozen contributions to a published release, partitioned by release."""

import dagster as dg

from pipelines import releasing
from pipelines.assets.intake import checked
from pipelines.partitions import RELEASES
from pipelines.resources import Opens

OWNERS = ["team:operators"]
POOL = "duckdb_writer"


@dg.asset(
    deps=[dg.AssetDep(checked, partition_mapping=dg.AllPartitionMapping())], partitions_def=RELEASES,
    group_name="release", kinds={"duckdb", "sql"}, owners=OWNERS, pool=POOL,
)  # fmt: skip
def marts(context: dg.AssetExecutionContext, home: dg.ResourceParam[Opens]) -> dg.MaterializeResult[None]:
    """Tables of the approved breakdowns with real counts; restricted, wiped after publication."""
    with home.open() as house:
        return dg.MaterializeResult(metadata=dict(releasing.build(house, context.partition_key)))


@dg.asset(deps=[marts], partitions_def=RELEASES, group_name="release", kinds={"python"}, owners=OWNERS, pool=POOL)
def protected(context: dg.AssetExecutionContext, home: dg.ResourceParam[Opens]) -> dg.MaterializeResult[None]:
    """Tables that withstand the audit, with their certificate."""
    with home.open() as house:
        return dg.MaterializeResult(metadata=dict(releasing.protect_release(house, context.partition_key)))


@dg.asset(
    deps=[protected], partitions_def=RELEASES, group_name="release", kinds={"duckdb", "parquet", "csv"},
    owners=OWNERS, pool=POOL,
)  # fmt: skip
def published(context: dg.AssetExecutionContext, home: dg.ResourceParam[Opens]) -> dg.MaterializeResult[None]:
    """The approved release as DuckDB, Parquet, CSV, datapackage and reports."""
    with home.open() as house:
        return dg.MaterializeResult(metadata=dict(releasing.publish(house, context.partition_key)))
