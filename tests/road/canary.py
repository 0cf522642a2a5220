"""A made-up person whose name, phone and address are planted wherever a gemeente could leave them, and the search.

Nobody is called this and nobody lives there: every hit is a leak.
"""

import csv
import io
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from anonymisation.pseudonyms import pseudonym
from pipelines.house import House
from register.actors import SYSTEM
from register.consent_import import read_consents
from register.consents import record_consents
from storage.places import Places
from storage.yaml import read_yaml, write_yaml
from tests.road.small_road import METING
from toegangspeil.demo import surveys, writers
from toegangspeil.demo.answers import journeys, panel, stories, survey
from toegangspeil.demo.folder import Box, figures, finish

NAME, STREET, PHONE = "Quorvix Zwanenbliksum", "Vlinderstruikhof 987", "06-19283746"
MAIL, CLIENT, PERSON = "quorvix@zwanenbliksum.example", "KANARIECLIENT55", "KANARIERESP01"
TRACES = ("quorvix", "zwanenbliksum", "vlinderstruikhof", "19283746", "kanarieclient", "kanarieresp")
_PURPOSES = ("deelname", "delen_movisie")
_CHOSEN = {"invited": "onbekend", "population": "onbekend", "steekproef": "gericht"}
_SAID = (
    f"Ik ben {NAME} en ik woon aan de {STREET}. Bel mij op {PHONE}.",
    f"Mevrouw {NAME} van het wijkteam was vriendelijk; mail naar {MAIL}.",
    f"{NAME} heeft mij geholpen",
    f"Mijn nummer is {PHONE.replace('-', ' ')}, groet, Quorvix",
)
_IDENTIFYING = {
    "naam": NAME, "adres": STREET, "postcode": "1234 XK", "email": MAIL, "telefoon": PHONE,
    "geboortedatum": "03-04-1951", "clientnummer": CLIENT,
}  # fmt: skip


def plant_survey(places: Places, area: str, n: int = 45) -> None:
    """An accepted CEO Wmo with the canary in every identifying column, open answers and names of things."""
    box = Box(places.inbox, 11)
    rows = survey(box.random("canary", area), surveys.BOOKS.get("ceo_wmo@2016.1"), n)
    rows["respondent"] = [f"{PERSON}{at:03d}" for at in range(n)]
    rows["ontvangstcode"] = [f"{CLIENT}{at:03d}" for at in range(n)]
    for column, value in _IDENTIFYING.items():
        rows[column] = [f"{value}{at:03d}" if column == "clientnummer" else value for at in range(n)]
    rows["toelichting"] = [_SAID[at] if at < len(_SAID) else text for at, text in enumerate(rows["toelichting"])]
    folder = box.folder(area, f"van {NAME}")
    header = f"cijfer dat {NAME} geeft"
    writers.write_csv(folder / f"ceo {NAME}.csv", {header if c == "rapportcijfer" else c: v for c, v in rows.items()})
    files = [{"path": f"ceo {NAME}.csv", "columns": {header: "rapportcijfer"}}]
    _finish(folder, area, n, files, art9_ground={"ground": "wmo_5_1_1", "reason": f"gevraagd door {NAME}, {PHONE}"})


def plant_in_category(places: Places, area: str, column: str, meting: str = METING, n: int = 45) -> None:
    """A CEO Wmo in which one resident wrote a name where a wijk or aanbieder was asked; no other column knows it."""
    box = Box(places.inbox, 11)
    rows = survey(box.random(column, area), surveys.BOOKS.get("ceo_wmo@2016.1"), n)
    rows[column] = [f"{NAME}, {STREET}", *rows[column][1:]]
    folder = box.folder(area, f"ceo_wmo-{meting}")
    writers.write_csv(folder / "ceo.csv", rows)
    _finish(folder, area, n, [{"path": "ceo.csv"}], meting)


def plant_journeys(places: Places, area: str, n: int = 12) -> None:
    """Journeys with the canary in the finding of every step and in the number of every journey."""
    box = Box(places.inbox, 11)
    steps, aspects = journeys(box.random("canary", area), n)
    for table in (steps, aspects):
        table["journey"] = [f"{PERSON}{journey}" for journey in table["journey"]]
    size = len(steps["journey"])
    steps["finding"] = [_SAID[at % len(_SAID)] for at in range(size)]
    steps["naam"] = [NAME] * size
    folder = box.folder(area, "klantreis")
    sheets = {"Reizen": writers.as_rows(steps), "Aspecten": writers.as_rows(aspects)}
    writers.write_xlsx(folder / "klantreizen.xlsx", sheets)
    files = [
        {"path": "klantreizen.xlsx", "sheet": "Reizen"},
        {"path": "klantreizen.xlsx", "sheet": "Aspecten", "table": "aspects"},
    ]
    finish(folder, area, "klantreis", METING, "klantreis@1.0", {"client": _CHOSEN}, files, size)


def plant_transcripts(places: Places, area: str) -> None:
    """Two interviews, in Word and in plain text: the canary speaks, is spoken of, and is the name of a file."""
    folder = Box(places.inbox, 11).folder(area, f"gesprekken met {NAME}")
    lines = ["Interviewer: Wie bent u?", *(f"Inwoner: {said}" for said in _SAID), f"Interviewer: Dank u, {NAME}."]
    writers.write_docx(folder / f"gesprek {NAME}.docx", lines)
    (folder / f"{PERSON}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    files = [{"path": f"gesprek {NAME}.docx"}, {"path": f"{PERSON}.txt"}]
    reference = "klantreis_transcript@1.0"
    finish(folder, area, "klantreis_transcript", METING, reference, {"client": _CHOSEN}, files, 2 * len(lines))


def consent_to_talk(house: House, area: str) -> None:
    """Who was interviewed took part of her own will: the gemeente imports that, a transcript has no column for it."""
    scope = f"{area}/klantreis_transcript/{METING}"
    house.keyring.ensure_scope(area, scope)
    key = house.keyring.purpose_key(area, scope, "pseudonym")
    talks = (f"gesprek {NAME}", PERSON)
    said = "".join(f"{one};{purpose};toestemming;01-02-{METING}\n" for one in talks for purpose in _PURPOSES)
    listed = f"persoon;doel;wat;moment\n{said}".encode()
    found = read_consents(listed, scope, lambda who: pseudonym(who, key=key, scope=scope))
    record_consents(house.register, found, by=SYSTEM)


def plant_stories(places: Places, area: str, n: int = 12) -> None:
    """Stories with the canary as teller, in the title and in the story itself."""
    box = Box(places.inbox, 11)
    rows = stories(box.random("canary", area), n)
    rows |= {column: [value] * n for column, value in _IDENTIFYING.items()}
    rows["respondent"] = [f"{PERSON}{at:03d}" for at in range(n)]
    rows["title"] = [f"Het verhaal van {NAME}"] * n
    rows["text"] = [f"{text} {_SAID[at % len(_SAID)]}" for at, text in enumerate(rows["text"])]
    folder = box.folder(area, f"verhalen van {NAME}")
    writers.write_jsonl(folder / f"{NAME}.jsonl", rows)
    asked = {"inwoner": _CHOSEN}
    finish(folder, area, "verhaal", METING, "verhaal@1.0", asked, [{"path": f"{NAME}.jsonl"}], n)


def plant_panel(places: Places, area: str, members: int = 15) -> None:
    """A panel with the canary as every member, and in what they wrote."""
    box = Box(places.inbox, 11)
    rows = panel(box.random("canary", area), members)
    n = len(rows["respondent"])
    rows["respondent"] = [f"{PERSON}{who}" for who in rows["respondent"]]
    rows |= {column: [value] * n for column, value in _IDENTIFYING.items()}
    rows["toelichting"] = [_SAID[at % len(_SAID)] for at in range(n)]
    folder = box.folder(area, "panel")
    writers.write_csv(folder / f"panel {NAME}.csv", rows)
    until = {"link_scope": "panel", "panel_until": f"{int(METING) + 2}-12-31"}
    files = [{"path": f"panel {NAME}.csv"}]
    finish(folder, area, "klantenpanel", METING, "klantenpanel@1.0", {"client": _CHOSEN}, files, n, **until)


def plant_refused(places: Places, area: str) -> int:
    """Folders that are refused with the canary in a header, a file name, a wrong value and manifests; how many."""
    header = _plain(places, area, "kop", "2021")
    _rename(header / "ceo.csv", "rapportcijfer", f"{NAME} {PHONE}")
    value = _plain(places, area, "waarde", "2022")
    _set_first(value / "ceo.csv", "ceo01_vindbaarheid", NAME)
    stray = _plain(places, area, "bestand", "2023")
    shutil.copyfile(stray / "ceo.csv", stray / f"{NAME} {STREET}.csv")
    about = _plain(places, area, "manifest", "2024")
    content = read_yaml(about / "delivery.yaml")
    write_yaml(about / "delivery.yaml", {**content, "gemeenten": [NAME], "meting": {"name": PHONE}})
    for part, year in (("instrument", "2025"), ("doelgroepen", "2020")):
        in_key = _plain(places, area, part, year)
        content = read_yaml(in_key / "delivery.yaml")
        slug = NAME.lower().replace(" ", "_")
        write_yaml(
            in_key / "delivery.yaml", {**content, part: slug if part == "instrument" else {slug: figures(20, 0.4)}}
        )
    return 6


def traces_in(text: str) -> set[str]:
    """Which parts of the canary stand in a text."""
    low = text.lower()
    return {trace for trace in TRACES if trace in low or trace in low.replace(" ", "")}


def leaks(home: Path, *, but: tuple[str, ...] = ("inbox", "keys")) -> dict[str, set[str]]:
    """Files below a home with a trace of the canary, in their bytes or in what they hold; empty is good."""
    found: dict[str, set[str]] = {}
    for path in sorted(home.rglob("*")):
        name = path.relative_to(home).as_posix()
        if path.is_file() and name.split("/")[0] not in but:
            hits = traces_in(name).union(*(traces_in(text) for text in _readings(path)))
            if hits:
                found[name] = hits
    return found


def _readings(path: Path) -> Iterator[str]:
    """A file as bytes in two encodings, and unpacked when it is of a kind that packs."""
    content = path.read_bytes()
    yield content.decode("utf-8", "ignore")
    yield content.decode("utf-16-le", "ignore")
    if path.suffix == ".duckdb":
        yield from _database(path)
    elif path.suffix == ".parquet":
        yield str(pq.read_table(path).to_pydict())
    elif content.startswith(b"SQLite format 3"):
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
            yield "\n".join(connection.iterdump())
    elif content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            yield from (packed.read(name).decode("utf-8", "ignore") for name in packed.namelist())


def _database(path: Path) -> Iterator[str]:
    with duckdb.connect(str(path), read_only=True) as connection:
        tables = connection.sql("select table_schema, table_name from information_schema.tables").fetchall()
        for schema, name in tables:
            yield str(connection.sql(f'select * from "{schema}"."{name}"').to_arrow_table().to_pydict())
        yield str(connection.sql("select * from duckdb_columns()").fetchall())


def _plain(places: Places, area: str, name: str, meting: str) -> Path:
    box = Box(places.inbox, 11)
    rows = survey(box.random(name, area), surveys.BOOKS.get("ceo_wmo@2016.1"), 20)
    folder = box.folder(area, name)
    writers.write_csv(folder / "ceo.csv", rows)
    _finish(folder, area, 20, [{"path": "ceo.csv"}], meting)
    return folder


def _finish(
    folder: Path, area: str, n: int, files: list[dict[str, object]], meting: str = METING, **more: object
) -> None:
    finish(folder, area, "ceo_wmo", meting, "ceo_wmo@2016.1", {"client": figures(n, 0.38)}, files, n, **more)


def _rename(path: Path, column: str, header: str) -> None:
    first, rest = path.read_text("utf-8").split("\n", 1)
    path.write_text(first.replace(column, header) + "\n" + rest, "utf-8")


def _set_first(path: Path, column: str, value: str) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    rows[1][rows[0].index(column)] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
