"""Logs as JSON lines on stderr: what happened, where in the code, and a number per request. Never a value.

Our own messages hold no values. What a library says is told only for uvicorn (start, stop, broken requests); of others
only that they said something. An exception is told as its kind and place, because its words may hold an answer.
"""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog

from domain.errors import unforeseen

FIELDS = ("request", "method", "route", "status", "ms")
_KNOWN = ("toegangspeil", "uvicorn")


def configure(stream: TextIO | None = None) -> None:
    """Send every log of this process to `stream` (stderr) as JSON lines; only who starts a process calls this."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(formatter())
    root = logging.getLogger()
    root.handlers, root.level = [handler], logging.WARNING
    logging.getLogger("toegangspeil").setLevel(logging.INFO)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(name).handlers = []
        logging.getLogger(name).propagate = name != "uvicorn.access"


def formatter() -> logging.Formatter:
    """One JSON object a line: level, logger, timestamp, event, and the fields of a request."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ExtraAdder(allow=FIELDS),
            structlog.contextvars.merge_contextvars,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            without_values,
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )


def without_values(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """The event without words that could hold a value."""
    error = event.pop("exc_info", None)
    event.pop("stack_info", None)
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event["event"] = unforeseen(error)
    elif not str(event.get("logger", "")).startswith(_KNOWN):
        event["event"] = "a library said something; its words are not kept"
    return event
