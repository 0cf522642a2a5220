"""Text that no spreadsheet takes for a formula, for every file that somebody opens in one."""

FORMULA_SIGNS = "=+-@\t\r\n|"


def harmless_cell(text: str) -> str:
    """The text, with an apostrophe before it when it begins as a formula does."""
    return f"'{text}" if text[:1] and text[0] in FORMULA_SIGNS else text
