"""Looks in the inbox and asks for a run for what it finds; unreadable folders are refused on the spot."""

import dagster as dg

from pipelines import checking, inbox, intake
from pipelines.jobs import INTAKE
from pipelines.partitions import DELIVERIES, GROUP_SIZE
from pipelines.resources import Opens


@dg.sensor(job=INTAKE, minimum_interval_seconds=30, default_status=dg.DefaultSensorStatus.STOPPED)
def inbox_sensor(context: dg.SensorEvaluationContext, home: dg.ResourceParam[Opens]) -> dg.SensorResult:
    """One run per waiting delivery, at most a group at a time; run keys make it safe to look twice."""
    with home.open() as house:
        checking.finish_moves(house)
        inbox.gather(house.places)
        intake.refuse_unreadable(house)
        keys = [str(key) for key in inbox.waiting_keys(house.places, house.register)][:GROUP_SIZE]
        stamps = intake.stamps(house)
    known = set(context.instance.get_dynamic_partitions("delivery"))
    requests = [dg.RunRequest(partition_key=key, run_key=f"{key}:{stamps.get(key, 'unjudged')}") for key in keys]
    new = [key for key in keys if key not in known]
    return dg.SensorResult(
        run_requests=requests, dynamic_partitions_requests=[DELIVERIES.build_add_request(new)] if new else []
    )
