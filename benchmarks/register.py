"""How fast the register answers. Run: python -m benchmarks.register [--lines 1000000] [--consents 100000]

Figures are in processor seconds of one core. Each stands beside a baseline from the same run: bare hashing for the
ledger, a bare indexed look-up by the driver for consents, bare inserts for deliveries.
"""

import argparse
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from domain.consent import ConsentRecord, RequestKind, Said
from domain.delivery import DeliveryKey
from domain.vocabulary import LegalBasis, Purpose, Role
from register import consents, deliveries, ledger, removals, requests
from register.actors import SYSTEM, Actor, Grant
from register.ledger import Entry
from register.removals import Rewritten, StoredObject, Zone
from register.signing import Signer
from register.store import Register, open_register

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


class Shelf:
    """Rewrites nothing: what is measured is the register's part of a removal."""

    def rewrite(self, item: StoredObject, pseudonym: str) -> Rewritten:
        return Rewritten(f"{item.object}-new", f"{item.data_key}-new", 1)

    def settle(self, item: StoredObject, new: Rewritten) -> None:
        """Nothing to settle."""

    def destroy(self, item: StoredObject) -> None:
        """Nothing to destroy."""


def removal_figures(register: Register) -> None:
    key = DeliveryKey("GM9001", "klantreis", "2026", "client")
    delivery = deliveries.accept(register, deliveries.NewDelivery(key, "f", 300, "o", "k", {}), by=SYSTEM)
    kind, basis = RequestKind.VERWIJDEREN, LegalBasis.CONSENT
    request = requests.receive(register, "GM9001", "klantreis", "2026", kind, basis, pseudonym=f"{7:032x}", by=OFFICER)
    requests.decide(register, request.id, grant=True, reason="recht", by=OFFICER)
    item = StoredObject(Zone.VAULT, "GM9001", delivery.id, str(key), "o", "k")
    cells = {"2025-1": {f"cel-{number}": (0, 1) for number in range(500)}}

    def remove() -> None:
        removals.plan(register, request.id, [item], counters=cells)
        removals.carry_out(register, request.id, Shelf())

    print(f"removal, register's part, 500 cells   {timed(remove):6.2f} s   (goal 2 s for the whole)")


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
        removal_figures(register)
        ledger_figures(
            open_register(f"sqlite:///{folder / 'l.db'}", signer=Signer.new()), folder / "l.jsonl", chosen.lines
        )


if __name__ == "__main__":
    main()
