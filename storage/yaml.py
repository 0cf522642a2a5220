"""YAML files, read safely and written readably."""

from pathlib import Path
from typing import Any

import yaml

from domain.errors import InputRejected
from storage.atomic import write_atomic

_LARGEST = 2_000_000
_DEEPEST = 40
_MOST_NODES = 500_000


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # one of two bases
    """A safe loader that knows no field given twice: the last one would quietly win."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        names = [name.value for name, _ in node.value if isinstance(name, yaml.ScalarNode)]
        if len(set(names)) < len(names):
            raise yaml.YAMLError
        found: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return found


def read_yaml(path: Path) -> dict[str, Any]:
    """The mapping in a YAML file.

    Raises InputRejected when the file is missing, too large, no mapping, or says a field twice; the message holds no
    content.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise InputRejected(f"{path.name}: het bestand is te groot; maak het kleiner dan 2 MB")
        content = path.read_bytes()
    except FileNotFoundError:
        raise InputRejected(f"{path.name}: het bestand is er niet; voeg het toe aan de aanlevering") from None
    except OSError:
        raise _no_yaml(path.name) from None
    return parse_yaml(content, path.name)


def parse_yaml(written: bytes, name: str) -> dict[str, Any]:
    """The mapping that the bytes of a YAML file hold; refuses as `read_yaml` does, calling the file `name`."""
    try:
        text = written.decode()
        _check_size(text)
        content = yaml.load(text, Loader=_Loader)  # noqa: S506 (a safe loader)
    except (yaml.YAMLError, ValueError, TypeError, RecursionError):
        raise _no_yaml(name) from None
    if not isinstance(content, dict):
        raise InputRejected(f"{name}: er staan geen velden in; begin vanuit het voorbeeld in de handleiding")
    return content


def _no_yaml(name: str) -> InputRejected:
    return InputRejected(
        f"{name}: dit is geen goed YAML-bestand; kijk naar inspringen, dubbele punten, datums, dubbele velden"
    )


def _check_size(text: str) -> None:
    """Raises YAMLError for what would fill the memory, or end the process before the loader, that calls itself per
    level, says so: too deep, or too much once every alias is written out.
    """
    nodes, open_, sizes = 0, [], dict[str | None, int]()
    for event in yaml.parse(text, Loader=_Loader):
        match event:
            case yaml.AliasEvent():
                nodes += sizes.get(event.anchor, _MOST_NODES)  # unknown: it is inside itself
            case yaml.CollectionStartEvent():
                open_.append((event.anchor, nodes))
            case yaml.CollectionEndEvent():
                anchor, before = open_.pop()
                sizes[anchor] = nodes - before
            case yaml.ScalarEvent():
                sizes[event.anchor] = 1
        nodes += 1
        if len(open_) > _DEEPEST or nodes > _MOST_NODES:
            raise yaml.YAMLError


def write_yaml(path: Path, value: dict[str, Any], *, mode: int = 0o600) -> None:
    """Write a mapping, keys in the given order."""
    text = yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=100)
    write_atomic(path, text.encode(), mode=mode)
