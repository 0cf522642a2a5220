"""Names of `filenthropist` (optional extra `[names]`); nothing when it is not installed.

The package says nothing of where its lists come from, so nothing of it is shipped or required; see the ADR.
"""

import json
from importlib.util import find_spec
from pathlib import Path

from anonymisation.view import fold

_FILES = {"first": "dutch_first_names.json", "last": "dutch_last_names.json"}


def first_and_last() -> tuple[set[str], set[str]]:
    """Folded first names and surnames, empty without the extra."""
    spec = find_spec("filenthropist")
    if spec is None or not spec.submodule_search_locations:
        return set(), set()
    folder = Path(spec.submodule_search_locations[0]) / "pii_interface" / "data" / "gazetteers"
    return _read(folder / _FILES["first"]), _read(folder / _FILES["last"])


def _read(path: Path) -> set[str]:
    """Single words of four letters or more; shorter ones are too often a word."""
    if not path.exists():
        return set()
    entries = json.loads(path.read_text(encoding="utf-8"))
    names = entries if isinstance(entries, dict) else [_name(entry) for entry in entries]
    return {folded for name in names if (folded := fold(str(name))).isalpha() and len(folded) > 3}


def _name(entry: object) -> str:
    return str(entry.get("name", "")) if isinstance(entry, dict) else str(entry)
