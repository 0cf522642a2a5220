"""How fast the register answers. Run: python -m benchmarks.register [--lines 1000000] [--consents 100000]

Figures are in processor seconds of one core. Each stands beside a baseline from the same run: bare hashing for the
ledger, a bare indexed look-up by the driver for consents, bare inserts for deliveries, and for a whole removal reading
and writing the two sealed objects once.
"""

import argparse
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from domain.consent import ConsentRecord, RequestKind, Said
from domain.delivery import DeliveryKey
from domain.vocabulary import LegalBasis, Purpose, Role
from ingest import vault
from pipelines import removing
from pipelines.house import open_house
from pipelines.installation import DEMO_PASSWORD, install
from pipelines.progress import run_waiting
from register import consents, deliveries, ledger, requests
from register.actors import SYSTEM, Actor, Grant
from register.ledger import Entry
from register.signing import Signer
from register.store import Register, open_register
from storage.atomic import write_atomic
from storage.places import Places
from storage.settings import change_settings, read_settings
from toegangspeil.demo import surveys, write_gemeenten
from toegangspeil.demo.folder import Box

SCOPE = "GM9001/klantreis/2026"
START = datetime(2026, 1, 1, tzinfo=UTC)
OFFICER = Actor.of("pieter", Grant(Role.PRIVACY_OFFICER, "GM9001"))
_BATCH = 50_000


def timed(act: Callable[[], object]) -> float:
    """Processor seconds one call takes: what else runs on the machine stays out. Waiting for the disk does too."""
    start = time.process_time()
    act()
    return time.process_time() - start


def filled(register: Register, lines: int) -> None:
    """A ledger of so many lines."""
    for start in range(0, lines, _BATCH):
        with register.act() as writing:
            writing.entries.extend(
                Entry(SYSTEM, "delivery.record", {"delivery": f"GM9001.ceo_wmo.{number}.client", "rows": 300})
                for number in range(start, min(start + _BATCH, lines))
            )


def bare_hashing(bodies: list[bytes]) -> float:
    """What SHA-256 over the same bytes costs, without reading or comparing."""

    def chain() -> None:
        last = bytes(32)
        for body in bodies:
            last = sha256(last + body).digest()

    return timed(chain)


def ledger_figures(register: Register, path: Path, lines: int) -> None:
    writing = timed(lambda: filled(register, lines))
    verified = timed(lambda: check(ledger.verify(register).ok))
    exporting = timed(lambda: ledger.export(register, path))
    exported = timed(lambda: check(ledger.verify(path).ok))
    bodies = ledger.read_lines(register, limit=lines)
    bare = bare_hashing(bodies)
    print(f"ledger, {lines:,} lines of {len(bodies[-1])} bytes")
    print(f"  write               {lines / writing:12,.0f} lines/s")
    print(f"  verify register     {lines / verified:12,.0f} lines/s   {verified / bare:.1f} x bare  (goal 200,000)")
    print(f"  export              {lines / exporting:12,.0f} lines/s")
    print(f"  verify export       {lines / exported:12,.0f} lines/s   {exported / bare:.1f} x bare  (goal 200,000)")


def check(holds: bool) -> None:
    """Stop when a figure would be of something that failed."""
    if not holds:
        raise SystemExit("the ledger does not verify")


def people(number: int) -> Iterator[ConsentRecord]:
    """Refusals and withdrawals (they need no approved text), two a person."""
    for person in range(number // 2):
        for day, said in ((0, Said.REFUSAL), (9, Said.WITHDRAWAL)):
            yield ConsentRecord(SCOPE, f"{person:032x}", Purpose.DEELNAME, said, START + timedelta(days=day))


def consent_figures(register: Register, file: Path, number: int) -> None:
    imported = timed(lambda: consents.record_consents(register, list(people(number)), by=SYSTEM))
    asked = [f"{person:032x}" for person in range(0, number // 2, max(1, number // 600))]
    at = START + timedelta(days=5)
    ours = [timed(lambda name=name: consents.status_at(register, SCOPE, name, Purpose.DEELNAME, at)) for name in asked]
    bulk = timed(lambda: consents.standings_at(register, SCOPE, Purpose.DEELNAME, at))
    driver = sqlite3.connect(file)
    query = "select kind, moment from consents where scope = ? and pseudonym = ? and purpose = ?"
    bare = [timed(lambda name=name: driver.execute(query, (SCOPE, name, "deelname")).fetchall()) for name in asked]
    driver.close()
    ratio = statistics.median(ours) / statistics.median(bare)
    print(f"consents, {number:,} records")
    print(f"  import              {number / imported:12,.0f} records/s")
    print(f"  status, median      {statistics.median(ours) * 1e3:12.2f} ms   {ratio:.1f} x bare look-up  (goal 5 ms)")
    print(f"  status, 95 %        {sorted(ours)[int(len(ours) * 0.95)] * 1e3:12.2f} ms")
    print(f"  everybody in scope  {bulk:12.2f} s")


def whole_removal(folder: Path, number: int, rows: int = 1000) -> None:
    """One person out of a delivery of so many rows, in vault, staging and register, beside so many consents."""
    home = folder / "home"
    install(home, demo=True, mode="verwerker", administrator="a", password=DEMO_PASSWORD, gemeenten=("GM9001",))
    places = Places(home)
    change_settings(places, gemeenten_file=write_gemeenten(places.home / "gemeenten.csv", 12).name)
    surveys.ceo_wmo(Box(places.inbox, 7), "GM9001", "2026", rows)
    with open_house(read_settings(home, {}), {}) as house:
        run_waiting(house)
        (row,) = deliveries.list_all(house.register)
        scope = str(row.key.scope) if row.key else ""
        said = (replace(one, scope=scope) for one in people(number))
        consents.record_consents(house.register, list(said), by=SYSTEM)
        stored = vault.vault_object("GM9001", str(row.vault_object), str(row.data_key), places)
        who = str(vault.load(stored, house.keyring).tables["rows"]["respondent"][3])
        code = removing.find(house, "GM9001", "ceo_wmo", "2026", who)
        area, instrument, meting = scope.split("/")
        kind, basis = RequestKind.VERWIJDEREN, LegalBasis.WMO
        made = requests.receive(house.register, area, instrument, meting, kind, basis, pseudonym=code, by=OFFICER)
        made = requests.decide(house.register, made.id, grant=True, reason="recht", by=OFFICER)
        bare = timed(lambda: copied(stored.path, places.checked_of("GM9001"), folder))
        ours = timed(lambda: removing.remove(house, made))
    print(f"removal, whole, {rows:,} rows beside {number:,} consents")
    print(f"  from granted to done{ours:12.2f} s    {ours / bare:.0f} x reading and writing the objects  (goal 2 s)")


def copied(stored: Path, checked: Path, folder: Path) -> None:
    """Read two sealed objects and write them once more, with nothing else."""
    for path in (stored, *checked.glob("*.bin")):
        write_atomic(folder / "bare.bin", path.read_bytes())


def delivery_figures(register: Register, folder: Path) -> None:
    rows = [
        deliveries.NewDelivery(DeliveryKey(f"GM{n:04}", "ceo_wmo", m, "client"), f"f{n}{m}", 300, "o", "k", {})
        for n in range(342)
        for m in ("2024", "2025", "2026")
    ]
    ours = timed(lambda: deliveries.accept_many(register, rows, by=SYSTEM))
    bare = sqlite3.connect(folder / "bare.db")
    bare.execute("create table d (key text, fingerprint text, rows int)")
    values = [(str(row.key), row.fingerprint, row.rows) for row in rows]
    base = timed(lambda: (bare.executemany("insert into d values (?, ?, ?)", values), bare.commit()))
    bare.close()
    print(f"1,026 deliveries accepted in one batch  {ours:6.2f} s   {ours / base:.0f} x bare inserts")


def main() -> None:
    """Print every figure with its baseline."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--consents", type=int, default=100_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "register.db"
        register = open_register(f"sqlite:///{file}", signer=Signer.new())
        delivery_figures(register, folder)
        consent_figures(register, file, chosen.consents)
        whole_removal(folder, chosen.consents)
        ledger_figures(
            open_register(f"sqlite:///{folder / 'l.db'}", signer=Signer.new()), folder / "l.jsonl", chosen.lines
        )


if __name__ == "__main__":
    main()
