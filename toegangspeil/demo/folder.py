"""One made-up delivery on disk: files, manifest, and what the demo says about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from storage.codebooks import Codebooks
from storage.yaml import write_yaml

_LAW = {
    "ceo_wmo": ("6_1_c_wmo_2_5_1", {"ground": "wmo_5_1_1", "reason": "wettelijk onderzoek, artikel 2.5.1 Wmo 2015"}),
    "ceo_jeugd": ("6_1_c_jeugdwet_2_10", {"ground": "jeugdwet_7_4_0", "reason": "wettelijk onderzoek, Jeugdwet 2.10"}),
    "aggregaat": ("6_1_c_wmo_2_5_1", None),
}
_CONSENT = {"ground": "uitdrukkelijke_toestemming", "reason": "gevraagd voor het gesprek, per doel"}
_STATISTICS = {"ground": "uavg_24", "reason": "statistiek; toestemming vragen is hier niet te doen"}
_WITHOUT_HEALTH = ("klantreis_schaduw", "klantreis_gezamenlijk", "dialoogtafel")
_INTERVIEWS = ("klantreis", "klantreis_transcript", "verhaal", "klantenpanel")


@dataclass(frozen=True)
class DemoDelivery:
    """What was written. `refused`: why the intake will not take it (empty when it will)."""

    folder: Path
    area: str
    instrument: str
    meting: str
    doelgroepen: tuple[str, ...]
    rows: int
    refused: str = ""
    ontvangstcode: str | None = None


@dataclass(frozen=True)
class Box:
    """Where deliveries go, and the seed of everything in them."""

    inbox: Path
    seed: int

    def random(self, *names: str) -> Random:
        """Chance that depends on the seed and the delivery, not on what was written before."""
        return Random("/".join((str(self.seed), *names)))  # noqa: S311 (made-up data, no secret)

    def folder(self, area: str, name: str) -> Path:
        """A new folder in the inbox."""
        path = self.inbox / area / name
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        return path


def figures(responded: int, rate: float, steekproef: str = "allen") -> dict[str, Any]:
    """Invited and population that fit a number of answers and a response rate."""
    invited = max(responded, round(responded / rate))
    return {"invited": invited, "population": round(invited * 1.6), "steekproef": steekproef}


def finish(
    folder: Path,
    area: str,
    instrument: str,
    meting: str,
    codebook: str,
    doelgroepen: Mapping[str, Mapping[str, Any]],
    files: Sequence[Mapping[str, Any]],
    rows: int,
    *,
    refused: str = "",
    ontvangstcode: str | None = None,
    **more: Any,
) -> DemoDelivery:
    """Write delivery.yaml and say what was made; `more` adds or replaces fields of the manifest."""
    basis, ground = _grounds(instrument)
    content: dict[str, Any] = {
        "gemeenten": [area],
        "instrument": instrument,
        "meting": {"name": meting, "start": f"{meting}-01-01", "end": f"{meting}-06-30"},
        "codebook": codebook,
        "doelgroepen": {name: dict(values) for name, values in doelgroepen.items()},
        "legal_basis": basis,
        "art9_ground": ground,
        "role_movisie": "ontvanger_van_tabellen",
        "notice": f"informatiebrief-{meting}-01",
        "notice_date": f"{meting}-01-05",
        "recipients": ["Movisie"],
        "zichtbaar_voor": "deelnemers",
        "files": [{**file, "codes": {**_meant(codebook, file), **file.get("codes", {})}} for file in files],
    }
    content.update(more)
    write_yaml(folder / "delivery.yaml", {name: value for name, value in content.items() if value is not None})
    return DemoDelivery(folder, area, instrument, meting, tuple(doelgroepen), rows, refused, ontvangstcode)


def _meant(codebook: str, file: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """What the numbers in a file mean: what a shipped codebook says, spelled out as every steward should."""
    shipped = Codebooks()
    if codebook not in shipped.references():
        return {}
    book = shipped.get(codebook)
    columns = book.tables[file.get("table", "rows")].values()
    return {scale: dict(book.scales[scale].values) for scale in sorted({one.scale for one in columns if one.scale})}


def _grounds(instrument: str) -> tuple[str, dict[str, str] | None]:
    if instrument in _LAW:
        return _LAW[instrument]
    if instrument in _WITHOUT_HEALTH:
        return "6_1_e", None
    return ("6_1_a", _CONSENT) if instrument in _INTERVIEWS else ("6_1_e", _STATISTICS)
