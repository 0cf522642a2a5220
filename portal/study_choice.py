"""Which study a request is about: first the gemeente, then one of its studies, so that lists stay short."""

from dataclasses import dataclass

from portal.house import House
from portal.visit import Visit
from register import deliveries

Option = tuple[str, str]


@dataclass(frozen=True)
class StudyChoice:
    """What a form offers: gemeenten with a study; and, once one is chosen (or the only one), its studies."""

    areas: tuple[Option, ...]
    area: str
    studies: tuple[Option, ...]


def study_choice(visit: Visit, areas: frozenset[str] | None = None) -> StudyChoice:
    """The choice in these areas, or in all; the address says which gemeente was chosen."""
    house = visit.house
    keys = study_keys(house, areas)
    codes = sorted({key[0] for key in keys}, key=lambda code: house.name_of(code).casefold())
    asked = visit.request.query_params.get("gemeente", "")
    area = asked if asked in codes else codes[0] if len(codes) == 1 else ""
    studies = [(".".join(key), f"{house.title_of(key[1])}, {key[2]}") for key in sorted(keys) if key[0] == area]
    return StudyChoice(tuple((code, house.name_of(code)) for code in codes), area, tuple(studies))


def study_keys(house: House, areas: frozenset[str] | None = None) -> set[tuple[str, str, str]]:
    """Area, instrument and meting of every study in these areas, or in all."""
    standing = deliveries.standing(house.register)
    return {(key.area, key.instrument, key.meting) for key in standing if areas is None or key.area in areas}
