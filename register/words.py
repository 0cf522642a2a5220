"""Small shared words of the register's modules: JSON in text columns, hashes of free text."""

import json
from hashlib import sha256
from typing import Any

from storage.canonical import canonical_bytes


def dump(value: Any) -> str:
    """Canonical JSON text."""
    return canonical_bytes(value).decode()


def load(text: str | None) -> Any:
    """Back from `dump`; None stays None."""
    return None if text is None else json.loads(text)


def text_hash(text: str) -> str:
    """SHA-256 of a text that is or will be public: of a consent or a quote. Of other words: `Writing.mark`."""
    return sha256(text.encode()).hexdigest()
