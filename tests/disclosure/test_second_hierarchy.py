"""Two hierarchies of one dimension: the totals of both are printed, and together they give nobody away."""

import csv
import json

import numpy as np
import pytest
from scipy.optimize import linprog

from anonymisation.disclosure.files import audit_path, protect_files
from domain.errors import InputRejected

PROVINCIES = {"GM9001": "PV90", "GM9002": "PV90", "GM9003": "PV90", "GM9004": "PV91", "GM9005": "PV91"}
VERBANDEN = {"GM9001": "SV1", "GM9002": "SV1", "GM9004": "SV2", "GM9005": "SV2"}


def write(path, header, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def tree(folder, name, parents):
    rows = [("gemeente", code, up) for code, up in parents.items()]
    return write(folder / name, ["dimension", "code", "parent"], rows)


def leaf(folder, seed):
    dice = np.random.default_rng(seed)
    rows = [(g, a, int(dice.integers(0, 40))) for g in PROVINCIES for a in ("18-64", "65-74", "75+")]
    return write(folder / "ceo.csv", ["gemeente", "leeftijd", "n"], rows), rows


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return {(r["gemeente"], r["leeftijd"]): None if r["n"] == "" else int(r["n"]) for r in csv.DictReader(file)}


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("order", [1, -1])
def test_the_totals_of_both_are_printed_and_protected_together(tmp_path, seed, order):
    path, rows = leaf(tmp_path, seed)
    trees = [tree(tmp_path, "p.csv", PROVINCIES), tree(tmp_path, "v.csv", VERBANDEN)][::order]
    out = tmp_path / "out"
    protect_files([path], count="n", hierarchies=trees, out=out)
    one, two = read(out / "ceo.csv"), read(out / "ceo.gemeente-2.csv")
    assert {code for code, _ in one} == {"TOTAAL", "PV90", "PV91", *PROVINCIES}
    assert {code for code, _ in two} == {"TOTAAL", "SV1", "SV2", "overig"}
    assert all(worlds_allow(rows, one | two, cell) for cell in small(rows))
    assert audit_path(out).safe


def groups(gemeente):
    return {"TOTAAL", gemeente, PROVINCIES[gemeente], VERBANDEN.get(gemeente, "overig")}


def total(rows, cell):
    return sum(n for g, a, n in rows if cell[0] in groups(g) and cell[1] in ("TOTAAL", a))


def small(rows):
    codes = {code for g in PROVINCIES for code in groups(g)}
    cells = [(code, age) for code in codes for age in ("TOTAAL", "18-64", "65-74", "75+")]
    return [cell for cell in cells if 0 < total(rows, cell) < 10]


def worlds_allow(rows, printed, cell):
    """0 and 10 are both possible for a small cell, whatever is printed in both tables."""
    shown = [(at, n) for at, n in printed.items() if n is not None]
    inside = [[cell_[0] in groups(g) and cell_[1] in ("TOTAAL", a) for g, a, _ in rows] for cell_, _ in shown]
    target = np.array([cell[0] in groups(g) and cell[1] in ("TOTAAL", a) for g, a, _ in rows], dtype=float)
    same = {"A_eq": np.array(inside, dtype=float), "b_eq": [n for _, n in shown]} if shown else {}
    least, most = linprog(target, **same), linprog(-target, **same)
    return least.fun < 1e-6 and (most.status == 3 or -most.fun > 10 - 1e-6)


def test_a_verband_that_gives_a_gemeente_away_is_found(tmp_path):
    path, _ = leaf(tmp_path, 1)
    out = tmp_path / "out"
    protect_files(
        [path],
        count="n",
        hierarchies=[tree(tmp_path, "p.csv", PROVINCIES), tree(tmp_path, "v.csv", VERBANDEN)],
        out=out,
    )
    one = "TOTAAL,TOTAAL,76,published PV90,TOTAAL,76,published GM9001,TOTAAL,,suppressed GM9002,TOTAAL,40,published"
    three = "GM9003,TOTAAL,,suppressed"
    two = "TOTAAL,TOTAAL,76,published SV1,TOTAAL,46,published overig,TOTAAL,30,published"
    for name, lines in (("ceo.csv", f"{one} {three}"), ("ceo.gemeente-2.csv", two)):
        (out / name).write_text("gemeente,leeftijd,n,status\n" + "\n".join(lines.split()) + "\n")
    (out / "certificate.json").unlink()
    package = json.loads((out / "datapackage.json").read_text())
    (out / "datapackage.json").write_text(json.dumps({**package, "name": "anders"}))
    assert "T2" in {finding.threat for finding in audit_path(out).findings}


def test_one_name_for_two_groups_is_refused(tmp_path):
    path, _ = leaf(tmp_path, 1)
    other = tree(tmp_path, "v.csv", {**VERBANDEN, "GM9003": "PV91"})
    with pytest.raises(InputRejected, match="twee indelingen"):
        protect_files([path], count="n", hierarchies=[tree(tmp_path, "p.csv", PROVINCIES), other], out=tmp_path / "out")
    assert not (tmp_path / "out").exists()
