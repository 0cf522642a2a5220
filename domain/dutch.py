"""How Dutch writes numbers and days, for certificates, letters and reports."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Europe/Amsterdam")

_MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip


def grouped(value: int) -> str:
    """1439 -> '1.439'."""
    return f"{value:,}".replace(",", ".")


def day(text: str) -> str:
    """'2026-11-22' or a moment on that day -> '22 november 2026'; anything else as it is."""
    try:
        found = date.fromisoformat(text[:10])
    except ValueError:
        return text
    return f"{found.day} {_MONTHS[found.month - 1]} {found.year}"


def moment(text: str) -> str:
    """A stored moment in Dutch time: '22 november 2026, 09:30'; anything else as it is."""
    try:
        found = datetime.fromisoformat(text).astimezone(LOCAL)
    except ValueError:
        return text
    return f"{day(found.date().isoformat())}, {found:%H:%M}"
