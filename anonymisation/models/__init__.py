"""The name finder: `load_ner()` gives the builtin model, or another by setting; never anything over the network."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Protocol

from anonymisation.models.refusal import no_finder

BUILTIN = Path(__file__).parent / "nl_toegang"
Found = tuple[int, int, str, float]


class Ner(Protocol):
    """Finds names in texts."""

    def find(self, texts: Sequence[str]) -> list[list[Found]]:
        """Per text, in order: (start, end, label, score), code point offsets, end exclusive, never overlapping."""
        ...


def load_ner(backend: str = "builtin", *, lean: float = 0.0) -> Ner:
    """The name finder of a setting.

    backend: `builtin` (shipped with the product), `spacy:<folder>` (a spaCy pipeline), `hf:<folder>` (a local
        token-classification model; needs the package transformers).
    lean: 0 takes the likeliest reading; above 0 leans to finding a name where the model doubts (spaCy only; a
        natural logarithm: 1.0 makes "a name starts here" e times as likely). Spans that only leaning found
        carry a score below 0.5.
    Labels: PERSON, PLACE, ORGANISATION, ADDRESS, HEALTH, AGE. Raises CannotCheck when there is no such model.
    """
    kind, _, where = backend.partition(":")
    if kind == "builtin" and not where:
        return _spacy(BUILTIN, "builtin", lean)
    if kind == "spacy" and where:
        return _spacy(Path(where), backend, lean)
    if kind == "hf" and where:
        from anonymisation.models.hf_ner import load_hf

        return load_hf(Path(where))
    raise no_finder(f"naamzoeker {backend!r} kennen wij niet; kies builtin, spacy:<map> of hf:<map>")


def _spacy(folder: Path, backend: str, lean: float) -> Ner:
    with _without_commands():
        from anonymisation.models.spacy_ner import load_spacy

    return load_spacy(folder, backend, lean)


@contextmanager
def _without_commands() -> Iterator[None]:
    """Within it `import spacy` leaves out its command line (and the download tools that come with it).

    That is a third of what importing spaCy costs, and nothing here uses it; `import spacy.cli` works as ever after.
    """
    names = () if "spacy" in sys.modules else ("spacy.cli", "spacy.cli.info")
    for name in names:
        sys.modules[name] = _Empty(name)
    try:
        yield
    finally:
        for name in names:
            sys.modules.pop(name, None)


class _Empty(ModuleType):
    """Stands for a module while spaCy imports it by name."""

    info = None
