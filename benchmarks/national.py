"""A full national run, block by block: 342 gemeenten x metingen x questions (6 M cells at full scale), made up.

    python -m benchmarks.national --scale 0.01 --processes 2

Every block (one meting and question, 10,650 cells) is protected and audited on its own, so memory stays flat.
"""

from __future__ import annotations

import argparse
import resource
import time
from concurrent.futures import ProcessPoolExecutor

from anonymisation.disclosure import protect
from benchmarks.disclosure import layouts, national
from domain.release import Rules

METINGEN, QUESTIONS, CELLS = 10, 60, 10_650


def one_block(seed: int) -> tuple[int, float, float]:
    """Protect and audit one block; returns suppressed cells, processor seconds and peak memory in MB."""
    began = time.process_time()
    table, tree = national(seed)
    result = protect([table], layouts(tree), Rules())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return result.certificate.tables[0].suppressed, time.process_time() - began, peak


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=0.01, help="share of the 600 blocks to run")
    parser.add_argument("--processes", type=int, default=2)
    asked = parser.parse_args()
    blocks = max(1, round(METINGEN * QUESTIONS * asked.scale))
    began = time.perf_counter()
    with ProcessPoolExecutor(asked.processes) as pool:
        done = list(pool.map(one_block, range(blocks)))
    wall = time.perf_counter() - began
    cpu = sum(seconds for _, seconds, _ in done)
    print(f"{blocks} blocks, {blocks * CELLS} cells, {asked.processes} processes: {wall:.1f} s wall, {cpu:.1f} s cpu")
    print(f"peak memory per process {max(peak for *_, peak in done):.0f} MB (first block {done[0][2]:.0f} MB)")
    full = METINGEN * QUESTIONS / blocks
    print(f"full scale by proportion: {wall * full / 60:.0f} min wall, {cpu * full / asked.processes / 60:.0f} min cpu")


if __name__ == "__main__":
    main()
