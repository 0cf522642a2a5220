"""Great Expectations, imported once: late because it takes seconds, quiet, and without Spark."""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from types import ModuleType
from typing import Any


@cache
def great_expectations() -> Any:
    """The library, with its analytics off.

    It looks for Spark, which this gate has no use for. Where pyspark is installed without the parts for a remote
    server, that look ends the whole process (`pyspark.sql.connect.utils.check_dependencies` calls `sys.exit`).
    """
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    with _hidden("pyspark", "pyspark.sql.connect"):
        import great_expectations as library
        from great_expectations import expectations  # noqa: F401 (makes `library.expectations`)
    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    return library


@contextmanager
def _hidden(*names: str) -> Iterator[None]:
    """Let importing these fail inside the block, as if they were not installed."""
    before: dict[str, ModuleType | None] = {name: sys.modules.get(name) for name in names}
    sys.modules.update(dict.fromkeys(names))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name, module in before.items():
            if module is None:
                del sys.modules[name]
            else:
                sys.modules[name] = module
