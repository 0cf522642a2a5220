"""One file for several groups or gemeenten: each value means a group of ours, or its rows stay out."""

import openpyxl
import pytest

from domain.delivery import DeliveryKey, read_manifest
from domain.errors import InputRejected

from .awkward import refusal
from .conftest import CONSENT, FIGURES, as_csv, ceo_rows, journey_files, manifest

BUREAU = {"Wmo-cliënt": "client", "Mantelzorger (namens)": "vertegenwoordiger", "Jeugd": "niet lezen"}
TWO = {"client": FIGURES, "vertegenwoordiger": FIGURES}
GROUPS = ["Wmo-cliënt"] * 5 + ["mantelzorger (namens) "] * 3 + ["jeugd"] * 4
AREAS = {"Voorbeeldstad": "GM9001", "Verzonnendorp": "GM9002", "Elders": "niet lezen"}


def codes(column, meant, header="Groep"):
    return [{"path": "ceo.csv", "columns": {header: column}, "codes": {column: meant}}]


def test_words_of_a_bureau_are_groups_of_ours_and_other_rows_stay_out(deliver, read):
    rows = ceo_rows(12, Groep=GROUPS)
    rows["ceo01_vindbaarheid"] = [1] * 8 + [77] * 4  # another list of questions, in other numbers
    found = read(deliver({"ceo.csv": as_csv(rows)}, doelgroepen=TWO, files=codes("doelgroep", BUREAU)))
    assert found.counts == {"GM9001.ceo_wmo.2026.client": 5, "GM9001.ceo_wmo.2026.vertegenwoordiger": 3}
    assert found.left == 4
    assert "4 rijen van andere groepen niet gelezen, zoals u zei" in found.notices


def test_names_of_gemeenten_are_codes_and_another_gemeente_stays_out(deliver, read):
    rows = ceo_rows(6, Plaats=["Voorbeeldstad", "VERZONNENDORP", "Elders", "GM9001", "Elders", "Verzonnendorp"])
    fields = {"gemeenten": ["GM9001", "GM9002"], "per_row": True, "files": codes("gemeente", AREAS, "Plaats")}
    assert read(deliver({"ceo.csv": as_csv(rows)}, **fields)).counts == {
        "GM9001.ceo_wmo.2026.client": 2, "GM9002.ceo_wmo.2026.client": 2,
    }  # fmt: skip


def test_one_gemeente_is_taken_out_of_the_file_of_a_region(deliver, read):
    rows = ceo_rows(3, Plaats=["Voorbeeldstad", "Elders", None])
    meant = {"Voorbeeldstad": "GM9001", "Elders": "niet lezen", "": "niet lezen"}
    found = read(deliver({"ceo.csv": as_csv(rows)}, files=codes("gemeente", meant, "Plaats")))
    assert (found.rows, found.left) == (1, 2)


def test_a_value_nobody_explained_is_refused(deliver, read):
    rows = ceo_rows(12, Groep=[*GROUPS[:11], "onbekend"])
    said = refusal(deliver, read, {"ceo.csv": as_csv(rows)}, doelgroepen=TWO, files=codes("doelgroep", BUREAU))
    assert "kolom 'doelgroep': 1 rij met een antwoord dat niet in de lijst staat" in said


@pytest.mark.parametrize("meant", [{"x": "mantelzorger"}, {"x": "Niet Lezen"}, {"x": "professional"}])
def test_a_group_that_is_not_delivered_is_refused(deliver, read, meant):
    said = refusal(deliver, read, {"ceo.csv": as_csv(ceo_rows(3))}, files=codes("doelgroep", meant))
    assert "kies uit client of 'niet lezen'" in said


def test_a_study_without_such_a_column_says_so(deliver, read):
    said = refusal(
        deliver, read, {"tafel.csv": "x\n1\n"}, instrument="dialoogtafel", codebook="dialoogtafel@1.0",
        doelgroepen={"inwoner": FIGURES}, legal_basis="6_1_a", art9_ground=CONSENT,
        files=[{"path": "tafel.csv", "codes": {"doelgroep": {"x": "inwoner"}}}],
    )  # fmt: skip
    assert "heeft geen kolom 'doelgroep'" in said


def test_what_belongs_to_somebody_who_stays_out_goes_too(deliver, read):
    files, fields = journey_files()
    journeys = {"journey": ["R1", "R1", "R2"], "seq": [1, 2, 1], "phase": ["melding"] * 3, "emotion": ["-1"] * 3}
    files["reizen.csv"] = as_csv({**journeys, "doelgroep": ["client", "client", "ouder"]})
    fields["files"] = [{"path": "reizen.csv", "codes": {"doelgroep": {"ouder": "niet lezen"}}},
                       {"path": "aspecten.csv", "table": "aspects"}]  # fmt: skip
    (records,) = read(deliver(files, **fields)).records
    assert {name: set(table.column("journey").to_pylist()) for name, table in records.tables.items()} == {
        "rows": {"R1"}, "aspects": {"R1"},
    }  # fmt: skip


def test_open_answers_on_a_second_sheet_of_who_stays_out_go_too(deliver, read, tmp_path):
    book = openpyxl.Workbook()
    rows = ceo_rows(4, doelgroep=["client", "x", "client", "x"])
    for line in (list(rows), *zip(*rows.values(), strict=True)):
        book.active.append(line)
    sheet = book.create_sheet("Open")
    for line in (["respondent", "toelichting"], *([f"R{at:03d}", f"tekst {at}"] for at in range(4))):
        sheet.append(line)
    book.save(tmp_path / "b.xlsx")
    folder = deliver(
        {"b.xlsx": (tmp_path / "b.xlsx").read_bytes()},
        files=[{"path": "b.xlsx", "codes": {"doelgroep": {"x": "niet lezen"}}}],
    )
    (records,) = read(folder).records
    assert records.tables["rows"].column("toelichting").to_pylist() == ["tekst 0", "tekst 2"]


def figures(**more):
    return {"doelgroepen": {"client": {"invited": 900, "population": 2400, "steekproef": "allen", **more}},
            "gemeenten": ["GM9001", "GM9002"], "per_row": True}  # fmt: skip


KEYS = [DeliveryKey(area, "ceo_wmo", "2026", "client") for area in ("GM9001", "GM9002")]
OWN = {"GM9001": {"invited": 600, "population": 1600}, "GM9002": {"invited": 300, "population": "onbekend"}}


def test_how_many_were_asked_of_all_gemeenten_is_nobody_s_own():
    alone, whole, split = (read_manifest(manifest(**more)) for more in ({}, figures(), figures(per_gemeente=OWN)))
    assert alone.figures_of(KEYS[0]).invited == 900
    assert [whole.figures_of(key).invited for key in KEYS] == [None, None]
    assert [split.figures_of(key).invited for key in KEYS] == [600, 300]
    assert [split.figures_of(key).population for key in KEYS] == [1600, None]


def test_the_steward_is_told_that_there_is_no_response_per_gemeente(deliver, read):
    rows = {"ceo.csv": as_csv(ceo_rows(2, gemeente=["GM9001", "GM9002"]))}
    told = "hoeveel mensen zijn gevraagd weten wij niet per gemeente"
    assert any(told in one for one in read(deliver(rows, **figures())).notices)
    assert not any(told in one for one in read(deliver(rows, **figures(per_gemeente=OWN))).notices)


@pytest.mark.parametrize(
    ("own", "what"),
    [
        ({"GM9003": {"invited": 1}}, "een gemeente die niet bij 'gemeenten' staat"),
        ({"GM9001": {"invited": 600}, "GM9002": {"invited": 200}}, "zijn samen niet het hele aantal"),
        ({"GM9001": {"invited": 901}}, "zijn samen niet het hele aantal"),
        ({"GM9001": {"invited": 5, "population": 4}}, "er zijn meer mensen gevraagd dan er zijn"),
        ({"GM9001": {"invited": 1}}, "meer dan er mensen zijn gevraagd"),
    ],
)
def test_figures_that_cannot_be_are_refused(deliver, read, own, what):
    rows = as_csv(ceo_rows(4, gemeente=["GM9001", "GM9001", "GM9001", "GM9002"]))
    with pytest.raises(InputRejected, match=what):
        read(deliver({"ceo.csv": rows}, **figures(per_gemeente=own)))


def test_more_answers_than_were_asked_of_all_together_are_refused(deliver, read):
    fields = figures() | {"doelgroepen": {"client": {"invited": 3, "steekproef": "allen"}}}
    rows = as_csv(ceo_rows(4, gemeente=["GM9001", "GM9001", "GM9002", "GM9002"]))
    assert "er zijn 4 rijen, meer dan er mensen zijn gevraagd" in refusal(deliver, read, {"ceo.csv": rows}, **fields)
