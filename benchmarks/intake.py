"""How fast a large CEO file is read and normalised, beside DuckDB reading the same file and writing Parquet.

Run: python benchmarks/intake.py [--rows 1000000] [--times 3]
Both read every column of the same CSV on two threads; imports are not counted. The best of `times` is taken, and the
processor time beside it, because this machine may be shared. Also: one delivery of 300 rows.
"""

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

import duckdb
import pyarrow as pa
import pyarrow.csv as pc_csv

from domain.instruments import Codebook
from domain.vocabulary import ColumnType
from ingest.intake import read_delivery
from storage.codebooks import Codebooks
from storage.yaml import write_yaml

REFERENCE = "ceo_wmo@2016.1"
BACKGROUND = [
    "rapportcijfer",
    "leeftijd",
    "geslacht",
    "wijk",
    "voorziening",
    "huishouden",
    "mantelzorger",
    "ingevuld_door",
    "client_sinds",
    "aanbieder",
    "gewicht",
    "doelgroep",
    "gemeente",
    "postcode",
    "geboortedatum",
    "clientnummer",
    "toestemming_benaderen",
    "toestemming_hercontact",
    "toestemming_delen_movisie",
]
TODAY = date(2026, 11, 22)


def write_file(path: Path, book: Codebook, rows: int) -> int:
    """A made-up CSV of `rows` rows; returns the number of columns."""
    random = Random(7)
    names = ["respondent", *(name for name in book.rows if name.startswith("ceo")), *BACKGROUND]
    block = min(rows, 10_000)
    columns = {name: values(name, book, block, random) for name in names}
    repeats = -(-rows // block)
    table = pa.table({name: pa.array(made * repeats).slice(0, rows) for name, made in columns.items()})
    table = table.set_column(0, "respondent", pa.array([f"R{at:07d}" for at in range(rows)]))
    pc_csv.write_csv(table, path, pc_csv.WriteOptions(delimiter=";", quoting_style="none"))
    header, body = path.read_bytes().split(b"\n", 1)
    path.write_bytes(header.replace(b'"', b"") + b"\n" + body)
    return len(names)


def values(name: str, book: Codebook, n: int, random: Random) -> list[str]:
    """Made-up answers to one column."""
    column = book.rows[name]
    scale = book.scale_of(column)
    if scale is not None or column.values:
        return random.choices(list(scale.values if scale else column.values), k=n)
    made: dict[str, Callable[[], str]] = {
        "rapportcijfer": lambda: f"{random.randint(10, 100) / 10:.1f}".replace(".", ","),
        "leeftijd": lambda: str(random.randint(18, 99)),
        "client_sinds": lambda: str(random.randint(0, 30)),
        "gewicht": lambda: f"{random.uniform(0.5, 1.5):.6f}".replace(".", ","),
        "gemeente": lambda: "GM9001",
        "postcode": lambda: f"{random.randint(1000, 9999)} AB",
        "geboortedatum": lambda: (
            f"{random.randint(1, 28):02d}-{random.randint(1, 12):02d}-{random.randint(1930, 2005)}"
        ),
        "clientnummer": lambda: str(random.randint(10_000, 9_999_999)),
    }
    if name in made:
        return [made[name]() for _ in range(n)]
    return random.choices(["ja", "nee"] if column.type is ColumnType.YESNO else ["Noord", "Zuid", "Centrum"], k=n)


def write_delivery(folder: Path, book: Codebook, rows: int) -> int:
    """A folder with one large file and its manifest; returns the number of columns."""
    folder.mkdir()
    columns = write_file(folder / "ceo.csv", book, rows)
    unknown = {"invited": "onbekend", "population": "onbekend", "steekproef": "allen"}
    content = {
        "gemeenten": ["GM9001"],
        "instrument": "ceo_wmo",
        "meting": {"name": "2026", "start": "2026-01-01", "end": "2026-06-30"},
        "codebook": REFERENCE,
        "doelgroepen": {"client": unknown, "vertegenwoordiger": unknown},
        "legal_basis": "6_1_c_wmo_2_5_1",
        "art9_ground": {"ground": "wmo_5_1_1", "reason": "benchmark"},
        "role_movisie": "ontvanger_van_tabellen",
        "notice": "brief",
        "files": [{"path": "ceo.csv"}],
    }
    write_yaml(folder / "delivery.yaml", content)
    return columns


def baseline(source: Path, target: Path) -> None:
    """DuckDB reads all columns of the CSV and writes Parquet."""
    with duckdb.connect(config={"threads": 2}) as connection:
        connection.execute(f"copy (from read_csv('{source}', delim=';')) to '{target}' (format parquet)")


def best(run: Callable[[], object], times: int) -> tuple[float, float]:
    """Least wall time and least processor time."""
    walls, processors = [], []
    for _ in range(times):
        wall, processor = time.perf_counter(), time.process_time()
        run()
        walls.append(time.perf_counter() - wall)
        processors.append(time.process_time() - processor)
    return min(walls), min(processors)


def main() -> None:
    """Print both, and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=3)
    asked = parser.parse_args()
    books = Codebooks()
    pa.set_cpu_count(2)
    with tempfile.TemporaryDirectory() as name:
        folder, small = Path(name) / "groot", Path(name) / "klein"
        columns = write_delivery(folder, books.get(REFERENCE), asked.rows)
        write_delivery(small, books.get(REFERENCE), 300)
        size = (folder / "ceo.csv").stat().st_size / 1e6

        def intake(of: Path) -> None:
            found = read_delivery(of, codebooks=books, gemeenten={"GM9001"}, today=TODAY)
            if found.rows != (asked.rows if of is folder else 300):
                raise SystemExit("rows were lost")

        intake(small)
        theirs = best(lambda: baseline(folder / "ceo.csv", Path(name) / "x.parquet"), asked.times)
        ours = best(lambda: intake(folder), asked.times)
        one = best(lambda: intake(small), 20)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{asked.rows:,} rows x {columns} columns, {size:.0f} MB, load {os.getloadavg()[0]:.1f}")
    print(f"DuckDB, CSV to Parquet     {theirs[0]:7.2f} s   processor {theirs[1]:7.2f} s")
    print(f"intake, CSV to RawRecords  {ours[0]:7.2f} s   processor {ours[1]:7.2f} s")
    print(f"ratio                      {ours[0] / theirs[0]:7.2f}     processor {ours[1] / theirs[1]:7.2f}")
    print(f"one delivery of 300 rows   {one[0] * 1000:7.1f} ms  processor {one[1] * 1000:7.1f} ms")
    print(f"most memory (both)         {memory:7.0f} MB")


if __name__ == "__main__":
    main()
