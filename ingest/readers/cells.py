"""What a reader of values would lose, or read otherwise than the screen shows it; and what is too much to read."""

from enum import StrEnum

from domain.errors import InputRejected

MOST_COLUMNS = 2_000
MOST_CELLS = 40_000_000
MOST_TEXT = 400_000_000
"""Bytes in all cells together; a file of a few kB can stand for any number of cells with the same text."""


class Lost(StrEnum):
    """What is in the way, in the words of the message.

    Words beside the cells; formulas without an outcome, that would be read as no answer; formulas that point nowhere
    (any more), of which the outcome is lost; in a table of shares 81,5 %, that is 0,815 in the file.
    """

    COMMENTS = "er staan opmerkingen bij cellen; neem over wat nodig is, verwijder ze en lever opnieuw aan"
    UNCALCULATED = (
        "er staan formules in die nog niet zijn uitgerekend; open de werkmap, bewaar die en lever opnieuw aan"
    )
    FAILED = "er staan cellen in met #VERW! of #NAAM?; verbeter de formules of zet de waarden erin"
    PERCENTAGES = "er staan cellen in met procent-opmaak; maak er gewone getallen van (81,5 in plaats van 81,5%)"


def check_extent(columns: int, rows: int, where: str) -> None:
    """A sheet is read as a full rectangle: one far cell would ask for all cells before it."""
    if columns > MOST_COLUMNS or columns * rows > MOST_CELLS:
        raise InputRejected(
            f"{where}: een blad heeft gevulde cellen heel ver naar rechts of naar onderen; "
            f"kopieer alleen de tabel naar een nieuw blad en lever opnieuw aan"
        )


def check_text(size: int, where: str) -> None:
    """Raises InputRejected for more bytes in all cells together than an unpacked file may have."""
    if size > MOST_TEXT:
        raise too_much(where)


def too_much(where: str) -> InputRejected:
    """The refusal of a file that is small, and huge once it is read."""
    return InputRejected(
        f"{where}: in de cellen staat veel meer tekst dan wij kunnen lezen; maak de export opnieuw, of splits het "
        f"bestand in meer bestanden van dezelfde aanlevering"
    )


def refusal(lost: Lost, where: str) -> InputRejected:
    """The error that says what is in the way, and what now."""
    return InputRejected(f"{where}: {lost}")
