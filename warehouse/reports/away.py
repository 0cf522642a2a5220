"""Why an area has no figure in a meting: it took no part, was not there then, or delivered in another way."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from domain.dutch import day
from warehouse.reports.behind import Say, listed, plain
from warehouse.reports.book import Book
from warehouse.reports.shown import NOT_ASKED, Shown


def away(book: Book, area: str, instrument: str, meting: str, _: Say = plain) -> Shown:
    """What stands where an area has no row of a question."""
    if book.took_part(area, instrument, meting):
        return NOT_ASKED
    return Shown(_word(book, area, instrument, meting, _), NOT_ASKED.status)


def exists(book: Book, area: str, instrument: str, meting: str) -> bool:
    """Whether an area was a gemeente on the first day of a meting, as far as is known."""
    one, start = book.gemeenten.get(area, {}), str(book.metingen[instrument, meting]["start"] or "")
    gone = one.get("valid_to") and start and one["valid_to"] <= start
    return not gone and not _not_yet(book, area, instrument, meting)


def mergers(book: Book, areas: Collection[str], _: Say = plain) -> list[str]:
    """A sentence for every gemeente in which some of these areas went up."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for area in sorted(areas, key=book.name):
        one = book.gemeenten.get(area, {})
        if one.get("valid_to") and one.get("successor") in book.areas:
            found[one["successor"], one["valid_to"]].append(book.name(area))
    return [
        _(
            "Herindeling: {names} hoort sinds {day} bij {name}. Wij tellen de cijfers van voor en na die dag niet bij "
            "elkaar op.",
            names=names[0], day=day(since), name=book.name(after),
        )
        if len(names) == 1
        else _(
            "Herindeling: {names} horen sinds {day} bij {name}. Wij tellen hun cijfers niet bij elkaar op.",
            names=listed(names, _), day=day(since), name=book.name(after),
        )
        for (after, since), names in found.items()
    ]  # fmt: skip


def with_before(book: Book, areas: Iterable[str]) -> frozenset[str]:
    """Areas with the gemeenten that went up in them."""
    found = set(areas)
    while more := {code for code, one in book.gemeenten.items() if one["successor"] in found} - found:
        found |= more
    return frozenset(found)


def _word(book: Book, area: str, instrument: str, meting: str, _: Say) -> str:
    one = book.gemeenten.get(area, {})
    if _not_yet(book, area, instrument, meting):
        return _("bestond nog niet")
    if not exists(book, area, instrument, meting):
        after = _after(book, area)
        return _("nu {name}", name=after) if after else _("opgeheven")
    if one.get("verband") and book.took_part(one["verband"], instrument, meting):
        return _("samen geleverd")
    members = (code for code, other in book.gemeenten.items() if other["verband"] == area)
    apart = any(book.took_part(code, instrument, meting) for code in members)
    return _("apart geleverd") if apart else _("deed niet mee")


def _not_yet(book: Book, area: str, instrument: str, meting: str) -> bool:
    since, end = book.gemeenten.get(area, {}).get("valid_from"), str(book.metingen[instrument, meting]["end"] or "")
    return bool(since and end and since > end)


def _after(book: Book, area: str) -> str:
    """Name of the gemeente in which an area went up; '' when it is not in the release."""
    after = book.gemeenten.get(area, {}).get("successor")
    return book.name(after) if after in book.areas else ""
