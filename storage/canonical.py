"""One form for equal content, and its fingerprint: RFC 8785 JSON, SHA-256."""

import hashlib
from pathlib import Path
from typing import Any

import rfc8785


def canonical_bytes(value: Any) -> bytes:
    """RFC 8785 form of plain data (dict, list, str, int, float, bool, None)."""
    return bytes(rfc8785.dumps(value))


def fingerprint(value: Any) -> str:
    """SHA-256 of the canonical form, 64 hex characters."""
    return hashlib.sha256(canonical_bytes(value)).hexdigest()


def file_hash(path: Path) -> str:
    """SHA-256 of a file's bytes, 64 hex characters."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
