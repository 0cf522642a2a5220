"""Every regular expression of the recognisers, by name, and their gates."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import anonymisation.recognisers
from anonymisation.gates import Gate, Part
from anonymisation.patterns import Later
from anonymisation.recognisers.age.numbers import AgeShapes


def patterns() -> dict[str, re.Pattern[str]]:
    """Those in a module, and those in its tables of patterns; each once."""
    return {name: pattern for pattern, name in {pattern: name for name, pattern in _everywhere()}.items()}


def gates() -> set[Gate]:
    """What tells which of them can match a text; one that several recognisers share once."""
    made = [value.gate if isinstance(value, AgeShapes) else value for _, _, value in _values()]
    return {gate.joint.every if isinstance(gate, Part) else gate for gate in made if isinstance(gate, Gate | Part)}


def _everywhere() -> Iterator[tuple[str, re.Pattern[str]]]:
    for module, name, value in _values():
        yield from _of(f"{module}.{name}", value)


def _values() -> Iterator[tuple[str, str, object]]:
    for module in pkgutil.walk_packages(anonymisation.recognisers.__path__, "anonymisation.recognisers."):
        for name, value in vars(importlib.import_module(module.name)).items():
            yield module.name.rsplit(".", 1)[1], name, value


def _of(name: str, value: object) -> Iterator[tuple[str, re.Pattern[str]]]:
    if isinstance(value, re.Pattern):
        yield name, value
    elif isinstance(value, AgeShapes):
        yield from _of(name, value.every)
    elif isinstance(value, tuple):
        for number, row in enumerate(value):
            pattern = row[0] if isinstance(row, tuple) else row
            if isinstance(pattern, re.Pattern | Later):
                yield f"{name} {number}", pattern.compiled if isinstance(pattern, Later) else pattern
