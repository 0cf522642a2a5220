"""The jobs that sensors, schedules and people start."""

import dagster as dg

from pipelines import tidying
from pipelines.resources import Opens

INTAKE = dg.define_asset_job("intake", selection=dg.AssetSelection.groups("intake"))
RELEASE = dg.define_asset_job("release", selection=dg.AssetSelection.assets("marts", "protected"))
PUBLISH = dg.define_asset_job("publish", selection=dg.AssetSelection.assets("published"))


@dg.op
def empty_quarantine(context: dg.OpExecutionContext, home: dg.ResourceParam[Opens]) -> None:
    """Destroy what has been in quarantine for 14 days, and what a killed run left behind."""
    with home.open() as house:
        done = tidying.tidy(house)
    context.log.info("tidied: %s", done)


@dg.job
def tidy() -> None:
    """Daily housekeeping."""
    empty_quarantine()
