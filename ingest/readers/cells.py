"""What a reader of values would lose, or read otherwise than the screen shows it; refused in XLSX and ODS alike."""

from domain.errors import InputRejected

_MOST_COLUMNS = 2_000
_MOST_CELLS = 40_000_000


def check_extent(columns: int, rows: int, where: str) -> None:
    """A sheet is read as a full rectangle: one far cell would ask for all cells before it."""
    if columns > _MOST_COLUMNS or columns * rows > _MOST_CELLS:
        raise InputRejected(
            f"{where}: een blad heeft gevulde cellen heel ver naar rechts of naar onderen; "
            f"kopieer alleen de tabel naar een nieuw blad en lever opnieuw aan"
        )


def comments(where: str) -> InputRejected:
    """Words beside the cells."""
    return InputRejected(
        f"{where}: er staan opmerkingen bij cellen; neem over wat nodig is, verwijder ze en lever opnieuw aan"
    )


def uncalculated(where: str) -> InputRejected:
    """Formulas without an outcome, that would be read as no answer."""
    return InputRejected(
        f"{where}: er staan formules in die nog niet zijn uitgerekend; open de werkmap, sla haar op en lever "
        f"opnieuw aan"
    )


def failed(where: str) -> InputRejected:
    """Formulas that point nowhere (any more): what stood there is lost."""
    return InputRejected(
        f"{where}: er staan cellen in met #VERW! of #NAAM?; verbeter de formules of zet de waarden erin"
    )


def percentages(where: str) -> InputRejected:
    """In a table of shares: one shown as 81,5 % is 0,815 in the file, and would be read so."""
    return InputRejected(
        f"{where}: er staan cellen in met procent-opmaak; maak er gewone getallen van (81,5 in plaats van 81,5%)"
    )
