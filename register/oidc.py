"""Logging in at the gemeente's own OIDC provider: authorisation code with PKCE, nonce, and a signed ID token.

The provider says who somebody is; what she may do stays in the register (`users.by_subject`). Nobody gets in who was
not made a user by an administrator first.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import requests
from authlib.common.urls import add_params_to_uri
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from requests import RequestException

from domain.errors import CannotCheck, NotAllowed
from register.actors import Actor
from register.store import Register
from register.users import by_subject

ALGORITHMS = ["RS256", "ES256", "PS256"]
_SECONDS = 10
_ENDS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_FAILED = "inloggen bij de gemeente is niet gelukt; begin opnieuw of vraag de beheerder"


@dataclass(frozen=True)
class Provider:
    """What an installation knows of its provider; `metadata` is the provider's own discovery document."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    metadata: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True)
class Attempt:
    """One log-in under way; kept in the visitor's sealed cookie until she comes back."""

    url: str
    state: str
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    redirect_uri: str


def discover(issuer: str, client_id: str, client_secret: str) -> Provider:
    """Read the provider's discovery document; raises CannotCheck when it cannot be had or is not what we need."""
    metadata = _fetched(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if metadata.get("issuer") != issuer:
        raise CannotCheck("inloggen: de dienst noemt zichzelf anders dan in de instellingen; controleer het adres")
    if not all(isinstance(metadata.get(end), str) for end in _ENDS):
        raise CannotCheck("inloggen: de dienst van de gemeente zegt niet waar hij te bereiken is; vraag de beheerder")
    return Provider(issuer, client_id, client_secret, metadata)


def begin(provider: Provider, redirect_uri: str) -> Attempt:
    """Where to send the visitor, and what to remember."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    asked = {
        "response_type": "code", "client_id": provider.client_id, "redirect_uri": redirect_uri, "scope": "openid",
        "state": state, "nonce": nonce, "code_challenge": create_s256_code_challenge(verifier),
        "code_challenge_method": "S256",
    }  # fmt: skip
    url = str(add_params_to_uri(provider.metadata["authorization_endpoint"], list(asked.items())))
    return Attempt(url, state, nonce, verifier, redirect_uri)


def finish(register: Register, provider: Provider, attempt: Attempt, *, state: str, code: str) -> Actor:
    """Who came back; raises NotAllowed when anything does not fit or she is no user here."""
    if not secrets.compare_digest(state.encode(), attempt.state.encode()):
        raise NotAllowed(_FAILED)
    claims = _claims(register, provider, _id_token(provider, attempt, code), attempt.nonce)
    return by_subject(register, subject_of(provider.issuer, str(claims["sub"])))


def subject_of(issuer: str, sub: str) -> str:
    """How a person at a provider is written in `users.subject`."""
    return f"{issuer}#{sub}"


def _id_token(provider: Provider, attempt: Attempt, code: str) -> str:
    """Change the code for an ID token; the client proves itself with its secret and the PKCE verifier."""
    with OAuth2Session(provider.client_id, provider.client_secret, redirect_uri=attempt.redirect_uri) as session:
        try:
            answer = session.fetch_token(
                provider.metadata["token_endpoint"], code=code, code_verifier=attempt.verifier, timeout=_SECONDS,
                allow_redirects=False,
            )  # fmt: skip
        except (OAuthError, RequestException, ValueError):
            answer = {}
    if "id_token" not in answer:
        raise NotAllowed(_FAILED)
    return str(answer["id_token"])


def _claims(register: Register, provider: Provider, token: str, nonce: str) -> Mapping[str, Any]:
    keys = _fetched(provider.metadata["jwks_uri"])
    rules = jwt.JWTClaimsRegistry(
        now=int(register.clock().timestamp()),
        leeway=60,
        iss={"essential": True, "value": provider.issuer},
        aud={"essential": True, "value": provider.client_id},
        nonce={"essential": True, "value": nonce},
        exp={"essential": True},
        sub={"essential": True},
    )
    try:
        found = jwt.decode(token, KeySet.import_key_set(keys), algorithms=ALGORITHMS)
        rules.validate(found.claims)
    except (JoseError, ValueError, KeyError, TypeError):  # a set of keys may be anything
        raise NotAllowed(_FAILED) from None
    return found.claims


def _fetched(url: str) -> Any:
    """A JSON object from the provider; no redirects, ten seconds at most."""
    try:
        response = requests.get(url, timeout=_SECONDS, allow_redirects=False)
        content = response.json() if response.status_code == 200 else None
    except (RequestException, ValueError):
        content = None
    if not isinstance(content, dict):
        raise CannotCheck("inloggen: de dienst van de gemeente antwoordt niet goed; probeer het later opnieuw")
    return content
