"""YAML files, read safely and written readably."""

from pathlib import Path
from typing import Any

import yaml

from domain.errors import InputRejected
from storage.atomic import write_atomic

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LARGEST = 2_000_000


def read_yaml(path: Path) -> dict[str, Any]:
    """The mapping in a YAML file.

    Raises InputRejected when the file is missing, too large, or no mapping; the message holds no content.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise InputRejected(f"{path.name}: het bestand is te groot; maak het kleiner dan 2 MB")
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 (a safe loader)
    except FileNotFoundError:
        raise InputRejected(f"{path.name}: het bestand is er niet; voeg het toe aan de aanlevering") from None
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError):
        raise InputRejected(
            f"{path.name}: dit is geen goed YAML-bestand; kijk naar inspringen en dubbele punten"
        ) from None
    if not isinstance(content, dict):
        raise InputRejected(f"{path.name}: er staan geen velden in; begin vanuit het voorbeeld in de handleiding")
    return content


def write_yaml(path: Path, value: dict[str, Any], *, mode: int = 0o600) -> None:
    """Write a mapping, keys in the given order."""
    text = yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=100)
    write_atomic(path, text.encode(), mode=mode)
