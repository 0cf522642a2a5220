"""Fillers for places, organisations, streets and health words, of the kind of the string they replace."""

from __future__ import annotations

import random
import re
from functools import cache

from training.lists import by_kind, communities, towns, words
from training.markup import Piece
from training.names import cased_like

ARTICLE = re.compile(r"^(een|de|het|'t)\s+(?=\S)", re.IGNORECASE)
NUMBERS = (
    "{0}",
    "{0}",
    "{0}",
    "{0}a",
    "{0} A",
    "{0}-{1}",
    "{0} bis",
    "{0}-hs",
    "{0} II",
    "{0}B",
    "nr {0}",
    "nr. {0}",
    "{0}/{1}",
)


@cache
def _kind_of(file: str) -> dict[str, str]:
    """The kind of every string of a list, lower case; the first kind wins."""
    found: dict[str, str] = {}
    for kind, names in by_kind(file).items():
        for name in names:
            found.setdefault(name.lower(), kind)
    return found


@cache
def _town_names() -> frozenset[str]:
    return frozenset(name.lower() for name in towns())


def other_place(rng: random.Random, place: str) -> str:
    """Another place of the same kind: village for village, wijk for wijk."""
    kinds, kind = by_kind("places.txt"), _kind_of("places.txt").get(place.lower(), "")
    if kind in {"wijk", "kern", "abroad"}:
        return cased_like(rng.choice(kinds[kind]), place)
    if place.lower() not in _town_names():
        return place
    return cased_like(rng.choice(towns() if rng.random() < 0.5 else kinds["town"] + kinds["village"]), place)


def other_organisation(rng: random.Random, name: str) -> str:
    """Another organisation: one of the lists, or one made up of their parts."""
    kinds, kind = by_kind("organisations.txt"), _kind_of("organisations.txt").get(name.lower(), "")
    if kind not in {"bare", "full", "acronym"}:
        return name
    made = _made_up(rng, kind)
    return cased_like(made if rng.random() < 0.55 else rng.choice(kinds[kind]), name)


def _made_up(rng: random.Random, kind: str) -> str:
    kinds = by_kind("organisations.txt")
    if kind == "acronym":
        return "".join(rng.sample("ABCDEGHIKLMNOPRSTVWZ", rng.choice((2, 3, 3, 4))))
    if kind == "bare" or rng.random() < 0.15:
        article = rng.choice(("De", "De", "Het", "'t", "De Oude", "De Nieuwe", ""))
        noun = f"{article} {rng.choice(kinds['noun'])}".strip()
        return rng.choice((noun, noun, noun, _brand(rng), _surname(rng)))
    body = rng.choice((_place(rng), _place(rng), _brand(rng), _surname(rng), rng.choice(kinds["bare"])))
    return _brand(rng) if rng.random() < 0.15 else f"{rng.choice(kinds['type'])} {body}"


def _brand(rng: random.Random) -> str:
    kinds = by_kind("organisations.txt")
    return (rng.choice(kinds["stem"]) + rng.choice(kinds["ending"])).capitalize()


def _place(rng: random.Random) -> str:
    return rng.choice((rng.choice(towns()), rng.choice(by_kind("places.txt")["wijk"])))


def _surname(rng: random.Random) -> str:
    return rng.choice(communities()[0].last)


def other_street(rng: random.Random, address: str) -> str:
    """Another street, with another number when there was one."""
    found = re.match(r"^(.*?)(\s+\d.*)?$", address)
    street, number = (found[1], found[2]) if found else (address, None)
    new = cased_like(_street(rng, abbreviated=street.endswith(".") or rng.random() < 0.08), street)
    if not number:
        return new
    filled = rng.choice(NUMBERS).format(rng.randint(1, 320), rng.randint(1, 9))
    return f"{new} {filled.upper() if address.isupper() else filled.lower() if address.islower() else filled}"


def _street(rng: random.Random, *, abbreviated: bool) -> str:
    kinds, chance = by_kind("streets.txt"), rng.random()
    if chance < 0.15:
        return rng.choice(kinds["whole"])
    ending = rng.choice(kinds["abbr"] if abbreviated else kinds["suffix"])
    if chance < 0.4:
        return _named_after(rng, ending)
    return _capitals(rng.choice(kinds["stem"]) + ending)


def _named_after(rng: random.Random, ending: str) -> str:
    """`Mgr. Nolensstraat`, `Jan van Galenlaan`: titles, first names, surnames and towns with an ending."""
    title = rng.choice(("Mgr.", "Burg.", "Burgemeester", "Dr.", "Ds.", "Pastoor", "Prof.", "Wethouder", "Meester", ""))
    given = rng.choice(("", "", "Jan ", "Piet ", "Anna ", "A. "))
    body = rng.choice((_surname(rng), _surname(rng), rng.choice(towns())))
    return f"{title} {given}{body}{ending}".strip()


def _capitals(street: str) -> str:
    small = words("tussenvoegsel")
    return " ".join(part if part in small else part[:1].upper() + part[1:] for part in street.split())


def other_health(rng: random.Random, term: str) -> str:
    """Another health word of the same kind, from the list or built of its parts."""
    kind = _kind_of("health.txt").get(term.lower()) or _kind_of("health.txt").get(f"een {term.lower()}")
    if kind is None:
        return term
    made = _built(rng, kind) if rng.random() < 0.3 else ""
    return cased_like(made or rng.choice(by_kind("health.txt")[kind]), term)


def _built(rng: random.Random, kind: str) -> str:
    """`polsfractuur`, `taalstoornis`, `gokverslaving`, `ziekte van Bosma`, a medicine; empty for other kinds."""
    parts = {name: rng.choice(names) for name, names in by_kind("health.txt").items()}
    if kind in {"condition", "treatment"}:
        named = f"{rng.choice(('ziekte van', 'syndroom van'))} {_surname(rng)}"
        compound = parts["body"] + parts["illness"]
        return rng.choice((compound, compound, compound, named))
    if kind == "mental":
        return rng.choice((f"{parts['mind']}stoornis", f"{parts['mind']}stoornissen", f"{parts['habit']}verslaving"))
    return (parts["drug"] + parts["drug_ending"]) if kind == "medicine" else ""


def health_pieces(term: str, before: str) -> list[Piece]:
    """The term without its article: the article stands outside the name, and once only."""
    article = ARTICLE.match(term)
    if article is None:
        return [Piece(term, "HEALTH")]
    last = before.rstrip().rsplit(maxsplit=1)[-1].lower() if before.strip() else ""
    rest = Piece(term[article.end() :], "HEALTH")
    return [rest] if last in words("determiner") else [Piece(article[0]), rest]
