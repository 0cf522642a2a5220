"""A throw-away PostgreSQL server on a Unix socket, for the slow tests."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_PLACES = ["/usr/lib/postgresql"]


def _program(name: str) -> str | None:
    found = shutil.which(name)
    candidates = sorted(path for place in _PLACES for path in Path(place).glob(f"*/bin/{name}"))
    return found or (str(candidates[-1]) if candidates else None)


@contextmanager
def throwaway_server() -> Iterator[str]:
    """The URL of a new, empty server without network; skips clearly where PostgreSQL is not installed."""
    initdb, ctl = _program("initdb"), _program("pg_ctl")
    if initdb is None or ctl is None:
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="tp-pg-"))
    user: dict[str, str] = {}
    if os.geteuid() == 0:
        try:
            entry = pwd.getpwnam("postgres")
        except KeyError:
            pytest.skip("PostgreSQL does not run as root and there is no user 'postgres'")
        os.chown(folder, entry.pw_uid, entry.pw_gid)
        user = {"user": "postgres"}
    data, name = folder / "data", user.get("user", pwd.getpwuid(os.geteuid()).pw_name)
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c max_connections=120 -c fsync=off"
    quiet = {"check": True, "capture_output": True, "cwd": folder}
    subprocess.run([initdb, "-D", data, "-A", "trust", "-E", "UTF8", "--no-sync"], **quiet, **user)
    start = [ctl, "-D", data, "-o", options, "-l", folder / "log", "-w", "start"]
    subprocess.run(start, **quiet, **user)
    try:
        yield f"postgresql+psycopg2://{name}@/postgres?host={folder}"
    finally:
        subprocess.run([ctl, "-D", data, "-m", "immediate", "-w", "stop"], **quiet, **user)
        shutil.rmtree(folder, ignore_errors=True)
