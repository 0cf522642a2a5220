"""The work queue: an uploaded folder waits for one worker; a worker that died gives its work back."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, insert, or_, select, update

from domain.errors import WrongUsage
from register.actors import Actor
from register.permissions import Act, check, seen_areas
from register.store import Register, stamp
from register.tables import work

STALE = timedelta(minutes=30)
WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"


@dataclass(frozen=True)
class Task:
    """One folder to run; `message` is what the steward sees, without any value."""

    id: int
    area: str
    folder: str
    state: str
    by: str
    message: str | None
    at: str


def add(register: Register, area: str, folder: str, *, by: Actor) -> int:
    """Put an uploaded folder in the queue; `folder` is a name we made, below the inbox of the area."""
    with register.act() as writing:
        check(by, Act.WORK_ADD, area)
        values = {"area": area, "folder": folder, "state": WAITING, "by": by.name, "at": writing.at}
        task = writing.connection.execute(insert(work).values(**values).returning(work.c.id)).scalar_one()
        writing.log(by, Act.WORK_ADD, {"task": task, "area": area})
        return int(task)


def claim(register: Register, worker: str) -> Task | None:
    """Take the oldest waiting task, or one whose worker went silent; None when there is nothing."""
    with register.bookkeeping() as writing:
        stale = stamp(writing.now - STALE)
        free = or_(work.c.state == WAITING, (work.c.state == RUNNING) & (work.c.claimed_at < stale))
        row = writing.connection.execute(select(work).where(free).order_by(work.c.id).limit(1)).first()
        if row is None:
            return None
        values = {"state": RUNNING, "claimed_by": worker, "claimed_at": writing.at}
        writing.connection.execute(update(work).where(work.c.id == row.id).values(**values))
        return _task(row)


def finish(register: Register, task: int, *, message: str = "", failed: bool = False) -> None:
    """Close a task with what the steward may know; the outcome itself is in the deliveries."""
    with register.bookkeeping() as writing:
        values = {"state": FAILED if failed else DONE, "message": message}
        changed = writing.connection.execute(update(work).where(work.c.id == task).values(**values))
        if changed.rowcount != 1:
            raise WrongUsage("deze taak bestaat niet")


def tasks(register: Register, *, by: Actor) -> list[Task]:
    """The queue, oldest first, for the areas this person may see."""
    areas = seen_areas(by, Act.SEE_DELIVERIES)
    query = select(work).order_by(work.c.id)
    if areas is not None:
        query = query.where(work.c.area.in_(sorted(areas)))
    with register.read() as connection:
        return [_task(row) for row in connection.execute(query)]


def _task(row: Row[Any]) -> Task:
    return Task(row.id, row.area, row.folder, row.state, row.by, row.message, row.at)
