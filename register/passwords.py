"""Argon2id passwords, TOTP codes, and secrets that are only stored as a hash."""

import secrets
from functools import cache
from hashlib import sha256

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from domain.errors import NotAllowed

MINIMUM_LENGTH = 12
_HASHER = PasswordHasher()  # Argon2id, RFC 9106 low-memory profile
_DEMO_HASHER = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1)  # its passwords are public anyway


def hash_password(password: str, *, demo: bool = False) -> str:
    """Argon2id hash; a short password is refused (demo users excepted)."""
    if len(password) < MINIMUM_LENGTH and not demo:
        raise NotAllowed(f"wachtwoord: kies er een van minstens {MINIMUM_LENGTH} tekens, bijvoorbeeld vier woorden")
    return (_DEMO_HASHER if demo else _HASHER).hash(password)


def password_fits(stored: str | None, password: str) -> bool:
    """Whether a password fits; takes as long for a user who does not exist."""
    nobody = _nobody()  # also for somebody who exists: the first attempt takes as long for both
    try:
        return _HASHER.verify(stored or nobody, password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    """A hash that no password fits; made at the first attempt, not at the start of every command."""
    return _HASHER.hash(secrets.token_hex(16))


def new_secret() -> str:
    """256 random bits that can be typed in a header."""
    return secrets.token_urlsafe(32)


def secret_hash(secret: str) -> str:
    """How a token or session is stored; a random secret needs no slow hash."""
    return sha256(secret.encode()).hexdigest()


def new_totp() -> str:
    """A base32 secret for an authenticator app."""
    return pyotp.random_base32()


def totp_address(secret: str, user: str) -> str:
    """The secret as an address (otpauth://) that an authenticator app reads from a link or a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=user, issuer_name="Toegangspeil")


def totp_step(secret: str, code: str, at: int, *, last: int) -> int | None:
    """The 30-second step a code belongs to, or None when wrong or used before (`last` step)."""
    totp = pyotp.TOTP(secret)
    for step in range(at // 30 - 1, at // 30 + 2):
        if step > last and secrets.compare_digest(totp.at(step * 30), code.strip()):
            return step
    return None
