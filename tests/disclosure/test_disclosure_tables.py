"""CSVs as people and other tools make them: read as their readers would, or refused in plain words, never a value."""

import json

import pytest
from click.testing import CliRunner

from anonymisation.disclosure.files import audit_path, protect_files
from domain.errors import CannotCheck, InputRejected, ToegangspeilError, WrongUsage
from domain.release import MINIMUM
from toegangspeil.commands.disclosure import audit as command

LEAVES = "gemeente,leeftijd,n\nA,18-64,40\nA,65+,6\nB,18-64,50\nB,65+,20\nC,18-64,33\nC,65+,41\n"
MARGINS = (
    "g,l,n\nTOTAAL,TOTAAL,190\nA,TOTAAL,46\nB,TOTAAL,70\nC,TOTAAL,74\nTOTAAL,x,123\nTOTAAL,y,67\n"
    "A,x,40\nA,y,{}\nB,x,50\nB,y,20\nC,x,33\nC,y,41\n"
)
"""A table with one cell left out, that anybody can work out."""


@pytest.fixture
def put(tmp_path):
    def write(name, text):
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
        return place

    return write


@pytest.fixture
def outcome(put, tmp_path):
    out = tmp_path / "uit"
    protect_files([put("in/ceo.csv", LEAVES)], count="n", out=out)
    return out


@pytest.mark.parametrize(
    "text",
    [
        "g,n\n",
        "g,g,n\nA,B,20\n",
        "g,,n\nA,B,20\n",
        "g,n\nA,20,4\n",
        "g,n\nA,6\nA,6\nB,30\n",
        "g,n\nA,6\n A ,16\nB,30\n",
        "g,n\nA,20\nB,5\nTotaal,25\n",
        "g,n\nA,20\nB,5\ntotal,25\n",
        "g,n\nA,-6\nB,30\n",
        "g,n\nA,6.5\nB,30\n",
        "g,n\nA,9223372036854775807\nB,9223372036854775807\n",
        "g,status,n\nA,x,20\n",
        "g,share,n\nA,x,20\n",
        "g,n,aantal\nA,x,20\n",
    ],
)
def test_leaf_rows_that_would_be_read_wrongly_are_refused(put, tmp_path, text):
    path = put("in/t.csv", text)
    with pytest.raises(InputRejected, match=r"t\.csv") as caught:
        protect_files([path], count="aantal" if "aantal" in text else "n", out=tmp_path / "uit")
    assert not any(value in str(caught.value) for value in ("6.5", "-6", "9223372036854775807"))
    assert not (tmp_path / "uit").exists()


def test_whole_numbers_may_have_a_point(put, tmp_path):
    protect_files([put("in/t.csv", "g, n\n A , 20.0\nB,30.0\n")], count="n", out=tmp_path / "uit")
    assert (tmp_path / "uit" / "t.csv").read_text().splitlines()[1:] == [
        "TOTAAL,50,published", "A,20,indicative", "B,30,published"
    ]  # fmt: skip


@pytest.mark.parametrize("option", ["answers", "merges"])
def test_a_mistake_in_the_name_of_a_column_is_no_group(put, tmp_path, option):
    with pytest.raises(WrongUsage, match="leefijd"):
        protect_files([put("in/t.csv", LEAVES)], count="n", out=tmp_path / "uit", **{option: ["leefijd"]})


@pytest.mark.parametrize(
    "rows", ["gemeente,A,B\ngemeente,B,A", "gemeente,A,A", "gemeente,,P", ",A,P", "gemeente,TOTAAL,P",
             "gemeente,A,P\ngemeente,A,Q", "provincie,A,P", "gemeente,X,P"]
)  # fmt: skip
def test_a_hierarchy_that_cannot_be_climbed_or_touches_nothing_is_refused(put, tmp_path, rows):
    tree = put("h.csv", f"dimension,code,parent\n{rows}\n")
    with pytest.raises(ToegangspeilError):
        protect_files([put("in/t.csv", LEAVES)], count="n", hierarchies=[tree], out=tmp_path / "uit")
    assert not (tmp_path / "uit").exists()


def test_nothing_is_written_over_and_nothing_lies_beside(put, tmp_path, outcome):
    table = put("in/ceo.csv", LEAVES)
    with pytest.raises(WrongUsage):
        protect_files([table], count="n", out=table.parent)
    assert table.read_text() == LEAVES
    put("uit/vorige.csv", LEAVES)
    with pytest.raises(WrongUsage):
        protect_files([table], count="n", out=outcome)
    with pytest.raises(WrongUsage):
        protect_files([put("in/t.txt", LEAVES)], count="n", out=tmp_path / "ander")


@pytest.mark.parametrize("total", ["TOTAAL", "Total", "totaal", "Sum", ""])
@pytest.mark.parametrize("mark", ["", ".", "x", "*", "<10", "< 10", "NA", "1-9"])
def test_the_output_of_other_tools_is_attacked_as_it_reads(put, total, mark):
    place = put("map/t.csv", MARGINS.format(mark).replace("TOTAAL", total))
    report = audit_path(place.parent)
    assert [(one.threat, one.where) for one in report.findings] == [("T2", "g A, l y")]


def test_what_the_files_do_not_tell_comes_from_options(put, tmp_path):
    rows = "gebied,antwoord,aantal,share\nA,TOTAAL,12,\nA,ja,,100\nA,nee,,0\nB,TOTAAL,60,\nP,TOTAAL,72,\n"
    folder, tree = put("map/t.csv", rows).parent, put("h.csv", "dimension,code,parent\ngebied,A,P\ngebied,B,P\n")
    for missing in ({}, {"count": "aantal"}):
        with pytest.raises(CannotCheck):
            audit_path(folder, **missing)
    report = audit_path(folder, count="aantal", answers=["antwoord"], hierarchies=[tree])
    assert {one.threat for one in report.findings} == {"T5", "T6"}
    closed = put("dicht/t.csv", "gebied,n\nP,72\nA,\nB,67\n").parent
    assert audit_path(closed).safe
    assert not audit_path(closed, hierarchies=[tree]).safe
    asked = [str(closed), "--hierarchy", str(tree), "--json"]
    shown = CliRunner().invoke(command, asked)
    assert json.loads(shown.stdout)["findings"][0]["threat"] == "T2"
    assert shown.exit_code == 1


@pytest.mark.parametrize(
    "text",
    ["", "g,n\n", "g,n\nTOTAAL,60\nA,-5\nB,65\n", "g,n\nTOTAAL,60\nA,30\nA,30\nB,30\n", "g,n\nTOTAAL,60\nA,veel\n"],
)
def test_what_cannot_be_read_is_no_safe_release(put, text):
    with pytest.raises(CannotCheck) as caught:
        audit_path(put("map/t.csv", text).parent)
    assert "veel" not in str(caught.value)


@pytest.mark.parametrize("name", ["certificate.json", "datapackage.json"])
@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"minimum": "x", "hierarchies": [1]}'])
def test_papers_in_another_form_are_no_proof(outcome, name, text):
    (outcome / name).write_text(text)
    with pytest.raises(CannotCheck):
        audit_path(outcome)


def test_a_certificate_that_is_gone_and_a_table_it_does_not_name_are_found(put, outcome):
    paper = (outcome / "certificate.json").read_bytes()
    (outcome / "certificate.json").unlink()
    assert [one.threat for one in audit_path(outcome).findings] == ["certificaat"]
    (outcome / "certificate.json").write_bytes(paper)
    assert audit_path(outcome).safe
    put("uit/erbij.csv", "soort,n\nTOTAAL,190\nx,100\ny,90\n")
    assert "erbij.csv" in {one.table for one in audit_path(outcome).findings if one.threat == "certificaat"}


def test_the_audit_holds_a_stricter_certificate_to_its_word(put, tmp_path):
    protect_files([put("in/t.csv", "g,n\nA,40\nB,30\nC,50\n")], count="n", minimum=25, out=tmp_path / "uit")
    assert audit_path(tmp_path / "uit").minimum == 25
    assert audit_path(tmp_path / "uit", 12).minimum == 12
    assert audit_path(put("map/t.csv", "g,n\nTOTAAL,60\nA,60\n").parent).minimum == MINIMUM
