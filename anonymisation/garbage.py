"""Python looks for objects that hold each other after every few hundred new ones; we seldom make such objects."""

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager


def keep() -> None:
    """What stands now stays until the end: word lists take a tenth of a second each time they are looked through."""
    gc.freeze()
    atexit.register(gc.unfreeze)


@contextmanager
def no_collecting() -> Iterator[None]:
    """Look for them afterwards: lists stay anyway, and what a batch makes goes with its last reference."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
