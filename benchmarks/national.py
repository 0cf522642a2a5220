"""A full national run, block by block: 342 gemeenten x 10 metingen x 60 questions (600 blocks, 6.4 M cells), made up.

    python -m benchmarks.national                       all 600 blocks in two processes
    python -m benchmarks.national --blocks 60           the first 60
    python -m benchmarks.national --blocks 60 --each    with one line per block

A line every 20 blocks says how far it is and what memory the last ones took; a run that is stopped still reports.

Every block (one meting and question, 10,650 cells, other people in every block) is protected and audited on its own:
nothing is reused from one block to the next, so this is the dearest form of the run.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from statistics import fmean, quantiles

from anonymisation.disclosure import protect
from benchmarks.disclosure import layouts, national
from benchmarks.spent import peak, start_peak
from domain.release import Rules

METINGEN, QUESTIONS = 10, 60
FULL = METINGEN * QUESTIONS
EVERY = 20


@dataclass(frozen=True)
class Block:
    """What one block took. peak: highest resident memory in MB while it ran, not of the process so far."""

    number: int
    process: int
    cells: int
    suppressed: int
    below_k: int
    cpu: float
    peak: float


def one_block(number: int) -> Block:
    """Protect and audit one block; raises when it is not safe, so that a run that ends is a safe one."""
    start_peak()
    began = time.process_time()
    table, tree = national(number)
    found = protect([table], layouts(tree), Rules())
    (cost,), learned = found.certificate.tables, found.certificate.intervals["below_k"]
    return Block(number, os.getpid(), found.audit.cells, cost.suppressed, learned, time.process_time() - began, peak())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--blocks", type=int, default=FULL)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--each", action="store_true", help="one line per block")
    asked = parser.parse_args()
    began = time.perf_counter()
    with ProcessPoolExecutor(asked.processes) as pool:
        done: list[Block] = []
        try:
            for block in pool.map(one_block, range(asked.blocks)):
                done.append(block)
                _tell(done, asked.blocks, time.perf_counter() - began, each=asked.each)
        except KeyboardInterrupt:
            pool.shutdown(cancel_futures=True)
    if done:
        report(done, time.perf_counter() - began, asked.processes)


def _tell(done: Sequence[Block], every: int, wall: float, *, each: bool) -> None:
    block = done[-1]
    if each:
        print(
            f"block {block.number:3} process {block.process} {block.cells} cells {block.suppressed} suppressed "
            f"{block.cpu:5.2f} s cpu {block.peak:4.0f} MB",
            flush=True,
        )
    if len(done) % EVERY == 0:
        peak, left = max(one.peak for one in done[-EVERY:]), wall / len(done) * (every - len(done)) / 60
        print(f"{len(done)} of {every} blocks, {wall:.0f} s, at most {peak:.0f} MB, {left:.0f} min left",
              file=sys.stderr, flush=True)  # fmt: skip


def report(done: Sequence[Block], wall: float, processes: int) -> None:
    """Totals, the spread per block, and whether memory grows from the first blocks of a process to its last."""
    cpu, peaks = [block.cpu for block in done], [block.peak for block in done]
    cells = sum(block.cells for block in done)
    print(f"{len(done)} blocks, {cells} cells, {processes} processes: {wall:.1f} s wall, {sum(cpu):.1f} s cpu")
    print(f"below k in all blocks together: {sum(block.below_k for block in done)}")
    spread = quantiles(cpu, n=10) if len(cpu) > 1 else cpu * 9
    print(f"cpu per block: median {spread[4]:.2f} s, nine of ten under {spread[8]:.2f} s, most {max(cpu):.2f} s")
    print(f"peak memory per block: {min(peaks):.0f} to {max(peaks):.0f} MB; {_growth(done)}")
    if len(done) < FULL:
        full = FULL / len(done)
        print(
            f"all {FULL} by proportion: {wall * full / 60:.1f} min wall, {sum(cpu) * full / processes / 60:.1f} min cpu"
        )


def _growth(done: Sequence[Block]) -> str:
    """Per process the mean peak of its last quarter of blocks against its first."""
    ratios = []
    for process in sorted({block.process for block in done}):
        mine = [block.peak for block in done if block.process == process]
        quarter = max(1, len(mine) // 4)
        ratios.append(fmean(mine[-quarter:]) / fmean(mine[:quarter]))
    return "last quarter against first, per process: " + ", ".join(f"{ratio:.3f}" for ratio in ratios)


if __name__ == "__main__":
    main()
