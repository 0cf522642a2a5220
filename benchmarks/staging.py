"""1,000,000 CEO rows × 30 columns without text: raw Arrow -> pseudonymised -> gate verdict.

Beside it, in the same run, what DuckDB needs to read every column of the same data from CSV and write Parquet.
Imports are not counted. Goal: at most 3 × that (the whole road from file to checked staging at most 6 ×), in 2 GB.

    python benchmarks/staging.py [--rows 1000000] [--deliveries 1026]
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import numpy as np
import pyarrow as pa

from anonymisation.station import CleanedDelivery, clean_delivery
from domain.delivery import DeliveryKey, read_manifest
from domain.instruments import Codebook
from domain.policy import Policy, default_policy
from domain.records import RawRecords
from quality.gate import Gate, Subject
from storage import duck
from storage.codebooks import Codebooks

REFERENCE = "ceo_wmo@2016.1"
QUASI = ("geslacht", "voorziening", "huishouden", "mantelzorger", "ingevuld_door")
KEY = bytes(32)
T = TypeVar("T")


def made_up(rows: int, codebook: Codebook, seed: int = 7) -> pa.Table:
    """Answers of nobody: 30 columns of the codebook, scales as codes, no text."""
    draw = np.random.default_rng(seed)

    def pick(values: list[str]) -> pa.Array:
        return pa.array(values, pa.string()).take(pa.array(draw.integers(0, len(values), rows)))

    columns: dict[str, pa.Array] = {"respondent": pa.array([f"R{i:08d}" for i in range(rows)])}
    for name, column in codebook.rows.items():
        if column.scale:
            columns[name] = pick(list(codebook.scales[column.scale].values))
        elif name in QUASI:
            columns[name] = pick(list(column.values))
    columns["rapportcijfer"] = pa.array(draw.integers(10, 101, rows) / 10)
    columns["leeftijd"] = pa.array(draw.integers(18, 100, rows))
    columns["client_sinds"] = pa.array(draw.integers(0, 30, rows))
    columns["gewicht"] = pa.array(np.round(draw.uniform(0.5, 1.5, rows), 4))
    columns["wijk"] = pick([f"Wijk {i:02d}" for i in range(24)])
    columns["aanbieder"] = pick([f"Aanbieder {i:02d}" for i in range(40)])
    columns["gemeente"] = pa.array(["GM9001"] * rows)
    columns["doelgroep"] = pa.array(["client"] * rows)
    columns["clientnummer"] = pa.array([f"{i:010d}" for i in range(rows)])
    columns["postcode"] = pick([f"{i} AB" for i in range(1000, 1900)])
    for purpose in ("benaderen", "hercontact", "delen_movisie", "citaat_publiceren"):
        columns[f"toestemming_{purpose}"] = pick(["ja", "nee"])
    return pa.table(dict(list(columns.items())[:30]))


def raw_of(table: pa.Table, meting: str = "2026") -> RawRecords:
    """The table as a delivery."""
    manifest = read_manifest(
        {
            "gemeenten": ["GM9001"],
            "instrument": "ceo_wmo",
            "meting": {"name": meting, "start": date(2026, 1, 1), "end": date(2026, 6, 30)},
            "codebook": REFERENCE,
            "doelgroepen": {"client": {"steekproef": "allen"}},
            "legal_basis": "6_1_c_wmo_2_5_1",
            "art9_ground": {"ground": "wmo_5_1_1", "reason": "meting"},
            "role_movisie": "ontvanger_van_tabellen",
            "notice": "brief",
            "files": [{"path": "ceo.csv"}],
        }
    )
    return RawRecords(DeliveryKey("GM9001", "ceo_wmo", meting, "client"), REFERENCE, {"rows": table}, manifest=manifest)


def cleaned(raw: RawRecords, codebook: Codebook, policy: Policy) -> CleanedDelivery:
    """Stations 3 and 4."""
    return clean_delivery(
        raw,
        codebook=codebook,
        policy=policy,
        policy_fingerprint="0" * 64,
        pseudonym_key=KEY,
        tombstones=(),
        consent=lambda _purpose, _on: {},
        detector=None,
        cut_off=date(2026, 7, 1),
    )


def timed(what: str, act: Callable[[], T]) -> tuple[T, float]:
    """Do it, say how long it took; the clock counts, processor time shows what a busy machine adds."""
    start, used = time.perf_counter(), time.process_time()
    result = act()
    seconds, cpu = time.perf_counter() - start, time.process_time() - used
    print(f"{what:52} {seconds:7.2f} s   (processor {cpu:.2f} s)", flush=True)
    return result, seconds


def baseline(table: pa.Table, folder: Path) -> float:
    """Seconds DuckDB needs from CSV to Parquet, all columns; the better of two."""
    csv, parquet = folder / "ceo.csv", folder / "ceo.parquet"
    with duck.memory() as con, duck.registered(con, t=table):
        con.execute(f"copy t to '{csv}' (header, delimiter ';')")

    def copy() -> None:
        with duck.memory() as con:
            con.execute(f"copy (select * from read_csv('{csv}')) to '{parquet}' (format parquet)")

    return min(timed("baseline: DuckDB, CSV to Parquet", copy)[1] for _ in range(2))


def one_large(rows: int, codebook: Codebook, policy: Policy, gate: Gate) -> None:
    """One delivery of many rows against the baseline."""
    table = made_up(rows, codebook)
    print(f"{rows:,} rows × {table.num_columns} columns")
    with tempfile.TemporaryDirectory() as folder:
        base = baseline(table, Path(folder))
    raw = raw_of(table)
    done, clean_seconds = timed("stations 3 and 4: raw to pseudonymised", lambda: cleaned(raw, codebook, policy))
    subject = Subject(done.records, codebook, policy, done.leftovers)
    verdicts, gate_seconds = timed("station 5: gate verdict", lambda: gate.verdicts([subject]))
    if not verdicts[0].passed:
        raise SystemExit(f"the gate stayed closed: {verdicts[0].reason()}")
    print(f"{'ratio to baseline (goal 3)':52} {(clean_seconds + gate_seconds) / base:7.2f} ×")
    print(f"{'peak memory (goal 2 GB)':52} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:7.2f} GB")


def many_small(deliveries: int, codebook: Codebook, policy: Policy, gate: Gate) -> None:
    """Many deliveries of 300 rows, in groups of 50 as a run takes them."""
    raws = [raw_of(made_up(300, codebook, seed=i), f"m{i}") for i in range(deliveries)]
    done, _ = timed(f"{deliveries} × 300 rows: stations 3 and 4", lambda: [cleaned(r, codebook, policy) for r in raws])
    subjects = [Subject(one.records, codebook, policy, one.leftovers) for one in done]
    groups = [subjects[i : i + 50] for i in range(0, len(subjects), 50)]
    verdicts, _ = timed(f"{deliveries} × 300 rows: gate, 50 at a time", lambda: [gate.verdicts(g) for g in groups])
    if not all(one.passed for group in verdicts for one in group):
        raise SystemExit("the gate stayed closed")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--deliveries", type=int, default=1026)
    given = parser.parse_args()
    books = Codebooks()
    codebook = books.get(REFERENCE)
    policy, gate = default_policy(codebook, books.fingerprint(REFERENCE)), Gate()
    small = cleaned(raw_of(made_up(20, codebook)), codebook, policy)
    gate.verdicts([Subject(small.records, codebook, policy)])  # imports are not counted
    one_large(given.rows, codebook, policy, gate)
    many_small(given.deliveries, codebook, policy, gate)


if __name__ == "__main__":
    main()
