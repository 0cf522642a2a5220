"""Made-up surveys: CEO Wmo and Jeugd, Toegangsscan, straatenquête, ervaringenkaart, in every kind of file."""

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from domain.instruments import Codebook
from storage.codebooks import Codebooks
from toegangspeil.demo import writers
from toegangspeil.demo.answers import Columns, cards, survey
from toegangspeil.demo.folder import Box, DemoDelivery, figures, finish
from toegangspeil.demo.gemeenten import TINY, VERBAND, VERBAND_OF, DemoGemeente
from toegangspeil.demo.texts import DOUBTFUL

BOOKS = Codebooks()
_RATE = 0.38


def lift_of(box: Box, area: str) -> float:
    """How much better or worse a made-up gemeente does, the same in every instrument."""
    return box.random("lift", area).uniform(-0.25, 0.3)


def responses(gemeente: DemoGemeente) -> int:
    """Answers to a CEO: about a third of the clients that were asked, at most 300."""
    return 7 if gemeente.code == TINY else min(300, 60 + gemeente.inhabitants // 250)


def ceo_wmo(
    box: Box, area: str, meting: str, n: int, *, form: str = "csv", reference: str = "ceo_wmo@2016.1",
    verband: bool = False, ontvangstcode: bool = False, doubtful: bool = False,
) -> DemoDelivery:  # fmt: skip
    """One CEO Wmo in one of the kinds of file of FORMS.

    doubtful: some answers are those about which the detector doubts, so that there is something on the review list.
    """
    book = BOOKS.get(reference)
    random = box.random("ceo_wmo", area, meting)
    rows = survey(random, book, n, lift=lift_of(box, area) + (0.05 if meting > "2025" else 0.0))
    if doubtful:
        rows["toelichting"][1 : 1 + len(DOUBTFUL)] = DOUBTFUL
    code = f"W{random.randrange(10**6, 10**7)}"
    if ontvangstcode:
        rows["ontvangstcode"] = [code, *(f"W{random.randrange(10**6, 10**7)}" for _ in range(n - 1))]
    folder = box.folder(area, f"ceo_wmo-{meting}")
    files = FORMS[form](folder, rows, book)
    more: dict[str, Any] = (
        {"gemeenten": list(VERBAND_OF), "verband": {"code": VERBAND[0], "name": VERBAND[1]}} if verband else {}
    )
    return finish(
        folder, area, "ceo_wmo", meting, reference, {"client": figures(n, _RATE)}, files, n,
        ontvangstcode=code if ontvangstcode else None, **more,
    )  # fmt: skip


def _plain(folder: Path, rows: Columns, book: Codebook) -> list[dict[str, object]]:
    writers.write_csv(folder / "ceo.csv", rows)
    return [{"path": "ceo.csv"}]


def _excel_csv(folder: Path, rows: Columns, book: Codebook) -> list[dict[str, object]]:
    """As Dutch Excel saves it: cp1252, own headers, '#LEEG!' and 'n.v.t.' for no answer."""
    rows = dict(rows)
    rows["toelichting"] = [text or "n.v.t." for text in rows["toelichting"]]
    rows["wijk"] = [wijk if at % 17 else "#LEEG!" for at, wijk in enumerate(rows["wijk"])]
    renamed = {"V1": "ceo01_vindbaarheid", "Lft": "leeftijd", "Cijfer": "rapportcijfer"}
    back = {name: header for header, name in renamed.items()}
    writers.write_csv(
        folder / "ceo.csv", {back.get(name, name.upper()): values for name, values in rows.items()}, encoding="cp1252"
    )
    return [{"path": "ceo.csv", "columns": {header: name for header, name in renamed.items() if name in rows}}]


def _utf16_tabs(folder: Path, rows: Columns, book: Codebook) -> list[dict[str, object]]:
    writers.write_csv(folder / "ceo.csv", rows, delimiter="\t", encoding="utf-16")
    return [{"path": "ceo.csv"}]


def _bom_commas(folder: Path, rows: Columns, book: Codebook) -> list[dict[str, object]]:
    writers.write_csv(folder / "ceo.csv", rows, delimiter=",", encoding="utf-8-sig", comma=False)
    return [{"path": "ceo.csv"}]


def _sheets(rows: Columns, book: Codebook) -> dict[str, list[list[object]]]:
    """Data with two header rows, open answers on their own sheet, and a sheet that explains."""
    rows = dict(rows)
    open_answers = {"respondent": rows["respondent"], "toelichting": rows.pop("toelichting")}
    texts = {name: column.text for name, column in book.rows.items()}
    explained: list[list[object]] = [["kolom", "vraag"]]
    explained += ([name, texts[name]] for name in rows)
    return {
        "Data": writers.as_rows(rows, texts),
        "Codeboek": explained,
        "Open antwoorden": writers.as_rows(open_answers),
    }


def _xlsx(folder: Path, rows: Columns, book: Codebook) -> list[dict[str, object]]:
    writers.write_xlsx(folder / "ceo.xlsx", _sheets(rows, book))
    return [{"path": "ceo.xlsx"}]


def _ods(folder: Path, rows: Columns, book: Codebook) -> list[dict[str, object]]:
    writers.write_ods(folder / "ceo.ods", _sheets(rows, book))
    return [{"path": "ceo.ods"}]


def _sav(folder: Path, rows: Columns, book: Codebook) -> list[dict[str, object]]:
    """Numbers with value labels; 'geen mening' and 'niet van toepassing' are user-missing."""
    numeric = {name: values for name, values in rows.items() if name.startswith("ceo")}
    rows = {**rows, **{name: [float(value) for value in values] for name, values in numeric.items()}}
    labels, missing = {}, {}
    for name in numeric:
        scale = book.scale_of(book.rows[name])
        if scale is not None:
            labels[name] = {float(code): label for code, label in scale.values.items()}
            missing[name] = [float(code) for code in scale.no_answer]
    writers.write_sav(folder / "ceo.sav", rows, labels, missing)
    return [{"path": "ceo.sav"}]


FORMS: dict[str, Callable[[Path, Columns, Codebook], list[dict[str, object]]]] = {
    "csv": _plain, "excel_csv": _excel_csv, "utf16": _utf16_tabs, "bom": _bom_commas,
    "xlsx": _xlsx, "ods": _ods, "sav": _sav,
}  # fmt: skip


def ceo_jeugd(box: Box, area: str, meting: str, doelgroep: str, n: int) -> DemoDelivery:
    """CEO Jeugd: parents or youth."""
    reference = "ceo_jeugd_ouders@2017.1" if doelgroep == "ouder" else "ceo_jeugd_jongeren@2017.1"
    random = box.random("ceo_jeugd", area, meting, doelgroep)
    rows = survey(random, BOOKS.get(reference), n, lift=lift_of(box, area))
    rows.pop("aanbieder", None)
    folder = box.folder(area, f"ceo_jeugd-{meting}-{doelgroep}")
    writers.write_csv(folder / "jeugd.csv", rows)
    return finish(
        folder, area, "ceo_jeugd", meting, reference, {doelgroep: figures(n, 0.3)}, [{"path": "jeugd.csv"}], n
    )


def ceo_jeugd_with_bsn(box: Box, area: str, meting: str, n: int) -> DemoDelivery:
    """The awkward one: somebody left the BSN in a column that is called something else."""
    random = box.random("bsn", area, meting)
    rows = survey(random, BOOKS.get("ceo_jeugd_ouders@2017.1"), n)
    rows["clientnummer"] = [_bsn(random) for _ in range(n)]
    folder = box.folder(area, f"ceo_jeugd-{meting}-ouder")
    writers.write_csv(folder / "jeugd.csv", rows)
    return finish(
        folder, area, "ceo_jeugd", meting, "ceo_jeugd_ouders@2017.1", {"ouder": figures(n, 0.3)},
        [{"path": "jeugd.csv"}], n, refused="een kolom met burgerservicenummers",
    )  # fmt: skip


def _bsn(random: Random) -> str:
    """A made-up number that passes the elfproef (9xx… is not given out)."""
    while True:
        digits = [9, *(random.randrange(10) for _ in range(7))]
        last = sum(weight * digit for weight, digit in zip(range(9, 1, -1), digits, strict=True)) % 11
        if last < 10:
            return "".join(map(str, [*digits, last]))


def toegangsscan(
    box: Box, area: str, meting: str, numbers: dict[str, int], reference: str = "toegangsscan@2021.1",
    books: Codebooks = BOOKS,
) -> DemoDelivery:  # fmt: skip
    """Residents, clients, vertegenwoordigers and professionals in one file; professionals see it brighter."""
    book = books.get(reference)
    random = box.random("toegangsscan", area, meting)
    whole: Columns = {}
    for doelgroep, n in numbers.items():
        bright = 0.25 if doelgroep == "professional" else -0.05
        part = survey(random, book, n, lift=lift_of(box, area) + bright, doelgroep=doelgroep)
        if doelgroep == "professional":
            part.update({name: [""] * n for name in ("leeftijd", "geslacht", "wijk", "voorziening")})
        for name, values in part.items():
            whole.setdefault(name, []).extend(values)
    total = sum(numbers.values())
    whole["respondent"] = [f"{at:04d}" for at in range(1, total + 1)]
    folder = box.folder(area, f"toegangsscan-{meting}")
    writers.write_xlsx(folder / "toegangsscan.xlsx", {"Data": writers.as_rows(whole)})
    asked = {name: figures(n, 0.13 if name == "inwoner" else 0.5, "open_link") for name, n in numbers.items()}
    return finish(folder, area, "toegangsscan", meting, reference, asked, [{"path": "toegangsscan.xlsx"}], total)


def straatenquete(box: Box, area: str, meting: str, n: int) -> DemoDelivery:
    """A street survey."""
    rows = survey(box.random("straat", area, meting), BOOKS.get("straatenquete@1.0"), n, lift=lift_of(box, area))
    folder = box.folder(area, f"straatenquete-{meting}")
    writers.write_csv(folder / "straatenquete.csv", rows, delimiter=",", comma=False)
    asked = {"inwoner": {"invited": "onbekend", "population": "onbekend", "steekproef": "gericht"}}
    files = [{"path": "straatenquete.csv"}]
    return finish(folder, area, "straatenquete", meting, "straatenquete@1.0", asked, files, n)


def ervaringenkaart(box: Box, area: str, meting: str, n: int) -> DemoDelivery:
    """Ervaringenkaarten, typed over into a spreadsheet."""
    rows = cards(box.random("kaart", area, meting), BOOKS.get("ervaringenkaart@1.0"), n)
    folder = box.folder(area, f"ervaringenkaart-{meting}")
    writers.write_ods(folder / "kaarten.ods", {"Kaarten": writers.as_rows(rows)})
    asked = {"client": figures(n, 0.4)}
    return finish(folder, area, "ervaringenkaart", meting, "ervaringenkaart@1.0", asked, [{"path": "kaarten.ods"}], n)
