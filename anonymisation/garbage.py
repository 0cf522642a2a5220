"""Python looks for objects that hold each other after every few hundred new ones; we seldom make such objects."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def keep() -> None:
    """What stands now stays: never look through it (word lists take a tenth of a second each time)."""
    gc.freeze()


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
