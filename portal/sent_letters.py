"""The information letters behind figures, in words: of which day, and per gemeente where there are several."""

from collections.abc import Mapping, Sequence
from datetime import date

from domain.delivery import Manifest
from portal.speech import _, _n
from portal.words import day, listed

_FEW = 3


def sent_on(manifests: Sequence[Manifest]) -> str:
    """That it stood in the letters: each by its day, or its name where it has none; of many the first and last day."""
    dates, undated = _dates(manifests), _undated(manifests)
    if len(dates) > _FEW or len(undated) > _FEW:
        return _between(dates, undated)
    names = listed([f'"{one}"' for one in undated])
    if not dates:
        return _n(
            "Dat stond in de brief aan de inwoners {names}.", "Dat stond in de brieven aan de inwoners {names}.",
            len(undated), names=names,
        )  # fmt: skip
    sent = _n(
        "Dat stond in de brief aan de inwoners van {days}", "Dat stond in de brieven aan de inwoners van {days}",
        len(dates), days=listed([day(one) for one in dates]),
    )  # fmt: skip
    return _("{sent}, en in {names} (zonder datum).", sent=sent, names=names) if undated else _("{sent}.", sent=sent)


def each_letter(letters: Mapping[str, Sequence[Manifest | None]]) -> tuple[str, ...]:
    """One line per gemeente with its letters, in the order given; nothing where one letter says it all."""
    held = {name: [one for one in manifests if one is not None] for name, manifests in letters.items()}
    every = [one for manifests in held.values() for one in manifests]
    if len(_dates(every)) + len(_undated(every)) < 2:
        return ()
    return tuple(
        _("{gemeente}: {letters}", gemeente=name, letters=listed([*map(day, _dates(own)), *_undated(own)]))
        for name, own in held.items()
    )


def _between(dates: Sequence[date], undated: Sequence[str]) -> str:
    without = _n("{n} brief zonder datum", "{n} brieven zonder datum", len(undated))
    if not dates:
        return _("Dat stond in {without}.", without=without)
    sent = _(
        "Dat stond in de brieven aan de inwoners van {first} tot en met {last}",
        first=day(dates[0]), last=day(dates[-1]),
    )  # fmt: skip
    return _("{sent}, en in {without}.", sent=sent, without=without) if undated else _("{sent}.", sent=sent)


def _dates(manifests: Sequence[Manifest]) -> list[date]:
    return sorted({one.notice_date for one in manifests if one.notice_date is not None})


def _undated(manifests: Sequence[Manifest]) -> list[str]:
    return sorted({one.notice for one in manifests if one.notice_date is None})
