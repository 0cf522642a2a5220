"""`toegangspeil protect` and `audit` on files: layout, refusals, tampering."""

import csv
import json

import numpy as np
import pytest
from click.testing import CliRunner
from scipy.optimize import linprog

from anonymisation.disclosure.files import audit_path, protect_files
from domain.errors import CannotCheck, DisclosureRefused, InputRejected, ToegangspeilError, WrongUsage
from toegangspeil.commands.disclosure import protect as command

ROWS = [("GM9001", "18-64", 40), ("GM9001", "65-74", 6), ("GM9001", "75+", 30), ("GM9002", "18-64", 50),
        ("GM9002", "65-74", 20), ("GM9002", "75+", 30), ("GM9003", "18-64", 33), ("GM9003", "65-74", 22),
        ("GM9003", "75+", 41)]  # fmt: skip


def write(path, header, rows, delimiter=","):
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerows([header, *rows])
    return path


@pytest.fixture
def table(tmp_path):
    return write(tmp_path / "ceo.csv", ["gemeente", "leeftijd", "aantal"], ROWS, ";")


@pytest.fixture
def tree(tmp_path):
    rows = [("gemeente", "GM9001", "PV90"), ("gemeente", "GM9002", "PV90"), ("gemeente", "GM9003", "PV91")]
    return write(tmp_path / "h.csv", ["dimension", "code", "parent"], rows)


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_one_csv_per_table_with_totals_and_a_certificate(table, tree, tmp_path):
    out = tmp_path / "out"
    protect_files([table], count="aantal", hierarchies=[tree], out=out)
    rows = read(out / "ceo.csv")
    assert list(rows[0]) == ["gemeente", "leeftijd", "n", "status"]
    shown = {(row["gemeente"], row["leeftijd"]): (row["n"], row["status"]) for row in rows}
    assert shown["TOTAAL", "TOTAAL"] == ("272", "published")
    assert shown["PV90", "TOTAAL"] == ("176", "published")
    assert shown["GM9001", "65-74"] == ("", "suppressed")
    assert shown["GM9003", "65-74"][1] in ("indicative", "suppressed")
    certificate = json.loads((out / "certificate.json").read_text())
    assert certificate["minimum"] == 10
    assert certificate["intervals"]["below_k"] == 0
    assert audit_path(out).safe


def test_nothing_beside_the_tables_tells_a_closed_count(tmp_path):
    """Whoever knows all but the 6 would try every number until a fingerprint fits: all files are the same for each."""
    told = set()
    for small in (4, 6, 8):
        moved = {("GM9001", "65-74"): small, ("GM9001", "75+"): 36 - small,
                 ("GM9002", "65-74"): 26 - small, ("GM9002", "75+"): 24 + small}  # fmt: skip
        rows = [(area, age, moved.get((area, age), n)) for area, age, n in ROWS]
        out = tmp_path / str(small)
        path = write(tmp_path / f"in{small}" / "ceo.csv", ["gemeente", "leeftijd", "n"], rows)
        protect_files([path], count="n", out=out)
        told.add(tuple((file.name, file.read_bytes()) for file in sorted(out.iterdir())))
    assert len(told) == 1


def test_equal_input_gives_equal_bytes(table, tree, tmp_path):
    for name in ("one", "two"):
        protect_files([table], count="aantal", hierarchies=[tree], out=tmp_path / name)
    for file in ("ceo.csv", "certificate.json", "datapackage.json"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_answers_are_named_and_never_counted(tmp_path):
    rows = [(g, a, n) for g in ("GM9001", "GM9002") for a, n in (("eens", 60), ("oneens", 40))]
    path = write(tmp_path / "a.csv", ["gemeente", "antwoord", "n"], rows)
    protect_files([path], count="n", answers=["antwoord"], out=tmp_path / "out")
    shown = read(tmp_path / "out" / "a.csv")
    assert {row["n"] for row in shown if row["antwoord"] != "TOTAAL"} == {""}
    assert {row["share"] for row in shown if row["antwoord"] == "eens"} == {"60"}
    assert audit_path(tmp_path / "out").safe


def test_a_changed_table_does_not_fit_its_certificate(table, tmp_path):
    out = tmp_path / "out"
    protect_files([table], count="aantal", out=out)
    text = (out / "ceo.csv").read_text()
    (out / "ceo.csv").write_text(text.replace("TOTAAL,TOTAAL,272", "TOTAAL,TOTAAL,273"))
    with pytest.raises(CannotCheck):
        audit_path(out)
    (out / "ceo.csv").write_text(text)
    other = write(tmp_path / "other" / "ceo.csv", ["gemeente", "leeftijd", "aantal"], ROWS[:6])
    protect_files([other], count="aantal", out=tmp_path / "second")
    (out / "certificate.json").write_bytes((tmp_path / "second" / "certificate.json").read_bytes())
    assert {finding.threat for finding in audit_path(out).findings} == {"certificaat"}


def test_a_table_with_its_small_cells_is_found_out(tmp_path):
    folder = tmp_path / "raw"
    folder.mkdir()
    rows = [("TOTAAL", 44, "published"), ("GM9001", 4, "published"), ("GM9002", 40, "published")]
    write(folder / "t.csv", ["gemeente", "n", "status"], rows)
    report = audit_path(folder)
    assert [finding.threat for finding in report.findings] == ["T1"]


@pytest.mark.parametrize(
    ("header", "rows", "error"),
    [
        (["gemeente", "n"], [("GM9001", "veel")], InputRejected),
        (["gemeente", "aantal"], [("GM9001", 4)], InputRejected),
        (["gemeente", "n"], [("TOTAAL", 4)], InputRejected),
        (["gemeente", "n"], [("", 4)], InputRejected),
    ],
)
def test_refusals_leave_nothing_behind_and_tell_no_value(tmp_path, header, rows, error):
    path = write(tmp_path / "t.csv", header, rows)
    with pytest.raises(error) as caught:
        protect_files([path], count="n", out=tmp_path / "out")
    assert "veel" not in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_no_table_no_folder_no_guess(tmp_path):
    with pytest.raises(WrongUsage):
        protect_files([], count="n", out=tmp_path / "out")
    with pytest.raises(WrongUsage):
        audit_path(tmp_path / "nothing")
    (tmp_path / "empty").mkdir()
    with pytest.raises(CannotCheck):
        audit_path(tmp_path / "empty")
    (tmp_path / "x.duckdb").write_bytes(b"not a database")
    with pytest.raises(CannotCheck):
        audit_path(tmp_path / "x.duckdb")
    assert issubclass(DisclosureRefused, ToegangspeilError)


def test_the_command_merges_what_the_officer_approved(tmp_path):
    rows = [(g, band, n) for g in ("GM9001", "GM9002") for band, n in (("65-74", 4), ("75+", 5), ("18-64", 60))]
    path = write(tmp_path / "t.csv", ["gemeente", "leeftijd", "n"], rows)
    tree = write(tmp_path / "b.csv", ["dimension", "code", "parent"],
                 [("leeftijd", "65-74", "65+"), ("leeftijd", "75+", "65+")])  # fmt: skip
    asked = [str(path), "--count", "n", "--hierarchy", str(tree), "-o"]
    plain = CliRunner().invoke(command, [*asked, str(tmp_path / "plain")])
    merged = CliRunner().invoke(command, [*asked, str(tmp_path / "merged"), "--merge", "leeftijd"])
    assert (plain.exit_code, merged.exit_code) == (0, 0)
    assert "samengevoegd" in merged.output
    assert "samengevoegd" not in plain.output


def test_the_certificate_tells_what_can_be_reckoned_about_every_closed_cell(table, tree, tmp_path):
    """Against a programme of scipy over the printed file; and whoever changes a line is found out."""
    out = tmp_path / "out"
    protect_files([table], count="aantal", hierarchies=[tree], out=out)
    rows = read(out / "ceo.csv")
    certificate = json.loads((out / "certificate.json").read_text())
    (told,) = certificate["closed_cells"]
    closed = [(row["gemeente"], row["leeftijd"]) for row in rows if row["status"] == "suppressed"]
    assert (told["dimensions"], told["closed"], told["usual"]) == (["gemeente", "leeftijd"], len(closed), [0, None])
    lowest = {cell: low for cell in closed if (low := least(rows, cell))}
    assert {tuple(row[:2]): row[2:] for row in told["other"]} == {cell: [low, None] for cell, low in lowest.items()}
    assert lowest
    for change in ([], [[*told["other"][0][:2], 0, None], *told["other"][1:]]):
        other = {**certificate, "closed_cells": [{**told, "other": change}]}
        (out / "certificate.json").write_text(json.dumps(other))
        assert [one.learned[:4] for one in audit_path(out).findings] == ["wat "]


def least(rows, cell):
    """The fewest people that can be in a cell, given everything that is printed."""
    places = {(row["gemeente"], row["leeftijd"]): at for at, row in enumerate(rows)}
    up = {"GM9001": "PV90", "GM9002": "PV90", "GM9003": "PV91", "PV90": "TOTAAL", "PV91": "TOTAAL"}
    sums = {}
    for gemeente, age in places:
        if gemeente != "TOTAAL":
            sums.setdefault((up[gemeente], age, "area"), []).append((gemeente, age))
        if age != "TOTAAL":
            sums.setdefault((gemeente, "TOTAAL", "age"), []).append((gemeente, age))
    matrix = np.zeros((len(sums), len(rows)))
    for line, (parent, parts) in enumerate(sums.items()):
        matrix[line, places[parent[:2]]] = -1
        matrix[line, [places[part] for part in parts]] = 1
    bounds = [(0, None) if row["n"] == "" else (int(row["n"]), int(row["n"])) for row in rows]
    target = np.eye(len(rows))[places[cell]]
    return round(linprog(target, A_eq=matrix, b_eq=np.zeros(len(sums)), bounds=bounds).fun)
