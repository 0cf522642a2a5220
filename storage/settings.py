"""Settings of a home: `toegangspeil.yaml` and the environment, read once at the edge and passed down."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from domain.errors import WrongUsage
from storage.places import Places
from storage.yaml import read_yaml, write_yaml

MASTER_VARIABLE = "TOEGANGSPEIL_MASTER_KEY"
_KNOWN = ("mode", "demo", "ner", "master", "register_url", "gemeenten_file", "processes", "sign_in")
_WORDS = ("ner", "register_url", "gemeenten_file")
_CHOICES = {"mode": ("gemeente", "verwerker"), "master": ("file", "environment")}
_MOST = 4  # processes that nobody asked for: each holds the lists and the model in memory


@dataclass(frozen=True)
class SignInProvider:
    """Where people of the gemeente sign in with their own account (OIDC); its secret comes from the environment.

    issuer: as the provider names itself. address: of this portal, as people type it, without a path.
    """

    issuer: str
    client_id: str
    address: str


@dataclass(frozen=True)
class Settings:
    """What an installation chose; secrets are not in here."""

    places: Places
    mode: Literal["gemeente", "verwerker"] = "verwerker"
    register_url: str = ""
    ner: str = "builtin"
    gemeenten_file: Path | None = None
    processes: int = 1
    demo: bool = False
    master: Literal["file", "environment"] = "file"
    sign_in: SignInProvider | None = None


def read_settings(home: Path | None, environ: Mapping[str, str] = os.environ) -> Settings:
    """Settings of `home` (or TOEGANGSPEIL_HOME); as many processes as there are cores, unless it says how many.

    Raises WrongUsage when there is no home or the file says what cannot be; the environment goes before the file.
    """
    named = home or (Path(environ["TOEGANGSPEIL_HOME"]) if environ.get("TOEGANGSPEIL_HOME") else None)
    if named is None:
        raise WrongUsage("geen map opgegeven: gebruik --home MAP of zet TOEGANGSPEIL_HOME")
    places = Places(named.resolve())
    if not places.settings.exists():
        raise WrongUsage("deze map is nog niet ingericht; begin met: toegangspeil init --home MAP")
    chosen = read_yaml(places.settings)
    _check(chosen)
    gemeenten = chosen.get("gemeenten_file")
    return Settings(
        places=places,
        mode=chosen.get("mode", "verwerker"),
        register_url=environ.get("TOEGANGSPEIL_REGISTER_URL") or chosen.get("register_url") or places.register_url,
        ner=environ.get("TOEGANGSPEIL_NER") or chosen.get("ner", "builtin"),
        gemeenten_file=places.home / gemeenten if gemeenten else None,  # so that a home can be put elsewhere
        processes=int(chosen.get("processes") or min(_MOST, os.cpu_count() or 1)),
        demo=bool(chosen.get("demo", False)),
        master="environment" if environ.get(MASTER_VARIABLE) else chosen.get("master", "file"),
        sign_in=_sign_in(chosen.get("sign_in")),
    )


def _check(chosen: Mapping[str, object]) -> None:
    """A setting that nobody knows, or a value that cannot be, is said: it would quietly do nothing."""
    if strange := [place for place, name in enumerate(chosen, start=1) if name not in _KNOWN]:
        raise WrongUsage(
            f"toegangspeil.yaml: de {strange[0]}e instelling kennen wij niet; kies uit {', '.join(_KNOWN)}"
        )
    for name, allowed in _CHOICES.items():
        if name in chosen and chosen[name] not in allowed:
            raise WrongUsage(f"toegangspeil.yaml: kies bij {name} uit {', '.join(allowed)}")
    if wrong := [name for name in _WORDS if name in chosen and not (isinstance(chosen[name], str) and chosen[name])]:
        raise WrongUsage(f"toegangspeil.yaml: achter {wrong[0]} hoort een woord; haal de regel weg voor wat gewoon is")
    if not isinstance(chosen.get("demo", False), bool):
        raise WrongUsage("toegangspeil.yaml: schrijf bij demo true of false")
    processes = chosen.get("processes")
    if processes is not None and (not isinstance(processes, int) or processes < 1):
        raise WrongUsage("toegangspeil.yaml: processes is een heel getal vanaf 1")


def _sign_in(chosen: object) -> SignInProvider | None:
    """`sign_in: {issuer, client_id, address}`, all three or nothing."""
    if chosen is None:
        return None
    names = ("issuer", "client_id", "address")
    if not isinstance(chosen, dict) or set(chosen) != set(names) or not all(chosen.values()):
        raise WrongUsage("toegangspeil.yaml: geef bij sign_in precies issuer, client_id en address")
    return SignInProvider(
        *(str(chosen[name]).rstrip("/") if name == "address" else str(chosen[name]) for name in names)
    )


def change_settings(places: Places, **values: str | int | bool) -> None:
    """Change named settings of a home and keep the others."""
    write_yaml(places.settings, {**read_yaml(places.settings), **values})


def write_settings(places: Places, *, demo: bool, mode: str = "verwerker", master: str = "file") -> None:
    """Write the settings file of a new home."""
    write_yaml(places.settings, {"mode": mode, "demo": demo, "ner": "builtin", "master": master})
