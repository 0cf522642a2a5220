"""An XLSX workbook looked through before its cells are read.

In patterns a tag ends at `<` as well: it cannot stand inside one, and a part full of them is then read only once.
"""

import re
from collections.abc import Mapping

from ingest.readers import cells

_CELL = re.compile(rb"""<(?:\w+:)?c\s(?:[^<>]*?\s)?r=["']([A-Za-z]{1,3})(\d{1,7})["']""")
_ROW = re.compile(rb"""<(?:\w+:)?row\s(?:[^<>]*?\s)?r=["'](\d{1,7})["']""")
_PLACELESS = re.compile(rb"<(?:\w+:)?c(?:\s(?![^<>]*?\br=)|>)")
_UNCALCULATED = re.compile(
    rb"""<(?:\w+:)?c\b(?![^<>]*t=["']str["'])[^<>]*>\s*+<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>[^<]*</(?:\w+:)?f>)"""
    rb"""\s*+(?:<(?:\w+:)?v\s*+/>|<(?:\w+:)?v>\s*+</(?:\w+:)?v>)?\s*+</(?:\w+:)?c>"""
)
_FAILED = re.compile(rb"<(?:\w+:)?v>#(?:REF!|NAME\?)</")
_COMMENTS = re.compile(r"comments?\d*\.xml$", re.IGNORECASE)
_CUSTOM = re.compile(rb"""<(?:\w+:)?numFmt\b(?=[^<>]*numFmtId="(\d+)")[^<>]*formatCode="([^"]*)\"""")
_LITERAL = re.compile(rb"&quot;.*?&quot;|\\\\.")
_FORMAT = re.compile(rb"""<(?:\w+:)?xf\b[^<>]*?numFmtId="(\d+)\"""")
_STYLED = re.compile(rb"""<(?:\w+:)?c\b[^<>]*?\bs=["'](\d+)["'][^<>/]*>""")
_PERCENT = frozenset({b"9", b"10"})
_WIDEST = 2_001  # more than any sheet may have
_SHARED = "sharedstrings.xml"
_STRING = re.compile(rb"</(?:\w+:)?si>")
_MEANT = re.compile(rb"""<(?:\w+:)?c\b[^<>]*?\bt=["']s["'][^<>]*>\s*+<(?:\w+:)?v>\s*+(\d{1,9})\s*+<""")


def check(parts: Mapping[str, bytes], where: str, *, counted: bool) -> None:
    """Raises InputRejected unless all is in the cells, and every cell says what it shows.

    counted: a table of shares, in which a percentage would be read as a hundredth of it.
    """
    if any(map(_COMMENTS.search, parts)):
        raise cells.refusal(cells.Lost.COMMENTS, where)
    cells.check_text(_shared_text(parts), where)
    percent = _percent_styles(parts.get("xl/styles.xml", b"")) if counted else frozenset()
    for content in parts.values():
        if b"sheetData" not in content:
            continue
        cells.check_extent(*_extent(content), where)
        if _UNCALCULATED.search(content):
            raise cells.refusal(cells.Lost.UNCALCULATED, where)
        if _FAILED.search(content):
            raise cells.refusal(cells.Lost.FAILED, where)
        if percent and not percent.isdisjoint(_STYLED.findall(content)):
            raise cells.refusal(cells.Lost.PERCENTAGES, where)


def _shared_text(parts: Mapping[str, bytes]) -> int:
    """Bytes of the texts that stand in the file once and in many cells, as each cell gets its own copy."""
    shared = [one for name, content in parts.items() if name.casefold().endswith(_SHARED) for one in _sizes(content)]
    pointing = [content for content in parts.values() if shared and b"sheetData" in content]
    if max(shared, default=0) * sum(content.count(b"<") for content in pointing) <= cells.MOST_TEXT:
        return 0  # not even when every cell had the longest
    places = (int(place) for content in pointing for place in _MEANT.findall(content))
    return sum(shared[place] for place in places if place < len(shared))


def _sizes(content: bytes) -> list[int]:
    return [len(one) for one in _STRING.split(content)[:-1]]


def _percent_styles(styles: bytes) -> frozenset[bytes]:
    """The numbers of the cell styles that show a value as a percentage."""
    percent = _PERCENT | {number for number, shape in _CUSTOM.findall(styles) if b"%" in _LITERAL.sub(b"", shape)}
    used = _FORMAT.findall(styles.partition(b"cellXfs")[2].partition(b"cellXfs")[0])
    return frozenset(b"%d" % at for at, found in enumerate(used) if found in percent)


def _extent(content: bytes) -> tuple[int, int]:
    """Columns and rows up to the last cell of a sheet; a cell may leave out its place."""
    columns, rows = 0, 0
    for letters, row in _CELL.findall(content):
        columns, rows = max(columns, _number(letters.upper())), max(rows, int(row))
    if placeless := len(_PLACELESS.findall(content)):
        columns = max(columns, min(placeless, _WIDEST))
        rows = max([rows, *map(int, _ROW.findall(content))])
    return columns, rows


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
