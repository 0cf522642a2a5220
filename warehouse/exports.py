"""Published tables as files: CSV, Parquet, datapackage.json, tabellenboek. Equal tables give equal bytes."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from domain.dutch import DOELGROEP_WORDS, day
from domain.instruments import awaited
from domain.vocabulary import TOTAAL, Audience
from storage.spreadsheet import FORMULA_SIGNS, harmless_cell
from warehouse.schema import TABLES, Table

_FORMULA = f"^[{re.escape(FORMULA_SIGNS)}]"
_FRICTIONLESS = {"VARCHAR": "string", "INTEGER": "integer", "DOUBLE": "number", "BOOLEAN": "boolean", "DATE": "date"}
_SHEETS = {
    "fact_response": "Respons",
    "fact_result": "Uitkomsten",
    "fact_distribution": "Antwoorden",
    "fact_improvement": "Verbeterwensen",
    "fact_theme": "Thema's",
    "fact_klantreis_phase": "Klantreis",
    "fact_klantreis_aspect": "Klantreis aspecten",
    "fact_finding": "Bevindingen",
    "fact_quote": "Citaten",
}
_HEADERS = {
    "area": "Gebied", "instrument": "Methode", "meting": "Meting", "doelgroep": "Doelgroep", "question": "Vraag",
    "statistic": "Maat", "breakdown": "Uitsplitsing", "breakdown_value": "Groep", "value": "Waarde",
    "label": "In woorden", "step": "Stap", "base": "Aantal mensen", "base_band": "Klasse aantal",
    "ci_low": "Ondergrens", "ci_high": "Bovengrens", "status": "Status", "n_gemeenten": "Aantal gemeenten",
    "answer": "Antwoord", "uitgangspunt": "Uitgangspunt", "invited": "Gevraagd", "responded": "Deden mee",
    "responded_band": "Klasse deelnemers", "rate": "Respons (%)", "steekproef": "Steekproef",
    "includes": "Samengevoegd", "kind": "Soort", "phase": "Fase", "theme": "Thema", "share": "Aandeel (%)",
    "gemeenten_met": "Gemeenten met", "gemeenten_totaal": "Gemeenten totaal", "aspect": "Aspect",
    "share_positive": "Positief (%)", "share_neutral": "Neutraal (%)", "share_negative": "Negatief (%)",
    "text": "Tekst", "expires": "Te gebruiken tot", "positive": "Telt als positief", "finding": "Nummer",
    "quote": "Nummer", "share_since": "Voor het eerst in uitgave",
}  # fmt: skip
_WIDE = {
    "area": 32, "instrument": 42, "question": 60, "statistic": 36, "status": 36, "uitgangspunt": 50, "phase": 28,
    "theme": 28, "answer": 28, "label": 22, "text": 90, "steekproef": 22, "includes": 28,
}  # fmt: skip
"""How wide a column is, in characters; any other as wide as its name."""
_HIDDEN = {"release", "rule_version", "place", "theme_label", "phase_label"}
_MEASURES = {
    "share_positive": "aandeel dat het eens is (%)", "share_positive_weighted": "aandeel dat het eens is, gewogen (%)",
    "mean": "gemiddelde", "mean_weighted": "gemiddelde, gewogen", "majority": "meerderheid in het klantenpanel",
    "known": "elders geteld (%)",
}  # fmt: skip
_WHOLE = {"breakdown": "iedereen", "breakdown_value": "iedereen", "phase": "hele reis"}
STEEKPROEF_WORDS = {
    "allen": "iedereen gevraagd", "aselect": "door loting gekozen", "open_link": "open link",
    "gericht": "gericht gekozen", "gemengd": "verschillend",
}  # fmt: skip
STATUS_WORDS = {
    "published": "gepubliceerd",
    "indicative": "indicatief (minder dan 30 mensen)",
    "suppressed": "kleine groep beschermd",
    "not_comparable": "niet te vergelijken: anders gevraagd",
}


def harmless(text: pa.ChunkedArray) -> pa.ChunkedArray:
    """Text that no spreadsheet takes for a formula: an apostrophe before = + - @ and control characters."""
    risky = pc.fill_null(pc.match_substring_regex(text, _FORMULA), False)
    return pc.if_else(risky, pc.binary_join_element_wise("'", text, ""), text)


def csv_bytes(table: pa.Table) -> bytes:
    """UTF-8 CSV with commas and decimal points; empty = NULL."""
    for place, field in enumerate(table.schema):
        if pa.types.is_string(field.type):
            table = table.set_column(place, field.name, harmless(table.column(place)))
    buffer = io.BytesIO()
    pacsv.write_csv(table, buffer, pacsv.WriteOptions(include_header=True, quoting_style="needed"))
    return buffer.getvalue()


def parquet_bytes(table: pa.Table) -> bytes:
    """Parquet with the comments of the schema left out, so that bytes depend on the rows only."""
    buffer = io.BytesIO()
    pq.write_table(table.combine_chunks(), buffer, compression="zstd", version="2.6")
    return buffer.getvalue()


def datapackage(release: str, title: str, tables: Mapping[str, pa.Table]) -> bytes:
    """Frictionless descriptor; `toegangspeil:role` says which fields are groups, answers or figures."""
    package = {
        "profile": "tabular-data-package",
        "name": f"toegangspeil-{release}".lower(),
        "title": title,
        **_terms(tables),
        "resources": [_resource(table) for table in TABLES if table.name in tables],
    }
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def _terms(tables: Mapping[str, pa.Table]) -> dict[str, Any]:
    """An open licence for what is public; for the rest who may have it."""
    info = tables["release_info"].to_pylist()[0]
    if info["audience"] == Audience.OPENBAAR.value:
        return {"licenses": [{"name": "CC-BY-4.0", "title": "Creative Commons Naamsvermelding 4.0"}]}
    recipients = f" en {info['recipients']}" if info["recipients"] else ""
    return {"description": f"Niet openbaar: alleen voor deelnemers{recipients}. Geef deze bestanden niet door."}


def _resource(table: Table) -> dict[str, Any]:
    fields = [
        {
            "name": column.name,
            "type": _FRICTIONLESS[column.type],
            "description": column.comment,
            "toegangspeil:role": "answer" if column.answer else "group" if column.key else "figure",
            **({"constraints": {"required": True}} if column.key else {}),
        }
        for column in table.columns
    ]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "description": table.comment,
        "path": f"csv/{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "primaryKey": table.keys, "missingValues": [""]},
    }


def tabellenboek(tables: Mapping[str, pa.Table]) -> bytes:
    """XLSX for readers: a sheet per table with labels instead of codes; totals, and breakdowns of pooled lines."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    names = Labels(tables)
    first = book.create_sheet("Lees mij")
    first.column_dimensions["A"].width = 110
    for line in _read_me(tables):
        first.append([line])
    for name, title in _SHEETS.items():
        if name not in tables or not tables[name].num_rows:
            continue
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "B2"
        shown = [column for column in tables[name].column_names if column not in _HIDDEN]
        rows = _readable(tables[name], names)
        for place, column in enumerate(shown, 1):
            letter = get_column_letter(place)
            sheet.column_dimensions[letter].width = _WIDE.get(column, len(_HEADERS[column]) + 4)
        sheet.auto_filter.ref = f"A1:{letter}{len(rows) + 1}"
        sheet.append([_bold(sheet, _HEADERS[column], Font) for column in shown])
        for row in rows:
            sheet.append([_cell(names.of(column, row)) for column in shown])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _bold(sheet: Any, text: str, font: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=text)
    cell.font = font(bold=True)
    return cell


def _cell(value: Any) -> Any:
    return harmless_cell(value) if isinstance(value, str) else value


def _read_me(tables: Mapping[str, pa.Table]) -> Iterator[str]:
    info = tables["release_info"].to_pylist()[0] if "release_info" in tables else {}
    yield f"Tabellenboek {info.get('title') or ''}".strip()
    yield f"Uitgave {info.get('release', '')}, gepubliceerd op {day(str(info.get('published_on', '')))}."
    yield f"Een groep van minder dan {info.get('minimum', 10)} mensen staat er niet in: dat is niet nul."
    yield "Indicatief: minder dan 30 mensen. Lees deze cijfers voorzichtig."
    yield "Niet te vergelijken: de gemeente vroeg het anders. Vergelijk deze cijfers niet met die van anderen."
    yield "Gebieden staan op alfabet. Er is geen rangorde."
    yield "Waarde is afgerond op Stap. Verschillen die kleiner zijn dan de stap zeggen niets."
    if info.get("audience") != Audience.OPENBAAR.value:
        yield "Dit bestand is niet openbaar. Geef het alleen aan wie als ontvanger is genoemd."
    if any(tables[name].num_rows > MOST_ROWS for name in _SHEETS if name in tables):
        yield "Deze uitgave is groot: sommige bladen tonen alleen opgetelde regels. Alles staat in de DuckDB en de CSV."


def _readable(table: pa.Table, names: Labels) -> list[dict[str, Any]]:
    """Rows for a sheet; a country full of gemeenten keeps its pooled lines only (the rest is in DuckDB and CSV)."""
    if "breakdown" in table.column_names:
        whole = pc.equal(table.column("breakdown"), TOTAAL)
        table = table.filter(pc.or_(whole, pc.is_in(table.column("area"), names.pooled_areas)))
    if table.num_rows > MOST_ROWS:
        table = table.filter(pc.is_in(table.column("area"), names.pooled_areas))
    rows: list[dict[str, Any]] = table.to_pylist()
    return sorted(rows, key=lambda row: (names.of("area", row) or "", *(str(row.get(key)) for key in _SORT)))


MOST_ROWS = 10_000
_SORT = ("instrument", "meting", "doelgroep", "question", "uitgangspunt", "kind", "phase", "theme")


class Labels:
    """Readable names for the codes in the published tables."""

    def __init__(self, tables: Mapping[str, pa.Table]) -> None:
        rows = {name: tables[name].to_pylist() for name in tables if name.startswith("dim_")}
        self._areas = {row["area"]: row for row in rows.get("dim_area", [])}
        self._simple = {
            "area": {code: row["name"] for code, row in self._areas.items()},
            "instrument": {row["instrument"]: row["title"] for row in rows.get("dim_instrument", [])},
            "uitgangspunt": {row["uitgangspunt"]: row["label"] for row in rows.get("dim_uitgangspunt", [])},
            "doelgroep": DOELGROEP_WORDS,
            "status": STATUS_WORDS,
            "statistic": _MEASURES,
            "kind": {"gaat_goed": "gaat goed"},
            "steekproef": STEEKPROEF_WORDS,
            "phase": _phases(tables),
            "positive": {True: "ja", False: "nee"},
        }
        self._questions = {(row["instrument"], row["question"]): row for row in rows.get("dim_question", [])}
        self._groups = {(r["breakdown"], r["breakdown_value"]): r["label"] for r in rows.get("dim_breakdown", [])}

    @property
    def pooled_areas(self) -> pa.Array:
        """Codes of lines over several gemeenten."""
        return pa.array([code for code, row in self._areas.items() if row["pooled"]], pa.string())

    def principle(self, code: str | None) -> str:
        """Wording of an uitgangspunt; its id while Movisie has not supplied one."""
        label = str(self._simple["uitgangspunt"].get(code, code)) if code else ""
        return awaited(code) if code and label == code else label

    def question(self, instrument: str, name: str) -> str:
        """Wording of a question, and where another list has the same words what is different here."""
        asked = self._questions.get((instrument, name), {})
        words = str(asked.get("text") or self.principle(asked.get("uitgangspunt")) or name)
        usual = self._questions.get((instrument, asked.get("item", name)), asked)
        return words if usual is asked or usual["text"] != asked["text"] else f"{words} ({otherwise(asked, usual)[0]})"

    def of(self, column: str, row: Mapping[str, Any]) -> Any:
        """What a reader sees in this column of this row."""
        value = row.get(column)
        if column == "question":
            return self.question(row["instrument"], row["question"])
        if column == "uitgangspunt" and value:
            return self.principle(value)
        if value == TOTAAL and column in _WHOLE:
            return _WHOLE[column]
        if column == "includes":
            return _together(value)
        if column == "breakdown_value":
            return self._groups.get((row["breakdown"], value), value)
        if column == "theme":
            return row.get("theme_label") or value
        if column == "phase" and row.get("phase_label"):
            return row["phase_label"]
        return self._simple.get(column, {}).get(value, value)


def _together(doelgroepen: str | None) -> str | None:
    """'client | vertegenwoordiger' -> 'cliënten en vertegenwoordigers'; nothing where nobody was merged."""
    merged = (doelgroepen or "").split(" | ")
    return " en ".join(DOELGROEP_WORDS.get(one, one) for one in merged) if len(merged) > 1 else None


def _phases(tables: Mapping[str, pa.Table]) -> dict[str, str]:
    """The label of every phase, from the tables that carry it beside the code."""
    pairs = [table.select(["phase", "phase_label"]) for table in tables.values() if "phase_label" in table.schema.names]
    return {row["phase"]: row["phase_label"] for table in pairs for row in table.to_pylist() if row["phase_label"]}


def otherwise(asked: Mapping[str, Any], usual: Mapping[str, Any]) -> list[str]:
    """What is different between two rows of dim_question, the answers first; never nothing."""
    found = []
    if set(str(asked["scale"]).split(" | ")) != set(str(usual["scale"]).split(" | ")):
        found.append("andere antwoorden")
    if asked["base_rule"] != usual["base_rule"]:
        found.append("'geen mening' telt mee" if asked["base_rule"] == "all_valid" else "'geen mening' telt niet mee")
    if asked["text"] != usual["text"]:
        found.append("andere tekst")
    return found or ["anders gevraagd"]
