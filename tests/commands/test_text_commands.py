"""detect, anonymise, scan and eval: texts in, no personal detail out."""

import json
import tracemalloc
from pathlib import Path

import pytest

from tests.commands.typed import Said, Typed

TEXT = "Mevrouw Verzonnen belde op 3 maart vanaf 06-12345678."


def jsonl(*texts: str | None) -> str:
    return "".join(json.dumps({"id": str(at), "text": text}) + "\n" for at, text in enumerate(texts))


def rows(said: Said) -> list[dict]:
    assert said.code == 0, said.err
    return [json.loads(line) for line in said.out.splitlines()]


def test_detect_gives_spans_and_never_the_text(text_only: Typed) -> None:
    found = rows(text_only("detect", stdin=jsonl(TEXT, None, "Alles ging goed.")))
    assert [row["id"] for row in found] == ["0", "1", "2"]
    assert all(set(row) == {"id", "spans"} for row in found)
    labels = {span["label"] for span in found[0]["spans"]}
    assert {"PERSON", "PHONE"} <= labels
    assert {"start", "end", "label", "score", "recogniser"} <= set(found[0]["spans"][0])
    assert found[1]["spans"] == found[2]["spans"] == []


def test_detect_over_processes_says_the_same_in_the_same_order(text_only: Typed) -> None:
    given = jsonl(*[f"{TEXT} Dit is antwoord {at}." for at in range(1100)])
    assert rows(text_only("detect", "--processes", "2", stdin=given)) == rows(text_only("detect", stdin=given))


def test_fields_that_nobody_asked_for_stay_behind(text_only: Typed) -> None:
    line = json.dumps({"id": 1, "text": "Goed.", "naam": "Piet Verzonnen"}) + "\n"
    assert rows(text_only("detect", stdin=line)) == [{"id": 1, "spans": []}]
    assert rows(text_only("anonymise", stdin=line)) == [{"id": 1, "text": "Goed.", "tally": {}}]


@pytest.mark.parametrize("command", ["detect", "anonymise"])
@pytest.mark.parametrize(
    "line", ['{"id": 2, "text": "Verzonnen', '["Verzonnen"]', '{"text": "Verzonnen"}', '{"id": 1, "text": 5}']
)
def test_a_bad_line_ends_with_its_number_and_without_its_content(text_only: Typed, command: str, line: str) -> None:
    said = text_only(command, stdin=jsonl("Goed.") + "\n" + line + "\n")
    assert said.code == 1
    assert "regel 3" in said.err
    assert "Verzonnen" not in said.out + said.err


def test_anonymise_counts_what_it_takes_away(text_only: Typed) -> None:
    (row,) = rows(text_only("anonymise", stdin=jsonl(TEXT)))
    assert "Verzonnen" not in row["text"]
    assert "06-12345678" not in row["text"]
    assert "[PERSOON 1]" in row["text"]
    assert row["tally"]["PERSON"] == row["tally"]["PHONE"] == 1


def test_each_mode_writes_in_its_own_way(text_only: Typed) -> None:
    (masked,) = rows(text_only("anonymise", "--mode", "mask", stdin=jsonl(TEXT)))
    (coarser,) = rows(text_only("anonymise", "--mode", "generalise", stdin=jsonl(TEXT)))
    assert "█" in masked["text"]
    assert "1e kwartaal" in coarser["text"]


def test_half_a_character_goes_through_unharmed(text_only: Typed) -> None:
    said = text_only("anonymise", stdin='{"id": 1, "text": "fijn \\ud83d gesprek"}\n')
    assert rows(said)[0]["text"] == "fijn \ud83d gesprek"


def test_pseudonyms_need_a_home_and_a_scope_with_a_key(text_only: Typed, seen: Typed) -> None:
    scope = ("--scope", "GM9001/ceo_wmo/2026")
    assert text_only("anonymise", "--mode", "pseudonym", stdin=jsonl(TEXT)).code == 2
    assert text_only("anonymise", "--mode", "pseudonym", *scope, stdin=jsonl(TEXT)).code == 2
    assert seen("anonymise", "--mode", "pseudonym", "--scope", "GM9001/ceo_wmo/2031", stdin=jsonl(TEXT)).code == 1
    first, again = (rows(seen("anonymise", "--mode", "pseudonym", *scope, stdin=jsonl(TEXT))) for _ in range(2))
    assert first == again
    assert "Verzonnen" not in first[0]["text"]
    assert "[PERSOON 1]" not in first[0]["text"]


def test_scan_counts_per_column_and_shows_no_value(text_only: Typed, tmp_path: Path) -> None:
    table = tmp_path / "antwoorden.csv"
    table.write_text("nummer;toelichting\n1;Bel mij op 06-12345678\n2;Prima\n3;Mail jan@voorbeeld.nl\n")
    said = text_only("scan", str(table))
    assert said.code == 1
    assert "toelichting" in said.out
    assert "PHONE" in said.out
    assert "EMAIL" in said.out
    assert "12345678" not in said.out + said.err
    assert "voorbeeld.nl" not in said.out + said.err


def test_scan_of_clean_files_ends_well(text_only: Typed, tmp_path: Path) -> None:
    (tmp_path / "schoon.jsonl").write_text('{"a": "Het ging goed", "b": 3}\n')
    (tmp_path / "ook.txt").write_text("Ik werd snel geholpen.\n")
    assert text_only("scan", str(tmp_path)).code == 0


@pytest.mark.parametrize("headers", ["mail;mail", "mail;vraag;mail"])
def test_scan_reads_every_column_also_of_one_name(text_only: Typed, tmp_path: Path, headers: str) -> None:
    table = tmp_path / "antwoorden.csv"
    table.write_text(f"{headers}\njan@voorbeeld.nl{';' * headers.count(';')}\n")
    said = text_only("scan", str(table))
    assert said.code == 1
    assert "EMAIL" in said.out


def test_scan_does_not_print_a_first_row_without_headers_or_a_name_in_a_file_name(
    text_only: Typed, tmp_path: Path
) -> None:
    table = tmp_path / "gesprek met mevrouw Verzonnen.csv"
    table.write_text("Bel mevrouw Verzonnen op 06-12345678;3\nGoed;4\nPrima;5\n")
    said = text_only("scan", str(table))
    assert said.code == 1
    assert "kolom 1" in said.out
    assert "bestand 1" in said.out
    assert "Verzonnen" not in said.out + said.err


def test_scan_reads_documents_and_workbooks(text_only: Typed, tmp_path: Path) -> None:
    import docx
    from openpyxl import Workbook

    document = docx.Document()
    document.add_paragraph("Het nummer is 06-12345678.")
    document.sections[0].header.paragraphs[0].text = "Mail naar jan@voorbeeld.nl"
    document.save(tmp_path / "verslag.docx")
    book = Workbook()
    book.active.append(["toelichting"])
    book.active.append(["Bel 06-12345678"])
    book.save(tmp_path / "antwoorden.xlsx")
    said = text_only("scan", str(tmp_path))
    assert said.code == 1
    assert said.out.count("PHONE") == 2
    assert "EMAIL" in said.out


def test_scan_says_when_it_could_not_read_a_file(text_only: Typed, tmp_path: Path) -> None:
    (tmp_path / "brief.pdf").write_bytes(b"%PDF-1.4")
    said = text_only("scan", str(tmp_path / "brief.pdf"))
    assert said.code == 3
    assert "pdf" in said.err


def test_eval_prints_recall_on_annotated_texts(text_only: Typed, tmp_path: Path) -> None:
    start = TEXT.index("06-")
    gold = {"id": "1", "kind": "ceo_open", "text": TEXT, "neutral": []}
    spans = [{"start": start, "end": start + 11, "label": "PHONE"}]
    (tmp_path / "gold.jsonl").write_text(json.dumps({**gold, "spans": spans}) + "\n")
    said = text_only("eval", str(tmp_path / "gold.jsonl"))
    assert said.code == 0, said.err
    assert "PHONE" in said.out
    assert "100.0" in said.out
    (tmp_path / "wrong.jsonl").write_text('{"id": "1"}\n')
    assert text_only("eval", str(tmp_path / "wrong.jsonl")).code == 1


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("oud.jsonl", '{"id": "één"}'.encode("latin-1"), "geen UTF-8"), ("los.jsonl.gz", b"{}", "uitgepakt")],
)
def test_eval_refuses_a_file_it_cannot_read(text_only: Typed, tmp_path: Path, name: str, content: bytes, said: str):
    (tmp_path / name).write_bytes(content)
    refused = text_only("eval", str(tmp_path / name))
    assert (refused.code, said in refused.err, "onverwachte" in refused.err) == (1, True, False)


def test_reading_a_stream_takes_one_line_at_a_time() -> None:
    from toegangspeil.commands.text_files import checked_rows

    lines = (json.dumps({"id": at, "text": "x" * 1000}).encode() for at in range(50_000))
    tracemalloc.start()
    count = sum(1 for _ in checked_rows(lines))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 50_000
    assert peak < 1_000_000


def test_files_and_folders_are_read_as_texts(text_only: Typed, tmp_path: Path) -> None:
    (tmp_path / "los.jsonl").write_text(jsonl(TEXT, "Alles ging goed."), encoding="utf-8")
    (tmp_path / "map").mkdir()
    (tmp_path / "map" / "verhaal.txt").write_text(f"Eerst niets.\n{TEXT}\n", encoding="utf-8")
    found = rows(text_only("anonymise", str(tmp_path / "los.jsonl"), str(tmp_path / "map")))
    assert [row["id"] for row in found] == ["0", "1", "verhaal.txt"]
    assert "Verzonnen" not in found[2]["text"]
    assert found[2]["text"].startswith("Eerst niets.\n")


def test_the_name_of_a_file_that_names_somebody_is_not_repeated(text_only: Typed, tmp_path: Path) -> None:
    (tmp_path / "gesprek met Fatima Verzonnen.txt").write_text("Alles ging goed.", encoding="utf-8")
    assert [row["id"] for row in rows(text_only("detect", str(tmp_path)))] == ["bestand 1"]


def test_a_table_is_no_text(text_only: Typed, tmp_path: Path) -> None:
    (tmp_path / "antwoorden.csv").write_text("naam;antwoord\nPiet Verzonnen;goed\n", encoding="utf-8")
    said = text_only("anonymise", str(tmp_path / "antwoorden.csv"))
    assert said.code == 1
    assert "antwoorden.csv: geen tekstbestand" in said.err
    assert "Verzonnen" not in said.out + said.err
