"""delivery.yaml is held against the codebook, the known gemeenten and the calendar."""

import pytest

from domain.errors import InputRejected

from .conftest import FIGURES, as_csv, ceo_rows, journey_files


def test_journeys_and_their_aspects_are_one_delivery(deliver, read):
    files, fields = journey_files()
    records = read(deliver(files, **fields)).records[0]
    assert str(records.key) == "GM9001.klantreis.2026.client"
    assert records.tables["rows"].column("emotion").to_pylist() == ["1", "-1", "0"]
    assert records.tables["rows"].column("knelpunten").to_pylist() == ["wachttijd;brieven", None, "brieven"]
    assert records.tables["aspects"].num_rows == 2


def test_aspects_of_an_unknown_journey_are_refused(deliver, read):
    files, fields = journey_files()
    files["aspecten.csv"] += "R9;melding;expertise;1\n"
    with pytest.raises(InputRejected, match=r"aspecten\.csv: kolom 'journey': 1 rij zonder rij in de hoofdtabel"):
        read(deliver(files, **fields))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"gemeenten": ["GM9777"]}, "1 van de GM-codes"),
        ({"gemeenten": ["GM9001", "GM9001"], "per_row": True}, "twee keer bij 'gemeenten'"),
        ({"instrument": "ceo_jeugd"}, "hoort bij instrument 'ceo_wmo'"),
        ({"codebook": "ceo_wmo@1999.1"}, "dit codeboek kennen wij niet"),
        ({"doelgroepen": {"jongere": FIGURES}}, "doelgroepen past niet"),
        ({"legal_basis": "6_1_a"}, "'legal_basis' past niet"),
        ({"art9_ground": None}, "'art9_ground' ontbreekt"),
        ({"role_movisie": None}, "'role_movisie' ontbreekt"),
        ({"role_movisie": "verwerker"}, "vul 'agreement' in"),
        ({"role_movisie": "verwerker", "agreement": {"agreement": "2026-01-01", "dpia": "2027-01-01"}}, "toekomst"),
        ({"meting": {"name": "2026", "start": "2026-06-30", "end": "2026-01-01"}}, "eindigt voor zij begint"),
        ({"meting": {"name": "2027", "start": "2026-06-30", "end": "2027-01-01"}}, "eindigt in de toekomst"),
        ({"notice_date": "2027-01-01"}, "'notice_date' ligt in de toekomst"),
        ({"link_scope": "panel", "panel_until": "2027-01-01"}, "alleen bij een klantenpanel"),
        ({"doelgroepen": {"client": {"invited": 900, "population": 800, "steekproef": "allen"}}}, "meer mensen ge"),
        ({"doelgroepen": {"client": {"invited": -1, "population": 800, "steekproef": "allen"}}}, "onder nul"),
        ({"doelgroepen": {"client": {"invited": 5, "population": 800, "steekproef": "allen"}}}, "12 rijen, meer dan"),
        ({"files": [{"path": "../ceo.csv"}]}, "wijst buiten de map"),
        ({"files": [{"path": "ceo.csv", "table": "aspects"}]}, "kies bij 'table' uit rows"),
        ({"files": [{"path": "ceo.csv"}, {"path": "ceo.csv"}]}, "staat twee keer bij 'files'"),
        ({"files": [{"path": "ceo.csv"}, {"path": "open.csv"}]}, "open.csv zit niet in de aanlevering"),
        ({"gemeenten": ["GM9001", "GM9002"], "per_row": True}, "kolom 'gemeente' ontbreekt"),
        ({"doelgroepen": {"client": FIGURES, "vertegenwoordiger": FIGURES}}, "kolom 'doelgroep' ontbreekt"),
    ],
)  # fmt: skip
def test_a_manifest_that_does_not_fit_is_refused(deliver, read, changes, reason):
    with pytest.raises(InputRejected, match=reason):
        read(deliver({"ceo.csv": as_csv(ceo_rows())}, **{"files": [{"path": "ceo.csv"}], **changes}))


def test_interviews_rest_on_explicit_consent_only(deliver, read):
    files, fields = journey_files(art9_ground={"ground": "uavg_24", "reason": "statistiek"})
    with pytest.raises(InputRejected, match="alleen uitdrukkelijke_toestemming"):
        read(deliver(files, **fields))


def test_with_agreement_and_dpia_movisie_may_be_more_than_a_receiver(deliver, read):
    dates = {"agreement": "2025-01-01", "dpia": "2025-02-01"}
    folder = deliver({"ceo.csv": as_csv(ceo_rows())}, role_movisie="gezamenlijk_verantwoordelijk", agreement=dates)
    assert read(folder).rows == 12


def test_a_file_that_nobody_names_is_not_silently_lost(deliver, read):
    folder = deliver({"ceo.csv": as_csv(ceo_rows())})
    (folder / "Thumbs.db").write_bytes(b"x")
    assert read(folder).rows == 12
    (folder / "sleutel.csv").write_bytes(b"x")
    with pytest.raises(InputRejected, match="zit 1 bestand in de map"):
        read(folder)


def test_a_link_is_not_followed(deliver, read, tmp_path):
    folder = deliver({"ceo.csv": "x"})
    (folder / "ceo.csv").unlink()
    (folder / "ceo.csv").symlink_to(tmp_path)
    with pytest.raises(InputRejected, match="is een verwijzing"):
        read(folder)


@pytest.mark.parametrize(
    "content",
    [
        "", "gemeenten: [", "- een lijst", "a: &a [*a]", "meting: {start: 2026-13-45}", "a: !!python/name:os.system x",
        "a: " + "[" * 100_000 + "]" * 100_000, "gemeenten: [GM9001]\ngemeenten: [GM9002]", "a: {b: 1, b: 2}",
    ],
)  # fmt: skip
def test_a_manifest_that_is_no_yaml_is_refused(deliver, read, content):
    folder = deliver({"ceo.csv": "x"})
    (folder / "delivery.yaml").write_text(content)
    with pytest.raises(InputRejected, match=r"delivery\.yaml"):
        read(folder)
