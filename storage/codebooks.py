"""Codebooks by reference: the packaged ones, and local ones of a home that extend them."""

import re
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from domain.errors import InputRejected
from domain.instruments import Codebook, read_codebook
from storage.canonical import fingerprint
from storage.yaml import read_yaml

_LOCAL_ITEM = re.compile(r"^(GM|SV)\d{4}_\w+$")
_LOCAL = ("id", "version", "title")
"""What a local codebook says for itself; all else that keeps people safe comes from its parent."""


@dataclass(frozen=True)
class Codebooks:
    """Looks codebooks up; a local one may add items (named `<area>_…`) but change nothing of its parent."""

    local: Path | None = None
    _read: dict[str, Codebook] = field(default_factory=dict, repr=False, compare=False)
    _marks: dict[str, str] = field(default_factory=dict, repr=False, compare=False)
    _extending: set[str] = field(default_factory=set, repr=False, compare=False)

    @cached_property
    def _paths(self) -> dict[str, Path]:
        packaged = Path(str(files("domain"))) / "codebooks"
        folders = [packaged, *([self.local] if self.local and self.local.exists() else [])]
        return {path.stem: path for folder in folders for path in sorted(folder.glob("*@*.yaml"))}

    def references(self) -> list[str]:
        """Every `<id>@<version>` that can be used, sorted."""
        return sorted(self._paths)

    def get(self, reference: str) -> Codebook:
        """The codebook; raises InputRejected when there is none of that name and version, or it cannot be read."""
        if reference not in self._read:
            self._read[reference] = self._load(reference)
        return self._read[reference]

    def readable(self) -> list[Codebook]:
        """Every codebook that can be read: a local one with a mistake in it holds up only who names it."""
        found = []
        for reference in self.references():
            with suppress(InputRejected):
                found.append(self.get(reference))
        return found

    @cached_property
    def titles(self) -> dict[str, str]:
        """Instrument -> its title for readers; of several lists (ouders, jongeren) what they share before the comma."""
        found: dict[str, set[str]] = {}
        for book in map(self.get, self.references()):
            found.setdefault(book.instrument, set()).add(book.title)
        return {
            name: min(titles) if len(titles) == 1 else min(title.partition(",")[0] for title in titles)
            for name, titles in found.items()
        }

    def fingerprint(self, reference: str) -> str:
        """SHA-256 over the content of a codebook: what a policy approval binds to."""
        if reference not in self._marks:
            self._marks[reference] = fingerprint(self.get(reference).model_dump(mode="json", by_alias=True))
        return self._marks[reference]

    def _load(self, reference: str) -> Codebook:
        if reference not in self._paths:
            raise InputRejected(
                "delivery.yaml: dit codeboek kennen wij niet; kijk met 'toegangspeil export dictionary' welke er zijn",
                on_screen="dit codeboek kennen wij niet; kijk op de pagina Gegevens welke er zijn",
            )
        content = read_yaml(self._paths[reference])
        if content.get("extends"):
            content = self._extended(content, reference)
        codebook = read_codebook(content, reference)
        if codebook.reference != reference:
            raise InputRejected(f"codeboek {reference}: id en version horen gelijk te zijn aan de bestandsnaam")
        return codebook

    def _extended(self, content: dict[str, Any], reference: str) -> dict[str, Any]:
        if content["extends"] not in self.references() or reference in self._extending:
            raise InputRejected(f"codeboek {reference}: noem bij 'extends' een codeboek dat er is, en niet zichzelf")
        self._extending.add(reference)
        try:
            parent = self.get(content["extends"]).model_dump(mode="json", by_alias=True)
        finally:
            self._extending.discard(reference)
        tables = {name: dict(columns) for name, columns in parent["tables"].items()}
        given = content.get("tables", {})
        if not isinstance(given, dict) or not all(isinstance(columns, dict) for columns in given.values()):
            raise InputRejected(f"codeboek {reference}: schrijf onder 'tables' per tabel de vragen en wat zij zijn")
        if not isinstance(content.get("scales", {}), dict):
            raise InputRejected(f"codeboek {reference}: schrijf onder 'scales' per schaal de antwoorden")
        for name, columns in given.items():
            for column, definition in columns.items():
                if not _LOCAL_ITEM.match(str(column)):
                    raise InputRejected(f"codeboek {reference}: noem een eigen vraag zoals GM9001_onderwerp")
                if column in tables.get(name, {}):
                    raise InputRejected(f"codeboek {reference}: kolom {column!r} bestaat al in {content['extends']}")
                tables.setdefault(name, {})[column] = definition
        own = {name: content[name] for name in _LOCAL if name in content}
        if strange := sorted(set(content) - {*_LOCAL, "extends", "tables", "scales"}):
            raise InputRejected(f"codeboek {reference}: {strange[0]!r} mag niet in een eigen codeboek; haal het weg")
        scales = {**content.get("scales", {}), **parent["scales"]}
        return {**parent, **own, "extends": content["extends"], "tables": tables, "scales": scales}
