"""What happens every day without being asked."""

import dagster as dg

from pipelines.jobs import tidy

DAILY = dg.ScheduleDefinition(
    name="tidy_daily", job=tidy, cron_schedule="30 3 * * *", execution_timezone="Europe/Amsterdam"
)
