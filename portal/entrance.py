"""Signing in at the gemeente's own provider (OIDC): out with a sealed cookie, back with a code, in as a known user."""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from threading import Lock
from typing import TYPE_CHECKING

from domain.errors import KeyRefused, NotAllowed, WrongUsage
from portal.house import House
from portal.speech import _
from register.actors import Actor
from register.store import moment_of, stamp
from storage.envelope import seal, unseal
from storage.settings import SignInProvider

if TYPE_CHECKING:
    from register import oidc  # its libraries are loaded only where people sign in at a provider

SECRET_VARIABLE = "TOEGANGSPEIL_OIDC_SECRET"  # noqa: S105 (its name)
COOKIE = "tp_aanmelden"
BACK = "/inloggen/terug"
LASTS = timedelta(minutes=10)
_CONTEXT = "portal:aanmelden"


class Entrance:
    """One provider. What it says of itself is read at the first attempt and kept; a provider that is away is said."""

    def __init__(self, house: House, chosen: SignInProvider, secret: str) -> None:
        self._house, self._chosen, self._secret = house, chosen, secret
        self._lock = Lock()
        self._found: oidc.Provider | None = None

    def begin(self, to: str) -> tuple[str, str]:
        """(where to send the visitor, what her cookie holds); `to` is the page she came for."""
        from register import oidc

        attempt = oidc.begin(self._provider(), f"{self._chosen.address}{BACK}")
        kept = {**asdict(attempt), "to": to, "at": stamp(self._house.register.clock())}
        sealed = seal(json.dumps(kept).encode(), self._house.form_key, _CONTEXT)
        return attempt.url, base64.urlsafe_b64encode(sealed).decode()

    def finish(self, cookie: str, state: str, code: str) -> tuple[Actor, str]:
        """Who came back, and the page she came for; raises NotAllowed when anything does not fit."""
        from register import oidc

        kept = self._kept(cookie)
        to = kept.pop("to")
        if self._house.register.clock() - moment_of(kept.pop("at")) > LASTS:
            raise NotAllowed(_("inloggen duurde te lang; begin opnieuw"))
        attempt = oidc.Attempt(**kept)
        return oidc.finish(self._house.register, self._provider(), attempt, state=state, code=code), to

    def subject(self, sub: str) -> str:
        """How the register writes somebody of this provider."""
        from register import oidc

        return oidc.subject_of(self._chosen.issuer, sub)

    def _provider(self) -> "oidc.Provider":
        from register import oidc

        with self._lock:
            if self._found is None:
                self._found = oidc.discover(self._chosen.issuer, self._chosen.client_id, self._secret)
            return self._found

    def _kept(self, cookie: str) -> dict[str, str]:
        try:
            content = unseal(base64.urlsafe_b64decode(cookie.encode()), self._house.form_key, _CONTEXT)
        except (KeyRefused, binascii.Error, ValueError):
            content = b""
        if not content:
            raise NotAllowed(_("inloggen is niet gelukt; begin opnieuw op deze pagina"))
        found: dict[str, str] = json.loads(content)
        return found


def entrance(house: House, environ: Mapping[str, str]) -> Entrance | None:
    """The provider of this installation, if it has one; raises WrongUsage when its secret is not there."""
    chosen = house.settings.sign_in
    if chosen is None:
        return None
    secret = environ.get(SECRET_VARIABLE, "")
    if not secret:
        raise WrongUsage(f"sign_in staat in toegangspeil.yaml; zet ook {SECRET_VARIABLE} in de omgeving")
    return Entrance(house, chosen, secret)
