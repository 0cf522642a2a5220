"""Other processes that help with what can be done delivery by delivery; each opens the house for itself.

A hand gets items and gives back what the act made of them, never records or keys: it reads and writes the home as
this process does, with the master key from the key file or its own environment. It ends with the process it helps, so
that a killed run leaves nobody at work behind the next one.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from domain.errors import CannotCheck, ToegangspeilError
from pipelines.outcomes import guarded
from storage.settings import Settings

if TYPE_CHECKING:
    from pipelines.house import House

T = TypeVar("T")
U = TypeVar("U")


class Hands:
    """As many processes as the settings allow, from the moment they are called until `close`."""

    def __init__(self, house: "House") -> None:
        self._house = house
        self._pool: ProcessPoolExecutor | None = None

    def call(self) -> None:
        """Start them: worth it only when there is work for longer than they need to wake up."""
        count = self._house.settings.processes
        if self._pool is None and count > 1:
            spawn = multiprocessing.get_context("spawn")
            given = (replace(self._house.settings, processes=1), self._house.today)
            self._pool = ProcessPoolExecutor(count, spawn, initializer=_wake, initargs=given)

    def each(self, act: "Callable[[House, T], U]", items: Sequence[T]) -> Iterator[U]:
        """`act` of every item, in order; in this process when the hands were not called.

        act: a function at the top of a module. Raises what it refuses with, CannotCheck for anything else.
        """
        if self._pool is None:
            yield from (act(self._house, item) for item in items)
            return
        given: list[Future[U]] = []
        try:
            given += [self._pool.submit(_with_house, act, item) for item in items]
            for future in given:
                yield future.result()
        except BrokenProcessPool:
            self.close()  # or whoever works on in this process (`run --watch`) would never get other ones
            raise CannotCheck(
                "een hulpproces is onverwacht gestopt (te weinig geheugen?); wat klaar is, is bewaard: start opnieuw"
            ) from None
        except BaseException as stopped:  # not of a broken pool: it gives up what waits by itself, and trips over us
            for future in given:
                future.cancel()
            raise stopped from None

    def close(self) -> None:
        """Let them finish what they hold, and end them."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


_given: list[tuple[Settings, date]] = []  # of a hand: which house it is to open, and on what day
_at_work = ExitStack()  # holds that house open until the process of the hand ends
_opened: "list[House]" = []


def _wake(settings: Settings, today: date) -> None:
    """First thing in a hand: tie its life to that of the process it helps, and remember the house."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # one Ctrl-C reaches everybody; the first process ends the others
    threading.Thread(target=_end_together, daemon=True).start()
    _given[:] = [(settings, today)]


def _end_together() -> None:
    helped = multiprocessing.parent_process()
    if helped is not None:
        helped.join()
        os._exit(1)


def _with_house(act: "Callable[[House, T], U]", item: T) -> U:
    try:
        return act(_house(), item)
    except ToegangspeilError:
        raise
    except Exception as error:  # its message could hold a value
        raise guarded(error) from None


def _house() -> "House":
    from pipelines.house import open_house  # here, because a house has hands

    if not _opened:
        settings, today = _given[0]
        house = _at_work.enter_context(open_house(settings, os.environ))
        _opened.append(replace(house, today=today))
    return _opened[0]
