"""The face of Toegangspeil: the command, and the few names integrators import.

Names are looked up when they are asked for: the command must not wait for Presidio or HiGHS.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

import anonymisation as anonymisation  # first of all: it tells numpy to keep to one thread

if TYPE_CHECKING:
    from anonymisation.disclosure.files import audit_path as audit_path
    from anonymisation.disclosure.files import protect_files as protect_files
    from anonymisation.text import Mode as Mode
    from anonymisation.text import build_detector as build_detector
    from anonymisation.text import clean as clean

_PLACES = {
    "Mode": "anonymisation.text",
    "build_detector": "anonymisation.text",
    "clean": "anonymisation.text",
    "protect_files": "anonymisation.disclosure.files",
    "audit_path": "anonymisation.disclosure.files",
}


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module 'toegangspeil' has no attribute {name!r}")
    return getattr(import_module(_PLACES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_PLACES})
