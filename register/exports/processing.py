"""The verwerkingsregister (art. 30 AVG), per gemeente and instrument, as JSON, XLSX and a page."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from domain.policy import Retention
from register.exports.activities import PURPOSE, Activity
from register.exports.page import Page, Part, Rows
from storage.spreadsheet import harmless_cell

MEASURES = (
    "namen en nummers vervangen door pseudoniemen met een geheime sleutel per meting; open teksten opgeschoond; "
    "kluis versleuteld (AES-256-GCM) met een sleutel per aanlevering; kleine groepen afgeschermd; "
    "twee handtekeningen voor een bijdrage, een tweede persoon voor een uitgave; logboek dat niet te veranderen is"
)
ABROAD = "het programma stuurt niets weg; in te vullen: waar de server en de reservekopieën staan"
COLUMNS = {
    "verwerking": "Verwerking", "nummer": "Nummer", "verantwoordelijke": "Verwerkingsverantwoordelijke",
    "doel": "Doel", "grondslag": "Grondslag", "bijzondere_gegevens": "Uitzondering art. 9",
    "betrokkenen": "Betrokkenen", "gegevens": "Gegevens", "ontvangers": "Ontvangers", "rol_movisie": "Rol Movisie",
    "doorgifte": "Doorgifte buiten de EER", "bewaren": "Bewaartermijnen", "beveiliging": "Beveiliging",
    "informatiebrief": "Informatiebrief", "metingen": "Metingen", "regels": "Goedgekeurde regels",
}  # fmt: skip
_LINES = [name for name in COLUMNS if name != "verwerking"]


def entry(activity: Activity) -> dict[str, Any]:
    """One activity with the fields that art. 30 asks."""
    return {
        "verwerking": f"{activity.title}, {activity.place}",
        "nummer": activity.id,
        "verantwoordelijke": f"college van burgemeester en wethouders, {activity.place}",
        "doel": PURPOSE,
        "grondslag": list(activity.bases),
        "bijzondere_gegevens": list(activity.art9),
        "betrokkenen": list(activity.people),
        "gegevens": {words: list(names) for words, names in activity.data.items()},
        "ontvangers": list(activity.recipients),
        "rol_movisie": list(activity.movisie),
        "doorgifte": ABROAD,
        "bewaren": retention_words(activity),
        "beveiliging": MEASURES,
        "informatiebrief": list(activity.notices),
        "metingen": list(activity.metingen),
        "regels": activity.policy_fingerprint or "nog niet goedgekeurd",
    }


def retention_words(activity: Activity) -> str:
    """Terms in words, of the policy in force or else the defaults."""
    kept = activity.policy.retention if activity.policy else Retention()
    return (
        f"ruwe gegevens tot publicatie, hoogstens {kept.raw} dagen; gepseudonimiseerde gegevens {kept.pseudonymised} "
        f"dagen; nakijklijst {kept.review} dagen; quarantaine {kept.quarantine} dagen; uitkomsten onbeperkt"
    )


def as_json(found: Sequence[Activity]) -> dict[str, Any]:
    """The register as plain data."""
    return {"verwerkingsregister": [entry(activity) for activity in found]}


def as_page(found: Sequence[Activity]) -> Page:
    """The register to read or print: one activity below the other."""
    parts = [
        Part(row["verwerking"], tables=(Rows(("onderdeel", "inhoud"), tuple(_line(row, name) for name in _LINES)),))
        for row in map(entry, found)
    ]
    nothing = [Part("Verwerkingen", text=("Er is nog niets aangeleverd.",))]
    source = "Register van verwerkingsactiviteiten (artikel 30 AVG). Gemaakt door Toegangspeil uit het register."
    return Page("Verwerkingsregister", parts or nothing, source)


def _line(row: dict[str, Any], name: str) -> tuple[str, str]:
    return COLUMNS[name], _text(row[name]) or "nog niet bekend"


def as_xlsx(found: Sequence[Activity]) -> bytes:
    """The register as a workbook: one sheet, one row an activity."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    sheet = book.active
    sheet.title = "Verwerkingsregister"
    sheet.append(list(COLUMNS.values()))
    for activity in found:
        row = entry(activity)
        sheet.append([harmless_cell(_text(row[name])) for name in COLUMNS])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for cells in sheet.iter_rows(min_row=1):
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for column in sheet.columns:
        sheet.column_dimensions[column[0].column_letter].width = 34
    sheet.freeze_panes = "B2"
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return "\n".join(f"{words}: {', '.join(names)}" for words, names in value.items())
    return "\n".join(value) if isinstance(value, list) else str(value)
