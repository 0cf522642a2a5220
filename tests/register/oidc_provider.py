"""A small OIDC provider on the loopback, with real HTTP, real RSA keys and PKCE checked; for tests only."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlencode, urlparse

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT, SECRET = "toegangspeil", "geheim-voor-de-test"


class LocalProvider(BaseHTTPRequestHandler):
    """Signs in `person` without asking; what it puts in the token can be bent with `claims`."""

    issuer: ClassVar[str]
    key: ClassVar[RSAKey]
    signing: ClassVar[RSAKey]
    person: ClassVar[str]
    claims: ClassVar[dict[str, Any]]
    codes: ClassVar[dict[str, dict[str, str]]]
    keys: ClassVar[dict[str, Any] | None]
    """What it gives instead of its keys."""
    ends: ClassVar[dict[str, str]]

    def log_message(self, *_: object) -> None:
        """No lines on the screen."""

    def do_GET(self) -> None:
        url = urlparse(self.path)
        asked = {name: values[0] for name, values in parse_qs(url.query).items()}
        if url.path == "/.well-known/openid-configuration":
            ends = {name: f"{self.issuer}/{end}" for name, end in self.ends.items()}
            self._json({"issuer": self.issuer, **ends})
        elif url.path == "/jwks":
            self._json(KeySet([self.key]).as_dict(private=False) if self.keys is None else self.keys)
        elif url.path == "/authorize" and asked["client_id"] == CLIENT:
            code = f"code-{len(self.codes)}"
            self.codes[code] = asked
            self.send_response(302)
            back = urlencode({"code": code, "state": asked["state"]})
            self.send_header("Location", f"{asked['redirect_uri']}?{back}")
            self.end_headers()
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        given = {name: values[0] for name, values in parse_qs(body).items()}
        asked = self.codes.pop(given.get("code", ""), None)
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if asked is None or self.headers.get("Authorization") != f"Basic {basic}" or not _pkce(asked, given):
            self._json({"error": "invalid_grant"}, status=400)
            return
        now = int(time.time())
        claims = {
            "iss": self.issuer, "aud": CLIENT, "sub": self.person, "nonce": asked["nonce"], "iat": now,
            "exp": now + 300, **self.claims,
        }  # fmt: skip
        token = jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, self.signing)
        self._json({"access_token": "x", "token_type": "Bearer", "id_token": token})

    def _json(self, content: dict[str, Any], status: int = 200) -> None:
        data = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(data)


ENDS = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "jwks"}


def _pkce(asked: dict[str, str], given: dict[str, str]) -> bool:
    digest = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == asked["code_challenge"]


@contextmanager
def running() -> Iterator[type[LocalProvider]]:
    """A provider that listens; stops at the end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), LocalProvider)
    key = RSAKey.generate_key(2048, {"kid": "eerste"})
    LocalProvider.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    LocalProvider.key = LocalProvider.signing = key
    LocalProvider.person, LocalProvider.claims, LocalProvider.codes = "po-7", {}, {}
    LocalProvider.keys, LocalProvider.ends = None, ENDS
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield LocalProvider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
