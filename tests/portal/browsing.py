"""Forms as a browser posts them: with the token of the page they stand on."""

import re

from starlette.testclient import TestClient

TOKEN = re.compile(r'name="token" value="(\w+)"')


def token_of(client: TestClient, page: str) -> str:
    found = TOKEN.search(client.get(page).text)
    assert found is not None, f"no form on {page}"
    return found[1]


def post(client: TestClient, path: str, *, page: str | None = None, **fields: str):
    """Post a form as a browser would: with the token of the page it stands on."""
    return client.post(path, data={"token": token_of(client, page or path), **fields})
