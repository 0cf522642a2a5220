"""How the sheets of a template are called, for who writes, recognises or explains one."""

from domain.instruments import Codebook

_SHEETS = {"rows": "Antwoorden", "aspects": "Aspecten", "deelnemers": "Deelnemers"}
_SHEETS_OF = {("klantreis", "rows"): "Reizen"}


def sheet_name(codebook: Codebook, table: str) -> str:
    """The sheet of a table in the template, to write in delivery.yaml."""
    return _SHEETS_OF.get((codebook.instrument, table), _SHEETS.get(table, table.capitalize()))
