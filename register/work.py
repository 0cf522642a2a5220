"""The work queue: uploads that are being read, releases to prepare and to publish by the worker."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, insert, select, update

from domain.errors import ReleaseRefused, WrongUsage
from register.actors import Actor
from register.permissions import Act, check, seen_areas
from register.releases import ReleaseState, read_release
from register.store import Register, Writing
from register.tables import work

WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"
_READY_FOR = {Act.RELEASE_PREPARE: ReleaseState.DRAFT, Act.RELEASE_PUBLISH: ReleaseState.APPROVED}
"""What the worker does with a release, and where the release must stand for it."""


@dataclass(frozen=True)
class Task:
    """Work for the worker: a folder to read (WORK_ADD) or a release to prepare or publish.

    name: of the folder, below the inbox of the area, or of the release. message: what who asked may read, without any
    value; of failed work the reason.
    """

    id: int
    area: str
    name: str
    state: str
    by: str
    message: str | None
    at: str
    act: Act = Act.WORK_ADD

    @property
    def open(self) -> bool:
        """Whether it still waits or is being done."""
        return self.state in (WAITING, RUNNING)


def add(register: Register, area: str, folder: str, *, by: Actor) -> int:
    """Put an uploaded folder in the queue; `folder` is a name we made, below the inbox of the area."""
    with register.act() as writing:
        check(by, Act.WORK_ADD, area)
        task = _added(writing, area, folder, Act.WORK_ADD, by)
        writing.log(by, Act.WORK_ADD, {"task": task, "area": area})
        return task


def ask(register: Register, act: Act, release: str, *, by: Actor) -> int:
    """Put a release in the queue, to be prepared or published in the name of `by`.

    Asking again while it waits or is being done changes nothing. Raises ReleaseRefused when the release does not stand
    where this can be done.
    """
    with register.act() as writing:
        found = read_release(writing.connection, release)
        check(by, act, *found.areas)
        before = _last(writing.connection, (work.c.act == act.value) & (work.c.folder == release))
        if before is not None and before.open:
            writing.unchanged()
            return before.id
        if found.state is not _READY_FOR[act]:
            raise ReleaseRefused(f"uitgave {release} staat intussen ergens anders; bekijk de uitgave opnieuw")
        area = found.areas[0] if len(found.areas) == 1 else ""
        task = _added(writing, area, release, act, by)
        writing.log(by, act, {"release": release, "task": task})
        return task


def take_up(register: Register) -> Task | None:
    """The oldest work on a release that is not done, now running; None when there is nothing.

    Only for who holds the lock of the queue: what was running before was left by a worker that died.
    """
    with register.bookkeeping() as writing:
        wanted = work.c.act.is_not(None) & work.c.state.in_((WAITING, RUNNING))
        row = writing.connection.execute(select(work).where(wanted).order_by(work.c.id).limit(1)).first()
        if row is None:
            return None
        taken = update(work).where(work.c.id == row.id).values(state=RUNNING).returning(work)
        return _task(writing.connection.execute(taken).one())


def finish(register: Register, task: int, *, message: str = "", failed: bool = False) -> None:
    """Close a task with what who asked may know; the outcome itself is in the deliveries or the release."""
    with register.bookkeeping() as writing:
        values = {"state": FAILED if failed else DONE, "message": message}
        changed = writing.connection.execute(update(work).where(work.c.id == task).values(**values))
        if changed.rowcount != 1:
            raise WrongUsage("deze taak bestaat niet")


def tasks(register: Register, *, by: Actor) -> list[Task]:
    """The uploads in the queue, oldest first, for the areas this person may see."""
    areas = seen_areas(by, Act.SEE_DELIVERIES)
    query = select(work).where(work.c.act.is_(None)).order_by(work.c.id)
    if areas is not None:
        query = query.where(work.c.area.in_(sorted(areas)))
    with register.read() as connection:
        return [_task(row) for row in connection.execute(query)]


def open_uploads(register: Register) -> list[Task]:
    """Uploads that were not closed yet."""
    with register.read() as connection:
        query = select(work).where(work.c.act.is_(None) & work.c.state.in_((WAITING, RUNNING)))
        return [_task(row) for row in connection.execute(query)]


def of_release(register: Register, release: str) -> Task | None:
    """What was last asked for a release; None when nothing was."""
    with register.read() as connection:
        return _last(connection, work.c.act.is_not(None) & (work.c.folder == release))


def releases_in_hand(connection: Connection) -> set[str]:
    """Releases that the worker has or will have in hands: nobody needs to do anything now."""
    query = select(work.c.folder).where(work.c.act.is_not(None), work.c.state.in_((WAITING, RUNNING)))
    return set(connection.execute(query).scalars())


def _added(writing: Writing, area: str, name: str, act: Act, by: Actor) -> int:
    kept = None if act is Act.WORK_ADD else act.value
    values = {"area": area, "folder": name, "act": kept, "state": WAITING, "by": by.name, "at": writing.at}
    return int(writing.connection.execute(insert(work).values(**values).returning(work.c.id)).scalar_one())


def _last(connection: Connection, which: ColumnElement[bool]) -> Task | None:
    row = connection.execute(select(work).where(which).order_by(work.c.id.desc()).limit(1)).first()
    return _task(row) if row is not None else None


def _task(row: Row[Any]) -> Task:
    act = Act(row.act) if row.act else Act.WORK_ADD
    return Task(row.id, row.area, row.folder, row.state, row.by, row.message, row.at, act)
