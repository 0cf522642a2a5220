"""Made-up qualitative deliveries: klantreizen, transcripts, stories, panel, dialoogtafel; and counted figures."""

from typing import Any

from storage.codebooks import Codebooks
from toegangspeil.demo import writers
from toegangspeil.demo.answers import Columns, contributions, journeys, panel, shadow, stories
from toegangspeil.demo.folder import Box, DemoDelivery, figures, finish
from toegangspeil.demo.texts import talk

_CHOSEN = {"invited": "onbekend", "population": "onbekend", "steekproef": "gericht"}


def klantreis(box: Box, area: str, meting: str, n: int) -> DemoDelivery:
    """n journeys on the interviewer's coded sheet."""
    steps, aspects = journeys(box.random("klantreis", area, meting), n)
    folder = box.folder(area, f"klantreis-{meting}")
    sheets = {"Reizen": writers.as_rows(steps), "Aspecten": writers.as_rows(aspects)}
    writers.write_xlsx(folder / "klantreizen.xlsx", sheets)
    files = [
        {"path": "klantreizen.xlsx", "sheet": "Reizen"},
        {"path": "klantreizen.xlsx", "sheet": "Aspecten", "table": "aspects"},
    ]
    rows = len(steps["journey"])
    return finish(folder, area, "klantreis", meting, "klantreis@1.0", {"client": _CHOSEN}, files, rows)


def _table(
    box: Box, area: str, meting: str, instrument: str, doelgroep: str, rows: Columns, **more: Any
) -> DemoDelivery:
    """One table in one csv file."""
    folder = box.folder(area, f"{instrument}-{meting}")
    writers.write_csv(folder / f"{instrument}.csv", rows)
    n = len(next(iter(rows.values())))
    files = more.pop("files", [{"path": f"{instrument}.csv"}])
    reference = f"{instrument}@1.0"
    return finish(folder, area, instrument, meting, reference, {doelgroep: _CHOSEN}, files, n, **more)


def schaduwreis(box: Box, area: str, meting: str) -> DemoDelivery:
    """The steps of the process."""
    return _table(box, area, meting, "klantreis_schaduw", "professional", shadow())


def _meeting(
    box: Box, area: str, meting: str, instrument: str, kinds: tuple[str, ...], extra: dict[str, list[str]]
) -> DemoDelivery:
    rows, present = contributions(box.random(instrument, area, meting), kinds, extra)
    folder = box.folder(area, f"{instrument}-{meting}")
    writers.write_csv(folder / "deelnemers.csv", present)
    files = [{"path": f"{instrument}.csv"}, {"path": "deelnemers.csv", "table": "deelnemers"}]
    return _table(box, area, meting, instrument, "inwoner", rows, files=files)


def gezamenlijke_reis(box: Box, area: str, meting: str) -> DemoDelivery:
    """Conclusions and ideas of the meeting."""
    extra = {
        "phase": ["melding", "gesprek", "aanvraag_besluit", "nazorg_evaluatie"],
        "uitgangspunt": ["regie_zeggenschap", "transparant_eenvoudig", "passend_samenhangend"],
        "prioriteit": ["hoog", "midden", "laag"],
    }
    return _meeting(box, area, meting, "klantreis_gezamenlijk", ("conclusie", "idee"), extra)


def dialoogtafel(box: Box, area: str, meting: str) -> DemoDelivery:
    """Wishes and needs of a dialogue table."""
    kinds = ("wens", "behoefte", "ontwikkelpunt")
    return _meeting(box, area, meting, "dialoogtafel", kinds, {"tafel": ["1", "2", "3"]})


def transcripts(box: Box, area: str, meting: str, n: int) -> DemoDelivery:
    """Interviews in Word and plain text."""
    folder = box.folder(area, f"klantreis_transcript-{meting}")
    files, rows = [], 0
    for at in range(1, n + 1):
        turns = talk(box.random("transcript", area, meting, str(at)))
        lines = [f"{speaker}: {text}" for speaker, text in turns]
        name = f"gesprek-{at}.{'docx' if at % 2 else 'txt'}"
        if name.endswith("docx"):
            writers.write_docx(folder / name, lines)
        else:
            (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        files.append({"path": name})
        rows += len(lines)
    reference = "klantreis_transcript@1.0"
    return finish(folder, area, "klantreis_transcript", meting, reference, {"client": _CHOSEN}, files, rows)


def verhalen(box: Box, area: str, meting: str, n: int) -> DemoDelivery:
    """Stories as a story tool exports them."""
    folder = box.folder(area, f"verhaal-{meting}")
    writers.write_jsonl(folder / "verhalen.jsonl", stories(box.random("verhaal", area, meting), n))
    files = [{"path": "verhalen.jsonl"}]
    return finish(folder, area, "verhaal", meting, "verhaal@1.0", {"inwoner": _CHOSEN}, files, n)


def klantenpanel(box: Box, area: str, meting: str, members: int) -> DemoDelivery:
    """A panel of about fifteen people."""
    rows = panel(box.random("panel", area, meting), members)
    until = {"link_scope": "panel", "panel_until": f"{int(meting) + 2}-12-31"}
    return _table(box, area, meting, "klantenpanel", "client", rows, **until)


def aggregaat(box: Box, area: str, meting: str) -> DemoDelivery:
    """Figures that somebody else counted, with a symbol where there were too few people."""
    random = box.random("aggregaat", area, meting)
    items = [name for name in Codebooks().get("ceo_wmo@2016.1").rows if name.startswith("ceo")]
    shares: list[Any] = [str(random.randint(60, 90)) for _ in items]
    shares[-1] = "x"
    rows: Columns = {
        "gemeente": [area] * len(items),
        "periode": [str(int(meting) - 1)] * len(items),
        "indicator": items,
        "uitsplitsing": ["TOTAAL"] * len(items),
        "uitsplitsing_waarde": ["TOTAAL"] * len(items),
        "waarde": shares,
        "aantal": [212] * (len(items) - 1) + [""],
    }
    folder = box.folder(area, f"aggregaat-{meting}")
    writers.write_csv(folder / "cijfers.csv", rows)
    asked = {"client": figures(212, 0.38)}
    files = [{"path": "cijfers.csv"}]
    return finish(folder, area, "aggregaat", meting, "aggregaat@1.0", asked, files, len(items))
