"""Letters that run from right to left, set apart from the sentence round them."""

import re

_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_APART = ("\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}")


def isolated(text: str) -> str:
    """The text, set apart where it has letters that run from right to left: what stands round it keeps its order.

    By the characters for it (first strong isolate, pop directional isolate): they work in attributes and drawings too.
    Markup stays markup.
    """
    return text[:0] + _APART[0] + text + _APART[1] if _RIGHT_TO_LEFT.search(text) else text
