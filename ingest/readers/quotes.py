"""Whether the quotation marks of a delimited file pair up: one too many and rows vanish inside a cell."""

import numpy as np
import numpy.typing as npt

_QUOTE, _LINE_ENDS = 0x22, (0x0A, 0x0D)
Bytes = npt.NDArray[np.uint8]


def pair_up(data: bytes, start: int, delimiter: str) -> bool:
    """Whether every quoted cell closes where the cell ends; a mark inside a cell without quotes is only a letter."""
    if data.find(b'"', start) < 0:
        return True
    text = np.frombuffer(data, np.uint8, offset=start)
    marks = np.flatnonzero(text == _QUOTE)
    edges = np.zeros(256, bool)
    edges[[ord(delimiter), *_LINE_ENDS]] = True
    before = _at(text, marks - 1)
    after = _at(text, marks + 1)
    return _plainly(edges, before, after) or _step_by_step(marks.tolist(), edges[before], edges[after])


def _at(text: Bytes, places: npt.NDArray[np.int64]) -> Bytes:
    """The bytes at these places; outside the text it is as if a line ends there."""
    inside = (places >= 0) & (places < len(text))
    found = np.full(len(places), _LINE_ENDS[0], np.uint8)
    found[inside] = text[places[inside]]
    return found


def _plainly(edges: npt.NDArray[np.bool_], before: Bytes, after: Bytes) -> bool:
    """Marks open and close in turn, as every careful program writes them (a doubled mark closes and opens again)."""
    edges = edges.copy()
    edges[_QUOTE] = True
    return len(before) % 2 == 0 and bool(edges[before[::2]].all() and edges[after[1::2]].all())


def _step_by_step(marks: list[int], opens: npt.NDArray[np.bool_], closes: npt.NDArray[np.bool_]) -> bool:
    """As the parser reads: a mark opens at the start of a cell, and must then close at its end."""
    inside, at = False, 0
    while at < len(marks):
        if not inside:
            inside = bool(opens[at])
        elif at + 1 < len(marks) and marks[at + 1] == marks[at] + 1:
            at += 1  # doubled: a mark that belongs to the answer
        elif closes[at]:
            inside = False
        else:
            return False
        at += 1
    return not inside
