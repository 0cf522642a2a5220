"""Running the road: group what waits and materialise each group in one Dagster run, in this process."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import dagster as dg

from domain.errors import CannotCheck
from pipelines.assets import intake, release
from pipelines.event_log import instance_of
from pipelines.house import House
from pipelines.partitions import DELIVERIES, GROUP_SIZE, RELEASES
from pipelines.resources import OpenHome

RANGE_START = "dagster/asset_partition_range_start"
RANGE_END = "dagster/asset_partition_range_end"
QUIET: Mapping[str, object] = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
_MANY = 2 * GROUP_SIZE
"""From this many deliveries other processes are worth the seconds they need to load the detector."""
Told = Callable[[int, int], None]


class BrokenOff(CannotCheck):
    """This process was told to stop in the middle of a run; what was done is kept, and the next one goes on."""


def groups(known: Sequence[str], wanted: Sequence[str], size: int = GROUP_SIZE) -> Iterator[list[str]]:
    """Divide wanted keys into runs of at most `size` that lie next to each other in the order Dagster knows.

    A single run over many partitions is a range, so only neighbours can share one.
    """
    chosen = set(wanted)
    run: list[str] = []
    for key in known:
        if key in chosen:
            run.append(key)
        if run and (key not in chosen or len(run) == size):
            yield run
            run = []
    if run:
        yield run


def run_intake(house: House, keys: Sequence[str], told: Told = lambda done, of: None) -> None:
    """Take deliveries from the inbox to the gate; `told` hears how many are done.

    Raises CannotCheck when a run itself fails; what single deliveries became is in the register.
    """
    if len(keys) >= _MANY:
        house.hands.call()
    with instance_of(house.places) as instance:
        known = instance.get_dynamic_partitions("delivery")
        instance.add_dynamic_partitions("delivery", [key for key in keys if key not in set(known)])
        done = 0
        for group in groups(instance.get_dynamic_partitions("delivery"), keys):
            tags = {RANGE_START: group[0], RANGE_END: group[-1]}
            _materialise(house, instance, [intake.delivery, intake.cleaned, intake.checked], tags=tags)
            done += len(group)
            told(done, len(keys))


def run_release(house: House, name: str, *, publish: bool) -> None:
    """Build and protect a release, or publish an approved one."""
    with instance_of(house.places) as instance:
        instance.add_dynamic_partitions("release", [name])
        chosen = [release.published] if publish else [release.marts, release.protected]
        _materialise(house, instance, chosen, partition=name)


def _materialise(
    house: House,
    instance: dg.DagsterInstance,
    assets: Sequence[dg.AssetsDefinition],
    *,
    tags: Mapping[str, str] | None = None,
    partition: str | None = None,
) -> None:
    others = [asset for asset in _ALL if asset not in assets]
    result = dg.materialize(
        [*assets, *[asset.to_source_assets()[0] for asset in others]],
        instance=instance,
        resources={"home": OpenHome(house)},
        partition_key=partition,
        tags=dict(tags or {}),
        run_config=dict(QUIET),
        raise_on_error=False,
    )
    if not result.success:
        raise _refusal(result)


def _refusal(result: dg.ExecuteInProcessResult) -> CannotCheck:
    """Our own words of the step that failed, else the step and the kind of error; what Dagster adds stays out."""
    where, kinds = "", []
    for event in result.all_events:
        if not event.is_step_failure:
            continue
        where = where or f" in stap {event.step_key!r}"
        error = event.step_failure_data.error
        while error is not None:
            if error.cls_name and error.cls_name.endswith(_OURS):
                return CannotCheck(str(error.message).split(": ", 1)[-1].strip())
            kinds.append(error.cls_name or "onbekend")
            error = error.cause
    return _stopped(where, kinds)


def _stopped(where: str, kinds: Sequence[str]) -> CannotCheck:
    """What, where and what now, of a run that ended without a refusal of ours."""
    what, now = "onderbroken: het programma kreeg het bevel te stoppen", "start opnieuw met 'toegangspeil run'"
    told_to_stop = not kinds or any(kind.endswith(("InterruptedError", "KeyboardInterrupt")) for kind in kinds)
    if not told_to_stop:
        what, now = f"gestopt ({kinds[-1]})", "start opnieuw; gebeurt het weer, meld dan deze regel"
    words = f"de verwerking is{where} {what}; wat klaar is, is bewaard: {now}, dan gaat zij verder waar zij was"
    return BrokenOff(words) if told_to_stop else CannotCheck(words)


_OURS = ("Refused", "Rejected", "Closed", "Check", "Allowed")
_ALL = (intake.delivery, intake.cleaned, intake.checked, release.marts, release.protected, release.published)
__all__ = ["DELIVERIES", "RELEASES", "groups", "run_intake", "run_release"]
