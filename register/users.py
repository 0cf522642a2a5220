"""Users and their roles: passwords, TOTP, lock-out; tokens and sessions that end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from domain.errors import NotAllowed, WrongUsage
from domain.vocabulary import Role
from register.actors import SYSTEM, Actor, Grant
from register.passwords import hash_password, new_secret, password_fits, secret_hash, totp_step
from register.permissions import Act, check
from register.store import Register, Writing, is_demo, stamp
from register.tables import grants, settings, tokens, users
from storage.envelope import seal, unseal

ATTEMPTS = 5
LOCKED = timedelta(minutes=15)
SESSION = timedelta(hours=8)
TOKEN = timedelta(days=90)
INVITATION, INVITED = "invitation", timedelta(days=3)
NO_PASSWORD = ""  # no password fits it
_REFUSED = "inloggen is niet gelukt: naam, wachtwoord of code klopt niet, of de gebruiker is geblokkeerd"
_ON_SCREEN = (
    "uw gebruikersnaam, wachtwoord of code klopt niet. Na vijf keer fout kunt u een kwartier niet inloggen. "
    "Lukt het daarna nog niet? Vraag de beheerder"
)


@dataclass(frozen=True)
class User:
    """A user as the administrator sees her."""

    name: str
    grants: tuple[Grant, ...]
    demo: bool
    disabled: bool
    has_totp: bool
    has_password: bool
    by_provider: bool


def mark_demo(register: Register, *, by: Actor = SYSTEM) -> None:
    """Mark this home as a demo: only here demo users exist. Cannot be undone."""
    with register.act() as writing:
        check(by, Act.SYSTEM_NOTE)
        writing.connection.execute(insert(settings).values(name="demo", value="yes"))
        writing.log(by, Act.SYSTEM_NOTE, {"note": "demo"})


def add_user(
    register: Register,
    name: str,
    roles: Iterable[Grant],
    *,
    by: Actor,
    password: str | None = None,
    demo: bool = False,
    subject: str | None = None,
) -> Actor:
    """Make a user. The product itself may only make the first administrator, or demo users in a demo home.

    password: without one she chooses it herself with an invitation, or never needs it.
    subject: identity at the OIDC provider, when people log in there.
    """
    given = frozenset(roles)
    with register.act() as writing:
        _check_making(writing.connection, by, given, demo)
        if _row(writing.connection, name) is not None or name == SYSTEM.name or not name.strip():
            raise WrongUsage(f"gebruiker {name!r} bestaat al of kan niet zo heten; kies een andere naam")
        writing.connection.execute(
            insert(users).values(
                name=name, password_hash=hash_password(password, demo=demo) if password is not None else NO_PASSWORD,
                demo=demo, subject=subject, created_at=writing.at,
            )
        )  # fmt: skip
        _write_grants(writing, name, given)
        writing.log(by, Act.USER_MANAGE, {"user": name, "added": True, "demo": demo, "roles": _listed(given)})
    return Actor(name, given)


def set_grants(register: Register, name: str, roles: Iterable[Grant], *, by: Actor) -> None:
    """Replace the roles of a user; nobody changes her own roles. Sessions and tokens end."""
    given = frozenset(roles)
    with register.act() as writing:
        row = _managed(writing, name, by)
        _check_reach(by, given | _grants(writing.connection, row.name))
        writing.connection.execute(delete(grants).where(grants.c.user == name))
        writing.connection.execute(delete(tokens).where(tokens.c.user == name))
        _write_grants(writing, name, given)
        writing.log(by, Act.USER_MANAGE, {"user": name, "roles": _listed(given)})


def disable(register: Register, name: str, *, by: Actor) -> None:
    """Close a user off: no log-in, sessions and tokens end at once."""
    with register.act() as writing:
        row = _managed(writing, name, by)
        _check_reach(by, _grants(writing.connection, row.name))
        writing.connection.execute(update(users).where(users.c.name == name).values(disabled=True))
        writing.connection.execute(delete(tokens).where(tokens.c.user == name))
        writing.log(by, Act.USER_MANAGE, {"user": name, "disabled": True})


def invite(register: Register, name: str, *, by: Actor) -> str:
    """A code with which a user chooses her own password: shown once, counts once, three days at most.

    An earlier invitation of hers ends.
    """
    with register.act() as writing:
        row = _managed(writing, name, by)
        _check_reach(by, _grants(writing.connection, row.name))
        earlier = (tokens.c.user == name) & (tokens.c.kind == INVITATION)
        writing.connection.execute(delete(tokens).where(earlier))
        secret = _issue(writing, Actor(name, frozenset()), INVITATION, "eerste wachtwoord", INVITED)
        writing.log(by, Act.USER_MANAGE, {"user": name, "invited": True})
    return secret


def accept_invitation(register: Register, name: str, code: str, password: str) -> Actor:
    """Choose a password with an invitation; sessions and tokens from before end.

    Raises NotAllowed with the same words for every reason but a password that is too short.
    """
    stored = hash_password(password)  # slow on purpose: outside the write lock
    with register.act() as writing:
        here = (tokens.c.hash == secret_hash(code.strip())) & (tokens.c.kind == INVITATION) & (tokens.c.user == name)
        found = writing.connection.execute(select(tokens).where(here, tokens.c.expires_at > writing.at)).first()
        row = _row(writing.connection, name)
        if found is None or row is None or not _usable(writing.connection, row):
            raise NotAllowed("deze uitnodiging klopt niet of is verlopen; vraag de beheerder om een nieuwe")
        actor = Actor(name, _grants(writing.connection, name))
        values = {"password_hash": stored, "failed": 0, "locked_until": None}
        writing.connection.execute(update(users).where(users.c.name == name).values(**values))
        writing.connection.execute(delete(tokens).where(tokens.c.user == name))
        writing.log(actor, Act.USER_MANAGE, {"user": name, "password": True})
    return actor


def set_totp(register: Register, secret: str, code: str, *, by: Actor) -> None:
    """Keep the TOTP secret that the user put in her app, once a code of it fits; from now on a code is asked."""
    with register.act() as writing:
        _known(writing.connection, by.name)
        step = totp_step(secret, code, int(writing.now.timestamp()), last=0)
        if step is None:
            raise NotAllowed("deze code klopt niet; typ de code die nu in uw app staat")
        sealed = seal(secret.encode(), _sealing_key(register), f"totp:{by.name}")
        writing.connection.execute(update(users).where(users.c.name == by.name).values(totp=sealed, totp_last=step))
        writing.log(by, Act.USER_MANAGE, {"user": by.name, "totp": True})


def clear_totp(register: Register, name: str, *, by: Actor) -> None:
    """Take the second factor of somebody else away (a lost phone); her sessions and tokens end."""
    with register.act() as writing:
        row = _managed(writing, name, by)
        _check_reach(by, _grants(writing.connection, row.name))
        writing.connection.execute(update(users).where(users.c.name == name).values(totp=None))
        writing.connection.execute(delete(tokens).where(tokens.c.user == name))
        writing.log(by, Act.USER_MANAGE, {"user": name, "totp": False})


def authenticate(
    register: Register, name: str | None = None, *, password: str = "", token: str | None = None, code: str = ""
) -> Actor:
    """Who this is, by token or by name, password and (where set) TOTP code.

    Raises NotAllowed with the same words for every reason. Five wrong attempts lock a user for fifteen minutes.
    """
    if token is not None:
        return by_token(register, token)
    with register.read() as connection:
        known = _row(connection, name or "")
    fits = password_fits(known.password_hash if known else None, password)  # slow on purpose: outside the write lock
    with register.bookkeeping() as writing:
        row = _row(writing.connection, name or "")
        same = known is not None and row is not None and row.password_hash == known.password_hash
        actor = _tried(register, writing, row, fits and same, code)
    if actor is None:
        raise NotAllowed(_REFUSED, on_screen=_ON_SCREEN)
    return actor


def by_token(register: Register, token: str) -> Actor:
    """Who a token or session belongs to; raises NotAllowed when it is unknown or has ended."""
    with register.read() as connection:
        alive = (tokens.c.expires_at > stamp(register.clock())) & (tokens.c.kind != INVITATION)
        query = select(tokens).where(tokens.c.hash == secret_hash(token), alive)
        found = connection.execute(query).first()
        row = _row(connection, found.user) if found else None
        if row is None or not _usable(connection, row):
            raise NotAllowed("inloggen is niet gelukt: dit bewijs is onbekend of verlopen; log opnieuw in")
        return Actor(row.name, _grants(connection, row.name))


def by_subject(register: Register, subject: str) -> Actor:
    """Who the OIDC provider says this is; raises NotAllowed for somebody we do not know."""
    with register.read() as connection:
        row = connection.execute(select(users).where(users.c.subject == subject)).first()
        if row is None or not _usable(connection, row):
            raise NotAllowed("inloggen is niet gelukt: u bent hier nog geen gebruiker; vraag de beheerder")
        return Actor(row.name, _grants(connection, row.name))


def by_name(register: Register, name: str) -> Actor:
    """Who somebody is now, for work she asked for earlier; raises NotAllowed when she may not come in any more."""
    with register.read() as connection:
        row = _row(connection, name)
        if row is None or not _usable(connection, row):
            raise NotAllowed("wie dit vroeg, is geen gebruiker meer; laat een ander het opnieuw vragen")
        return Actor(row.name, _grants(connection, row.name))


def start_session(register: Register, actor: Actor, *, lasts: timedelta = SESSION) -> str:
    """A session for the portal; returns the secret for the cookie."""
    with register.bookkeeping() as writing:
        return _issue(writing, actor, "session", "portaal", lasts)


def make_token(register: Register, label: str, *, by: Actor, lasts: timedelta = TOKEN) -> str:
    """A token for TOEGANGSPEIL_TOKEN, at most 90 days; shown once."""
    with register.act() as writing:
        _known(writing.connection, by.name)
        secret = _issue(writing, by, "token", label, min(lasts, TOKEN))
        writing.log(by, Act.USER_MANAGE, {"user": by.name, "token": secret_hash(secret)[:12]})
    return secret


def end_token(register: Register, token: str) -> None:
    """End a session or token; an unknown one is fine."""
    with register.bookkeeping() as writing:
        writing.connection.execute(delete(tokens).where(tokens.c.hash == secret_hash(token)))


def list_users(register: Register, *, by: Actor) -> list[User]:
    """Every user, for the administrator."""
    check(by, Act.USER_MANAGE)
    with register.read() as connection:
        rows = connection.execute(select(users).order_by(users.c.name)).all()
        return [
            User(
                row.name,
                tuple(sorted(_grants(connection, row.name), key=str)),
                row.demo,
                row.disabled,
                bool(row.totp),
                row.password_hash != NO_PASSWORD,
                row.subject is not None,
            )
            for row in rows
        ]


def _tried(register: Register, writing: Writing, row: Row[Any] | None, fits: bool, code: str) -> Actor | None:
    """One attempt, counted; the count is kept also when it fails."""
    if row is None or not _usable(writing.connection, row):
        return None
    if row.locked_until and row.locked_until > writing.at:
        return None
    step = _totp_accepted(register, writing, row, code)
    if not fits or step is None:
        _count_failure(writing, row)
        return None
    values = {"failed": 0, "locked_until": None, "totp_last": step}
    writing.connection.execute(update(users).where(users.c.name == row.name).values(**values))
    return Actor(row.name, _grants(writing.connection, row.name))


def _totp_accepted(register: Register, writing: Writing, row: Row[Any], code: str) -> int | None:
    if row.totp is None:
        return int(row.totp_last)
    secret = unseal(row.totp, _sealing_key(register), f"totp:{row.name}").decode()
    return totp_step(secret, code, int(writing.now.timestamp()), last=row.totp_last)


def _count_failure(writing: Writing, row: Row[Any]) -> None:
    failed = row.failed + 1
    locked = stamp(writing.now + LOCKED) if failed % ATTEMPTS == 0 else None
    writing.connection.execute(update(users).where(users.c.name == row.name).values(failed=failed, locked_until=locked))


def _issue(writing: Writing, actor: Actor, kind: str, label: str, lasts: timedelta) -> str:
    secret = new_secret()
    values = {
        "hash": secret_hash(secret), "user": actor.name, "kind": kind, "label": label,
        "created_at": writing.at, "expires_at": stamp(writing.now + lasts),
    }  # fmt: skip
    writing.connection.execute(delete(tokens).where(tokens.c.expires_at < writing.at))
    writing.connection.execute(insert(tokens).values(**values))
    return secret


def _check_making(connection: Connection, by: Actor, given: frozenset[Grant], demo: bool) -> None:
    if demo and not is_demo(connection):
        raise NotAllowed(
            "demogebruikers bestaan alleen in een demo-map; maak die met: toegangspeil init --demo",
            on_screen="demogebruikers bestaan alleen in een demo; vraag de beheerder van de verwerking",
        )
    first = connection.execute(select(users.c.name).where(users.c.demo.is_(False)).limit(1)).first() is None
    if by.system:
        if not demo and (not first or {grant.role for grant in given} != {Role.ADMINISTRATOR}):
            raise NotAllowed("alleen de eerste beheerder wordt door het programma gemaakt; vraag een beheerder")
        return
    _check_reach(by, given)


def _check_reach(by: Actor, given: frozenset[Grant]) -> None:
    check(by, Act.USER_MANAGE, *(grant.area for grant in given))


def _managed(writing: Writing, name: str, by: Actor) -> Row[Any]:
    if by.name == name:
        raise NotAllowed("niemand verandert de eigen rollen; vraag een andere beheerder")
    return _known(writing.connection, name)


def _known(connection: Connection, name: str) -> Row[Any]:
    row = _row(connection, name)
    if row is None:
        raise WrongUsage(f"gebruiker {name!r} bestaat niet; bekijk de lijst met gebruikers")
    return row


def _row(connection: Connection, name: str) -> Row[Any] | None:
    return connection.execute(select(users).where(users.c.name == name)).first()


def _usable(connection: Connection, row: Row[Any]) -> bool:
    return not row.disabled and (not row.demo or is_demo(connection))


def _grants(connection: Connection, name: str) -> frozenset[Grant]:
    rows = connection.execute(select(grants).where(grants.c.user == name)).all()
    return frozenset(Grant(Role(row.role), row.area or None) for row in rows)


def _write_grants(writing: Writing, name: str, given: frozenset[Grant]) -> None:
    rows = [{"user": name, "role": grant.role.value, "area": grant.area or ""} for grant in given]
    if rows:
        writing.connection.execute(insert(grants), rows)


def _listed(given: frozenset[Grant]) -> list[str]:
    return sorted(f"{grant.role.value}:{grant.area or 'landelijk'}" for grant in given)


def _sealing_key(register: Register) -> bytes:
    if register.signer is None:
        raise NotAllowed("inloggen met een code kan alleen waar de sleutel van het register bekend is")
    return register.signer.sealing_key
