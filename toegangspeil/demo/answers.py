"""Made-up answers per instrument, in the shape of its codebook and with figures that could be real (domain.md §2)."""

from collections.abc import Mapping
from random import Random
from typing import Any

from domain.instruments import Codebook, Column
from domain.vocabulary import ColumnType
from toegangspeil.demo.texts import FINDINGS, open_answer, story

Columns = dict[str, list[Any]]
_VOORZIENING = (
    ("hulp_huishouden", 40), ("begeleiding_individueel", 14), ("dagbesteding", 9), ("hulpmiddel", 14), ("vervoer", 12),
    ("woningaanpassing", 7), ("kortdurend_verblijf", 2), ("beschermd_wonen", 2),
)  # fmt: skip
_WIJKEN = ("Centrum", "Noord", "Zuiderkwartier", "De Akkers", "Buitengebied")
_AANBIEDERS = ("Thuiszorg De Linde", "Stichting Samenop", "Zorggroep Waterkant")
_PHASES = (
    ("orientatie", "website", -0.2, 3), ("melding", "telefoon", 0.1, 12), ("gesprek", "huisbezoek", 0.5, 20),
    ("onderzoek_plan", "wijkteam", 0.0, 25), ("aanvraag_besluit", "brief", -0.4, 40),
    ("start_ondersteuning", "aanbieder", 0.3, 30), ("nazorg_evaluatie", "telefoon", -0.1, 60),
)  # fmt: skip
_BAD = ("wachttijd", "brieven", "formulieren", "eigen_verhaal", "informatie", "digitaal", "clientondersteuning")
_GOOD = ("respect", "vertrouwen", "samen", "vast_contact", "deskundigheid", "duidelijk", "laagdrempelig")


def _pick(random: Random, weighted: tuple[tuple[str, int], ...], n: int) -> list[str]:
    return random.choices([code for code, _ in weighted], [weight for _, weight in weighted], k=n)


def _scale(random: Random, codebook: Codebook, column: Column, n: int, lift: float) -> list[str]:
    """Answers of a scale; `lift` moves them to the good end (-1 … 1)."""
    scale = codebook.scale_of(column)
    if scale is None:
        raise ValueError("a scale column without a scale")
    weights = []
    for code in scale.values:
        first = scale.positive[:1] == [code]
        weight = 2.0 if code in scale.no_answer else 14.0 if code not in (*scale.positive, *scale.negative) else 0.0
        weight += (26.0 if first else 42.0) * (1 + lift) if code in scale.positive else 0.0
        weight += 8.0 * (1 - lift) if code in scale.negative else 0.0
        weights.append(weight)
    return random.choices(list(scale.values), weights, k=n)


def _ages(random: Random, low: int, high: int, n: int) -> list[int]:
    mode = low + (high - low) * 0.72
    return [int(random.triangular(low, high, mode)) for _ in range(n)]


def survey(random: Random, codebook: Codebook, n: int, *, lift: float = 0.0, doelgroep: str | None = None) -> Columns:
    """Answers of n respondents to every question of a survey, with background and open answers."""
    out: Columns = {"respondent": [f"{at:05d}" for at in range(1, n + 1)]}
    for name, column in codebook.rows.items():
        if column.type is ColumnType.SCALE:
            shift = lift + (random.random() - 0.5) * 0.3
            out[name] = _scale(random, codebook, column, n, max(-0.9, min(0.9, shift)))
        elif column.statistic == "improvement":
            out[name] = [";".join(random.sample(list(column.values), random.choice((1, 1, 2)))) for _ in range(n)]
    out.update(_background(random, codebook, n, lift))
    if doelgroep is not None and "doelgroep" in codebook.rows:
        out["doelgroep"] = [doelgroep] * n
    return out


def _background(random: Random, codebook: Codebook, n: int, lift: float) -> Columns:
    known = codebook.rows
    youth = known["leeftijd"].bands == "leeftijd_jeugd" if "leeftijd" in known else False
    made: Columns = {
        "rapportcijfer": [float(max(1, min(10, round(random.gauss(7.4 + lift, 1.4))))) for _ in range(n)],
        "leeftijd": [random.randint(4, 22) for _ in range(n)] if youth else _ages(random, 18, 98, n),
        "geslacht": _pick(random, (("v", 62), ("m", 37), ("x", 1)), n),
        "wijk": _pick(random, tuple((wijk, 30 - 5 * at) for at, wijk in enumerate(_WIJKEN)), n),
        "toelichting": [open_answer(random) for _ in range(n)],
    }
    if "voorziening" in known and "hulp_huishouden" in known["voorziening"].values:
        made["voorziening"] = _pick(random, _VOORZIENING, n)
        made["ingevuld_door"] = _pick(random, (("zelf", 66), ("met_hulp", 20), ("vertegenwoordiger", 14)), n)
    elif "voorziening" in known:
        made["voorziening"] = random.choices(list(known["voorziening"].values), k=n)
    if "client_sinds" in known:
        made["client_sinds"] = [min(30, int(random.expovariate(0.3))) for _ in range(n)]
    if "mantelzorger" in known:
        made["mantelzorger"] = _pick(random, (("ja", 45), ("nee", 48), ("onbekend", 7)), n)
        made["huishouden"] = _pick(random, (("alleen", 58), ("partner", 32), ("kinderen", 7), ("instelling", 3)), n)
        made["aanbieder"] = random.choices(_AANBIEDERS, (5, 3, 2), k=n)
        made["gewicht"] = [round(random.uniform(0.7, 1.4), 3) for _ in range(n)]
        made["toestemming_hercontact"] = _pick(random, (("ja", 3), ("nee", 7)), n)
    return {name: values for name, values in made.items() if name in known}


def journeys(random: Random, n: int) -> tuple[Columns, Columns]:
    """Steps and aspects of n journeys, as the interviewer's coded sheet."""
    steps: list[dict[str, Any]] = []
    aspects: list[dict[str, Any]] = []
    for journey in range(1, n + 1):
        chosen = [phase for phase in _PHASES if random.random() < 0.85] or [_PHASES[0]]
        for seq, (phase, touchpoint, mood, days) in enumerate(chosen, start=1):
            emotion = max(-1, min(1, round(random.gauss(mood, 0.8))))
            steps.append(_step(random, journey, seq, phase, touchpoint, emotion, days))
            for aspect in ("bejegening", "communicatie", "expertise"):
                score = max(-1, min(1, emotion + random.choice((-1, 0, 0, 1))))
                aspects.append({"journey": f"R{journey}", "phase": phase, "aspect": aspect, "score": score})
    return _columns(steps), _columns(aspects)


def _step(
    random: Random, journey: int, seq: int, phase: str, touchpoint: str, emotion: int, days: int
) -> dict[str, Any]:
    return {
        "journey": f"R{journey}",
        "seq": seq,
        "phase": phase,
        "touchpoint": touchpoint,
        "emotion": emotion,
        "waiting_days": max(0, int(random.gauss(days, days / 3))),
        "knelpunten": ";".join(random.sample(_BAD, random.choice((1, 2)))) if emotion < 1 else "",
        "positief": random.choice(_GOOD) if emotion > -1 else "",
        "ideeen": random.choice(_BAD) if random.random() < 0.4 else "",
        "finding": random.choice(FINDINGS) if random.random() < 0.3 else "",
        "toestemming_deelname": "ja",
        "toestemming_delen_movisie": "nee" if journey == 2 else "ja",
        "toestemming_citaat_publiceren": "ja" if journey % 3 == 0 else "nee",
    }


def stories(random: Random, n: int) -> Columns:
    """n stories with their signification."""
    rows = []
    for at in range(1, n + 1):
        title, text = story(random)
        parts = sorted(round(random.random(), 2) for _ in range(2))
        rows.append(
            {
                "respondent": f"V{at}",
                "verhaal": 1,
                "medium": random.choice(("getypt", "ingesproken", "gesprek")),
                "title": title,
                "text": text,
                "dyad_regie": round(random.random(), 2),
                "dyad_duidelijk": round(random.random(), 2),
                "triad_hulp_gemeente": parts[0],
                "triad_hulp_naasten": round(parts[1] - parts[0], 2),
                "triad_hulp_zelf": round(1 - parts[1], 2),
                "mc_gevoel": random.choices((1, 0, -1), (4, 3, 3))[0],
                "mc_hoe_vaak": random.choice(("vaak", "soms", "zelden")),
                "thema": ";".join(random.sample((*_BAD, *_GOOD), 2)),
                "toestemming_deelname": "ja",
                "toestemming_delen_movisie": "ja" if at % 8 else "nee",
                "toestemming_citaat_publiceren": "ja" if at % 4 == 0 else "nee",
            }
        )
    return _columns(rows)


def cards(random: Random, codebook: Codebook, n: int) -> Columns:
    """n ervaringenkaarten."""
    out: Columns = {"card": [f"K{at}" for at in range(1, n + 1)], "moment": ["alleen_eind"] * n}
    for name in ("verwachting", "resultaat", "ervaring"):
        out[name] = _scale(random, codebook, codebook.rows[name], n, 0.2)
    out["zelf_ingevuld"] = _pick(random, (("ja", 6), ("nee", 4)), n)
    out["medium"] = _pick(random, (("papier", 6), ("digitaal", 4)), n)
    out["toelichting"] = [open_answer(random, 0.4) for _ in range(n)]
    return out


def panel(random: Random, members: int) -> Columns:
    """What a panel thinks of four subjects."""
    subjects = {"Digitaal loket": 0.2, "Vast contactpersoon": 0.9, "Avondspreekuur": 0.55, "Kortere brieven": 0.8}
    rows = [
        {
            "respondent": f"P{member}",
            "onderwerp": subject,
            "score": 1 if random.random() < share else -1,
            "toelichting": open_answer(random, 0.3),
            "toestemming_deelname": "ja",
            "toestemming_delen_movisie": "ja",
        }
        for member in range(1, members + 1)
        for subject, share in subjects.items()
    ]
    return _columns(rows)


def contributions(random: Random, kinds: tuple[str, ...], extra: Mapping[str, list[str]]) -> tuple[Columns, Columns]:
    """Ideas of a meeting and how many people of which role were there."""
    rows = [
        {
            "bijdrage": at,
            "soort": random.choice(kinds),
            "thema": random.choice((*_BAD, *_GOOD)),
            "idee": random.choice(FINDINGS),
            "steun": random.randint(1, 18),
            **{name: random.choice(values) for name, values in extra.items()},
        }
        for at in range(1, 15)
    ]
    present: Columns = {"rol": ["inwoner", "vertegenwoordiger", "consulent", "beleid"], "aantal": [12, 4, 5, 3]}
    return _columns(rows), present


def shadow() -> Columns:
    """The process on the drawing board."""
    rows = [
        {
            "seq": at,
            "version": version,
            "phase": phase,
            "step_name": f"Stap {at}",
            "actor_role": "consulent" if at % 2 else "klantcontact",
            "task": "Verzamelen, bespreken en vastleggen",
            "channel": touchpoint,
            "legal_term_days": 42 if phase == "onderzoek_plan" else 14,
            "planned_duration_days": days if version == "huidig" else days // 2,
        }
        for version in ("huidig", "gewenst")
        for at, (phase, touchpoint, _, days) in enumerate(_PHASES, start=1)
    ]
    return _columns(rows)


def _columns(rows: list[dict[str, Any]]) -> Columns:
    return {name: [row[name] for row in rows] for name in rows[0]}
