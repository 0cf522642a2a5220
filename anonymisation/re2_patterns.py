"""Python's own patterns as RE2 reads them: wider, so that every match of theirs is one of these too.

What narrows a pattern (looks ahead and back within it, upper bounds of repeats) is taken away; a letter that is not
ASCII stands there as `gates.py` writes it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from anonymisation.patterns import Pattern

_CLASSES = {
    code.CATEGORY_DIGIT: r"0-9",
    code.CATEGORY_WORD: r"0-9A-Za-z_",
    code.CATEGORY_SPACE: r"\t-\r\x1c- ",
}
_MORE = {code.CATEGORY_DIGIT: "_", code.CATEGORY_WORD: "", code.CATEGORY_SPACE: r"\x7f"}
"""What stands in the bytes for a digit or a space that is not ASCII."""
_BEYOND = r"_\x7f"
_OPPOSITES = {
    code.CATEGORY_NOT_DIGIT: code.CATEGORY_DIGIT,
    code.CATEGORY_NOT_WORD: code.CATEGORY_WORD,
    code.CATEGORY_NOT_SPACE: code.CATEGORY_SPACE,
}


def wider(pattern: Pattern, *, beside: bool = True) -> str:
    """A pattern for RE2 that matches all that this one matches, as `open` writes it, and more.

    beside: with what must stand before and behind a match.
    """
    source, rows = _rows_apart(pattern.pattern)
    items = list(parser.parse(source, pattern.flags))
    wide = _Wider(rows)
    if not (beside and items):
        written = wide.sequence(items)
    else:
        written = wide.beside(items[0], _BACK) + wide.sequence(items) + wide.beside(items[-1], _AHEAD)
    return f"(?i){written}" if pattern.flags & re.IGNORECASE else written


def _rows_apart(source: str) -> tuple[str, dict[int, str]]:
    """A pattern with one private letter in the place of each row of words, and the rows by their letter.

    Both read a row alike, and most of a pattern is rows: Python takes half a second to take them all apart.
    """
    rows: dict[int, str] = {}

    def apart(part: re.Match[str]) -> str:
        if not part.group("row"):
            return part.group()
        letter = _PRIVATE + len(rows)
        rows[letter] = part.group().translate(rows)
        return chr(letter)

    while (shorter := _PARTS.sub(apart, source)) != source:
        source = shorter
    return source, rows


_PRIVATE, _LAST_PRIVATE = 0xE000, 0xF8FF
_PARTS = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|"
    rf"(?P<row>\(\?:[a-z '|?{chr(_PRIVATE)}-{chr(_LAST_PRIVATE)}]+\))",
    re.DOTALL,
)
"""A sign behind a backslash, a class of characters, or a row: in the first two a bracket begins no row."""
_BACK, _AHEAD = -1, 1


class _Wider:
    """Writes a parsed pattern as RE2 wants it, wider where RE2 cannot follow or would need much memory."""

    def __init__(self, rows: Mapping[int, str]) -> None:
        self.rows = rows
        self.groups: dict[int, str] = {}

    def sequence(self, items: Iterable[tuple[Any, Any]]) -> str:
        return "".join(self.item(kind, value) for kind, value in items)

    def item(self, kind: Any, value: Any) -> str:
        if kind is code.LITERAL:
            return self.rows.get(value) or _letter(value)
        if kind is code.NOT_LITERAL:
            return _class([(code.NEGATE, None), (code.LITERAL, value)])
        if kind is code.ANY:
            return r"(?s:.)"
        if kind is code.IN:
            return self.one_of(value)
        if kind is code.BRANCH:
            return f"(?:{'|'.join(self.sequence(branch) for branch in value[1])})"
        if kind is code.SUBPATTERN:
            return self.group(*value)
        if kind in (code.MAX_REPEAT, code.MIN_REPEAT):
            return self.repeated(*value)
        if kind is code.GROUPREF:
            return self.groups[value]
        if kind in (code.ASSERT, code.ASSERT_NOT):
            return ""
        if kind is code.AT:
            return {code.AT_BOUNDARY: r"\b", code.AT_BEGINNING: "^"}.get(value, "")
        raise ValueError(f"no wider form for {kind}")

    def one_of(self, members: Sequence[tuple[Any, Any]]) -> str:
        """A class of characters; Python also writes `(?:…|…)` of two rows as one, since each is a letter here."""
        rows = [self.rows[value] for _, value in members if value in self.rows]
        letters = [member for member in members if member[1] not in self.rows]
        return f"(?:{'|'.join([*rows, _class(letters)] if letters else rows)})" if rows else _class(members)

    def beside(self, item: tuple[Any, Any], direction: int) -> str:
        """What a pattern wants before its beginning or behind its end may as well be part of it."""
        kind, value = item
        if kind not in (code.ASSERT, code.ASSERT_NOT) or value[0] != direction:
            return ""
        if kind is code.ASSERT:
            return f"(?:{self.sequence(value[1])})"
        (inner, members), *more = value[1]
        if more or inner is not code.IN or not all(_may_stand_in_class(*member) for member in members):
            return ""
        return f"(?:{_class([(code.NEGATE, None), *members])}|{'^' if direction == _BACK else '$'})"

    def group(self, number: int | None, flags: int, _: int, inside: Any) -> str:
        written = f"(?{'i' if flags & re.IGNORECASE else ''}:{self.sequence(inside)})"
        if number is not None:
            self.groups[number] = written
        return written

    def repeated(self, least: int, most: Any, inside: Any) -> str:
        part = f"(?:{self.sequence(inside)})"
        if (least, most) == (0, 1):
            return part + "?"
        if least == most:
            return f"{part}{{{least}}}"
        return part * (least - 1) + part + "+" if least else part + "*"


def _letter(number: int) -> str:
    return f"\\x{{{number:x}}}" if number < 128 else f"[{_BEYOND}]"


def _class(items: Sequence[tuple[Any, Any]]) -> str:
    """A class of characters; `\\D` and the like only stand alone in our patterns."""
    if items[0][0] is code.CATEGORY and items[0][1] in _OPPOSITES and len(items) == 1:
        return f"[^{_CLASSES[_OPPOSITES[items[0][1]]]}]"
    if items[0][0] is code.NEGATE:
        without = "".join(
            _member(kind, value) for kind, value in items[1:] if (kind, value) != (code.LITERAL, ord("_"))
        )
        return f"[^{without}]" if without else r"(?s:.)"
    return f"[{''.join(_member(kind, value) + _member_beyond(kind, value) for kind, value in items)}]"


def _may_stand_in_class(kind: Any, value: Any) -> bool:
    return kind in (code.LITERAL, code.RANGE) or (kind is code.CATEGORY and value in _CLASSES)


def _member(kind: Any, value: Any) -> str:
    """The ASCII of a member of a class."""
    if kind is code.CATEGORY:
        return _CLASSES[value]
    first, last = value if kind is code.RANGE else (value, value)
    return f"{_letter(first)}-{_letter(min(last, 127))}" if first < 128 else ""


def _member_beyond(kind: Any, value: Any) -> str:
    """What the rest of it reads as."""
    if kind is code.CATEGORY:
        return _MORE[value]
    return _BEYOND if (value[1] if kind is code.RANGE else value) > 127 else ""
