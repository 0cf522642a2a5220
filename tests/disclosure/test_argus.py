"""Our intervals against pytauargus (audit_jj), in its own process and environment."""

import numpy as np
import pyarrow as pa
import pytest

from anonymisation.disclosure import protect
from anonymisation.disclosure.attack.cells import views
from anonymisation.disclosure.attack.intervals import attack
from benchmarks import argus
from domain.release import Rules, TableLayout, TableSpec

FAR = 100_000.0
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not argus.PYTHON.exists(), reason=argus.ABSENT),
]


def made_up(seed):
    dice = np.random.default_rng(seed)
    g, v = int(dice.integers(3, 8)), int(dice.integers(3, 6))
    n = np.round(np.exp(dice.normal(3.0, 1.0, (g, v)))).astype(int)
    rows = [(f"g{i}", f"v{j}", int(n[i, j])) for i in range(g) for j in range(v)]
    return pa.table(dict(zip(("g", "v", "n"), map(list, zip(*rows, strict=True)), strict=True)))


def jj_file(view, truth, path):
    """The exchange format of tau-ARGUS: cells with their bounds, then sums."""
    lines = ["0", str(view.size)]
    for at, value in enumerate(truth):
        closed = view.low[at] != view.high[at]
        status = "s" if not closed else "u" if value < 10 else "m"
        lines.append(f"{at} {value} 1 {status} 0 {FAR} 0 0 0")
    lines.append(str(len(view.sums)))
    for head, *parts in view.sums:
        terms = " ".join([f"{head} (-1)", *(f"{part} (1)" for part in parts)])
        lines.append(f"0 {1 + len(parts)} : {terms}")
    path.write_text("\n".join(lines) + "\n")


@pytest.mark.parametrize("seed", range(24))
def test_the_same_intervals_as_tau_argus(seed, tmp_path):
    leaf = made_up(seed)
    closed = protect([leaf], TableSpec((TableLayout("t", ("g", "v")),)), Rules()).tables[0]
    open_ = protect([leaf.set_column(2, "n", pa.array([n + 1000 for n in leaf.column("n").to_pylist()]))],
                    TableSpec((TableLayout("t", ("g", "v")),)), Rules()).tables[0]  # fmt: skip
    view = views({"t": closed}, (), ())[()]
    full = views({"t": open_}, (), ())[()]
    sizes = np.array([1000 * _leaves(key, leaf) for key in view.index])
    truth = np.array([full.low[full.index[key]] for key in view.index]) - sizes
    ours = attack(view, FAR, exact=True)
    jj_file(view, truth, tmp_path / "t.jj")
    theirs = argus.ask("argus_audit.py", str(tmp_path / "t.jj"))
    assert len(theirs) == sum(low != high for low, high in zip(view.low, view.high, strict=True))
    for cell, low, high in theirs:
        assert ours.low[cell] == pytest.approx(low, abs=1e-6)
        assert min(ours.high[cell], FAR) == pytest.approx(min(high, FAR), abs=1e-6)


def _leaves(key, leaf):
    rows = leaf.to_pylist()
    return sum(all(row[dim] == code for dim, code in key) for row in rows)
