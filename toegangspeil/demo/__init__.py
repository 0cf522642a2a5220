"""Made-up deliveries of every instrument, for twelve gemeenten that do not exist (or for many, to measure speed).

Nobody should take a demo for a result: codes begin at GM9001, names are of places that do not exist.
"""

from collections.abc import Iterator
from pathlib import Path

from storage.codebooks import Codebooks
from storage.yaml import write_yaml
from toegangspeil.demo import surveys, talks
from toegangspeil.demo.folder import Box, DemoDelivery
from toegangspeil.demo.gemeenten import TINY, VERBAND, VERBAND_OF, DemoGemeente, demo_gemeenten, write_gemeenten

__all__ = [
    "LOCAL_CODEBOOK", "TINY", "VERBAND", "VERBAND_OF", "DemoDelivery", "DemoGemeente", "demo_gemeenten",
    "write_ceo_deliveries", "write_deliveries", "write_gemeenten",
]  # fmt: skip
METINGEN = ("2025", "2026")
LOCAL_CODEBOOK = "toegangsscan_GM9002@2026.1"
_FORMS = ("excel_csv", "xlsx", "sav", "ods", "bom", "utf16")
_SHORT_LIST = ("GM9004", "GM9007", "GM9009")


def write_deliveries(
    inbox: Path, *, gemeenten: int = 12, seed: int = 7, local_codebooks: Path | None = None
) -> list[DemoDelivery]:
    """Write made-up deliveries below `inbox/<area>/`; the same seed gives the same bytes.

    local_codebooks: HOME/codebooks; when given, GM9002 delivers its Toegangsscan with a local extra question.
    """
    box = Box(inbox, seed)
    named = demo_gemeenten(gemeenten)
    return [
        *_ceo(box, named),
        *_other_surveys(box, {gemeente.code for gemeente in named}, local_codebooks),
        *_talks(box, {gemeente.code for gemeente in named}),
    ]


def write_ceo_deliveries(
    inbox: Path, *, gemeenten: int = 342, metingen: tuple[str, ...] = ("2024", "2025", "2026"), rows: int = 300,
    seed: int = 7,
) -> list[DemoDelivery]:  # fmt: skip
    """Only CEO Wmo, as csv, the same number of rows everywhere: to measure speed."""
    box = Box(inbox, seed)
    return [
        surveys.ceo_wmo(box, gemeente.code, meting, rows)
        for meting in metingen
        for gemeente in demo_gemeenten(gemeenten)
    ]


def _ceo(box: Box, named: list[DemoGemeente]) -> Iterator[DemoDelivery]:
    joint = set(VERBAND_OF) <= {gemeente.code for gemeente in named}
    for meting in METINGEN:
        for at, gemeente in enumerate(named):
            if joint and gemeente.code in VERBAND_OF:
                continue
            coded = gemeente.code == "GM9001"
            short = meting == METINGEN[-1] and gemeente.code in _SHORT_LIST
            yield surveys.ceo_wmo(
                box,
                gemeente.code,
                meting,
                surveys.responses(gemeente),
                form=_FORMS[at] if at < len(_FORMS) and not short else "csv",
                reference="ceo_wmo@2025.1" if short else "ceo_wmo@2016.1",
                ontvangstcode=coded and meting == METINGEN[-1],
                # of the delivery that somebody is taken out of, the review list is closed
                doubtful=gemeente.code != TINY and meting == METINGEN[0 if coded else -1],
            )
        if joint:
            yield surveys.ceo_wmo(box, VERBAND[0], meting, 180, verband=True)


def _other_surveys(box: Box, codes: set[str], local_codebooks: Path | None) -> Iterator[DemoDelivery]:
    meting = METINGEN[-1]
    for code, parents, youth in (("GM9001", 120, 64), ("GM9003", 95, 41), ("GM9006", 48, 22)):
        if code in codes:
            yield surveys.ceo_jeugd(box, code, meting, "ouder", parents)
            yield surveys.ceo_jeugd(box, code, meting, "jongere", youth)
    if "GM9008" in codes:
        yield surveys.ceo_jeugd_with_bsn(box, "GM9008", meting, 60)
    scans = {
        "GM9001": {"inwoner": 116, "client": 84, "vertegenwoordiger": 14, "professional": 31},
        "GM9002": {"inwoner": 96, "client": 70, "vertegenwoordiger": 8, "professional": 28},
        "GM9003": {"inwoner": 140, "client": 61, "professional": 35},
        "GM9005": {"inwoner": 75, "client": 52, "vertegenwoordiger": 12, "professional": 22},
        "GM9007": {"inwoner": 58, "client": 40, "professional": 17},
    }
    for code, numbers in scans.items():
        if code in codes and code == "GM9002" and local_codebooks is not None:
            _write_local_codebook(local_codebooks)
            yield surveys.toegangsscan(box, code, meting, numbers, LOCAL_CODEBOOK, Codebooks(local_codebooks))
        elif code in codes:
            yield surveys.toegangsscan(box, code, meting, numbers)
    for code, n in (("GM9002", 130), ("GM9005", 88)):
        if code in codes:
            yield surveys.straatenquete(box, code, meting, n)
    for code, n in (("GM9004", 46), ("GM9006", 34)):
        if code in codes:
            yield surveys.ervaringenkaart(box, code, meting, n)


def _talks(box: Box, codes: set[str]) -> Iterator[DemoDelivery]:
    meting = METINGEN[-1]
    sizes = {"GM9001": 15, "GM9002": 13, "GM9003": 12, "GM9004": 14, "GM9005": 12, "GM9006": 11, "GM9007": 7}
    for code, n in sizes.items():
        if code in codes:
            yield talks.klantreis(box, code, meting, n)
    for code, n in (("GM9001", 30), ("GM9004", 24), ("GM9008", 18)):
        if code in codes:
            yield talks.verhalen(box, code, meting, n)
    if "GM9001" in codes:
        yield talks.schaduwreis(box, "GM9001", meting)
        yield talks.gezamenlijke_reis(box, "GM9001", meting)
        yield talks.transcripts(box, "GM9001", meting, 3)
    if "GM9003" in codes:
        yield talks.gezamenlijke_reis(box, "GM9003", meting)
        yield talks.klantenpanel(box, "GM9003", meting, 15)
    if "GM9005" in codes:
        yield talks.dialoogtafel(box, "GM9005", meting)
    if "GM9009" in codes:
        yield talks.aggregaat(box, "GM9009", meting)


def _write_local_codebook(folder: Path) -> None:
    """A local question about cliëntondersteuning, as a gemeente adds it to the scan."""
    name, version = LOCAL_CODEBOOK.split("@")
    question = {
        "class": "measure",
        "type": "scale",
        "scale": "eens",
        "theme": "clientondersteuning",
        "statistic": "share",
        "text": "De onafhankelijke cliëntondersteuner heeft mij goed geholpen.",
    }
    content = {
        "id": name,
        "version": version,
        "extends": "toegangsscan@2021.1",
        "title": "Toegangsscan met eigen vraag",
        "tables": {"rows": {"GM9002_clientondersteuning": question}},
    }
    folder.mkdir(parents=True, exist_ok=True)
    write_yaml(folder / f"{LOCAL_CODEBOOK}.yaml", content)
