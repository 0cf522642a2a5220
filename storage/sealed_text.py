"""A few words that may hold a name, sealed so that they can stand in a register: key id, a dot, and base64."""

import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from domain.errors import KeyRefused
from storage.canonical import fingerprint
from storage.envelope import seal, unseal
from storage.keyring import Keyring

_NONCE = "nonce"


@contextmanager
def sealed_text(keyring: Keyring, area: str, scope: str, words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The sealed words and their fingerprint, for the row that is written inside; after it their key is stored.

    A kill leaves at most a row that nobody can read, never a key without a row. A random part keeps anybody from
    guessing words by fingerprint.
    """
    keyring.ensure_scope(area, scope)
    content = {**words, _NONCE: secrets.token_hex(16)}
    with keyring.new_data_key(area, scope, "review") as data_key:
        sealed = seal(json.dumps(content).encode(), data_key.key, data_key.id)
        yield f"{data_key.id}.{urlsafe_b64encode(sealed).decode()}", fingerprint(content)


def open_text(keyring: Keyring, area: str, content: str) -> dict[str, str] | None:
    """The words again; None when their key was destroyed."""
    key_id, _, sealed = content.partition(".")
    try:
        found = json.loads(unseal(urlsafe_b64decode(sealed), keyring.data_key(area, key_id), key_id))
    except KeyRefused:
        return None
    return {name: str(value) for name, value in found.items() if name != _NONCE}
