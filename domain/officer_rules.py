"""What two officers agreed on for a word or pattern: it stays, or it always goes."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from domain.errors import PolicyRefused


class Form(StrEnum):
    """How a rule is written."""

    WORD = "word"
    RE2 = "re2"


@dataclass(frozen=True)
class OfficerRule:
    """An approved rule: `allow` keeps a word visible, otherwise the word or pattern is always removed."""

    allow: bool
    form: Form
    value: str
    label: str
    author: str = ""
    approver: str = ""

    def __post_init__(self) -> None:
        if self.approver and self.approver == self.author:
            raise PolicyRefused(
                "herkenningsregel: opsteller en goedkeurder zijn dezelfde; laat een tweede officer goedkeuren"
            )
        if self.form is Form.RE2:
            compile_re2(self.value)

    @property
    def approved(self) -> bool:
        """True when a second officer approved it."""
        return bool(self.approver)


def compile_re2(pattern: str) -> Any:
    """The pattern under RE2 (linear time). Raises PolicyRefused when RE2 does not take it."""
    import re2

    options = re2.Options()
    options.log_errors = False
    options.case_sensitive = False
    try:
        return re2.compile(pattern, options=options)
    except re2.error:
        raise PolicyRefused("herkenningsregel: geen goed RE2-patroon; verbeter het en stel het opnieuw voor") from None
