"""The XLSX template that goes with a codebook: lists to choose from and a sheet that explains, in Dutch."""

import io
from collections import Counter

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from domain.instruments import Codebook, Column
from domain.vocabulary import ColumnClass, ColumnType
from ingest.expected import labels_of
from ingest.sheets import sheet_name
from ingest.words import header_key

ROWS = 500
_HEAD = PatternFill("solid", fgColor="154273")
_HINT = PatternFill("solid", fgColor="E5F0F9")
_KINDS = {
    ColumnType.INTEGER: "heel getal",
    ColumnType.DECIMAL: "getal (komma mag)",
    ColumnType.DATE: "datum: dd-mm-jjjj",
    ColumnType.YESNO: "ja of nee",
    ColumnType.TEXT: "tekst, zonder namen",
    ColumnType.IDENTIFIER: "nummer of code, geen naam",
    ColumnType.CATEGORY: "kies uit de lijst",
    ColumnType.SCALE: "kies uit de lijst",
    ColumnType.TAGS: "een of meer codes, met een puntkomma ertussen",
}
"""How a cell is filled in. Under a head this must not look like an answer: then a reader would take it for one."""


def template(codebook: Codebook) -> bytes:
    """The workbook: an explanation, a sheet per table with drop-down lists, and the lists themselves.

    Columns that name somebody are left out, except the number of the person or journey.
    """
    book = Workbook()
    explained = book.active
    explained.title = "Uitleg"
    choices = book.create_sheet("Keuzes")
    lists: dict[tuple[str, ...], str] = {}
    for table in codebook.tables:
        _fill(book.create_sheet(sheet_name(codebook, table)), codebook, table, choices, lists)
    book.move_sheet(choices, offset=len(book.sheetnames))
    _explain(explained, codebook)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def asked(codebook: Codebook, table: str) -> dict[str, Column]:
    """The columns that a template asks for."""
    kept = {
        name: column
        for name, column in codebook.tables[table].items()
        if column.cls is not ColumnClass.DIRECT or name == codebook.person
    }
    return {name: column for name, column in kept.items() if name not in ("gemeente", "doelgroep")}


def heads(codebook: Codebook, table: str) -> dict[str, str]:
    """Column -> its head in words; its name where it has no words of its own, so that no two heads are alike."""
    columns = asked(codebook, table)
    words = Counter(header_key(column.text) for column in codebook.tables[table].values())
    return {name: column.text if words[header_key(column.text)] == 1 else name for name, column in columns.items()}


def _fill(
    sheet: Worksheet, codebook: Codebook, table: str, choices: Worksheet, lists: dict[tuple[str, ...], str]
) -> None:
    words = heads(codebook, table)
    for at, (name, column) in enumerate(asked(codebook, table).items(), start=1):
        head, hint = sheet.cell(1, at, words[name]), sheet.cell(2, at, _KINDS[column.type])
        head.font, head.fill = Font(bold=True, color="FFFFFF"), _HEAD
        hint.fill = _HINT
        head.alignment = hint.alignment = Alignment(wrap_text=True, vertical="top")
        letter = get_column_letter(at)
        sheet.column_dimensions[letter].width = 34 if column.type is ColumnType.TEXT else 20
        answers = _answers(codebook, column)
        if answers:
            if answers not in lists:
                lists[answers] = _add_list(choices, answers, len(lists) + 1)
            check = DataValidation("list", formula1=lists[answers], allow_blank=True)
            check.showErrorMessage = column.type is not ColumnType.TAGS
            check.error, check.errorTitle = "Kies een antwoord uit de lijst.", "Niet in de lijst"
            check.add(f"{letter}3:{letter}{ROWS}")
            sheet.add_data_validation(check)
    sheet.freeze_panes = "A3"
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 78, 48


def _answers(codebook: Codebook, column: Column) -> tuple[str, ...]:
    """What the drop-down offers: words, because they are clearer than codes; codes where several go together."""
    if column.type is ColumnType.YESNO:
        return ("ja", "nee")
    labels = labels_of(codebook, column)
    return tuple(labels) if column.type is ColumnType.TAGS else tuple(label or code for code, label in labels.items())


def _add_list(choices: Worksheet, answers: tuple[str, ...], place: int) -> str:
    for row, answer in enumerate(answers, start=1):
        choices.cell(row, place, answer)
    letter = get_column_letter(place)
    return f"Keuzes!${letter}$1:${letter}${len(answers)}"


def _explain(sheet: Worksheet, codebook: Codebook) -> None:
    """What every column means, in words."""
    lines = [
        (codebook.title, ""),
        (f"Codeboek {codebook.reference}", ""),
        ("", ""),
        ("Zo vult u dit in", ""),
        ("Laat de twee bovenste rijen van elk blad staan. Begin op rij 3.", ""),
        ("Schrijf geen namen, adressen, geboortedata of telefoonnummers. Een BSN mag nergens staan.", ""),
        ("Geef elke persoon of reis een eigen nummer, zonder betekenis. Gebruik op elk blad hetzelfde nummer.", ""),
        ("Weet u het niet? Laat de cel leeg.", ""),
        ("", ""),
    ]
    for table in codebook.tables:
        lines.append((f"Blad {sheet_name(codebook, table)}", ""))
        words = heads(codebook, table)
        for name, column in asked(codebook, table).items():
            answers = "; ".join(
                f"{code} = {label or 'nog geen tekst'}" for code, label in labels_of(codebook, column).items()
            )
            must = " (verplicht)" if column.required else ""
            lines.append(
                (f"{words[name]}{must}", _KINDS[column.type] + (f": {answers}" if answers else "") + f" ({name})")
            )
        lines.append(("", ""))
    for row, (left, right) in enumerate(lines, start=1):
        first, second = sheet.cell(row, 1, left), sheet.cell(row, 2, right or None)
        first.font = Font(bold=not right and bool(left) and row in (1, 4))
        first.alignment = Alignment(wrap_text=bool(right), vertical="top")
        second.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width = 44
    sheet.column_dimensions["B"].width = 110
