"""Made-up gemeenten: codes from GM9001, names of places that do not exist."""

from dataclasses import dataclass
from pathlib import Path

from storage.atomic import write_atomic

_KNOWN = (
    ("Zilverhoek", 96_000), ("Rietbrugge", 41_000), ("Oudewaterlo", 62_000), ("Klaverhuizen", 28_000),
    ("Molenradeveen", 35_000), ("Duinmeerkerk", 23_000), ("Lindescheer", 54_000), ("Hazeldrecht", 18_000),
    ("Wolfsmere", 44_000), ("Beukenzande", 15_000), ("Ganzenhout", 12_000), ("Vlinderoog", 1_100),
)  # fmt: skip
_FIRST = (
    "Zilver", "Riet", "Klaver", "Molen", "Duin", "Linden", "Hazel", "Wolfs", "Beuken", "Ganzen", "Vlinder", "Zwaluw",
    "Korhoen", "Brem", "Fazant", "Sleedoorn", "Ekster", "Otter", "Salie", "Merel",
)  # fmt: skip
_LAST = (
    "hoekerland", "bruggeveen", "waterlo", "huizerveld", "radezand", "meerkerke", "scheerwolde", "dreghem", "merehout",
    "zandehaar", "houterschans", "oogerwaard", "kampenes", "lakerbroek", "donkerzijl", "heideloo", "wijkerhorn",
    "venneburen",
)  # fmt: skip
_PROVINCES = ("Noordmark", "Middelmark", "Zuidmark")
VERBAND = ("SV9001", "Samenwerkingsverband Beukengans")
VERBAND_OF = ("GM9010", "GM9011")
TINY = "GM9012"


@dataclass(frozen=True)
class DemoGemeente:
    """A gemeente that does not exist."""

    code: str
    name: str
    province: str
    inhabitants: int


def demo_gemeenten(count: int) -> list[DemoGemeente]:
    """The first `count` made-up gemeenten (at most 372)."""
    made = [(first + last, 9_000 + 137 * at % 60_000) for last in _LAST for at, first in enumerate(_FIRST)]
    named = [*_KNOWN, *made][:count]
    return [
        DemoGemeente(f"GM{9001 + at}", name, _PROVINCES[at % len(_PROVINCES)], inhabitants)
        for at, (name, inhabitants) in enumerate(named)
    ]


def write_gemeenten(path: Path, count: int) -> Path:
    """The list of made-up gemeenten, with the verband, as `toegangspeil gemeenten import` reads it."""
    lines = ["code,name,province,members"]
    lines += [f"{one.code},{one.name},{one.province}," for one in demo_gemeenten(count)]
    lines.append(f"{VERBAND[0]},{VERBAND[1]},,{' '.join(VERBAND_OF)}")
    write_atomic(path, ("\n".join(lines) + "\n").encode())
    return path
