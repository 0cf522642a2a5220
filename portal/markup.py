"""Which parts of a template's HTML people read: text between tags, and a few attributes."""

import re
from collections.abc import Generator, Iterator

READ_ATTRIBUTES = frozenset({"aria-label", "alt", "title", "placeholder", "data-name"})
_CLOSED = frozenset({"script", "style", "pre"})
"""What is in these is not read out as a sentence; in `pre` every blank and line end counts."""
_IN_TAG = re.compile(r"([\w:-]+)\s*=\s*([\"'])|>")
_OPENS = re.compile(r"<(?=[a-zA-Z/!])")
_NAME = re.compile(r"<[/!]?([\w-]*)")


class MarkupReader:
    """Follows HTML over pieces of a template: in text, in a tag, in the value of an attribute."""

    def __init__(self) -> None:
        self._tag = ""
        self._quote = ""
        self._attribute = ""
        self._inside_tag = False

    @property
    def readable(self) -> bool:
        """Whether what stands here is read by people."""
        if self._quote:
            return self._attribute in READ_ATTRIBUTES
        return not self._inside_tag and self._tag not in _CLOSED

    @property
    def at_rest(self) -> bool:
        """Whether every tag is closed: a template should end so."""
        return not self._inside_tag and not self._quote

    def feed(self, data: str) -> Iterator[tuple[bool, str]]:
        """(readable, text) of a piece, in order; together they are the piece."""
        at = 0
        while at < len(data):
            readable, end = self.readable, self._end(data, at)
            if end > at:
                yield readable, data[at:end]
            at = end
            at = yield from self._turn(data, at)

    def _end(self, data: str, at: int) -> int:
        """Where the present kind of content ends."""
        if self._quote:
            found = data.find(self._quote, at)
            return len(data) if found < 0 else found
        if self._inside_tag:
            part = _IN_TAG.search(data, at)
            return part.start() if part else len(data)
        closing = _OPENS if self._tag not in _CLOSED else re.compile(rf"</{self._tag}")
        opened = closing.search(data, at)
        return opened.start() if opened else len(data)

    def _turn(self, data: str, at: int) -> Generator[tuple[bool, str], None, int]:
        """Step over what ends the present kind; returns where the next begins."""
        start = at
        if at >= len(data):
            return at
        if self._quote:
            self._quote, at = "", at + 1
        elif self._inside_tag:
            part = _IN_TAG.match(data, at)
            assert part is not None
            self._attribute, self._quote = (part[1] or "").lower(), part[2] or ""
            self._inside_tag = bool(part[1])
            at = part.end()
        else:
            name = _NAME.match(data, at)
            assert name is not None
            self._tag = "" if data.startswith("</", at) else name[1].lower()
            self._inside_tag, at = True, name.end()
        yield False, data[start:at]
        return at
