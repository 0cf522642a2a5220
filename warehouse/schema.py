"""The published tables: names, columns, types, keys, and what each means (Dutch, for analysts).

The comments in DuckDB, `datapackage.json`, the tabellenboek and docs/reference/tabellen.md are made from this.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pyarrow as pa

Type = Literal["VARCHAR", "INTEGER", "DOUBLE", "BOOLEAN", "DATE"]
ARROW = {
    "VARCHAR": pa.string(),
    "INTEGER": pa.int32(),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
}


@dataclass(frozen=True)
class Column:
    """One published column; an answer dimension says what people said, a group dimension who they are."""

    name: str
    type: Type
    comment: str
    key: bool = False
    answer: bool = False


@dataclass(frozen=True)
class Table:
    """One published table. comment: grain and how to read it."""

    name: str
    comment: str
    columns: tuple[Column, ...]

    @property
    def keys(self) -> list[str]:
        """Columns of the primary key."""
        return [column.name for column in self.columns if column.key]

    @property
    def words(self) -> list[str]:
        """Columns with text."""
        return [column.name for column in self.columns if column.type == "VARCHAR"]

    @property
    def arrow(self) -> pa.Schema:
        """The table's schema, so that empty tables keep their columns."""
        return pa.schema([pa.field(column.name, ARROW[column.type]) for column in self.columns])

    def table(self, rows: list[dict[str, object]]) -> pa.Table:
        """Rows as Arrow, ordered by key: the order of every export."""
        table = pa.Table.from_pylist(rows, schema=self.arrow)
        return table.sort_by([(name, "ascending") for name in self.keys])


def _key(name: str, comment: str, *, answer: bool = False) -> Column:
    return Column(name, "VARCHAR", comment, key=True, answer=answer)


_RELEASE = _key("release", "Uitgave waar de regel bij hoort.")
_AREA = _key("area", "Gebied: GM… gemeente, SV… verband, PV… provincie, NL land, of een benchmark (zie dim_area).")
_INSTRUMENT = _key("instrument", "Onderzoeksmethode (zie dim_instrument).")
_METING = _key("meting", "Meetronde (zie dim_meting).")
_DOELGROEP = _key("doelgroep", "Wie antwoordden, bijvoorbeeld client, inwoner of professional.")
_QUESTION = _key("question", "Vraag (zie dim_question). Gelijke naam binnen een instrument = te vergelijken.")
_WHO = (_RELEASE, _AREA, _INSTRUMENT, _METING, _DOELGROEP)
_STATUS = Column(
    "status",
    "VARCHAR",
    "published; indicative: minder dan 30 mensen, lees voorzichtig; suppressed: beschermt een kleine groep, "
    "de waarde is leeg en dat is niet 0; not_comparable: anders gevraagd, niet te vergelijken.",
)
_RULE = Column("rule_version", "VARCHAR", "Vingerafdruk van de regels waarmee is beveiligd.")
_STEP = Column("step", "DOUBLE", "Stap waarop is afgerond (procentpunten bij aandelen).")
_EDGE = (
    "Vlak bij 10 of 90 % (of het eind van een schaal) kan het echte getal tot anderhalve stap verder naar die kant "
    "liggen: anders paste er maar één aantal mensen bij."
)
_LABEL = Column(
    "label", "VARCHAR", "In woorden wat niet als getal verschijnt, bijvoorbeeld 'meer dan 90 %'; anders leeg."
)
_BASE = Column("base", "INTEGER", "Aantal mensen dat antwoordde; alleen bij totalen.")
_BAND = Column("base_band", "VARCHAR", "Klasse van het aantal mensen, bij uitsplitsingen en gesprekken.")
_GEMEENTEN = Column("n_gemeenten", "INTEGER", "Aantal gemeenten of verbanden waarop de regel rust.")

DIM_GEMEENTE = Table(
    "dim_gemeente",
    "Een regel per gemeente die zelf meedoet; wie in een verband samen aanlevert, staat in dim_area onder dat verband. "
    "Vergelijk jaren pas nadat herindelingen zijn verwerkt (successor).",
    (
        _key("gemeente", "GM-code van het CBS."),
        Column("name", "VARCHAR", "Naam."),
        Column("province", "VARCHAR", "PV-code van de provincie waarin zij in deze uitgave meetelt."),
        Column(
            "verband",
            "VARCHAR",
            "SV-code van het samenwerkingsverband waarin zij in deze uitgave meetelt, als dat er is.",
        ),
        Column("valid_from", "VARCHAR", "Bestaat sinds (jjjj-mm-dd), leeg = onbekend."),
        Column("valid_to", "VARCHAR", "Opgeheven op, leeg = bestaat nog."),
        Column("successor", "VARCHAR", "GM-code van de gemeente waarin deze is opgegaan."),
    ),
)
DIM_AREA = Table(
    "dim_area",
    "Een regel per gebied dat in de uitgave voorkomt: gemeente, verband, provincie, land of benchmark.",
    (
        _key("area", "Code van het gebied."),
        Column("name", "VARCHAR", "Naam."),
        Column("kind", "VARCHAR", "gemeente, verband, provincie, land of benchmark."),
        Column("pooled", "BOOLEAN", "Opgeteld uit meerdere gemeenten."),
    ),
)
DIM_BENCHMARK = Table(
    "dim_benchmark",
    "Een regel per benchmark en gebied dat erin zit, ook als dat gebied in deze uitgave niet meedoet.",
    (_key("benchmark", "Code van de benchmark (zie dim_area)."), _key("area", "Gemeente of verband.")),
)
DIM_INSTRUMENT = Table(
    "dim_instrument",
    "Een regel per onderzoeksmethode.",
    (
        _key("instrument", "Naam in de tabellen."),
        Column("title", "VARCHAR", "Titel voor lezers."),
        Column("kind", "VARCHAR", "Soort gegevens: survey, journeys, cards, stories, panel, contributions, aggregate."),
        Column("method", "VARCHAR", "peilend, verdiepend of structureel."),
    ),
)
DIM_METING = Table(
    "dim_meting",
    "Een regel per instrument en meetronde.",
    (
        _INSTRUMENT,
        _METING,
        Column("start", "DATE", "Eerste dag waarop een gemeente begon; leeg bij cijfers die een ander telde."),
        Column("end", "DATE", "Laatste dag waarop een gemeente klaar was."),
    ),
)
DIM_QUESTION = Table(
    "dim_question",
    "Een regel per instrument en vraag. Een vraag die in een ander codeboek een andere tekst, schaal of basis heeft, "
    "is een eigen vraag (naam met @) en is niet te vergelijken.",
    (
        _INSTRUMENT,
        _QUESTION,
        Column("item", "VARCHAR", "Naam van de kolom in het codeboek."),
        Column("text", "VARCHAR", "Tekst van de vraag of stelling."),
        Column("theme", "VARCHAR", "Thema, bijvoorbeeld contact, kwaliteit of effect."),
        Column("uitgangspunt", "VARCHAR", "Uitgangspunt van goede toegang waar de vraag bij hoort."),
        Column("uitgangspunt_status", "VARCHAR", "confirmed, of proposed: koppeling nog niet bevestigd door Movisie."),
        Column("statistic", "VARCHAR", "share, mean, improvement of majority."),
        Column("several", "BOOLEAN", "Meer antwoorden mogelijk: dan zijn de aandelen samen soms meer dan 100."),
        Column("scale", "VARCHAR", "Antwoorden in volgorde, gescheiden door ' | '."),
        Column("low", "INTEGER", "Laagste getal dat iemand kon geven; alleen bij gemiddelden."),
        Column("high", "INTEGER", "Hoogste getal dat iemand kon geven; alleen bij gemiddelden."),
        Column("direction", "VARCHAR", "Welke kant van de schaal goed is, in de codes van het codeboek."),
        Column("base_rule", "VARCHAR", "answered: 'geen mening' telt niet mee; all_valid: telt wel mee in de basis."),
        Column("codebook", "VARCHAR", "Codeboek dat de vraag beschrijft."),
        Column("codebooks", "VARCHAR", "Alle codeboeken met precies deze vraag, gescheiden door ' | '."),
        Column("definition", "VARCHAR", "Vingerafdruk van tekst, antwoorden en basis: gelijk = te vergelijken."),
    ),
)
DIM_BREAKDOWN = Table(
    "dim_breakdown",
    "Een regel per uitsplitsing en groep, met de grovere groep waarin zij opgaat.",
    (
        _key("breakdown", "Uitsplitsing, bijvoorbeeld leeftijd; TOTAAL = iedereen."),
        _key("breakdown_value", "Groep binnen de uitsplitsing."),
        Column("label", "VARCHAR", "Naam van de groep voor lezers."),
        Column("parent", "VARCHAR", "Grovere groep, of TOTAAL."),
        Column("place", "INTEGER", "Volgorde."),
        Column(
            "sensitive", "BOOLEAN", "Bijzonder persoonsgegeven: (bijna) heel een gemeente in één groep komt er niet in."
        ),
    ),
)
RELEASE_INFO = Table(
    "release_info",
    "Een regel: wat deze uitgave is en waar zij op rust.",
    (
        _RELEASE,
        Column("title", "VARCHAR", "Titel."),
        Column("published_on", "VARCHAR", "Datum van publicatie (jjjj-mm-dd)."),
        Column("audience", "VARCHAR", "Voor wie: deelnemers, of openbaar (dan alleen opgetelde regels)."),
        Column("recipients", "VARCHAR", "Genoemde ontvangers, gescheiden door ' | '."),
        Column("minimum", "INTEGER", "Kleinste groep die verschijnt."),
        Column("gemeenten", "INTEGER", "Aantal gemeenten en verbanden in de uitgave."),
        Column("certificate", "VARCHAR", "Vingerafdruk van het certificaat van beveiliging."),
        _RULE,
        Column("product", "VARCHAR", "Versie van Toegangspeil."),
    ),
)
FACT_RESULT = Table(
    "fact_result",
    "Een regel per gebied, meting, doelgroep, vraag, maat en groep. Totalen hebben TOTAAL als uitsplitsing. "
    "Kijk altijd naar status; een lege waarde is nooit 0.",
    (
        *_WHO,
        _QUESTION,
        _key(
            "statistic",
            "share_positive (aandeel dat het eens is), mean (gemiddelde), majority (panel), known (elders geteld); "
            "met _weighted: gewogen. Wat gemeenten samenneemt heeft geen gewogen cijfer.",
        ),
        _key("breakdown", "Uitsplitsing, of TOTAAL."),
        _key("breakdown_value", "Groep, of TOTAAL."),
        Column("value", "DOUBLE", f"Aandeel in procenten of gemiddelde, afgerond op step. {_EDGE}"),
        _LABEL,
        _STEP,
        _BASE,
        _BAND,
        Column(
            "ci_low",
            "DOUBLE",
            "Ondergrens 95 %-interval; alleen bij allen of aselect. Aandelen: Wilson, uit de afgeronde waarde en base "
            "(of het kleinste aantal van base_band). Gemiddelden: het breedste interval dat bij dit gemiddelde past, "
            "want hoe ver antwoorden uiteen liggen wordt niet gepubliceerd.",
        ),
        Column("ci_high", "DOUBLE", "Bovengrens 95 %-interval."),
        _STATUS,
        _GEMEENTEN,
        _RULE,
    ),
)
FACT_DISTRIBUTION = Table(
    "fact_distribution",
    "Een regel per gebied, meting, doelgroep, vraag en antwoord: welk deel dit antwoord gaf. Alleen totalen.",
    (
        *_WHO,
        _QUESTION,
        _key("answer", "Antwoord.", answer=True),
        Column("place", "INTEGER", "Volgorde van de antwoorden."),
        Column("positive", "BOOLEAN", "Telt mee in share_positive van fact_result."),
        Column("value", "DOUBLE", f"Aandeel in procenten, afgerond op step. {_EDGE}"),
        _LABEL,
        _STEP,
        _BASE,
        _BAND,
        _STATUS,
        _GEMEENTEN,
        _RULE,
    ),
)
FACT_RESPONSE = Table(
    "fact_response",
    "Een regel per gebied, meting en doelgroep: hoeveel mensen gevraagd zijn en meededen.",
    (
        *_WHO,
        Column("invited", "INTEGER", "Aantal mensen dat is gevraagd; leeg = onbekend."),
        Column(
            "responded",
            "INTEGER",
            "Aantal mensen dat meedeed; leeg waar dat een kleine groep beschermt, en bij gesprekken.",
        ),
        Column("responded_band", "VARCHAR", "Klasse van het aantal, bij gesprekken."),
        Column("rate", "DOUBLE", "Respons in hele procenten; alleen bij allen of een aselecte steekproef."),
        Column("steekproef", "VARCHAR", "allen, aselect, open_link, gericht, of gemengd."),
        Column("includes", "VARCHAR", "Doelgroepen die hierin zijn samengevoegd."),
        _STATUS,
        _GEMEENTEN,
        _RULE,
    ),
)
_SINCE = Column(
    "share_since",
    "VARCHAR",
    "Bij NL: de eerdere uitgave waarin dit aandeel voor het eerst stond. Het verandert niet meer; wie later aanleverde "
    "telt er niet in mee. Leeg: in deze uitgave.",
)
FACT_THEME = Table(
    "fact_theme",
    "Een regel per gebied, meting, doelgroep, soort, fase en thema uit gesprekken, verhalen of bijeenkomsten. "
    "Bij een gemeente een label; een fase en thema zonder regel = niet getoond (0, 1 of 2 mensen). "
    "Bij NL: in hoeveel gemeenten het thema speelt, en het aandeel van alle reizen.",
    (
        *_WHO,
        _key("kind", "knelpunt, gaat_goed, idee of een andere soort bijdrage.", answer=True),
        _key("phase", "Fase van de klantreis; TOTAAL = de hele reis."),
        _key("theme", "Thema.", answer=True),
        Column("theme_label", "VARCHAR", "Naam van het thema."),
        Column(
            "label",
            "VARCHAR",
            "niet getoond (0-2 mensen), meerdere keren (3 of meer), vaak (de helft of meer); bij NL: meer dan 90 %.",
        ),
        Column(
            "share",
            "DOUBLE",
            "Aandeel van alle reizen in stappen van 10 %; alleen opgeteld over gemeenten. Leeg met suppressed: samen "
            "met de labels van gemeenten zou het een aantal verraden.",
        ),
        _SINCE,
        Column("gemeenten_met", "INTEGER", "In hoeveel gemeenten het thema een label heeft (vanaf 3)."),
        Column("gemeenten_totaal", "INTEGER", "Van hoeveel gemeenten met genoeg gesprekken."),
        _BAND,
        _STATUS,
        _RULE,
    ),
)
_CURVE = (
    Column("label", "VARCHAR", "vooral positief, wisselend of vooral negatief (meer dan twee derde)."),
    Column(
        "share_positive",
        "DOUBLE",
        "Aandeel reizen dat positief was, stappen van 10 %; alleen opgeteld. Stappen van 20 % waar het samen met de "
        "labels van gemeenten een aantal zou verraden, en waar ook dat te veel zegt geen regel.",
    ),
    Column("share_neutral", "DOUBLE", "Aandeel neutraal; net als de andere leeg onder 10 % en boven 90 %."),
    Column("share_negative", "DOUBLE", "Aandeel negatief. De drie zijn apart afgerond: samen soms geen 100."),
    Column("step", "DOUBLE", "Stap waarop de drie aandelen zijn afgerond: 10 of 20 procentpunten."),
    _SINCE,
    _BAND,
    _STATUS,
    Column("n_gemeenten", "INTEGER", "1 bij een gemeente; leeg bij een regel over gemeenten (5 of meer)."),
    _RULE,
)
_PHASE = _key("phase", "Fase van de klantreis.")
_PHASE_LABEL = Column("phase_label", "VARCHAR", "Naam van de fase.")
_PLACE = Column("place", "INTEGER", "Volgorde van de fasen.")
FACT_KLANTREIS_PHASE = Table(
    "fact_klantreis_phase",
    "Een regel per gebied, meting, doelgroep en fase: hoe de fase is beleefd, in woorden. Nooit een eigen curve.",
    (*_WHO, _PHASE, _PHASE_LABEL, _PLACE, *_CURVE),
)
FACT_KLANTREIS_ASPECT = Table(
    "fact_klantreis_aspect",
    "Een regel per gebied, meting, doelgroep, fase en aspect (bejegening, communicatie, expertise).",
    (*_WHO, _PHASE, _key("aspect", "Aspect."), _PHASE_LABEL, _PLACE, *_CURVE),
)
_ABOUT = (
    Column("area", "VARCHAR", "Gebied."),
    Column("instrument", "VARCHAR", "Onderzoeksmethode."),
    Column("meting", "VARCHAR", "Meetronde."),
)
FACT_FINDING = Table(
    "fact_finding",
    "Een regel per bevinding: één zin over proces, plek of brief, rustend op ten minste 3 reizen, nagekeken door de "
    "privacy officer.",
    (
        _RELEASE,
        _key("finding", "Nummer van de bevinding."),
        *_ABOUT,
        Column("phase", "VARCHAR", "Fase van de klantreis, als die er is."),
        Column("uitgangspunt", "VARCHAR", "Uitgangspunt, als dat er is."),
        Column("text", "VARCHAR", "De bevinding (ten hoogste 280 tekens)."),
    ),
)
FACT_QUOTE = Table(
    "fact_quote",
    "Een regel per citaat waarvoor de verteller zelf toestemming gaf, voor precies deze tekst en tot deze datum.",
    (
        _RELEASE,
        _key("quote", "Nummer van het citaat."),
        *_ABOUT,
        Column("text", "VARCHAR", "Het citaat."),
        Column("expires", "DATE", "Na deze datum niet meer gebruiken."),
    ),
)
FACT_IMPROVEMENT = Table(
    "fact_improvement",
    "Een regel per gebied, meting, doelgroep en uitgangspunt: welk deel hier de meeste verbetering wenst. "
    "Mensen mochten er meer dan een noemen; de aandelen tellen niet op tot 100.",
    (
        *_WHO,
        _key("uitgangspunt", "Uitgangspunt van goede toegang.", answer=True),
        Column("value", "DOUBLE", f"Aandeel in procenten, afgerond op step. {_EDGE}"),
        _LABEL,
        _STEP,
        _BASE,
        _BAND,
        _STATUS,
        _GEMEENTEN,
        _RULE,
    ),
)
DIM_UITGANGSPUNT = Table(
    "dim_uitgangspunt",
    "Een regel per uitgangspunt. Zonder tekst: Movisie moet de bewoording nog aanleveren.",
    (
        _key("uitgangspunt", "Naam in de tabellen."),
        Column("label", "VARCHAR", "Tekst; gelijk aan de naam zolang de bewoording ontbreekt."),
    ),
)
TABLES = (
    DIM_GEMEENTE, DIM_AREA, DIM_BENCHMARK, DIM_INSTRUMENT, DIM_METING, DIM_QUESTION, DIM_UITGANGSPUNT, DIM_BREAKDOWN,
    RELEASE_INFO,
    FACT_RESULT, FACT_DISTRIBUTION, FACT_RESPONSE, FACT_THEME, FACT_KLANTREIS_PHASE, FACT_KLANTREIS_ASPECT,
    FACT_FINDING, FACT_QUOTE, FACT_IMPROVEMENT,
)  # fmt: skip
