"""How Dutch writes numbers, days and some of our closed lists of words, for certificates, letters and reports."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from domain.vocabulary import Purpose

LOCAL = ZoneInfo("Europe/Amsterdam")
PURPOSE_WORDS = {
    Purpose.BENADEREN: "iemand benaderen", Purpose.DEELNAME: "meedoen aan het onderzoek",
    Purpose.OPNAME_AUDIO: "een gesprek opnemen", Purpose.CITAAT_PUBLICEREN: "een citaat publiceren",
    Purpose.HERCONTACT: "later nog eens contact opnemen", Purpose.DELEN_MOVISIE: "delen met Movisie",
}  # fmt: skip
DOELGROEP_WORDS = {
    "inwoner": "inwoners", "client": "cliënten", "ouder": "ouders", "jongere": "jongeren",
    "mantelzorger": "mantelzorgers", "vertegenwoordiger": "vertegenwoordigers", "professional": "professionals",
}  # fmt: skip

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
