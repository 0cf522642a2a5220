"""What somebody asked for on a screen: releases to prepare and to publish, one at a time, in her name."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack

from domain.errors import CannotCheck, ToegangspeilError, unforeseen
from pipelines import release_acts
from pipelines.house import House
from pipelines.runs import BrokenOff
from register import users, work
from register.actors import Actor
from register.permissions import Act
from register.work import Task
from storage.lock import file_lock

_DOES: Mapping[Act, Callable[[House, str, Actor], object]] = {
    Act.RELEASE_PREPARE: lambda house, name, by: release_acts.build(house, name, by=by),
    Act.RELEASE_PUBLISH: lambda house, name, by: release_acts.publish(house, name, by=by),
}


def carry_out(house: House) -> int:
    """Do what waits, and what a worker that died left behind; returns how many things were done or refused.

    Another process that is at it already is left alone. Raises BrokenOff when this one has to stop: the work then
    waits for the next.
    """
    done = 0
    with ExitStack() as held:
        try:
            held.enter_context(file_lock(house.places.work_lock, timeout=0))
        except CannotCheck:
            return 0
        close_uploads(house)
        while (task := work.take_up(house.register)) is not None:
            reason = _refusal(house, task)
            work.finish(house.register, task.id, message=reason, failed=bool(reason))
            done += 1
    return done


def close_uploads(house: House) -> None:
    """Uploads whose folder was taken from the inbox are done: what came of them is in the deliveries."""
    for task in work.open_uploads(house.register):
        if not (house.places.inbox_of(task.area) / task.name).exists():
            work.finish(house.register, task.id)


def _refusal(house: House, task: Task) -> str:
    """Does one thing; the reason, for the screen where it was asked, when it could not be done, else nothing."""
    try:
        _DOES[task.act](house, task.name, users.by_name(house.register, task.by))
    except BrokenOff:
        raise
    except ToegangspeilError as refusal:
        return refusal.on_screen
    except Exception as error:  # a value could be in the message of a library
        return unforeseen(error)
    return ""
