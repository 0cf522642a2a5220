"""What Dagster loads. The home is read from TOEGANGSPEIL_HOME, here and nowhere else in pipelines."""

import dagster as dg

from pipelines.assets import intake, release
from pipelines.checks import verdicts_passed
from pipelines.jobs import INTAKE, PUBLISH, RELEASE, tidy
from pipelines.resources import Home
from pipelines.schedules import DAILY
from pipelines.sensors import inbox_sensor

ASSETS = [intake.delivery, intake.cleaned, intake.checked, release.marts, release.protected, release.published]


@dg.definitions
def defs() -> dg.Definitions:
    """Assets, checks, jobs, sensor and schedule of Toegangspeil."""
    return dg.Definitions(
        assets=ASSETS,
        asset_checks=[verdicts_passed],
        jobs=[INTAKE, RELEASE, PUBLISH, tidy],
        sensors=[inbox_sensor],
        schedules=[DAILY],
        resources={"home": Home(path=dg.EnvVar("TOEGANGSPEIL_HOME"))},
        executor=dg.in_process_executor,
    )
