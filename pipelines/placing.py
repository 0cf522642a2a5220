"""In which provincie and verband a release counts its gemeenten: as in the list of now, or as in what it repeats.

Sums over figures in print hold only for the gemeenten of then. So a release that repeats a meting counts every gemeente
where the first release of that meting did, for all its metingen, and says so.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

from domain.errors import CannotCheck, ReleaseRefused
from pipelines.house import House
from pipelines.joining import delivered
from pipelines.sources import area_book
from register import releases
from storage.atomic import write_atomic
from warehouse.sources import AreaBook, Place

_AREAS = "areas"
Then = Mapping[str, tuple[str, Place]]
"""Per gemeente the first release that counted it in a meting, and where."""


def book_for(house: House, name: str) -> AreaBook:
    """The areas of a release that is being made.

    Raises ReleaseRefused where two metingen that it repeats count a gemeente in different areas.
    """
    return area_book(house).placed({code: place for code, (_, place) in _then(house, name).items()})


def book_of(house: House, release: str) -> AreaBook:
    """The areas as a published release had them; as the list has them now where it wrote nothing down."""
    return area_book(house).placed(_read(house, release))


def write_places(house: House, name: str) -> None:
    """Write down where a release counts its gemeenten."""
    found = book_for(house, name).places({key.area for key in delivered(house, name)})
    text = json.dumps({code: asdict(place) for code, place in found.items()}, ensure_ascii=False, indent=1)
    write_atomic(_path(house, name), text.encode())


def moved(house: House, name: str) -> Iterator[str]:
    """A sentence for the officers per gemeente of a release that counts elsewhere than in the list of now."""
    now = area_book(house).places({key.area for key in delivered(house, name)})
    for code, (release, place) in sorted(_then(house, name).items()):
        if code in now and now[code].areas != place.areas:
            yield (
                f"{now[code].name} ({code}) telt in deze uitgave bij {place}, en niet bij {now[code]}. Zo telde deze "
                f"gemeente in uitgave {release}, waarvan deze uitgave een meting herhaalt."
            )


def _then(house: House, name: str) -> Then:
    studies = {(key.instrument, key.meting) for key in delivered(house, name)}
    found: dict[str, tuple[str, Place]] = {}
    for release in _published(house, name):
        shared = {key.area for key in delivered(house, release) if (key.instrument, key.meting) in studies}
        for code, place in _read(house, release).items():
            if code in shared or place.verband in shared:
                first, where = found.setdefault(code, (release, place))
                if where.areas != place.areas:
                    raise ReleaseRefused(_two_places(code, first, where, release, place))
    return found


def _two_places(code: str, first: str, where: Place, release: str, place: Place) -> str:
    return (
        f"{place.name} ({code}) telde in uitgave {first} bij {where}, en in uitgave {release} bij {place}. Deze "
        "uitgave herhaalt van allebei een meting, en dat kan niet samen in één uitgave. Zet alleen bijdragen klaar met "
        f"de metingen van één van de twee, bijvoorbeeld die van {release}; wat al gepubliceerd is, blijft staan"
    )


def _published(house: House, name: str) -> list[str]:
    """The releases before this one, in the order of publication; also those that were withdrawn since."""
    every = releases.list_releases(house.register)
    moments = {one.name: one.published_at for one in every if one.published_at and one.name != name}
    return sorted(moments, key=lambda one: (moments[one], one))


def _read(house: House, release: str) -> dict[str, Place]:
    try:
        return {code: Place(**place) for code, place in json.loads(_path(house, release).read_bytes()).items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, AttributeError):
        raise CannotCheck(
            f"van uitgave {release} is niet te lezen bij welke provincie en welk verband gemeenten telden; zet de "
            "geschiedenis terug uit de back-up"
        ) from None


def _path(house: House, release: str) -> Path:
    return house.places.history / _AREAS / f"{release}.json"
