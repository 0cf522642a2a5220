"""Pages of the portal on a made-up release of 342 gemeenten: 50 people, one second of thinking, two workers.

The small home of the tests, with the rows of its one gemeente written out for 342 of them. Prints the 50th and 95th
percentile per page as the reader waits for it, and what a page costs in processor time of the server (the clock of a
busy machine says more of its neighbours). Baseline in the same run: the bare `/health`. Goal: 95 % within 150 ms.

    python -m benchmarks.portal [--gemeenten 342] [--people 50] [--seconds 30] [--workers 2]
"""

import argparse
import csv
import http.client
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlencode

import pyarrow as pa
import pyarrow.compute as pc

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests" / "portal"), str(ROOT / "tests" / "warehouse")]

from small_home import OTHER, OWN, RELEASE, make_home  # noqa: E402
from sqlalchemy import Connection, Table, insert, select  # noqa: E402

from domain.vocabulary import Audience  # noqa: E402
from portal.house import open_house  # noqa: E402
from register.contributions import RELEASE as RELEASED  # noqa: E402
from register.contributions import RULES  # noqa: E402
from register.tables import contributions, deliveries, signatures, verdicts  # noqa: E402
from storage.canonical import fingerprint  # noqa: E402
from storage.duck import analyst  # noqa: E402
from storage.settings import read_settings  # noqa: E402
from warehouse.published import ReleaseMeta, write_release  # noqa: E402
from warehouse.schema import TABLES  # noqa: E402

PORT = 8793
FIRST, METINGEN = "2026", ("2026", "2027", "2028")
PAGES = (
    "/", "/vergelijken", "/perspectieven", "/klantreis", "/gegevens", "/uitgaven", "/gegevens/woordenboek", "/health",
)  # fmt: skip
FORM = re.compile(rb'name="token" value="(\w+)"')


def widened(table: pa.Table, codes: list[str]) -> pa.Table:
    """The rows of one gemeente again for every code; rows that are of no gemeente stay."""
    places = [name for name in table.column_names if pa.types.is_string(table.schema.field(name).type)
              and OWN in table.column(name).to_pylist()]  # fmt: skip
    if not places:
        return table
    place = places[0]
    column = table.column(place)
    mine = table.filter(pc.equal(column, OWN))
    rest = table.filter(pc.invert(pc.is_in(column, pa.array([OWN, OTHER]))))
    copies = [rest]
    for code in codes:
        copy = mine
        for name in places:
            copy = copy.set_column(copy.schema.get_field_index(name), name, pa.array([code] * mine.num_rows))
        if "name" in copy.column_names:
            copy = copy.set_column(
                copy.schema.get_field_index("name"), "name", pa.array([f"Dorp {code[2:]}"] * mine.num_rows)
            )
        copies.append(copy)
    return pa.concat_tables(copies, promote_options="permissive").cast(table.schema)


def national_home(home: Path, gemeenten: int) -> None:
    """A home with one published release of so many gemeenten."""
    make_home(home)
    register_of_all(home, gemeenten)
    codes = [f"GM{9001 + number}" for number in range(gemeenten)]
    with (home / "gemeenten.csv").open("w", newline="") as out:
        csv.writer(out).writerows(
            [("code", "name", "province"), *((code, f"Dorp {code[2:]}", "Oostland") for code in codes)]
        )
    published = home / "published"
    with analyst(published / f"{RELEASE}.duckdb") as connection:
        tables = {one.name: connection.sql(f"from {one.name}").to_arrow_table() for one in TABLES}
    shutil.rmtree(published)
    published.mkdir()
    made = {name: widened(table, codes) for name, table in tables.items() if name != "release_info"}
    meta = ReleaseMeta(RELEASE, "Proef", "2026-11-22", Audience.DEELNEMERS, 10, "c" * 64, "0", ("Movisie",))
    write_release(made, meta, published)


def register_of_all(home: Path, gemeenten: int) -> None:
    """Every other gemeente a delivery, verdict and signed contribution of three metingen; the newest is not published.

    As rows: nobody signs a thousand times here.
    """
    with open_house(read_settings(home, {}), {}) as house, house.register.bookkeeping() as writing:
        models = {table: first_of(writing.connection, table) for table in (deliveries, verdicts, contributions)}
        for meting in METINGEN:
            for number in range(gemeenten - 2):
                area = f"GM{9003 + number}"
                made = {table: of_area(model, area, meting) for table, model in models.items()}
                content = made[contributions]["content"]
                made[contributions] |= {"content_hash": fingerprint(json.loads(content))}
                if meting == METINGEN[-1]:
                    made[contributions] |= {"state": "prepared", "release": None}
                for table in (deliveries, verdicts):
                    writing.connection.execute(insert(table), made[table])
                new = insert(contributions).returning(contributions.c.id)
                subject = f"contribution:{writing.connection.execute(new, made[contributions]).scalar_one()}"
                given = {"subject": subject, "content_hash": made[contributions]["content_hash"], "at": "2026-11-22"}
                acts = [{**given, "act": act.value, "by": f"{act.value}-{area}"} for act in (RULES, RELEASED)]
                writing.connection.execute(insert(signatures), acts)


def first_of(connection: Connection, table: Table) -> dict[str, Any]:
    """The first row of a table, without its number."""
    row = connection.execute(select(table).order_by(table.c.id).limit(1)).one()._asdict()
    return {name: value for name, value in row.items() if name != "id"}


def of_area(row: dict[str, Any], area: str, meting: str) -> dict[str, Any]:
    """The same row of another gemeente and meting."""
    said = {
        name: value.replace(OWN, area).replace(f".{FIRST}.", f".{meting}.") if isinstance(value, str) else value
        for name, value in row.items()
    }
    return said | ({"meting": meting} if "meting" in said else {})


@contextmanager
def served(home: Path, workers: int) -> Iterator[int]:
    """The portal, in processes of its own; gives the process number of the first."""
    command = [sys.executable, "-m", "toegangspeil", "serve", "--home", str(home), "--port", str(PORT),
               "--no-worker", "--workers", str(workers), "--open-service"]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 90
        while time.monotonic() < until:
            with suppress(OSError):
                connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
                connection.request("GET", "/health")
                connection.getresponse().read()
                break
            time.sleep(0.1)
        yield process.pid
    finally:
        process.terminate()
        process.wait(30)


def cpu_of(pid: int) -> float:
    """Processor seconds of a process and everything it started."""
    total = 0.0
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = path.read_text().rsplit(")", 1)[1].split()
            if int(path.parent.name) == pid or int(fields[1]) == pid:
                total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


class Person(Thread):
    """Signs in, then reads one page after another with a second between them."""

    def __init__(self, number: int, until: float) -> None:
        super().__init__(daemon=True)
        self.number, self.until = number, until
        self.waited: list[tuple[str, float]] = []
        self.failed = 0
        self._cookies: dict[str, str] = {}
        self._connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, bytes]:
        """Status and body of one request, cookies kept."""
        headers = {"cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
                   "x-forwarded-for": f"192.0.2.{self.number}"}  # fmt: skip
        if form is not None:
            headers["content-type"] = "application/x-www-form-urlencoded"
        self._connection.request("POST" if form else "GET", path, urlencode(form) if form else None, headers)
        answer = self._connection.getresponse()
        for cookie in answer.headers.get_all("set-cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        return answer.status, answer.read()

    def run(self) -> None:
        """The whole visit."""
        found = FORM.search(self.ask("/inloggen")[1])
        assert found is not None
        self.ask("/inloggen", {"token": found[1].decode(), "naam": "movisie", "wachtwoord": "demo"})
        turn = self.number
        while time.monotonic() < self.until:
            path = PAGES[turn % len(PAGES)]
            begin = time.perf_counter()
            status, _ = self.ask(path)
            self.waited.append((path, time.perf_counter() - begin))
            self.failed += status != 200
            turn += 1
            time.sleep(1)


def percentiles(waits: list[float]) -> str:
    """50 and 95 percent, in milliseconds."""
    cuts = statistics.quantiles(waits, n=20) if len(waits) > 1 else waits * 19
    return f"p50 {cuts[9] * 1000:6.0f} ms   p95 {cuts[18] * 1000:6.0f} ms   n {len(waits)}"


def main() -> None:
    """Build, serve, visit, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gemeenten", type=int, default=342)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        national_home(home, asked.gemeenten)
        with served(home, asked.workers) as pid:
            time.sleep(8)  # past the building of the detector
            for _ in range(2 * asked.workers):
                warm = Person(250, time.monotonic() + len(PAGES) + 0.5)
                warm.start()
                warm.join()
            begin, before = time.monotonic(), cpu_of(pid)
            people = [Person(number, begin + asked.seconds) for number in range(1, asked.people + 1)]
            for one in people:
                one.start()
            for one in people:
                one.join()
            spent = cpu_of(pid) - before
    waits = [wait for one in people for wait in one.waited]
    for path in PAGES:
        print(f"{path:24s} {percentiles([wait for name, wait in waits if name == path])}")
    pages = [wait for name, wait in waits if name != "/health"]
    print(f"{'all pages':24s} {percentiles(pages)}   load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    failed = sum(one.failed for one in people)
    print(f"processor time of the server per request: {spent / len(waits) * 1000:.1f} ms; failed {failed}")


if __name__ == "__main__":
    main()
