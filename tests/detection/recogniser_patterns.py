"""Every regular expression that reads answers, by name, and the gates of the recognisers."""

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterable, Iterator
from functools import cache
from types import ModuleType

import anonymisation
from anonymisation.gates import Gate, Part
from anonymisation.patterns import Later
from anonymisation.recognisers.age.numbers import AgeShapes

_READS_TABLES = ("anonymisation.disclosure", "anonymisation.names.build")
_RECOGNISERS = "anonymisation.recognisers."
_READS = frozenset(("compile", "search", "match", "fullmatch", "finditer", "findall", "sub", "split"))


@cache
def modules() -> tuple[ModuleType, ...]:
    """The modules of detection."""
    names = (module.name for module in pkgutil.walk_packages(anonymisation.__path__, "anonymisation."))
    return tuple(importlib.import_module(name) for name in names if not name.startswith(_READS_TABLES))


def patterns() -> dict[str, re.Pattern[str]]:
    """Those in a module, in its tables and gates at any depth, and in its functions; each once."""
    return _once(*(_in_functions(module) for module in modules()), _in_values("anonymisation."))


def of_recognisers() -> dict[str, re.Pattern[str]]:
    """Those in a module or table of the recognisers, which a gate may hold; each once."""
    return _once(_in_values(_RECOGNISERS))


def gates() -> set[Gate]:
    """What tells which of them can match a text; one that several recognisers share once."""
    made = [value.gate if isinstance(value, AgeShapes) else value for _, value in _values(_RECOGNISERS)]
    return {gate.joint.every if isinstance(gate, Part) else gate for gate in made if isinstance(gate, Gate | Part)}


def _once(*named: Iterable[tuple[str, re.Pattern[str]]]) -> dict[str, re.Pattern[str]]:
    names = {pattern: name for some in named for name, pattern in some}
    return {name: pattern for pattern, name in names.items()}


def _in_values(package: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    for name, value in _values(package):
        yield from _of(name, value)


def _values(package: str) -> Iterator[tuple[str, object]]:
    for module in modules():
        if module.__name__.startswith(package):
            yield from ((f"{module.__name__.rsplit('.', 1)[1]}.{name}", value) for name, value in vars(module).items())


def _of(name: str, value: object) -> Iterator[tuple[str, re.Pattern[str]]]:
    if isinstance(value, Later):
        value = value.compiled
    if isinstance(value, re.Pattern):
        yield name, value
        return
    for number, row in enumerate(_inside(value)):
        yield from _of(f"{name} {number}", row)


def _inside(value: object) -> tuple[object, ...]:
    match value:
        case AgeShapes():
            return (value.every,)
        case Gate():
            return value.patterns
        case Part():
            return tuple(value.joint.every.patterns)
        case dict():
            return (*value, *value.values())
        case tuple() | list() | set() | frozenset():
            return tuple(value)
    return ()


def _in_functions(module: ModuleType) -> Iterator[tuple[str, re.Pattern[str]]]:
    """`re.match(r"...", text)`: what a function writes out where it reads."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="re"), attr=attribute),
                args=[ast.Constant(value=str(source)), *_],
            ) if attribute in _READS:
                yield f"{module.__name__.rsplit('.', 1)[1]} line {node.lineno}", re.compile(source)
